"""What an entry says, in the form in which it is found again: its moment and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from desktop.exchange.checking.entries import Entries
from desktop.exchange.vocabulary.subjects import Subject

MOMENT: Mapping[str, str] = {
    "interactions": "happened_at", "complaints": "received_at", "ratings": "rated_at", "leads": "found_at",
    "points": "at", "shipments": "shipped_at", "visits": "at",
}  # fmt: skip
"""The column by which the rows of a subject stand in time."""
_CONTENT: Mapping[str, tuple[str, ...]] = {
    "interactions": ("happened_at", "title", "text"),
    "complaints": ("received_at", "title", "text"),
    "ratings": ("rated_at", "asked_at", "expected", "perceived", "effort", "recommend", "text"),
    "leads": ("found_at", "method", "wants"),
    "points": ("at", "points", "text"),
    "shipments": ("shipped_at", "ship_to"),
    "visits": ("at", "path", "came_from", "seconds"),
}
_TITLE_LENGTH = 60


def content_columns(subject: Subject, entries: Entries) -> list[str]:
    """The columns that tell a subject's rows apart, of those the file has."""
    given = set(entries.values)
    if subject.key == "complaints":
        given.add("title")  # One without a title gets it from its text.
    return [column for column in _CONTENT[subject.key] if column in given]


def content_of(
    subject: Subject, entries: Entries, columns: Sequence[str], places: Iterable[int]
) -> Iterator[tuple[Any, ...]]:
    """What each of these entries says in these columns; "" for nothing."""
    said = [
        titles(entries) if column == "title" and subject.key == "complaints" else entries.values[column]
        for column in columns
    ]
    for at in places:
        yield tuple("" if values[at] is None else values[at] for values in said)


def titles(entries: Entries) -> list[str]:
    """The title of each complaint: its own, or the beginning of its text."""
    none = [None] * len(entries)
    own, texts = entries.values.get("title", none), entries.values.get("text", none)
    return [title or title_of(text or "") for title, text in zip(own, texts, strict=True)]


def title_of(text: str) -> str:
    """A title for a text: its first line, cut at a blank where it is long."""
    line = text.strip().partition("\n")[0].strip()
    if len(line) <= _TITLE_LENGTH:
        return line
    cut = line[:_TITLE_LENGTH]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip()}…"
