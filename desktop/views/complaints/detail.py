"""The complaint chosen on the board, whole: who, what, advice, the process as a checklist, promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core import words as names
from desktop.core.complaint_process import MOVES, step_name
from desktop.core.dates import as_date, duration, format_short_day, from_iso
from desktop.core.money import format_money
from desktop.core.translation import ntr, tr
from desktop.operations import complaints as operations
from desktop.operations import promises
from desktop.queries.complaint_detail import ComplaintDetail, PromiseRow, StepRow, complaint_detail
from desktop.views.complaints import dialogs, words
from desktop.views.complaints.editor import ComplaintEditor
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, LinkButton, PrimaryButton, SecondaryButton
from desktop.views.kit.cards import Banner, Card, EmptyState, IconTile, KeyValueList
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.icons import icon
from desktop.views.kit.labels import Tag, label
from desktop.views.kit.layouts import FlowLayout, ScrollColumn, Separator, clear
from desktop.views.kit.theme import Tone

LINE = 22
"""Pixels of the line below the title."""


class ComplaintPane(Card):
    """Shows one complaint and does with it what its process allows."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._currency = str(ctx.book.setting("shop.currency"))
        self.detail: ComplaintDetail | None = None
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
        column = self._scroll.column
        clear(column)
        clear(self._buttons)
        if self.detail is None:
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
        self._fill(self.detail, now)
        column.addStretch(1)
        self._act(self.detail)
        self._foot.show()
        self._scroll.verticalScrollBar().setValue(place)

    # -- what it shows

    def _fill(self, detail: ComplaintDetail, now: datetime) -> None:
        column = self._scroll.column
        column.addWidget(self._about(detail))
        if detail.text or detail.wants:
            column.addWidget(self._said(detail))
        column.addWidget(KeyValueList(self._facts(detail), name_width=76))
        if detail.row.open:
            title, text = words.advice(detail.mood)
            column.addWidget(Banner("heart", text, "accent", title=title))
        if detail.rejected_because:
            column.addWidget(
                Banner("circle-x", detail.rejected_because, "grey", title=tr("Rejected because"))
            )
        column.addWidget(_section(tr("Steps"), self._steps(detail, now)))
        if detail.promises:
            column.addWidget(_section(tr("Promises"), [self._promise(one, now) for one in detail.promises]))
        if detail.remedies:
            column.addWidget(_section(tr("Remedies given"), self._remedies(detail)))
        if pairs := self._around(detail):
            column.addWidget(_section(tr("What else matters"), [KeyValueList(pairs, name_width=76)], gap=8))

    def _about(self, detail: ComplaintDetail) -> QWidget:
        row = detail.row
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(row.title, size=18, bold=True, wrap=True, selectable=True), 1)
        edit = IconButton("pencil", tr("Correct the complaint"), self.edit, role="muted")
        edit.setFixedSize(30, 30)
        head.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        line = QWidget()
        flow = FlowLayout(line, gap=6, line_gap=0)
        flow.addWidget(Tag(names.name(names.COMPLAINT_STATUSES, row.status), words.status_tone(row.status)))
        flow.addWidget(_quiet(row.number))
        if row.customer_id is not None:
            who = LinkButton(
                row.customer_name or tr("No name"),
                on_click=lambda: self._ctx.navigate("profile", customer=row.customer_id),
            )
            who.setFont(theme.font(theme.SMALL))
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
        if row.customer_id is not None:
            bought = ntr("{n} order, {amount}", "{n} orders, {amount}", detail.orders,
                         amount=format_money(detail.spend, self._currency, decimals=0))  # fmt: skip
            facts.append((tr("Bought"), bought))
            if detail.earlier:
                facts.append(
                    (tr("Others"), ntr("{n} other complaint", "{n} other complaints", detail.earlier))
                )
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
            _StepLine(*_done_look(step), step_name(step.kind), _when(step.at, now), _step_text(step, detail))
            for step in detail.steps
            if step.kind != "edited"
        ]
        row = detail.row
        if row.waiting:
            shown.append(_StepLine("clock", "grey", tr("The clock stands until the customer answers"), ""))
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
            shown.append(_StepLine("clock-alert" if left < 0 else "clock", tone, title, text))
        for title in _to_come(row.status):
            shown.append(_StepLine("circle", "grey", title, ""))
        return shown

    def _promise(self, promise: PromiseRow, now: datetime) -> QWidget:
        late = not promise.outcome and promise.due_at < now.isoformat(" ", "seconds")
        tones: dict[str, Tone] = {"kept": "accent", "broken": "red", "": "red" if late else "amber"}
        due = words.due_words(promise.due_at, now)
        state = {
            "kept": tr("kept"),
            "broken": tr("broken"),
            "": tr("was due {time}", time=due) if late else tr("due {time}", time=due),
        }[promise.outcome]
        line = _StepLine("handshake", tones[promise.outcome], promise.text, state)
        if not promise.outcome:
            line.add_button(tr("Kept"), partial(self._end_promise, promise.id, kept=True))
            line.add_button(tr("Broken"), partial(self._end_promise, promise.id, kept=False))
        return line

    def _remedies(self, detail: ComplaintDetail) -> list[QWidget]:
        shown: list[QWidget] = []
        for remedy in detail.remedies:
            title = names.name(names.REMEDIES, remedy.kind)
            if remedy.cost:
                cost = format_money(remedy.cost, self._currency)
                title = tr("{remedy} · {amount}", remedy=title, amount=cost)
            shown.append(_StepLine("gift", "accent", title, format_short_day(remedy.given_at), remedy.text))
        return shown

    # -- what it does

    def edit(self) -> None:
        """Open the form to correct the complaint."""
        if self.detail:
            ComplaintEditor(self._ctx, detail=self.detail, parent=self.window()).open()

    def advance(self, to: str) -> None:
        """Move the complaint to a status; settling asks how."""
        if self.detail is None:
            return
        row = self.detail.row
        if to == "settled":
            dialogs.settle_dialog(self._ctx, self.detail, self.window()).open()
            return
        self._ctx.do(
            lambda: operations.advance_complaint(self._ctx.book, complaint_id=row.id, to=to, at=dialogs.now())
        )

    def _act(self, detail: ComplaintDetail) -> None:
        """The buttons at the foot: the next thing to do first, the rarer ones behind “More”."""
        main, others = self._offers(detail)
        text, picture, run = main
        self._buttons.addWidget(PrimaryButton(text, picture, run))
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, run in others:
            row.addWidget(SecondaryButton(text, on_click=run), 1)
        more = SecondaryButton(tr("More"))
        menu = QMenu(more)
        self._fill_menu(menu, detail)
        more.setMenu(menu)
        row.addWidget(more, 1)
        self._buttons.addLayout(row)

    def _offers(
        self, detail: ComplaintDetail
    ) -> tuple[tuple[str, str, Callable[[], object]], list[tuple[str, Callable[[], object]]]]:
        row = detail.row
        promise = (tr("Promise…"), partial(self._open, dialogs.promise_dialog))
        remedy = (tr("Remedy…"), partial(self._open, dialogs.remedy_dialog))
        settle = (tr("Settle…"), partial(self.advance, "settled"))
        if row.status == "settled":
            rate = (tr("Rating…"), partial(self._open, dialogs.rating_dialog))
            reopen = (tr("Reopen…"), partial(self._open, dialogs.reopen_dialog))
            return (tr("Close the case"), "circle-check", partial(self.advance, "closed")), [rate, reopen]
        if not row.open:
            main = (tr("Reopen…"), "rotate-ccw", partial(self._open, dialogs.reopen_dialog))
            return main, [(tr("Rating…"), partial(self._open, dialogs.rating_dialog))]
        if row.waiting:
            return (tr("The customer answered"), "reply", self._resume), [remedy, promise]
        if row.replied_at is None:
            main = (tr("Record first reply"), "reply", partial(self._open, dialogs.reply_dialog))
            return main, [remedy, promise]
        if row.status in ("received", "acknowledged"):
            return (tr("Assessed"), "check", partial(self.advance, "assessed")), [remedy, promise]
        if row.status == "assessed":
            return (tr("Find the cause"), "search", partial(self.advance, "investigating")), [remedy, promise]
        if row.status == "investigating":
            main = (tr("Offer a remedy…"), "gift", partial(self._open, dialogs.remedy_dialog))
            return main, [promise, settle]
        return (tr("Settle…"), "circle-check", partial(self.advance, "settled")), [promise, remedy]

    def _fill_menu(self, menu: QMenu, detail: ComplaintDetail) -> None:
        def add(picture: str, text: str, run: Callable[[], object]) -> None:
            menu.addAction(icon(picture), text).triggered.connect(lambda _=False: run())

        for status in MOVES[detail.row.status]:
            named = names.name(names.COMPLAINT_STATUSES, status)
            add("chevron-right", tr("Move to “{status}”", status=named), partial(self.advance, status))
        menu.addSeparator()
        add("pencil", tr("Note…"), partial(self._open, dialogs.note_dialog))
        if detail.row.open:
            if detail.row.waiting:
                add("reply", tr("The customer answered"), self._resume)
            else:
                add("clock", tr("Wait for the customer"), self._wait)
            add("circle-x", tr("Reject…"), partial(self._open, dialogs.reject_dialog))
        else:
            add("rotate-ccw", tr("Reopen…"), partial(self._open, dialogs.reopen_dialog))
        add("sliders-horizontal", tr("Correct…"), self.edit)
        menu.addSeparator()
        add("trash-2", tr("Delete"), self.delete)

    def delete(self) -> None:
        """Remove the complaint."""
        if self.detail:
            row = self.detail.row
            self._ctx.do(lambda: operations.delete_complaints(self._ctx.book, complaint_ids=[row.id]))

    def _open(self, make: Callable[[Context, ComplaintDetail, QWidget], FormDialog]) -> None:
        if self.detail:
            make(self._ctx, self.detail, self.window()).open()

    def _wait(self) -> None:
        if self.detail:
            row = self.detail.row
            book = self._ctx.book
            self._ctx.do(lambda: operations.wait_for_customer(book, complaint_id=row.id, at=dialogs.now()))

    def _resume(self) -> None:
        if self.detail:
            row = self.detail.row
            book = self._ctx.book
            self._ctx.do(lambda: operations.resume_complaint(book, complaint_id=row.id, at=dialogs.now()))

    def _end_promise(self, promise_id: int, *, kept: bool) -> None:
        end = promises.keep_promise if kept else promises.break_promise
        self._ctx.do(lambda: end(self._ctx.book, promise_id=promise_id, at=dialogs.now()))


class _StepLine(QWidget):
    """One line of a section: icon, bold title, a quiet time, and words that wrap."""

    def __init__(self, picture: str, tone: Tone, title: str, when: str, text: str = "") -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        row.addWidget(IconTile(picture, tone), 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(label(title, bold=True, size=theme.SMALL, wrap=True))
        for part in (when, text):
            if part:
                said.addWidget(label(part, size=theme.SMALL, role="muted", wrap=True, selectable=True))
        self._said = said
        self._buttons: QHBoxLayout | None = None
        row.addLayout(said, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(Separator())
        self.setAccessibleName(" · ".join(part for part in (title, when, text) if part))

    def add_button(self, text: str, run: Callable[[], object]) -> None:
        """Put a small button below the words."""
        if self._buttons is None:
            # An empty row would hold the words to its own width.
            self._buttons = QHBoxLayout()
            self._buttons.setContentsMargins(0, 5, 0, 0)
            self._buttons.setSpacing(6)
            self._buttons.addStretch(1)
            self._said.addLayout(self._buttons)
        self._buttons.insertWidget(self._buttons.count() - 1, SecondaryButton(text, on_click=run, small=True))


def _quiet(text: str) -> QWidget:
    """A muted word on the line below the title, as high as its neighbours."""
    made = label(text, size=theme.SMALL, role="muted", selectable=True)
    made.setFixedHeight(LINE)
    return made


def _section(title: str, lines: list[QWidget], *, gap: int = 0) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(gap)
    column.addWidget(label(title, size=theme.SECTION, bold=True))
    for line in lines:
        column.addWidget(line)
    return holder


def _done_look(step: StepRow) -> tuple[str, Tone]:
    """A done step is ticked; what went wrong is not."""
    looks: dict[str, tuple[str, Tone]] = {
        "rejected": ("circle-x", "grey"),
        "reopened": ("rotate-ccw", "red"),
        "promise": ("handshake", "amber"),
        "promise-broken": ("handshake", "red"),
        "waiting": ("clock", "grey"),
        "note": ("pencil", "grey"),
    }
    return looks.get(step.kind, ("check", "accent"))


def _step_text(step: StepRow, detail: ComplaintDetail) -> str:
    """The step's words, unless the complaint's own stand above already."""
    return "" if step.text == detail.text else step.text


def _when(at: str, now: datetime) -> str:
    return (
        at[11:16]
        if as_date(at) == now.date()
        else tr("{day} {time}", day=format_short_day(at), time=at[11:16])
    )


def _to_come(status: str) -> list[str]:
    """What is still to be done, in words."""
    todo = {
        "received": 0,
        "acknowledged": 0,
        "assessed": 0,
        "investigating": 1,
        "offered": 2,
        "settled": 3,
    }
    tasks = [
        tr("Find the cause"),
        tr("Offer a remedy, deliver it, call back"),
        tr("Settle it with the customer"),
        tr("Close the case"),
    ]
    return tasks[todo[status] :] if status in todo else []
