"""The profile: header and figures, what happened in tabs, and beside them what is to do and to know."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QTabWidget, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_short_day
from desktop.core.translation import mark, tr
from desktop.operations import customers as operations
from desktop.queries.profile import Profile, profile
from desktop.views.customers.editor import open_editor
from desktop.views.customers.words import display_name, point_text, state_name, state_tone, why
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.offers import offer
from desktop.views.kit.widgets import (
    Avatar,
    Banner,
    Card,
    ElidedLabel,
    EmptyState,
    IconButton,
    Page,
    PrimaryButton,
    SecondaryButton,
    Tag,
    clear,
)
from desktop.views.profile.lists import CasesTab, ComplaintsTab
from desktop.views.profile.orders_tab import OrdersTab
from desktop.views.profile.side import NARROW, WIDTH, Side
from desktop.views.profile.tiles import Tiles
from desktop.views.timeline.rating_form import RatingForm
from desktop.views.timeline.stream import TimelineStream
from desktop.views.timeline.words import cut

if TYPE_CHECKING:
    from desktop.views.profile.dossier import DossierMaker

LOW = 780
"""Pixels of height below which everything above the tabs stands closer."""
_TABS = {
    "timeline": mark("Timeline"),
    "orders": mark("Orders"),
    "cases": mark("Service cases"),
    "complaints": mark("Complaints"),
}
_TABLES = (
    "customer", "contact_point", "customer_tag", "tag", "orders", "order_line", "rating", "complaint",
    "service_case", "case_step", "task", "setting",
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
        self.new_order_button = PrimaryButton(tr("New order"), "receipt-text", self.new_order)
        self.edit_button = SecondaryButton(tr("Edit"), "pencil", self.edit)
        self.print_button = SecondaryButton(tr("Print"), "printer", self.print_dossier)
        self.more_button = IconButton("ellipsis", tr("More"), self._more, framed=True)
        for button in (self.print_button, self.edit_button, self.more_button, self.new_order_button):
            self.page.add_action(button)
        for text, keys, do in (
            (tr("New order"), "", self.new_order),
            (tr("Edit the customer"), "F2", self.edit),
            (tr("New complaint"), "", self.new_complaint),
            (tr("New service case"), "", self.new_case),
            (tr("Add a rating…"), "", self.new_rating),
            (tr("Dossier…"), "", self.open_dossier),
            (tr("Print the dossier"), "Ctrl+P", self.print_dossier),
            (tr("Merge with another customer"), "", self.merge_with),
            (tr("Delete the customer"), "", self.delete),
        ):
            offer(self, text, do, keys)

    def _make_body(self, tab: str) -> None:
        currency = str(self.ctx.book.setting("shop.currency"))
        self._head = QHBoxLayout()
        self._head.setSpacing(14)
        self._banner_slot = QVBoxLayout()
        self.tiles = Tiles(currency)
        self.stream = TimelineStream(self.ctx, self.customer_id)
        self.orders = OrdersTab(self.ctx)
        self.cases = CasesTab(self.ctx)
        self.complaints = ComplaintsTab(self.ctx)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        # What flows into lines asks for the height of its narrowest shape; a low window must not obey.
        self.tabs.setMinimumHeight(260)
        for key, widget in zip(_TABS, (self.stream, self.orders, self.cases, self.complaints), strict=True):
            self.tabs.addTab(widget, tr(_TABS[key]))
        self.tabs.setCurrentIndex(list(_TABS).index(tab) if tab in _TABS else 0)
        self._sheet = Card()
        self._sheet.body.addWidget(self.tabs)
        self._left = left = QVBoxLayout()
        left.addLayout(self._head)
        left.addLayout(self._banner_slot)
        left.addWidget(self.tiles)
        left.addWidget(self._sheet, 1)
        self.side = Side(self.ctx, self.edit)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self.side)
        self.page.body.addLayout(row)
        self.tabs.currentChanged.connect(lambda _: self._take_focus())
        self._take_focus()

    def _show_nobody(self) -> None:
        self.page.set_trail([(tr("Customers"), self._go_back)], tr("Nobody"))
        for button in (self.new_order_button, self.edit_button, self.print_button, self.more_button):
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

    # -- what the window asks

    def route_params(self) -> dict[str, object]:
        """What to build this screen with again."""
        params: dict[str, object] = {"customer": self.customer_id}
        if self.profile is not None:
            params["tab"] = list(_TABS)[self.tabs.currentIndex()]
            if self.tabs.currentWidget() is self.orders and self.orders.table.current_id() is not None:
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
        first = (self.stream.list, self.orders.table, self.cases, self.complaints)
        self.setFocusProxy(first[self.tabs.currentIndex()])

    # -- showing

    def _refresh(self) -> None:
        found = profile(self.ctx.book, customer_id=self.customer_id, today=date.today())
        if found is None:
            self._go_back()
        else:
            self._show(found)

    def _show(self, found: Profile) -> None:
        self.profile = found
        today = date.today()
        name = display_name(found.name)
        self.page.set_trail([(tr("Customers"), self._go_back)], name)
        self._show_head(found, name)
        clear(self._banner_slot)
        if reason := why(found, today):
            self._banner_slot.addWidget(
                Banner("triangle-alert", reason, "red" if found.state == "lost" else "amber")
            )
        self.tiles.show_figures(found, today)
        for shown in (self.orders, self.cases, self.complaints):
            shown.show_customer(found)
        self.side.show_customer(found)
        for number, count in ((1, found.all_orders), (2, found.cases), (3, found.complaints)):
            title = tr(list(_TABS.values())[number])
            text = tr("{tab} {count}", tab=title, count=f"{count:,}") if count else title
            self.tabs.setTabText(number, text)

    def _show_head(self, found: Profile, name: str) -> None:
        clear(self._head)
        self._head.addWidget(Avatar(name, 48))
        lines = QVBoxLayout()
        lines.setSpacing(3)
        first = QHBoxLayout()
        first.setSpacing(8)
        title = ElidedLabel(name, size=22, bold=True)
        title.setMaximumWidth(title.sizeHint().width())
        first.addWidget(title)
        tags = [Tag(state_name(found.state), state_tone(found.state))]
        if found.kind != "individual":
            tags.append(Tag(words.name(words.CUSTOMER_KINDS, found.kind), "blue"))
        tags += [Tag(cut(tag, 16)) for tag in found.tags[:4]]
        for made in tags:
            # A long name makes way for them, not they for it.
            made.setMinimumWidth(made.sizeHint().width())
            first.addWidget(made)
        first.addStretch(1)
        lines.addLayout(first)
        lines.addWidget(ElidedLabel(contact_line(found), role="muted"))
        self._head.addLayout(lines, 1)

    # -- doing

    def _go_back(self) -> None:
        self.ctx.navigate("customers")

    def _more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("New complaint"), self.new_complaint)
        menu.addAction(tr("New service case"), self.new_case)
        menu.addAction(tr("Add a rating…"), self.new_rating)
        menu.addAction(tr("Add a task"), self.side.add_task)
        menu.addSeparator()
        menu.addAction(tr("Export…"), self.export)
        menu.addAction(tr("Export the orders…"), self.orders.export)
        menu.addAction(tr("Export what happened…"), self.export_stream)
        menu.addAction(tr("Dossier…"), self.open_dossier)
        menu.addAction(tr("Print…"), self.print_dossier)
        menu.addSeparator()
        menu.addAction(tr("Merge with…"), self.merge_with)
        menu.addAction(tr("Delete the customer"), self.delete)
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height() + 4)))

    def new_order(self) -> FormDialog | None:
        """Open the form for a new order."""
        return self.orders.new_order() if self.profile else None

    def new_case(self) -> FormDialog | None:
        """Open the form for a new service case."""
        return self.cases.new_case() if self.profile else None

    def new_rating(self) -> FormDialog | None:
        """Open the form for a rating that the customer gave."""
        if self.profile is None:
            return None
        form = RatingForm(self.ctx, customer_id=self.customer_id, parent=self)
        form.open()
        return form

    def new_complaint(self) -> None:
        """Go and enter a complaint of this customer."""
        self.ctx.navigate("complaints", new=True, customer=self.customer_id)

    def edit(self) -> FormDialog | None:
        """Open the form of the customer's details."""
        return open_editor(self.ctx, self, customer_id=self.customer_id) if self.profile else None

    def merge_with(self) -> FormDialog | None:
        """Ask for another customer, with whom this one is then compared."""
        if self.profile is None:
            return None
        from desktop.views.duplicates.merge_with import MergeWith

        form = MergeWith(self.ctx, self.customer_id, self.profile.name, self)
        form.open()
        return form

    def delete(self) -> None:
        """Delete the customer and go back to the list; the notice offers to undo it."""
        if self.profile is not None:
            self.ctx.do(lambda: operations.delete_customers(self.ctx.book, customer_ids=[self.customer_id]))

    def export(self) -> None:
        """Take the customer away as a line of a list or as a contact."""
        from desktop.views.customers.listing import customer_listing
        from desktop.views.exchange.export import take_out

        only = [self.customer_id]
        title = display_name(self.profile.name) if self.profile else tr("Customer")
        take_out(self.ctx, self, customer_listing(self.ctx, ids=lambda: only, title=title, count=1))

    def export_stream(self) -> None:
        """Take what happened with the customer away as a file."""
        if self.profile is not None:
            self.stream.export(tr("What happened with {name}", name=display_name(self.profile.name)))

    def open_dossier(self) -> QDialog | None:
        """Choose what of the customer goes into a PDF, a workbook or on paper."""
        if self.profile is None:
            return None
        from desktop.views.profile.dossier_dialog import DossierDialog

        dialog = DossierDialog(self.ctx, self._dossier(), display_name(self.profile.name), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def print_dossier(self) -> None:
        """Show the pages of the dossier, with the parts it had last, and print them."""
        if self.profile is not None:
            from desktop.views.profile.dossier import chosen_parts

            self._dossier().print(chosen_parts(self.ctx))

    def _dossier(self) -> DossierMaker:
        # Paper pulls in libraries of its own, which only those pay for who print.
        from desktop.views.profile.dossier import DossierMaker

        name = self.profile.name if self.profile else ""
        return DossierMaker(self.ctx, self.customer_id, name, self)


def contact_line(found: Profile) -> str:
    """How to reach a customer, where they live and when they were born, in a line."""
    parts = [point_text(point) for point in found.points if point.kind not in ("address", "email")][:3]
    parts += [point_text(point) for point in found.points if point.kind == "email"][:1]
    if found.region:
        parts.append(found.region)
    if found.birthday:
        parts.append(_birthday(found))
    return " · ".join(parts)


def _birthday(found: Profile) -> str:
    """The birthday without its year; a lunar one by the numbers of its month and day."""
    month, day = (int(part) for part in found.birthday[-5:].split("-"))
    if found.birthday_calendar == "lunar":
        return tr("lunar birthday {month}/{day}", month=month, day=day)
    return tr("birthday {day}", day=format_short_day(date(2000, month, day)))
