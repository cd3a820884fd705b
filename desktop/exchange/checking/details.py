"""Lines for orders that the book has: of a file that names orders and goods, and neither days nor people."""

from __future__ import annotations

import numpy as np

from desktop.core.money import CURRENCIES
from desktop.exchange.checking import order_lines
from desktop.exchange.checking.columns import Columns
from desktop.exchange.checking.entries import Entries
from desktop.exchange.checking.entry_rules import note_problems
from desktop.exchange.checking.order_groups import Groups
from desktop.exchange.checking.orders import check_sizes
from desktop.exchange.checking.records import Records
from desktop.exchange.vocabulary.subjects import Subject


def check_details(columns: Columns, subject: Subject, *, currency: str, channel: str) -> Records:
    """The good lines as entries; an order's lines come in whole or not at all."""
    note_problems(columns, subject)
    decimals = CURRENCIES[currency].decimals if currency in CURRENCIES else 2
    check_sizes(columns, decimals)
    groups = Groups(columns, channel)
    groups.hold_back_whole_orders()
    good = np.nonzero(~groups.bad_orders())[0]
    records = Records(rows=columns.rows)
    found = order_lines.lines_of(groups, decimals)
    if found is not None and len(good):
        lines, rows = found
        keep = ~groups.bad_orders()[lines.order]
        none = np.zeros(groups.count, np.int64)
        order_lines.fill_lines(records, groups, good, lines, rows, none, decimals)
        _as_entries(records, groups, good.tolist(), columns.row_numbers[rows[keep]].tolist())
    records.good_rows = int((~columns.bad).sum())
    records.problems = columns.sorted_problems()
    return records


def _as_entries(records: Records, groups: Groups, good: list[int], rows: list[int]) -> None:
    lines, records.lines = records.lines, None
    if lines is None:
        return
    order = [good[place] for place in lines.order.tolist()]
    columns = groups.columns
    priced = bool(columns.of("line.unit_price") or columns.of("line.amount"))
    unknown = [None] * len(order)
    records.entries = Entries(
        row=rows,
        person=[-1] * len(order),
        values={
            "title": [lines.titles[at] for at in lines.title.tolist()],
            "quantity": lines.quantity.tolist(),
            "unit_price": lines.unit_price.tolist() if priced else unknown,
            "amount": lines.amount.tolist() if priced else unknown,
        },
        order_number=[groups.numbers[at] for at in order],
        order_channel=[groups.channels[at] for at in order],
        product=lines.product.tolist(),
        complaint_number=[""] * len(order),
        staff=[""] * len(order),
    )
