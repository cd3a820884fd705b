"""Rows into records, and why some stay out."""
