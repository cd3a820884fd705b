"""The sheets of the insights: each tab's screen, made when it is first shown, or what stands for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.queries.purchases import Nothing
from desktop.views.insights.screen import Frame, InsightScreen
from desktop.views.insights.tabs import Tab, make
from desktop.views.kit.context import Context
from desktop.views.kit.layouts import clear
from desktop.views.kit.widgets import Card, EmptyState, label


class Sheets(QStackedWidget):
    """Shows a screen, or that it is counted, or what is missing for it."""

    def __init__(self, ctx: Context, frame: Frame, tabs: Mapping[str, Tab], kept: Mapping[str, Any]) -> None:
        super().__init__()
        self._frame, self._tabs, self._kept = frame, tabs, dict(kept)
        self.screens: dict[str, InsightScreen] = {}
        """The screens that were shown already, by their tab."""

        def take_in() -> None:
            ctx.navigate("exchange", mode="import")

        self._blank = QWidget()
        self._counting = _page(label(tr("Counting…"), role="muted"))

        def nothing(title: str, text: str) -> EmptyState:
            return EmptyState("chart-line", title, text, tr("Import a file"), take_in, action_icon="upload")

        self.empty = nothing(
            tr("Nothing to count yet"),
            tr(
                "Insights need orders or ratings. Import an order export, and this page shows who comes "
                "back, how often, and who keeps the shop."
            ),
        )
        self.nameless = nothing(
            tr("These orders name no customers"),
            tr(
                "Who comes back can only be seen when an order says who bought: by a phone, an account or a "
                "name. Import a file that has such a column."
            ),
        )
        self.refunded = nothing(
            tr("No order here is a purchase"),
            tr(
                "All orders were refunded, cancelled or not paid. As soon as one is paid, this page shows "
                "who comes back, how often, and who keeps the shop."
            ),
        )
        self._nothing: Mapping[Nothing, QWidget] = {
            "empty": _page(self.empty), "nobody": _page(self.nameless), "no-purchase": _page(self.refunded),
        }  # fmt: skip
        self._missing = Card()
        for page in (self._blank, self._counting, *self._nothing.values(), self._missing):
            self.addWidget(page)

    def of(self, key: str) -> InsightScreen:
        """The screen of a tab, made if it has not been shown yet."""
        if key not in self.screens:
            kept = self._kept.get(key)
            made = make(self._tabs[key], self._frame, kept if isinstance(kept, Mapping) else {})
            self.screens[key] = made
            self.addWidget(made)
        return self.screens[key]

    def kept(self) -> dict[str, Any]:
        """What the screens keep for the route, by their tabs."""
        return {**self._kept, **{key: screen.kept() for key, screen in self.screens.items()}}

    def show_blank(self) -> None:
        """Show nothing, for the moment that counting mostly takes."""
        self.setCurrentWidget(self._blank)

    def show_counting(self) -> None:
        """Say that it is counted, unless something is shown."""
        if self.currentWidget() is self._blank:
            self.setCurrentWidget(self._counting)

    def show_empty(self, why: Nothing) -> None:
        """Say why the book has nothing to count."""
        self.setCurrentWidget(self._nothing[why])

    def show_screen(self, key: str, open_up: Callable[[], object] | None) -> None:
        """Show a screen, or what is missing for it; `open_up` leaves the filters out (None: none is on)."""
        screen = self.of(key)
        if not screen.missing:
            self.setCurrentWidget(screen)
            return
        clear(self._missing.body)
        text = tr("Leave all filters out") if open_up else ""
        page = EmptyState("chart-line", tr("Nothing to count here"), screen.missing, text, open_up)
        self._missing.body.addWidget(page, 1)
        self.setCurrentWidget(self._missing)

    def missing(self) -> str:
        """What is said to be missing, "" while a screen is shown."""
        screen = next((one for one in self.screens.values() if one.missing), None)
        return screen.missing if screen and self.currentWidget() is self._missing else ""


def _page(inside: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    card = Card()
    card.body.addWidget(
        inside, 1, *(() if isinstance(inside, EmptyState) else (Qt.AlignmentFlag.AlignCenter,))
    )
    column.addWidget(card)
    return page
