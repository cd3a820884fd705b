"""The tab of a customer's data: what they agreed to, what they asked for, and what the shop holds of them."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_day, relative_day
from desktop.core.progress import Progress
from desktop.core.translation import ntr, tr
from desktop.exchange.whole_book.subjects import BY_TABLE
from desktop.models.changes import Changes
from desktop.operations import privacy as operations
from desktop.operations.erasing import erase_customer
from desktop.queries.privacy import (
    ConsentState,
    Holding,
    RequestRow,
    added_at,
    consents,
    holdings,
    privacy_requests,
    sources,
)
from desktop.queries.profile import Profile
from desktop.views.customers.words import display_name
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.offers import offer
from desktop.views.kit.theme import Tone
from desktop.views.kit.widgets import (
    ActivityRow,
    IconButton,
    KeyValueList,
    ScrollColumn,
    SecondaryButton,
    Separator,
    clear,
    label,
)
from desktop.views.profile.privacy_forms import (
    ConsentForm,
    ConsentHistory,
    EraseForm,
    OutcomeForm,
    RequestForm,
    how,
)

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
        self.consent_rows: dict[str, ActivityRow] = {}
        self.request_rows: dict[int, ActivityRow] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addWidget(self.rows)
        for text, do in (
            (tr("Note a request about their data…"), self.new_request),
            (tr("Give a copy of their data…"), self.give_copy),
            (tr("Erase the customer for good…"), self.erase),
        ):
            offer(self, text, do)
        ctx.changes.listen(self, self._refresh, *_TABLES)

    def show_customer(self, found: Profile) -> None:
        """Show what is agreed with a customer and held of them."""
        self._customer, self._name = found.id, display_name(found.name)
        self._refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the first button."""
        super().focusInEvent(event)
        if first := self.rows.findChild(QPushButton):
            first.setFocus()

    # -- showing

    def _refresh(self) -> None:
        if not self._customer:
            return
        book, column = self._ctx.book, self.rows.column
        clear(column)
        column.addLayout(self._head(tr("Consent")))
        self.consent_rows = {
            state.purpose: self._consent_row(state) for state in consents(book, customer_id=self._customer)
        }
        for row in self.consent_rows.values():
            column.addWidget(row)
        column.addSpacing(16)
        new = SecondaryButton(tr("Note a request…"), "plus", self.new_request, small=True)
        column.addLayout(self._head(tr("Requests about their data"), new))
        requests = privacy_requests(book, customer_id=self._customer)
        self.request_rows = {request.id: self._request_row(request) for request in requests}
        for row in self.request_rows.values():
            column.addWidget(row)
        if not requests:
            column.addWidget(
                label(
                    tr("None. A copy, a correction or an erasure that somebody asks for is noted here."),
                    size=theme.SMALL,
                    role="muted",
                    wrap=True,
                )
            )
        column.addSpacing(16)
        copy = SecondaryButton(tr("Give a copy…"), "file-text", self.give_copy, small=True)
        column.addLayout(self._head(tr("What the shop holds"), copy))
        column.addWidget(KeyValueList(self._held(), name_width=150))
        column.addSpacing(16)
        column.addWidget(Separator())
        column.addSpacing(8)
        column.addLayout(self._erase_line())
        column.addStretch()

    def _head(self, title: str, action: QWidget | None = None) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 2, 0, 4)
        line.addWidget(label(title, size=theme.SECTION, bold=True))
        line.addStretch()
        if action:
            line.addWidget(action)
        return line

    def _consent_row(self, state: ConsentState) -> ActivityRow:
        purpose, newest = state.purpose, state.newest
        parts = [self._consent_words(state)]
        if newest and (said := how(newest)):
            parts.append(said)
        tone: Tone = "grey" if newest is None else "accent" if newest.given else "red"
        holder = QWidget()
        buttons = QHBoxLayout(holder)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(6)
        if newest is None or not newest.given:
            buttons.addWidget(self._say(tr("Agrees"), "check", purpose, given=True))
        if newest is None or newest.given:
            text = tr("Withdraw") if newest else tr("Refuses")
            buttons.addWidget(self._say(text, "x", purpose, given=False))
        more = IconButton("ellipsis", tr("More"), lambda: self._consent_menu(purpose, more), role="muted")
        buttons.addWidget(more)
        return ActivityRow(
            _ICONS.get(purpose, "shield-check"),
            words.name(words.CONSENT_PURPOSES, purpose),
            " · ".join(parts),
            tone=tone,
            action=holder,
        )

    def _consent_words(self, state: ConsentState) -> str:
        if state.newest is None:
            return tr("Never asked")
        if state.newest.given:
            return tr("Agreed since {day}", day=format_day(state.since))
        return tr("Not agreed since {day}", day=format_day(state.since))

    def _say(self, text: str, icon: str, purpose: str, *, given: bool) -> SecondaryButton:
        button = SecondaryButton(text, icon, lambda: self.note(purpose, given=given), small=True)
        button.setAccessibleName(
            tr("{doing}: {what}", doing=text, what=words.name(words.CONSENT_PURPOSES, purpose))
        )
        return button

    def _request_row(self, request: RequestRow) -> ActivityRow:
        parts = [tr("came {day}", day=format_day(request.received_at))]
        tone: Tone = "grey"
        action: QWidget | None = None
        if request.done_at:
            parts.append(tr("done {day}", day=format_day(request.done_at)))
            parts.append(request.outcome)
            icon = "circle-check"
        else:
            icon, tone, due = _due(request, date.today())
            parts.append(due)
            parts.append(request.note)
            action = self._answer(request)
        row = ActivityRow(
            icon,
            words.name(words.PRIVACY_KINDS, request.kind),
            " · ".join(" ".join(part.split()) for part in parts if part),
            tone=tone,
            action=action or self._request_more(request),
        )
        row.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        row.customContextMenuRequested.connect(lambda at: self._request_menu(request, row.mapToGlobal(at)))
        return row

    def _answer(self, request: RequestRow) -> QWidget:
        holder = QWidget()
        buttons = QHBoxLayout(holder)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(6)
        if request.kind == "access":
            buttons.addWidget(SecondaryButton(tr("Give a copy…"), "file-text", self.give_copy, small=True))
        if request.kind == "erase":
            buttons.addWidget(SecondaryButton(tr("Erase…"), "trash-2", self.erase, small=True))
        done = SecondaryButton(tr("Done…"), "check", lambda: self.finish(request), small=True)
        buttons.addWidget(done)
        buttons.addWidget(self._request_more(request))
        return holder

    def _request_more(self, request: RequestRow) -> IconButton:
        button = IconButton(
            "ellipsis",
            tr("More"),
            lambda: self._request_menu(request, button.mapToGlobal(QPoint(0, button.height()))),
            role="muted",
        )
        return button

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

    def note(self, purpose: str, *, given: bool) -> None:
        """Note a word on a purpose as said here and now; the menu asks how else it came."""
        self._ctx.do(
            lambda: operations.note_consent(
                self._ctx.book,
                customer_id=self._customer,
                purpose=purpose,
                given=given,
                at=datetime.now().replace(microsecond=0),
                channel="shop",
            )
        )

    def _consent_menu(self, purpose: str, button: QWidget) -> None:
        menu = self._new_menu()
        for given, text in (
            (True, tr("Agrees, with how and when…")),
            (False, tr("Refuses, with how and when…")),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _=False, given=given: self.note_how(purpose, given=given))
        menu.addSeparator()
        menu.addAction(tr("What was said before…"), lambda: self.consent_history(purpose))
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def note_how(self, purpose: str, *, given: bool) -> FormDialog:
        """Ask how and when a word on a purpose came."""
        form = ConsentForm(self._ctx, self._customer, purpose, self, given=given)
        form.open()
        return form

    def consent_history(self, purpose: str) -> ConsentHistory:
        """Show every word on a purpose."""
        dialog = ConsentHistory(self._ctx, self._customer, purpose, self)
        dialog.open()
        return dialog

    def new_request(self) -> FormDialog:
        """Ask what the customer wants done with their data."""
        form = RequestForm(self._ctx, self._customer, self)
        form.open()
        return form

    def finish(self, request: RequestRow) -> FormDialog:
        """Ask what came of a request."""
        outcome = tr("Copy given.") if request.kind == "access" else ""
        form = OutcomeForm(self._ctx, request, outcome, self)
        form.open()
        return form

    def _request_menu(self, request: RequestRow, at: QPoint) -> None:
        menu = self._new_menu()
        book = self._ctx.book
        if request.done_at:
            menu.addAction(
                tr("Open it again"),
                lambda: self._ctx.do(lambda: operations.reopen_request(book, request_id=request.id)),
            )
        else:
            menu.addAction(tr("Done…"), lambda: self.finish(request))
        menu.addAction(
            tr("Delete"), lambda: self._ctx.do(lambda: operations.delete_request(book, request_id=request.id))
        )
        menu.popup(at)

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
            self._ctx.changed(changes, quiet=True)
            self._ctx.notify(tr("{name} was erased for good.", name=name), tone="info")

        self._ctx.tasks.write(tr("Erasing for good"), work, done, owner=self)

    def _new_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu


def _due(request: RequestRow, today: date) -> tuple[str, Tone, str]:
    """Icon, tone and words of a request that waits."""
    if request.due_at is None:
        return "clock", "blue", ""
    left = date.fromisoformat(request.due_at[:10]).toordinal() - today.toordinal()
    text = tr("to be answered by {day} ({when})", day=format_day(request.due_at),
              when=relative_day(request.due_at, today))  # fmt: skip
    if left < 0:
        return "clock-alert", "red", text
    return "clock", "amber" if left <= _SOON_DAYS else "blue", text


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
