"""A random shop with something of everything that a filter can ask about, and a slow reading of it."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from desktop.models.book import Book
from desktop.models.complaints import Complaint, Promise
from desktop.models.customers import ContactPoint, Customer, CustomerTag, Tag
from desktop.models.membership import PointsEntry
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.privacy import PrivacyRequest
from desktop.models.service import Interaction, Rating, ServiceCase
from desktop.models.shop import CustomField, ImportRun

TODAY = date(2026, 11, 22)
NAMES = ("王丽华", "李强", "Emma Stone", "ＥＭＭＡ", "张 三", "", "单雄信", "O'Brien")
REGIONS = ("", "杭州 西湖", "上海", "Hangzhou")
WORDS = ("", "绿茶", "Green tea\nno sugar", "不吃辣", "cat\x1etea")
CHANNELS = ("shop", "taobao", "wechat")
OWN = {
    "Shoe size": "number",
    "Member since": "date",
    "Skin": "choice",
    "Newsletter": "yesno",
    "Quirk": "text",
}


def fill(book: Book, dice: random.Random, customers: int = 60) -> None:
    """Put a random shop into an empty book."""
    with book.step("Fill") as step:
        step.insert(ImportRun, id=1, at="2026-01-01 10:00:00", file_name="old.xlsx", target="customers")
        for number, name in enumerate(("VIP", "Tea", "Late"), start=1):
            step.insert(Tag, id=number, name=name)
        for number in range(1, 6):
            category = ("茶", "茶", "杯", "杯", "")[number - 1]
            step.insert(Product, id=number, code=f"P{number}", name=f"Product {number}", category=category)
        for position, (name, kind) in enumerate(OWN.items()):
            step.insert(CustomField, name=name, type=kind, options='["dry", "oily"]', position=position)
        for number in range(1, customers + 1):
            add_somebody(step, dice, number, [*range(1, number)])


def add_somebody(step: Any, dice: random.Random, number: int, others: list[int]) -> None:
    """One random customer with everything that hangs on them."""
    born = TODAY + timedelta(days=dice.randint(-40, 40)) - timedelta(days=365 * dice.randint(0, 60))
    birthday = dice.choice(["", f"{born}", f"{born}"[5:], "02-29", "1988-08-15", "12-30"])
    lunar = birthday in ("1988-08-15", "12-30") and dice.random() < 0.8
    own = {
        "Shoe size": dice.choice([36, 38.5, 41]), "Member since": dice.choice(["2025-11-22", "soon"]),
        "Skin": dice.choice(["dry", "oily"]), "Newsletter": dice.random() < 0.5,
        "Quirk": dice.choice(WORDS[1:]),
    }  # fmt: skip
    step.insert(
        Customer,
        id=number,
        name=dice.choice(NAMES),
        kind=dice.choice(["individual", "company"]),
        relation=dice.choice(["active", "prospect", "lost"]),
        gender=dice.choice(["", "female", "male"]),
        birthday=birthday,
        birthday_calendar="lunar" if lunar else "solar",
        birthday_leap=lunar and dice.random() < 0.3,
        region=dice.choice(REGIONS),
        source=dice.choice(["", "walk-in", "Douyin"]),
        referred_by=dice.choice(others) if others and dice.random() < 0.3 else None,
        likes=dice.choice(WORDS),
        notes=dice.choice(WORDS),
        custom=json.dumps({key: value for key, value in own.items() if dice.random() < 0.7}),
        created_at=f"{TODAY - timedelta(days=dice.randint(0, 100))} 09:00:00",
        checked_on=dice.choice([None, TODAY.toordinal() - dice.randint(0, 60)]),
        import_run=dice.choice([None, 1]),
    )
    for at in range(dice.choice([0, 1, 1, 2])):
        phone = f"138{number:06d}{at}7"
        step.insert(ContactPoint, customer_id=number, kind="phone", value=phone, norm=phone, main=at == 0)
    if dice.random() < 0.4:
        mail = f"Wang{number}@QQ.com"
        step.insert(ContactPoint, customer_id=number, kind="email", value=mail, norm=mail.lower())
    for (tag,) in step.execute("SELECT id FROM tag").fetchall():
        if dice.random() < 0.25:
            step.insert(CustomerTag, customer_id=number, tag_id=tag)
    for _ in range(dice.choice([0, 1, 1, 2, 4])):
        add_order(step, dice, number)
    for _ in range(dice.choice([0, 0, 1, 2])):
        add_service(step, dice, number)


def add_order(step: Any, dice: random.Random, customer: int | None) -> int:
    """One random order with lines."""
    paid = dice.randint(0, 9) * 1000
    order: int = step.insert(
        Order,
        customer_id=customer,
        channel=dice.choice(CHANNELS),
        status=dice.choice(["completed", "completed", "paid", "cancelled", "unpaid"]),
        placed_at=f"{TODAY - timedelta(days=dice.randint(0, 200))} 10:00:00",
        total=paid,
        paid=paid,
        refunded=dice.choice([0, 0, 0, paid, paid // 2]),
    )
    for _ in range(dice.choice([0, 1, 2])):
        step.insert(OrderLine, order_id=order, product_id=dice.choice([None, 1, 2, 3, 4, 5]))
    return order


def add_service(step: Any, dice: random.Random, customer: int) -> None:
    """A note, a rating, a complaint, a case, points and a consent, or some of them."""
    when = f"{TODAY - timedelta(days=dice.randint(0, 90))} 11:00:00"
    number = f"{dice.getrandbits(60):x}"
    chance = dice.random
    if chance() < 0.5:
        step.insert(Interaction, customer_id=customer, stage="pre-sale", happened_at=when)
    if chance() < 0.5:
        step.insert(Rating, customer_id=customer, ended_at=when, rated_at=when, perceived=dice.randint(1, 5))
    if chance() < 0.4:
        status = dice.choice(["received", "closed"])
        step.insert(
            Complaint, customer_id=customer, number=number, title="x", received_at=when, status=status
        )
    if chance() < 0.4:
        status = dice.choice(["open", "done"])
        step.insert(
            ServiceCase, customer_id=customer, number=number, kind="repair", opened_at=when, status=status
        )
    if chance() < 0.5:
        step.insert(PointsEntry, customer_id=customer, at=when, points=dice.randint(-5, 20))
    if chance() < 0.5:
        step.execute(
            "INSERT INTO consent (customer_id, purpose, given, at) VALUES (?, ?, ?, ?)",
            (customer, dice.choice(["contact", "photo", "promotion"]), dice.randint(0, 1), when),
        )
    if chance() < 0.2:
        step.insert(
            Promise,
            customer_id=customer,
            text="x",
            made_at=when,
            due_at=when,
            outcome=dice.choice(["", "kept"]),
        )
    if chance() < 0.2:
        step.insert(
            PrivacyRequest, customer_id=customer, kind=dice.choice(["object", "access"]), received_at=when
        )


@dataclass
class Person:
    """All the rows of one customer."""

    row: dict[str, Any]
    summary: dict[str, Any]
    held: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    bought: list[tuple[str, int, int | None, str]] = field(default_factory=list)
    """(channel, day, product, category) of every line of a purchase, and of every purchase."""
    brought: int = 0

    @property
    def custom(self) -> dict[str, Any]:
        """The shop's own fields."""
        found: dict[str, Any] = json.loads(self.row["custom"])
        return found


def _records(book: Book, table: str) -> list[dict[str, Any]]:
    names = [name for (name,) in book.rows("SELECT name FROM pragma_table_xinfo(?)", (table,))]
    listed = ", ".join(f'"{name}"' for name in names)
    return [dict(zip(names, row, strict=True)) for row in book.rows(f'SELECT {listed} FROM "{table}"')]


def people(book: Book) -> dict[int, Person]:
    """Everybody in a book, record by record."""
    summaries = {row["customer_id"]: row for row in _records(book, "customer_summary")}
    found = {row["id"]: Person(row, summaries[row["id"]]) for row in _records(book, "customer")}
    for table in ("contact_point", "customer_tag", "orders", "rating", "complaint", "interaction",
                  "service_case", "points_entry", "consent", "promise", "privacy_request"):  # fmt: skip
        for row in _records(book, table):
            if row["customer_id"] is not None:
                found[row["customer_id"]].held.setdefault(table, []).append(row)
    for person in found.values():
        if (giver := person.row["referred_by"]) is not None:
            found[giver].brought += 1
    products = {row["id"]: row["category"] for row in _records(book, "product")}
    orders = {row["id"]: row for row in _records(book, "orders")}
    for order in orders.values():
        if order["purchase"] and order["customer_id"] is not None:
            day = date.fromisoformat(order["placed_at"][:10]).toordinal()
            found[order["customer_id"]].bought.append((order["channel"], day, None, ""))
    for line in _records(book, "order_line"):
        order = orders[line["order_id"]]
        if order["purchase"] and order["customer_id"] is not None and line["product_id"]:
            day = date.fromisoformat(order["placed_at"][:10]).toordinal()
            product = line["product_id"]
            found[order["customer_id"]].bought.append(("", day, product, products[product]))
    return found


def new_shop(path: Path, seed: int) -> Book:
    """A book with a random shop in it."""
    book = Book.create(path)
    fill(book, random.Random(seed))
    return book
