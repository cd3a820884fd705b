"""The entries of the timeline: what each holds, its place in the stream, and how it is read from the book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop.models.book import Book
from desktop.queries.line_titles import LINE_TITLE
from desktop.queries.timeline_corrections import corrections
from desktop.queries.timeline_sources import BY_KIND, RANK


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of an entry in the stream; the next page begins below it."""

    at: str
    kind: str
    id: int

    @property
    def place(self) -> tuple[str, int, int]:
        """What the stream is sorted by, falling."""
        return self.at, RANK[self.kind], self.id


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry. Titles are made from it where it is shown, in the user's language.

    - `code`: the order's status, the case's kind, the complaint's status now, the step's kind, the import's
      target, a consent's purpose; `title` the thing's own title (a complaint's for its steps, a file's
      name), `number` its number (a case's or complaint's for its steps).
    - `lines`: (title, quantity) of an order's first lines, `line_count` how many it has.
    - `amount` in minor units, of an order or a shipment's cost; of points how many, of a lead its score, of
      a visit its seconds, of a consent 1 for given, of a privacy request 1 for done. `minutes` of a note how
      long it took, of an arrival how long the parcel was under way.
    - `recommend` 0-10, `effort`, `expected`, `perceived` of a rating.
    - `order_number`, `case_number`, `complaint_number` of what it is linked to; `corrected` how often the
      words of a note were changed, `files` how many are kept with it.
    """

    kind: str
    id: int
    at: str
    customer_id: int | None
    customer_name: str
    stage: str
    channel: str
    staff_id: int | None
    staff: str
    code: str
    title: str
    text: str
    number: str
    amount: int | None
    minutes: int | None
    order_id: int | None
    order_number: str
    complaint_id: int | None
    pinned: bool
    expected: int | None
    perceived: int | None
    recommend: int | None
    effort: int | None
    lines: tuple[tuple[str, float], ...] = ()
    line_count: int = 0
    case_id: int | None = None
    case_number: str = ""
    complaint_number: str = ""
    gave: str = ""
    corrected: int = 0
    files: int = 0

    @property
    def cursor(self) -> Cursor:
        """The entry's place in the stream."""
        return Cursor(self.at, self.kind, self.id)

    @property
    def key(self) -> tuple[str, int]:
        """What tells this entry from all others."""
        return self.kind, self.id


def timeline_entry(book: Book, kind: str, row: int) -> TimelineEntry | None:
    """One entry, or None when it is gone."""
    return next(iter(read_entries(book, [(kind, row)])), None)


def read_entries(book: Book, keys: list[tuple[str, int]]) -> list[TimelineEntry]:
    """The entries of these keys, in their order; those gone meanwhile are left out.

    Gone is also what has no moment any more: a task that is open again, a parcel that did not arrive.
    """
    raw: dict[tuple[str, int], tuple[Any, ...]] = {}
    for kind in {kind for kind, _ in keys}:
        ids = [row for of, row in keys if of == kind]
        source = BY_KIND[kind]
        sql = f"{source.entry} WHERE {source.key} IN ({_marks(ids)})"
        raw |= {(kind, row[0]): row for row in book.rows(sql, ids) if row[1] is not None}
    customers = _names(book, "customer", (row[2] for row in raw.values()))
    staff = _names(book, "staff", (row[4] for row in raw.values()))
    numbers = _names(book, "orders", (row[11] for row in raw.values()), "number")
    cases = _names(book, "service_case", (row[17] for row in raw.values()), "number")
    complaints = _names(book, "complaint", (row[12] for row in raw.values()), "number")
    notes = [row for kind, row in raw if kind == "interaction"]
    corrected, files = corrections(book, notes), _files(book, notes)
    lines = _lines(book, [row for kind, row in raw if kind == "order"])
    entries = []
    for key in keys:
        if key in raw:
            (row, at, customer, channel, clerk, code, title, text, number, amount, minutes, order, complaint,
             pinned, expected, perceived, stage, case, gave) = raw[key]  # fmt: skip
            rated = key[0] == "rating"
            own = lines.get(row, []) if key[0] == "order" else []
            scales = {"recommend": amount, "effort": minutes} if rated else {}
            entries.append(
                TimelineEntry(
                    *key,
                    at=at,
                    customer_id=customer,
                    customer_name=customers.get(customer, ""),
                    stage=stage,
                    channel=channel,
                    staff_id=clerk,
                    staff=staff.get(clerk, ""),
                    code=code,
                    title=title,
                    text=text,
                    number=number,
                    amount=None if rated else amount,
                    minutes=None if rated else minutes,
                    order_id=order,
                    order_number=numbers.get(order, ""),
                    complaint_id=complaint,
                    pinned=bool(pinned),
                    expected=expected,
                    perceived=perceived,
                    recommend=scales.get("recommend"),
                    effort=scales.get("effort"),
                    lines=tuple(own[:4]),
                    line_count=len(own),
                    case_id=case,
                    case_number=cases.get(case, ""),
                    complaint_number=complaints.get(complaint, ""),
                    gave=gave,
                    corrected=corrected.get(row, 0) if key[0] == "interaction" else 0,
                    files=files.get(row, 0) if key[0] == "interaction" else 0,
                )
            )
    return entries


def _names(book: Book, table: str, ids: Iterable[int | None], column: str = "name") -> dict[int | None, str]:
    wanted = sorted({row for row in ids if row is not None})
    if not wanted:
        return {}
    return dict(book.rows(f"SELECT id, {column} FROM {table} WHERE id IN ({_marks(wanted)})", wanted))


def _lines(book: Book, orders: list[int]) -> dict[int, list[tuple[str, float]]]:
    """The lines of some orders, named by what was written or by their product."""
    found: dict[int, list[tuple[str, float]]] = {}
    if orders:
        sql = (
            f"SELECT order_id, {LINE_TITLE}, quantity FROM order_line WHERE order_id IN ({_marks(orders)}) "
            "ORDER BY order_id, position, id"
        )
        for order, title, quantity in book.rows(sql, orders):
            found.setdefault(order, []).append((title, quantity))
    return found


def _files(book: Book, notes: list[int]) -> dict[int, int]:
    """How many files are kept with each of some notes."""
    if not notes:
        return {}
    sql = (
        "SELECT subject_id, count(*) FROM attachment WHERE subject = 'interaction' "
        f"AND subject_id IN ({_marks(notes)}) GROUP BY subject_id"
    )
    return dict(book.rows(sql, notes))


def _marks(values: list[int]) -> str:
    return ", ".join("?" for _ in values)
