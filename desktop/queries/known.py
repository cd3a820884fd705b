"""What the book already knows of the things a file speaks of: orders, people, products, clerks, tags."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from desktop.core.text import fold
from desktop.models.book import Book

T = TypeVar("T")
_AT_ONCE = 900
"""Values asked about in one statement."""


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    stream = iter(values)
    while chunk := list(islice(stream, _AT_ONCE)):
        yield chunk


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


class KnownOrder(NamedTuple):
    """An order as the book has it; `staff` is a name, `bare`: it has no lines."""

    id: int
    channel: str
    number: str
    customer: int | None
    status: str
    paid_at: str | None
    ended_at: str | None
    total: int
    paid: int
    refunded: int
    ship_to: str
    staff: str
    note: str
    bare: bool


_ORDER = (
    "SELECT orders.id, channel, number, customer_id, status, paid_at, ended_at, total, paid, refunded, "
    "ship_to, coalesce(staff.name, ''), note, "
    "NOT EXISTS (SELECT 1 FROM order_line WHERE order_line.order_id = orders.id) "
    "FROM orders LEFT JOIN staff ON staff.id = orders.staff_id"
)


def orders_numbered(book: Book, *, channel: str, numbers: Iterable[str]) -> Iterator[KnownOrder]:
    """The orders of a channel that have one of these numbers."""
    for chunk in _chunks(numbers):
        yield from map(
            KnownOrder._make,
            book.rows(
                f"{_ORDER} WHERE number <> '' AND channel = ? AND number IN ({_marks(chunk)})",
                [channel, *chunk],
            ),
        )


def orders(book: Book, ids: Iterable[int]) -> Iterator[list[KnownOrder]]:
    """Orders by id, in lists of neighbours; those that are gone are missing."""
    for chunk in _chunks(ids):
        yield [
            KnownOrder._make(row)
            for row in book.rows(f"{_ORDER} WHERE orders.id IN ({_marks(chunk)})", chunk)
        ]


def let_go(book: Book, ids: Iterable[int]) -> set[int]:
    """Which of these orders without a customer had one that was taken off or deleted since."""
    found: set[int] = set()
    for chunk in _chunks(ids):
        found.update(
            order
            for (order,) in book.rows(
                "SELECT DISTINCT first_row FROM change JOIN step ON step.id = change.step_id "
                "WHERE tbl = 'orders' AND op = 'U' AND kind <> 'undo' "
                f"AND json_extract(old, '$.customer_id') IS NOT NULL AND first_row IN ({_marks(chunk)})",
                chunk,
            )
        )
    return found


class KnownCustomer(NamedTuple):
    """A customer as the book has it; `called_by_point`: the name is only a phone or account of theirs."""

    id: int
    name: str
    called_by_point: bool
    facts: Mapping[str, Any]
    """By column; `created_at` and `birthday_calendar` among them."""
    custom: Mapping[str, Any]
    tags: frozenset[str]
    addresses: frozenset[str]
    """In normal form."""


_FACTS = (
    "kind", "relation", "gender", "birthday", "birthday_calendar", "region", "source", "likes", "dislikes",
    "expectations", "family", "notes", "created_at",
)  # fmt: skip


def customers(book: Book, ids: Iterable[int]) -> Iterator[list[KnownCustomer]]:
    """Customers by id, in lists of neighbours; those that are gone are missing."""
    for chunk in _chunks(ids):
        marks = _marks(chunk)
        tags: dict[int, set[str]] = {}
        for customer, tag in book.rows(
            "SELECT customer_id, name FROM customer_tag JOIN tag ON tag.id = tag_id "
            f"WHERE customer_id IN ({marks})",
            chunk,
        ):
            tags.setdefault(customer, set()).add(tag)
        homes: dict[int, set[str]] = {}
        for customer, norm in book.rows(
            "SELECT customer_id, norm FROM contact_point "
            f"WHERE kind = 'address' AND customer_id IN ({marks})",
            chunk,
        ):
            homes.setdefault(customer, set()).add(norm)
        rows = book.rows(
            f"SELECT id, name, custom, EXISTS (SELECT 1 FROM contact_point WHERE customer_id = customer.id "
            f"AND name IN (value, norm)), {', '.join(_FACTS)} FROM customer WHERE id IN ({marks})",
            chunk,
        )
        yield [
            KnownCustomer(
                row, name, bool(called), dict(zip(_FACTS, facts, strict=True)), json.loads(custom),
                frozenset(tags.get(row, ())), frozenset(homes.get(row, ())),
            )
            for row, name, custom, called, *facts in rows
        ]  # fmt: skip


class KnownEntry(NamedTuple):
    """A record of any other table as the book has it; `name` is its number, else whose it is."""

    id: int
    name: str
    values: Mapping[str, Any]
    """By column."""


def entries(book: Book, table: str, columns: Sequence[str], ids: Iterable[int]) -> Iterator[list[KnownEntry]]:
    """Records of a table by id, in lists of neighbours; those that are gone are missing."""
    own = "nullif(entry.number, '')" if "number" in columns else "NULL"
    if "name" in columns:
        own = "nullif(entry.name, '')"
    join, whose = "", "NULL"
    if "customer_id" in columns:
        join, whose = "LEFT JOIN customer ON customer.id = entry.customer_id", "customer.name"
    picked = ", ".join(f'entry."{column}"' for column in columns)
    for chunk in _chunks(ids):
        rows = book.rows(
            f"SELECT entry.id, coalesce({own}, {whose}, ''), {picked} FROM {table} AS entry {join} "
            f"WHERE entry.id IN ({_marks(chunk)})",
            chunk,
        )
        yield [KnownEntry(row, name, dict(zip(columns, values, strict=True))) for row, name, *values in rows]


def names(book: Book, ids: Iterable[int]) -> dict[int, str]:
    """What customers are called, by id."""
    found: dict[int, str] = {}
    for chunk in _chunks(ids):
        found.update(book.rows(f"SELECT id, name FROM customer WHERE id IN ({_marks(chunk)})", chunk))
    return found


def moment(book: Book) -> int:
    """A mark of the book's state: a greater one after every change."""
    return int(book.value("SELECT coalesce(max(id), 0) FROM change"))


def holders(book: Book, *, kind: str, channel: str, norms: Iterable[str]) -> dict[str, int]:
    """Normal form → customer, for the contact points of a kind and channel that the book has."""
    found: dict[str, int] = {}
    for chunk in _chunks(norms):
        found.update(
            book.rows(
                "SELECT norm, customer_id FROM contact_point WHERE kind <> 'address' AND kind = ? "
                f"AND channel = ? AND norm IN ({_marks(chunk)})",
                [kind, channel, *chunk],
            )
        )
    return found


def accounts(book: Book, *, customers: Iterable[int]) -> dict[tuple[int, str], set[str]]:
    """(customer, channel) → the accounts they have there."""
    found: dict[tuple[int, str], set[str]] = {}
    for chunk in _chunks(customers):
        for customer, channel, norm in book.rows(
            "SELECT customer_id, channel, norm FROM contact_point WHERE kind = 'account' "
            f"AND customer_id IN ({_marks(chunk)})",
            list(chunk),
        ):
            found.setdefault((customer, channel), set()).add(norm)
    return found


def contact_kinds(book: Book, *, customers: Iterable[int]) -> set[tuple[int, str]]:
    """(customer, kind of contact point) for all that these customers have."""
    found: set[tuple[int, str]] = set()
    for chunk in _chunks(customers):
        found.update(
            book.rows(
                "SELECT DISTINCT customer_id, kind FROM contact_point "
                f"WHERE customer_id IN ({_marks(chunk)})",
                chunk,
            )
        )
    return found


class Namesake(NamedTuple):
    """A customer of a name that a file gives; `bare`: nothing but the name recognises them."""

    id: int
    place: str
    """Folded address or region."""
    bare: bool


def namesakes(book: Book, *, folded: set[str]) -> dict[str, list[Namesake]]:
    """Folded name → the customers of that name, in the order of their ids."""
    found: dict[str, list[Namesake]] = {}
    rows = book.rows(
        "SELECT id, name, coalesce((SELECT norm FROM contact_point AS home WHERE home.customer_id = "
        "customer.id AND home.kind = 'address' ORDER BY home.id LIMIT 1), region), "
        "NOT EXISTS (SELECT 1 FROM contact_point AS point WHERE point.customer_id = customer.id "
        "AND point.kind <> 'address') FROM customer WHERE name <> '' ORDER BY id"
    )
    for customer, name, place, bare in rows:
        key = fold(name)
        if key in folded:
            found.setdefault(key, []).append(Namesake(customer, folded_place(place), bool(bare)))
    return found


def folded_place(place: str) -> str:
    """An address or region as places are compared."""
    return fold(place).replace(" ", "")


def told_apart(book: Book, *, customers: Iterable[int]) -> set[tuple[int, int]]:
    """The pairs of these customers that wait among the doubts or are known to be two, smaller id first."""
    found: set[tuple[int, int]] = set()
    for table in ("doubt", "not_same"):
        for chunk in _chunks(customers):
            found.update(
                book.rows(f"SELECT one_id, other_id FROM {table} WHERE one_id IN ({_marks(chunk)})", chunk)
            )
    return found


def products(book: Book) -> tuple[dict[str, int], dict[str, int], dict[int, str]]:
    """Code → product, name → product without a code, and every product's name."""
    by_code: dict[str, int] = {}
    by_name: dict[str, int] = {}
    names: dict[int, str] = {}
    for product, code, name in book.rows("SELECT id, code, name FROM product ORDER BY id"):
        names[product] = name
        if code:
            by_code[code] = product
        else:
            by_name.setdefault(name, product)
    return by_code, by_name, names


def staff(book: Book) -> dict[str, int]:
    """Name → clerk."""
    return dict(book.rows("SELECT name, id FROM staff"))


def tags(book: Book) -> dict[str, int]:
    """Name → tag."""
    return dict(book.rows("SELECT name, id FROM tag"))


def custom_fields(book: Book) -> set[str]:
    """Names of the fields the shop added to its customers."""
    return {name for (name,) in book.rows("SELECT name FROM custom_field WHERE subject = 'customer'")}
