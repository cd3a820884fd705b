"""What of an order can still be returned or exchanged, and until when its lines are under warranty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.core.days import as_date
from desktop.core.warranty import warranty_end
from desktop.models.book import Book
from desktop.queries.line_titles import LINE_TITLE

DIGITS = 6
"""Decimals of a quantity: shops sell by the gram, and binary fractions do not add up."""


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One line of an order: of `bought`, what came back (`returned`), what is on its way to be exchanged
    (`exchanging`), and what is `left` to give back.

    `amount` is what the whole line cost, minor units; `warranty` its last day under warranty, None without
    one; `months` what its product's warranty is, None where the shop did not say.
    """

    id: int
    product_id: int | None
    title: str
    bought: float
    amount: int
    returned: float
    exchanging: float
    left: float
    months: int | None
    warranty: date | None

    def worth(self, quantity: float) -> int:
        """What so many of it cost, minor units."""
        return round(self.amount * quantity / self.bought) if self.bought else 0


@dataclass(frozen=True, slots=True)
class Returnable:
    """An order by its lines. `over` says why nothing can come back any more: its money was given back
    (`refunded`), it came back whole (`returned`), it never went out (`cancelled`), or "".
    """

    order_id: int
    number: str
    customer_id: int | None
    paid: int
    refunded: int
    bought_on: date
    over: str
    lines: tuple[ReturnLine, ...]

    @property
    def any_left(self) -> bool:
        """Whether anything can still be returned."""
        return any(line.left > 0 for line in self.lines)


def returnable(book: Book, order_id: int, *, but_case: int | None = None) -> Returnable | None:
    """What can still be returned of an order; None when it is gone.

    A line's rest is what was bought, less what is in returns that were not called off, less what is in
    exchanges that still go on. `but_case` is left out of that: the case that is being corrected.
    """
    head = book.row(
        "SELECT number, customer_id, paid, refunded, placed_at, status FROM orders WHERE id = ?", (order_id,)
    )
    if head is None:
        return None
    bought_on = as_date(head[4])
    rows = book.rows(
        f"SELECT order_line.id, product_id, {LINE_TITLE}, quantity, amount, warranty_months FROM order_line "
        "LEFT JOIN product ON product.id = product_id WHERE order_id = ? ORDER BY position, order_line.id",
        (order_id,),
    )
    back = _given_back(book, order_id, rows, but_case)
    over = _over(head[5], head[2], head[3])
    lines = []
    for row, product, title, bought, amount, months in rows:
        returned, exchanging = back.get(row, (0.0, 0.0))
        left = 0.0 if over else max(0.0, round(bought - returned - exchanging, DIGITS))
        until = warranty_end(bought_on, months) if months else None
        lines.append(
            ReturnLine(
                row, product, title, bought, amount, returned, exchanging, left, months, until
            )
        )  # fmt: skip
    return Returnable(order_id, head[0], head[1], head[2], head[3], bought_on, over, tuple(lines))


def warranty_of(book: Book, product_id: int, bought_on: date) -> date | None:
    """The last day under warranty of a product bought on a day; None where the shop gives none."""
    months = book.value("SELECT warranty_months FROM product WHERE id = ?", (product_id,))
    return warranty_end(bought_on, months) if months else None


def _over(status: str, paid: int, refunded: int) -> str:
    if status in ("returned", "cancelled"):
        return status
    return "refunded" if 0 < paid <= refunded else ""


def _given_back(
    book: Book, order_id: int, lines: list[tuple[int, int | None, str, float, int, int | None]],
    but_case: int | None,
) -> dict[int, tuple[float, float]]:  # fmt: skip
    """For each line what was returned and what is being exchanged.

    An item whose line was written anew (the order was corrected meanwhile) counts for the line of the same
    product, or else of the same words.
    """
    known = {row for row, *_ in lines}
    found: dict[int, tuple[float, float]] = {}
    for line, product, title, quantity, kind in book.rows(
        "SELECT item.order_line_id, item.product_id, item.title, item.quantity, c.kind "
        "FROM case_item AS item JOIN service_case AS c ON c.id = item.case_id "
        "WHERE c.id IS NOT ? AND (c.order_id = ? OR item.order_line_id IN "
        "(SELECT id FROM order_line WHERE order_id = ?)) AND "
        "(c.kind = 'return' AND c.status <> 'cancelled' "
        "OR c.kind = 'exchange' AND c.status IN ('open', 'waiting'))",
        (but_case, order_id, order_id),
    ):
        if line is None:
            line = next(
                (
                    row
                    for row, its, words, *_ in lines
                    if (its == product if product is not None else words == title)
                ),
                None,
            )
        if line not in known:
            continue
        returned, exchanging = found.get(line, (0.0, 0.0))
        if kind == "return":
            returned = round(returned + quantity, DIGITS)
        else:
            exchanging = round(exchanging + quantity, DIGITS)
        found[line] = (returned, exchanging)
    return found
