"""What the book has of what lists speak of: rows of the same content, orders and complaints by number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from desktop.core.text import fold
from desktop.models.book import Book

_AT_ONCE = 900
"""Values asked about in one statement."""
_PAGE = 20_000
"""Rows read at once."""


class Named(NamedTuple):
    """An order or a complaint that a row names, with whose it is."""

    id: int
    channel: str
    customer: int
    """0 for nobody."""
    name: str
    ended_at: str | None
    """When it ended: an order's end (or else its placing), a complaint's settlement."""


def orders_called(book: Book, numbers: Iterable[str]) -> dict[str, list[Named]]:
    """Number → the orders that have it, one a channel."""
    return _called(
        book, "SELECT t.number, t.id, t.channel, coalesce(t.customer_id, 0), coalesce(c.name, ''), "
        "coalesce(t.ended_at, t.placed_at) FROM orders AS t LEFT JOIN customer AS c ON c.id = t.customer_id "
        "WHERE t.number <> '' AND t.number", numbers,
    )  # fmt: skip


def complaints_called(book: Book, numbers: Iterable[str]) -> dict[str, list[Named]]:
    """Number → the complaint that has it, in a list of one."""
    return _called(
        book, "SELECT t.number, t.id, t.channel, coalesce(t.customer_id, 0), coalesce(c.name, ''), "
        "t.settled_at FROM complaint AS t LEFT JOIN customer AS c ON c.id = t.customer_id WHERE t.number",
        numbers,
    )  # fmt: skip


def complaints_merged(book: Book, numbers: Iterable[str]) -> dict[str, Named]:
    """Number of a complaint that went into another one → the one it went into."""
    called = _called(
        book, "SELECT t.number, c.id, c.channel, coalesce(c.customer_id, 0), coalesce(w.name, ''), "
        "c.settled_at FROM complaint_alias AS t JOIN complaint AS c ON c.id = t.complaint_id "
        "LEFT JOIN customer AS w ON w.id = c.customer_id WHERE t.number",
        numbers,
    )  # fmt: skip
    return {number: named for number, (named, *_) in called.items()}


class ComplaintParts(NamedTuple):
    """What hangs on a complaint, as an import compares it."""

    promises: tuple[tuple[int, str, str, str], ...]
    """(id, text, due at, outcome)."""
    remedies: tuple[tuple[str, int, str, str], ...]
    """(kind, cost, text, given at)."""
    rated: bool


def complaint_parts(book: Book, complaints: Iterable[int]) -> dict[int, ComplaintParts]:
    """The promises, remedies and whether there is a rating, of complaints that have any of them."""
    asked = list(dict.fromkeys(complaints))
    promises: dict[int, list[tuple[int, str, str, str]]] = {}
    remedies: dict[int, list[tuple[str, int, str, str]]] = {}
    for one, *promise in _in_chunks(
        book, "SELECT complaint_id, id, text, due_at, outcome FROM promise WHERE complaint_id", asked
    ):
        promises.setdefault(one, []).append((promise[0], promise[1], promise[2], promise[3]))
    for one, *remedy in _in_chunks(
        book, "SELECT complaint_id, kind, cost, text, given_at FROM remedy WHERE complaint_id", asked
    ):
        remedies.setdefault(one, []).append((remedy[0], remedy[1], remedy[2], remedy[3]))
    rated = {
        one
        for (one,) in _in_chunks(
            book, "SELECT complaint_id FROM rating WHERE answered = 1 AND complaint_id", asked
        )
    }
    return {
        one: ComplaintParts(tuple(promises.get(one, ())), tuple(remedies.get(one, ())), one in rated)
        for one in {*promises, *remedies, *rated}
    }


def _called(book: Book, select: str, numbers: Iterable[str]) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for number, *rest in _in_chunks(book, select, numbers):
        found.setdefault(number, []).append(Named(*rest))
    return found


def shipments_called(book: Book, numbers: Iterable[str]) -> dict[str, list[tuple[int, str, int]]]:
    """Number → (shipment, carrier, order or 0) of every parcel that has it."""
    found: dict[str, list[tuple[int, str, int]]] = {}
    select = "SELECT number, id, carrier, coalesce(order_id, 0) FROM shipment WHERE number <> '' AND number"
    for number, shipment, carrier, order in _in_chunks(book, select, numbers):
        found.setdefault(number, []).append((shipment, carrier, order))
    return found


def leads_called(book: Book, numbers: Iterable[str]) -> dict[str, int]:
    """Number → lead."""
    select = "SELECT number, id FROM lead WHERE number <> '' AND number"
    return dict(_in_chunks(book, select, numbers))


def product_names(book: Book) -> list[tuple[int, str | None, str]]:
    """(product, code, name) of every product, the oldest first."""
    return list(book.rows("SELECT id, code, name FROM product ORDER BY id"))


def rows_between(
    book: Book, table: str, columns: Sequence[str], moment: str, span: tuple[str, str] | None
) -> Iterator[tuple[Any, ...]]:
    """(id, customer or 0, order or 0, *columns) of all rows of a table or those of a span of time."""
    order = "coalesce(order_id, 0)" if table not in ("lead", "visit") else "0"
    chosen = "".join(f', "{column}"' for column in columns)
    start = f'SELECT "{moment}", id, coalesce(customer_id, 0), {order}{chosen} FROM "{table}"'
    last: tuple[Any, ...] = (span[0], 0) if span else (0,)
    while True:
        if span:
            # The index of the moment holds the ids as well: no page is sorted or looked for anew.
            where = f'WHERE ("{moment}", id) > (?, ?) AND "{moment}" <= ? ORDER BY "{moment}", id'
            rows = book.rows(f"{start} {where} LIMIT {_PAGE}", (*last, span[1]))
        else:
            rows = book.rows(f"{start} WHERE id > ? ORDER BY id LIMIT {_PAGE}", last)
        yield from (row[1:] for row in rows)
        if len(rows) < _PAGE:
            return
        last = rows[-1][:2] if span else rows[-1][1:2]


def lines_of(book: Book, orders: Iterable[int]) -> dict[int, list[tuple[str, str, float, int, int]]]:
    """Order → its lines in their order: (product code, title, quantity, unit price, amount)."""
    found: dict[int, list[tuple[str, str, float, int, int]]] = {}
    select = (
        "SELECT l.order_id, coalesce(p.code, ''), coalesce(nullif(l.title, ''), p.name, ''), l.quantity, "
        "l.unit_price, l.amount FROM order_line AS l LEFT JOIN product AS p ON p.id = l.product_id "
        "WHERE l.order_id"
    )
    for order, *line in _in_chunks(book, select, orders, " ORDER BY l.order_id, l.position, l.id"):
        found.setdefault(order, []).append((line[0], line[1], line[2], line[3], line[4]))
    return found


def totals_of(book: Book, orders: Iterable[int]) -> dict[int, int]:
    """Order → its total."""
    return dict(_in_chunks(book, "SELECT id, total FROM orders WHERE id", orders))


_MOMENTS = {
    "order-end": "SELECT id, coalesce(ended_at, placed_at) FROM orders WHERE id",
    "order-paid": "SELECT id, coalesce(paid_at, placed_at) FROM orders WHERE id",
    "complaint-end": "SELECT id, settled_at FROM complaint WHERE id",
}


def moments_of(book: Book, which: str, ids: Iterable[int]) -> dict[int, str | None]:
    """When orders ended (else were placed) or were paid (else placed), or complaints were settled."""
    return dict(_in_chunks(book, _MOMENTS[which], ids))


def line_ids(book: Book, orders: Iterable[int]) -> list[tuple[int, int]]:
    """The lines of orders, each with its product or 0."""
    select = "SELECT id, coalesce(product_id, 0) FROM order_line WHERE order_id"
    return [(line, product) for line, product in _in_chunks(book, select, orders)]


def complaint_details(book: Book) -> dict[str, str]:
    """What stands below a subject of complaints in this shop, folded → the subject; what stands below
    several is left out."""
    found: dict[str, set[str]] = {}
    for subject, title in book.rows("SELECT subject, title FROM complaint_subject WHERE active = 1"):
        found.setdefault(fold(title), set()).add(subject)
    return {title: subjects.pop() for title, subjects in found.items() if len(subjects) == 1}


def mere_names(book: Book, products: Iterable[int]) -> list[int]:
    """Those of some products of which the book has nothing but a name that no order or complaint mentions."""
    select = (
        "SELECT id FROM product AS p WHERE code IS NULL AND price IS NULL AND category = '' AND unit = '' "
        "AND NOT EXISTS (SELECT 1 FROM order_line WHERE product_id = p.id) "
        "AND NOT EXISTS (SELECT 1 FROM complaint WHERE product_id = p.id) AND id"
    )
    return [product for (product,) in _in_chunks(book, select, products)]


def _in_chunks(
    book: Book, select: str, values: Iterable[Any], order_by: str = ""
) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement that ends in a column's name, for every value the column may have."""
    asked = list(dict.fromkeys(values))
    for start in range(0, len(asked), _AT_ONCE):
        chunk = asked[start : start + _AT_ONCE]
        yield from book.rows(f"{select} IN ({', '.join('?' * len(chunk))}){order_by}", chunk)


def ratings_of_codes(
    book: Book, codes: Iterable[str]
) -> dict[str, tuple[int, bool, tuple[int | None, int | None, int | None, int | None]]]:
    """Code of a card → its rating, whether it is answered, and (expected, perceived, effort, recommend)."""
    rows = _in_chunks(
        book, "SELECT code, id, answered, expected, perceived, effort, recommend FROM rating "
        "WHERE code <> '' AND code", codes,
    )  # fmt: skip
    return {
        code: (row, bool(answered), (one, two, three, four))
        for code, row, answered, one, two, three, four in rows
    }
