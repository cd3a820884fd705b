"""What a customer asked about their data: what waits, by when, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_day, relative_day
from desktop.core.translation import tr
from desktop.operations import privacy as operations
from desktop.queries.privacy import RequestRow, privacy_requests
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.theme import Tone
from desktop.views.kit.widgets import ActivityRow, IconButton, SecondaryButton, clear, label
from desktop.views.profile.privacy_forms import OutcomeForm, RequestForm, held_in, hold, menu_of

_SOON_DAYS = 7


class Requests(QWidget):
    """The rows of a customer's requests, `rows` by id; what answers one is the tab's to do."""

    def __init__(self, ctx: Context, give_copy: Callable[[], object], erase: Callable[[], object]) -> None:
        super().__init__()
        self._ctx, self.give_copy, self.erase = ctx, give_copy, erase
        self._customer = 0
        self._requests: list[RequestRow] = []
        self.rows: dict[int, ActivityRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_customer(self, customer_id: int) -> None:
        """Show what was asked, what waits first."""
        requests = privacy_requests(self._ctx.book, customer_id=customer_id)
        if self._column.count() and (customer_id, requests) == (self._customer, self._requests):
            return
        self._customer, self._requests = customer_id, requests
        held = held_in(self.rows)
        clear(self._column)
        self.rows = {request.id: self._request_row(request) for request in requests}
        for row in self.rows.values():
            self._column.addWidget(row)
        hold(self.rows, held)
        if not requests:
            none = tr("None. A copy, a correction or an erasure that somebody asks for is noted here.")
            self._column.addWidget(label(none, size=theme.SMALL, role="muted", wrap=True))

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
        menu = menu_of(self)
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
