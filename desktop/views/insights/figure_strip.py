"""The strip of figures above the cards: each with its interval, its n, and how it moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.figures import NOTHING, arrow, moved_points, number, percent, signed
from desktop.core.translation import tr
from desktop.views.insights import definitions
from desktop.views.kit import theme
from desktop.views.kit.popover import Explanation, Popover, explain
from desktop.views.kit.widgets import Card, ElidedLabel, label

if TYPE_CHECKING:
    from desktop.analytics.intervals import Mean, Nps, Rate
    from desktop.analytics.satisfaction import Step
    from desktop.queries.insights import Insights

    Figure = Mean | Rate | Nps


@dataclass(frozen=True)
class Scale:
    """How a figure is written: its value, a change of it, and its interval."""

    value: Callable[[float | None], str]
    change: Callable[[float, str], str]
    edge: Callable[[float], str]
    least: float
    """A change below this would be written as 0."""


def _whole_percent(value: float) -> str:
    return f"{100 * value:.0f}"


SHARE = Scale(percent, moved_points, _whole_percent, 0.0005)
MEAN = Scale(number, lambda change, way: f"{arrow(way)} {number(abs(change))}", number, 0.005)
SCORE = Scale(
    lambda value: NOTHING if value is None else signed(value),
    lambda change, way: f"{arrow(way)} {abs(change):.0f}",
    signed,
    0.5,
)


def interval(figure: Figure, scale: Scale) -> str:
    """The 95 % interval: 78–84 %, 4.15–4.44; nothing where one value says nothing of its spread."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = scale.edge(figure.low), scale.edge(figure.high)
    if scale is SCORE:
        # With signs in it a dash would be taken for a minus.
        return tr("{low} to {high}", low=low, high=high)
    return f"{low}–{high}\N{NO-BREAK SPACE}%" if scale is SHARE else f"{low}–{high}"


def change_words(step: Step, scale: Scale) -> str:
    """▲ 3 pts; nothing below 30 on either side."""
    if step.direction is None or step.difference is None:
        return ""
    if step.direction == "level" or abs(step.difference) < scale.least:
        return arrow("level")
    return scale.change(step.difference, step.direction)


def change_role(step: Step) -> str:
    """Green for clearly better, red for clearly worse, quiet for what chance may explain."""
    if not step.clear:
        return "muted"
    return "red" if step.direction == "down" else "accent"


class FigureTile(Card):
    """A name, the figure with its change, the interval and n; a click explains it."""

    def __init__(self, name: str, sentences: tuple[str, ...], scale: Scale, missing: str) -> None:
        super().__init__(margin=15, hug=True, clickable=True)
        self.name, self._sentences, self._scale, self._missing = name, sentences, scale, missing
        self._figure: Figure | None = None
        self._before: Figure | None = None
        self._step: Step | None = None
        self._extra: list[tuple[str, str]] = []
        self.popover: Popover | None = None
        self._shown = label(" ", size=theme.FIGURE, bold=True)
        self._change = label("", size=theme.SMALL, role="muted")
        self._note = ElidedLabel(" ", size=theme.SMALL, role="muted")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._shown)
        line.addWidget(self._change, 1)
        self.body.setSpacing(3)
        self.body.addWidget(ElidedLabel(name, size=theme.SMALL, role="muted"))
        self.body.addLayout(line)
        self.body.addWidget(self._note)
        self.setAccessibleName(name)
        self.clicked.connect(self.open_explanation)

    def show_figure(
        self,
        figure: Figure,
        before: Figure | None,
        step: Step,
        extra: list[tuple[str, str]],
        note: str = "",
    ) -> None:
        """Write the figure; `extra` are more facts for the explanation, `note` stands for the interval."""
        self._figure, self._before, self._step, self._extra = figure, before, step, extra
        self._shown.setText(self._scale.value(figure.value))
        self._change.setText(change_words(step, self._scale))
        self._change.setProperty("role", change_role(step))
        self._change.style().unpolish(self._change)
        self._change.style().polish(self._change)
        if figure.value is None:
            words = self._missing
        else:
            count = tr("n {count}", count=f"{figure.n:,}")
            words = " · ".join(part for part in (note or interval(figure, self._scale), count) if part)
        self._note.set_whole(words)
        self.setAccessibleName(f"{self.name}: {self._shown.text()} {self._change.text()} {words}")

    def figure(self) -> str:
        """The figure as shown."""
        return self._shown.text()

    def open_explanation(self) -> None:
        """Say how it is counted and how sure it is."""
        facts: list[tuple[str, str]] = []
        if self._figure is not None and self._figure.value is not None:
            facts = [
                (tr("This period"), self._scale.value(self._figure.value)),
                (tr("95 % interval"), interval(self._figure, self._scale)),
                (tr("Counted"), f"{self._figure.n:,}"),
                *self._extra,
            ]
            if self._before is not None and self._before.value is not None:
                words = tr(
                    "{value}, n {count}",
                    value=self._scale.value(self._before.value),
                    count=f"{self._before.n:,}",
                )
                facts.append((tr("Period before"), words))
                facts.append((tr("The change"), self._verdict()))
        self.popover = explain(Explanation(self.name, self._sentences, facts), self)

    def _verdict(self) -> str:
        if self._step is None or self._step.direction is None:
            return tr("too few to say: an arrow needs 30 on both sides")
        if self._step.clear:
            return tr("clear: the two intervals do not touch")
        return tr("may be chance: the two intervals overlap")


class FigureStrip(QWidget):
    """Satisfaction, CSAT, NPS, CES, response rate and repeat purchase of the period."""

    def __init__(self) -> None:
        super().__init__()
        ended = tr("A rating counts for the day on which the rated thing ended.")
        no_ratings, nobody = tr("No ratings yet"), tr("Nobody was asked")
        self.perceived = FigureTile(
            tr("Satisfaction"), (tr("Mean of the ratings from 1 to 5, with a 95 % interval (t)."), ended),
            MEAN, no_ratings,
        )  # fmt: skip
        self.csat = FigureTile(
            tr("CSAT"), (tr("Ratings of 4 and 5 ÷ all ratings from 1 to 5, with a Wilson interval."), ended),
            SHARE, no_ratings,
        )  # fmt: skip
        self.nps = FigureTile(
            tr("NPS"),
            (
                tr(
                    "How likely are you to recommend us, 0 to 10? Share of 9 and 10 less share of 0 to 6, "
                    "in points from −100 to 100."
                ),
                ended,
            ),
            SCORE,
            no_ratings,
        )
        self.ces = FigureTile(
            tr("CES"),
            (
                tr("How easy was it to get what you needed, 1 to 7? The mean, with a 95 % interval (t)."),
                ended,
            ),
            MEAN,
            no_ratings,
        )
        self.answered = FigureTile(
            tr("Response rate"),
            (tr("Ratings answered ÷ ratings asked for, about what ended in the period."),),
            SHARE,
            nobody,
        )
        self.repeat = FigureTile(tr("Repeat purchase (b)"), (definitions.whole("b"),), SHARE, tr("No buyers"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.tiles = (self.perceived, self.csat, self.nps, self.ces, self.answered, self.repeat)
        for tile in self.tiles:
            row.addWidget(tile, 1)

    def show_found(self, found: Insights) -> None:
        """Write the figures of the period."""
        now, before, steps = found.satisfaction.now, found.satisfaction.before, found.satisfaction.steps
        gap = now.gap.value
        self.perceived.show_figure(
            now.perceived,
            before.perceived,
            steps["perceived"],
            [
                (tr("Expected"), number(now.expected.value)),
                (tr("Gap"), NOTHING if gap is None else signed(gap, 2)),
            ],
            tr("gap {gap}", gap=signed(gap, 2)) if gap is not None else "",
        )
        self.csat.show_figure(now.csat, before.csat, steps["csat"], [])
        self.nps.show_figure(
            now.nps,
            before.nps,
            steps["nps"],
            [
                (tr("9 and 10"), f"{now.nps.promoters:,}"),
                (tr("7 and 8"), f"{now.nps.passives:,}"),
                (tr("0 to 6"), f"{now.nps.detractors:,}"),
            ],
        )
        self.ces.show_figure(
            now.effort, before.effort, steps["effort"], [(tr("5 or more"), percent(now.easy.value))]
        )
        self.answered.show_figure(found.answered, None, found.answered_step, [])
        self.repeat.show_figure(found.repeat.returning, found.repeat_before.returning, found.repeat_step, [])
