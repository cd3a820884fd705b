"""A random shop whose complaints went every way there is, and some that no shop should have."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from desktop.core.settings import Value, to_text
from desktop.core.words import COMPLAINT_STATUSES, MOODS, NATURES, REMEDIES, SEVERITIES, SUBJECTS
from desktop.models.book import Book
from desktop.models.complaints import Complaint, ComplaintStep, Promise, Remedy
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.service import Rating
from desktop.models.shop import ImportRun, Setting, Staff

FIRST = datetime(2026, 1, 1)
NOW = datetime(2026, 7, 10, 15, 30)
CHANNELS = ("", "shop", "wechat", "taobao")
DETAILS = ("", "weight", "taste")
CUSTOMERS, PRODUCTS, STAFF = 6, 4, 3
HOURS: tuple[dict[str, Value], ...] = (
    {},
    {"shop.opening": {str(day): [["09:00", "12:00"], ["13:30", "18:00"]] for day in range(6)},
     "shop.holidays": ["2026-02-16", "2026-02-17", "2026-05-01"]},
    {"shop.opening": {"0": [["20:00", "02:00"]], "4": [["08:00", "24:00"]], "5": [["00:00", "07:15"]]},
     "shop.special_days": {"2026-03-02": [["10:00", "11:00"]], "2026-03-06": []}},
    {"shop.opening": {}},
)  # fmt: skip
"""Hours that shops keep: as they come, with lunch and holidays, at night and with days of their own, none."""


def fill(book: Book, dice: random.Random, complaints: int = 40) -> None:
    """Put a random shop into an empty book."""
    with book.step("Fill") as step:
        for key, value in dice.choice(HOURS).items():
            step.insert(Setting, key=key, value=to_text(key, value))
        step.insert(ImportRun, id=1, at="2026-01-01 10:00:00", file_name="old.xlsx", target="complaints")
        for number in range(1, CUSTOMERS + 1):
            step.insert(Customer, id=number, name=f"C{number}", created_at="2026-01-01 09:00:00")
        for number in range(1, PRODUCTS + 1):
            step.insert(Product, id=number, name=f"Product {number}")
        for number in range(1, STAFF + 1):
            step.insert(Staff, id=number, name=f"Clerk {number}")
        for _ in range(dice.choice([0, 5, 60, 60])):
            add_order(step, dice)
        for _ in range(dice.choice([0, 1, complaints, complaints, complaints])):
            add_complaint(step, dice)


def moment(dice: random.Random, days: int = 240) -> datetime:
    """A minute of the year, sometimes a day's first."""
    found = FIRST + timedelta(minutes=dice.randrange(days * 1440))
    return found.replace(hour=0, minute=0) if dice.random() < 0.1 else found


def text(at: datetime | None) -> str | None:
    """As the book keeps it."""
    return at.isoformat(" ", "seconds") if at else None


def one_of(step: Any, dice: random.Random, table: str) -> int | None:
    """A row that there is, or none."""
    return dice.choice([None, *(int(row) for (row,) in step.execute(f"SELECT id FROM {table}").fetchall())])


def add_order(step: Any, dice: random.Random) -> int:
    """One order with up to three lines."""
    row = step.insert(
        Order, channel=dice.choice(CHANNELS), customer_id=one_of(step, dice, "customer"),
        status=dice.choice(["completed", "completed", "cancelled"]), placed_at=text(moment(dice)), paid=100,
    )  # fmt: skip
    for _ in range(dice.randrange(4)):
        step.insert(OrderLine, order_id=row, product_id=one_of(step, dice, "product"))
    return int(row)


def add_complaint(step: Any, dice: random.Random) -> int:
    """One complaint with everything that hangs on it; its times may make no sense."""
    received = moment(dice)

    def later(chance: float, hours: int = 200) -> datetime | None:
        if dice.random() > chance:
            return None
        slip = dice.random()
        if slip < 0.04:
            return received - timedelta(hours=dice.randrange(1, 100))
        if slip < 0.06:
            return datetime(2350, 1, 1)
        found = received + timedelta(minutes=dice.randrange(hours * 60))
        return found.replace(hour=0, minute=0) if slip < 0.12 else found

    status = dice.choice([*COMPLAINT_STATUSES, "closed", "closed", "settled"])
    settled = later(0.9) if status in ("settled", "closed") else None
    closed = later(0.9, 400) if status in ("closed", "rejected") else None
    customer = one_of(step, dice, "customer")
    if closed and closed.year < 2300 and dice.random() < 0.5:
        # Back on the very day, the next, or about when the window ends.
        back = closed + timedelta(days=dice.choice([0, 0, 1, 89, 90, 91]))
        step.insert(
            Order, channel="shop", customer_id=customer, status="completed", placed_at=text(back), paid=1
        )
    last = step.execute("SELECT coalesce(max(id), 0) FROM complaint").fetchone()[0]
    row = int(
        step.insert(
            Complaint,
            number=f"C-{last + 1}",
            title="Dented tin",
            received_at=text(received),
            replied_at=text(later(0.7, 60)),
            reply_due_at=text(later(0.9, 40)),
            settled_at=text(settled),
            settle_due_at=text(later(0.9)),
            closed_at=text(closed),
            waiting_since=text(later(0.3)) if status not in ("settled", "closed", "rejected") else None,
            status=status,
            subject=dice.choice([*SUBJECTS][:3]),
            detail=dice.choice(DETAILS),
            severity=dice.choice([*SEVERITIES]),
            nature=dice.choice([*NATURES]),
            mood=dice.choice([*MOODS]),
            channel=dice.choice(CHANNELS),
            product_id=one_of(step, dice, "product"),
            staff_id=one_of(step, dice, "staff"),
            customer_id=customer,
            order_id=one_of(step, dice, "orders"),
            reopened=dice.choice([0, 0, 0, 1, 2]),
            import_run_id=dice.choice([None, one_of(step, dice, "import_run")]),
        )
    )
    for _ in range(dice.choice([0, 0, 1, 2, 5])):
        add_step(step, dice, row, received)
    for _ in range(dice.choice([0, 0, 1, 3])):
        add_promise(step, dice, row, received)
    for _ in range(dice.choice([0, 0, 1, 2])):
        step.insert(
            Remedy, complaint_id=row, kind=dice.choice([*REMEDIES]), cost=dice.randrange(5000),
            given_at=text(received), state=dice.choice(["offered", "given", "given", "declined"]),
        )  # fmt: skip
    for _ in range(dice.choice([0, 0, 1, 2])):
        add_rating(step, dice, row, received)
    return row


def add_step(step: Any, dice: random.Random, row: int, received: datetime) -> None:
    """Something that happened to a complaint, often a wait, not always after its receipt."""
    at = received + timedelta(minutes=dice.randrange(-300, 100 * 60))
    kind = dice.choice(["waiting", "waiting", "resumed", "resumed", "settled", "note"])
    step.insert(ComplaintStep, complaint_id=row, kind=kind, at=text(at))


def add_promise(step: Any, dice: random.Random, row: int | None, received: datetime) -> None:
    """A promise, kept or not."""
    step.insert(
        Promise, complaint_id=row, text="A new tin", made_at=text(received),
        due_at=text(received + timedelta(hours=dice.randrange(300))),
        outcome=dice.choice(["", "kept", "kept", "broken"]),
    )  # fmt: skip


def add_rating(step: Any, dice: random.Random, row: int, received: datetime) -> None:
    """A rating that was asked for, or not; answered, or not."""
    rated = received + timedelta(minutes=dice.randrange(300 * 60)) if dice.random() < 0.7 else None
    asked = received + timedelta(minutes=dice.randrange(250 * 60)) if dice.random() < 0.6 else None
    step.insert(
        Rating, complaint_id=row, rated_at=text(rated), asked_at=text(asked), ended_at=text(received),
        perceived=dice.choice([None, 1, 3, 4, 5]),
    )  # fmt: skip
