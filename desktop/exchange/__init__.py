"""Carry data in and out of the book: readers, column matching, import plans and writers."""
