"""What a file's order changes in the one the book has: its state only moves forward, its money as a whole."""

from __future__ import annotations

from desktop.core.text import is_masked
from desktop.exchange.checking.records import SAID_PAID, SAID_REFUNDED, SAID_STATUS, SAID_TOTAL, Orders
from desktop.exchange.comparing.modes import ASK, FILL, Change, Mode, text_change
from desktop.queries.known import KnownOrder

MONEY = "money"
"""The unit of an order's state and amounts: half of them would make no sense."""
_RANK = {"unpaid": 0, "paid": 1, "shipped": 2, "completed": 3, "cancelled": 4, "returned": 5}
_OPEN = frozenset({"unpaid", "cancelled"})
_ENDED = frozenset({"completed", "returned", "cancelled"})


def is_older(row: KnownOrder, orders: Orders, at: int) -> bool:
    """Whether the file knew less of the order than the book does: an earlier state, or not all refunds."""
    moved = 0
    if orders.said[at] & SAID_STATUS:
        moved = _RANK[orders.status[at]] - _RANK[row.status]
    return moved < 0 or (
        moved == 0 and bool(orders.said[at] & SAID_REFUNDED) and orders.refunded[at] < row.refunded
    )


def order_changes(row: KnownOrder, orders: Orders, at: int, mode: Mode) -> list[Change]:
    """Every field that the file's order changes; without its lines and its customer."""
    if not mode.update or is_older(row, orders, at):
        return []
    found: list[Change | None] = []
    status = row.status
    if mode.update != FILL:
        money = _money(row, orders, at)
        status = money[0]
        old = (row.status, row.total, row.paid, row.refunded)
        if money != old:
            names = ("status", "total", "paid", "refunded")
            found += (
                Change(MONEY, name, before, after, conflict=True)
                for name, before, after in zip(names, old, money, strict=True)
                if before != after
            )
    found += _moments(row, orders, at, mode, status)
    for field, held, told in (
        ("ship_to", row.ship_to, orders.ship_to[at]),
        ("staff", row.staff, orders.staff[at]),
        ("note", row.note, orders.note[at]),
    ):
        # Platforms mask old orders: stars never take the place of an address.
        if told and told != held and not (held and is_masked(told)):
            found.append(text_change(mode, field, held, told))
    return [change for change in found if change is not None]


def _moments(row: KnownOrder, orders: Orders, at: int, mode: Mode, status: str) -> list[Change | None]:
    """Payment and delivery; an order that stays unpaid or under way has no such moment yet."""
    found: list[Change | None] = []
    paid_at, ended_at = orders.paid_at[at], orders.ended_at[at]
    if paid_at and paid_at != row.paid_at and (status != "unpaid" or row.paid_at):
        found.append(text_change(mode, "paid_at", row.paid_at, paid_at))
    if ended_at and ended_at != row.ended_at and (status in _ENDED or row.ended_at):
        found.append(text_change(mode, "ended_at", row.ended_at, ended_at))
    if mode.update == ASK and status != row.status:
        # Who leaves the new state leaves its moments as well.
        found = [one and one._replace(unit=MONEY, conflict=True) for one in found]
    return found


def _money(row: KnownOrder, orders: Orders, at: int) -> tuple[str, int, int, int]:
    """State, total, paid and refunded after the file's word, where it says only some of them, too."""
    said, told = orders.said[at], orders.status[at]
    status = row.status
    paid_now = bool(said & SAID_PAID and orders.paid[at] > 0) or bool(orders.paid_at[at])
    if said & SAID_STATUS or (row.status == "unpaid" and paid_now):
        status = told
    total = orders.total[at] if said & SAID_TOTAL or not row.total else row.total
    paid = row.paid
    if said & SAID_PAID:
        paid = orders.paid[at]
    elif status not in _OPEN and (row.status == "unpaid" or row.paid == row.total):
        paid = total
    refunded = row.refunded
    if said & SAID_REFUNDED:
        refunded = orders.refunded[at]
    elif status == "returned" and row.status != "returned" and not row.refunded:
        refunded = orders.refunded[at] if said & (SAID_PAID | SAID_TOTAL) and told == "returned" else paid
    return status, total, paid, refunded
