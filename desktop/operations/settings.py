"""Changing settings: the shop's own are part of its book, and so can be undone; the machine's are a file."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.core.errors import UserError
from desktop.core.settings import MachineSettings, setting, to_text
from desktop.core.translation import mark, tr
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


def set_rfm_bounds(book: Book, bounds: Mapping[str, Sequence[int]]) -> Changes:
    """Score by own bounds: four each of "recency" (days), "frequency" (purchase days), "money" (minor units).

    They must rise. Raises UserError.
    """
    for name, four in bounds.items():
        if len(four) != 4 or list(four) != sorted(set(four)):
            raise UserError(tr("The four bounds must rise from one to the next."))
        if four[0] < (0 if name == "recency" else 1):
            raise UserError(tr("A bound must be more than nothing."))
    return set_book_setting(book, key="rfm.bounds", value={name: list(four) for name, four in bounds.items()})


def set_tiers(book: Book, tiers: Sequence[tuple[str, int]]) -> Changes:
    """Keep the tiers: a name and the net spend of 365 days from which it is reached, the lowest first.

    Names must be there and differ, amounts must rise from 0. Raises UserError.
    """
    names = [name.strip() for name, _ in tiers]
    if not names or not all(names):
        raise UserError(tr("Every tier needs a name."))
    if len({name.casefold() for name in names}) < len(names):
        raise UserError(tr("Two tiers can't have the same name."))
    amounts = [amount for _, amount in tiers]
    if amounts[0] != 0 or amounts != sorted(set(amounts)):
        raise UserError(tr("Each tier must begin above the one before it; the first begins at nothing."))
    kept = [[name, amount] for name, amount in zip(names, amounts, strict=True)]
    return set_book_setting(book, key="members.tiers", value=kept)


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
