"""Writes the orders of an import and their lines; lines also for orders of the book that have none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from desktop.core.translation import tr
from desktop.models.orders import Order, OrderLine
from desktop.operations.import_writing import BATCH, Writing


def write_orders(writing: Writing) -> None:
    """Adds the new orders, and the lines of these and of known orders without any."""
    first = writing.next_id(Order)
    new = writing.found.new_orders
    if new:
        _write_orders(writing, first)
    _write_lines(writing, first)


def _write_orders(writing: Writing, first: int) -> None:
    orders, new = writing.records.orders, writing.found.new_orders
    staff = writing.staff_ids(orders.staff[at] for at in new)
    columns = (
        "id", "number", "channel", "customer_id", "status", "placed_at", "paid_at", "ended_at", "total",
        "paid", "refunded", "ship_to", "staff_id", "note", "import_run_id",
    )  # fmt: skip

    def rows() -> Iterable[Sequence[Any]]:
        for place, at in enumerate(new):
            yield (
                first + place, orders.number[at], orders.channel[at],
                writing.customer_of(orders.person[at]), orders.status[at],
                orders.placed_at[at], orders.paid_at[at], orders.ended_at[at],
                orders.total[at], orders.paid[at], orders.refunded[at], orders.ship_to[at],
                staff.get(orders.staff[at]), orders.note[at], writing.run_id,
            )  # fmt: skip

    writing.many(Order, columns, rows(), tr("Writing orders…"))


def _write_lines(writing: Writing, first_order: int) -> None:
    import numpy as np

    lines, found = writing.records.lines, writing.found
    if lines is None or not found.lines:
        return
    order = np.zeros(len(writing.records.orders), np.int64)
    order[found.new_orders] = first_order + np.arange(len(found.new_orders))
    if found.orders is not None:
        for at, known_order in found.orders.bare.items():
            order[at] = known_order
    keep = np.nonzero(order[lines.order] > 0)[0]
    products, names = writing.products(np.unique(lines.product[keep]).tolist())
    first = writing.next_id(OrderLine)
    columns = ("id", "order_id", "position", "product_id", "title", "quantity", "unit_price", "amount")
    for start in range(0, len(keep), BATCH):
        rows = keep[start : start + BATCH]
        product = [products.get(at) for at in lines.product[rows].tolist()]
        titles = [lines.titles[at] for at in lines.title[rows].tolist()]
        writing.step.insert_many(
            OrderLine,
            columns,
            zip(
                range(first + start, first + start + len(rows)),
                order[lines.order[rows]].tolist(),
                lines.position[rows].tolist(),
                product,
                # A line is called as its product is, unless the file said otherwise.
                ["" if names.get(p) == t else t for p, t in zip(product, titles, strict=True)],
                lines.quantity[rows].tolist(),
                lines.unit_price[rows].tolist(),
                lines.amount[rows].tolist(),
                strict=True,
            ),
        )
        writing.tell(len(rows), tr("Writing order lines…"))
