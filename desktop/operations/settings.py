"""Changing settings: the shop's own are part of its book, and so can be undone; the machine's are a file."""

from collections.abc import Mapping
from typing import Any

from desktop.core.settings import MachineSettings, setting, to_text
from desktop.core.translation import mark
from desktop.models.book import Book
from desktop.models.changes import Changes


def set_book_setting(book: Book, *, key: str, value: Any) -> Changes:
    """Keeps one of the shop's settings in the book. Raises KeyError or TypeError for what it may not hold."""
    return set_book_settings(book, {key: value})


def set_book_settings(book: Book, values: Mapping[str, Any]) -> Changes:
    """Keeps some of the shop's settings in one step. Raises KeyError or TypeError as above."""
    # The window asks for settings long before it changes one, and models bring peewee with them.
    from desktop.models.shop import Setting

    texts = {key: to_text(key, value) for key, value in values.items()}
    with book.step(mark("Change the shop's settings")) as step:
        for key, text in texts.items():
            row = book.value("SELECT id FROM setting WHERE key = ?", (key,))
            if row is None:
                step.insert(Setting, key=key, value=text)
            else:
                step.update(Setting, row, value=text)
    return step.changes


class Settings:
    """Both scopes behind one door: `get` and `set` by key, whoever keeps it."""

    def __init__(self, book: Book, machine: MachineSettings) -> None:
        self._book = book
        self._machine = machine

    def get(self, key: str) -> Any:
        """The setting, or its default. Raises KeyError for an unknown key."""
        return self._book.setting(key) if setting(key).scope == "book" else self._machine.get(key)

    def set(self, key: str, value: Any) -> Changes:
        """Keeps the setting; the Changes of the book are empty for the machine's own."""
        if setting(key).scope == "book":
            return set_book_setting(self._book, key=key, value=value)
        self._machine.set(key, value)
        return Changes()
