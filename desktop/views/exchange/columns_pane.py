"""The columns of a file, each with its first value, where it goes, and how sure that is."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from desktop.core.translation import ntr, tr
from desktop.exchange.matching.mapping import ColumnMatch, Mapping
from desktop.exchange.vocabulary import fields
from desktop.views.exchange import words
from desktop.views.exchange.field_drag import DragSource, FieldChips, dragged_field
from desktop.views.kit import theme
from desktop.views.kit.widgets import Card, ElidedLabel, ScrollColumn, Separator, Tag, clear, label

_MOST = 120
"""Rows drawn: beyond this a file is no table for people, and only columns that are placed matter."""
_ELIDE = Qt.TextElideMode.ElideRight
_GOES_TO, _SURE, _MARGIN = 240, 84, 14


class FieldBox(QComboBox):
    """Where a column goes; the wheel scrolls the page, not the choice."""

    def __init__(self, target: str, header: str) -> None:
        super().__init__()
        self.setMaxVisibleItems(16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Where the column “{column}” goes", column=header))
        self.addItem(tr("Leave out"), "")
        for field in fields.fields_of(target):
            self.addItem(fields.label(field.key), field.key)
        self.view().setMinimumWidth(230)

    def show_field(self, key: str) -> None:
        """Show a choice without telling anybody."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(key)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt does it, but what does not fit ends in "…"."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        style = self.style()
        room = style.subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        text = self.currentText()
        option.currentText = self.fontMetrics().elidedText(text, _ELIDE, room.width() - 2)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Row(QFrame):
    """One column of the file."""

    chosen = Signal(int, str)

    def __init__(self, match: ColumnMatch, target: str) -> None:
        super().__init__()
        self.index = match.index
        self.setAcceptDrops(True)
        self.box = FieldBox(target, match.header)
        self.sure = Tag("")
        first = match.samples[0] if match.samples else ""
        value = ElidedLabel(first, role="muted")
        if len(match.samples) > 1:
            value.setToolTip("\n".join(match.samples))
        row = _line(ElidedLabel(match.header, bold=True), value, self.box, self.sure)
        row.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(Separator())
        self.box.currentIndexChanged.connect(
            lambda _: self.chosen.emit(self.index, self.box.currentData() or "")
        )
        # Dragging a row takes its place along, to give it to another column.
        DragSource(self, lambda: self.box.currentData() or "")
        self.show_match(match)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_field(event):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        field = dragged_field(event)
        if field and field != (self.box.currentData() or ""):
            event.acceptProposedAction()
            self.chosen.emit(self.index, field)

    def _set_over(self, over: bool) -> None:
        self.setProperty("tone", "accent" if over else "")
        self.style().unpolish(self)
        self.style().polish(self)

    def show_match(self, match: ColumnMatch) -> None:
        """Show where the column goes now."""
        self.box.show_field(match.field)
        text, tone = words.SURE[match.confidence if match.field else "none"]
        self.sure.set(tr(text), tone)


def _line(header: QWidget, value: QWidget, box: QWidget, sure: QWidget) -> QHBoxLayout:
    """The four columns, as wide in each line."""
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(header, 6)
    row.addWidget(value, 6)
    box.setMinimumWidth(_GOES_TO)
    row.addWidget(box, 9)
    holder = QWidget()
    holder.setFixedWidth(_SURE)
    inner = QHBoxLayout(holder)
    inner.setContentsMargins(0, 0, 0, 0)
    inner.addWidget(sure, 0, Qt.AlignmentFlag.AlignLeft)
    row.addWidget(holder)
    return row


class ColumnsPane(Card):
    """`chosen` says that somebody sends a column elsewhere: its index and the field's key."""

    chosen = Signal(int, str)

    def __init__(self, mapping: Mapping) -> None:
        super().__init__(margin=0)
        self._rows: dict[int, _Row] = {}
        self._target = ""
        head = QWidget()
        titles = _line(
            *(
                label(text, size=theme.SMALL, role="muted")
                for text in (tr("Column in the file"), tr("First value"), tr("Goes to"), tr("Sure?"))
            )
        )
        titles.setContentsMargins(_MARGIN, 11, _MARGIN, 11)
        head.setLayout(titles)
        self._titles = titles
        self._list = ScrollColumn(gap=0)
        self._list.verticalScrollBar().rangeChanged.connect(self._keep_in_line)
        inner = self.layout()
        if inner is not None:
            inner.setSpacing(0)
        self.body.setSpacing(0)
        self.body.addWidget(head)
        self.body.addWidget(Separator())
        self.body.addWidget(self._list, 1)
        self.body.addWidget(Separator())
        self.free = FieldChips()
        self.body.addWidget(self.free)
        self.show_mapping(mapping)

    def show_mapping(self, mapping: Mapping) -> None:
        """Show where every column goes."""
        if mapping.target != self._target or set(self._rows) - {match.index for match in mapping.columns}:
            self._build(mapping)
        for match in mapping.columns:
            if match.index in self._rows:
                self._rows[match.index].show_match(match)
        self.free.show_mapping(mapping)

    def _build(self, mapping: Mapping) -> None:
        clear(self._list.column)
        self._rows = {}
        self._target = mapping.target
        shown = [match for match in mapping.columns if match.field or match.samples]
        for match in shown[:_MOST]:
            row = _Row(match, mapping.target)
            row.chosen.connect(self.chosen)
            self._rows[match.index] = row
            self._list.column.addWidget(row)
        left = len(mapping.columns) - len(self._rows)
        if left:
            more = label(
                ntr("{n} more column without anything to take over",
                    "{n} more columns without anything to take over", left),
                size=theme.SMALL, role="muted",
            )  # fmt: skip
            more.setContentsMargins(_MARGIN, 10, _MARGIN, 10)
            self._list.column.addWidget(more)
        self._list.column.addStretch(1)

    def _keep_in_line(self, least: int, most: int) -> None:
        """The bar takes its width from the rows; the titles above give way as much."""
        bar = self._list.verticalScrollBar().sizeHint().width() if most > least else 0
        self._titles.setContentsMargins(_MARGIN, 11, _MARGIN + bar, 11)

    def box(self, index: int) -> FieldBox:
        """The box of a column of the file."""
        return self._rows[index].box

    def row(self, index: int) -> QWidget:
        """The line of a column of the file."""
        return self._rows[index]

    def tag(self, index: int) -> str:
        """How sure the match of a column is, as shown."""
        return self._rows[index].sure.text()
