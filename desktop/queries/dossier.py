"""A customer's dossier: all that the book holds of them, in parts of which only the chosen ones are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark
from desktop.models.book import Book
from desktop.queries.case_detail import CaseDetail, case_detail
from desktop.queries.complaint_detail import ComplaintDetail, complaint_detail
from desktop.queries.everything import as_of_now
from desktop.queries.line_titles import LINE_TITLE
from desktop.queries.orders import OrderLineRow, OrderRow, customer_order_ids, order_rows
from desktop.queries.profile import Profile, profile
from desktop.queries.ratings import RatingRow, rating_rows
from desktop.queries.tasks import TaskRow, done_tasks, open_tasks
from desktop.queries.timeline import TimelineFilter, pinned_entries, timeline_page
from desktop.queries.timeline_entries import TimelineEntry
from desktop.queries.timeline_sources import KINDS

PARTS: Mapping[str, str] = {
    "who": mark("Who they are"),
    "contacts": mark("How to reach them"),
    "tastes": mark("Likes, allergies and notes"),
    "figures": mark("Figures"),
    "orders": mark("Orders"),
    "complaints": mark("Complaints"),
    "cases": mark("Service cases"),
    "ratings": mark("Ratings"),
    "tasks": mark("Tasks"),
    "points": mark("Points"),
    "shipments": mark("Shipments"),
    "timeline": mark("Timeline"),
}
"""What a dossier may hold, in its order."""

_KINDS_OF = {
    "orders": ("order",),
    "complaints": ("complaint", "step"),
    "cases": ("case", "case-step"),
    "ratings": ("rating",),
    "points": ("points",),
    "shipments": ("shipment", "arrival"),
    "tasks": ("task",),
}
"""The timeline's entries that tell of another part; they are left out where that part is."""
_OF_PROFILE: Mapping[str, Mapping[str, Any]] = {
    "who": {
        "kind": "", "relation": "", "gender": "", "birthday": "", "region": "", "source": "",
        "referred_by": None, "referrer": "", "tags": (), "created_at": "", "checked_on": None,
    },
    "contacts": {"points": ()},
    "tastes": {"likes": "", "dislikes": "", "expectations": "", "family": "", "notes": "", "custom": {}},
    "figures": {
        "orders": 0, "spend": 0, "occasions": 0, "first_day": None, "last_day": None, "rhythm": None,
        "state": "", "rating": None, "perceived": None, "expected": None, "brought": 0,
        "brought_spend": 0, "gaps": (), "drift_day": None, "lost_day": None, "ratings": 0, "both": 0,
        "complaints": 0, "open_complaints": 0, "all_orders": 0, "cases": 0, "channels": (), "left_out": (),
        "expected_day": None, "balance": 0, "files": 0,
    },
}  # fmt: skip
"""What stays blank of the profile where a part is not wanted."""
_BLOCK = 500
_EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True)
class DossierOrder:
    """An order with its lines."""

    row: OrderRow
    lines: tuple[OrderLineRow, ...]


@dataclass(frozen=True, slots=True)
class PointsRow:
    """An entry of the points ledger; `balance` is the sum up to it."""

    id: int
    at: str
    points: int
    reason: str
    text: str
    balance: int


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """A parcel; `cost` in minor units."""

    id: int
    number: str
    carrier: str
    order_number: str
    direction: str
    status: str
    shipped_at: str
    arrived_at: str | None
    cost: int | None
    ship_to: str
    note: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The chosen `parts`, each newest first; of the others nothing is in here, not even in the profile."""

    profile: Profile
    parts: tuple[str, ...]
    day: date
    orders: tuple[DossierOrder, ...] = ()
    complaints: tuple[ComplaintDetail, ...] = ()
    cases: tuple[CaseDetail, ...] = ()
    ratings: tuple[RatingRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    points: tuple[PointsRow, ...] = ()
    shipments: tuple[ShipmentRow, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()

    def count(self, part: str) -> int:
        """How many rows a part has."""
        return len(getattr(self, part))


def dossier(
    book: Book,
    *,
    customer_id: int,
    today: date,
    parts: Sequence[str] = tuple(PARTS),
    progress: Progress = SILENT,
) -> Dossier | None:
    """The dossier of a customer, or None when there is none of that id. Raises Cancelled."""
    with as_of_now(book):
        return _read(book, customer_id, today, [part for part in PARTS if part in parts], progress)


def _read(
    book: Book, customer_id: int, today: date, parts: Sequence[str], progress: Progress
) -> Dossier | None:
    found = profile(book, customer_id=customer_id, today=today)
    if found is None:
        return None
    for part, blank in _OF_PROFILE.items():
        if part not in parts:
            found = replace(found, **blank)
    readers: dict[str, Callable[[], Iterable[Any]]] = {
        "orders": lambda: _orders(book, customer_id, progress),
        "complaints": lambda: _complaints(book, customer_id, progress),
        "cases": lambda: _cases(book, customer_id, progress),
        "ratings": lambda: _ratings(book, customer_id),
        "tasks": lambda: _tasks(book, customer_id, today),
        "points": lambda: _points(book, customer_id),
        "shipments": lambda: _shipments(book, customer_id),
        "timeline": lambda: _timeline(book, customer_id, parts, progress),
    }
    rows: dict[str, Any] = {part: tuple(read()) for part, read in readers.items() if part in parts}
    return Dossier(found, tuple(parts), today, **rows)


def _blocks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _BLOCK] for start in range(0, len(ids), _BLOCK))


def _orders(book: Book, customer_id: int, progress: Progress) -> Iterator[DossierOrder]:
    for block in _blocks(customer_order_ids(book, customer_id=customer_id)):
        progress.check()
        rows = order_rows(book, block)
        lines: dict[int, list[OrderLineRow]] = {}
        for line in book.rows(
            f"SELECT id, order_id, product_id, {LINE_TITLE}, quantity, unit_price, amount FROM order_line "
            f"WHERE order_id IN ({', '.join('?' * len(block))}) ORDER BY order_id, position, id",
            tuple(block),
        ):
            lines.setdefault(line[1], []).append(OrderLineRow(*line))
        for row in block:
            if row in rows:
                yield DossierOrder(rows[row], tuple(lines.get(row, ())))


def _ids(book: Book, table: str, when: str, customer_id: int, condition: str = "true") -> list[int]:
    sql = f"SELECT id FROM {table} WHERE customer_id = ? AND {condition} ORDER BY {when} DESC, id DESC"
    return [row for (row,) in book.rows(sql, (customer_id,))]


def _complaints(book: Book, customer_id: int, progress: Progress) -> Iterator[ComplaintDetail]:
    for row in _ids(book, "complaint", "received_at", customer_id):
        progress.check()
        if found := complaint_detail(book, row):
            yield found


def _cases(book: Book, customer_id: int, progress: Progress) -> Iterator[CaseDetail]:
    for row in _ids(book, "service_case", "opened_at", customer_id):
        progress.check()
        if found := case_detail(book, row):
            yield found


def _ratings(book: Book, customer_id: int) -> Iterator[RatingRow]:
    for block in _blocks(_ids(book, "rating", "day", customer_id, "answered = 1")):
        rows = rating_rows(book, block)
        yield from (rows[row] for row in block if row in rows)


def _tasks(book: Book, customer_id: int, today: date) -> list[TaskRow]:
    return [
        *open_tasks(book, today=today, customer_id=customer_id, limit=_EVERYTHING),
        *done_tasks(book, today=today, customer_id=customer_id, limit=_EVERYTHING),
    ]


def _points(book: Book, customer_id: int) -> list[PointsRow]:
    rows = book.rows(
        "SELECT id, at, points, reason, text FROM points_entry WHERE customer_id = ? ORDER BY at, id",
        (customer_id,),
    )
    balance, made = 0, []
    for row in rows:
        balance += row[2]
        made.append(PointsRow(*(*row, balance)))
    return made[::-1]


def _shipments(book: Book, customer_id: int) -> list[ShipmentRow]:
    rows = book.rows(
        "SELECT s.id, s.number, s.carrier, coalesce(orders.number, ''), s.direction, s.status, s.shipped_at, "
        "s.arrived_at, s.cost, s.ship_to, s.note FROM shipment AS s "
        "LEFT JOIN orders ON orders.id = s.order_id WHERE s.customer_id = ? "
        "ORDER BY s.shipped_at DESC, s.id DESC",
        (customer_id,),
    )
    return [ShipmentRow(*row) for row in rows]


def _timeline(
    book: Book, customer_id: int, parts: Sequence[str], progress: Progress
) -> Iterator[TimelineEntry]:
    hidden = {kind for part, kinds in _KINDS_OF.items() if part not in parts for kind in kinds}
    where = TimelineFilter(kinds=frozenset(KINDS) - hidden)
    pinned = pinned_entries(book, customer_id=customer_id, where=where, limit=_EVERYTHING)
    stream = _stream(book, customer_id, where, progress)
    # Pinned notes stand above the stream on the screen; on paper each has its day.
    yield from sorted([*pinned, *stream], key=lambda entry: entry.cursor.place, reverse=True)


def _stream(
    book: Book, customer_id: int, where: TimelineFilter, progress: Progress
) -> Iterator[TimelineEntry]:
    before = None
    while True:
        progress.check()
        page = timeline_page(book, customer_id=customer_id, where=where, before=before, limit=_BLOCK)
        yield from page.entries
        before = page.following
        if before is None:
            return
