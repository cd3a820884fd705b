"""Whom the counter means: the few who match what was typed, and the one whose code was scanned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.core.contacts import normalise_phone
from desktop.core.member_codes import CHANNEL, normalise_code
from desktop.models.book import Book
from desktop.models.summaries import state_sql
from desktop.queries.customer_search import search_ids
from desktop.queries.orders import ProductRow

MOST = 6
_SHORTEST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A customer among those who match; `points` are what they may have been found by, as (kind, value).

    A kind is that of a contact point, phones in their canonical form, or "order" with an order's number.
    """

    id: int
    name: str
    state: str
    last_day: int | None
    dislikes: bool
    points: tuple[tuple[str, str], ...] = ()

    @property
    def phone(self) -> str:
        """The main phone, or ""."""
        return next((value for kind, value in self.points if kind == "phone"), "")


@dataclass(frozen=True, slots=True)
class Matches:
    """The best few, and whether there are more."""

    rows: tuple[Match, ...] = ()
    more: bool = False


def find_matches(book: Book, text: str, *, today: date) -> Matches:
    """Who matches what was typed, the likeliest first; nobody for nothing."""
    ids = list(search_ids(book, text, MOST + 1))
    shown = ids[:MOST]
    marks = ", ".join("?" * len(shown))
    points: dict[int, list[tuple[str, str]]] = {}
    for customer, kind, value in book.rows(
        "SELECT customer_id, kind, iif(kind = 'phone', norm, value) FROM contact_point "
        f"WHERE customer_id IN ({marks}) ORDER BY main DESC, id",
        shown,
    ):
        points.setdefault(customer, []).append((kind, value))
    for customer, number in _numbers(book, text.strip(), shown):
        points.setdefault(customer, []).append(("order", number))
    rows = {
        row[0]: Match(*(*row[:4], bool(row[4]), tuple(points.get(row[0], ()))))
        for row in book.rows(
            f"SELECT c.id, c.name, {state_sql(str(today.toordinal()), 's')}, s.last_day, c.dislikes <> '' "
            "FROM customer AS c JOIN customer_summary AS s ON s.customer_id = c.id "
            f"WHERE c.id IN ({marks})",
            shown,
        )
    }
    return Matches(tuple(rows[row] for row in shown if row in rows), len(ids) > MOST)


def _numbers(book: Book, typed: str, customers: list[int]) -> list[tuple[int, str]]:
    """An order number of each of the customers that begins with what was typed."""
    if len(typed) < _SHORTEST_NUMBER or not any(char.isdigit() for char in typed):
        return []
    marks = ", ".join("?" * len(customers))
    # By the customers: a number's beginning may be that of a year's every order.
    return book.rows(
        "SELECT customer_id, min(number) FROM orders "
        f"WHERE customer_id IN ({marks}) AND +number >= ? AND +number < ? GROUP BY customer_id",
        (*customers, typed, typed + "\U0010ffff"),
    )


def holder_of_code(book: Book, text: str) -> int | None:
    """The customer whose member's code was scanned, else whose phone or order number it is; or None."""
    code = normalise_code(text)
    if not code:
        return None
    known = (
        "SELECT customer_id FROM contact_point "
        "WHERE kind <> 'address' AND kind = ? AND channel = ? AND norm = ?"
    )
    holder: int | None = book.value(known, ("account", CHANNEL, code))
    phone = normalise_phone(text, str(book.setting("shop.country"))) if holder is None else None
    if phone:
        holder = book.value(known, ("phone", "", phone))
    if holder is None:
        holder = book.value(
            "SELECT customer_id FROM orders WHERE number <> '' AND number = ? AND customer_id IS NOT NULL "
            "ORDER BY id DESC LIMIT 1",
            (text.strip(),),
        )
    return holder


def product_of_code(book: Book, code: str) -> ProductRow | None:
    """The product on sale that carries a code, as a scanner reads it off the goods."""
    found = book.row(
        "SELECT id, name, unit, price FROM product WHERE code = ? AND active = 1 AND name <> ''",
        (code.strip(),),
    )
    return ProductRow(*found) if found else None
