"""Words on a page: titles, quiet text, tags of a state, and the coloured circle of a name."""

from __future__ import annotations

import zlib

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.core.folding import initials_of_avatar
from desktop.views.kit import icons, theme
from desktop.views.kit.theme import Tokens, Tone

_LONGEST_WORD = 160


class _Wrapped(QLabel):
    """Words in several lines, of which no single one makes a whole column as wide as it is."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _LONGEST_WORD), hint.height())


def label(
    text: str = "",
    *,
    size: int = theme.BODY,
    bold: bool = False,
    role: str = "text",
    wrap: bool = False,
    selectable: bool = False,
) -> QLabel:
    """A line of plain text; `role` is text, muted, accent, amber, red or blue."""
    made = _Wrapped(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(size, bold=bold))
    if role != "text":
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def plain_tip(text: str) -> str:
    """A tip that shows the text as it is, though Qt takes what looks like HTML for HTML."""
    if "<" not in text and "&" not in text:
        return text
    return "<qt>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</qt>"


class ElidedLabel(QLabel):
    """A line that ends in "…" when it does not fit, and tells the whole in its tip."""

    def __init__(
        self, text: str = "", *, size: int = theme.BODY, bold: bool = False, role: str = "text"
    ) -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size, bold=bold))
        if role != "text":
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_whole(text)

    def set_whole(self, text: str, shorter: str = "") -> None:
        """Show another text; where it does not fit, `shorter` says the same in fewer letters."""
        self._whole, self._shorter = text, shorter
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def whole(self) -> str:
        """The text, elided or not."""
        return self._whole

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._whole) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(24, QFontMetrics(self.font()).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        one_line = " ".join(self._whole.split())
        metrics = QFontMetrics(self.font())
        fits = not self._shorter or metrics.horizontalAdvance(one_line) <= self.width()
        shown = metrics.elidedText(
            one_line if fits else self._shorter, Qt.TextElideMode.ElideRight, self.width()
        )
        self.setText(shown)
        tip = plain_tip(self._whole) if shown != one_line else ""
        if tip != self.toolTip():
            self.setToolTip(tip)


class IconLabel(QLabel):
    """An icon that only shows."""

    def __init__(self, name: str, role: str = "text", size: int = 18) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, 0, icons.pixmap(self._name, self._role, self._size, ratio))


TAG_HEIGHT = 21


def tag_width(text: str, metrics: QFontMetrics) -> int:
    """How wide a tag is in a font."""
    return metrics.horizontalAdvance(text) + 17


def paint_tag(painter: QPainter, box: QRectF, text: str, tone: Tone, tokens: Tokens) -> None:
    """A tag in its box; the painter's font is used."""
    ink, ground = tokens.tone(tone)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box, 5, 5)
    painter.setPen(QColor(ink))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) - 10)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


class Tag(QWidget):
    """A small badge that names a state in its tone."""

    def __init__(self, text: str, tone: Tone = "grey", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone = text, tone
        self.setFont(theme.font(theme.SMALL))
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Where there is less room, the words end in "…"."""
        return QSize(min(48, self.sizeHint().width()), TAG_HEIGHT)

    def set(self, text: str, tone: Tone) -> None:
        """Show another state."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The state's name."""
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(tag_width(self._text, self.fontMetrics()), TAG_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_tag(QPainter(self), QRectF(self.rect()), self._text, self._tone, theme.current())


_AVATAR_HUES = (168, 38, 6, 212, 268, 92)
"""Pine, amber, brick, blue, violet, leaf: far enough apart to tell two rows at a glance."""


def avatar_colours(name: str, tokens: Tokens) -> tuple[QColor, QColor]:
    """Ink and ground of a name's circle; the same name has the same colour everywhere and always."""
    hue = _AVATAR_HUES[zlib.crc32(name.encode()) % len(_AVATAR_HUES)]
    if tokens.dark:
        return QColor.fromHsl(hue, 115, 190), QColor.fromHsl(hue, 75, 62)
    return QColor.fromHsl(hue, 150, 68), QColor.fromHsl(hue, 120, 224)


def paint_avatar(painter: QPainter, box: QRectF, name: str, tokens: Tokens) -> None:
    """The circle of a name with its first character."""
    ink, ground = avatar_colours(name, tokens)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(box)
    painter.setPen(ink)
    painter.setFont(theme.font(max(10, round(box.height() * 0.44)), bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials_of_avatar(name) or "?")


class Avatar(QWidget):
    """The coloured circle of a name."""

    def __init__(self, name: str, size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setFixedSize(size, size)

    def set_name(self, name: str) -> None:
        """Show another name."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_avatar(QPainter(self), QRectF(self.rect()), self._name, theme.current())
