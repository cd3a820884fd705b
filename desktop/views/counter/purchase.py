"""A purchase rung up at the counter: the amount, and what was bought where somebody wants to know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.money import AmountError, format_money, parse_amount, plain_amount
from desktop.core.points import points_earned
from desktop.core.translation import ntr, tr
from desktop.models.changes import Changes
from desktop.operations.orders import Line, add_order
from desktop.queries.counter import CounterCard
from desktop.queries.counter_finding import product_of_code
from desktop.queries.orders import ProductRow, products
from desktop.queries.points import points_rule
from desktop.views.counter.big_button import BigButton
from desktop.views.counter.panel import SMALL_BUTTON, BigLine, Choice, Panel, named
from desktop.views.kit.context import Context
from desktop.views.kit.labels import ElidedLabel, label
from desktop.views.kit.layouts import clear
from desktop.views.profile.order_lines import amount_of

_OFFERED = 8


class PurchasePanel(Panel):
    """The amount follows the lines until somebody writes another one; Enter saves."""

    def __init__(self, ctx: Context, card: CounterCard) -> None:
        super().__init__(ctx, tr("Purchase"), tr("Save"))
        self._customer = card.id
        self._currency = str(ctx.book.setting("shop.currency"))
        self._lines: list[tuple[ProductRow | None, str, float]] = []
        self._own = False
        self.amount = BigLine(tr("Amount"), huge=True)
        self.amount.setPlaceholderText(format_money(0, self._currency))
        self.amount.textEdited.connect(self._wrote_amount)
        self.amount.textChanged.connect(lambda _: self._show_points())
        self.product = BigLine(tr("What was bought"))
        self.product.setPlaceholderText(tr("May be left open"))
        self._names = QStringListModel(self)
        self._found: dict[str, ProductRow] = {}
        offers = QCompleter(self._names, self)
        offers.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        offers.activated.connect(self._add)
        self.product.setCompleter(offers)
        self.product.textEdited.connect(self._offer)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.paid = Choice([(True, tr("Paid now")), (False, tr("Pays later"))], True)
        self.paid.changed.connect(self._show_points)
        self._points = label(size=15, role="accent", wrap=True)
        self.column.addLayout(named(tr("Amount"), self.amount))
        self.column.addLayout(named(tr("What was bought"), self.product))
        self.column.addLayout(self._rows)
        self.column.addWidget(self.paid)
        self.column.addWidget(self._points)
        self.column.addStretch(1)
        self.setFocusProxy(self.amount)
        self._show_points()

    # -- lines

    def _offer(self, text: str) -> None:
        found = products(self.ctx.book, text.strip(), _OFFERED) if text.strip() else []
        self._found = {row.name: row for row in found}
        self._names.setStringList(list(self._found))

    def _add_typed(self) -> None:
        """What stands in the product's line: the one name that is offered, else a new one."""
        if text := self.product.text().strip():
            self._offer(text)
            self._add(next(iter(self._found)) if len(self._found) == 1 else text)

    def take_code(self, code: str) -> bool:
        """Goods scanned go onto the list."""
        known = product_of_code(self.ctx.book, code)
        if known is not None:
            self._found[known.name] = known
            self._add(known.name)
        return known is not None

    def _add(self, name: str) -> None:
        known = self._found.get(name)
        for at, (_, title, quantity) in enumerate(self._lines):
            if title == name:
                self._lines[at] = (known, title, quantity + 1)
                break
        else:
            self._lines.append((known, name, 1))
        # A completer writes its choice into the line after telling of it.
        self.product.clear()
        QTimer.singleShot(0, self.product, self.product.clear)
        self._show_lines()

    def _change(self, at: int, by: int) -> None:
        known, title, quantity = self._lines[at]
        self._lines[at] = (known, title, quantity + by)
        self._lines = [line for line in self._lines if line[2] > 0]
        self._show_lines()

    def _show_lines(self) -> None:
        clear(self._rows)
        for at, (known, title, quantity) in enumerate(self._lines):
            self._rows.addWidget(self._line_row(at, known, title, quantity))
        if not self._own:
            total = sum(line.amount for line in self._order_lines())
            self.amount.setText(plain_amount(total, self._currency) if total else "")

    def _line_row(self, at: int, known: ProductRow | None, title: str, quantity: float) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(ElidedLabel(title, size=16), 1)
        if known is not None and known.price:
            price = amount_of(quantity, known.price, self._currency)
            row.addWidget(label(format_money(price, self._currency), size=15, role="muted"))
        less = BigButton("−", "", lambda: self._change(at, -1), height=SMALL_BUTTON, size=20)
        less.setAccessibleName(tr("One less of {product}", product=title))
        more = BigButton("+", "", lambda: self._change(at, 1), height=SMALL_BUTTON, size=20)
        more.setAccessibleName(tr("One more of {product}", product=title))
        count = label(f"{quantity:g}", size=17, bold=True)
        count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        count.setMinimumWidth(28)
        for widget in (less, count, more):
            row.addWidget(widget)
        return holder

    def _order_lines(self) -> list[Line]:
        made = []
        for known, title, quantity in self._lines:
            price = (known.price if known else None) or 0
            amount = amount_of(quantity, price, self._currency)
            made.append(Line(title, quantity, price, amount, known.id if known else None))
        return made

    # -- amount

    def _wrote_amount(self, text: str) -> None:
        """What a person wrote stays; with nothing left there it follows the lines again."""
        self._own = bool(text.strip())
        if not self._own:
            self._show_lines()

    def _total(self) -> int | None:
        return parse_amount(self.amount.text(), self._currency)

    def _earned(self) -> int:
        try:
            total = self._total() or 0
        except AmountError:
            return 0
        rate = points_rule(self.ctx.book).per_unit
        return points_earned(total, rate, self._currency) if self.paid.value() else 0

    def _show_points(self) -> None:
        earned = self._earned()
        self._points.setText(ntr("Earns {n} point", "Earns {n} points", earned) if earned else "")
        self._points.setVisible(bool(earned))

    # -- as a panel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter after a product takes that; the next one saves."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.product.hasFocus() and self.product.text().strip():
            self._add_typed()
        else:
            super().keyPressEvent(event)

    def store(self) -> Changes:
        """Ring it up, the points with it."""
        if self.product.text().strip():
            self._add_typed()
        try:
            total = self._total()
        except AmountError as fault:
            raise UserError(
                tr("“{text}” is no amount: {reason}.", text=self.amount.text(), reason=fault.reason)
            ) from None
        if total is None and not self._lines:
            self.amount.setFocus()
            raise UserError(tr("The purchase has no amount."), tr("Write what was paid."))
        now = datetime.now().replace(microsecond=0)
        return add_order(
            self.ctx.book,
            placed_at=now,
            lines=self._order_lines(),
            customer_id=self._customer,
            total=total,
            status="completed" if self.paid.value() else "unpaid",
            staff_id=self.ctx.book.clerk_id(),
            points=self._earned(),
        )

    def draft(self) -> dict[str, Any]:
        if not (self._lines or self.amount.text().strip() or self.product.text().strip()):
            return {}
        return {
            "amount": self.amount.text(),
            "own": self._own,
            "product": self.product.text(),
            "lines": list(self._lines),
            "paid": self.paid.value(),
        }

    def fill(self, draft: Mapping[str, Any]) -> None:
        self._lines = list(draft["lines"])
        self._own = draft["own"]
        self._show_lines()
        self.amount.setText(draft["amount"])
        self.product.setText(draft["product"])
        self.paid.choose(draft["paid"])
