"""What hangs on one order: its parcels."""

from __future__ import annotations

from typing import NamedTuple

from desktop.models.book import Book


class ShipmentRow(NamedTuple):
    """A parcel: `direction` out or back, `number` the carrier's."""

    id: int
    carrier: str
    number: str
    direction: str
    status: str
    shipped_at: str
    arrived_at: str | None


def order_shipments(book: Book, order_id: int) -> list[ShipmentRow]:
    """The parcels of an order in the order of sending."""
    rows = book.rows(
        "SELECT id, carrier, number, direction, status, shipped_at, arrived_at FROM shipment "
        "WHERE order_id = ? ORDER BY shipped_at, id",
        (order_id,),
    )
    return [ShipmentRow(*row) for row in rows]
