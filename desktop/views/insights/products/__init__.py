"""What brings the money, and what sells together."""
