"""The tabs of a profile, each made when it is first shown: most profiles are opened for the first one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop.core.translation import mark, tr
from desktop.queries.profile import Profile
from desktop.views.kit.context import Context
from desktop.views.timeline.stream import TimelineStream

TABS: Mapping[str, str] = {
    "timeline": mark("Timeline"),
    "orders": mark("Orders"),
    "cases": mark("Service cases"),
    "complaints": mark("Complaints"),
    "points": mark("Points"),
    "files": mark("Files"),
    "privacy": mark("Privacy"),
}
_MODULES: Mapping[str, tuple[str, str]] = {
    "orders": ("orders_tab", "OrdersTab"),
    "cases": ("lists", "CasesTab"),
    "complaints": ("lists", "ComplaintsTab"),
    "points": ("points_tab", "PointsTab"),
    "files": ("files_tab", "FilesTab"),
    "privacy": ("privacy_tab", "PrivacyTab"),
}
_COUNTED: Mapping[str, Callable[[Profile], int]] = {
    "orders": lambda found: found.all_orders,
    "cases": lambda found: found.cases,
    "complaints": lambda found: found.complaints,
    "points": lambda found: found.balance,
    "files": lambda found: found.files,
}


class CustomerTab(Protocol):
    """What a tab of a profile does: it shows a customer, and shows them anew when they have changed."""

    def show_customer(self, found: Profile, /) -> None: ...


class ProfileTabs(QTabWidget):
    """The tabs; `arrived` says that another one stands in front."""

    arrived = Signal()

    def __init__(self, ctx: Context, customer_id: int, tab: str = "timeline") -> None:
        super().__init__()
        self._ctx, self._customer = ctx, customer_id
        self._found: Profile | None = None
        self._made: dict[str, QWidget] = {}
        self.setDocumentMode(True)
        # What flows into lines asks for the height of its narrowest shape; a low window must not obey.
        self.setMinimumHeight(260)
        self.setUsesScrollButtons(True)
        self._slots: dict[str, QVBoxLayout] = {}
        for key, title in TABS.items():
            slot = QWidget()
            self._slots[key] = QVBoxLayout(slot)
            self._slots[key].setContentsMargins(0, 0, 0, 0)
            self.addTab(slot, tr(title))
        self.setCurrentIndex(list(TABS).index(tab) if tab in TABS else 0)
        self.currentChanged.connect(self._arrive)

    def key(self) -> str:
        """The name of the tab in front."""
        return list(TABS)[self.currentIndex()]

    def made(self, key: str) -> QWidget | None:
        """A tab that was shown already, or None."""
        return self._made.get(key)

    def tab(self, key: str) -> QWidget:
        """A tab, made if it has not been shown yet."""
        if key not in self._made:
            made = self._make(key)
            self._made[key] = made
            self._slots[key].addWidget(made)
            # A layout in sight would show it only with the next round of events.
            made.show()
            if self._found is not None:
                self._show_in(made, self._found)
        return self._made[key]

    def show_customer(self, found: Profile) -> None:
        """Show a customer in the tabs that were made, and how much there is in each of all."""
        self._found = found
        for made in list(self._made.values()):
            self._show_in(made, found)
        self.tab(self.key())
        for number, (key, title) in enumerate(TABS.items()):
            count = _COUNTED[key](found) if key in _COUNTED else 0
            text = tr("{tab} {count}", tab=tr(title), count=f"{count:,}") if count else tr(title)
            if self.tabText(number) != text:
                self.setTabText(number, text)

    def go_to(self, key: str) -> QWidget:
        """Bring a tab to the front."""
        self.setCurrentIndex(list(TABS).index(key))
        return self.tab(key)

    def _arrive(self) -> None:
        if self._found is not None:
            self.tab(self.key())
        self.arrived.emit()

    def _make(self, key: str) -> QWidget:
        if key == "timeline":
            return TimelineStream(self._ctx, self._customer)
        module, name = _MODULES[key]
        made: QWidget = getattr(import_module(f"desktop.views.profile.{module}"), name)(self._ctx)
        return made

    def _show_in(self, made: QWidget, found: Profile) -> None:
        show: Callable[[Profile], None] | None = getattr(made, "show_customer", None)
        if show is not None:
            show(found)
