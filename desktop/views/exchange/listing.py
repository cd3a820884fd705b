"""What a list offers when it is taken out: its rows, its columns, and the kinds of file it can become."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.core.progress import Progress
from desktop.core.translation import mark
from desktop.exchange.writers.columns import ExportColumn

Ids = Sequence[int] | None
"""The records wanted, in their order; None is the whole list."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Some columns and where their rows come from; `rows` is asked and walked in the background."""

    columns: Sequence[ExportColumn]
    rows: Callable[[Ids], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class OwnFormat:
    """A kind of file that only this list has: contacts, a calendar.

    `write(path, ids, everything, progress)` gives the count; without `everything` only what the columns on
    screen show may leave. `told` names for people what goes out, for the columns shown and for all.
    """

    suffix: str
    write: Callable[[Path, Ids, bool, Progress], int]
    told: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that can be taken out; `key` is what its last answers are kept under."""

    key: str
    title: str
    shown: Columns
    every: Columns | None = None
    ids: Callable[[], Ids] = lambda: None
    """Everything the list shows, asked in the background."""
    count: int = 0
    """How many these are; 0: not known."""
    selected: Sequence[int] = ()
    own: OwnFormat | None = None
    first: str = ".xlsx"
    """The kind of file to begin with."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the owner wants: where to, which records (None: all that is shown), and whether every column."""

    path: Path
    ids: Ids
    everything: bool


FORMATS: dict[str, tuple[str, str]] = {
    ".xlsx": (
        mark("Excel workbook (.xlsx)"),
        mark("With real dates and amounts, a header that stays, and filters."),
    ),
    ".csv": (
        mark("Text for other programs (.csv)"),
        mark("To look at it yourself take Excel: opened from text, long numbers lose their last digits."),
    ),
    ".vcf": (
        mark("Contacts for phones and mail (.vcf)"),
        mark("vCard, as phones, Outlook and Google take it."),
    ),
    ".ics": (
        mark("Calendar (.ics)"),
        mark("For the calendar of a phone or computer; brought in again, the same days are not doubled."),
    ),
}
"""Every kind of file: its name, and what to know of it."""
