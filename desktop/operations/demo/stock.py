"""What the sample shop is made of, read from `resources/samples/`: its people, goods and sentences."""

import random
import tomllib
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from desktop.core.money import PRICE_DECIMALS
from desktop.core.paths import resource

_TEAWARE, _WARRANTY = "CJ", 12
LANGUAGES = ("zh_CN", "en")


@dataclass(frozen=True, slots=True)
class Choice:
    """Things to draw from, some likelier than others."""

    things: tuple[Any, ...]
    summed: tuple[float, ...]

    def draw(self, dice: random.Random) -> Any:
        """One of the things."""
        return dice.choices(self.things, cum_weights=self.summed)[0]


def choice(things: Any, weights: Any) -> Choice:
    """A `Choice` of things with the weight of each."""
    return Choice(tuple(things), tuple(accumulate(weights)))


@dataclass(frozen=True, slots=True)
class Good:
    """A product of the sample shop; `price` in ten-thousandths of the unit, `season` spring, gift or none."""

    code: str
    name: str
    category: str
    unit: str
    price: int
    weight: int
    season: str

    @property
    def warranty(self) -> int | None:
        """Months for which a thing is made good; None for what is drunk."""
        return _WARRANTY if self.code.startswith(_TEAWARE) else None


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything the generator draws from, in one language."""

    language: str
    people: dict[str, Any]
    words: dict[str, Any]
    goods: tuple[Good, ...]
    surnames: Choice
    cities: Choice
    abroad: Choice
    talks: dict[str, list[list[str]]] = field(default_factory=dict)

    @property
    def chinese(self) -> bool:
        """Whether the shop writes Chinese."""
        return self.language.startswith("zh")


def load(language: str) -> Stock:
    """The stock of a Chinese ("zh_CN") or an English ("en") sample shop."""
    people = tomllib.loads(resource("samples/people.toml").read_text(encoding="utf-8"))
    words = tomllib.loads(resource(f"samples/shop.{language}.toml").read_text(encoding="utf-8"))
    surnames = people["chinese"]["surnames"].split()
    names = [name.rstrip("0123456789") for name in surnames]
    return Stock(
        language=language,
        people=people,
        words=words,
        goods=tuple(
            Good(code, name, category, unit, round(price * 10**PRICE_DECIMALS), weight, season)
            for code, name, category, unit, price, weight, season in words["products"]
        ),
        surnames=choice(names, [int(text[len(name) :]) for text, name in zip(surnames, names, strict=True)]),
        cities=choice(people["cities"], [city["weight"] for city in people["cities"]]),
        abroad=choice(people["abroad"], [land["weight"] for land in people["abroad"]]),
        talks={talk["stage"]: talk["entries"] for talk in words["talks"]},
    )
