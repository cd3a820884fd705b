"""Do customers come back, and when."""
