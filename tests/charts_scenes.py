"""The scenes of the complaints' figures: the whole, a subject looked into, and so few that little is said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.views.complaints.figures.filters import Wanted
from desktop.views.complaints.figures.pane import FiguresPane
from desktop.views.figures.period import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage


def _figures(stage: Stage, wanted: Wanted | None = None) -> FiguresPane:
    kept = None if wanted is None else wanted.kept()
    page = stage.go("complaints", mode="figures", figures=kept)
    stage.settle(0.3)
    return page.findChildren(FiguresPane)[0]


def _scrolled(pane: FiguresPane, to: float) -> None:
    bar = pane.column.verticalScrollBar()
    bar.setValue(round(bar.maximum() * to))


def _below(stage: Stage) -> None:
    pane = _figures(stage)
    _scrolled(pane, 0.45)
    pane.subjects.look_into(str(pane.subjects.bars[0].group.key))
    stage.settle()


def _end(stage: Stage) -> None:
    _scrolled(_figures(stage), 1.0)
    stage.settle()


def _narrowed(stage: Stage) -> None:
    first = date.today().toordinal() - 200
    _figures(stage, Wanted(Period("own", first, first + 120), subject="quality", severity="high"))


CHARTS: dict[str, Callable[[Stage], object]] = {
    "figures": _figures,
    "figures-subject": _below,
    "figures-table": _end,
    "figures-narrowed": _narrowed,
}
