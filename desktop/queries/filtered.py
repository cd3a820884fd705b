"""Whom a tree of conditions leaves, in any order of the list: counted and put in order by the columns."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import numpy as np
import numpy.typing as npt

from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.queries.column_kinds import BLANK, Mask, Order
from desktop.queries.column_reading import SUMMED
from desktop.queries.conditions_fields import fields
from desktop.queries.conditions_masks import Reading, who
from desktop.queries.customer_columns import MOST_BYTES, MOST_WHILE_ASKED, Columns, columns_of
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customer_order import at_hand, statements, text_condition
from desktop.queries.field_order import field_key

_FEW = 2000
"""So many customers are sorted by themselves; more are picked out of all, whose order is kept."""
_OTHERWISE = frozenset({"contact_point", "customer_tag", "tag", "custom_field"})
"""What else the orders hang on that no index keeps."""
_WALK = 3000
"""Customers at the head of an order among whom a screenful is looked for before all are put in order."""


@contextmanager
def reading(book: Book, today: date, progress: Progress = SILENT) -> Iterator[Reading]:
    """What evaluating trees needs, for as long as the block lasts."""
    with columns_of(book).reading(progress) as columns:
        products: dict[str, tuple[int, ...]] = {}
        for row, category in book.rows("SELECT id, category FROM product WHERE category <> ''"):
            products[category] = (*products.get(category, ()), row)
        yield Reading(columns, fields(book), products, today)


def keep_columns(book: Book, *, asking: bool) -> None:
    """Hold more in memory while conditions are tried out, and less afterwards. Waits for the columns."""
    columns_of(book).hold(MOST_WHILE_ASKED if asking else MOST_BYTES)


def count_all(
    book: Book, views: Sequence[CustomerFilter], today: date, progress: Progress = SILENT
) -> list[int]:
    """How many customers each of several filters leaves, all of the same moment. Raises Cancelled."""
    with reading(book, today, progress) as now:
        return [int(np.count_nonzero(_mask(book, view, now))) for view in views]


def filtered_ids(
    book: Book,
    view: CustomerFilter,
    order: str,
    *,
    descending: bool,
    today: date,
    most: int | None = None,
    progress: Progress = SILENT,
) -> array[int]:
    """The ids of those whom a filter leaves, as `customers.customer_ids` orders them; the first `most`."""
    words = CustomerFilter(text=view.text)
    with reading(book, today, progress) as now:
        mask = _mask(book, view, now)
        columns = now.columns
        few = at_hand(order) and np.count_nonzero(mask) <= _FEW
        at = np.flatnonzero(mask) if few else None
        if at is not None or not order:
            # Few are sorted by themselves; the order of a search is its own.
            among = None if at is None else columns.ids[at].tolist()
            found: array[int] = array("q")
            for sql, params in statements(book, words, order, descending, today, walk=False, among=among):
                found.extend(id_list(book, sql, params))
            if at is None:
                ids = np.frombuffer(found, np.int64)
                found = array("q", ids[mask[columns.places(ids)]].tobytes())
            return found[:most]
        key = ("order", order, str(descending), str(today))
        if most is not None and at_hand(order) and not columns.knows(key):
            head = np.array(_head(book, order, descending, today), np.int64)
            kept = head[mask[columns.places(head)]][:most]
            if len(kept) == most:
                return array("q", kept.tobytes())
        tables = SUMMED if at_hand(order) else SUMMED | _OTHERWISE
        places = columns.order(key, tables, lambda: _in_order(book, columns, order, descending, today)).places
        return array("q", columns.ids[_picked(places, mask, most)].astype(np.int64).tobytes())


def _mask(book: Book, view: CustomerFilter, now: Reading) -> Mask:
    if view.unread:
        return np.zeros(len(now.columns.ids), np.bool_)
    found = who(view.tree(), now)
    if view.text.strip():
        condition, params = text_condition(book, view)
        sql = f"SELECT s.customer_id AS id FROM customer_summary AS s WHERE {condition}"
        matches = np.frombuffer(id_list(book, sql, params), np.int64)
        among = np.zeros(len(found), np.bool_)
        among[now.columns.places(matches)] = True
        found = found & among
    return found


def _head(book: Book, order: str, descending: bool, today: date) -> list[int]:
    """The first customers of an order, along its index."""
    found: list[int] = []
    for sql, params in statements(book, CustomerFilter(), order, descending, today, walk=True):
        found.extend(row for (row,) in book.rows(f"{sql} LIMIT {_WALK - len(found)}", params))
        if len(found) >= _WALK:
            break
    return found


def _in_order(book: Book, columns: Columns, order: str, descending: bool, today: date) -> Order:
    if not at_hand(order):
        return Order(_by_key(field_key(book, columns, order, today), descending).astype(np.int32))
    parts = [
        columns.places(np.frombuffer(id_list(book, sql, params), np.int64))
        for sql, params in statements(book, CustomerFilter(), order, descending, today, walk=False)
    ]
    return Order(np.concatenate(parts).astype(np.int32))


def _by_key(key: npt.NDArray[np.int64], descending: bool) -> npt.NDArray[np.intp]:
    """All places by a number for each, who has none last; equals as they stand."""
    at = np.arange(len(key))
    if descending:
        at, key = at[::-1], np.where(key == BLANK, BLANK, -key)
    blank = key[at] == BLANK
    known = at[~blank]
    return np.concatenate((known[np.argsort(key[known], kind="stable")], at[blank]))


def _picked(places: npt.NDArray[np.int32], mask: Mask, most: int | None) -> npt.NDArray[np.int32]:
    """The places that a mask leaves, in their order."""
    if most is None:
        return places[mask[places]]
    parts, count, start, step = [], 0, 0, 1 << 14
    while count < most and start < len(places):
        part = places[start : start + step]
        part = part[mask[part]]
        parts.append(part)
        count, start, step = count + len(part), start + step, 2 * step
    return np.concatenate(parts)[:most]
