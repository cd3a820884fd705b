"""The tabs of a customer's service cases and complaints: short lists, so rows and no table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_day
from desktop.core.translation import ntr, tr
from desktop.operations.case_moves import advance_case
from desktop.queries.complaint_filter import ComplaintFilter
from desktop.queries.complaints import ComplaintRow, complaint_ids, complaint_rows
from desktop.queries.profile import Profile
from desktop.queries.service_cases import CaseRow, case_ids, case_rows
from desktop.views.cases import words as case_words
from desktop.views.cases.case_dialog import CaseDialog
from desktop.views.cases.case_form import CaseForm
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.widgets import (
    ActivityRow,
    EmptyState,
    LinkButton,
    ScrollColumn,
    SecondaryButton,
    clear,
)


class CasesTab(QWidget):
    """Service cases: what is next in each, and one button to tick it."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._customer = 0
        self._rows = _column(self)
        self.rows: dict[int, ActivityRow] = {}

    def show_customer(self, shown: Profile) -> None:
        """Show a customer's service cases."""
        self._customer = shown.id
        ids = case_ids(self._ctx.book, now=datetime.now(), scope="all", customer_id=shown.id)
        known = case_rows(self._ctx.book, ids)
        found = [known[case] for case in ids if case in known]
        held = next((case for case, row in self.rows.items() if _holds_focus(row)), None)
        clear(self._rows.column)
        self.rows = {case.id: self._row(case) for case in found}
        for row in self.rows.values():
            self._rows.column.addWidget(row)
        if held in self.rows:
            # The keyboard stays where a step was ticked.
            self.rows[held].show()
            (self.rows[held].findChild(SecondaryButton) or self.rows[held]).setFocus()
        _end_list(
            self._rows,
            bool(found),
            tr("New service case"),
            self.new_case,
            lambda: EmptyState(
                "wrench",
                tr("No service case"),
                tr("Returns, exchanges, repairs and warranties stand here, each with its steps."),
                tr("New service case"),
                self.new_case,
                action_icon="plus",
            ),
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the first case."""
        super().focusInEvent(event)
        _focus_first(self._rows)

    def _row(self, case: CaseRow) -> ActivityRow:
        pressing, tone = case_words.pressing(case, datetime.now())
        parts = [case.title, case_words.status_name(case.status)]
        if case.open:
            parts.append(tr("{done} of {steps} steps", done=case.done, steps=case.steps))
        if pressing not in parts and (case.status != "open" or case.due_at):
            parts.append(pressing)
        action = None
        if case.open:
            text = tr(case.next_step) if case.next_step else tr("Close it")
            action = SecondaryButton(text, "check", lambda: self.advance(case), small=True)
        row = ActivityRow(
            case_words.ICONS[case.kind],
            case_words.named(case),
            " · ".join(part for part in parts if part),
            "" if action else format_day(case.opened_at),
            tone="red" if tone == "red" else "amber" if case.open else "grey",
            action=action,
            clickable=True,
        )
        row.clicked.connect(lambda: self.open_case(case.id))
        return row

    def advance(self, case: CaseRow) -> None:
        """Tick what is next; the last step asks what came of the case."""
        if case.steps - case.done > 1:
            now = datetime.now().replace(microsecond=0)
            self._ctx.do(lambda: advance_case(self._ctx.book, case_id=case.id, at=now))
        else:
            self.open_case(case.id).pane.finish()

    def open_case(self, case_id: int) -> CaseDialog:
        """Open a case with its steps and notes."""
        dialog = CaseDialog(self._ctx, case_id, self.window())
        dialog.open()
        return dialog

    def new_case(self) -> FormDialog:
        """Ask for a new service case."""
        form = CaseForm(self._ctx, customer_id=self._customer, parent=self)
        form.open()
        return form


MOST_ROWS = 100
"""Complaints of one customer that have a row here; the rest is found in the list of complaints."""


class ComplaintsTab(QWidget):
    """Complaints; a click leads to the complaint itself."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._customer = 0
        self._rows = _column(self)

    def show_customer(self, shown: Profile) -> None:
        """Show a customer's complaints, the newest first."""
        self._customer = shown.id
        ids = complaint_ids(
            self._ctx.book,
            now=datetime.now(),
            view=ComplaintFilter("all", customer_id=shown.id),
            sort="received",
            descending=True,
        )
        clear(self._rows.column)
        for complaint in complaint_rows(self._ctx.book, ids[:MOST_ROWS]):
            self._rows.column.addWidget(self._row(complaint))
        if (rest := len(ids) - MOST_ROWS) > 0:
            more = LinkButton(ntr("{n} more in the list", "{n} more in the list", rest))
            more.clicked.connect(lambda: self._show_all(ids, shown.name))
            self._rows.column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        _end_list(
            self._rows,
            bool(len(ids)),
            tr("New complaint"),
            self.new_complaint,
            lambda: EmptyState(
                "circle-check",
                tr("No complaint"),
                tr("Note one at once: what is answered quickly is half settled."),
                tr("New complaint"),
                self.new_complaint,
                action_icon="plus",
            ),
        )

    def _show_all(self, ids: Sequence[int], name: str) -> None:
        self._ctx.navigate("complaints", mode="list", scope="all", among=list(ids), title=name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the first complaint."""
        super().focusInEvent(event)
        _focus_first(self._rows)

    def _row(self, complaint: ComplaintRow) -> ActivityRow:
        parts = (
            complaint.number,
            words.name(words.SUBJECTS, complaint.subject),
            words.name(words.COMPLAINT_STATUSES, complaint.status),
        )
        row = ActivityRow(
            "message-square-warning" if complaint.open else "circle-check",
            complaint.title,
            " · ".join(parts),
            format_day(complaint.received_at),
            tone="red" if complaint.open else "grey",
            clickable=True,
        )
        row.clicked.connect(lambda: self._ctx.navigate("complaints", complaint=complaint.id))
        return row

    def new_complaint(self) -> None:
        """Record a complaint of this customer, without leaving them."""
        from desktop.views.complaints.capture import open_capture

        open_capture(self._ctx, self, self._customer)


def _focus_first(rows: ScrollColumn) -> None:
    """Put the keyboard on the first row, or on the button that stands where there is none."""
    if first := rows.findChild(ActivityRow) or rows.findChild(QPushButton):
        first.setFocus()


def _holds_focus(row: QWidget) -> bool:
    held = QApplication.focusWidget()
    return held is not None and (held is row or row.isAncestorOf(held))


def _end_list(
    rows: ScrollColumn,
    any_rows: bool,
    new_text: str,
    new: Callable[[], object],
    empty: Callable[[], EmptyState],
) -> None:
    """What comes below the rows of a list: the button for one more, or all there is to say of none."""
    if not any_rows:
        rows.column.addWidget(empty())
        return
    rows.column.addSpacing(10)
    button = SecondaryButton(new_text, "plus", new, small=True)
    rows.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    rows.column.addStretch()


def _column(owner: QWidget) -> ScrollColumn:
    rows = ScrollColumn(gap=0)
    layout = QVBoxLayout(owner)
    layout.setContentsMargins(0, 6, 0, 0)
    layout.addWidget(rows)
    return rows
