"""The scenes of repeat purchase, cohorts and segments, and of their settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.operations.settings import set_book_setting
from desktop.views.insights.repeat.screen import RepeatScreen
from desktop.views.insights.segments.screen import SegmentsScreen
from desktop.views.insights.view import InsightsView
from desktop.views.kit.layouts import ScrollColumn
from desktop.views.settings.tiers import TiersCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.views.insights.screen import InsightScreen
    from tests.screens import Stage


def _screen(stage: Stage, tab: str, **kept: object) -> InsightScreen:
    view = stage.go("insights", tab=tab, kept={tab: kept})
    assert isinstance(view, InsightsView)
    stage.settle(0.3)
    return view.front


def _repeat_below(stage: Stage) -> None:
    screen = _screen(stage, "repeat", definition="e")
    assert isinstance(screen, RepeatScreen)
    bar = screen.column.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.settle()


def _classes(stage: Stage) -> None:
    screen = _screen(stage, "segments", table="classes")
    assert isinstance(screen, SegmentsScreen)
    bar = screen.column.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.settle()


def _scores(stage: Stage) -> None:
    set_book_setting(stage.book, key="rfm.way", value="bounds")
    stage.afterwards.append(stage.book.undo)
    page = stage.go("settings")
    (card,) = page.findChildren(TiersCard)
    (column,) = page.findChildren(ScrollColumn)
    column.ensureWidgetVisible(card.back, 0, 60)
    stage.settle()


REPEAT: dict[str, Callable[[Stage], object]] = {
    "repeat": lambda stage: _screen(stage, "repeat"),
    "repeat-below": _repeat_below,
    "cohorts": lambda stage: _screen(stage, "cohorts"),
    "insight-segments": lambda stage: _screen(stage, "segments"),
    "insight-classes": _classes,
    "settings-scores": _scores,
    "cohorts-net": lambda stage: _screen(stage, "cohorts", by="quarter", measure="net"),
}
