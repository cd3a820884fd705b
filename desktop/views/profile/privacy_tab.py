"""The tab of a customer's data: what they agreed to, what they asked for, and what the shop holds of them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.core.dates import format_day
from desktop.core.progress import Progress
from desktop.core.translation import ntr, tr
from desktop.exchange.whole_book.subjects import BY_TABLE
from desktop.models.changes import Changes
from desktop.operations.erasing import erase_customer
from desktop.queries.privacy import (
    Holding,
    added_at,
    holdings,
    sources,
)
from desktop.queries.profile import Profile
from desktop.views.customers.words import display_name
from desktop.views.files.copies import remove_copies
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.offers import offer
from desktop.views.kit.widgets import (
    KeyValueList,
    ScrollColumn,
    SecondaryButton,
    Separator,
    label,
)
from desktop.views.profile.privacy_consents import Consents
from desktop.views.profile.privacy_forms import (
    EraseForm,
)
from desktop.views.profile.privacy_requests import Requests

_SOON_DAYS = 7
_ICONS = {
    "contact": "phone",
    "promotion": "badge-percent",
    "rating": "star",
    "photo": "image-down",
    "share": "users",
}
_TABLES = (
    "consent", "privacy_request", "contact_point", "orders", "interaction", "service_case", "complaint",
    "rating", "points_entry", "shipment", "task", "attachment", "relationship", "customer_tag",
)  # fmt: skip


class PrivacyTab(QWidget):
    """Consents, requests and holdings, one below the other."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._customer, self._name = 0, ""
        self.rows = ScrollColumn(gap=0)
        self.consents = Consents(ctx)
        self.requests = Requests(ctx, self.give_copy, self.erase)
        self._holds = KeyValueList(name_width=150)
        self._fill()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addWidget(self.rows)
        for text, do in (
            (tr("Note a request about their data…"), self.requests.new_request),
            (tr("Give a copy of their data…"), self.give_copy),
            (tr("Erase the customer for good…"), self.erase),
        ):
            offer(self, text, do)
        ctx.changes.listen(self, self._refresh, *_TABLES)

    def _fill(self) -> None:
        column = self.rows.column
        new = SecondaryButton(tr("Note a request…"), "plus", self.requests.new_request, small=True)
        copy = SecondaryButton(tr("Give a copy…"), "file-text", self.give_copy, small=True)
        for title, action, part in (
            (tr("Consent"), None, self.consents),
            (tr("Requests about their data"), new, self.requests),
            (tr("What the shop holds"), copy, self._holds),
        ):
            column.addLayout(self._head(title, action))
            column.addWidget(part)
            column.addSpacing(16)
        column.addWidget(Separator())
        column.addSpacing(8)
        column.addLayout(self._erase_line())
        column.addStretch()

    def show_customer(self, found: Profile) -> None:
        """Show what is agreed with a customer and held of them."""
        self._customer, self._name = found.id, display_name(found.name)
        self._refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the first button."""
        super().focusInEvent(event)
        if first := self.consents.findChild(QPushButton):
            first.setFocus()

    # -- showing

    def _refresh(self) -> None:
        if not self._customer:
            return
        self.consents.show_customer(self._customer)
        self.requests.show_customer(self._customer)
        self._holds.set_pairs(self._held())
        for one in self.rows.canvas.findChildren(QLabel):
            if one.wordWrap():
                # Qt asks for the height of one word a line, and would scroll on into nothing.
                one.setMinimumHeight(1)

    def _head(self, title: str, action: QWidget | None = None) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 2, 0, 4)
        line.addWidget(label(title, size=theme.SECTION, bold=True))
        line.addStretch()
        if action:
            line.addWidget(action)
        return line

    def _held(self) -> list[tuple[str, str]]:
        book = self._ctx.book
        pairs = [(_title(one), _span(one)) for one in holdings(book, customer_id=self._customer)]
        came = added_at(book, customer_id=self._customer)
        files = [
            tr("{file} ({day}, {count})", file=one.file, day=format_day(one.at),
               count=ntr("{n} row", "{n} rows", one.rows))
            for one in sources(book, customer_id=self._customer)
        ]  # fmt: skip
        if came:
            pairs.insert(0, (tr("In the book since"), format_day(came)))
        pairs.append((tr("Came from files"), "\n".join(files) if files else tr("None: entered by hand")))
        return pairs

    def _erase_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        text = tr("Erasing takes the person out of the book and its history. It can't be undone.")
        line.addWidget(label(text, size=theme.SMALL, role="muted", wrap=True), 1)
        self.erase_button = SecondaryButton(tr("Erase for good…"), "trash-2", self.erase, danger=True)
        line.addWidget(self.erase_button)
        return line

    # -- doing

    def give_copy(self) -> None:
        """Choose what of the customer goes into a file or on paper."""
        # Paper pulls in libraries of its own, which only those pay for who print.
        from desktop.views.profile.dossier import DossierMaker
        from desktop.views.profile.dossier_dialog import DossierDialog

        maker = DossierMaker(self._ctx, self._customer, self._name, self)
        dialog = DossierDialog(self._ctx, maker, self._name, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def erase(self) -> FormDialog:
        """Ask for the name, then erase the customer for good."""
        form = EraseForm(self._name, self._erase, self)
        form.open()
        return form

    def _erase(self, note: str) -> None:
        book, customer, name = self._ctx.book, self._customer, self._name

        def work(progress: Progress) -> Changes:
            return erase_customer(
                book,
                customer_id=customer,
                at=datetime.now().replace(microsecond=0),
                note=note,
                progress=progress,
            )

        def done(changes: Changes) -> None:
            # What other programs were given to show goes as well.
            remove_copies()
            self._ctx.changed(changes, quiet=True)
            self._ctx.notify(tr("{name} was erased for good.", name=name), tone="info")

        self._ctx.tasks.write(tr("Erasing for good"), work, done, owner=self)


def _title(one: Holding) -> str:
    return tr(BY_TABLE[one.table].title)


def _span(one: Holding) -> str:
    count = f"{one.rows:,}"
    if not one.oldest or not one.newest:
        return count
    first, last = format_day(one.oldest), format_day(one.newest)
    if first == last:
        return tr("{count}, of {day}", count=count, day=first)
    return tr("{count}, from {first} to {last}", count=count, first=first, last=last)
