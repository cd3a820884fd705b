"""Records against the book: who is who, what is new, what is known, and what would change."""
