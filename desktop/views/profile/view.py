"""The profile: head and figures, what happened in tabs, and beside them what is to do and to know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.queries.profile import Profile, profile
from desktop.views.customers.words import display_name
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import (
    Card,
    EmptyState,
    IconButton,
    Page,
    PrimaryButton,
    SecondaryButton,
)
from desktop.views.profile.banners import Banners
from desktop.views.profile.doing import Doing
from desktop.views.profile.figures import Figures
from desktop.views.profile.head import Head
from desktop.views.profile.side import NARROW, WIDTH, Side
from desktop.views.profile.tabs import ProfileTabs
from desktop.views.timeline.stream import TimelineStream

if TYPE_CHECKING:
    from desktop.views.profile.lists import CasesTab, ComplaintsTab
    from desktop.views.profile.orders_tab import OrdersTab

LOW = 780
"""Pixels of height below which everything above the tabs stands closer."""
_TABLES = (
    "customer", "contact_point", "customer_tag", "tag", "orders", "order_line", "rating", "complaint",
    "promise", "service_case", "case_step", "task", "setting", "relationship", "points_entry", "attachment",
    "consent", "privacy_request", "interaction", "custom_field",
)  # fmt: skip


class ProfileView(QWidget):
    """The screen of one customer; `tab` is the one in front, `order` the one chosen in its tab."""

    def __init__(
        self, ctx: Context, *, customer: int, tab: str = "timeline", order: int | None = None
    ) -> None:
        super().__init__()
        self.ctx = ctx
        self.customer_id = customer
        self.profile: Profile | None = None
        self.doing = Doing(self)
        self.page = Page()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._make_actions()
        found = profile(ctx.book, customer_id=customer, today=date.today())
        if found is None:
            self._show_nobody()
            return
        self._make_body(tab)
        self._show(found)
        if order is not None:
            self.orders.table.select_id(order)
        ctx.changes.listen(self, self._refresh, *_TABLES)

    # -- building

    def _make_actions(self) -> None:
        do = self.doing
        self.new_order_button = PrimaryButton(tr("New order"), "receipt-text", do.new_order)
        self.print_button = SecondaryButton(tr("Print"), "printer", do.print_dossier)
        self.more_button = IconButton("ellipsis", tr("More"), self._more, framed=True)
        self._buttons = (self.print_button, self.more_button, self.new_order_button)
        for button in self._buttons:
            self.page.add_action(button)
        do.offer()

    def _make_body(self, tab: str) -> None:
        self.head = Head(self.ctx)
        self.banners = Banners(self.ctx, lambda case: self.cases.open_case(case))
        self.figures = Figures(self.ctx, self)
        self.tiles = self.figures.tiles
        self.tabs = ProfileTabs(self.ctx, self.customer_id, tab)
        self._sheet = Card()
        self._sheet.body.addWidget(self.tabs)
        self._left = left = QVBoxLayout()
        for widget in (self.head, self.banners, self.tiles):
            left.addWidget(widget)
        left.addWidget(self._sheet, 1)
        self.side = Side(self.ctx, self.doing.edit, self.figures.take_tree)
        self.figures.known.connect(self.side.show_lifetime)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self.side)
        self.page.body.addLayout(row)
        self.tabs.arrived.connect(self._take_focus)

    def _show_nobody(self) -> None:
        self.page.set_trail([(tr("Customers"), self._go_back)], tr("Nobody"))
        for button in self._buttons:
            button.hide()
        self.page.body.addWidget(
            EmptyState(
                "user",
                tr("This customer is no longer in the book."),
                tr("They were deleted meanwhile; undo brings them back."),
                tr("To the customers"),
                self._go_back,
            )
        )

    # -- the tabs, made when they are first asked for

    @property
    def stream(self) -> TimelineStream:
        """The timeline."""
        found = self.tabs.tab("timeline")
        assert isinstance(found, TimelineStream)
        return found

    @property
    def orders(self) -> OrdersTab:
        """The orders."""
        found: OrdersTab = self.tabs.tab("orders")  # type: ignore[assignment]  # made by its name
        return found

    @property
    def cases(self) -> CasesTab:
        """The service cases."""
        found: CasesTab = self.tabs.tab("cases")  # type: ignore[assignment]  # made by its name
        return found

    @property
    def complaints(self) -> ComplaintsTab:
        """The complaints."""
        found: ComplaintsTab = self.tabs.tab("complaints")  # type: ignore[assignment]  # made by its name
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 edits the customer, where no order, file or note that has the keyboard takes it."""
        if event.key() == Qt.Key.Key_F2:
            self.doing.edit_here()
        else:
            super().keyPressEvent(event)

    # -- what the window asks

    def route_params(self) -> dict[str, object]:
        """What to build this screen with again."""
        params: dict[str, object] = {"customer": self.customer_id}
        if self.profile is not None:
            params["tab"] = self.tabs.key()
            if self.tabs.key() == "orders" and self.orders.table.current_id() is not None:
                params["order"] = self.orders.table.current_id()
        return params

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard belongs to what happened, not to the first button."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.setFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window narrows the side first; a low one leaves the room to what happened."""
        super().resizeEvent(event)
        if self.profile is None:
            return
        self.side.setFixedWidth(WIDTH if self.width() > 1150 else NARROW)
        low = self.height() < LOW
        self.tiles.set_low(low)
        self._left.setSpacing(10 if low else 14)
        if sheet := self._sheet.layout():
            sheet.setContentsMargins(18, 6 if low else 16, 18, 6 if low else 16)

    def _take_focus(self) -> None:
        """What the screen gives the keyboard to, is in the tab in front."""
        first: dict[str, Callable[[], QWidget]] = {
            "timeline": lambda: self.stream.list,
            "orders": lambda: self.orders.table,
        }
        key = self.tabs.key()
        self.setFocusProxy(first[key]() if key in first else self.tabs.tab(key))

    # -- showing

    def _refresh(self) -> None:
        found = profile(self.ctx.book, customer_id=self.customer_id, today=date.today())
        if found is None:
            self._go_back()
        else:
            self._show(found)

    def _show(self, found: Profile) -> None:
        self.profile = found
        now = datetime.now()
        self.page.set_trail([(tr("Customers"), self._go_back)], display_name(found.name))
        self.head.show_customer(found, now.date())
        self.banners.show_customer(found, now)
        self.figures.show_customer(found, now.date())
        self.tabs.show_customer(found)
        self.side.show_customer(found)
        self._take_focus()

    def _go_back(self) -> None:
        self.ctx.navigate("customers")

    def _more(self) -> None:
        self.doing.menu().popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height() + 4)))
