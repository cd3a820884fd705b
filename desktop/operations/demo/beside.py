"""What stands beside the sample shop's orders: parcels, points, leads, and visits to its pages."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from desktop.core.days import from_iso, iso
from desktop.operations.demo.sales import Sale
from desktop.operations.demo.stock import Stock

SHIPMENT_COLUMNS = (
    "number", "carrier", "order_id", "customer_id", "direction", "status", "shipped_at", "arrived_at", "cost",
    "ship_to", "staff_id",
)  # fmt: skip
POINTS_COLUMNS = ("customer_id", "order_id", "at", "points", "reason", "text", "staff_id")
LEAD_COLUMNS = (
    "number", "customer_id", "method", "status", "score", "cost", "wants", "found_at", "converted_at",
    "staff_id",
)  # fmt: skip
VISIT_COLUMNS = ("customer_id", "channel", "at", "path", "came_from", "seconds", "bounced")

_SENT_FROM = frozenset({"taobao", "jd", "douyin", "wechat", "phone"})
_REDEEMED_FROM = 300
"""Points that somebody gathers before spending them."""
_YUAN = 100
_LEAD_STATES = ("new", "contacted", "contacted", "qualified", "lost")


@dataclass
class Beside:
    """Makes the rows from the orders it is given."""

    stock: Stock
    seed: int
    today: date
    staff: list[int]
    addresses: dict[int, str]

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed + 5)
        self._latest = datetime(self.today.year, self.today.month, self.today.day, 9, 55)

    def shipments(self, sales: list[Sale]) -> Iterator[tuple[Any, ...]]:
        """A parcel for what was ordered from afar and has left the shop."""
        dice = self._dice
        for sale in sales:
            if sale.channel not in _SENT_FROM or sale.status not in ("shipped", "completed"):
                continue
            carrier, prefix = dice.choice(self.stock.words["carriers"])
            sent = from_iso(sale.placed_at) + timedelta(hours=dice.randrange(3, 20))
            arrived = sent + timedelta(hours=dice.randrange(26, 90))
            here = sale.status == "completed" and arrived < self._latest
            if sent < self._latest:
                yield (
                    f"{prefix}{dice.randrange(10**11, 10**12)}", carrier, sale.id, sale.customer, "out",
                    "arrived" if here else "underway", iso(sent), iso(arrived) if here else None,
                    dice.choice((600, 800, 1200, 1800)), self.addresses.get(sale.customer, ""),
                    dice.choice(self.staff),
                )  # fmt: skip

    def points(self, sales: list[Sale]) -> Iterator[tuple[Any, ...]]:
        """A point for each whole unit of money paid; spent on tea now and then."""
        held: dict[int, int] = defaultdict(int)
        for sale in sales:
            earned = sale.paid // _YUAN
            if sale.status != "completed" or earned <= 0:
                continue
            held[sale.customer] += earned
            clerk = self._dice.choice(self.staff)
            yield (sale.customer, sale.id, sale.placed_at, earned, "earned", "", clerk)
            if held[sale.customer] >= _REDEEMED_FROM and self._dice.random() < 0.2:
                at = iso(min(self._latest, from_iso(sale.placed_at) + timedelta(minutes=5)))
                spent, text = _REDEEMED_FROM, self.stock.words["reward"]
                held[sale.customer] -= spent
                yield (sale.customer, sale.id, at, -spent, "redeemed", text, clerk)

    def leads(
        self, prospects: list[tuple[int, str]], sales: list[Sale], sources: dict[int, str]
    ) -> Iterator[tuple[Any, ...]]:
        """A lead for each of those who have only asked, and for one in four of those who bought then.

        `sources` are the finding methods of customers by id.
        """
        dice, words = self._dice, self.stock.words
        found: list[tuple[int, str, str, str, str | None]] = [
            (customer, dice.choice(words["sources"]), dice.choice(_LEAD_STATES), created, None)
            for customer, created in prospects
        ]
        first = {sale.customer: sale for sale in reversed(sales)}
        for customer, sale in first.items():
            if customer % 4 == 0 and customer in sources:
                asked = from_iso(sale.placed_at) - timedelta(days=dice.choice((1, 2, 3, 5, 8, 13, 21)))
                found.append((customer, sources[customer], "converted", iso(asked), sale.placed_at))
        found.sort(key=lambda one: (one[3], one[0]))
        for at, (customer, method, status, begun, converted) in enumerate(found, 1):
            # What was paid for is known of the ways that are paid for.
            paid = method in words["sources"][3:6]
            yield (
                f"L-{at:04d}", customer, method, status, dice.randrange(4, 20) * 5,
                dice.randrange(3, 40) * 100 if paid else None, dice.choice(words["likes"]), begun, converted,
                dice.choice(self.staff),
            )  # fmt: skip

    def visits(self, sales: list[Sale]) -> Iterator[tuple[Any, ...]]:
        """Pages looked at before one in twelve of the orders of Taobao."""
        dice = self._dice
        for sale in sales:
            if sale.channel == "taobao" and dice.random() < 0.08:
                good = dice.choice(self.stock.goods)
                at = iso(from_iso(sale.placed_at) - timedelta(minutes=dice.randrange(2, 50)))
                yield (sale.customer, "taobao", at, f"/item/{good.code}", "", dice.randrange(4, 240), 0)
