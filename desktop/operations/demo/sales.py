"""The sample shop's orders and their lines, in the order in which they were placed."""

import random
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from desktop.operations.demo.rhythm import Rhythm
from desktop.operations.demo.stock import Good, Stock, choice

COLUMNS = (
    "id", "number", "channel", "customer_id", "status", "placed_at", "paid_at", "ended_at", "total", "paid",
    "refunded", "ship_to", "staff_id", "note",
)  # fmt: skip
LINE_COLUMNS = ("order_id", "position", "product_id", "title", "quantity", "unit_price", "amount")

_PLATFORMS = {"taobao": 41_0000_0000_0000_000, "jd": 29_0000_0000, "douyin": 69_0000_0000_0000_000}
_LINES = choice((1, 2, 3, 4), (52, 30, 13, 5))
_TAKEN_ALONG = {
    "TG01": "CJ02", "TG02": "CJ02", "DH01": "CJ02", "GH01": "ML01", "PE01": "CJ01", "LJ01": "CJ05",
    "BC02": "CJ05", "HC01": "HC02", "LH01": "LH02",
}  # fmt: skip
"""What one in five takes along with a tea: people brew oolong in a gaiwan."""


@dataclass(frozen=True, slots=True)
class Sale:
    """What the service part of the sample needs to know of an order; ids are row ids."""

    id: int
    customer: int
    channel: str
    day: int
    placed_at: str
    ended_at: str | None
    status: str
    product: int
    number: str
    paid: int


@dataclass
class Sales:
    """Makes orders; `spent` (minor units) and `kept` fill while it runs.

    `keep` is the share of the orders that service, ratings and complaints are told about.
    """

    stock: Stock
    seed: int
    today: date
    rhythm: Rhythm
    keep: float
    staff: list[int]
    products: list[int]
    first_customer: int
    addresses: dict[int, str]
    channels: list[str]
    spent: "array[int]" = field(init=False)
    kept: list[Sale] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed + 1)
        self._along = random.Random(self.seed + 21)
        self._places = {good.code: at for at, good in enumerate(self.stock.goods)}
        self.spent = array("q", bytes(8 * len(self.rhythm.joined)))
        goods = self.stock.goods
        self._by_season = {
            season: choice(range(len(goods)), [_weight(good, season) for good in goods])
            for season in ("", "spring", "gift")
        }
        self._now: tuple[int, str, str] = (0, "", "")
        self._today_number = 0
        self._platform = dict(_PLATFORMS)

    def make(
        self, first_id: int, first: int, until: int
    ) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """The rows of the orders from `first` to before `until` of the plan, and those of their lines."""
        plan = self.rhythm
        orders: list[tuple[Any, ...]] = []
        lines: list[tuple[Any, ...]] = []
        for at, customer, day, second, gift in zip(
            range(first, until), plan.customer[first:until].tolist(), plan.day[first:until].tolist(),
            plan.second[first:until].tolist(), plan.gift[first:until].tolist(), strict=True,
        ):  # fmt: skip
            orders.append(self._order(first_id + at, customer, day, second, gift, lines))
        return orders, lines

    def _order(
        self, row: int, customer: int, day: int, second: int, gift: bool, lines: list[tuple[Any, ...]]
    ) -> tuple[Any, ...]:
        dice = self._dice
        iso, compact = self._date(day)
        channel = self._channel(customer)
        placed = f"{iso} {_clock(second)}"
        number = self._number(channel, compact)
        total, product = 0, 0
        for position, (at, quantity) in enumerate(self._basket(customer, iso, gift)):
            good = self.stock.goods[at]
            amount = round(good.price * quantity / 100)
            product = product or self.products[at]
            lines.append((row, position, self.products[at], good.name, quantity, good.price, amount))
            total += amount
        status, paid, refunded = self._outcome(day, total, channel)
        paid_at = f"{iso} {_clock(min(second + dice.randrange(20, 900), 86399))}" if paid else None
        ended = None
        if status in ("completed", "returned"):
            status, ended = self._end(status, channel, day, second)
        self.spent[customer] += paid - refunded
        person = self.first_customer + customer
        if dice.random() < self.keep:
            sale = Sale(row, person, channel, day, placed, ended, status, product, number, paid)
            self.kept.append(sale)
        words = self.stock.words
        note = words["gift_note"] if gift else words["coupon_note"] if dice.random() < 0.03 else ""
        ship_to = "" if channel == "shop" else self.addresses.get(person, "")
        return (
            row, number, channel, person, status, placed, paid_at, ended, total, paid, refunded, ship_to,
            dice.choice(self.staff), note,
        )  # fmt: skip

    def _end(self, status: str, channel: str, day: int, second: int) -> tuple[str, str | None]:
        """The order's status and when it ended: at the counter at once, else days later, never after now."""
        ended = day if channel == "shop" else day + self._dice.randrange(1, 5)
        if channel != "shop" and ended >= self.today.toordinal():
            if status == "completed":
                return "shipped", None
            ended, second = day, second + 240
        return status, f"{date.fromordinal(ended).isoformat()} {_clock(min(second + 180, 86399))}"

    def _date(self, day: int) -> tuple[str, str]:
        if self._now[0] != day:
            iso = date.fromordinal(day).isoformat()
            self._now = (day, iso, iso.replace("-", ""))
            self._today_number = 0
        return self._now[1], self._now[2]

    def _number(self, channel: str, compact: str) -> str:
        if channel in self._platform:
            self._platform[channel] += self._dice.randrange(7, 900)
            return str(self._platform[channel])
        self._today_number += 1
        return f"{compact}-{self._today_number:03d}"

    def _channel(self, customer: int) -> str:
        usual = self.channels[customer]
        if self._dice.random() < 0.86:
            return usual
        return "shop" if usual != "shop" else "wechat"

    def _basket(self, customer: int, iso: str, gift: bool) -> Iterator[tuple[int, int]]:
        """The goods (by place in the stock) and quantities of one order."""
        dice, goods = self._dice, self.stock.goods
        season = "gift" if gift else "spring" if iso[5:7] in ("04", "05") else ""
        # One in eight buys for an office or a big family.
        large = customer * 2_654_435_761 % 100 < 12
        taken: set[int] = set()
        for _ in range(_LINES.draw(dice)):
            liked = (customer * 7 + dice.randrange(3)) % len(goods) if dice.random() < 0.4 else -1
            at = (
                liked if liked >= 0 and goods[liked].price < 3_000_000 else self._by_season[season].draw(dice)
            )
            if at not in taken:
                taken.add(at)
                most = 2 if goods[at].price > 3_000_000 else 3
                yield at, dice.randrange(1, most + 1) if large else 1 + (dice.random() < 0.22)
        for at in tuple(taken):
            other = self._places.get(_TAKEN_ALONG.get(goods[at].code, ""), at)
            if other not in taken and self._along.random() < 0.2:
                taken.add(other)
                yield other, 1

    def _outcome(self, day: int, total: int, channel: str) -> tuple[str, int, int]:
        """(status, paid, refunded) of an order by its age and by chance."""
        dice, age = self._dice, self.today.toordinal() - day
        fate = dice.random()
        if fate < 0.015:
            return ("cancelled", 0, 0) if fate < 0.008 else ("cancelled", total, total)
        if fate < 0.027:
            return "returned", total, total
        if fate < (0.06 if age < 3 else 0.032) and channel != "shop":
            return "unpaid", 0, 0
        if fate < 0.075 and age > 2:
            return "completed", total, round(total * dice.choice((0.1, 0.2, 0.3, 0.5)))
        if channel == "shop" or age > 5:
            return "completed", total, 0
        return ("paid" if age < 1 else "shipped"), total, 0


def _weight(good: Good, season: str) -> float:
    if good.season and good.season == season:
        return good.weight * 8
    return good.weight * (0.4 if good.season == "gift" else 1)


def _clock(second: int) -> str:
    return str(timedelta(seconds=second)).zfill(8)
