"""What stands on a case's sheet: its head, what it is about, its facts, steps and notes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words as names
from desktop.core.dates import duration, format_near_day, format_when, from_iso
from desktop.core.money import format_money
from desktop.core.translation import tr
from desktop.queries.case_detail import CaseDetail, ItemRow, NoteRow, StepRow
from desktop.views.cases import words
from desktop.views.cases.check_line import CheckLine
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.cards import IconTile
from desktop.views.kit.context import Context
from desktop.views.kit.labels import Tag, label
from desktop.views.kit.layouts import FlowLayout
from desktop.views.timeline.customer_link import CustomerLink

LONG = 60
"""Characters from which a title is a text and is written as one."""


def head(case: CaseDetail, edit: Callable[[], object]) -> QHBoxLayout:
    """The title with its icon, and the pencil."""
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(IconTile(words.ICONS[case.kind], words.TONES[case.status]), 0, Qt.AlignmentFlag.AlignTop)
    title = case.title or words.named(case)
    size = theme.SECTION + 2 if len(title) <= LONG else theme.BODY
    row.addWidget(label(title, size=size, bold=True, wrap=True, selectable=True), 1)
    pencil = IconButton("pencil", tr("Correct the service case"), edit, role="muted")
    row.addWidget(pencil, 0, Qt.AlignmentFlag.AlignTop)
    return row


def state_line(ctx: Context, case: CaseDetail, now: datetime, leave: Callable[[], object]) -> QWidget:
    """State, deadline and customer."""
    holder = QWidget()
    flow = FlowLayout(holder, gap=8, line_gap=4)
    flow.addWidget(Tag(words.status_name(case.status), words.TONES[case.status]))
    due = min((at for at in (case.due_at, *(step.due_at for step in case.todo)) if at), default=None)
    if case.status == "open" and (tag := words.due_tag(due, now)):
        flow.addWidget(Tag(*tag))
    if case.customer_id is not None:
        who = CustomerLink(ctx, case.customer_id, case.customer_name, size=theme.SMALL)
        who.setFixedHeight(22)
        who.setStyleSheet("min-height: 0")
        who.clicked.connect(leave)
        flow.addWidget(who)
    return holder


def quiet_line(case: CaseDetail) -> str:
    """Number, opening, place, clerk and order in one line."""
    parts = [words.named(case), format_when(case.opened_at), case.place, case.staff]
    if case.order_number:
        parts.append(tr("order {number}", number=case.order_number))
    return " · ".join(part for part in parts if part)


def facts(case: CaseDetail, currency: str, now: datetime) -> list[tuple[str, str]]:
    """What is known of the case besides its steps."""
    found: list[tuple[str, str]] = []
    if case.reason:
        found.append((tr("Reason"), names.name(names.CASE_REASONS, case.reason)))
    if case.due_at and case.open:
        found.append((tr("Deadline"), format_when(case.due_at)))
    if case.outcome:
        found.append((tr("Outcome"), names.name(names.CASE_OUTCOMES, case.outcome)))
    if case.refunded:
        found.append((tr("Given back"), format_money(case.refunded, currency)))
    if case.cost:
        found.append((tr("Cost"), format_money(case.cost, currency)))
    if case.answered_at and case.answered_at > case.opened_at:
        took = (from_iso(case.answered_at) - from_iso(case.opened_at)).total_seconds() / 60
        found.append((tr("First word"), tr("after {time}", time=duration(took))))
    if waited := _waited(case, now):
        found.append((tr("Waited"), waited))
    if case.rated_at and case.perceived is not None:
        rated = tr("{stars} of 5", stars=case.perceived)
        found.append((tr("Rating"), " · ".join(part for part in (rated, case.said) if part)))
    elif case.asked_at and not case.rated_at:
        found.append((tr("Rating"), tr("asked for on {day}", day=format_near_day(case.asked_at, now))))
    return found


def _waited(case: CaseDetail, now: datetime) -> str:
    minutes = float(case.waited_minutes)
    if case.waiting_since:
        minutes += max(0.0, (now - from_iso(case.waiting_since)).total_seconds() / 60)
        since = format_near_day(case.waiting_since, now)
        return tr("{time}, since {day}", time=duration(minutes), day=since)
    return duration(minutes) if minutes else ""


def item_line(item: ItemRow, now: datetime) -> QWidget:
    """One thing a case is about, and its warranty."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(words.quantity_of(item.title, item.quantity), wrap=True, selectable=True))
    if item.warranty is not None:
        text, tone = words.warranty_words(item.warranty, now.date())
        role = "accent" if tone == "accent" else "muted"
        column.addWidget(label(text, size=theme.SMALL, role=role, wrap=True))
    return holder


def step_line(step: StepRow, case: CaseDetail, now: datetime) -> CheckLine:
    """One step: its box, and below it when and by whom it was done, or by when it is to be."""
    text, role = "", "muted"
    if step.done_at:
        text = " · ".join(part for part in (format_when(step.done_at), step.staff, step.note) if part)
    elif step.due_at and case.status == "open":
        text = words.due_words(step.due_at, now)
        role = "red" if from_iso(step.due_at) < now else "muted"
    elif step.due_at and case.status == "waiting":
        text = tr("the clock stands")
    line = CheckLine(tr(step.title), text, role=role)
    line.box.setChecked(step.done_at is not None)
    return line


def note_line(note: NoteRow) -> QWidget:
    """A note with its time."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(label(note.text, wrap=True, selectable=True))
    said = " · ".join(part for part in (format_when(note.at), note.staff) if part)
    column.addWidget(label(said, size=theme.SMALL, role="muted"))
    return holder
