"""Customers as an address book wants them: names, every way to reach them, birthday, tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop.models.book import Book

_BLOCK = 500


@dataclass(slots=True)
class ContactPoint:
    """One way to reach somebody: what was written, and the form that recognises it."""

    kind: str
    channel: str
    value: str
    norm: str


@dataclass(slots=True)
class Contact:
    """A customer; `points` begin with the main ones. `birthday` as stored: YYYY-MM-DD or MM-DD."""

    id: int
    name: str
    kind: str
    birthday: str
    lunar: bool
    leap: bool
    region: str
    notes: str
    created_at: str
    points: list[ContactPoint] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[ContactPoint]:
        """The points of a kind, the main one first."""
        return [point for point in self.points if point.kind == kind]


def contacts(book: Book, ids: Sequence[int]) -> Iterator[Contact]:
    """Customers in the order of their ids; those gone meanwhile are left out."""
    for start in range(0, len(ids), _BLOCK):
        part = tuple(ids[start : start + _BLOCK])
        found = _block(book, part)
        yield from (found[one] for one in part if one in found)


def all_customer_ids(book: Book) -> list[int]:
    """Everybody, in the order they came into the book."""
    return [row for (row,) in book.rows("SELECT id FROM customer ORDER BY id")]


def birthday_ids(book: Book) -> list[int]:
    """Everybody whose birthday is known."""
    return [row for (row,) in book.rows("SELECT id FROM customer WHERE birthday <> '' ORDER BY id")]


def _block(book: Book, ids: tuple[int, ...]) -> dict[int, Contact]:
    marks = ", ".join("?" * len(ids))
    found = {
        row[0]: Contact(row[0], row[1], row[2], row[3], row[4] == "lunar", bool(row[5]), *row[6:])
        for row in book.rows(
            "SELECT id, name, kind, birthday, birthday_calendar, birthday_leap, region, notes, created_at "
            f"FROM customer WHERE id IN ({marks})",
            ids,
        )
    }
    for customer, *point in book.rows(
        f"SELECT customer_id, kind, channel, value, norm FROM contact_point WHERE customer_id IN ({marks}) "
        "ORDER BY customer_id, main DESC, id",
        ids,
    ):
        found[customer].points.append(ContactPoint(*point))
    for customer, tag in book.rows(
        f"SELECT customer_id, name FROM customer_tag JOIN tag ON tag.id = tag_id "
        f"WHERE customer_id IN ({marks}) ORDER BY customer_id, tag.name",
        ids,
    ):
        found[customer].tags.append(tag)
    return found
