"""Ratings: the form of what was expected and what was got, feedback cards, and asking for them."""
