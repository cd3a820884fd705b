"""The overview of the insights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from desktop.queries.insight_scope import Scope
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.kit.widgets import ScrollColumn


class OverviewScreen(InsightScreen):
    """Today's figures, the findings, and the trends that lead on to their tabs."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        super().__init__(frame, kept)
        self.column = ScrollColumn()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.column)

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> object:
        return None

    def show_answer(self, answer: Any, scope: Scope) -> None:
        pass
