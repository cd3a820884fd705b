"""A picture of a record as large as the window allows: zoomed, moved, and the next one by a key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.progress import Progress
from desktop.core.translation import tr
from desktop.queries.attachments import AttachmentRow, attachment_data
from desktop.views.files.pictures import read_picture
from desktop.views.files.taking_out import carried, save_elsewhere
from desktop.views.files.words import size_words
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import ElidedLabel, IconButton, label

LARGEST = QSize(6000, 6000)
"""Pixels; what a screen can show of a picture, many times over."""
_STEP, _MOST = 1.25, 16.0


class PictureView(QWidget):
    """Paints one picture: fitted, or at a scale at which it is moved by dragging."""

    zoomed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self._scale = 0.0
        """0: as large as fits."""
        self._centre = QPointF()
        self._held: QPointF | None = None
        self.setMinimumSize(320, 220)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_picture(self, image: QImage | None) -> None:
        """Show another picture, fitted."""
        self._picture = None if image is None else QPixmap.fromImage(image)
        self.fit()

    def fit(self) -> None:
        """As large as fits, never larger than it is."""
        self._scale = 0.0
        if self._picture is not None:
            self._centre = QRectF(self._picture.rect()).center()
        self._told()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Larger or smaller by a factor; what is under `at` stays there."""
        if self._picture is None:
            return
        now = self.scale()
        wanted = min(max(now * factor, self._fitting() / 4), _MOST)
        if at is not None:
            away = at - QRectF(self.rect()).center()
            self._centre += away / now - away / wanted
        self._scale = wanted
        self._stay_inside()
        self._told()

    def actual_size(self) -> None:
        """One pixel of the picture for one of the screen."""
        if self._picture is not None:
            self.zoom(1.0 / self.scale())

    def scale(self) -> float:
        """Screen pixels for one of the picture."""
        return self._scale or self._fitting()

    def _fitting(self) -> float:
        if self._picture is None or self._picture.isNull():
            return 1.0
        return min(1.0, self.width() / self._picture.width(), self.height() / self._picture.height())

    def _stay_inside(self) -> None:
        if self._picture is not None:
            box = QRectF(self._picture.rect())
            self._centre.setX(min(max(self._centre.x(), box.left()), box.right()))
            self._centre.setY(min(max(self._centre.y(), box.top()), box.bottom()))

    def _told(self) -> None:
        self.setCursor(Qt.CursorShape.OpenHandCursor if self._scale else Qt.CursorShape.ArrowCursor)
        self.zoomed.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        scale = self.scale()
        if scale < 3:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._picture.size().toSizeF() * scale
        corner = QRectF(self.rect()).center() - self._centre * scale
        box = QRectF(corner, size)
        # Behind a see-through picture stands a sheet, or dark signs would vanish in the dark look.
        painter.fillRect(
            box, QColor("white") if self._picture.hasAlphaChannel() else Qt.GlobalColor.transparent
        )
        painter.drawPixmap(box, self._picture, QRectF(self._picture.rect()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned:
            self.zoom(_STEP if turned > 0 else 1 / _STEP, event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None and self._scale:
            self._centre -= (event.position() - self._held) / self._scale
            self._held = event.position()
            self._stay_inside()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._scale:
            self.fit()
        else:
            self.actual_size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._told()


class PictureDialog(QDialog):
    """Shows one of some pictures; arrow keys go on, + and - zoom, 0 fits, 1 shows the actual size."""

    shown = Signal(int)

    def __init__(
        self, ctx: Context, rows: Sequence[AttachmentRow], first: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._ctx, self._rows = ctx, list(rows)
        self._at = next((n for n, row in enumerate(self._rows) if row.id == first), 0)
        self.view = PictureView()
        self.view.zoomed.connect(self._say)
        self._name = ElidedLabel(size=theme.SECTION, bold=True)
        self._about = label(size=theme.SMALL, role="muted")
        self.back = IconButton("chevron-left", tr("The picture before"), lambda: self.go(-1), framed=True)
        self.on = IconButton("chevron-right", tr("The next picture"), lambda: self.go(1), framed=True)
        larger = IconButton("plus", tr("Larger"), lambda: self.view.zoom(_STEP), framed=True)
        fitted = IconButton("search", tr("As large as fits"), self.view.fit, framed=True)
        copied = IconButton("copy", tr("Copy"), self.copy, framed=True)
        saved = IconButton("download", tr("Save as…"), self.save_as, framed=True)
        close = IconButton("x", tr("Close"), self.accept, framed=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._about)
        for button in (self.back, self.on, larger, fitted, copied, saved, close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        room = (parent or self).screen().availableGeometry().size()
        self.resize(min(1100, room.width() - 80), min(760, room.height() - 80))
        self._broken = False
        self.view.setFocus()
        self._show()

    def current(self) -> AttachmentRow:
        """The picture's row."""
        return self._rows[self._at]

    def copy(self) -> None:
        """Put the picture on the clipboard, as a picture and as a file."""
        QGuiApplication.clipboard().setMimeData(carried(self._ctx, [self.current()], picture=True))

    def save_as(self) -> None:
        """Save the picture somewhere on this computer."""
        save_elsewhere(self._ctx, self, [self.current()])

    def go(self, by: int) -> None:
        """Show the next picture, or the one before."""
        to = self._at + by
        if 0 <= to < len(self._rows):
            self._at = to
            self._show()

    def _show(self) -> None:
        row = self.current()
        self.setWindowTitle(row.name)
        self._name.set_whole(row.name)
        self.back.setEnabled(self._at > 0)
        self.on.setEnabled(self._at + 1 < len(self._rows))
        self._broken = False
        self.view.setAccessibleName(row.name)
        book = self._ctx.book

        def read(_: Progress) -> QImage | None:
            data = attachment_data(book, row.id)
            return None if data is None else read_picture(data, row.media_type, LARGEST)

        self._ctx.tasks.read(read, self._have, owner=self, key="picture")
        self.shown.emit(row.id)

    def _have(self, image: QImage | None) -> None:
        self._broken = image is None
        self.view.show_picture(image)

    def _say(self) -> None:
        place = tr("{number} of {count}", number=self._at + 1, count=len(self._rows))
        if self._broken:
            self._about.setText(tr("This picture is damaged, or too large to be shown. Save it instead."))
        else:
            parts = (place, size_words(self.current().size), f"{100 * self.view.scale():.0f} %")
            self._about.setText(" · ".join(parts))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Everything by keys."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace):
            self.go(-1)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self.go(1)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.view.zoom(_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.view.zoom(1 / _STEP)
        elif event.key() == Qt.Key.Key_0:
            self.view.fit()
        elif event.key() == Qt.Key.Key_1:
            self.view.actual_size()
        else:
            super().keyPressEvent(event)
