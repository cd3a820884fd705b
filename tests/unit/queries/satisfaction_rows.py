"""A book's ratings read row by row, and picked by filters in plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.core.rating_reasons import split
from desktop.models.book import Book
from desktop.queries.insight_scope import Narrowing
from tests.unit.analytics.satisfaction_oracle import NAN, Row


@dataclass(frozen=True)
class Rated:
    """One rating with whatever it is parted by."""

    id: int
    day: int
    customer: int
    channel: str
    clerk: int
    products: frozenset[int]
    asked: bool
    answered: bool
    row: Row
    reasons: tuple[str, ...]
    text: str


def all_ratings(book: Book) -> list[Rated]:
    """Every rating."""
    lines: dict[int, set[int]] = {}
    for order, product in book.rows("SELECT order_id, product_id FROM order_line WHERE product_id > 0"):
        lines.setdefault(order, set()).add(product)
    orders = {row: (via, clerk) for row, via, clerk in book.rows("SELECT id, channel, staff_id FROM orders")}
    found = []
    for (row, customer, order, channel, asked, rated, skipped, day, perceived, expected, effort, recommend,
         clerk, reasons, text) in book.rows(
        "SELECT id, customer_id, order_id, channel, asked_at, rated_at, skipped_at, day, perceived, "
        "expected, effort, recommend, staff_id, reasons, text FROM rating ORDER BY id"
    ):  # fmt: skip
        via, sold = orders.get(order, ("", None))
        answers = (NAN if one is None else float(one) for one in (perceived, expected, effort, recommend))
        found.append(
            Rated(
                row,
                day,
                customer or 0,
                via or channel,
                sold or clerk or 0,
                frozenset(lines.get(order, ())),
                bool(asked) and not skipped,
                rated is not None,
                (day, *answers),
                tuple(split(reasons)),
                text.strip(),
            )
        )
    return found


def chosen(ratings: Iterable[Rated], only: Narrowing, members: set[int] | None) -> list[Rated]:
    """Those that the filters leave; `members` are whom filters of customers leave."""
    return [
        one
        for one in ratings
        if (only.channel is None or one.channel == only.channel)
        and (only.product is None or only.product in one.products)
        and (members is None or one.customer in members)
    ]
