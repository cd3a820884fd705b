"""Carries things out of the book: formatted workbooks, written whole or not at all."""
