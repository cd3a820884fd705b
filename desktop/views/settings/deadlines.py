"""The settings of how soon complaints are answered and settled, with what that means for one made now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit

from desktop.core.complaint_process import DEADLINES
from desktop.core.opening_words import LONGEST, length_of, length_words
from desktop.core.translation import tr
from desktop.core.words import SEVERITIES
from desktop.operations import shop_hours
from desktop.operations.complaint_steps import allowed
from desktop.queries.opening import opening_hours
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.cards import Card
from desktop.views.kit.context import Context
from desktop.views.kit.fields import NumberField
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import Separator
from desktop.views.settings.hours import near_words
from desktop.views.settings.hours_keeping import keep

_MINUTE_MS = 60_000
_LINE_WIDTH = 132


class DeadlinesCard(Card):
    """A line for each severity; every change is kept at once, and moves what is open."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            tr("Deadlines of complaints"),
            tr("In opening hours; waiting for the customer stops them"),
            hug=True,
        )
        self._ctx = ctx
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(3, 1)
        heads = (tr("Severity"), tr("First reply within"), tr("Settled within"), tr("A complaint now"))
        for column, text in enumerate(heads):
            grid.addWidget(label(text, size=theme.SMALL, role="muted"), 0, column)
        self.lines: dict[str, tuple[QLineEdit, QLineEdit]] = {}
        self.examples = {}
        for row, severity in enumerate(DEADLINES, start=1):
            name = tr(SEVERITIES[severity])
            reply = self._line(tr("{severity}: first reply within", severity=name))
            settle = self._line(tr("{severity}: settled within", severity=name))
            example = label("", size=theme.SMALL, role="muted", wrap=True)
            example.setMinimumHeight(1)
            for column, widget in enumerate((label(name, bold=True), reply, settle, example)):
                grid.addWidget(widget, row, column)
            self.lines[severity] = reply, settle
            self.examples[severity] = example
            for line in (reply, settle):
                line.textChanged.connect(lambda _, at=severity: self._say(at))
                line.editingFinished.connect(lambda at=severity: self._keep(at))
        self.body.addLayout(grid)
        self.back = LinkButton(tr("Back to the usual deadlines"), "rotate-ccw", self._reset)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.body.addWidget(Separator())
        self.reopen = NumberField(
            tr("Reopened within, in days"),
            least=0,
            most=365,
            hint=tr("After that, a complaint that comes back is a new one that follows the old."),
        )
        self.warn = NumberField(
            tr("Warn before a deadline, in minutes"),
            least=0,
            most=24 * 60,
            hint=tr("A notice says so while Shuke runs; 0 for none."),
        )
        below = QHBoxLayout()
        below.setSpacing(16)
        for field in (self.reopen, self.warn):
            # A number is kept when it stands there whole, not at each of its figures.
            field.box.setKeyboardTracking(False)
            below.addWidget(field, 1)
        self.body.addLayout(below)
        self._show()
        for key, field in self._numbers():
            field.changed.connect(lambda key=key, field=field: self._keep_number(key, int(field.value())))
        self._timer = QTimer(self)
        self._timer.setInterval(_MINUTE_MS)
        self._timer.timeout.connect(self._say_all)
        self._timer.start()
        ctx.changes.listen(self, self._show, "setting")

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setFixedWidth(_LINE_WIDTH)
        made.setAccessibleName(name)
        made.setPlaceholderText(tr("such as 2 h"))
        return made

    def _numbers(self) -> tuple[tuple[str, NumberField], ...]:
        return ("complaints.reopen_days", self.reopen), ("complaints.warn_minutes", self.warn)

    def _show(self) -> None:
        for severity, minutes in allowed(self._ctx.book).items():
            for line, value in zip(self.lines[severity], minutes, strict=True):
                if length_of(line.text()) != value:
                    line.setText(length_words(value))
        for key, field in self._numbers():
            blocked = field.blockSignals(True)
            field.set_value(int(self._ctx.settings.get(key)))
            field.blockSignals(blocked)
        self.back.setVisible(bool(self._ctx.settings.get("complaints.deadlines")))
        self._say_all()

    def _say_all(self) -> None:
        for severity in self.lines:
            self._say(severity)

    def _say(self, severity: str) -> None:
        """What the two lengths mean for a complaint made now; which of them is none."""
        now, hours = datetime.now().replace(second=0, microsecond=0), opening_hours(self._ctx.book)
        lengths = [length_of(line.text()) for line in self.lines[severity]]
        for line, length in zip(self.lines[severity], lengths, strict=True):
            _mark(line, wrong=not length)
        reply, settle = lengths
        if not reply or not settle or max(reply, settle) > LONGEST:
            self.examples[severity].setText(tr("Write for example “30 min” or “2 h”."))
            return
        self.examples[severity].setText(
            tr(
                "reply by {reply}, settled by {settled}",
                reply=near_words(hours.add(now, reply), now),
                settled=near_words(hours.add(now, settle), now),
            )
        )

    def _keep(self, severity: str) -> None:
        reply, settle = (length_of(line.text()) for line in self.lines[severity])
        if not reply or not settle:
            self._ctx.notify(
                tr("That is no length of time. Write for example “30 min” or “2 h”."), tone="error"
            )
            return
        if (reply, settle) == allowed(self._ctx.book)[severity]:
            return
        problem = keep(
            self._ctx,
            lambda: shop_hours.set_deadlines(self._ctx.book, severity=severity, reply=reply, settle=settle),
        )
        if problem:
            self._ctx.notify(problem, tone="error")

    def _reset(self) -> None:
        keep(self._ctx, lambda: shop_hours.reset_deadlines(self._ctx.book))

    def _keep_number(self, key: str, value: int) -> None:
        if value != self._ctx.settings.get(key):
            self._ctx.do(lambda: self._ctx.settings.set(key, value))


def _mark(line: QLineEdit, *, wrong: bool) -> None:
    if bool(line.property("wrong")) != wrong:
        line.setProperty("wrong", wrong)
        line.style().unpolish(line)
        line.style().polish(line)
