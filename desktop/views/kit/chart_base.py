"""What every chart shares: painting on screen and on paper, the menu, reading values by mouse and keyboard.

Curves and bars over an axis are pyqtgraph's (see plot.py); lists and triangles paint themselves. This module
knows neither, so that what only lists needs not load numpy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.icons import icon
from desktop.views.kit.theme import Tokens

Format = Callable[[float], str]
DataTable = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Titles and rows of texts."""

SMALL = 12
_PICTURE_SCALE = 2


def plain(value: float) -> str:
    """A figure without trailing zeros, thousands parted."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def known(value: float | None) -> bool:
    """Whether there is a value: neither None nor NaN."""
    return value is not None and not math.isnan(value)


def nice_ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round figures that span from `low` to `high` in about `wanted` steps."""
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-9):
        room = max(abs(low), abs(high)) * 0.1 if max(abs(low), abs(high)) > 1e-9 else 0.1
        low, high = low - room, high + room
    rough = (high - low) / wanted
    scale = 10.0 ** math.floor(math.log10(rough))
    step = next(s * scale for s in (1, 2, 2.5, 5, 10) if s * scale >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(n * step, 12) for n in range(first, last + 1)]


class ChartWidget(QWidget):
    """Base of the charts: a chart paints itself in `draw` and says its figures in `data_table`."""

    def __init__(self, name: str, *, empty_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._empty_text = empty_text or tr("Nothing to show yet")
        self.pointed: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 110)
        self.setAccessibleName(name)

    # -- what a chart says

    def draw(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        """Paint the chart into the area."""
        raise NotImplementedError

    def data_table(self) -> DataTable:
        """The figures shown, as texts."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.data_table()[1]

    def point_count(self) -> int:
        """How many things can be pointed at."""
        return 0

    def index_at(self, at: QPointF) -> int | None:
        """The thing below the mouse."""
        return None

    def told(self, index: int) -> Sequence[str]:
        """What is to be known about one thing, line by line; its name first."""
        return ()

    # -- painting

    def sizeHint(self) -> QSize:
        return QSize(420, 220)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_here(painter)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.current().accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def paint_here(self, painter: QPainter) -> None:
        """Paint what this widget shows on the screen by itself."""
        self._paint(painter, QRectF(self.rect()), theme.current())

    def _paint(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(SMALL))
        if self.is_empty():
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(QColor(tokens.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area, int(flags), self._empty_text)
        else:
            self.draw(painter, area, tokens)

    def picture(self) -> QImage:
        """The chart as an image of twice its size, on a sheet of its own."""
        made = QImage(self.size() * _PICTURE_SCALE, QImage.Format.Format_ARGB32)
        made.setDevicePixelRatio(_PICTURE_SCALE)
        made.fill(QColor(theme.current().surface))
        painter = QPainter(made)
        self._paint(painter, QRectF(self.rect()), theme.current())
        painter.end()
        return made

    def save_picture(self, path: Path) -> None:
        """Write the chart as PNG, SVG or PDF, by the name's ending. Raises UserError when it cannot."""
        ending = path.suffix.lower()
        if ending == ".svg":
            saved = self._save_svg(path)
        elif ending == ".pdf":
            saved = self._save_pdf(path)
        else:
            saved = self.picture().save(str(path))
        if not saved:
            raise UserError(
                tr("The picture cannot be saved as {name}.", name=path.name),
                tr("Choose a folder you may write to, and see whether the disk is full."),
            )

    def _save_svg(self, path: Path) -> bool:
        from PySide6.QtSvg import QSvgGenerator

        device = QSvgGenerator()
        device.setFileName(str(path))
        device.setSize(self.size())
        device.setViewBox(self.rect())
        device.setTitle(self._name)
        painter = QPainter()
        if not painter.begin(device):
            return False
        self._paint(painter, QRectF(self.rect()), theme.LIGHT)
        return painter.end()

    def _save_pdf(self, path: Path) -> bool:
        from PySide6.QtCore import QMarginsF, QSizeF
        from PySide6.QtGui import QPageSize, QPdfWriter

        device = QPdfWriter(str(path))
        device.setTitle(self._name)
        device.setResolution(96)
        inches = QSizeF(self.width() / 96, self.height() / 96)
        device.setPageSize(QPageSize(inches, QPageSize.Unit.Inch, "", QPageSize.SizeMatchPolicy.ExactMatch))
        # Its own margins would push the chart over the edge of a page of just its size.
        device.setPageMargins(QMarginsF(0, 0, 0, 0))
        painter = QPainter()
        if not painter.begin(device):
            return False
        self._paint(painter, QRectF(self.rect()), theme.LIGHT)
        return painter.end()

    # -- the menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.is_empty():
            return
        menu = self.chart_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def chart_menu(self) -> QMenu:
        """Copy, save, show the data; also for a button of one's own."""
        menu = QMenu(self)
        menu.addAction(icon("copy"), tr("Copy picture"), self.copy_picture)
        menu.addAction(icon("image-down"), tr("Save picture…"), self.ask_and_save)
        menu.addAction(icon("table-2"), tr("Show the data"), self.show_data)
        return menu

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture())

    def ask_and_save(self) -> None:
        """Ask for a file and save the picture there."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save picture"), f"{self._name}.png", "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
        )
        if chosen:
            from desktop.views.kit.notices import report_error

            try:
                self.save_picture(Path(chosen))
            except UserError as error:
                report_error(error, self.window())

    def show_data(self) -> None:
        """Show the figures in a table that can be copied."""
        from desktop.views.kit.data_dialog import DataDialog

        dialog = DataDialog(self._name, self.data_table(), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # -- pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.index_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right read the values one by one."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self.point_count():
            super().keyPressEvent(event)
            return
        at = self.pointed if self.pointed is not None else (-1 if step > 0 else self.point_count())
        self._point(min(max(at + step, 0), self.point_count() - 1))

    def _point(self, index: int | None) -> None:
        if index != self.pointed:
            self.pointed = index
            # Who listens instead of looking hears the same words.
            self.setAccessibleDescription("" if index is None else "; ".join(self.told(index)))
            self.update()

    def draw_note(
        self, painter: QPainter, area: QRectF, near: QPointF, lines: Sequence[str], tokens: Tokens
    ) -> None:
        """A small box beside a point with what is to be known about it; the first line stands out."""
        strong, soft = theme.font(SMALL, bold=True), theme.font(SMALL)
        painter.setFont(strong)
        metrics = painter.fontMetrics()
        width = max(metrics.horizontalAdvance(line) for line in lines) + 20
        height = len(lines) * (metrics.height() + 1) + 12
        left = near.x() + 12 if near.x() + 12 + width < area.right() else near.x() - 12 - width
        top = min(max(near.y() - height / 2, area.top()), max(area.top(), area.bottom() - height))
        box = QRectF(max(area.left(), left), top, width, height)
        painter.setPen(QPen(QColor(tokens.outline), 1))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(box, 6, 6)
        y = box.top() + 6
        for number, line in enumerate(lines):
            painter.setFont(soft if number else strong)
            painter.setPen(QColor(tokens.muted if number else tokens.text))
            row = QRectF(box.left() + 10, y, box.width() - 14, metrics.height() + 1)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, line)
            y += metrics.height() + 1


def snap(value: float) -> float:
    """A coordinate on which a hairline is sharp."""
    return math.floor(value) + 0.5
