"""The scenes of the insights on satisfaction and on channels, each from its top and from its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.insights.view import InsightsView
from desktop.views.kit.widgets import ScrollColumn

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage


def _tab(stage: Stage, key: str, to: float, **kept: str) -> None:
    page = stage.go("insights", tab=key, looked={}, kept={key: kept})
    stage.settle(0.5)
    view = page if isinstance(page, InsightsView) else page.findChildren(InsightsView)[0]
    bar = view.front.findChildren(ScrollColumn)[0].verticalScrollBar()
    bar.setValue(round(bar.maximum() * to))
    stage.settle()


FEEL: dict[str, Callable[[Stage], object]] = {
    "insights-satisfaction": lambda stage: _tab(stage, "satisfaction", 0.0, by="week"),
    "insights-satisfaction-end": lambda stage: _tab(stage, "satisfaction", 0.62, part="clerk"),
    "insights-channels": lambda stage: _tab(stage, "channels", 0.0),
    "insights-channels-end": lambda stage: _tab(stage, "channels", 1.0),
}
