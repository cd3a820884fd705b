"""What differs between customers by more than chance."""
