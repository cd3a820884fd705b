"""Figures in words: value, interval, n, how they moved and whether that says anything.

Tiles, paper and workbook are all written from these lines, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from desktop.core.dates import duration
from desktop.core.figures import NOTHING, number, percent, short_money, signed
from desktop.core.money import format_money
from desktop.core.translation import ntr, tr
from desktop.exchange.writers.columns import Kind

if TYPE_CHECKING:
    from desktop.analytics.intervals import Change, Figure

Unit = Literal["count", "ratio", "share", "stars", "score", "gap", "points", "minutes", "days", "money"]
"""Whole things; a mean with one decimal (things for each hundred); a share of 1; a mean of 1 to 5; another
mean; the difference of two of those; points from -100 to 100; minutes; days; minor units of money."""
_LEAST: dict[Unit, float] = {
    "count": 0.5, "ratio": 0.05, "share": 0.005, "stars": 0.005, "score": 0.005, "gap": 0.005,
    "points": 0.5, "minutes": 0.5, "days": 0.5, "money": 0.5,
}  # fmt: skip
"""A change below this would be written as none."""
_LARGE = 100_000
"""Minor units of money from which a change is written short."""
EXPORT_KINDS: dict[Unit, Kind] = {
    "count": "number", "ratio": "number", "share": "percent", "stars": "rating", "score": "rating",
    "gap": "rating", "points": "number", "minutes": "number", "days": "number", "money": "money",
}  # fmt: skip


@dataclass(frozen=True)
class FigureLine:
    """One figure: `key` names the rows behind it, `sentence` says how it is counted, `missing` what lacks.

    `before` and `moved` are None where there is nothing to compare with. `beside` is a further figure in a
    few words, as the 90th percentile beside a median.
    """

    key: str
    name: str
    unit: Unit
    now: Figure
    before: Figure | None
    moved: Change | None
    sentence: str
    missing: str
    currency: str
    beside: str = ""
    each: bool = False
    """Whether the change is that of one complaint, not of the whole."""
    unknown: int = 0
    """How many things happened at a moment that nobody noted, which no duration can count."""
    days_before: str = ""
    """The days of the period before, in words."""
    rows: str = ""
    """What its menu calls the list behind it: "Show the customers"; "" where there is none to be opened."""

    @property
    def value(self) -> str:
        """The figure, or "—"."""
        return written(self.unit, self.now.value, self.currency)

    @property
    def interval(self) -> str:
        """The 95 % interval: 78–84 %; "" where there is none."""
        return interval_of(self.unit, self.now, self.currency)

    @property
    def before_value(self) -> str:
        """The figure of the period before, or "—"."""
        return written(self.unit, self.before.value if self.before else None, self.currency)

    @property
    def counted(self) -> str:
        """What the figure rests on, or what is missing for one."""
        if self.now.value is None:
            return self.missing
        if self.unit == "count" and self.before:
            return tr("{count} before", count=self.before_value)
        return tr("n {count}", count=f"{self.now.n:,}")

    @property
    def change(self) -> str:
        """How it moved in a few words: 6 pts more, 2.5 h shorter, as before, too few to compare."""
        if self.now.value is None or self.before is None or self.moved is None:
            return ""
        difference = self.moved.difference.value
        if self.before.value is None or difference is None:
            return tr("nothing before")
        if not (self.now.enough and self.before.enough):
            return tr("too few to compare")
        if abs(difference) < _LEAST[self.unit]:
            return tr("as before")
        said = _moved(self.unit, difference, self.currency)
        return tr("{change} each", change=said) if self.each else said

    @property
    def clear(self) -> bool:
        """Whether chance does not explain the change."""
        return self.moved is not None and self.moved.direction is not None

    @property
    def role(self) -> str:
        """The colour of the change: only what chance does not explain has one."""
        if self.moved is None or self.moved.direction is None:
            return "muted"
        return {True: "accent", False: "red", None: "text"}[self.moved.good]

    @property
    def verdict(self) -> str:
        """Whether the change says anything, in a sentence; "" without one."""
        if self.now.value is None or self.before is None or self.before.value is None:
            return ""
        if not (self.now.enough and self.before.enough):
            return tr("Too few to say anything: that needs 30 on both sides.")
        if self.clear:
            return tr("The change is clear: chance hardly explains it.")
        return tr("The change may be chance.")

    @property
    def told(self) -> list[str]:
        """Everything about it, sentence by sentence."""
        said = [self.sentence]
        if self.now.value is None:
            return [*said, self.missing]
        count = f"{self.now.n:,}"
        if self.interval:
            said.append(tr("95 % interval {interval}, n {count}.", interval=self.interval, count=count))
        else:
            said.append(tr("n {count}.", count=count))
        if self.before is not None and self.before.value is not None:
            before = tr("{value}, n {count}", value=self.before_value, count=f"{self.before.n:,}")
            said.append(tr("Period before ({days}): {figure}.", days=self.days_before, figure=before))
        if self.unknown:
            said.append(
                ntr("{n} more at a time nobody noted.", "{n} more at times nobody noted.", self.unknown)
            )
        return [*said, *([self.verdict] if self.verdict else [])]


def written(unit: Unit, value: float | None, currency: str) -> str:
    """A value as a tile or a cell has it, "—" for none."""
    if value is None:
        return NOTHING
    ways: dict[Unit, Callable[[float], str]] = {
        "count": lambda one: f"{one:,.0f}",
        "ratio": lambda one: number(one, 1),
        "share": percent,
        "stars": number,
        "score": number,
        "gap": lambda one: signed(one, 2),
        "points": signed,
        "minutes": duration,
        "days": lambda one: ntr("{n} day", "{n} days", round(one)),
        "money": lambda one: short_money(round(one), currency),
    }
    return ways[unit](value)


def interval_of(unit: Unit, figure: Figure, currency: str) -> str:
    """The 95 % interval of a figure, "" where it has none."""
    if figure.value is None or figure.low is None or figure.high is None:
        return ""
    if unit == "share":
        return f"{100 * figure.low:.0f}–{100 * figure.high:.0f}\N{NO-BREAK SPACE}%"
    if unit in ("points", "gap"):
        # With signs in it a dash would be taken for a minus.
        places = 2 if unit == "gap" else 0
        return tr("{low} to {high}", low=signed(figure.low, places), high=signed(figure.high, places))
    if unit == "days":
        return f"{figure.low:.0f}–{figure.high:.0f}"
    edges = (figure.low, figure.high)
    if unit == "stars":
        # Of two ratings the interval reaches far beyond what anybody can give.
        edges = (max(figure.low, 1.0), min(figure.high, 5.0))
    low, high = (written(unit, edge, currency) for edge in edges)
    return f"{low}–{high}"


def _moved(unit: Unit, difference: float, currency: str) -> str:
    more, size = difference > 0, abs(difference)
    if unit == "share":
        points = round(100 * size)
        if more:
            return ntr("{n} pt more", "{n} pts more", points)
        return ntr("{n} pt less", "{n} pts less", points)
    if unit == "count":
        count = f"{round(size):,}"
        return tr("{amount} more", amount=count) if more else tr("{amount} fewer", amount=count)
    if unit in ("minutes", "days"):
        time = duration(size) if unit == "minutes" else written(unit, size, currency)
        return tr("{time} longer", time=time) if more else tr("{time} shorter", time=time)
    if unit == "points":
        amount = f"{size:.0f}"
    elif unit == "gap":
        amount = number(size)
    elif unit == "money":
        # Of large amounts nobody wants the last coin.
        whole = round(size)
        amount = format_money(whole, currency) if whole < _LARGE else short_money(whole, currency)
    else:
        amount = written(unit, size, currency)
    return tr("{amount} more", amount=amount) if more else tr("{amount} less", amount=amount)
