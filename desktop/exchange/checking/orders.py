"""Rows of an orders file into orders, lines, products and people: one row an order, or one row a line.

Works on whole columns: a value is read once however often it stands in the file, and rows are only touched
where something is wrong with them. An order is whole or not at all: a bad row keeps its order's others out.
"""

from __future__ import annotations

import re
from array import array

import numpy as np
import numpy.typing as npt

from desktop.core.errors import UserError
from desktop.core.money import CURRENCIES, LARGEST
from desktop.core.progress import Progress
from desktop.core.translation import tr
from desktop.exchange.checking import order_lines, order_money
from desktop.exchange.checking.columns import Columns, Ints
from desktop.exchange.checking.order_groups import MOMENTS, Groups, order_keys
from desktop.exchange.checking.order_people import fill_people
from desktop.exchange.checking.records import (
    SAID_PAID,
    SAID_REFUNDED,
    SAID_STATUS,
    SAID_TOTAL,
    Lines,
    Orders,
    Records,
)
from desktop.exchange.reading.packed_values import packed_said, packed_texts

_RETURN_NUMBER = re.compile(r"C\d+")
_AMOUNTS = ("order.total", "order.paid", "line.amount", "line.unit_price")


def check_orders(
    columns: Columns, *, currency: str, channel: str, paid_is_net: bool | None, progress: Progress
) -> Records:
    """Everything good in an orders file, and its problems. Raises UserError when a column is missing."""
    _require(columns)
    decimals = CURRENCIES[currency].decimals if currency in CURRENCIES else 2
    _check_needed(columns)
    check_sizes(columns, decimals)
    groups = Groups(columns, channel)
    progress.check()
    groups.hold_back_whole_orders()
    good: Ints = np.nonzero(~groups.bad_orders())[0]
    found = order_lines.lines_of(groups, decimals)
    given = _given(groups, found)
    money = order_money.settle(given, paid_is_net, columns.layout is not None and columns.layout.paid_is_due)
    progress.check()
    rows, good_rows = _rows_of_file(columns)
    records = Records(rows=rows, good_rows=good_rows, orders=_orders(groups, good, money))
    records.orders.said = _said(groups, given)[good].tobytes()
    fill_people(records, groups, good)
    progress.check()
    if found is not None:
        order_lines.fill_lines(records, groups, good, *found, money.total, decimals)
    records.problems = columns.sorted_problems()
    return records


def _rows_of_file(columns: Columns) -> tuple[int, int]:
    """How many rows of the file there are, and how many of them are good: one may hold several lines."""
    if columns.layout is None or not columns.layout.shape.repeat:
        return columns.rows, int((~columns.bad).sum())
    numbers, place = np.unique(columns.row_numbers, return_inverse=True)
    bad = np.bincount(place.reshape(-1), columns.bad, len(numbers)) > 0
    return len(numbers), int((~bad).sum())


def _require(columns: Columns) -> None:
    if not any(columns.of(field) for field in MOMENTS):
        raise UserError(
            tr("No column says when the orders were placed."),
            tr("Choose the column that holds the order date."),
        )
    if not any(columns.of(field) for field in _AMOUNTS):
        raise UserError(
            tr("No column says what the orders came to."),
            tr("Choose the column that holds the total or the price."),
        )


def _check_needed(columns: Columns) -> None:
    """A row of an order without a number or a moment stays out."""
    number = columns.one("order.number")
    if number is not None:
        for at in np.nonzero(~number.has()[number.codes] & ~columns.bad)[0].tolist():
            columns.note(at, number, tr("the order has no number"))
    moments = [placed for field in MOMENTS for placed in columns.of(field)]
    dated = np.zeros(columns.rows, np.bool_)
    for moment in moments:
        dated |= moment.has()[moment.codes]
    missing = ~dated & ~columns.bad
    if number is not None and missing.any():
        # The later rows of an order may leave to the first what they share.
        keys = order_keys(number, columns.one("order.channel"))
        missing &= ~np.isin(keys, keys[dated])
    for at in np.nonzero(missing)[0].tolist():
        columns.note(at, moments[0], tr("the order has no date"))


def check_sizes(columns: Columns, decimals: int) -> None:
    """A row whose quantity makes of its price or amount what no book can hold stays out."""
    quantity = columns.one("line.quantity")
    prices, amounts = columns.one("line.unit_price"), columns.one("line.amount")
    if quantity is None or (prices is None and amounts is None):
        return
    step = 10 ** (4 - decimals)
    counted = np.abs(quantity.floats(1.0))[quantity.codes]
    too_large = np.zeros(columns.rows, np.bool_)
    if prices is not None:
        too_large |= counted * np.abs(prices.numbers())[prices.codes] > float(LARGEST) * step
    if amounts is not None:
        each = np.where(counted == 0, 1.0, counted)
        too_large |= np.abs(amounts.numbers())[amounts.codes] * float(step) > float(LARGEST) * each
    for at in np.nonzero(too_large & ~columns.bad)[0].tolist():
        columns.note(at, quantity, tr("the amount is too large"))


def _given(groups: Groups, found: tuple[Lines, Ints] | None) -> order_money.Given:
    """What the columns say of each order's money."""
    columns = groups.columns
    lines = found[0] if found else None
    total, total_given = groups.amount("order.total")
    paid, paid_given = groups.amount("order.paid")
    refunded, _ = groups.amount("order.refunded")
    status: Ints = np.full(groups.count, order_money.UNKNOWN, np.int64)
    if (one := columns.one("order.status")) is not None:
        known = {name: place for place, name in enumerate(order_money.STATUSES)}
        places: Ints = np.array([known.get(value, order_money.UNKNOWN) for value in one.values], np.int64)
        if groups.several and columns.layout is not None and columns.layout.status_by_line:
            states = places[one.codes]
            status = order_money.state_of_lines(states, groups.order_of_row, groups.count)
            if found and refunded is None:
                refunded = _taken_back_in_part(status, states, *found)
        else:
            status = places[groups.first_codes(one)]
    paid_at = columns.one("order.paid_at")
    has_paid_at = None
    if paid_at is not None and columns.of("order.placed_at"):
        has_paid_at = paid_at.has()[groups.first_codes(paid_at)]
    returns = (_RETURN_NUMBER.fullmatch(number) is not None for number in groups.numbers)
    return order_money.Given(
        status,
        total,
        total_given,
        paid,
        paid_given,
        refunded,
        has_paid_at,
        order_lines.sums_of(lines, groups.count) if lines else None,
        order_lines.taken_back(lines, columns, groups.count) if lines else None,
        np.fromiter(returns, np.bool_, groups.count),
    )


def _taken_back_in_part(status: Ints, states: Ints, lines: Lines, rows: Ints) -> Ints:
    """What lines came to that were called off or taken back in orders that otherwise went on."""
    ended = np.isin(states[rows], (order_money.CANCELLED, order_money.RETURNED))
    went_on = np.isin(status, (order_money.PAID, order_money.SHIPPED, order_money.COMPLETED))
    back: Ints = np.bincount(lines.order[ended], lines.amount[ended], len(status)).astype(np.int64)
    return np.where(went_on, back, 0)


def _said(groups: Groups, given: order_money.Given) -> npt.NDArray[np.uint8]:
    """Which of state and money the file itself says of each order, as bits (records.SAID_…)."""
    found = np.where(given.status != order_money.UNKNOWN, SAID_STATUS, 0).astype(np.uint8)
    _, refunded_given = groups.amount("order.refunded")
    layout = groups.columns.layout
    if refunded_given is None and layout is not None:
        # Told by what lacks to the total, or by the states of the lines.
        if layout.paid_is_net:
            refunded_given = given.paid_given
        elif layout.status_by_line:
            refunded_given = given.status != order_money.UNKNOWN
    for flags, bit in (
        (given.total_given, SAID_TOTAL),
        (given.paid_given, SAID_PAID),
        (refunded_given, SAID_REFUNDED),
    ):
        if flags is not None:
            found |= np.where(flags, bit, 0).astype(np.uint8)
    return found


def _orders(groups: Groups, good: Ints, money: order_money.Money) -> Orders:
    """The good orders as plain values; what differs from each to the next is held tightly."""
    placed_at, paid_at = groups.moments("order.placed_at"), groups.moments("order.paid_at")
    ended_at = groups.moments("order.ended_at")
    ship_to, staff = groups.joined("order.ship_to"), groups.joined("order.staff")
    note = groups.joined("order.note")
    picked = good.tolist()
    return Orders(
        number=packed_texts(groups.numbers[at] for at in picked),
        channel=[groups.channels[at] for at in picked],
        person=array("q", (-1 for _ in picked)),
        status=[order_money.STATUSES[at] for at in money.status[good].tolist()],
        placed_at=packed_texts(placed_at[at] or paid_at[at] or "" for at in picked),
        paid_at=packed_said(paid_at[at] for at in picked),
        ended_at=packed_said(ended_at[at] for at in picked),
        total=_whole(money.total[good]),
        paid=_whole(money.paid[good]),
        refunded=_whole(money.refunded[good]),
        ship_to=[ship_to[at] for at in picked],
        staff=[staff[at] for at in picked],
        note=packed_texts(note[at] for at in picked),
    )


def _whole(amounts: Ints) -> array[int]:
    """Numbers that take eight bytes each, as a plain sequence."""
    return array("q", amounts.tobytes())
