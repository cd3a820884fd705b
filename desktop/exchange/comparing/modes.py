"""How a file meets what the book knows already: it is let be, completed, overruled, or the owner is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

NOTHING, FILL, NEWEST, ASK = "", "fill", "newest", "ask"
"""What becomes of what the book has: it stays, its blanks are filled, the file's word counts, the owner is
asked about each difference."""

Key = tuple[str, int, str]
"""(table, record, unit): what is taken or left together. An order's state and money are one unit."""


@dataclass(frozen=True, slots=True)
class Mode:
    """What an import may do."""

    add: bool = True
    """Whether what is new to the book comes in; without it the file only updates."""
    update: str = FILL

    @classmethod
    def usual(cls, target: str) -> Mode:
        """Orders move on, so their newest word counts; what is known of people is only completed."""
        return cls(update=NEWEST if target == "orders" else FILL)

    @classmethod
    def named(cls, word: str) -> Mode:
        """The mode that a word of the command line stands for. Raises KeyError."""
        return {
            "add": cls(update=NOTHING),
            "fill": cls(update=FILL),
            "newest": cls(update=NEWEST),
            "update": cls(add=False, update=NEWEST),
        }[word]

    @property
    def name(self) -> str:
        """The mode in a word, as kept with the import: fill, update-newest…"""
        if self.add:
            return self.update or "add"
        return f"update-{self.update or 'nothing'}"


class Change(NamedTuple):
    """One field of a record of the book and what the file makes of it."""

    unit: str
    field: str
    """The column, or what hangs on the record: "tag", "address", "point", "lines", "custom:NAME"."""
    old: Any
    new: Any
    conflict: bool
    """Whether something else stands there now."""


def _is_less(old: Any, new: Any) -> bool:
    """Whether the new value is only the day of a moment that is known to the minute."""
    return isinstance(new, str) and isinstance(old, str) and new == f"{old[:10]} 00:00:00" and len(old) == 19


def text_change(mode: Mode, field: str, old: Any, new: Any, *, blank: bool | None = None) -> Change | None:
    """The change of a field that may be blank; None where it stays. `blank` overrules what counts as such."""
    if new in (None, "") or new == old or _is_less(old, new):
        return None
    if blank is None:
        blank = old in (None, "")
    if not blank and mode.update == FILL:
        return None
    return Change(field, field, old, new, not blank)
