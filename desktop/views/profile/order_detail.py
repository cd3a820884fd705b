"""The order chosen in the tab: its lines with what can still come back, parcels, cases and its checklist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_short_day
from desktop.core.money import format_money, format_price
from desktop.core.translation import tr
from desktop.queries.order_detail import ShipmentRow, order_shipments
from desktop.queries.orders import OrderLineRow, OrderRow, order_lines
from desktop.queries.returns import ReturnLine, returnable
from desktop.queries.service_cases import CaseRow, case_ids, case_rows
from desktop.views.cases import words as case_words
from desktop.views.cases.checklist import OrderStages
from desktop.views.cases.fields import months_words
from desktop.views.cases.items_field import left_words
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.icons import icon
from desktop.views.kit.widgets import (
    IconButton,
    LinkButton,
    ScrollColumn,
    SecondaryButton,
    clear,
    label,
)
from desktop.views.profile.order_acts import NEXT, OrderActs

STAGES_WIDTH = 250
NARROW_STAGES = 214
WIDE_FROM = 640


class OrderDetail(QWidget):
    """Shows one order; `edit` opens its form."""

    def __init__(self, ctx: Context, acts: OrderActs, edit: Callable[[], object]) -> None:
        super().__init__()
        self._ctx, self._acts, self._edit = ctx, acts, edit
        self._currency = str(ctx.book.setting("shop.currency"))
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._lines = ScrollColumn(gap=7)
        self.stages = OrderStages(ctx)
        self._beside = ScrollColumn(gap=0)
        self._beside.column.addWidget(self.stages)
        self._beside.setFixedWidth(STAGES_WIDTH)
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addWidget(self._lines, 1)
        both.addWidget(self._beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._head)
        layout.addLayout(both, 1)

    def show_order(self, row: OrderRow | None) -> None:
        """Show another order, or the same one anew; None: nothing."""
        clear(self._head)
        clear(self._lines.column)
        self.setVisible(row is not None)
        if row is None:
            return
        self._fill_head(row)
        column = self._lines.column
        book = self._ctx.book
        found = returnable(book, row.id)
        back = {line.id: line for line in found.lines} if found else {}
        lines = order_lines(book, order_id=row.id)
        for line in lines:
            column.addWidget(self._line(line, back.get(line.id)))
        if not lines:
            nothing = tr("What was bought was not noted.")
            column.addWidget(label(nothing, size=theme.SMALL, role="muted"))
        if row.refunded:
            self._pair(tr("Refunded"), format_money(-row.refunded, self._currency))
        if row.note:
            column.addWidget(label(row.note, size=theme.SMALL, wrap=True, selectable=True))
        for parcel in order_shipments(book, row.id):
            column.addWidget(
                label(_parcel(parcel), size=theme.SMALL, role="muted", wrap=True, selectable=True)
            )
        now = datetime.now()
        ids = case_ids(book, now=now, scope="all", order_id=row.id)
        cases = case_rows(book, ids)
        for case in ids:
            column.addWidget(self._case(cases[case], now), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self.stages.show_order(row.id)

    def _fill_head(self, row: OrderRow) -> None:
        self._head.addWidget(label(tr("Order {number}", number=row.number or "—"), bold=True))
        self._head.addStretch()
        if following := NEXT.get(row.status):
            status = words.name(words.ORDER_STATUSES, following)
            self._head.addWidget(
                SecondaryButton(
                    tr("Set to: {status}", status=status),
                    "check",
                    lambda: self._acts.move_on(following),
                    small=True,
                )
            )
        back = SecondaryButton(tr("Return…"), "undo-2", lambda: self._acts.new_case("return"), small=True)
        self._head.addWidget(back)
        self._head.addWidget(SecondaryButton(tr("Edit…"), "pencil", self._edit, small=True))
        more = IconButton("ellipsis", tr("More"), role="muted")
        menu = QMenu(more)
        self._acts.fill_menu(menu, row)
        self._offer_warranties(menu, row)
        more.setMenu(menu)
        self._head.addWidget(more)

    def _offer_warranties(self, menu: QMenu, row: OrderRow) -> None:
        """For how long each product of the order is under warranty."""
        found = returnable(self._ctx.book, row.id)
        products = {line.product_id: line for line in (found.lines if found else ()) if line.product_id}
        if products:
            inside = menu.addMenu(icon("shield-check"), tr("Set the warranty"))
            for product, line in products.items():
                said = line.title if line.months is None else f"{line.title} · {months_words(line.months)}"
                action = inside.addAction(said)
                action.triggered.connect(
                    partial(self._set_warranty, int(product or 0), line.title, line.months)
                )

    def _set_warranty(self, product: int, name: str, months: int | None, _: bool = False) -> None:
        self._acts.warranty(product, name, months)

    def _line(self, line: OrderLineRow, back: ReturnLine | None) -> QWidget:
        """What was bought and for how much; below it what can still come back, and the warranty."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(label(line.title, size=theme.SMALL, wrap=True, selectable=True), 1)
        amount = format_money(line.amount, self._currency)
        if line.quantity != 1:
            price = format_price(line.unit_price, self._currency)
            amount = tr(
                "{quantity} × {price} = {amount}", quantity=f"{line.quantity:g}", price=price, amount=amount
            )
        top.addWidget(label(amount, size=theme.SMALL, selectable=True), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        if back is not None:
            column.addLayout(self._below(back))
        return holder

    def _below(self, back: ReturnLine) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        if back.returned or back.exchanging:
            row.addWidget(label(left_words(back), size=theme.SMALL - 1, role="amber"))
        if back.warranty is not None:
            text, tone = case_words.warranty_words(back.warranty, date.today())
            role = "accent" if tone == "accent" else "muted"
            row.addWidget(label(text, size=theme.SMALL - 1, role=role))
        row.addStretch(1)
        return row

    def _pair(self, name: str, value: str) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 8, 0)
        row.addWidget(label(name, size=theme.SMALL, role="muted"), 1)
        row.addWidget(label(value, size=theme.SMALL, selectable=True))
        self._lines.column.addLayout(row)

    def _case(self, case: CaseRow, now: datetime) -> LinkButton:
        text, _ = case_words.pressing(case, now)
        link = LinkButton(
            " · ".join((case_words.named(case), text)),
            case_words.ICONS[case.kind],
            lambda: self._acts.open_case(case.id),
        )
        link.setFont(theme.font(theme.SMALL))
        return link


def _parcel(parcel: ShipmentRow) -> str:
    """A parcel in a line: which way, how it stands, whose and since when."""
    table = words.SHIPMENT_DIRECTIONS if parcel.direction == "back" else words.SHIPMENT_STATUSES
    code = parcel.direction if parcel.direction == "back" else parcel.status
    named = tr("Parcel · {status}", status=words.name(table, code))
    carried = " ".join(part for part in (parcel.carrier, parcel.number) if part)
    day = format_short_day(parcel.arrived_at or parcel.shipped_at)
    return " · ".join(part for part in (named, carried, day) if part)
