"""One weekday's opening hours as lines that are typed into: from and to, a break, or closed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop.core.dates import weekday_name
from desktop.core.opening_words import DAY, clock_of, clock_text, span_words
from desktop.core.translation import tr
from desktop.core.working_hours import Span
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.labels import label

USUAL: Span = (9 * 60, 18 * 60)
_NOON, _ONE = 12 * 60, 13 * 60
_MOST_SPANS = 4
_NAME_WIDTH = 128
_TIME_WIDTH = 62


class TimeLine(QLineEdit):
    """A time of day; what is typed ("9", "9点半", "0930") is read when the keyboard leaves."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFixedWidth(_TIME_WIDTH)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(name)

    def minute(self) -> int | None:
        """Minutes after midnight, or None for what is no time; that is marked."""
        found = clock_of(self.text())
        self._mark(wrong=found is None)
        return found

    def show_minute(self, minute: int) -> None:
        """Show another time; one that is there already keeps its cursor."""
        if self.text() != clock_text(minute):
            self.setText(clock_text(minute))
        self._mark(wrong=False)

    def _mark(self, *, wrong: bool) -> None:
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)


class SpanLines(QWidget):
    """From and to of one span."""

    typed = Signal()
    removed = Signal()

    def __init__(self, day: str) -> None:
        super().__init__()
        self.opens = TimeLine(tr("{day}: opens", day=day))
        self.closes = TimeLine(tr("{day}: closes", day=day))
        self._next = label(tr("next day"), size=theme.SMALL, role="muted")
        self.remove = IconButton("x", "", self.removed.emit, role="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.setSpacing(6)
        for widget in (self.opens, label("–", role="muted"), self.closes, self._next, self.remove):
            row.addWidget(widget)
        for line in (self.opens, self.closes):
            line.editingFinished.connect(self.typed)

    def show_span(self, span: Span, *, alone: bool) -> None:
        """Show its times; a span that is `alone` goes by closing the day."""
        self.opens.show_minute(span[0])
        self.closes.show_minute(span[1])
        self._next.setVisible(span[1] > DAY)
        self.remove.setVisible(not alone)
        words = tr("Remove {span}", span=span_words([span]))
        self.remove.setAccessibleName(words)
        self.remove.setToolTip(words)

    def span(self) -> Span | None:
        """What is typed, None if one of the times is none. A closing before the opening is the next day's."""
        opens, closes = self.opens.minute(), self.closes.minute()
        if opens is None or closes is None:
            return None
        return opens, closes if closes > opens else closes + DAY


class DayRow(QWidget):
    """A weekday: whether it is open, its spans, a break to add, and its hours for every other day."""

    changed = Signal()
    """Something was typed or pressed that can be kept."""
    copied = Signal()
    wrong = Signal()
    """A time was typed that is none."""

    def __init__(self, weekday: int) -> None:
        super().__init__()
        self._name = weekday_name(weekday)
        self._spans: list[Span] = []
        self.lines: list[SpanLines] = []
        self.open = QCheckBox(self._name)
        self.open.setAccessibleName(tr("{day}: open", day=self._name))
        self.open.setFixedWidth(_NAME_WIDTH)
        self.open.clicked.connect(self._switch)
        self._closed = label(tr("closed"), role="muted")
        self._times = QHBoxLayout()
        self._times.setSpacing(0)
        self.more = IconButton("plus", tr("{day}: add a break or more hours", day=self._name), self._add)
        self.copy = IconButton(
            "copy", tr("Copy the hours of {day} to every day", day=self._name), self.copied.emit
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.open)
        row.addWidget(self._closed)
        row.addLayout(self._times)
        row.addWidget(self.more)
        row.addStretch(1)
        row.addWidget(self.copy)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_spans([])

    def spans(self) -> list[Span]:
        """What stands there, in minutes; what was shown last where a time is none."""
        return list(self._spans)

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Show other hours; the keyboard stays where it is."""
        self._spans = list(spans)
        self.open.setChecked(bool(spans))
        self._closed.setVisible(not spans)
        self.more.setVisible(0 < len(spans) < _MOST_SPANS)
        while len(self.lines) > len(spans):
            gone = self.lines.pop()
            # What goes loses the keyboard, and would be read once more.
            gone.blockSignals(True)
            self._times.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.lines) < len(spans):
            self._new_lines()
        for line, span in zip(self.lines, spans, strict=True):
            line.show_span(span, alone=len(spans) == 1)

    def _new_lines(self) -> None:
        made = SpanLines(self._name)
        made.typed.connect(self._read)
        made.removed.connect(lambda: self._remove(self.lines.index(made)))
        self._times.addWidget(made)
        # At once, for the keyboard may go there.
        made.show()
        self.lines.append(made)
        order: list[QWidget] = [self.open]
        for line in self.lines:
            order += [line.opens, line.closes, line.remove]
        order += [self.more, self.copy]
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)

    def _read(self) -> None:
        """A time was typed."""
        found = [line.span() for line in self.lines]
        spans = [span for span in found if span is not None]
        if len(spans) < len(found):
            self.wrong.emit()
        elif spans != self._spans:
            self._spans = spans
            self.changed.emit()
        else:
            # "9" becomes "09:00".
            self.show_spans(spans)

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
        self.lines[-1].opens.setFocus()
        self.lines[-1].opens.selectAll()

    def _remove(self, at: int) -> None:
        del self._spans[at]
        self.changed.emit()
        self.lines[-1].closes.setFocus()
