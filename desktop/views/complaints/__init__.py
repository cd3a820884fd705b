"""Complaints: a board by status and a list, one complaint beside it with its whole process, and the forms."""
