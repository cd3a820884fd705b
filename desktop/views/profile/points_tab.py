"""The tab of a customer's points: how many, where they came from, and what to do with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_day
from desktop.core.money import format_money
from desktop.core.points import points_worth
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.operations.membership import add_points
from desktop.queries.points import PointsRow, points_figures, points_ids, points_rows, points_rule
from desktop.queries.profile import Profile
from desktop.views.customers.words import display_name
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.offers import offer
from desktop.views.kit.table import Column, IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.theme import Tone
from desktop.views.kit.widgets import (
    ElidedLabel,
    EmptyState,
    IconButton,
    LinkButton,
    SecondaryButton,
    label,
)
from desktop.views.profile.points_form import KINDS, PointsForm, RuleForm, rule_words, taken_back_words

_TONES: dict[str, Tone] = {
    "earned": "accent", "gift": "accent", "redeemed": "blue", "expired": "grey", "correction": "amber",
}  # fmt: skip


def _signed(points: int) -> str:
    return f"{points:+,}".replace("-", "−")


def _about(row: PointsRow) -> str:
    """What it was for, and where it came from."""
    parts = [row.text]
    if row.order_number:
        parts.append(tr("Order {number}", number=row.order_number))
    if row.file:
        parts.append(tr("from “{file}”", file=row.file))
    return " · ".join(part for part in parts if part)


COLUMNS = (
    Column("at", mark("When"), 150, "muted", sortable=False, text=format_day),
    Column(
        "reason", mark("Reason"), 122, "tag", sortable=False,
        text=lambda code: words.name(words.POINTS_REASONS, code), tone=lambda code: _TONES[code],
    ),
    Column("points", mark("Points"), 84, "number", sortable=False, text=_signed),
    Column("balance", mark("Balance"), 84, "number", sortable=False),
    Column("about", mark("What for"), 130, sortable=False, stretch=True, value=_about),
    Column("clerk", mark("Clerk"), 82, "muted", sortable=False),
)  # fmt: skip


class PointsTab(QWidget):
    """The balance, the rule, and the ledger that is only ever added to."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._customer, self._name = 0, ""
        self._balance = label(size=theme.TITLE, bold=True)
        self._figures = label(size=theme.SMALL, role="muted")
        self._rule = ElidedLabel(size=theme.SMALL, role="muted")
        self.rule_button = LinkButton(tr("Change the rule…"), on_click=self.change_rule)
        self.give_button = SecondaryButton(tr("Give…"), "gift", self.give, small=True)
        self.redeem_button = SecondaryButton(tr("Redeem…"), "coins", self.redeem, small=True)
        self.more_button = IconButton("ellipsis", tr("More"), self._more)
        self.model = IdListModel(COLUMNS, self._fetch, parent=self)
        self.table = TableView(self.model, name=tr("Points"))
        self._pane = TablePane(self.table, empty=self._make_empty())
        self._pane.setProperty("role", "bare")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._head())
        layout.addWidget(self._pane, 1)
        self.table.opened.connect(lambda _: self.open_order())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.setFocusProxy(self.table)
        for text, do in self._doings():
            offer(self, text, do)
        ctx.changes.listen(self, self._refresh, "points_entry", "setting", "orders")

    def _head(self) -> QVBoxLayout:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._balance)
        first.addWidget(self._figures, 1)
        for button in (self.give_button, self.redeem_button, self.more_button):
            first.addWidget(button)
        second.setSpacing(6)
        second.addWidget(self._rule, 1)
        second.addWidget(self.rule_button)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addLayout(first)
        head.addLayout(second)
        return head

    def _make_empty(self) -> EmptyState:
        return EmptyState(
            "coins",
            tr("No points yet"),
            tr("Points that come and go are noted here one by one, so that the balance is never a riddle."),
            tr("Give points"),
            self.give,
            action_icon="gift",
        )

    def _doings(self) -> list[tuple[str, Callable[[], object]]]:
        return [
            (tr("Points for a purchase…"), lambda: self._form("earned")),
            (tr("Give points…"), self.give),
            (tr("Redeem points…"), self.redeem),
            (tr("Let points expire…"), lambda: self._form("expired")),
            (tr("Put the points right…"), lambda: self._form("correction")),
            (tr("Export the points…"), self.export),
        ]

    # -- showing

    def show_customer(self, found: Profile) -> None:
        """Show a customer's points."""
        self._customer, self._name = found.id, display_name(found.name)
        self._refresh()

    def _refresh(self) -> None:
        if not self._customer:
            return
        book = self._ctx.book
        figures = points_figures(book, customer_id=self._customer)
        self._balance.setText(ntr("{n} point", "{n} points", figures.balance))
        parts = [tr("{came} came, {went} went", came=f"{figures.came:,}", went=f"{figures.went:,}")]
        rule = points_rule(book)
        if rule.worth and figures.balance > 0:
            currency = str(book.setting("shop.currency"))
            worth = format_money(points_worth(figures.balance, rule.worth, currency), currency)
            parts.insert(0, tr("worth {amount}", amount=worth))
        self._figures.setText(" · ".join(parts) if figures.entries else "")
        self._rule.set_whole(rule_words(self._ctx))
        self.redeem_button.setEnabled(figures.balance > 0)
        self.model.refresh_rows()
        self._pane.set_ids(points_ids(book, customer_id=self._customer))

    def _fetch(self, ids: Sequence[int]) -> dict[int, PointsRow]:
        return points_rows(self._ctx.book, ids, customer_id=self._customer)

    # -- doing

    def give(self) -> FormDialog:
        """Ask for points to give."""
        return self._form("gift")

    def redeem(self) -> FormDialog:
        """Ask for points that the customer pays with."""
        return self._form("redeemed")

    def _form(self, reason: str) -> FormDialog:
        form = PointsForm(self._ctx, self._customer, reason, self)
        form.open()
        return form

    def change_rule(self) -> FormDialog:
        """Ask for the shop's rule."""
        form = RuleForm(self._ctx, self)
        form.open()
        return form

    def take_back(self) -> None:
        """Put the current entry right by one that takes as many the other way."""
        row = self._current()
        if row is not None:
            self._ctx.do(
                lambda: add_points(
                    self._ctx.book,
                    customer_id=self._customer,
                    points=-row.points,
                    reason="correction",
                    at=datetime.now().replace(microsecond=0),
                    text=taken_back_words(row.reason, row.at),
                    order_id=row.order_id,
                    staff_id=self._ctx.book.clerk_id(),
                )
            )

    def open_order(self) -> None:
        """Go to the order that the current entry belongs to."""
        row = self._current()
        if row is not None and row.order_id is not None:
            self._ctx.navigate("profile", customer=self._customer, tab="orders", order=row.order_id)

    def export(self) -> None:
        """Take the ledger, or the entries selected, away as a file."""
        from desktop.views.exchange.export import take_out
        from desktop.views.exchange.lists import book_list

        ids, chosen = self.model.ids(), self.table.selected_ids()
        written = (
            ExportColumn("at", tr("When"), "when"),
            ExportColumn("reason", tr("Reason"), value=lambda r: words.name(words.POINTS_REASONS, r.reason)),
            ExportColumn("points", tr("Points"), "number"),
            ExportColumn("balance", tr("Balance"), "number"),
            ExportColumn("about", tr("What for"), value=_about),
            ExportColumn("clerk", tr("Clerk")),
        )
        listing = book_list(
            self._ctx,
            "points",
            tr("Points of {name}", name=self._name),
            written,
            self._fetch,
            ids=lambda: ids,
            shown=self.table.shown_keys(),
            count=len(ids),
            selected=chosen if len(chosen) > 1 else (),
        )
        take_out(self._ctx, self, listing)

    def _current(self) -> PointsRow | None:
        current = self.table.current_id()
        return None if current is None else self._fetch([current]).get(current)

    def _more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for reason in ("earned", "expired", "correction"):
            action = menu.addAction(tr("{doing}…", doing=tr(KINDS[reason].title)))
            action.triggered.connect(lambda _=False, reason=reason: self._form(reason))
        menu.addSeparator()
        menu.addAction(tr("Export…"), self.export)
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height() + 4)))

    def _menu(self, at: QPoint) -> None:
        row = self._current()
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Take back"), self.take_back)
        if row.order_id is not None:
            menu.addAction(tr("Show the order"), self.open_order)
        menu.addSeparator()
        menu.addAction(tr("Copy"), self.table.copy_selection)
        menu.addAction(tr("Export…"), self.export)
        menu.popup(self.table.viewport().mapToGlobal(at))
