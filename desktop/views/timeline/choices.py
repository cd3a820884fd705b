"""Choices of a form out of a table of words."""

from __future__ import annotations

from typing import Any

from desktop.core import words


def choices(table: Any) -> list[tuple[str, str]]:
    """(code, name) of a word table, in its order."""
    return [(code, words.name(table, code)) for code in table]
