"""The scene of the months ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.insights.forecast.screen import ForecastScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage


def _forecast(stage: Stage) -> None:
    stage.go("insights", tab="forecast", looked={}, kept={})
    stage.settle(0.5)


def _revenue(stage: Stage) -> None:
    page = stage.go("insights", tab="forecast", kept={"forecast": {"told": "revenue", "horizon": 12}})
    stage.settle(0.5)
    screen = page.findChildren(ForecastScreen)[0]
    screen.column.verticalScrollBar().setValue(screen.back.y() - 8)
    stage.settle()


FORECAST: dict[str, Callable[[Stage], object]] = {
    "insights-forecast": _forecast,
    "insights-forecast-end": _revenue,
}
