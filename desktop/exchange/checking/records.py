"""What an import is about to write, once every cell is read: people, orders, entries; and what stays out."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.exchange.checking.entries import Entries
from desktop.exchange.values.reader import Point


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that stays out: its number as in the file, the column and value at fault, and the reason."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(slots=True)
class Person:
    """Somebody the file speaks of: what they are recognised by, and what it says of them."""

    name: str
    points: tuple[Point, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    """Columns of the customer table; those that say nothing are missing."""
    address: str = ""
    tags: tuple[str, ...] = ()
    custom: dict[str, str] = field(default_factory=dict)
    row: int = 0
    """The row of the file that names them first."""


SAID_STATUS, SAID_TOTAL, SAID_PAID, SAID_REFUNDED = 1, 2, 4, 8


@dataclass(slots=True)
class Orders:
    """Orders as columns of one length; `person` is a place in `Records.people` or -1."""

    number: Sequence[str] = field(default_factory=list)
    channel: Sequence[str] = field(default_factory=list)
    person: MutableSequence[int] = field(default_factory=list)
    status: Sequence[str] = field(default_factory=list)
    placed_at: Sequence[str] = field(default_factory=list)
    paid_at: Sequence[str | None] = field(default_factory=list)
    ended_at: Sequence[str | None] = field(default_factory=list)
    total: MutableSequence[int] = field(default_factory=list)
    paid: MutableSequence[int] = field(default_factory=list)
    refunded: MutableSequence[int] = field(default_factory=list)
    ship_to: Sequence[str] = field(default_factory=list)
    staff: Sequence[str] = field(default_factory=list)
    note: Sequence[str] = field(default_factory=list)
    said: bytes = b""
    """For each order which of state and money the file itself says (SAID_…); the rest follows from it."""

    def __len__(self) -> int:
        return len(self.number)


@dataclass(slots=True)
class Lines:
    """Order lines as columns; `order` is a place in Orders, `product` one in `Records.products` or -1."""

    order: Any
    position: Any
    product: Any
    title: Any
    """Places in `titles`."""
    quantity: Any
    unit_price: Any
    amount: Any
    titles: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.order)


@dataclass(slots=True)
class Records:
    """Everything good in a file."""

    people: list[Person] = field(default_factory=list)
    orders: Orders = field(default_factory=Orders)
    lines: Lines | None = None
    entries: Entries = field(default_factory=Entries)
    products: list[tuple[str, str]] = field(default_factory=list)
    """(code or "", name)."""
    rows: int = 0
    """Rows of the file that hold something, good and bad."""
    good_rows: int = 0
    problems: list[Problem] = field(default_factory=list)
