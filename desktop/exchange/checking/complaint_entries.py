"""What complaints say beyond a value a cell: what is below a subject, times of day, promises, remedies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.complaint_subjects import kept
from desktop.exchange.checking.columns import Columns, Ints, Placed
from desktop.exchange.checking.entries import Entries
from desktop.exchange.reading.table import cell_text
from desktop.exchange.values.base import NOTHING, Reading
from desktop.exchange.values.complaint_words import read_detail, subject_below
from desktop.exchange.values.moments import settled_later

_LATER = ("replied_at", "settled_at", "closed_at", "reply_due_at", "settle_due_at", "waiting_since")
PROMISE = ("promise", "promise_made_at", "promise_due_at", "promise_outcome", "promise_ended_at")
REMEDY = ("remedy", "remedy_cost", "remedy_text", "remedy_at", "remedy_state")


@dataclass(frozen=True, slots=True)
class PromiseSaid:
    """A promise as a file tells it; None for what it does not say."""

    text: str
    made_at: str | None
    due_at: str | None
    outcome: str | None
    ended_at: str | None


@dataclass(frozen=True, slots=True)
class RemedySaid:
    """A remedy as a file tells it; `cost` in minor units, None for what it does not say."""

    kind: str | None
    cost: int | None
    text: str
    given_at: str | None
    state: str | None


def settle_complaints(entries: Entries, columns: Columns, good: Ints) -> None:
    """Makes of the cells' values what complaints keep. `good`: the rows of the file that are entries."""
    _settle_times(entries)
    _settle_details(entries, columns, good)


def _settle_times(entries: Entries) -> None:
    """A mere time of day is of the day on which the complaint came, or the next one where it is earlier."""
    received = entries.values.get("received_at")
    for name in _LATER:
        said = entries.values.get(name)
        if said is None or not any(value and value[0] == "T" for value in said):
            continue
        entries.values[name] = [
            value
            if not value or value[0] != "T"
            else settled_later(first, value)
            if received and (first := received[at])
            else None
            for at, value in enumerate(said)
        ]


def _settle_details(entries: Entries, columns: Columns, good: Ints) -> None:
    """What a subject's cell says beyond the subject stands below it, unless another column says what does."""
    values, count = entries.values, len(entries)
    below: list[str | None] = [None] * count
    for placed in columns.of("complaint.subject"):
        told = [_below(placed, code, columns.reading) for code in range(len(placed.cells))]
        below = [
            one or told[code] or None for one, code in zip(below, placed.codes[good].tolist(), strict=True)
        ]
    own = values.get("detail")
    if own is None and not any(below):
        return
    subjects = values.get("subject", [None] * count)
    details = [mine or under for mine, under in zip(own or [None] * count, below, strict=True)]
    guessed: dict[str, str] = {}
    for at, (subject, detail) in enumerate(zip(subjects, details, strict=True)):
        if detail and subject:
            details[at] = kept(subject, detail)
        elif detail:
            if detail not in guessed:
                guessed[detail] = subject_below(detail, columns.reading.details)
            if guessed[detail]:
                details[at] = kept(guessed[detail], detail)
    values["detail"] = details
    if any(guessed.values()):
        # Derived, not said: it is for new complaints, and overrules nothing of the book.
        values[LIKELY_SUBJECT] = [
            guessed.get(detail or "") or None if not subject else None
            for subject, detail in zip(subjects, details, strict=True)
        ]


LIKELY_SUBJECT = "likely_subject"
"""Among an entry's values: the subject below which its detail stands, where the file says none."""


def _below(placed: Placed, code: int, reading: Reading) -> str:
    """What one value of a subject's column says beyond the subject."""
    subject, cell = placed.values[code], placed.cells[code]
    if subject is None:
        return ""
    if placed.read[code] is not cell:
        # The owner or a layout said which subject the word stands for: the word itself says more.
        return kept(subject, cell_text(cell))
    return read_detail(cell, reading)


# --- promises and remedies


def promises_of(entries: Entries, at: int) -> list[PromiseSaid]:
    """The promises of an entry, in the order of its cells' lines."""
    return [
        PromiseSaid(text, *rest)
        for text, *rest in _lined(entries, at, PROMISE, texts=(0,), counted=(1, 2, 3, 4))
        if text
    ]


def remedies_of(entries: Entries, at: int) -> list[RemedySaid]:
    """The remedies of an entry; a cost without a kind counts, too."""
    found = []
    for kind, cost, text, given_at, state in _lined(entries, at, REMEDY, texts=(2,), counted=(0, 1, 3, 4)):
        if kind or cost:
            found.append(RemedySaid(kind, cost, text or "", given_at, state))
    return found


def _lined(
    entries: Entries, at: int, names: Sequence[str], *, texts: Sequence[int], counted: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """The lines of an entry's cells side by side; a text in several lines beside single values is one."""
    cells = [values[at] if (values := entries.values.get(name)) is not None else None for name in names]
    if all(cell is None for cell in cells):
        return
    count = max((len(cell) for place in counted if (cell := cells[place]) is not None), default=1)
    columns: list[Sequence[Any]] = []
    for place, cell in enumerate(cells):
        if cell is None:
            columns.append([None] * count)
        elif place in texts:
            lines = [_line(line) for line in cell.splitlines()]
            columns.append(lines if count > 1 and len(lines) == count else [cell, *[None] * (count - 1)])
        else:
            columns.append([*cell, *[None] * (count - len(cell))])
    yield from zip(*columns, strict=True)


def _line(text: str) -> str | None:
    """A line of a cell; None where it says nothing."""
    text = text.strip()
    return None if text.lower() in NOTHING else text


def brings_children(entries: Entries) -> bool:
    """Whether the file has a column of promises, remedies or ratings."""
    return any(name in entries.values for name in ("promise", "remedy", "remedy_cost", "perceived"))
