"""Changing after how many of their own usual gaps a customer counts as drifting."""

from __future__ import annotations

from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations.settings import set_book_settings

_LATER = ("rhythm.alarming", "rhythm.lost")


def keep_drifting(book: Book, *, multiplier: float) -> Changes:
    """Keep the multiplier of drifting, and raise the later two to it where they would come before it."""
    later = {key: multiplier for key in _LATER if float(book.setting(key)) < multiplier}
    return set_book_settings(book, {"rhythm.drifting": multiplier, **later})
