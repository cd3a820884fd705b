"""Finding a customer as they are asked for at a counter: the best few at once, out of a million.

Best is the exact name, then whoever bought or was in touch last, then whoever was entered last.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.core.pinyin import sort_key
from desktop.models.book import Book
from desktop.models.search_index import matching_sql, newest_matching_sql
from desktop.models.search_words import Entry, Point, entry
from desktop.queries.search_terms import Node, Query, quick_part, read

RECENT = "max(coalesce(s.last_day, 0), coalesce(s.last_contact, 0))"
"""The day of the last purchase or the last contact; exactly what the index `summary_recent` is made of."""
MOST_WEIGHED = 1000
_SORTED, _WALKED = 1500, 90_000
"""Up to so many matches are sorted, or kept while the most recent customers are walked along."""
_STEPS = 60_000
_SORTED_AFTER_ALL = 20_000
"""So long is walked before so many matches are sorted after all."""
_FEW = 600
"""So many who have the other words are asked for a word that the full-text index is slow to find."""
_COMMON = 20_000
_ASKED_FIRST, _ASKED_NEXT, _ASKED = 256, 768, 2500
"""So many of the most recent customers are asked one by one: always, and for a word that very many share."""
_FIRST_PAGE, _PAGE = 64, 256
_MOST_ORDERS = 2000
_FEWEST_OF_A_NUMBER = 5
"""A number of an order is found whole, and from so many characters on by its beginning."""


def search_ids(book: Book, text: str, limit: int = 50) -> array[int]:
    """Ids of up to `limit` customers for what was typed, best first. Nothing typed finds nobody.

    Looks at names (characters, pinyin, initials), phones, accounts, e-mails, addresses and order numbers.
    The order is exact as long as at most 90,000 customers match, or enough of the 2,500 most recent ones do;
    else the remaining places go to those entered last. Of the orders whose number begins with a word typed,
    2,000 are looked at.
    """
    return array("q", some_matches(book, text, limit))


def some_matches(book: Book, text: str, most: int = MOST_WEIGHED) -> list[int]:
    """Up to `most` matching ids, best first; fewer than `most` means that these are all."""
    typed = text.strip()
    if not typed or most < 1:
        return []
    query = _read(book, typed)
    first = [row for (row,) in book.rows(
        "SELECT s.customer_id FROM customer_summary AS s WHERE s.sort_name = ? "
        f"ORDER BY {RECENT} DESC, s.customer_id DESC LIMIT ?",
        (sort_key(typed), most),
    )]  # fmt: skip
    if len(first) == most:
        return first
    by_words = _by_words(book, query.node, most + len(first)) if query.node else []
    others = by_words + _by_number(book, query)
    if not query.numbers or len(others) == len(by_words):
        known = set(first)
        return (first + [row for row in others if row not in known])[:most]
    return (first + _sorted(book, set(others) - set(first)))[:most]


def _read(book: Book, typed: str) -> Query:
    return read(typed, lambda node: _count(book, node.fts(), 0) > 0)


def all_matches_sql(book: Book, text: str) -> tuple[str, dict[str, Any]]:
    """SQL that selects the id of every customer who matches a text, with its parameters."""
    typed = text.strip()
    if not typed:
        return "SELECT NULL WHERE 0", {}
    query = _read(book, typed)
    parts = ["SELECT customer_id FROM customer_summary WHERE sort_name = :exact"]
    params: dict[str, Any] = {"exact": sort_key(typed)}
    if query.node:
        parts.append(matching_sql())
        params["match"] = query.node.fts()
    for at, (number, rest) in enumerate(query.numbers):
        for sql, more in _orders_sql(number, str(at)):
            # The plus keeps SQLite from asking the full-text index once for each order.
            also = f" AND +customer_id IN ({matching_sql(f':rest{at}')})" if rest else ""
            parts.append(sql + also)
            params.update(more)
            if rest:
                params[f"rest{at}"] = rest.fts()
    return " UNION ".join(parts), params


# --- by their words


def _by_words(book: Book, node: Node, most: int) -> list[int]:
    """Up to `most` matches of the index, the most recent first."""
    recent = most_recent(book, _ASKED_NEXT)
    found = _those_who_hold(book, node, recent[:_ASKED_FIRST], most)
    if len(recent) < _ASKED_FIRST or len(found) * _ASKED_NEXT >= most * _ASKED_FIRST:
        # By the share of the first of them, the next few hold enough.
        found += _those_who_hold(book, node, recent[_ASKED_FIRST:], most - len(found))
    if len(found) == most or len(recent) < _ASKED_FIRST:
        return found
    quick = quick_part(node, lambda place: _count(book, place.fts(), _COMMON) > _COMMON)
    if quick and _count(book, quick.fts(), _FEW) <= _FEW:
        return _those_who_hold(book, node, _sorted_matches(book, quick.fts(), _FEW), most)
    ranked = _ranked(book, node.fts(), most)
    if ranked is not None:
        return ranked
    found = _those_who_hold(book, node, most_recent(book, _ASKED), most)
    if len(found) == most:
        return found
    newest = {
        row for (row,) in book.rows(newest_matching_sql(), {"match": node.fts(), "limit": MOST_WEIGHED})
    }
    return (found + _sorted(book, newest.difference(found)))[:most]


def _count(book: Book, match: str, limit: int) -> int:
    """How many match, counted to one more than a limit."""
    sql = f"SELECT count(*) FROM ({matching_sql()} LIMIT :limit)"
    return int(book.value(sql, {"match": match, "limit": limit + 1}))


def _ranked(book: Book, match: str, most: int) -> list[int] | None:
    """Up to `most` matches of the index, the most recent first; None where too many match."""
    count = _count(book, match, _WALKED)
    if count > _WALKED:
        return None
    walk = (
        f"SELECT s.customer_id FROM (SELECT s.customer_id FROM customer_summary AS s "
        f"ORDER BY {RECENT} DESC, s.customer_id DESC LIMIT :steps) AS s "
        f"WHERE +s.customer_id IN ({matching_sql()}) LIMIT :most"
    )
    params = {"match": match, "most": most, "steps": _STEPS}
    if count > _SORTED:
        found = [row for (row,) in book.rows(walk, params)]
        if len(found) == most:
            return found
    if count > _SORTED_AFTER_ALL:
        return [row for (row,) in book.rows(walk, {**params, "steps": -1})]
    return _sorted_matches(book, match, most)


def _sorted_matches(book: Book, match: str, most: int) -> list[int]:
    """Up to `most` matches of the index, the most recent first, however many there are."""
    return [row for (row,) in book.rows(
        f"SELECT s.customer_id FROM customer_summary AS s WHERE s.customer_id IN ({matching_sql()}) "
        f"ORDER BY +{RECENT} DESC, s.customer_id DESC LIMIT :most",
        {"match": match, "most": most},
    )]  # fmt: skip


def most_recent(book: Book, most: int) -> list[int]:
    """The customers who bought or were in touch last."""
    return [row for (row,) in book.rows(
        f"SELECT s.customer_id FROM customer_summary AS s ORDER BY {RECENT} DESC, s.customer_id DESC LIMIT ?",
        (most,),
    )]  # fmt: skip


def _those_who_hold(book: Book, node: Node, ids: Sequence[int], most: int) -> list[int]:
    """The first of some customers who hold what is asked, asked one by one."""
    found: list[int] = []
    at, page = 0, _FIRST_PAGE
    while at < len(ids) and len(found) < most:
        asked = ids[at : at + page]
        entries = customer_entries(book, asked)
        found += [row for row in asked if row in entries and node.holds(entries[row])]
        at, page = at + page, _PAGE
    return found[:most]


def customer_entries(book: Book, ids: Sequence[int]) -> dict[int, Entry]:
    """What the index holds of some customers; those who are gone are left out."""
    marks = ", ".join(map(str, ids))
    points: dict[int, list[Point]] = {}
    for customer, kind, value, norm in book.rows(
        "SELECT customer_id, kind, value, norm FROM contact_point "
        f"WHERE customer_id IN ({marks}) ORDER BY customer_id, id"
    ):
        points.setdefault(customer, []).append((kind, value, norm))
    rows = book.rows(f"SELECT id, name, region FROM customer WHERE id IN ({marks})")
    return {row: entry(name, region, tuple(points.get(row, ()))) for row, name, region in rows}


def _sorted(book: Book, ids: set[int]) -> list[int]:
    marks = ", ".join(map(str, ids))
    return [row for (row,) in book.rows(
        f"SELECT s.customer_id FROM customer_summary AS s WHERE s.customer_id IN ({marks}) "
        f"ORDER BY +{RECENT} DESC, s.customer_id DESC"
    )]  # fmt: skip


# --- by the number of an order


def _by_number(book: Book, query: Query) -> list[int]:
    """The customers of up to 2,000 such orders for each word, whom the other words hold."""
    found: list[int] = []
    for number, rest in query.numbers:
        for sql, params in _orders_sql(number, ""):
            rows = book.rows(f"{sql} LIMIT {_MOST_ORDERS}", params)
            ids = list(dict.fromkeys(row for (row,) in rows))
            found += _those_who_hold(book, rest, ids, len(ids)) if rest and ids else ids
    return found


def _orders_sql(number: str, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """SQL for the customers of the orders that a word may be the number of; `name` tells parameters apart."""
    for at, variant in enumerate(dict.fromkeys((number, number.upper(), number.lower()))):
        first, until = f"number{name}_{at}", f"until{name}_{at}"
        # "number <> ''" lets SQLite use the index, which leaves out the orders without a number.
        sql = "SELECT customer_id FROM orders WHERE number <> '' AND customer_id IS NOT NULL AND "
        if len(variant) < _FEWEST_OF_A_NUMBER:
            yield f"{sql} number = :{first}", {first: variant}
        else:
            yield (
                f"{sql} number >= :{first} AND number < :{until}",
                {first: variant, until: variant + "\U0010ffff"},
            )
