"""The customer list: ids in every offered order, the rows of a page, and the counts on the chips."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.models.summaries import state_sql
from desktop.queries.customer_filter import STATES, Conditions, CustomerFilter
from desktop.queries.customer_order import ORDERS as ORDERS
from desktop.queries.customer_order import statements, text_condition
from desktop.queries.customer_search import some_matches

_FEW = 20_000
"""So many customers are sorted sooner than a walk along the order's index finds a screenful of them."""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A line of the customer list; days are ordinals, `rhythm` days, `spend` minor units, `rating` 1 to 5."""

    id: int
    name: str
    kind: str
    relation: str
    region: str
    state: str
    first_day: int | None
    last_day: int | None
    rhythm: float | None
    occasions: int
    orders: int
    spend: int
    rating: float | None
    ratings: int
    complaints: int
    open_complaints: int
    phone: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag with its tone and how many customers carry it."""

    id: int
    name: str
    tone: str
    customers: int


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A saved filter."""

    id: int
    name: str
    view: CustomerFilter


@dataclass(frozen=True, slots=True)
class CustomFieldRow:
    """A field the shop added; `kind` is text, number, date, choice (of `options`) or yesno."""

    name: str
    kind: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustomerCounts:
    """How many customers each chip of the list stands for; `segments` by id."""

    everybody: int
    states: Mapping[str, int]
    new_this_month: int
    complained: int
    segments: Mapping[int, int] = field(default_factory=dict)


def customer_ids(
    book: Book,
    *,
    view: CustomerFilter,
    order: str = "name",
    descending: bool = False,
    today: date,
    progress: Progress = SILENT,
) -> array[int]:
    """The ids of every customer a filter leaves, in order; the id breaks ties, blanks stand last.

    `order` is a key of ORDERS, or "" for the order of a search: who came last first. Raises KeyError for
    another one and Cancelled when `progress` was stopped.
    """
    if not view.simple:
        from desktop.queries.filtered import filtered_ids

        return filtered_ids(book, view, order, descending=descending, today=today, progress=progress)
    found: array[int] = array("q")
    for sql, params in statements(book, view, order, descending, today, walk=False):
        found.extend(id_list(book, sql, params))
        progress.check()
    return found


def first_ids(
    book: Book,
    *,
    view: CustomerFilter,
    order: str = "name",
    descending: bool = False,
    today: date,
    limit: int = 60,
) -> array[int]:
    """The first `limit` ids of `customer_ids`, at once: along the order's index, nothing sorted in full.

    A text that very many customers share is answered from the customers entered last.
    """
    if not view.simple:
        from desktop.queries.filtered import filtered_ids

        return filtered_ids(book, view, order, descending=descending, today=today, most=limit)
    among = some_matches(book, view.text) if view.text.strip() else None
    walk = among is None and not _few(book, view, today)
    found: array[int] = array("q")
    for sql, params in statements(book, view, order, descending, today, walk=walk, among=among):
        rows = book.rows(f"{sql} LIMIT {limit - len(found)}", params)
        found.extend([row for (row,) in rows])
        if len(found) >= limit:
            break
    return found


def count_customers(book: Book, *, view: CustomerFilter, today: date) -> int:
    """How many customers a filter leaves."""
    if not view.simple:
        from desktop.queries.filtered import count_all

        return count_all(book, [view], today)[0]
    conditions = Conditions(view, today, walk=False)
    among, params = text_condition(book, view)
    sql = f"SELECT count(*) FROM customer_summary AS s {conditions.where(among)}"
    return int(book.value(sql, {**conditions.params, **params}))


def customer_rows(book: Book, ids: Sequence[int], today: date) -> dict[int, CustomerRow]:
    """The rows of some customers by id; ids that are gone are left out. Meant for a page, not for all."""
    wanted = tuple(ids)
    marks = ", ".join("?" * len(wanted))
    phones: dict[int, str] = {}
    for customer, phone in book.rows(
        f"SELECT customer_id, norm FROM contact_point WHERE kind = 'phone' AND customer_id IN ({marks}) "
        "ORDER BY customer_id, main DESC, id",
        wanted,
    ):
        phones.setdefault(customer, phone)
    tags: dict[int, tuple[str, ...]] = {}
    for customer, tag in book.rows(
        f"SELECT customer_id, name FROM customer_tag JOIN tag ON tag.id = tag_id "
        f"WHERE customer_id IN ({marks}) ORDER BY customer_id, tag.name",
        wanted,
    ):
        tags[customer] = (*tags.get(customer, ()), tag)
    rows = book.rows(
        f"SELECT c.id, c.name, c.kind, c.relation, c.region, {state_sql('?1', 's')}, s.first_day, "
        "s.last_day, s.rhythm, s.occasions, s.orders, s.spend, s.rating, s.ratings, s.complaints, "
        "s.open_complaints FROM customer AS c JOIN customer_summary AS s ON s.customer_id = c.id "
        f"WHERE c.id IN ({marks})",
        (today.toordinal(), *wanted),
    )
    return {row[0]: CustomerRow(*(*row, phones.get(row[0], ""), tags.get(row[0], ()))) for row in rows}


def customer_counts(book: Book, today: date, progress: Progress = SILENT) -> CustomerCounts:
    """The numbers on the chips; a fraction of a second for a million customers, so ask in the background."""
    everybody = int(book.value("SELECT count(*) FROM customer_summary"))
    states = {
        state: count_customers(book, view=CustomerFilter(states=(state,)), today=today) for state in STATES
    }
    return CustomerCounts(
        everybody,
        states,
        count_customers(book, view=CustomerFilter(new_this_month=True), today=today),
        count_customers(book, view=CustomerFilter(complained=True), today=today),
        segment_counts(book, today, progress),
    )


def segment_counts(book: Book, today: date, progress: Progress = SILENT) -> dict[int, int]:
    """How many customers each saved filter leaves, by its id. Raises Cancelled."""
    kept = segments(book)
    if not kept:
        return {}
    from desktop.queries.filtered import count_all

    numbers = count_all(book, [one.view for one in kept], today, progress)
    return {one.id: number for one, number in zip(kept, numbers, strict=True)}


def segments(book: Book) -> list[SegmentRow]:
    """The saved filters in the owner's order."""
    rows = book.rows("SELECT id, name, condition FROM segment ORDER BY position, id")
    return [SegmentRow(row, name, CustomerFilter.from_json(condition)) for row, name, condition in rows]


def tags(book: Book) -> list[TagRow]:
    """Every tag of the shop by name."""
    return [
        TagRow(*row)
        for row in book.rows(
            "SELECT id, name, tone, (SELECT count(*) FROM customer_tag WHERE tag_id = tag.id) "
            "FROM tag ORDER BY name"
        )
    ]


def custom_fields(book: Book) -> list[CustomFieldRow]:
    """The shop's own fields of a customer, in its order."""
    rows = book.rows(
        "SELECT name, type, options FROM custom_field WHERE subject = 'customer' ORDER BY position, id"
    )
    return [CustomFieldRow(name, kind, tuple(map(str, json.loads(options)))) for name, kind, options in rows]


def _few(book: Book, view: CustomerFilter, today: date) -> bool:
    """Whether the conditions leave so few customers that sorting them is the quicker way."""
    if not view.narrows:
        return False
    conditions = Conditions(view, today, walk=False)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM customer_summary AS s {conditions.where()} LIMIT {_FEW + 1})"
    return int(book.value(sql, conditions.params)) <= _FEW
