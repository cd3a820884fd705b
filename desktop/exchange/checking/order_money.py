"""What each order came to and what became of it, from whatever columns a file has; on whole arrays.

The book keeps `paid` as received before refunds and `refunded` as given back. Exports differ: some give what
remained after refunds, some give returns as negative invoices, some only lines. Whatever they give, the money
that the book ends with is theirs: the sum of paid less refunded is the sum of the file's own amounts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop.exchange.checking.columns import Flags, Floats, Ints

STATUSES = ("unpaid", "paid", "shipped", "completed", "cancelled", "returned")
UNPAID, PAID, SHIPPED, COMPLETED, CANCELLED, RETURNED = range(6)
UNKNOWN = -1
_ALMOST_ALL = 0.9
_BEYOND = 9e18


@dataclass(slots=True)
class Given:
    """What the file says of each order, in minor units; None where no column says it.

    `status` is a place in STATUSES or UNKNOWN; `taken_back` marks orders whose every quantity is negative,
    `return_number` those whose number is of a return (C536379).
    """

    status: Ints
    total: Ints | None
    total_given: Flags | None
    paid: Ints | None
    paid_given: Flags | None
    refunded: Ints | None
    has_paid_at: Flags | None
    lines: Ints | None
    taken_back: Flags | None
    return_number: Flags


@dataclass(slots=True)
class Money:
    """What the book keeps of each order."""

    status: Ints
    total: Ints
    paid: Ints
    refunded: Ints


def settle(given: Given, paid_is_net: bool | None, paid_is_due: bool = False) -> Money:
    """Decides total, paid, refunded and status of every order.

    `paid_is_net` (None looks at the figures): the paid column is what remained after refunds; without a
    column of refunds they are what lacks to the total. `paid_is_due`: it is what is to be paid, not yet paid
    by orders that wait for it or were called off.
    """
    count = len(given.status)
    nothing = np.zeros(count, np.int64)
    nobody = np.zeros(count, np.bool_)
    refunded = np.abs(given.refunded) if given.refunded is not None else nothing
    paid_given = given.paid_given if given.paid_given is not None else nobody
    paid = given.paid if given.paid is not None else nothing
    net = _is_net(given, refunded) if paid_is_net is None else paid_is_net
    paid = np.where(paid_given & (refunded > 0) & net, paid + refunded, paid)
    if net and given.refunded is None and given.total is not None and given.total_given is not None:
        lacks = paid_given & given.total_given & (paid < given.total)
        lacks &= ~np.isin(given.status, (UNPAID, CANCELLED))
        refunded = np.where(lacks, given.total - paid, refunded)
        paid = np.where(lacks, given.total, paid)
    fallback = paid if given.lines is None else np.where(given.lines != 0, given.lines, paid)
    total = fallback if given.total is None or given.total_given is None else np.where(
        given.total_given, given.total, fallback
    )  # fmt: skip
    paid = np.where(paid_given, paid, total)

    status = given.status.copy()
    open_ = status == UNKNOWN
    back = given.taken_back if given.taken_back is not None else nobody
    negative = (total < 0) & (back if given.taken_back is not None else True)
    returned = open_ & (negative | (back & given.return_number))
    # Goods written off without money: neither a purchase nor a return.
    written_off = open_ & back & ~returned & (total == 0)
    unpaid = open_ & ~returned & ~written_off & _is_unpaid(given, total, paid, paid_given, refunded)
    status[open_] = COMPLETED
    status[returned] = RETURNED
    status[written_off] = CANCELLED
    status[unpaid] = UNPAID

    # Money that went back did come in before.
    owed = ~paid_given | ((refunded == 0) & paid_is_due)
    paid = np.where(np.isin(status, (UNPAID, CANCELLED)) & owed, 0, paid)
    # A return told by the state alone: what was paid went back.
    told = (status == RETURNED) & (refunded == 0) & (total >= 0)
    refunded = np.where(told, paid, refunded)
    # A return's negative amount is money given back. Any other (a bad debt written off) stays what it is: an
    # adjustment of what was received, and never a purchase.
    below = (status == RETURNED) & ((paid < 0) | (total < 0))
    refunded = np.where(below, np.maximum(refunded, -np.minimum(np.minimum(paid, total), 0)), refunded)
    paid = np.where(below, 0, paid)
    return Money(status, total, paid, refunded)


def _is_net(given: Given, refunded: Ints) -> bool:
    """Whether the paid column is what remained: with the refund it makes the total."""
    if given.total is None or given.paid is None or given.paid_given is None:
        return False
    back = (refunded > 0) & given.paid_given & (given.total > 0)
    count = int(back.sum())
    sums = int((back & (given.paid + refunded == given.total)).sum())
    return count > 0 and sums >= _ALMOST_ALL * count


def _is_unpaid(given: Given, total: Ints, paid: Ints, paid_given: Flags, refunded: Ints) -> Flags:
    """Orders that nobody paid for: nothing received, nothing given back, and no moment of payment."""
    owed = (total > 0) & (refunded == 0)
    nothing: Flags = owed & paid_given & (paid == 0)
    if given.has_paid_at is not None:
        nothing = owed & ~given.has_paid_at & (~paid_given | (paid == 0))
    return nothing


def state_of_lines(states: Ints, order_of_row: Ints, orders: int) -> Ints:
    """What became of orders whose rows have states of their own: the least advanced of those still alive.

    An order is called off or taken back only when all its rows are; rows of UNKNOWN have no say.
    """
    rank = np.full(orders, len(STATUSES), np.int64)
    alive = (states != UNKNOWN) & (states < CANCELLED)
    np.minimum.at(rank, order_of_row[alive], states[alive])
    ended = np.full(orders, UNKNOWN, np.int64)
    np.maximum.at(ended, order_of_row[~alive], states[~alive])
    return np.where(rank < len(STATUSES), rank, ended)


def held(figures: Floats) -> Ints:
    """Whole numbers of figures; 0 for what none can hold: rows with such figures stay out."""
    found: Ints = np.rint(np.where(np.abs(figures) < _BEYOND, figures, 0)).astype(np.int64)
    return found


def line_amounts(quantity: Floats, price: Ints, decimals: int) -> Ints:
    """Quantity × price (ten-thousandths) of each line in minor units, rounded half away from zero."""
    step = 10 ** (4 - decimals)
    exact = held(quantity * price)
    amounts: Ints = np.sign(exact) * ((np.abs(exact) + step // 2) // step)
    return amounts


def unit_prices(quantity: Floats, amount: Ints, decimals: int) -> Ints:
    """The price in ten-thousandths that each line's amount and quantity make; the amount itself for none."""
    step = 10 ** (4 - decimals)
    each = np.where(quantity == 0, 1.0, quantity)
    prices: Ints = held(amount * step / each)
    return prices
