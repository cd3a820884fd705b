"""What else a list of customers can be sorted by: each field as a number for everybody, in the columns."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import numpy.typing as npt

from desktop.core import words
from desktop.core.birthdays import birthday_of, coming
from desktop.core.folding import fold
from desktop.core.pinyin import sort_key
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.models.own_values import own_value_sql
from desktop.queries.column_kinds import BLANK, Coded
from desktop.queries.customer_columns import Columns

Key = npt.NDArray[np.int64]

OWN = "custom:"
MOST_SPELT = 65_535
"""Different texts that are sorted by pinyin; more would take long, and stand by their characters."""

_NUMBERS = {
    name: f"s.{name}"
    for name in ("occasions", "ratings", "open_complaints", "contacts", "cases", "open_cases", "brought")
} | {
    "checked_on": "c.checked_on",
    "created": "CAST(replace(substr(c.created_at, 1, 10), '-', '') AS INTEGER)",
}
_TEXTS = ("region", "source", "likes", "dislikes", "expectations", "family", "notes")
_CODES: Mapping[str, Mapping[str, str]] = {
    "kind": words.CUSTOMER_KINDS, "relation": words.RELATIONS, "gender": words.GENDERS,
}  # fmt: skip
_POINTS = ("phone", "wechat", "email", "qq", "weibo", "address", "member")
FIELDS = frozenset({*_NUMBERS, *_TEXTS, *_CODES, *_POINTS, "birthday", "referred_by", "tags"})
"""Every field with an order of its own, beside the shop's own as `custom:<name>`."""


def field_key(book: Book, columns: Columns, field: str, today: date) -> Key:
    """A number for each customer, BLANK for none, whose order is the field's. Raises KeyError.

    A million customers take some tenths of a second the first time, and the worker is the place for it.
    """
    if field in _NUMBERS:
        return columns.figures(_NUMBERS[field]).wide()
    if field in _CODES:
        turn = {code: at for at, code in enumerate(_CODES[field]) if code}
        return _ranked(columns.coded(f"c.{field}"), lambda text: turn.get(text))
    if field in _TEXTS:
        return _spelt(columns.coded(f"c.{field}"))
    if field in _POINTS:
        return _points(book, columns, field)
    if field == "birthday":
        return _ranked(
            columns.coded("c.birthday_calendar || ' ' || c.birthday_leap || ' ' || c.birthday"),
            lambda text: _next_birthday(text, today),
        )
    if field == "referred_by":
        return _referrers(book, columns)
    if field == "tags":
        return _tags(book, columns)
    if field.startswith(OWN):
        return _own(book, columns, field.removeprefix(OWN))
    raise KeyError(field)


def _own(book: Book, columns: Columns, name: str) -> Key:
    found = book.row(
        "SELECT type, options FROM custom_field WHERE subject = 'customer' AND name = ?", (name,)
    )
    if found is None:
        return np.full(len(columns.ids), BLANK, np.int64)
    kind, sql = found[0], own_value_sql(name)
    if kind == "yesno":
        return columns.figures(f"CAST({sql} AS INTEGER)").wide()
    if kind == "number":
        return columns.figures(f"CAST(round({sql} * 1000) AS INTEGER)").wide()
    if kind == "choice":
        turn = {str(option): at for at, option in enumerate(json.loads(found[1]))}
        return _ranked(
            columns.coded(f"CAST({sql} AS TEXT)"), lambda text: turn.get(text, len(turn)) if text else None
        )
    if kind == "date":
        # An ISO day sorts as its characters do.
        return _spelt(columns.coded(f"CAST({sql} AS TEXT)"), fold)
    return _spelt(columns.coded(f"CAST({sql} AS TEXT)"))


def _ranked(column: Coded, number: Callable[[str], int | None]) -> Key:
    """A column of few different texts by a number for each, BLANK for none."""
    table = [BLANK if (found := number(word)) is None else found for word in column.words]
    return np.array(table, np.int64)[column.codes]


def _spelt(column: Coded, spell: Callable[[str], str] | None = None) -> Key:
    """A column of texts as an address book has them, Chinese by pinyin; who has none is blank."""
    spell = spell or (sort_key if len(column.words) <= MOST_SPELT else fold)
    order = sorted(range(len(column.words)), key=lambda at: spell(column.words[at]))
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    for at, word in enumerate(column.words):
        if not word:
            ranks[at] = BLANK
    return ranks[column.codes]


def _points(book: Book, columns: Columns, kind: str) -> Key:
    """Everybody by the first of their contact points of a kind."""
    member = "kind = 'account' AND channel = 'member'" if kind == "member" else f"kind = '{kind}'"
    ids = id_list(
        book,
        f"SELECT customer_id AS id FROM contact_point WHERE {member} GROUP BY customer_id "
        "ORDER BY min(norm), customer_id",
    )
    key = np.full(len(columns.ids), BLANK, np.int64)
    key[columns.places(ids)] = np.arange(len(ids))
    return key


def _referrers(book: Book, columns: Columns) -> Key:
    """Everybody by the name of who referred them."""
    by = columns.figures("c.referred_by").wide()
    named = id_list(
        book,
        "SELECT customer_id AS id FROM customer_summary WHERE customer_id IN "
        "(SELECT referred_by FROM customer WHERE referred_by IS NOT NULL) ORDER BY sort_name, customer_id",
    )
    ranks = np.full(len(by), BLANK, np.int64)
    ranks[columns.places(named)] = np.arange(len(named))
    key = np.full(len(by), BLANK, np.int64)
    known = by != BLANK
    key[known] = ranks[columns.places(by[known])]
    return key


def _tags(book: Book, columns: Columns) -> Key:
    """Everybody by the first of their tags."""
    key = np.full(len(columns.ids), BLANK, np.int64)
    known = book.rows("SELECT id, name FROM tag")
    in_order = sorted(known, key=lambda tag: sort_key(tag[1]))
    for rank, (tag, _) in reversed(list(enumerate(in_order))):
        key[columns.pairs("tag", tag).rows] = rank
    return key


def _next_birthday(text: str, today: date) -> int | None:
    calendar, _, rest = text.partition(" ")
    leap, _, day = rest.partition(" ")
    found = birthday_of(day, calendar, leap == "1")
    next_one = coming(found._replace(year=None), today) if found else None
    return next_one.day.toordinal() if next_one else None
