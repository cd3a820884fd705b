"""What is done with an order besides editing it: moved on, refunded, given back, served, rated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core import words
from desktop.core.money import format_money
from desktop.core.translation import mark, tr
from desktop.operations import orders as operations
from desktop.queries.orders import OrderRow
from desktop.views.cases.case_dialog import CaseDialog
from desktop.views.cases.case_form import CaseForm
from desktop.views.cases.fields import ask_warranty
from desktop.views.cases.words import ICONS
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog, MoneyField
from desktop.views.kit.icons import icon
from desktop.views.ratings.form import RatingForm

CASES = {
    "return": mark("Return…"),
    "exchange": mark("Exchange…"),
    "warranty": mark("Warranty…"),
    "repair": mark("Repair…"),
    "installation": mark("Installation…"),
}
NEXT = {"unpaid": "paid", "paid": "shipped", "shipped": "completed"}


class OrderActs:
    """Acts on the order that `current` gives, with forms above `owner`."""

    def __init__(self, ctx: Context, owner: QWidget, current: Callable[[], OrderRow | None]) -> None:
        self._ctx, self._owner, self._current = ctx, owner, current
        self._currency = str(ctx.book.setting("shop.currency"))

    def refund(self) -> FormDialog | None:
        """Ask what was given back."""
        row = self._current()
        if row is None:
            return None

        def store(values: dict[str, int]) -> None:
            self._ctx.changed(
                operations.refund_order(self._ctx.book, order_id=row.id, amount=values["amount"])
            )

        paid = format_money(row.paid, self._currency)
        form = FormDialog(
            tr("Refund the order {number}", number=row.number),
            tr("Refund"),
            store,
            text=tr("Paid: {amount}", amount=paid),
            width=420,
            parent=self._owner,
        )
        form.add_row(
            amount=MoneyField(tr("Given back in all"), row.paid, currency=self._currency, required=True)
        )
        return self._open(form)

    def new_case(self, kind: str = "return") -> FormDialog | None:
        """Open the form for a return, an exchange … of the order."""
        row = self._current()
        if row is None:
            return None
        return self._open(
            CaseForm(self._ctx, customer_id=row.customer_id, order_id=row.id, kind=kind, parent=self._owner)
        )

    def open_case(self, case_id: int) -> CaseDialog:
        """Show a case of the order."""
        dialog = CaseDialog(self._ctx, case_id, self._owner.window())
        dialog.open()
        return dialog

    def rate(self) -> FormDialog | None:
        """Open the form for a rating of the order."""
        row = self._current()
        if row is None:
            return None
        return self._open(
            RatingForm(self._ctx, customer_id=row.customer_id, order_id=row.id, parent=self._owner)
        )

    def tell_expectation(self) -> FormDialog | None:
        """Open the form for what the customer expects of the order."""
        from desktop.views.ratings.expectation_form import ExpectationForm

        row = self._current()
        if row is None or row.customer_id is None:
            return None
        form = ExpectationForm(self._ctx, customer_id=row.customer_id, order_id=row.id, parent=self._owner)
        return self._open(form)

    def print_card(self) -> None:
        """Print the feedback card about the order."""
        from desktop.operations.rated_things import About
        from desktop.views.ratings.cards import print_card

        if row := self._current():
            about = About(customer_id=row.customer_id, order_id=row.id)
            print_card(self._ctx, self._owner, about, row.number)

    def write_note(self) -> None:
        """Write a note that hangs on the order."""
        if row := self._current():
            from desktop.views.timeline.note_dialog import NoteDialog

            links = {"order_id": row.id}
            NoteDialog(self._ctx, customer_id=row.customer_id, links=links, parent=self._owner).open()

    def add_task(self) -> None:
        """Note something to do about the order."""
        if row := self._current():
            from desktop.views.tasks.task_form import open_task_form

            open_task_form(self._ctx, self._owner, customer_id=row.customer_id, order_id=row.id)

    def open_files(self) -> None:
        """Show the files kept with the order."""
        if row := self._current():
            from desktop.views.files.dialog import open_files

            open_files(self._ctx, self._owner, "orders", row.id, tr("order {number}", number=row.number))

    def show_history(self) -> None:
        """Show what every field of the order was, and when."""
        if row := self._current():
            from desktop.views.profile.history_dialog import open_history

            open_history(self._ctx, self._owner, "orders", row.id, tr("order {number}", number=row.number))

    def warranty(self, product_id: int, name: str, months: int | None) -> FormDialog:
        """Ask for how long a product is under warranty."""
        return ask_warranty(self._ctx, product_id, name, months, self._owner)

    def move_on(self, status: str) -> None:
        """Set the order's status."""
        row = self._current()
        if row is not None:
            self._ctx.do(
                lambda: operations.set_order_status(
                    self._ctx.book, order_id=row.id, status=status, at=datetime.now()
                )
            )

    def fill_menu(self, menu: QMenu, row: OrderRow) -> None:
        """What can be done with an order, editing and deleting aside."""
        for kind, text in CASES.items():
            menu.addAction(icon(ICONS[kind]), tr(text)).triggered.connect(
                lambda _=False, kind=kind: self.new_case(kind)
            )
        menu.addSeparator()
        if row.paid > row.refunded:
            menu.addAction(icon("banknote"), tr("Refund…"), self.refund)
        menu.addAction(icon("star"), tr("Add a rating…"), self.rate)
        if row.customer_id is not None:
            menu.addAction(icon("star"), tr("What they expect…"), self.tell_expectation)
        menu.addAction(icon("printer"), tr("Print a feedback card…"), self.print_card)
        menu.addAction(icon("message-circle"), tr("Write a note about it…"), self.write_note)
        menu.addAction(icon("circle-check"), tr("Add a task…"), self.add_task)
        menu.addAction(icon("file-text"), tr("Files…"), self.open_files)
        menu.addAction(icon("history"), tr("History…"), self.show_history)
        states = menu.addMenu(tr("Set to"))
        for code in words.ORDER_STATUSES:
            if code != row.status:
                states.addAction(words.name(words.ORDER_STATUSES, code)).triggered.connect(
                    partial(self._set, code)
                )

    def _set(self, status: str, _: bool = False) -> None:
        self.move_on(status)

    def _open(self, form: FormDialog) -> FormDialog:
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.open()
        return form
