"""The customer list: ids in every offered order, the rows of a page, and the counts on the chips."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.queries.customer_filter import STATES, Conditions, CustomerFilter
from desktop.queries.customer_order import ORDERS as ORDERS
from desktop.queries.customer_order import at_hand as at_hand
from desktop.queries.customer_order import statements, text_condition
from desktop.queries.customer_search import some_matches

_FEW = 20_000
"""So many customers are sorted sooner than a walk along the order's index finds a screenful of them."""


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

    `order` is a key of ORDERS or field_order, or "" for that of a search: who came last first. Raises
    KeyError for another one and Cancelled when `progress` was stopped.
    """
    if not view.simple or not at_hand(order):
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
    limit: int = 48,
) -> array[int]:
    """The first `limit` ids of `customer_ids`, at once: along the order's index, nothing sorted in full.

    A text that very many customers share is answered from the customers entered last. An order that is not
    `at_hand` is sorted in full.
    """
    if not view.simple or not at_hand(order):
        from desktop.queries.filtered import filtered_ids

        return filtered_ids(book, view, order, descending=descending, today=today, most=limit)
    if not order and view.text.strip() and not view.without_text().narrows:
        # The best of a search and nothing else: they come in order as they are.
        return array("q", some_matches(book, view.text, limit))
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
