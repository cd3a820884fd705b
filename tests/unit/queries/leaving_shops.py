"""Small shops made of who bought when and for how much, to ask who is leaving and what is at stake."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.queries.insight_scope import Narrowing, Scope, insight_scope

TODAY = date(2026, 11, 22)
Sale = tuple[int, int, int, str]
"""Customer, days ago (below 0: ahead), minor units (below 0: a return), channel."""


def sell(book: Book, customers: int, sales: Iterable[Sale], outside: Sequence[int] = ()) -> None:
    """Put customers 1 … n and their orders into an empty book."""
    with book.step("Fill") as step:
        for number in range(1, customers + 1):
            step.insert(
                Customer,
                id=number,
                name=f"Customer {number}",
                relation="not-a-customer" if number in outside else "active",
                created_at="2020-01-01 09:00:00",
            )
        columns = ("customer_id", "channel", "status", "placed_at", "total", "paid", "refunded")
        rows = [
            (customer, channel, "completed" if amount >= 0 else "returned",
             f"{TODAY - timedelta(days=ago)} 10:00:00", amount, max(amount, 0), max(-amount, 0))
            for customer, ago, amount, channel in sales
        ]  # fmt: skip
        if rows:
            step.insert_many(Order, columns, rows)


def regular_shop(dice: random.Random, customers: int = 160) -> list[Sale]:
    """Sales of a shop that a model can be fitted to: everybody at a pace of their own, until they leave."""
    sales: list[Sale] = []
    for customer in range(1, customers + 1):
        ago = float(dice.randint(30, 700))
        rate, leaves = dice.gammavariate(1.5, 0.025), dice.betavariate(1.0, 4.0)
        price = dice.randint(20, 300) * 100
        while ago >= 0:
            channel = dice.choice(("shop", "wechat"))
            sales.append((customer, int(ago), round(price * dice.uniform(0.5, 1.5)), channel))
            if dice.random() < leaves:
                break
            ago -= max(1.0, dice.expovariate(rate))
    return sales


def scope_of(
    book: Book, days: int = 180, until: int = 0, only: Narrowing | None = None, today: date = TODAY
) -> Scope:
    """The trade over so many days up to the evening of `until` days ago."""
    end = today.toordinal() + 1 - until
    return insight_scope(book, start=end - days, end=end, today=today, only=only or Narrowing())
