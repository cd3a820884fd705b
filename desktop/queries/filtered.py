"""Whom a tree of conditions leaves, in any order of the list: counted and sorted in the columns."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import numpy as np
import numpy.typing as npt

from desktop.core.pinyin import sort_key
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.queries.column_kinds import BLANK, Mask, Places
from desktop.queries.conditions import Condition, Group
from desktop.queries.conditions_fields import fields
from desktop.queries.conditions_masks import Reading, states, who
from desktop.queries.customer_columns import Columns, columns_of
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customer_search import all_matches_sql

_FRACTIONS = frozenset({"rhythm", "rating"})
Keys = list[npt.NDArray[np.int64]]


@contextmanager
def reading(book: Book, today: date, progress: Progress = SILENT) -> Iterator[Reading]:
    """What evaluating trees needs, for as long as the block lasts."""
    with columns_of(book).reading(progress) as columns:
        products: dict[str, tuple[int, ...]] = {}
        for row, category in book.rows("SELECT id, category FROM product WHERE category <> ''"):
            products[category] = (*products.get(category, ()), row)
        yield Reading(columns, fields(book), products, today)


def count_tree(book: Book, tree: Condition | Group | None, today: date, progress: Progress = SILENT) -> int:
    """How many customers a tree leaves."""
    with reading(book, today, progress) as now:
        return int(np.count_nonzero(who(tree, now)))


def count_filtered(book: Book, view: CustomerFilter, today: date, progress: Progress = SILENT) -> int:
    """How many customers a filter leaves."""
    with reading(book, today, progress) as now:
        return int(np.count_nonzero(_mask(book, view, now)))


def filtered_ids(
    book: Book,
    view: CustomerFilter,
    order: tuple[str, ...],
    *,
    descending: bool,
    today: date,
    most: int | None = None,
    progress: Progress = SILENT,
) -> array[int]:
    """The ids of those whom a filter leaves, as `customers.customer_ids` orders them; the first `most`.

    `order` are columns of customer_summary, ("state",), or () for that of a search.
    """
    with reading(book, today, progress) as now:
        at = np.flatnonzero(_mask(book, view, now))
        progress.check()
        keys = _keys(book, view, order, now)
        progress.check()
        if descending or not order:
            at, keys = at[::-1], [np.where(key == BLANK, BLANK, -key) for key in keys]
        found = now.columns.ids[_ordered(at, keys, most)]
    return array("q", found.astype(np.int64).tobytes())


def _mask(book: Book, view: CustomerFilter, now: Reading) -> Mask:
    if view.unread:
        return np.zeros(len(now.columns.ids), np.bool_)
    found = who(view.tree(), now)
    if view.text.strip():
        sql, params = all_matches_sql(book, view.text)
        matches = id_list(book, f"SELECT customer_id AS id FROM ({sql})", params)
        found &= np.isin(now.columns.ids, np.frombuffer(matches, np.int64))
    return found


def _keys(book: Book, view: CustomerFilter, order: tuple[str, ...], now: Reading) -> Keys:
    """What is sorted by, the first key first."""
    columns = now.columns
    if order == ("state",):
        return _state_keys(columns, now.today)
    if not order:
        exact = np.isin(
            columns.ids,
            [row for (row,) in book.rows("SELECT customer_id FROM customer_summary WHERE sort_name = ?",
                                         (sort_key(view.text.strip()),))],
        )  # fmt: skip
        recent = [columns.figures(f"s.{name}").wide() for name in ("last_day", "last_contact")]
        return [exact.astype(np.int64), np.maximum(np.maximum(*recent), 0)]
    return [columns.ranks().wide() if name == "sort_name" else _key(columns, name) for name in order]


def _key(columns: Columns, name: str) -> npt.NDArray[np.int64]:
    # Means of whole numbers that differ at all differ by more than this.
    sql = f"CAST(round(s.{name} * 1e9) AS INTEGER)" if name in _FRACTIONS else f"s.{name}"
    return columns.figures(sql).wide()


def _state_keys(columns: Columns, today: date) -> Keys:
    """As a list sorted by state shows them: customers.STATES in turn, in each who changes first."""
    turn = np.array([6, 0, 2, 1, 3, 4], np.int64)[states(columns, today)]
    # Those lost after one purchase before those lost after several.
    turn += (turn == 4) & (columns.figures("s.occasions").wide() > 1)
    days = [columns.figures(f"s.{name}_day").wide() for name in ("drift", "lost")]
    return [turn, *(np.where(day == BLANK, 0, day) for day in days)]


def _ordered(at: Places, keys: Keys, most: int | None) -> Places:
    """Places sorted by keys, in which who has none comes last and equals stay as they stood."""
    if not keys:
        return at[:most]
    key = keys[0][at]
    blank = key == BLANK
    known, key = at[~blank], key[~blank]
    if most is not None and len(known) > most > 0:
        # All below the last one wanted, and of its equals as many as there is room for.
        last = np.partition(key, most - 1)[most - 1]
        sure = _sorted(known[key < last], keys)
        return np.concatenate((sure, _ordered(known[key == last], keys[1:], most - len(sure))))
    return np.concatenate((_sorted(known, keys), at[blank]))[:most]


def _sorted(at: Places, keys: Keys) -> Places:
    if len(keys) == 1:
        return at[np.argsort(keys[0][at], kind="stable")]
    return at[np.lexsort([key[at] for key in reversed(keys)])]


def count_all(
    book: Book, views: Sequence[CustomerFilter], today: date, progress: Progress = SILENT
) -> list[int]:
    """How many customers each of several filters leaves, all of the same moment."""
    with reading(book, today, progress) as now:
        return [int(np.count_nonzero(_mask(book, view, now))) for view in views]
