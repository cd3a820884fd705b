"""The complaint chosen on the board, whole: who, what, advice, the process as a checklist, promises."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core import words as names
from desktop.core.complaint_process import step_name
from desktop.core.dates import duration, format_short_day, from_iso
from desktop.core.money import format_money
from desktop.core.translation import tr
from desktop.queries.complaint_detail import ComplaintDetail, PromiseRow, complaint_detail
from desktop.queries.guidance import advice
from desktop.views.complaints import words
from desktop.views.complaints.actions import ComplaintActions
from desktop.views.complaints.step_line import StepLine, section
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, LinkButton, PrimaryButton, SecondaryButton
from desktop.views.kit.cards import Banner, Card, EmptyState, KeyValueList
from desktop.views.kit.context import Context
from desktop.views.kit.labels import Tag, label
from desktop.views.kit.layouts import FlowLayout, ScrollColumn, clear
from desktop.views.kit.theme import Tone
from desktop.views.timeline.customer_link import CustomerLink

LONG = 60
"""Characters from which a title is a text and is written as one."""
LINE = 22
"""Pixels of the line below the title."""


class ComplaintPane(Card):
    """Shows one complaint and does with it what its process allows."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._currency = str(ctx.book.setting("shop.currency"))
        self.detail: ComplaintDetail | None = None
        self.actions_: ComplaintActions | None = None
        self._scroll = ScrollColumn(gap=12)
        self._foot = QWidget()
        self._buttons = QVBoxLayout(self._foot)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setSpacing(8)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self._foot)

    def show_complaint(self, complaint_id: int | None, now: datetime) -> None:
        """Show another complaint, or the same one anew; None or one that is gone: what to do here."""
        same = self.detail is not None and self.detail.row.id == complaint_id
        place = self._scroll.verticalScrollBar().value() if same else 0
        self.detail = complaint_detail(self._ctx.book, complaint_id) if complaint_id is not None else None
        self.actions_ = ComplaintActions(self._ctx, self.detail, self) if self.detail else None
        column = self._scroll.column
        clear(column)
        clear(self._buttons)
        if self.detail is None or self.actions_ is None:
            column.addWidget(
                EmptyState(
                    "message-square-warning",
                    tr("Choose a complaint"),
                    tr("Its process, promises and remedies are shown here."),
                ),
                1,
            )
            self._foot.hide()
            return
        self._fill(self.detail, self.actions_, now)
        column.addStretch(1)
        self._act(self.actions_)
        self._foot.show()
        self._scroll.verticalScrollBar().setValue(place)

    # -- what it shows

    def _fill(self, detail: ComplaintDetail, actions: ComplaintActions, now: datetime) -> None:
        column = self._scroll.column
        column.addWidget(self._about(detail))
        if detail.text or detail.wants:
            column.addWidget(self._said(detail))
        column.addWidget(KeyValueList(self._facts(detail), name_width=76))
        if detail.row.open:
            title, text = advice(self._ctx.book, detail.mood)
            column.addWidget(Banner("heart", text, "accent", title=title))
        if detail.rejected_because:
            column.addWidget(
                Banner("circle-x", detail.rejected_because, "grey", title=tr("Rejected because"))
            )
        column.addWidget(section(tr("Steps"), self._steps(detail, now)))
        if detail.promises:
            column.addWidget(
                section(tr("Promises"), [self._promise(one, actions, now) for one in detail.promises])
            )
        if detail.remedies:
            column.addWidget(section(tr("Remedies given"), self._remedies(detail)))
        if pairs := self._around(detail):
            column.addWidget(section(tr("What else matters"), [KeyValueList(pairs, name_width=76)], gap=8))

    def _about(self, detail: ComplaintDetail) -> QWidget:
        row = detail.row
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(
            label(
                row.title,
                size=18 if len(row.title) <= LONG else theme.BODY,
                bold=True,
                wrap=True,
                selectable=True,
            ),
            1,
        )
        edit = IconButton("pencil", tr("Correct the complaint"), self.edit, role="muted")
        edit.setFixedSize(30, 30)
        head.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        line = QWidget()
        flow = FlowLayout(line, gap=6, line_gap=0)
        flow.addWidget(Tag(names.name(names.COMPLAINT_STATUSES, row.status), words.status_tone(row.status)))
        flow.addWidget(_quiet(row.number))
        if row.customer_id is not None:
            who = CustomerLink(self._ctx, row.customer_id, row.customer_name, width=200, size=theme.SMALL)
            who.setFixedHeight(LINE)
            who.setStyleSheet("min-height: 0")
            flow.addWidget(who)
        if detail.order_number:
            number = tr("order {number}", number=detail.order_number)
            flow.addWidget(_quiet(number))
        column.addWidget(line)
        links = [(tr("follows {number}", number=one.number), one.id) for one in (detail.follows,) if one]
        links += [(tr("continued in {number}", number=one.number), one.id) for one in detail.followed_by]
        for text, target in links:
            column.addWidget(
                LinkButton(text, "link", partial(self._ctx.navigate, "complaints", complaint=target))
            )
        return holder

    def _facts(self, detail: ComplaintDetail) -> list[tuple[str, str]]:
        row = detail.row
        subject = names.name(names.SUBJECTS, row.subject)
        if detail.detail:
            subject = tr("{subject}: {detail}", subject=subject, detail=detail.detail)
        return [
            (tr("Nature"), names.name(names.NATURES, detail.nature)),
            (tr("Subject"), subject),
            (tr("Mood"), names.name(names.MOODS, detail.mood)),
            (tr("Channel"), names.name(names.CHANNELS, row.channel)),
            (tr("Severity"), names.name(names.SEVERITIES, row.severity)),
        ]

    def _around(self, detail: ComplaintDetail) -> list[tuple[str, str]]:
        """Who handles it, and what the customer means to the shop."""
        row = detail.row
        facts: list[tuple[str, str]] = []
        if row.staff:
            facts.append((tr("Clerk"), row.staff))
        return facts

    def _said(self, detail: ComplaintDetail) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if detail.text:
            column.addWidget(label(tr("“{words}”", words=detail.text), wrap=True, selectable=True))
        if detail.wants:
            wants = tr("Wants: {what}", what=detail.wants)
            column.addWidget(label(wants, size=theme.SMALL, role="muted", wrap=True, selectable=True))
        return holder

    def _steps(self, detail: ComplaintDetail, now: datetime) -> list[QWidget]:
        """What was done, what is due, and what is still to come."""
        shown: list[QWidget] = [
            StepLine(
                *words.done_look(step),
                step_name(step.kind),
                words.when(step.at, now),
                words.step_text(step, detail),
            )
            for step in detail.steps
            if step.kind != "edited"
        ]
        row = detail.row
        if row.waiting:
            shown.append(StepLine("clock", "grey", tr("The clock stands until the customer answers"), ""))
        elif row.open and row.due_at:
            left = (from_iso(row.due_at) - now).total_seconds() / 60
            due = words.due_words(row.due_at, now)
            title = (
                tr("First reply due {time}", time=due)
                if row.replied_at is None
                else tr("To be settled by {time}", time=due)
            )
            tone: Tone = "red" if left < 0 else "amber"
            text = (
                tr("{time} late", time=duration(-left))
                if left < 0
                else tr("{time} left", time=duration(left))
            )
            shown.append(StepLine("clock-alert" if left < 0 else "clock", tone, title, text))
        for title in words.to_come(row.status):
            shown.append(StepLine("circle", "grey", title, ""))
        return shown

    def _promise(self, promise: PromiseRow, actions: ComplaintActions, now: datetime) -> QWidget:
        late = not promise.outcome and promise.due_at < now.isoformat(" ", "seconds")
        tones: dict[str, Tone] = {"kept": "accent", "broken": "red", "": "red" if late else "amber"}
        due = words.due_words(promise.due_at, now)
        state = {
            "kept": tr("kept"),
            "broken": tr("broken"),
            "": tr("was due {time}", time=due) if late else tr("due {time}", time=due),
        }[promise.outcome]
        line = StepLine("handshake", tones[promise.outcome], promise.text, state)
        if not promise.outcome:
            line.add_button(tr("Kept"), partial(actions.end_promise, promise.id, kept=True))
            line.add_button(tr("Broken"), partial(actions.end_promise, promise.id, kept=False))
        return line

    def _remedies(self, detail: ComplaintDetail) -> list[QWidget]:
        shown: list[QWidget] = []
        for remedy in detail.remedies:
            title = names.name(names.REMEDIES, remedy.kind)
            if remedy.cost:
                cost = format_money(remedy.cost, self._currency)
                title = tr("{remedy} · {amount}", remedy=title, amount=cost)
            shown.append(StepLine("gift", "accent", title, format_short_day(remedy.given_at), remedy.text))
        return shown

    # -- what it does

    def edit(self) -> None:
        """Open the form to correct the complaint."""
        if self.actions_:
            self.actions_.edit()

    def advance(self, to: str) -> None:
        """Move the complaint to a status; settling asks how."""
        if self.actions_:
            self.actions_.advance(to)

    def _act(self, actions: ComplaintActions) -> None:
        """The buttons at the foot: the next thing to do first, the rarer ones behind “More”."""
        (text, picture, run), others = actions.offers()
        self._buttons.addWidget(PrimaryButton(text, picture, run))
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, run in others:
            row.addWidget(SecondaryButton(text, on_click=run), 1)
        more = SecondaryButton(tr("More"))
        menu = QMenu(more)
        actions.fill_menu(menu)
        more.setMenu(menu)
        row.addWidget(more, 1)
        self._buttons.addLayout(row)


def _quiet(text: str) -> QWidget:
    """A muted word on the line below the title, as high as its neighbours."""
    made = label(text, size=theme.SMALL, role="muted", selectable=True)
    made.setFixedHeight(LINE)
    return made
