"""Every record that has a place in search: orders, cases, complaints, tasks, notes, files and so on.

Numbers are looked up by their index. Words are looked for in the newest records of a kind, so that an answer
takes milliseconds in a book of any size.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from desktop.models.book import Book
from desktop.queries.complaint_numbers import complaints_by_number
from desktop.queries.search_spans import Marks, Span

KINDS = ("order", "case", "complaint", "task", "note", "file", "segment", "product")
"""The kinds of records found, in the order of showing."""
_NEWEST = {
    "case": 5000,
    "complaint": 5000,
    "task": 5000,
    "note": 3000,
    "file": 5000,
    "segment": 500,
    "product": 5000,
}
_FEWEST = 2
"""A single letter or digit would find something in everything."""


class Found(NamedTuple):
    """A record: what it is called, whose it is, when it was; `subject` and `subject_id` of a file."""

    kind: str
    id: int
    title: str
    customer_id: int | None
    customer: str
    day: str
    subject: str = ""
    subject_id: int = 0


class Place(NamedTuple):
    """Where a customer matched beside name and phone: a contact point's kind and channel, region or order."""

    kind: str
    channel: str
    value: str
    spans: list[Span]


_SQL = {
    "case": "SELECT id, trim(number || ' ' || title), customer_id, substr(opened_at, 1, 10), '', 0, "
    "number || ' ' || title || ' ' || text AS words FROM service_case",
    "complaint": "SELECT id, number || ' ' || title, customer_id, substr(received_at, 1, 10), '', 0, "
    "number || ' ' || title || ' ' || text AS words FROM complaint",
    "task": "SELECT id, title, customer_id, substr(coalesce(done_at, ''), 1, 10), '', 0, "
    "title || ' ' || note AS words FROM task",
    "note": "SELECT id, CASE WHEN title = '' THEN substr(text, 1, 200) ELSE title END, customer_id, "
    "substr(happened_at, 1, 10), '', 0, title || ' ' || text AS words FROM interaction",
    "file": "SELECT id, name, CASE subject WHEN 'customer' THEN subject_id WHEN 'orders' THEN "
    "(SELECT customer_id FROM orders WHERE orders.id = subject_id) WHEN 'interaction' THEN "
    "(SELECT customer_id FROM interaction WHERE interaction.id = subject_id) END, '', subject, subject_id, "
    "name AS words FROM attachment",
    "segment": "SELECT id, name, NULL, '', '', 0, name AS words FROM segment",
    "product": "SELECT id, trim(name || ' ' || coalesce(code, '')), NULL, '', '', 0, "
    "name || ' ' || coalesce(code, '') AS words FROM product",
}


def find_records(book: Book, typed: str, each: int = 3) -> list[Found]:
    """Up to `each` records of every kind in which every word typed stands, the newest first."""
    words = [word for word in unicodedata.normalize("NFKC", typed[:200]).replace("\0", " ").split() if word]
    if not words or (sum(map(len, words)) < _FEWEST and words[0].isascii()):
        return []
    found = list(_orders(book, words, each))
    for kind, sql in _SQL.items():
        found += _newest(book, kind, sql, words, each)
    return found


def _orders(book: Book, words: Sequence[str], each: int) -> Iterator[Found]:
    """Orders whose number begins with the one word typed."""
    if len(words) > 1 or not any(map(str.isdigit, words[0])) or len(words[0]) < 3:
        return
    seen: set[int] = set()
    number = words[0].strip("#")
    for variant in dict.fromkeys((number, number.upper(), number.lower())):
        for row in book.rows(
            "SELECT o.id, o.number, o.customer_id, coalesce(c.name, ''), substr(o.placed_at, 1, 10) "
            "FROM orders AS o LEFT JOIN customer AS c ON c.id = o.customer_id WHERE o.number <> '' "
            "AND o.number >= ? AND o.number < ? AND o.customer_id IS NOT NULL ORDER BY o.number LIMIT ?",
            (variant, variant + "\U0010ffff", each),
        ):
            if row[0] not in seen and len(seen) < each:
                seen.add(row[0])
                yield Found("order", *row)


def _newest(book: Book, kind: str, sql: str, words: Sequence[str], each: int) -> Iterator[Found]:
    params: dict[str, object] = {f"word{at}": f"%{_escaped(word)}%" for at, word in enumerate(words)}
    every = " AND ".join(f"words LIKE :word{at} ESCAPE '\\'" for at in range(len(words)))
    # A number is looked for among all, and among those that a complaint had before it was merged.
    numbered = complaints_by_number(book, words[0], each) if kind == "complaint" and len(words) == 1 else []
    first = (
        book.rows(f"{sql} WHERE id IN ({', '.join(map(str, numbered))}) ORDER BY id DESC") if numbered else []
    )
    rows = book.rows(
        f"SELECT * FROM ({sql} ORDER BY id DESC LIMIT :newest) WHERE {every} LIMIT :each",
        {**params, "newest": _NEWEST[kind], "each": each},
    )
    rows = [*first, *(row for row in rows if row[0] not in numbered)][:each]
    names = _names(book, [row[2] for row in rows if row[2]])
    for row, title, customer, day, subject, subject_id, _ in rows:
        if kind != "note" or customer:
            one_line = " ".join(title.split())
            yield Found(kind, row, one_line, customer, names.get(customer, ""), day, subject, subject_id)


def _names(book: Book, ids: Sequence[int]) -> dict[int, str]:
    marks = ", ".join(map(str, ids))
    return dict(book.rows(f"SELECT id, name FROM customer WHERE id IN ({marks})")) if ids else {}


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def places_of_match(book: Book, typed: str, shown: Mapping[int, tuple[str, str]]) -> dict[int, Place]:
    """For customers shown by name and phone: where a word matched that stands in neither, if one did.

    `shown`: the name and the phone, as they are shown, by customer.
    """
    words = typed[:200].split()
    hidden: dict[int, list[Marks]] = {}
    every = [Marks(word) for word in words]
    whole = Marks(typed)
    for customer, (name, phone) in shown.items():
        left = [marks for marks in every if not marks.name(name) and not marks.phone(phone)]
        if left and not (len(left) == len(every) > 1 and whole.phone(phone)):
            hidden[customer] = left
    found: dict[int, Place] = {}
    ids = ", ".join(map(str, hidden))
    for customer, kind, channel, value in book.rows(
        "SELECT customer_id, kind, channel, value FROM contact_point "
        f"WHERE customer_id IN ({ids}) ORDER BY kind = 'address', main DESC, id"
    ):
        if customer not in found and (spans := _spans(hidden[customer], kind, value)):
            found[customer] = Place(kind, channel, value, spans)
    for customer, region in book.rows(f"SELECT id, region FROM customer WHERE id IN ({ids})"):
        if customer not in found and (spans := _spans(hidden[customer], "address", region)):
            found[customer] = Place("region", "", region, spans)
    for customer in [customer for customer in hidden if customer not in found]:
        for (number,) in book.rows(
            "SELECT number FROM orders WHERE customer_id = ? AND number <> '' "
            "ORDER BY placed_at DESC LIMIT 500",
            (customer,),
        ):
            if spans := next((one for marks in hidden[customer] if (one := marks.number(number))), []):
                found[customer] = Place("order", "", number, spans)
                break
    return found


def _spans(hidden: Sequence[Marks], kind: str, value: str) -> list[Span]:
    for marks in hidden:
        way = {"phone": marks.phone, "address": marks.place}.get(kind, marks.words)
        if spans := way(value):
            return spans
    return []
