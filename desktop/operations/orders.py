"""Changes to orders: entered by hand, corrected, refunded, moved on, removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from desktop.core import words
from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.points import points_earned
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.orders import Order, OrderLine, Product
from desktop.operations.membership import write_points_entry
from desktop.queries.line_titles import LINE_TITLE
from desktop.queries.orders import next_number
from desktop.queries.points import points_rule

_REACHED = {
    "unpaid": mark("The order {number} is unpaid"),
    "paid": mark("The order {number} is paid"),
    "shipped": mark("The order {number} is shipped"),
    "completed": mark("The order {number} is completed"),
    "cancelled": mark("The order {number} is cancelled"),
    "returned": mark("The order {number} is returned"),
}


class Line(NamedTuple):
    """One thing on an order: `unit_price` in ten-thousandths of the unit, `amount` in minor units."""

    title: str
    quantity: float = 1
    unit_price: int = 0
    amount: int = 0
    product_id: int | None = None


def add_order(
    book: Book,
    *,
    placed_at: datetime,
    lines: Iterable[Line] = (),
    customer_id: int | None = None,
    number: str = "",
    channel: str = "shop",
    status: str = "completed",
    total: int | None = None,
    paid: int | None = None,
    note: str = "",
    ship_to: str = "",
    staff_id: int | None = None,
    points: int | None = None,
) -> Changes:
    """Enter an order; without a number it gets the day's next one, without a total the lines' sum, and
    without `paid` the total (nothing, while unpaid). New titles become products. `points` are what the
    customer earns by it, by the shop's rule if nothing else is said.

    Raises UserError for an order of nothing, an unknown status, or a number that is taken.
    """
    kept = _checked_lines(lines)
    amount = sum(line.amount for line in kept) if total is None else total
    if not kept and total is None:
        raise UserError(tr("The order is empty."), tr("Add a product, or write the total."))
    number = number.strip() or next_number(book, placed_at.date())
    _check_number(book, number, channel)
    _check_amounts(amount, paid, 0)
    unpaid = status in ("unpaid", "cancelled")
    received = (0 if unpaid else amount) if paid is None else paid
    if points is None:
        currency = str(book.setting("shop.currency"))
        points = points_earned(0 if unpaid else received, points_rule(book).per_unit, currency)
    with book.step(mark("Add the order {number}"), number=number) as step:
        row = step.insert(
            Order,
            number=number,
            channel=channel,
            customer_id=customer_id,
            status=_known_status(status),
            placed_at=iso(placed_at),
            paid_at=None if unpaid else iso(placed_at),
            ended_at=iso(placed_at) if status == "completed" else None,
            total=amount,
            paid=received,
            note=note.strip(),
            ship_to=ship_to.strip(),
            staff_id=staff_id,
        )
        _write_lines(step, row, kept)
        if points and customer_id is not None:
            write_points_entry(
                step, customer_id, points, "earned", placed_at, order_id=row, staff_id=staff_id
            )
        step.created["orders"] = row
    return step.changes


def edit_order(
    book: Book,
    *,
    order_id: int,
    lines: Iterable[Line] | None = None,
    placed_at: datetime | None = None,
    **values: Any,
) -> Changes:
    """Correct an order: its lines, its time, or any of number, channel, customer_id, status, total, paid,
    refunded, note, ship_to, staff_id. Raises UserError.
    """
    found = _order(book, order_id)
    kept = None if lines is None else _checked_lines(lines)
    if placed_at is not None:
        values["placed_at"] = iso(placed_at)
    if "status" in values:
        _known_status(values["status"])
    number, channel = values.get("number", found.number), values.get("channel", found.channel)
    if (number, channel) != (found.number, found.channel):
        _check_number(book, number, channel, but=order_id)
    _check_amounts(
        values.get("total", found.total),
        values.get("paid", found.paid),
        values.get("refunded", found.refunded),
    )
    with book.step(mark("Edit the order {number}"), number=number) as step:
        step.update(Order, order_id, **values)
        if kept is not None:
            _rewrite_lines(step, order_id, kept)
    return step.changes


def set_order_status(book: Book, *, order_id: int, status: str, at: datetime) -> Changes:
    """Move an order on: what is paid counts as paid in full, what is completed or called off has ended."""
    found = _order(book, order_id)
    values: dict[str, Any] = {"status": _known_status(status)}
    if status in ("paid", "shipped", "completed") and found.paid_at is None:
        values |= {"paid_at": iso(at), "paid": found.paid or found.total}
    if status in ("completed", "cancelled", "returned") and found.ended_at is None:
        values["ended_at"] = iso(at)
    with book.step(_REACHED[status], number=found.number) as step:
        step.update(Order, order_id, **values)
    return step.changes


def refund_order(book: Book, *, order_id: int, amount: int) -> Changes:
    """Note what was given back of an order in all: minor units, at most what was paid. Raises UserError."""
    found = _order(book, order_id)
    _check_amounts(found.total, found.paid, amount)
    with book.step(mark("Refund the order {number}"), number=found.number) as step:
        step.update(Order, order_id, refunded=amount)
    return step.changes


def delete_orders(book: Book, *, order_ids: Sequence[int]) -> Changes:
    """Remove orders and their lines."""
    if len(order_ids) == 1:
        label, args = mark("Delete the order {number}"), {"number": _order(book, order_ids[0]).number}
    else:
        label, args = mark("Delete {count} orders"), {"count": len(order_ids)}
    with book.step(label, **args) as step:
        step.delete(Order, order_ids)
    return step.changes


def _order(book: Book, order_id: int) -> Any:
    found = book.get(Order, order_id)
    if found is None:
        raise UserError(
            tr("This order is no longer in the book."), tr("It was deleted meanwhile; undo brings it back.")
        )
    return found


def _checked_lines(lines: Iterable[Line]) -> list[Line]:
    kept = [line._replace(title=line.title.strip()) for line in lines]
    kept = [line for line in kept if line.title or line.amount]
    for line in kept:
        if not line.title:
            raise UserError(tr("A line of the order names no product."), tr("Write what was bought."))
        if line.quantity <= 0:
            raise UserError(
                tr("The quantity of {product} must be more than none.", product=line.title),
                tr("Remove the line if it was not bought."),
            )
    return kept


def _write_lines(step: Step, order_id: int, lines: Sequence[Line]) -> None:
    for position, line in enumerate(lines):
        step.insert(OrderLine, order_id=order_id, **_line_values(step, position, line))


def _rewrite_lines(step: Step, order_id: int, lines: Sequence[Line]) -> None:
    """Let the order have these lines; one of the same words stays itself, for returns refer to it."""
    old = step.execute(
        f"SELECT id, {LINE_TITLE} FROM order_line WHERE order_id = ? ORDER BY position, id", (order_id,)
    ).fetchall()
    for position, line in enumerate(lines):
        known = next((at for at, (_, title) in enumerate(old) if title == line.title), None)
        values = _line_values(step, position, line)
        if known is None:
            step.insert(OrderLine, order_id=order_id, **values)
        else:
            step.update(OrderLine, old.pop(known)[0], **values)
    step.delete(OrderLine, [row for row, _ in old])


def _line_values(step: Step, position: int, line: Line) -> dict[str, Any]:
    return {
        "position": position,
        "product_id": line.product_id or _product(step, line),
        "title": line.title,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "amount": line.amount,
    }


def _product(step: Step, line: Line) -> int:
    found = step.execute(
        "SELECT id FROM product WHERE name = ? ORDER BY id LIMIT 1", (line.title,)
    ).fetchone()
    if found:
        return int(found[0])
    return step.insert(Product, name=line.title, price=line.unit_price or None)


def _known_status(status: str) -> str:
    if status not in words.ORDER_STATUSES:
        raise UserError(tr("There is no order status “{status}”.", status=status))
    return status


def _check_number(book: Book, number: str, channel: str, *, but: int | None = None) -> None:
    taken = book.value(
        "SELECT id FROM orders WHERE number <> '' AND channel = ? AND number = ?", (channel, number)
    )
    if taken is not None and taken != but:
        raise UserError(
            tr("There is already an order {number}.", number=number),
            tr("Write another number, or leave it empty."),
        )


def _check_amounts(total: int, paid: int | None, refunded: int) -> None:
    if total >= 0 and refunded > max(paid or 0, 0):
        raise UserError(
            tr("More would be given back than was paid."),
            tr("Check the amount paid, or write a smaller refund."),
        )
