"""The scenes of who is leaving and of what customers are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.insights.drifting import DriftingScreen

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


LEAVING: dict[str, Callable[[Stage], object]] = {"insights-drifting": _drifting}
