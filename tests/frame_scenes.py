"""The scenes of the room of the insights: the overview, filters that are on, and the monthly report."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.core.translation import language
from desktop.queries.monthly_report import months
from desktop.views.insights.overview.screen import OverviewScreen
from desktop.views.insights.report.maker import ReportMaker
from desktop.views.insights.view import InsightsView

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage


def _overview(stage: Stage, **params: object) -> InsightsView:
    page = stage.go("insights", **params)
    assert isinstance(page, InsightsView)
    stage.settle(0.3)
    return page


def _filtered(stage: Stage) -> None:
    """Filters that are on, with their chips, and the end of the overview."""
    looked = {"channel": "wechat", "tier": 0, "period": ["year", 0, 0]}
    screen = _overview(stage, looked=looked).front
    assert isinstance(screen, OverviewScreen)
    bar = screen.column.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.settle()


def _asking(stage: Stage) -> None:
    _overview(stage).ask_report()
    stage.settle()


def _pages(stage: Stage) -> None:
    """The four pages as they are shown before they are printed."""
    view = _overview(stage)
    month = months(stage.book, date.today())[1]
    ReportMaker(view.ctx, view, month, language(), datetime.now).print()
    stage.settle(0.3)


FRAME: dict[str, Callable[[Stage], object]] = {
    "insights": _overview,
    "insights-filtered": _filtered,
    "monthly-report": _asking,
    "monthly-report-pages": _pages,
}
