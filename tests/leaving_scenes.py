"""The scenes of who is leaving and of what customers are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.insights.drifting.screen import DriftingScreen
from desktop.views.insights.value.screen import ValueScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage


def _drifting(stage: Stage) -> None:
    page = stage.go("insights", tab="drifting", kept={"drifting": {"multiplier": 2.2}})
    stage.settle(0.5)
    page.findChildren(DriftingScreen)[0].leavers.table.select_id(
        page.findChildren(DriftingScreen)[0].leavers.ids()[0]
    )
    stage.settle()


def _value(stage: Stage) -> None:
    stage.go("insights", tab="value")
    stage.settle(0.5)


def _value_below(stage: Stage) -> None:
    page = stage.go("insights", tab="value", kept={"value": {"group": "channel", "ranking": "crowd"}})
    stage.settle(0.5)
    bar = page.findChildren(ValueScreen)[0].column.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.settle()


LEAVING: dict[str, Callable[[Stage], object]] = {
    "insights-drifting": _drifting,
    "insights-value": _value,
    "insights-value-list": _value_below,
}
