"""Change the book: each function is one transaction and one undo step."""
