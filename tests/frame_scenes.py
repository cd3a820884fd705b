"""The scenes of the room of the insights: the overview, the filters that are on, and the monthly report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.insights.view import InsightsView

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage


def _overview(stage: Stage) -> InsightsView:
    page = stage.go("insights")
    assert isinstance(page, InsightsView)
    stage.settle(0.3)
    return page


def _filtered(stage: Stage) -> None:
    page = stage.go("insights", looked={"channel": "wechat", "tier": 0, "period": ["year", 0, 0]})
    assert isinstance(page, InsightsView)
    stage.settle(0.3)
    bar = page.front.findChildren(type(page.front.column))[0].verticalScrollBar() if hasattr(page.front, "column") else None
    if bar is not None:
        bar.setValue(bar.maximum())
    stage.settle()


FRAME: dict[str, Callable[[Stage], object]] = {
    "insights": _overview,
    "insights-filtered": _filtered,
}
