"""What a chart shows, as plain figures: what is read out, shown as a table and written comes from here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from desktop.core.days import as_date
from desktop.core.money import DEFAULT_CURRENCY
from desktop.core.translation import tr
from desktop.exchange.writers.columns import Kind

Shape = Literal["line", "bars", "parts", "heat", "pareto", "table"]
"""Lines over steps; upright bars; the parts of a whole, one a line; cells the darker, the more; bars from the
commonest on with the share that they add up to; figures that nothing is drawn of."""

Figure = float | int | str | None


@dataclass(frozen=True)
class Figures:
    """One column of figures, a value a step; None where nothing is known."""

    title: str
    kind: Kind
    values: Sequence[Figure]
    kinds: Sequence[Kind] = ()
    """What each value is, where they are not all of one kind."""


@dataclass(frozen=True)
class Series:
    """One line: its values by step (None or NaN: not known), its interval and how many each rests on."""

    name: str
    values: Sequence[float | None]
    low: Sequence[float | None] = field(default=())
    high: Sequence[float | None] = field(default=())
    counts: Sequence[int] = field(default=())
    dashed: bool = False
    colour: int | None = None
    """Which of the look's series colours; its own place among the lines if not said."""

    def at(self, step: int) -> float | None:
        """The value at a step, None when it is not known."""
        return _at(self.values, step)

    def interval(self, step: int) -> tuple[float, float] | None:
        """The interval at a step, None when it is not known."""
        low, high = _at(self.low, step), _at(self.high, step)
        return None if low is None or high is None else (low, high)


Role = Literal["step", "value", "low", "high", "count", "running", "beside"]


class Column(NamedTuple):
    """A column of the chart's table, and what it is to the chart; `line` is the series' place, or -1."""

    title: str
    kind: Kind
    values: Sequence[Figure]
    role: Role
    line: int = -1
    kinds: Sequence[Kind] = ()

    def kind_at(self, step: int) -> Kind:
        """What the value of a step is."""
        return self.kinds[step] if self.kinds else self.kind


@dataclass(frozen=True)
class ChartData:
    """A chart: its steps, its lines (for a heat map a line is a column of cells), and what stands beside.

    `kind` says what the lines' values are. `words` are the steps as people read them; days that all begin a
    month are months. `before` and `more` are further columns, in front of the lines and behind them;
    `running` is what the values add up to, as shares of all; `marked` is the step to look at.
    """

    title: str
    shape: Shape
    steps: Figures
    lines: Sequence[Series]
    kind: Kind = "number"
    words: Sequence[str] = ()
    before: Sequence[Figures] = ()
    running: Figures | None = None
    more: Sequence[Figures] = ()
    marked: int | None = None
    currency: str = DEFAULT_CURRENCY

    @property
    def monthly(self) -> bool:
        """Whether the steps are months, given by their first days."""
        days = self.steps.values
        return self.steps.kind == "date" and all(isinstance(d, int) and as_date(d).day == 1 for d in days)

    def columns(self) -> list[Column]:
        """The whole table, column by column."""
        made = [Column(self.steps.title, self.steps.kind, self.steps.values, "step")]
        made += [_beside(one, "beside") for one in self.before]
        for place, one in enumerate(self.lines):
            made += self._of_line(place, one)
        if self.running is not None:
            made.append(_beside(self.running, "running"))
        return made + [_beside(one, "beside") for one in self.more]

    def _of_line(self, place: int, one: Series) -> list[Column]:
        steps = range(len(self.steps.values))
        name = one.name or self.title
        made = [Column(name, self.kind, [one.at(step) for step in steps], "value", place)]
        if one.low:
            edges = [one.interval(step) for step in steps]
            low = [edge and edge[0] for edge in edges]
            high = [edge and edge[1] for edge in edges]
            made.append(Column(tr("{name}: from", name=name), self.kind, low, "low", place))
            made.append(Column(tr("{name}: to", name=name), self.kind, high, "high", place))
        if one.counts:
            made.append(Column(tr("{name}: number", name=name), "number", one.counts, "count", place))
        return made


def _beside(one: Figures, role: Role) -> Column:
    return Column(one.title, one.kind, one.values, role, kinds=one.kinds)


def _at(values: Sequence[float | None], step: int) -> float | None:
    value = values[step] if step < len(values) else None
    return None if value is None or math.isnan(value) else value
