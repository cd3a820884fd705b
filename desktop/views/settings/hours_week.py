"""One weekday's opening hours as lines that are typed into: from and to, a break, or closed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop.core.dates import weekday_name
from desktop.core.opening_words import DAY, clock_of, clock_text, span_words
from desktop.core.translation import tr
from desktop.core.working_hours import Span
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import clear

USUAL: Span = (9 * 60, 18 * 60)
_NOON, _ONE = 12 * 60, 13 * 60
_MOST_SPANS = 4
_NAME_WIDTH = 128
_TIME_WIDTH = 62


class TimeLine(QLineEdit):
    """A time of day; what is typed ("9", "9点半", "0930") is read when the keyboard leaves."""

    def __init__(self, minute: int, name: str) -> None:
        super().__init__(clock_text(minute))
        self.setFixedWidth(_TIME_WIDTH)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(name)

    def minute(self) -> int | None:
        """Minutes after midnight, or None for what is no time; that is marked."""
        found = clock_of(self.text())
        self.mark(wrong=found is None)
        if found is not None and self.text() != clock_text(found):
            self.setText(clock_text(found))
        return found

    def mark(self, *, wrong: bool) -> None:
        """Show that it can't be right."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)


class DayRow(QWidget):
    """A weekday: whether it is open, its spans, a break to add, and its hours for every other day."""

    changed = Signal()
    """Something was typed or pressed that can be kept."""
    copied = Signal()
    wrong = Signal()
    """A time was typed that is none."""

    def __init__(self, weekday: int) -> None:
        super().__init__()
        self.weekday = weekday
        self._spans: list[Span] = []
        self._shown: list[Span] | None = None
        self.lines: list[tuple[TimeLine, TimeLine]] = []
        name = weekday_name(weekday)
        self.open = QCheckBox(name)
        self.open.setAccessibleName(tr("{day}: open", day=name))
        self.open.setFixedWidth(_NAME_WIDTH)
        self.open.clicked.connect(self._switch)
        self._times = QHBoxLayout()
        self._times.setSpacing(6)
        self.more = IconButton("plus", tr("{day}: add a break or more hours", day=name), self._add)
        self.copy = IconButton("copy", tr("Copy the hours of {day} to every day", day=name), self.copied.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.open)
        row.addLayout(self._times)
        row.addWidget(self.more)
        row.addStretch(1)
        row.addWidget(self.copy)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def spans(self) -> list[Span]:
        """What stands there, in minutes; the last that was shown where a time is none."""
        return list(self._spans)

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Show other hours; what is shown already stays untouched, the keyboard in it too."""
        spans = list(spans)
        self.open.setChecked(bool(spans))
        self._spans = list(spans)
        if spans == self._shown and self._as_shown():
            return
        self._shown = spans
        for one in (one for line in self.lines for one in line):
            # What goes away loses the keyboard, and would be read once more.
            one.blockSignals(True)
        self.lines = []
        clear(self._times)
        name = weekday_name(self.weekday)
        for at, (opens, closes) in enumerate(spans):
            line = (
                TimeLine(opens, tr("{day}: opens", day=name)),
                TimeLine(closes, tr("{day}: closes", day=name)),
            )
            self.lines.append(line)
            if at:
                self._times.addSpacing(10)
            self._times.addWidget(line[0])
            self._times.addWidget(label("–", role="muted"))
            self._times.addWidget(line[1])
            if closes > DAY:
                self._times.addWidget(label(tr("next day"), size=theme.SMALL, role="muted"))
            for one in line:
                one.editingFinished.connect(self._read)
            if len(spans) > 1:
                words = span_words([(opens, closes)])
                self._times.addWidget(
                    IconButton("x", tr("Remove {span}", span=words), partial(self._remove, at), role="muted")
                )
        if not spans:
            self._times.addWidget(label(tr("closed"), role="muted"))
        self.more.setVisible(0 < len(spans) < _MOST_SPANS)
        self.copy.setEnabled(True)

    def _as_shown(self) -> bool:
        """Whether nobody has typed anything else since the spans were shown."""
        return all(
            (one.text(), two.text()) == (clock_text(opens), clock_text(closes))
            for (one, two), (opens, closes) in zip(self.lines, self._shown or (), strict=True)
        )

    def _read(self) -> None:
        """A time was typed."""
        found = [(one.minute(), two.minute()) for one, two in self.lines]
        spans = [(opens, closes) for opens, closes in found if opens is not None and closes is not None]
        if len(spans) < len(found):
            self.wrong.emit()
        elif not self._as_shown():
            self._spans = spans
            self.changed.emit()

    def _switch(self) -> None:
        self._spans = [USUAL] if self.open.isChecked() else []
        self.changed.emit()

    def _add(self) -> None:
        """A break in the middle of the day, or an hour after the last."""
        opens, closes = self._spans[-1]
        if opens < _NOON - 60 and closes > _ONE + 60:
            self._spans[-1:] = [(opens, _NOON), (_ONE, closes)]
        elif closes + 120 <= DAY:
            self._spans.append((closes + 60, closes + 120))
        elif closes - opens > 180:
            middle = (opens + closes) // 120 * 60
            self._spans[-1:] = [(opens, middle), (middle + 60, closes)]
        else:
            return
        self.changed.emit()

    def _remove(self, at: int) -> None:
        del self._spans[at]
        self.changed.emit()
