"""The sample shop's customers: made-up names, ways to reach them, and what the shop knows of them."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.core.pinyin import name_readings
from desktop.core.text import fold
from desktop.operations.demo.stock import Stock, choice

COLUMNS = (
    "id", "name", "kind", "relation", "gender", "birthday", "birthday_calendar", "region", "source",
    "referred_by", "likes", "dislikes", "expectations", "family", "notes", "created_at", "checked_on",
)  # fmt: skip
POINT_COLUMNS = ("customer_id", "kind", "channel", "value", "norm", "main")
TAG_COLUMNS = ("customer_id", "tag_id")

_MOBILE = (130, 131, 132, 133, 135, 136, 137, 138, 139, 150, 151, 152, 158, 159, 177, 186, 188, 189, 191, 199)
_STRIDE = 12_345_679
"""Scatters running numbers over a range without meeting one twice: it has no factor of 2 or 5."""

CHINESE_CHANNELS = choice(("shop", "wechat", "taobao", "phone", "jd", "douyin"), (30, 30, 22, 7, 6, 5))
FOREIGN_CHANNELS = choice(("site", "shop", "wechat"), (60, 25, 15))
_SCREENED = {"taobao": "tb", "jd": "jd_", "douyin": "dy"}


@dataclass(frozen=True, slots=True)
class Person:
    """A customer's rows, and what later parts of the sample need to know of them."""

    id: int
    name: str
    channel: str
    address: str
    customer: tuple[Any, ...]
    points: tuple[tuple[Any, ...], ...]


class People:
    """Makes customers one by one; the same seed makes the same ones."""

    def __init__(self, stock: Stock, seed: int, count: int, today: date) -> None:
        self._stock = stock
        self._today = today.toordinal()
        self._dice = random.Random(seed)
        self._brought = random.Random(seed + 31)
        # Blocks of zeros for a shop of any usual size, so that no number here can be anybody's.
        self._zeros = "0000" if count <= len(_MOBILE) * 10_000 else "00"
        self._abroad: dict[str, int] = {}

    def make(self, joined: Iterable[str], bought: list[int], first_id: int) -> Iterator[Person]:
        """One customer for each moment of joining; `bought` says how many occasions each will have."""
        for at, (created, occasions) in enumerate(zip(joined, bought, strict=True)):
            yield self._person(first_id + at, at, created, occasions)

    def _person(self, row: int, at: int, created: str, occasions: int) -> Person:
        dice = self._dice
        if dice.random() < 0.8:
            name, gender, region, address, channel = self._chinese()
            phone: str | None = self._mobile(at)
        else:
            name, gender, region, address, channel, phone = self._foreign()
        kind = "individual"
        company = dice.random() < 0.03
        if company:
            kind = "distributor" if dice.random() < 0.25 else "company"
            pattern = dice.choice(self._stock.words["companies"])
            name, gender = (
                pattern.format(s=name[:1] if not name.isascii() else name.split()[-1], c=region),
                "",
            )
        customer = (
            row, name, kind, "active" if occasions else dice.choice(("prospect", "prospect", "target")),
            gender,
            *self._birthday(company), region, self._source(occasions),
            row - dice.randrange(1, min(at, 400) + 1) if at and dice.random() < 0.12 else None,
            *self._known(occasions), created,
            self._today - dice.randrange(3, 420) if occasions > 3 and dice.random() < 0.6 else None,
        )  # fmt: skip
        points = tuple(self._points(row, at, name, channel, phone, address))
        return Person(row, name, channel, address, customer, points)

    def _chinese(self) -> tuple[str, str, str, str, str]:
        dice, stock = self._dice, self._stock
        gender = "female" if dice.random() < 0.56 else "male"
        name = stock.surnames.draw(dice) + dice.choice(stock.people["chinese"][gender].split())
        city = stock.cities.draw(dice)
        streets = stock.people["streets"]
        address = (
            f"{city['name']}市{dice.choice(city['districts'])}"
            f"{dice.choice(streets['names'])}{dice.randrange(1, 400)}号{dice.choice(streets['estates'])}"
            f"{dice.randrange(1, 30)}幢{dice.randrange(1, 19)}0{dice.randrange(1, 5)}"
        )
        region = city["name"] if stock.chinese else city["english"]
        return name, gender, region, address, CHINESE_CHANNELS.draw(dice)

    def _foreign(self) -> tuple[str, str, str, str, str, str | None]:
        dice, stock = self._dice, self._stock
        land = stock.abroad.draw(dice)
        gender = "female" if dice.random() < 0.5 else "male"
        name = f"{dice.choice(land[gender])} {dice.choice(land['last'])}"
        country = land["chinese"] if stock.chinese else land["country"]
        street = f"{dice.randrange(1, 180)} {dice.choice(land['streets'])}"
        address = f"{street}, {dice.choice(land['cities'])}, {land['country']}"
        number = land["first"] + self._abroad.get(land["phone"], 0)
        self._abroad[land["phone"]] = number - land["first"] + 1
        digits = f"{number:0{land['digits']}d}"
        phone = land["phone"] + digits if len(digits) == land["digits"] else None
        return name, gender, country, address, FOREIGN_CHANNELS.draw(dice), phone

    def _mobile(self, at: int) -> str:
        block = 10 ** (8 - len(self._zeros))
        prefix, tail = divmod(at * _STRIDE % (len(_MOBILE) * block), block)
        return f"{_MOBILE[prefix]}{self._zeros}{tail:0{8 - len(self._zeros)}d}"

    def _birthday(self, company: bool) -> tuple[str, str]:
        dice = self._dice
        if company or dice.random() > 0.45:
            return "", "solar"
        day = f"{dice.randrange(1, 13):02d}-{dice.randrange(1, 29):02d}"
        if dice.random() < 0.6:
            day = f"{dice.randrange(1952, 2006)}-{day}"
        return day, "lunar" if dice.random() < 0.15 else "solar"

    def _source(self, occasions: int) -> str:
        """How they found the shop; whom a friend brought comes back more often, for the insights to see."""
        found: str = self._dice.choice(self._stock.words["sources"])
        friend: str = self._stock.words["sources"][0]
        return friend if occasions > 1 and self._brought.random() < 0.25 else found

    def _known(self, occasions: int) -> tuple[str, str, str, str, str]:
        """Likes, dislikes, expectations, family, notes: the more often someone came, the more is known."""
        dice, words = self._dice, self._stock.words
        closeness = min(occasions, 12) / 12
        between = "、" if self._stock.chinese else ", "

        def some(key: str, chance: float) -> str:
            return dice.choice(words[key]) if dice.random() < chance else ""

        likes = (
            between.join(dice.sample(words["likes"], dice.randrange(1, 3)))
            if dice.random() < closeness
            else ""
        )
        return (
            likes,
            some("dislikes", 0.12 * closeness),
            some("expectations", 0.5 * closeness),
            some("family", 0.25 * closeness),
            some("notes", 0.3 * closeness),
        )

    def _points(
        self, row: int, at: int, name: str, channel: str, phone: str | None, address: str
    ) -> Iterator[tuple[Any, ...]]:
        dice = self._dice
        if phone:
            yield row, "phone", "", phone, phone, 1
        readings = name_readings(name)
        word = (readings.given or readings.full or ("tea",))[0][:12]
        if dice.random() < (0.9 if channel == "wechat" else 0.35):
            # A running number keeps ids apart in a shop of any size; small shops hardly show it.
            value = f"{word}-{dice.choice(('tea', 'cha', 'home', 'w', 'life'))}{at + 1}"
            yield row, "wechat", "", value, fold(value), 1
        if channel in _SCREENED:
            value = f"{_SCREENED[channel]}{word}{at + 1:03d}"
            yield row, "account", channel, value, fold(value), 1
        if channel == "site" or dice.random() < 0.05:
            value = f"{word}{at + 1}@example.com"
            yield row, "email", "", value, value, 1
        if dice.random() < (0.35 if channel == "shop" else 0.9):
            yield row, "address", "", address, fold(address).replace(" ", ""), 1


def tag_rows(
    stock: Stock, seed: int, bought: Sequence[int], spent: Sequence[int], first_id: int
) -> Iterator[tuple[int, int]]:
    """(customer, tag) pairs: the best customers are VIPs, the rest of the tags fall as they fall."""
    dice = random.Random(seed + 7)
    best = sorted(spent)[-max(1, len(spent) // 25)]
    for at, (occasions, spend) in enumerate(zip(bought, spent, strict=True)):
        if spend >= best > 0:
            yield first_id + at, 0
        for tag in range(1, len(stock.words["tags"])):
            if dice.random() < 0.02 * min(occasions, 4):
                yield first_id + at, tag
