"""Shuke: a shop keeps its whole memory of its customers in one file, the book."""

__version__ = "0.1.0"
