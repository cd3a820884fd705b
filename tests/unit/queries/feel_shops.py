"""A random shop with orders, ratings, complaints and leads through several channels, and some odd rows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.customers import Customer
from desktop.models.leads import Lead
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.service import Rating
from desktop.models.shop import Staff

FIRST = datetime(2026, 1, 1)
DAYS = 200
TODAY = date(2026, 7, 10)
CHANNELS = ("", "shop", "wechat", "taobao")
METHODS = ("", "referral", "Referral ", "advertising", "fair")
REASONS = ("", "", "Slow delivery", "Slow delivery\nPoor quality", "Friendly、Good quality", "Smells odd")
WORDS = ("", "", "Never again", "  ", "很好")


@contextmanager
def shop_of(seed: int) -> Iterator[Book]:
    """A book with a random shop."""
    with TemporaryDirectory() as folder:
        book = Book.create(Path(folder) / "shop.shuke")
        try:
            fill(book, random.Random(seed))
            yield book
        finally:
            book.close()


def moment(dice: random.Random, days: int = DAYS) -> str:
    """A minute of the year."""
    return text(FIRST + timedelta(minutes=dice.randrange(days * 1440)))


def text(at: datetime) -> str:
    """As the book keeps it."""
    return at.isoformat(" ", "seconds")


def fill(book: Book, dice: random.Random) -> None:
    """Put a random shop into an empty book."""
    customers = dice.choice([1, 6, 12])
    with book.step("Fill") as step:
        for number in range(1, customers + 1):
            source = dice.choice(METHODS)
            step.insert(
                Customer, id=number * 3, name=f"C{number}", created_at="2026-01-01 09:00:00", source=source
            )
        for number in range(1, 5):
            step.insert(Product, id=number, name=f"Product {number}")
        for number in range(1, 4):
            step.insert(Staff, id=number, name=f"Clerk {number}")
        who = [None, *(3 * number for number in range(1, customers + 1))]
        orders = [add_order(step, dice, who) for _ in range(dice.choice([0, 1, 60, 60]))]
        for _ in range(dice.choice([0, 1, 50, 50])):
            add_rating(step, dice, who, orders)
        for number in range(dice.choice([0, 1, 30])):
            add_complaint(step, dice, number, who, orders)
        for _ in range(dice.choice([0, 1, 20])):
            add_lead(step, dice, who[1:])


def add_order(step: Any, dice: random.Random, who: list[int | None]) -> int:
    """One order with its lines."""
    status = dice.choice(["completed"] * 6 + ["paid", "unpaid", "cancelled", "returned"])
    paid = dice.choice([0, 500, 12_000, 3_000])
    row = step.insert(
        Order, number="", channel=dice.choice(CHANNELS), customer=dice.choice(who), status=status,
        placed_at=moment(dice), total=paid, paid=paid, refunded=dice.choice([0, 0, 0, paid, paid // 2]),
        staff=dice.choice([None, 1, 2, 3]),
    )  # fmt: skip
    for _ in range(dice.choice([0, 1, 2, 3])):
        step.insert(OrderLine, order=row, product=dice.choice([None, 1, 2, 3, 4]), title="T", amount=100)
    return int(row)


def add_rating(step: Any, dice: random.Random, who: list[int | None], orders: list[int]) -> None:
    """One rating: asked for or not, answered or not, in whole or in part."""
    rated = moment(dice) if dice.random() < 0.8 else None

    def said(low: int, high: int) -> int | None:
        return dice.randint(low, high) if rated and dice.random() < 0.8 else None

    step.insert(
        Rating, customer=dice.choice(who), order=dice.choice([None, *orders[:20]]),
        channel=dice.choice(CHANNELS), asked_at=dice.choice([None, moment(dice)]), rated_at=rated,
        ended_at=moment(dice), expected=said(1, 5) if rated else dice.choice([None, 4]),
        perceived=said(1, 5), effort=said(1, 7), recommend=said(0, 10),
        reasons=dice.choice(REASONS) if rated else "", text=dice.choice(WORDS),
        staff=dice.choice([None, 1, 2, 3]), skipped_at=None if rated else dice.choice([None, moment(dice)]),
    )  # fmt: skip


def add_complaint(
    step: Any, dice: random.Random, number: int, who: list[int | None], orders: list[int]
) -> None:
    """One complaint, replied to or not."""
    at = FIRST + timedelta(minutes=dice.randrange(DAYS * 1440))
    replied = text(at + timedelta(minutes=dice.randrange(3000))) if dice.random() < 0.7 else None
    step.insert(
        Complaint, number=f"C-{number}", customer=dice.choice(who), order=dice.choice([None, *orders]),
        product=dice.choice([None, 1, 2]), channel=dice.choice(CHANNELS), received_at=text(at),
        replied_at=replied, status="acknowledged" if replied else "received", subject="quality",
        nature="valid", severity="medium", title="T",
    )  # fmt: skip


def add_lead(step: Any, dice: random.Random, who: list[int | None]) -> None:
    """One lead that became a customer, or not yet."""
    at = FIRST + timedelta(minutes=dice.randrange(DAYS * 1440))
    won = dice.random() < 0.5
    step.insert(
        Lead, customer=dice.choice(who), method=dice.choice(METHODS),
        status="converted" if won else dice.choice(["new", "contacted", "lost"]),
        cost=dice.choice([None, 0, 500, 2500]), found_at=text(at),
        converted_at=text(at + timedelta(days=dice.randrange(60))) if won and dice.random() < 0.8 else None,
    )  # fmt: skip
