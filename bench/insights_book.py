"""A book of ten orders for each customer, with lines, ratings, leads and complaints, for the insights."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.books import DAY, sample_book
from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.leads import Lead
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.service import Rating
from desktop.models.shop import Staff

Ints = NDArray[np.int64]
ORDERS_EACH = 10
_PRODUCTS = 300
_YEARS = 3
_LIFETIME = 500
"""Days that customers stay on average, while their purchases come by chance."""
_CHANNELS = ("shop", "wechat", "taobao", "site", "phone", "jd", "douyin")
_SHARES = (0.34, 0.26, 0.16, 0.1, 0.05, 0.05, 0.04)
_STATUSES = ("completed", "paid", "shipped", "cancelled", "returned", "unpaid")
_STATUS_SHARES = (0.95, 0.01, 0.005, 0.015, 0.015, 0.005)
_REASONS = ("", "", "Taste\nPacking", "Delivery", "Price", "Service\nDelivery", "Packing")
_METHODS = ("referral", "advertising", "exhibition", "visiting", "")
_SUBJECTS = ("quality", "delivery", "service", "attitude")
_ORDER = ("id", "number", "channel", "customer_id", "status", "placed_at", "total", "paid", "refunded",
          "staff_id")  # fmt: skip
_LINE = ("order_id", "position", "product_id", "title", "quantity", "unit_price", "amount")
_RATING = ("customer_id", "order_id", "channel", "asked_at", "rated_at", "ended_at", "expected", "perceived",
           "effort", "recommend", "reasons", "staff_id")  # fmt: skip
_LEAD = ("customer_id", "method", "status", "cost", "found_at", "converted_at")
_COMPLAINT = ("number", "customer_id", "order_id", "channel", "received_at", "title", "subject", "status",
              "replied_at", "settled_at", "closed_at")  # fmt: skip


def insights_book(folder: Path, customers: int) -> Path:
    """A closed book of so many customers and ten times the orders, made if it is not there."""
    plain = sample_book(folder, customers)
    path = plain.with_name(plain.name.replace("sample-", "insights-"))
    if not path.is_file():
        unfinished = path.with_suffix(".making")
        shutil.copyfile(plain, unfinished)
        with Book.open(unfinished) as book:
            fill(book, orders=ORDERS_EACH * customers)
            book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        unfinished.rename(path)
    return path


def fill(book: Book, orders: int) -> None:
    """Orders by chance until there are so many, an answer to a tenth of them, and what else is counted."""
    made = _Made(book, orders)
    with book.step("orders") as step:
        step.insert_many(
            Product,
            ("code", "name", "price"),
            ((f"B{number:03}", f"Tea {number}", 10_000 * (10 + number % 90)) for number in range(_PRODUCTS)),
        )
        made.products = np.array([row for (row,) in book.rows("SELECT id FROM product ORDER BY id")])
        if not made.staff.size:
            made.staff = np.array([step.insert(Staff, name=name) for name in ("小周", "小吴", "Anna")])
        step.insert_many(Order, _ORDER, made.orders())
        step.insert_many(OrderLine, _LINE, made.lines())
        step.insert_many(Rating, _RATING, made.ratings())
        step.insert_many(Lead, _LEAD, made.leads())
        step.insert_many(Complaint, _COMPLAINT, made.complaints())


class _Made:
    """The rows as they come by."""

    def __init__(self, book: Book, orders: int) -> None:
        self._dice = np.random.default_rng(6)
        self._first = int(book.value("SELECT coalesce(max(id), 0) FROM orders")) + 1
        count = max(0, orders - int(book.value("SELECT count(*) FROM orders")))
        self._customers = np.array([row for (row,) in book.rows("SELECT id FROM customer")])
        self.staff = np.array([row for (row,) in book.rows("SELECT id FROM staff")])
        self.products: Ints = np.zeros(0, np.int64)
        self._owner, self._day = self._bought(count)
        self._net = (self._dice.gamma(2.0, 6_000, count).astype(np.int64) // 10 + 1) * 10
        self._channel = self._dice.choice(len(_CHANNELS), count, p=_SHARES)
        self._texts = [
            (date.fromordinal(int(self._day.min())) + timedelta(days=at)).isoformat()
            for at in range(int(np.ptp(self._day)) + 1)
        ]

    def _bought(self, count: int) -> tuple[Ints, Ints]:
        """Who bought and when, by day: each at a rate of their own until they stay away; some unknown."""
        dice, people = self._dice, self._customers.size
        today = DAY.toordinal()
        first = today - dice.integers(0, _YEARS * 365, people)
        seen = np.minimum(dice.exponential(_LIFETIME, people).astype(np.int64), today - first) + 1
        weight = dice.gamma(0.7, 1.0, people) * seen
        who = dice.choice(people, count, p=weight / weight.sum())
        day = first[who] + (dice.random(count) * seen[who]).astype(np.int64)
        owner = np.where(dice.random(count) < 0.04, 0, self._customers[who])
        order = np.argsort(day, kind="stable")
        return owner[order], np.minimum(day[order], today)

    def _at(self, place: int, hour: int) -> str:
        text = self._texts[int(self._day[place] - self._day[0])]
        return f"{text} {hour:02}:{place % 60:02}:00"

    def orders(self) -> Iterator[tuple[Any, ...]]:
        """Every order's row."""
        status = self._dice.choice(len(_STATUSES), self._day.size, p=_STATUS_SHARES).tolist()
        staff = self._dice.choice(self.staff, self._day.size).tolist()
        rows = zip(
            self._owner.tolist(), self._net.tolist(), self._channel.tolist(), status, staff, strict=True
        )
        for place, (owner, net, channel, state, clerk) in enumerate(rows):
            paid = 0 if _STATUSES[state] in ("unpaid", "cancelled", "returned") else net
            back = net if _STATUSES[state] == "returned" else 0
            yield (
                self._first + place, f"B{place:07}", _CHANNELS[channel], owner or None, _STATUSES[state],
                self._at(place, 10 + place % 11), net, paid, back, clerk,
            )  # fmt: skip

    def lines(self) -> Iterator[tuple[Any, ...]]:
        """One line an order, often two and more; what stands side by side is bought together more often."""
        dice, size = self._dice, self._day.size
        many = 1 + dice.poisson(0.8, size)
        order = np.repeat(np.arange(size), many)
        popular = 1 / (np.arange(self.products.size) + 5)
        product = dice.choice(self.products.size, order.size, p=popular / popular.sum())
        again = np.flatnonzero((order[1:] == order[:-1]) & (dice.random(order.size - 1) < 0.2)) + 1
        product[again] = (product[again - 1] + 1) % self.products.size
        amount = self._net[order] // many[order]
        quantity = dice.integers(1, 4, order.size)
        rows = zip(order.tolist(), self.products[product].tolist(), quantity.tolist(), amount.tolist(),
                   strict=True)  # fmt: skip
        for place, (at, what, times, money) in enumerate(rows):
            yield self._first + at, place % 4, what, "", times, 100 * money // times, money

    def ratings(self) -> Iterator[tuple[Any, ...]]:
        """An asking after every eighth order, of which four in five are answered."""
        dice = self._dice
        for place in range(0, self._day.size, 8):
            at, answered = self._at(place, 21), dice.random() < 0.8
            got, wished = (int(one) for one in dice.choice(5, 2, p=(0.03, 0.05, 0.14, 0.38, 0.4)) + 1)
            yield (
                int(self._owner[place]) or None, self._first + place, "", at, at if answered else None, at,
                wished, *((got, min(7, got + 2), min(10, 2 * got)) if answered else (None, None, None)),
                _REASONS[place % len(_REASONS)] if answered else "", int(self.staff[place % self.staff.size]),
            )  # fmt: skip

    def leads(self) -> Iterator[tuple[Any, ...]]:
        """A way of finding for every fifth customer."""
        for place in range(0, min(self._customers.size, self._day.size), 5):
            at, won = self._at(place, 9), place % 3 == 0
            status = "converted" if won else ("new", "contacted", "lost")[place % 3]
            yield (
                int(self._customers[place]), _METHODS[place % len(_METHODS)], status, 500 * (place % 7), at,
                at.replace("09:", "18:") if won else None,
            )  # fmt: skip

    def complaints(self) -> Iterator[tuple[Any, ...]]:
        """A complaint about every hundredth order, replied to and closed."""
        for place in range(50, self._day.size, 100):
            at = self._at(place, 15)
            yield (
                f"C-B-{place:07}", int(self._owner[place]) or None, self._first + place,
                _CHANNELS[self._channel[place]], at, "Dented tin", _SUBJECTS[place % len(_SUBJECTS)],
                "closed", self._at(place, 16), self._at(place, 18), self._at(place, 19),
            )  # fmt: skip
