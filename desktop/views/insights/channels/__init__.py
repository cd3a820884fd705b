"""Where good customers come from."""
