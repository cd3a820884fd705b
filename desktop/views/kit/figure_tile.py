"""A tile with a figure: its interval, its n, how it moved, and on a click how it is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from desktop.core.figures import arrow, moved_points, number, percent
from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.popover import Explanation, Link, Popover, explain
from desktop.views.kit.widgets import Card, ElidedLabel, label

if TYPE_CHECKING:
    from desktop.analytics.intervals import Change, Figure


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


def interval(figure: Figure, scale: Scale) -> str:
    """The 95 % interval: 78–84 %, 4.15–4.44; nothing where one value says nothing of its spread."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = scale.edge(figure.low), scale.edge(figure.high)
    return f"{low}–{high}\N{NO-BREAK SPACE}%" if scale is SHARE else f"{low}–{high}"


def change_words(moved: Change | None, scale: Scale) -> str:
    """▲ 3 pts; nothing below 30 on either side."""
    if moved is None or moved.arrow is None or moved.difference.value is None:
        return ""
    if abs(moved.difference.value) < scale.least:
        return arrow("level")
    return scale.change(moved.difference.value, moved.arrow)


def change_role(moved: Change | None) -> str:
    """Green for clearly better, red for clearly worse, quiet for what chance may explain."""
    return {True: "accent", False: "red", None: "muted"}[moved.good if moved else None]


class FigureTile(Card):
    """A name, the figure with its change, the interval and n; a click explains it and offers its `links`."""

    def __init__(self, name: str, sentences: tuple[str, ...], scale: Scale, missing: str) -> None:
        super().__init__(margin=15, hug=True, clickable=True)
        self.name, self._sentences, self._scale, self._missing = name, sentences, scale, missing
        self.links: Sequence[Link] = ()
        self._figure: Figure | None = None
        self._before: Figure | None = None
        self._moved: Change | None = None
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
        moved: Change | None,
        extra: list[tuple[str, str]],
        note: str = "",
    ) -> None:
        """Write the figure; `extra` are more facts for the explanation, `note` stands for the interval."""
        self._figure, self._before, self._moved, self._extra = figure, before, moved, extra
        self._shown.setText(self._scale.value(figure.value))
        self._change.setText(change_words(moved, self._scale))
        self._change.setProperty("role", change_role(moved))
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
        self.popover = explain(Explanation(self.name, self._sentences, facts, self.links), self)

    def _verdict(self) -> str:
        if self._moved is None or self._moved.arrow is None:
            return tr("too few to say: an arrow needs 30 on both sides")
        if self._moved.direction is not None:
            return tr("clear: chance hardly explains it")
        return tr("may be chance")
