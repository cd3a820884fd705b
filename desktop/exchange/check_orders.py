"""Rows of an orders file into orders, lines, products and people: one row an order, or one row a line.

Works on whole columns: a value is read once however often it stands in the file, and rows are only touched
where something is wrong with them. An order is whole or not at all: a bad row keeps its order's other rows out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from desktop.core.errors import UserError
from desktop.core.money import CURRENCIES
from desktop.core.progress import Progress
from desktop.core.translation import tr
from desktop.exchange import order_money
from desktop.exchange.columns import Columns, Flags, Ints, Placed
from desktop.exchange.fields import CONTACTS
from desktop.exchange.records import Lines, Orders, Person, Problem, Records
from desktop.exchange.table import cell_text

_RETURN_NUMBER = re.compile(r"C\d+")
_LINE_FIELDS = ("line.product_code", "line.title", "line.quantity", "line.unit_price", "line.amount")
_ADDRESS_LENGTH = 8
"""A shorter "address" is a province."""


def check_orders(
    columns: Columns, *, currency: str, channel: str, paid_is_net: bool | None, progress: Progress
) -> Records:
    """Everything good in an orders file, and its problems. Raises UserError when a needed column is not placed."""
    _require(columns)
    return _OrderCheck(columns, currency, channel, paid_is_net).run(progress)


def _require(columns: Columns) -> None:
    if not columns.of("order.placed_at") and not columns.of("order.paid_at"):
        raise UserError(
            tr("No column says when the orders were placed."),
            tr("Choose the column that holds the order date."),
        )
    amounts = ("order.total", "order.paid", "line.amount", "line.unit_price")
    if not any(columns.of(field) for field in amounts):
        raise UserError(
            tr("No column says what the orders came to."),
            tr("Choose the column that holds the total or the price."),
        )


class _OrderCheck:
    """The steps from rows to orders, over one file."""

    def __init__(self, columns: Columns, currency: str, channel: str, paid_is_net: bool | None) -> None:
        self.columns = columns
        self.decimals = CURRENCIES[currency].decimals if currency in CURRENCIES else 2
        self.channel = channel
        self.paid_is_net = paid_is_net
        # Filled by _group: for each row its order; for each order its first row.
        self.order_of_row: Ints = np.zeros(0, np.int64)
        self.first_row: Ints = np.zeros(0, np.int64)
        self.several = False

    def run(self, progress: Progress) -> Records:
        """Groups, checks, settles the money, and hands over columns of plain values."""
        records = Records(rows=self.columns.rows)
        self._check_needed()
        numbers, channels = self._group()
        progress.check()
        self._hold_back_whole_orders()
        good_orders = np.nonzero(~self._bad_orders())[0]
        lines = self._lines()
        money = self._money(lines, numbers)
        progress.check()
        self._fill_orders(records, good_orders, numbers, channels, money)
        self._fill_people(records, good_orders)
        if lines is not None:
            self._fill_lines(records, good_orders, lines, money)
        records.good_rows = int((~self.columns.bad).sum())
        records.problems = self.columns.sorted_problems()
        return records

    # --- rows

    def _check_needed(self) -> None:
        """A row of an order without a number or a moment stays out."""
        columns = self.columns
        number = columns.one("order.number")
        if number is not None:
            for at in np.nonzero(~number.has()[number.codes] & ~columns.bad)[0].tolist():
                columns.note(at, number, tr("the order has no number"))
        moments = [p for field in ("order.placed_at", "order.paid_at") for p in columns.of(field)]
        dated = np.zeros(columns.rows, np.bool_)
        for moment in moments:
            dated |= moment.has()[moment.codes]
        missing = ~dated & ~columns.bad
        if number is not None and missing.any():
            # The later rows of an order may leave to the first what they share.
            known = {v for c, v in _pairs(number, dated)}
            missing &= np.fromiter(
                (number.values[c] not in known for c in number.codes.tolist()), np.bool_, columns.rows
            )
        for at in np.nonzero(missing)[0].tolist():
            columns.note(at, moments[0], tr("the order has no date"))

    def _group(self) -> tuple[list[str], list[str]]:
        """Gives each row its order, orders in the order of the file; returns their numbers and channels."""
        columns = self.columns
        number, channel = columns.one("order.number"), columns.one("order.channel")
        if number is None:
            self.order_of_row = self.first_row = np.arange(columns.rows, dtype=np.int64)
        else:
            key = _merged(number.values)[number.codes].astype(np.int64)
            if channel is not None:
                key = key * len(channel.values) + _merged(channel.values)[channel.codes]
            _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
            rank = np.empty(len(first), np.int64)
            rank[np.argsort(first)] = np.arange(len(first))
            self.order_of_row, self.first_row = rank[inverse.reshape(-1)], np.sort(first)
        self.several = len(self.first_row) < columns.rows
        numbers = self._own_numbers() if number is None else self._first_values(number, "")
        channels = (
            [self.channel] * len(numbers) if channel is None else self._first_values(channel, self.channel)
        )
        return numbers, channels

    def _own_numbers(self) -> list[str]:
        """Numbers for orders without one, made of what they say: the same file gives the same numbers again."""
        placed = sorted(self.columns.every, key=lambda one: one.field)
        seen: dict[str, int] = {}
        numbers = []
        texts = [
            [cell_text(self.columns.table.columns[p.index].values[c]) for c in p.codes.tolist()]
            for p in placed
        ]
        moments = [p for field in ("order.placed_at", "order.paid_at") for p in self.columns.of(field)]
        for at, cells in enumerate(zip(*texts, strict=True)):
            said = "\x1f".join(cells)
            seen[said] = again = seen.get(said, 0) + 1
            digest = hashlib.sha256(f"{said}\x1f{again}".encode()).hexdigest()[:8].upper()
            when = next((value for p in moments if (value := p.values[p.codes[at]])), "")
            numbers.append(f"{when[:10].replace('-', '')}-{digest}")
        return numbers

    def _bad_orders(self) -> Flags:
        return np.bincount(self.order_of_row, self.columns.bad, len(self.first_row)) > 0

    def _hold_back_whole_orders(self) -> None:
        """Rows that are good themselves wait for the bad ones of their order."""
        columns = self.columns
        if not self.several or not columns.bad.any():
            return
        number = columns.one("order.number")
        waiting = self._bad_orders()[self.order_of_row] & ~columns.bad
        culprit: dict[int, int] = {}
        for at in np.nonzero(columns.bad)[0].tolist():
            culprit.setdefault(int(self.order_of_row[at]), int(columns.row_numbers[at]))
        for at in np.nonzero(waiting)[0].tolist():
            row = culprit[int(self.order_of_row[at])]
            columns.note(
                at,
                number,
                tr("row {row} of the same order has a problem, and an order comes in whole", row=row),
            )

    # --- first values and sums by order

    def _first_codes(self, placed: Placed) -> Ints:
        """For each order the code of the first row that says something; 0 for none."""
        if not self.several:
            return placed.codes.astype(np.int64)
        said = np.nonzero(placed.has()[placed.codes])[0][::-1]
        found = np.zeros(len(self.first_row), np.int64)
        found[self.order_of_row[said]] = placed.codes[said]
        return found

    def _first_values(self, placed: Placed, empty: Any) -> list[Any]:
        values = [empty if value is None else value for value in placed.values]
        values[0] = empty
        return [values[code] for code in self._first_codes(placed).tolist()]

    def _joined(self, field: str) -> list[str]:
        """The texts of every column of a field, one below the other."""
        found = [""] * len(self.first_row)
        for placed in self.columns.of(field):
            for at, text in enumerate(self._first_values(placed, "")):
                if text and text not in found[at]:
                    found[at] = f"{found[at]}\n{text}" if found[at] else text
        return found

    def _amount(self, field: str) -> tuple[Ints | None, Flags | None]:
        """An amount of each order and whether it is there: repeated on the order's rows, or split among them."""
        placed = self.columns.one(field)
        if placed is None:
            return None, None
        numbers, has = placed.numbers(), placed.has()
        first = self._first_codes(placed)
        amounts, given = numbers[first], has[first]
        if self.several:
            rows = has[placed.codes]
            of_row = numbers[placed.codes]
            if (rows & (of_row != amounts[self.order_of_row])).any():
                amounts = np.bincount(self.order_of_row, of_row, len(amounts)).astype(np.int64)
        return amounts, given

    # --- lines and money

    def _lines(self) -> Lines | None:
        """A line for every row that names a product, a quantity or a price; None when no column does."""
        columns = self.columns
        placed = [one for field in _LINE_FIELDS if (one := columns.one(field)) is not None]
        if not placed:
            return None
        said = np.zeros(columns.rows, np.bool_)
        for one in placed:
            said |= one.has()[one.codes]
        rows = np.nonzero(said)[0]
        by = {one.field: (one, one.codes[rows]) for one in placed}

        quantity = np.ones(len(rows), np.float64)
        if "line.quantity" in by:
            one, codes = by["line.quantity"]
            quantity = one.floats(1.0)[codes]
        price = np.zeros(len(rows), np.int64)
        priced = np.zeros(len(rows), np.bool_)
        if "line.unit_price" in by:
            one, codes = by["line.unit_price"]
            price, priced = one.numbers()[codes], one.has()[codes]
        amount = order_money.line_amounts(quantity, price, self.decimals)
        if "line.amount" in by:
            one, codes = by["line.amount"]
            given = one.has()[codes]
            amount = np.where(given, one.numbers()[codes], amount)
            price = np.where(given & ~priced, order_money.unit_prices(quantity, amount, self.decimals), price)
        order = self.order_of_row[rows]
        return Lines(order, _positions(order), None, rows, quantity, price, amount)

    def _money(self, lines: Lines | None, numbers: list[str]) -> order_money.Money:
        count = len(self.first_row)
        total, total_given = self._amount("order.total")
        paid, paid_given = self._amount("order.paid")
        refunded, _ = self._amount("order.refunded")
        status = np.full(count, order_money.UNKNOWN, np.int64)
        if (one := self.columns.one("order.status")) is not None:
            places = [
                order_money.STATUSES.index(value) if value else order_money.UNKNOWN for value in one.values
            ]
            status = np.array(places, np.int64)[self._first_codes(one)]
        paid_at = self.columns.one("order.paid_at")
        has_paid_at = None
        if paid_at is not None and self.columns.of("order.placed_at"):
            has_paid_at = paid_at.has()[self._first_codes(paid_at)]
        sums = taken_back = None
        if lines is not None:
            sums = np.bincount(lines.order, lines.amount, count).astype(np.int64)
            if self.columns.of("line.quantity"):
                kept = np.bincount(lines.order, lines.quantity >= 0, count)
                taken_back = (kept == 0) & (np.bincount(lines.order, minlength=count) > 0)
        returns = np.fromiter((_RETURN_NUMBER.fullmatch(n) is not None for n in numbers), np.bool_, count)
        given = order_money.Given(
            status, total, total_given, paid, paid_given, refunded, has_paid_at, sums, taken_back, returns
        )
        return order_money.settle(given, self.paid_is_net)

    # --- handing over

    def _fill_orders(
        self, records: Records, good: Ints, numbers: list[str], channels: list[str], money: order_money.Money
    ) -> None:
        columns = self.columns
        picked = good.tolist()

        def moments(field: str) -> list[str | None]:
            one = columns.one(field)
            return self._first_values(one, None) if one is not None else [None] * len(numbers)

        def texts(field: str) -> list[str]:
            return self._joined(field)

        placed_at, paid_at, ended_at = (
            moments("order.placed_at"),
            moments("order.paid_at"),
            moments("order.ended_at"),
        )
        ship_to, staff, note = texts("order.ship_to"), texts("order.staff"), texts("order.note")
        status = money.status.tolist()
        total, paid, refunded = money.total.tolist(), money.paid.tolist(), money.refunded.tolist()
        records.orders = Orders(
            number=[numbers[at] for at in picked],
            channel=[channels[at] for at in picked],
            person=[-1] * len(picked),
            status=[order_money.STATUSES[status[at]] for at in picked],
            placed_at=[placed_at[at] or paid_at[at] or "" for at in picked],
            paid_at=[paid_at[at] for at in picked],
            ended_at=[ended_at[at] for at in picked],
            total=[total[at] for at in picked],
            paid=[paid[at] for at in picked],
            refunded=[refunded[at] for at in picked],
            ship_to=[ship_to[at] for at in picked],
            staff=[staff[at] for at in picked],
            note=[note[at] for at in picked],
        )

    def _fill_people(self, records: Records, good: Ints) -> None:
        """Numbers the different people of the orders; an order that says nothing of anybody has none."""
        told = [placed for placed in self.columns.every if placed.field.startswith("customer.")]
        by = [(placed, self._first_codes(placed)[good].tolist()) for placed in told]
        recognised = [at for at, (placed, _) in enumerate(by) if placed.field in (*CONTACTS, "customer.name")]
        if not recognised:
            return
        channels = records.orders.channel
        known: dict[tuple[Any, ...], int] = {}
        for at, codes in enumerate(zip(*(codes for _, codes in by), strict=True)):
            values = [placed.values[code] for (placed, _), code in zip(by, codes, strict=True)]
            if all(values[place] is None for place in recognised):
                continue
            key = (channels[at], *codes)
            number = known.get(key)
            if number is None:
                number = known[key] = len(records.people)
                records.people.append(self._person(told, values, channels[at], records.orders.ship_to[at]))
            records.orders.person[at] = number

    @staticmethod
    def _person(told: Sequence[Placed], values: list[Any], channel: str, ship_to: str) -> Person:
        said: dict[str, Any] = {}
        points = []
        for placed, value in zip(told, values, strict=True):
            if value is None:
                continue
            if placed.field in CONTACTS:
                points.append(value._replace(channel=channel) if value.kind == "account" else value)
            else:
                said.setdefault(placed.field, value)
        address = said.get("customer.address") or (ship_to if len(ship_to) >= _ADDRESS_LENGTH else "")
        facts = {"region": said["customer.region"]} if "customer.region" in said else {}
        order = list(CONTACTS.values())
        points.sort(key=lambda point: order.index(point.kind))
        return Person(said.get("customer.name", ""), tuple(dict.fromkeys(points)), facts, address)

    def _fill_lines(self, records: Records, good: Ints, lines: Lines, money: order_money.Money) -> None:
        """Lines of the good orders, their products numbered; a lone line without a price gets its order's total."""
        place = np.full(len(self.first_row), -1, np.int64)
        place[good] = np.arange(len(good))
        keep = place[lines.order] >= 0
        rows, order = lines.title[keep], lines.order[keep]
        quantity, price, amount = lines.quantity[keep], lines.unit_price[keep], lines.amount[keep]
        if not self.columns.of("line.unit_price") and not self.columns.of("line.amount"):
            alone = np.bincount(lines.order, minlength=len(self.first_row))[order] == 1
            amount = np.where(alone, money.total[order], amount)
            price = np.where(alone, order_money.unit_prices(quantity, amount, self.decimals), price)
        products, titles, title_of = self._products(records, rows)
        records.lines = Lines(
            place[order], lines.position[keep], products, title_of, quantity, price, amount, titles
        )  # fmt: skip

    def _products(self, records: Records, rows: Ints) -> tuple[Ints, list[str], Ints]:
        """For each line its product and title; a product is known by its code, without one by its name."""
        code, title = self.columns.one("line.product_code"), self.columns.one("line.title")
        titles = [value or "" for value in title.values] if title is not None else [""]
        title_of = title.codes[rows].astype(np.int64) if title is not None else np.zeros(len(rows), np.int64)
        if code is None and title is None:
            return np.full(len(rows), -1, np.int64), titles, title_of
        known: dict[tuple[str, str], int] = {}
        codes = [value or "" for value in code.values] if code is not None else [""]
        code_of = code.codes[rows].astype(np.int64) if code is not None else np.zeros(len(rows), np.int64)
        # Each different pair of code and title once, in the order of the file, so that the first title names it.
        pairs, first, inverse = np.unique(
            code_of * len(titles) + title_of, return_index=True, return_inverse=True
        )
        of_pair = np.full(len(pairs), -1, np.int64)
        for at in np.argsort(first).tolist():
            said_code, said_title = codes[pairs[at] // len(titles)], titles[pairs[at] % len(titles)]
            if not said_code and not said_title:
                continue
            key = (said_code, "" if said_code else said_title)
            number = known.get(key)
            if number is None:
                number = known[key] = len(records.products)
                records.products.append((said_code, said_title))
            elif said_title and not records.products[number][1]:
                records.products[number] = (said_code, said_title)
            of_pair[at] = number
        return of_pair[inverse.reshape(-1)], titles, title_of


def _pairs(placed: Placed, rows: Flags) -> set[tuple[int, Any]]:
    """The different (code, value) of the rows."""
    return {(code, placed.values[code]) for code in np.unique(placed.codes[rows]).tolist()}


def _merged(values: list[Any]) -> Ints:
    """For each code a number that equal values share: " 12" and "12" are one order."""
    numbers: dict[Any, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)


def _positions(order: Ints) -> Ints:
    """1, 2, 3… for the lines of each order, in the order of the file."""
    sequence = np.argsort(order, kind="stable")
    sorted_ = order[sequence]
    starts = np.r_[True, sorted_[1:] != sorted_[:-1]] if len(order) else np.zeros(0, np.bool_)
    counted = np.arange(len(order)) - np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    positions = np.empty(len(order), np.int64)
    positions[sequence] = counted + 1
    return positions


__all__ = ["Problem", "check_orders"]
