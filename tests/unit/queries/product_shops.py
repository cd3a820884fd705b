"""A random shop with orders of products, ratings and complaints about them, and a slow reading of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.service import Rating

TODAY = date(2026, 11, 22)
PRODUCTS = 5
CHANNELS = ("shop", "wechat", "")


def fill(book: Book, dice: random.Random, customers: int = 12, orders: int = 70) -> None:
    """Put a random shop into an empty book."""
    with book.step("Fill") as step:
        for number in range(1, PRODUCTS + 1):
            step.insert(Product, id=number, code=f"P{number}", name=f"Product {number}", category="茶")
        for number in range(1, customers + 1):
            step.insert(Customer, id=number, name=f"C{number}", created_at="2025-01-01 09:00:00")
        for _ in range(orders):
            moment = f"{TODAY - timedelta(days=dice.randint(-3, 400))} 10:00:00"
            customer = dice.choice([None, *range(1, customers + 1)])
            paid = dice.randint(0, 5) * 1000
            order = step.insert(
                Order, customer_id=customer, channel=dice.choice(CHANNELS), placed_at=moment, total=paid,
                paid=paid, refunded=dice.choice([0, 0, 0, paid]),
                status=dice.choice(["completed", "completed", "completed", "returned", "unpaid"]),
            )  # fmt: skip
            for _ in range(dice.choice([0, 1, 2, 2, 3])):
                product, amount = dice.choice([None, *range(1, PRODUCTS + 1)]), dice.randint(-2, 9) * 100
                quantity = dice.choice([1, 2, 0.5])
                step.insert(OrderLine, order_id=order, product_id=product, amount=amount, quantity=quantity)
            if dice.random() < 0.4:
                step.insert(
                    Rating, customer_id=customer, order_id=order, ended_at=moment,
                    rated_at=dice.choice([None, moment]), perceived=dice.choice([None, 1, 3, 5]),
                )  # fmt: skip
            if dice.random() < 0.3:
                step.insert(
                    Complaint, number=f"{order}", title="x", received_at=moment, customer_id=customer,
                    order_id=dice.choice([None, order, order]),
                    product_id=dice.choice([None, *range(1, PRODUCTS + 1)]),
                )  # fmt: skip


@dataclass
class Bought:
    """One order, as plain values."""

    id: int
    customer: int | None
    day: int
    purchase: bool
    lines: list[tuple[int, float, int]] = field(default_factory=list)
    """(product, quantity, amount)."""
    stars: list[tuple[int, int]] = field(default_factory=list)
    """(day, perceived)."""
    blamed: list[int] = field(default_factory=list)

    @property
    def products(self) -> set[int]:
        """The products of its lines."""
        return {product for product, _, _ in self.lines}


def bought(book: Book, channel: str | None = None) -> list[Bought]:
    """The orders of a book, through one channel or all."""
    found = {
        row[0]: Bought(row[0], row[1], date.fromisoformat(row[2][:10]).toordinal(), bool(row[3]))
        for row in book.rows("SELECT id, customer_id, placed_at, purchase, channel FROM orders ORDER BY id")
        if channel is None or row[4] == channel
    }
    for order, *line in book.rows("SELECT order_id, product_id, quantity, amount FROM order_line"):
        if line[0] is not None and order in found:
            found[order].lines.append((line[0], line[1], line[2]))
    rated = "SELECT order_id, ended_at, perceived FROM rating WHERE rated_at IS NOT NULL"
    for order, when, perceived in book.rows(rated):
        if perceived is not None and order in found:
            found[order].stars.append((date.fromisoformat(when[:10]).toordinal(), perceived))
    for order, product in book.rows("SELECT order_id, product_id FROM complaint"):
        if order in found and product is not None:
            found[order].blamed.append(product)
    return list(found.values())
