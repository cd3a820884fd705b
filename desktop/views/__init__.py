"""Show the book: one package a screen."""
