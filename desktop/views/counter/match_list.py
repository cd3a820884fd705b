"""Those who match what was typed: six at most, each with the key that takes it and the part that matched."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import (
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.text import format_phone
from desktop.core.translation import tr
from desktop.queries.counter_finding import Match, Matches
from desktop.views.customers.words import display_name, since, state_name, state_tone
from desktop.views.kit import icons, theme
from desktop.views.kit.cards import Card
from desktop.views.kit.highlight import Highlighter, paint_marked
from desktop.views.kit.labels import TAG_HEIGHT, label, paint_avatar, paint_tag, tag_width
from desktop.views.kit.rows_model import Index, RowsModel

ROW = 58
_NAME, _QUIET = 18, 15
_FACE = 38
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class _Row:
    """What a row shows: the name, the phone, and what else it was found by."""

    def __init__(self, match: Match, marks: Highlighter, today: date) -> None:
        self.match = match
        self.name = display_name(match.name)
        self.phone = format_phone(match.phone) if match.phone else ""
        self.name_spans, self.phone_spans = marks.spans(self.name), marks.spans(self.phone)
        self.more, self.more_spans = "", list[tuple[int, int]]()
        if not self.name_spans and not self.phone_spans:
            for kind, value in match.points:
                text = format_phone(value) if kind == "phone" else value
                spans = marks.spans(text) if text != self.phone else []
                if spans:
                    self.more, self.more_spans = text, spans
                    break
        self.last = since(match.last_day, today)

    def accessible(self) -> str:
        """The row as it is read out."""
        parts = (self.name, self.phone, self.more, state_name(self.match.state), self.last)
        return ", ".join(part for part in parts if part)


class _Delegate(QStyledItemDelegate):
    """Number, face, name and phone with what matched, and on the right how they are."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: _Row = index.data(Qt.ItemDataRole.UserRole)
        tokens = theme.current()
        area = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(area, 10, 10)
        painter.setFont(theme.font(_QUIET))
        painter.setPen(QColor(tokens.muted))
        number = QRectF(area.left() + 6, area.top(), 26, area.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
        face = QRectF(number.right() + 6, area.center().y() - _FACE / 2, _FACE, _FACE)
        paint_avatar(painter, face, row.name, tokens)
        right = self._paint_state(painter, area, row)
        words_box = QRectF(face.right() + 14, area.top(), right - face.right() - 28, area.height())
        self._paint_words(painter, words_box, row, bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_state(self, painter: QPainter, area: QRectF, row: _Row) -> float:
        """State, last purchase and a sign of warning, from the right; where they begin."""
        tokens = theme.current()
        painter.setFont(theme.font(theme.SMALL))
        name = state_name(row.match.state)
        width = tag_width(name, painter.fontMetrics())
        tag = QRectF(area.right() - 14 - width, area.center().y() - TAG_HEIGHT / 2, width, TAG_HEIGHT)
        paint_tag(painter, tag, name, state_tone(row.match.state), tokens)
        painter.setFont(theme.font(_QUIET))
        painter.setPen(QColor(tokens.muted))
        room = painter.fontMetrics().horizontalAdvance(row.last) + 4
        last = QRectF(tag.left() - 12 - room, area.top(), room, area.height())
        painter.drawText(last, Qt.AlignmentFlag.AlignVCenter, row.last)
        left = last.left()
        if row.match.dislikes:
            ratio = painter.device().devicePixelRatioF()
            left -= 30
            painter.drawPixmap(
                QPointF(left, area.center().y() - 10), icons.pixmap("triangle-alert", "amber", 20, ratio)
            )
        return left

    def _paint_words(self, painter: QPainter, box: QRectF, row: _Row, chosen: bool) -> None:
        tokens = theme.current()
        upper = box.adjusted(0, 5, 0, -box.height() / 2 + 2) if row.more else box
        painter.setFont(theme.font(_NAME, bold=True))
        painter.setPen(QColor(tokens.text))
        paint_marked(painter, upper, _LEFT, row.name, row.name_spans, chosen=chosen)
        used = painter.fontMetrics().horizontalAdvance(row.name) + 16
        painter.setPen(QColor(tokens.muted))
        if row.more:
            painter.setFont(theme.font(_QUIET))
            lower = box.adjusted(0, box.height() / 2, 0, -5)
            paint_marked(painter, lower, _LEFT, row.more, row.more_spans, chosen=chosen)
        elif used + 60 < box.width():
            painter.setFont(theme.font(_NAME - 1))
            paint_marked(
                painter, box.adjusted(used, 0, 0, 0), _LEFT, row.phone, row.phone_spans, chosen=chosen
            )


class MatchList(QWidget):
    """The rows, and below them whether there are more; `chosen` carries a customer's id."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows: RowsModel[_Row] = RowsModel(lambda row: (row.name, row.accessible()), self)
        self.list = QListView()
        self.list.setModel(self._rows)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(tr("Customers found"))
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        self.list.clicked.connect(lambda index: self.take(index.row()))
        self._below = label(size=_QUIET, role="muted")
        sheet = Card(margin=8)
        sheet.body.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(sheet)
        layout.addWidget(self._below)
        layout.addStretch(1)

    def show_matches(self, found: Matches, typed: str, today: date) -> None:
        """Show other rows; the first one is marked."""
        marks = Highlighter(typed)
        self._rows.show([_Row(match, marks, today) for match in found.rows])
        self.list.setCurrentIndex(self._rows.index(0))
        self.list.setFixedHeight(len(found.rows) * ROW + 2)
        hint = tr("↑ ↓ and a digit, or Enter for the first")
        self._below.setText(tr("There are more: type on. {hint}", hint=hint) if found.more else hint)

    def move_by(self, step: int) -> None:
        """Mark another row."""
        count = len(self._rows.rows)
        if count:
            self.list.setCurrentIndex(self._rows.index((self.list.currentIndex().row() + step) % count))

    def take_current(self) -> None:
        """Choose the row that is marked."""
        self.take(self.list.currentIndex().row())

    def take(self, row: int) -> None:
        """Choose a row, counted from 0; one that is not there is none."""
        if 0 <= row < len(self._rows.rows):
            self.chosen.emit(self._rows.rows[row].match.id)

    def shown(self) -> list[int]:
        """The ids of the rows shown."""
        return [row.match.id for row in self._rows.rows]
