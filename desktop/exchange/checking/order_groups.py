"""Which rows of a file belong to one order, and what an order's rows say together."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from desktop.core.translation import tr
from desktop.exchange.checking.columns import Columns, Flags, Ints, Placed
from desktop.exchange.reading.table import cell_text

MOMENTS = ("order.placed_at", "order.paid_at")


class Groups:
    """The orders of a file, in its order: for each row its order, for each order its first row."""

    def __init__(self, columns: Columns, channel: str) -> None:
        self.columns = columns
        self.channel = channel
        number, own = columns.one("order.number"), columns.one("order.channel")
        if number is None:
            self.order_of_row = self.first_row = np.arange(columns.rows, dtype=np.int64)
        else:
            key = order_keys(number, own)
            _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
            rank = np.empty(len(first), np.int64)
            rank[np.argsort(first)] = np.arange(len(first))
            self.order_of_row, self.first_row = rank[inverse.reshape(-1)], np.sort(first)
        self.count = len(self.first_row)
        self.several = self.count < columns.rows
        """Whether any order has more rows than one."""
        self.numbers: list[str] = self._own_numbers() if number is None else self.first_values(number, "")
        self.channels: list[str] = [channel] * self.count if own is None else self.first_values(own, channel)

    def _own_numbers(self) -> list[str]:
        """Numbers for orders without one, made of what they say: the same file gives them again."""
        placed = sorted(self.columns.every, key=lambda one: one.field)
        texts = [[cell_text(p.cells[c]) for c in p.codes.tolist()] for p in placed]
        moments = [p for field in MOMENTS for p in self.columns.of(field)]
        seen: dict[str, int] = {}
        numbers = []
        for at, cells in enumerate(zip(*texts, strict=True)):
            said = "\x1f".join(cells)
            seen[said] = again = seen.get(said, 0) + 1
            digest = hashlib.sha256(f"{said}\x1f{again}".encode()).hexdigest()[:8].upper()
            when = next((value for p in moments if (value := p.values[p.codes[at]])), "")
            numbers.append(f"{when[:10].replace('-', '')}-{digest}")
        return numbers

    # --- rows that stay out

    def bad_orders(self) -> Flags:
        """The orders that a bad row keeps out."""
        return np.bincount(self.order_of_row, self.columns.bad, self.count) > 0

    def hold_back_whole_orders(self) -> None:
        """Rows that are good themselves wait for the bad ones of their order."""
        columns = self.columns
        if not self.several or not columns.bad.any():
            return
        number = columns.one("order.number")
        waiting = self.bad_orders()[self.order_of_row] & ~columns.bad
        culprit: dict[int, int] = {}
        for at in np.nonzero(columns.bad)[0].tolist():
            culprit.setdefault(int(self.order_of_row[at]), int(columns.row_numbers[at]))
        for at in np.nonzero(waiting)[0].tolist():
            row = culprit[int(self.order_of_row[at])]
            if row == columns.row_numbers[at]:
                # Another line of the very row.
                columns.bad[at] = True
                continue
            reason = tr("row {row} of the same order has a problem, and an order comes in whole", row=row)
            columns.note(at, number, reason)

    # --- what the rows of an order say

    def first_codes(self, placed: Placed) -> Ints:
        """For each order the code of the first row that says something; 0 for none."""
        if not self.several:
            return placed.codes.astype(np.int64)
        said = np.nonzero(placed.has()[placed.codes])[0][::-1]
        found = np.zeros(self.count, np.int64)
        found[self.order_of_row[said]] = placed.codes[said]
        return found

    def first_values(self, placed: Placed, empty: Any) -> list[Any]:
        """For each order the first value said; `empty` for none."""
        values = [empty if value is None else value for value in placed.values]
        return [values[code] for code in self.first_codes(placed).tolist()]

    def joined(self, field: str) -> list[str]:
        """For each order the texts of every column of a field, one below the other."""
        found = [""] * self.count
        for placed in self.columns.of(field):
            for at, text in enumerate(self.first_values(placed, "")):
                if text and text not in found[at]:
                    found[at] = f"{found[at]}\n{text}" if found[at] else text
        return found

    def moments(self, field: str) -> list[str | None]:
        """For each order a time, or None."""
        one = self.columns.one(field)
        return self.first_values(one, None) if one is not None else [None] * self.count

    def amount(self, field: str) -> tuple[Ints | None, Flags | None]:
        """Each order's amount, and whether it is there; None without a column.

        Where the rows of an order repeat one amount it is the order's; where any differ they share it. A
        layout may know which.
        """
        placed = self.columns.one(field)
        if placed is None:
            return None, None
        numbers, has = placed.numbers(), placed.has()
        first = self.first_codes(placed)
        amounts, given = numbers[first], has[first]
        whose = self.columns.layout.amounts if self.columns.layout else ""
        if self.several and whose != "order":
            said, of_row = has[placed.codes], numbers[placed.codes]
            if whose == "line" or (said & (of_row != amounts[self.order_of_row])).any():
                amounts = np.bincount(self.order_of_row, of_row, self.count).astype(np.int64)
        return amounts, given


def order_keys(number: Placed, channel: Placed | None) -> Ints:
    """For each row a number that the rows of one order share: one number may stand for two shops' orders."""
    key = _merged(number.values)[number.codes]
    return key if channel is None else key * len(channel.values) + _merged(channel.values)[channel.codes]


def _merged(values: list[Any]) -> Ints:
    """For each code a number that equal values share: " 12" and "12" are one order."""
    numbers: dict[Any, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)
