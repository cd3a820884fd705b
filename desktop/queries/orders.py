"""Orders: a customer's, one with its lines, the next free number, and the products a line may name."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.book import Book
from desktop.queries.line_titles import LINE_TITLE


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as a list shows it; amounts in minor units, `items` the titles of its first lines."""

    id: int
    number: str
    channel: str
    customer_id: int | None
    status: str
    placed_at: str
    total: int
    paid: int
    refunded: int
    net: int
    purchase: bool
    note: str
    lines: int = 0
    items: str = ""


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """One line: `unit_price` in ten-thousandths of the currency unit, `amount` in minor units."""

    id: int
    order_id: int
    product_id: int | None
    title: str
    quantity: float
    unit_price: int
    amount: int


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product as an entry field offers it; `price` in ten-thousandths, or None."""

    id: int
    name: str
    unit: str
    price: int | None


def customer_order_ids(book: Book, *, customer_id: int) -> array[int]:
    """The ids of a customer's orders, newest first."""
    rows = book.rows(
        "SELECT id FROM orders WHERE customer_id = ? ORDER BY placed_at DESC, id DESC", (customer_id,)
    )
    return array("q", [row for (row,) in rows])


def order_rows(book: Book, ids: Sequence[int]) -> dict[int, OrderRow]:
    """The rows of some orders by id; ids that are gone are left out."""
    wanted = tuple(ids)
    marks = ", ".join("?" * len(wanted))
    lines: dict[int, list[str]] = {}
    for order, title, quantity in book.rows(
        f"SELECT order_id, {LINE_TITLE}, quantity FROM order_line WHERE order_id IN ({marks}) "
        "ORDER BY order_id, position, id",
        wanted,
    ):
        lines.setdefault(order, []).append(title if quantity == 1 else f"{title} ×{quantity:g}")
    rows = book.rows(
        "SELECT id, number, channel, customer_id, status, placed_at, total, paid, refunded, net, purchase, "
        f"note FROM orders WHERE id IN ({marks})",
        wanted,
    )
    found = {}
    for row in rows:
        items = lines.get(row[0], [])
        found[row[0]] = OrderRow(*(*row[:10], bool(row[10]), row[11], len(items), ", ".join(items[:4])))
    return found


def order_lines(book: Book, *, order_id: int) -> list[OrderLineRow]:
    """The lines of an order in their order."""
    rows = book.rows(
        f"SELECT id, order_id, product_id, {LINE_TITLE}, quantity, unit_price, amount FROM order_line "
        "WHERE order_id = ? ORDER BY position, id",
        (order_id,),
    )
    return [OrderLineRow(*row) for row in rows]


def next_number(book: Book, day: date) -> str:
    """The next free number of a day for orders entered by hand: 20261122-001."""
    start = f"{day:%Y%m%d}-"
    last = book.value(
        "SELECT max(CAST(substr(number, ?) AS INTEGER)) FROM orders "
        "WHERE number <> '' AND number >= ? AND number < ?",
        (len(start) + 1, start, start + "~"),
    )
    return f"{start}{(last or 0) + 1:03}"


def products(book: Book, text: str = "", limit: int = 2000) -> list[ProductRow]:
    """The products on sale whose name holds `text`, by name."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = book.rows(
        "SELECT id, name, unit, price FROM product WHERE active = 1 AND name <> '' "
        "AND name LIKE ? ESCAPE '\\' ORDER BY name, id LIMIT ?",
        (f"%{escaped}%", limit),
    )
    return [ProductRow(*row) for row in rows]
