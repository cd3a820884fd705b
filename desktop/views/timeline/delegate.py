"""Paints the timeline: month titles, and entries with icon, bold title, wrapped words and a quiet right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.kit import icons, theme
from desktop.views.kit.highlight import paint_marked
from desktop.views.timeline import looks, words
from desktop.views.timeline.lines import Line
from desktop.views.timeline.model import Index, TimelineModel

TILE = 30
GAP = 12
PAD = 9
MOST_LINES = 4
"""Lines of an entry's words in the stream; the whole of it is in the preview, the tip and the editor."""
MONTH_HEIGHT = 34
LEAST_HEIGHT = TILE + 2 * PAD
TAG_ROW, TAG_HEIGHT = 26, 20
"""Below the words stands what a note hangs on."""
MOST_SIZES = 2_000
"""Entries whose height is remembered."""


class TimelineDelegate(QStyledItemDelegate):
    """The delegate of the stream; `named`: titles begin with the customer's name."""

    def __init__(self, view: QListView, currency: Callable[[], str], *, named: bool) -> None:
        super().__init__(view)
        self._view = view
        self._currency = currency
        self._named = named
        self.typed = ""
        """What is searched for; where it stands in an entry, it is marked."""
        self._sizes: dict[tuple[str, int], tuple[TimelineEntry, int, QSize]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = _line(index).entry
        if entry is None:
            return QSize(0, MONTH_HEIGHT)
        width = self._view.viewport().width()
        known = self._sizes.get(entry.key)
        if known is not None and known[0] is entry and known[1] == width:
            return known[2]
        metrics = QFontMetrics(theme.font())
        body = _body_height(words.text(entry), width - TILE - GAP - 2 * PAD)
        tags = TAG_ROW if words.hangs_on(entry) else 0
        size = QSize(0, max(TILE, metrics.height() + body + tags) + 2 * PAD + 1)
        if len(self._sizes) >= MOST_SIZES:
            self._sizes.clear()
        self._sizes[entry.key] = entry, width, size
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = _line(index)
        box, state = QRect(option.rect), QStyle.StateFlag(option.state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.entry is None:
            painter.setFont(theme.font(theme.BODY, bold=True))
            painter.setPen(QColor(theme.current().muted))
            painter.drawText(box.adjusted(PAD, 8, -PAD, 0), Qt.AlignmentFlag.AlignVCenter, line.heading)
        else:
            self._entry(painter, box, state, line, line.entry)
        painter.restore()

    def _entry(
        self, painter: QPainter, box: QRect, state: QStyle.StateFlag, line: Line, entry: TimelineEntry
    ) -> None:
        tokens = theme.current()
        inner = box.adjusted(0, 1, 0, -1)
        if state & QStyle.StateFlag.State_Selected:
            _ground(painter, inner, tokens.accent_soft)
        elif state & QStyle.StateFlag.State_MouseOver:
            _ground(painter, inner, tokens.hover)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(inner).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        elif not line.last:
            painter.setPen(QColor(tokens.line))
            painter.drawLine(box.left() + PAD, box.bottom(), box.right() - PAD, box.bottom())
        icon, tone = looks.look(entry)
        tile = QRectF(box.left() + PAD, box.top() + PAD, TILE, TILE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.tone(tone)[1]))
        painter.drawRoundedRect(tile, 7, 7)
        self._icon(painter, icon, {"grey": "muted"}.get(tone, tone), tile.x() + 6.5, tile.y() + 6.5, 17)
        area = box.adjusted(PAD + TILE + GAP, PAD, -PAD, -PAD)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        self._title(painter, area, entry, chosen)
        height = QFontMetrics(theme.font()).height()
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(QColor(tokens.muted))
        self._body(painter, area.adjusted(0, height, 0, 0), words.text(entry), chosen)
        self._tags(
            painter, QRect(area.left(), area.bottom() + 1 - TAG_HEIGHT, area.width(), TAG_HEIGHT), entry
        )

    def _title(self, painter: QPainter, area: QRect, entry: TimelineEntry, chosen: bool) -> None:
        tokens = theme.current()
        side = words.right(entry, date.today(), under_month=not entry.pinned)
        small = QFontMetrics(theme.font(theme.SMALL))
        height = QFontMetrics(theme.font()).height()
        room = area.width() - small.horizontalAdvance(side) - 16
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(QColor(tokens.muted))
        top = QRect(area.left(), area.top(), area.width(), height)
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, side)
        bold = theme.font(bold=True)
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text))
        said = words.title(entry, self._currency())
        if self._named and entry.customer_name:
            said = " · ".join((entry.customer_name, said))
        left = area.left()
        if entry.pinned:
            self._icon(painter, "pin", "accent", left, area.top() + (height - 14) / 2, 14)
            left += 20
            room -= 20
        self._words(painter, QRect(left, area.top(), max(room, 40), height), said, chosen)

    def _words(self, painter: QPainter, area: QRect, text: str, chosen: bool) -> None:
        """A line, what is searched for marked in it."""
        paint_marked(
            painter, QRectF(area), Qt.AlignmentFlag.AlignVCenter, text, spans(text, self.typed), chosen=chosen
        )

    def _tags(self, painter: QPainter, area: QRect, entry: TimelineEntry) -> None:
        """What a note hangs on and what became of it, side by side as far as there is room."""
        tokens, metrics = theme.current(), painter.fontMetrics()
        left = area.left()
        for icon, said in words.hangs_on(entry):
            width = metrics.horizontalAdvance(said) + 34
            if left + width > area.right():
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.grey_soft))
            box = QRectF(left, area.top(), width, area.height())
            painter.drawRoundedRect(box, 6, 6)
            self._icon(painter, icon, "muted", left + 7, area.top() + 3, 14)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(box.adjusted(26, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, said)
            left += width + 6

    def _icon(self, painter: QPainter, name: str, role: str, x: float, y: float, size: int) -> None:
        ratio = self._view.devicePixelRatioF()
        painter.drawPixmap(QPointF(x, y), icons.pixmap(name, role, size, ratio))

    def _body(self, painter: QPainter, area: QRect, text: str, chosen: bool) -> None:
        if not text:
            return
        metrics = painter.fontMetrics()
        y = area.top()
        wrapped = _wrap(text, area.width())
        for number, part in enumerate(wrapped[:MOST_LINES]):
            rest = number == MOST_LINES - 1 and len(wrapped) > MOST_LINES
            line = QRect(area.left(), y, area.width(), metrics.lineSpacing())
            self._words(painter, line, f"{part}…" if rest else part, chosen)
            y += metrics.lineSpacing()


def spans(text: str, typed: str) -> list[tuple[int, int]]:
    """Where the words searched for stand in a text, as the book finds them: in any case, anywhere."""
    typed, low = typed.strip().lower(), text.lower()
    if not typed or len(low) != len(text):
        return []
    return [(at, len(typed)) for at in range(len(low)) if low.startswith(typed, at)]


def _body_height(text: str, width: int) -> int:
    if not text:
        return 0
    metrics = QFontMetrics(theme.font(theme.SMALL))
    # Most words fit on one line, and measuring that is a tenth of the work of laying it out.
    one = "\n" not in text and metrics.horizontalAdvance(text) <= width
    lines = 1 if one else len(_wrap(text, width))
    return min(lines, MOST_LINES) * metrics.lineSpacing()


def wrapped_away(text: str, width: int) -> bool:
    """Whether an entry's words are cut in the stream."""
    return len(_wrap(text, width - TILE - GAP - 2 * PAD)) > MOST_LINES


def _wrap(text: str, width: int) -> list[str]:
    """The text as lines that fit a width, broken between words, or anywhere in a word that is too long."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    found: list[str] = []
    for paragraph in text.splitlines():
        layout = QTextLayout(paragraph, theme.font(theme.SMALL))
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid() and len(found) <= MOST_LINES:
            line.setLineWidth(max(width, 40))
            found.append(paragraph[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
    return found


def _ground(painter: QPainter, box: QRect, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(box), 8, 8)


def _line(index: Index) -> Line:
    model = index.model()
    if not isinstance(model, TimelineModel):
        msg = "the timeline's delegate serves the timeline's model"
        raise TypeError(msg)
    return model.line_at(index.row())
