"""Feedback cards on sheets of paper: what a customer ticks, and the code that finds what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import segno
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.core.card_codes import written
from desktop.core.translation import mark, speaking, tr
from desktop.views.kit.paper import A4, DPI, POINT, Page, Style, font, full_page
from desktop.views.kit.printout import Written
from desktop.views.ratings.stars_field import corners

MM = DPI / 25.4
CARD = QSizeF(90 * MM, 54 * MM)
"""A visiting card's width and a little more than its height: ten stand on A4, eight on Letter."""
_EDGE, _QR, _MARK = 4 * MM, 21 * MM, 4 * MM
_INK, _QUIET = "#1D1C1A", "#5F5B54"
_TITLE, _TEXT, _SMALL, _CODE = Style(10, bold=True), Style(7.5), Style(7), Style(7.5, bold=True)

_WORDS = (
    mark("Please tell us how it was. Tick, and give the card back or scan the code."),
    mark("How satisfied are you?"),
    mark("What had you expected?"),
    mark("Would you recommend us? 0 no – 10 certainly"),
    mark("In your words:"),
)


@dataclass(frozen=True)
class CardWords:
    """What stands on every card: the shop, its sentence, and the questions."""

    shop: str
    sentence: str
    satisfied: str
    expected: str
    recommend: str
    words: str


@dataclass(frozen=True)
class FeedbackCard:
    """One card: its code, what its QR code says, and what it is about ("" for anything)."""

    code: str
    link: str
    about: str = ""


def card_words(language: str, *, shop: str, sentence: str) -> CardWords:
    """The words in a language; `sentence` takes the place of the program's."""
    with speaking(language):
        first, *rest = (tr(message) for message in _WORDS)
    return CardWords(shop, sentence or first, *rest)


def card_link(link: str, code: str) -> str:
    """What the QR code of a card says: the shop's link with the code in it, or the code alone."""
    shown = written(code)
    if not link:
        return shown
    return link.replace("{code}", shown) if "{code}" in link else link + shown


def grid(size: QSizeF) -> tuple[int, int]:
    """How many cards stand beside and below each other on a sheet."""
    spare = 2 * (_MARK + 2 * MM)
    return (
        max(1, int((size.width() - spare) // CARD.width())),
        max(1, int((size.height() - spare) // CARD.height())),
    )


def card_pages(cards: Sequence[FeedbackCard], words: CardWords, size: QSizeF = A4) -> Written:
    """The cards on as many sheets as they need, with marks where to cut."""
    columns, lines = grid(size)
    each = columns * lines
    pages: list[Page] = [
        full_page(partial(_draw_sheet, cards[first : first + each], words, size), size)
        for first in range(0, len(cards), each)
    ]
    return Written(pages, size, None)


def card_box(place: int, size: QSizeF) -> QRectF:
    """Where a card of a sheet stands."""
    columns, lines = grid(size)
    left = (size.width() - columns * CARD.width()) / 2
    top = (size.height() - lines * CARD.height()) / 2
    line, column = divmod(place, columns)
    return QRectF(QPointF(left + column * CARD.width(), top + line * CARD.height()), CARD)


def qr_box(card: QRectF) -> QRectF:
    """Where the QR code of a card stands, its quiet zone included."""
    return QRectF(card.right() - _EDGE - _QR + 2 * MM, card.top() + _EDGE - 1 * MM, _QR, _QR)


def _draw_sheet(
    cards: Sequence[FeedbackCard], words: CardWords, size: QSizeF, painter: QPainter, _: QRectF
) -> None:
    _draw_marks(painter, len(cards), size)
    for place, card in enumerate(cards):
        draw_card(painter, card_box(place, size), card, words)


def _draw_marks(painter: QPainter, count: int, size: QSizeF) -> None:
    """Short lines beside the cards, along which they are cut."""
    columns, _ = grid(size)
    used_columns, used_lines = min(count, columns), -(-count // columns)
    first = card_box(0, size)
    painter.setPen(QPen(QColor(_QUIET), 0.4 * POINT))
    bottom = first.top() + used_lines * CARD.height()
    right = first.left() + used_columns * CARD.width()
    for column in range(used_columns + 1):
        x = first.left() + column * CARD.width()
        painter.drawLine(QPointF(x, first.top() - _MARK - MM), QPointF(x, first.top() - MM))
        painter.drawLine(QPointF(x, bottom + MM), QPointF(x, bottom + MM + _MARK))
    for line in range(used_lines + 1):
        y = first.top() + line * CARD.height()
        painter.drawLine(QPointF(first.left() - _MARK - MM, y), QPointF(first.left() - MM, y))
        painter.drawLine(QPointF(right + MM, y), QPointF(right + MM + _MARK, y))


def draw_card(painter: QPainter, box: QRectF, card: FeedbackCard, words: CardWords) -> None:
    """Draw a card into its box, in units of a page; black on white, whatever the window looks like."""
    inside = box.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    code = qr_box(box)
    left, width = inside.left(), code.left() - inside.left() - 2 * MM
    _line(painter, QRectF(left, inside.top(), width, 5 * MM), words.shop, _TITLE)
    painter.setFont(font(_TEXT))
    painter.setPen(QColor(_QUIET))
    wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.drawText(QRectF(left, inside.top() + 5.5 * MM, width, 9.5 * MM), int(wrapped), words.sentence)
    _line(painter, QRectF(left, inside.top() + 16 * MM, width, 4 * MM), words.satisfied, _CODE)
    _stars(painter, QPointF(left, inside.top() + 20 * MM), 6 * MM)
    _line(painter, QRectF(left, inside.top() + 27.5 * MM, width, 4 * MM), words.expected, _SMALL)
    _stars(painter, QPointF(left + 34 * MM, inside.top() + 27.3 * MM), 4 * MM)
    _line(painter, QRectF(left, inside.top() + 33 * MM, inside.width(), 4 * MM), words.recommend, _SMALL)
    _numbers(painter, QPointF(left, inside.top() + 37.2 * MM))
    foot = inside.top() + 43 * MM
    _line(painter, QRectF(left, foot, inside.width(), 4 * MM), words.words, _SMALL)
    said = QFontMetricsF(font(_SMALL)).horizontalAdvance(words.words) + 1.5 * MM
    painter.setPen(QPen(QColor(_QUIET), 0.4 * POINT))
    painter.drawLine(QPointF(left + said, foot + 3.4 * MM), QPointF(inside.right(), foot + 3.4 * MM))
    draw_qr(painter, code, card.link)
    below = QRectF(code.left() - 4 * MM, code.bottom() - MM, code.width() + 8 * MM, 4 * MM)
    _line(painter, below, written(card.code), _CODE, Qt.AlignmentFlag.AlignHCenter)
    about = QRectF(below.left(), below.bottom() - 0.4 * MM, below.width(), 4 * MM)
    _line(painter, about, card.about, _SMALL, Qt.AlignmentFlag.AlignHCenter)


def qr_matrix(text: str) -> list[list[bool]]:
    """The modules of a QR code from its top, without the quiet zone; True is dark."""
    return [[bool(module) for module in row] for row in segno.make(text, error="m", micro=False).matrix]


def draw_qr(painter: QPainter, box: QRectF, text: str) -> None:
    """A QR code with its quiet zone in a square; modules of a row are one bar, so that no seam shows."""
    rows = qr_matrix(text)
    # Four modules of white around; the paper gives two of them.
    module = box.width() / (len(rows) + 4)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(box, QColor("white"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("black"))
    for line, row in enumerate(rows):
        at = 0
        while at < len(row):
            end = at
            while end < len(row) and row[end]:
                end += 1
            if end > at:
                left, top = box.left() + (at + 2) * module, box.top() + (line + 2) * module
                painter.drawRect(QRectF(left, top, (end - at) * module, module))
            at = end + 1
    painter.restore()


def _line(
    painter: QPainter,
    box: QRectF,
    text: str,
    style: Style,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    face = font(style)
    painter.setFont(face)
    painter.setPen(QColor(_INK))
    cut = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, cut)


def _stars(painter: QPainter, at: QPointF, size: float) -> None:
    """Five stars to tick."""
    painter.setPen(QPen(QColor(_INK), 0.7 * POINT))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for star in range(5):
        box = QRectF(at.x() + star * size * 1.2, at.y(), size, size)
        painter.drawPolygon(QPolygonF(corners(box)))


def _numbers(painter: QPainter, at: QPointF) -> None:
    """The numbers 0 to 10 in rings."""
    painter.setFont(font(_SMALL))
    for number in range(11):
        ring = QRectF(at.x() + number * 7.2 * MM, at.y(), 5 * MM, 5 * MM)
        painter.setPen(QPen(QColor(_QUIET), 0.5 * POINT))
        painter.drawEllipse(ring)
        painter.setPen(QColor(_INK))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(number))
