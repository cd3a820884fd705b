"""A complaint as a card of the board, laid out and painted: what matters of it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption

from desktop.core import words as names
from desktop.core.translation import tr
from desktop.queries.complaints import ComplaintRow
from desktop.views.complaints import words
from desktop.views.kit import icons, theme
from desktop.views.kit.labels import TAG_HEIGHT, paint_avatar, paint_tag, tag_width
from desktop.views.kit.theme import Tone

MARGIN, AVATAR, MARK = 13, 25, 16
GAP = 10
"""Pixels between two cards."""
_LINE_GAP, _TAG_GAP = 4, 5
_TITLE_LINES = 2


@dataclass(frozen=True, slots=True)
class TagBox:
    """A tag and its place on the card."""

    text: str
    tone: Tone
    box: QRectF


@dataclass(frozen=True, slots=True)
class CardLayout:
    """Where everything stands on a card of some width."""

    title: tuple[str, ...]
    line_height: int
    who_top: int
    tags: tuple[TagBox, ...]
    height: int


def tags_of(row: ComplaintRow, now: datetime, currency: str) -> list[tuple[str, Tone]]:
    """The tags of a card: subject, what is pressing, a promise, that it came back."""
    found: list[tuple[str, Tone]] = [(tr(words.SHORT_SUBJECTS[row.subject]), "grey")]
    found.append(words.wait_tag(row, now) if row.waiting else words.time_tag(row, now, currency))
    found.append(words.promise_tag(row, now))
    if row.open and row.reopened:
        found.append((tr("reopened"), "red"))
    return [(text, tone) for text, tone in found if text]


def spoken(row: ComplaintRow, now: datetime, currency: str) -> str:
    """The card in words, for who listens."""
    severity = names.name(names.SEVERITIES, row.severity) if row.severity in ("urgent", "high") else ""
    tags = [text for text, _ in tags_of(row, now, currency)]
    parts = (row.title, row.customer_name or tr("No name"), severity, *tags)
    return " · ".join(part for part in parts if part)


def lay_out(row: ComplaintRow, now: datetime, currency: str, width: int) -> CardLayout:
    """Lay a card out; `width` is that of the sheet."""
    return _lay_out(row.title, tuple(tags_of(row, now, currency)), _marked(row), width)


def _marked(row: ComplaintRow) -> bool:
    return row.open and row.severity in ("urgent", "high")


@lru_cache(maxsize=2000)
def _lay_out(title: str, tags: tuple[tuple[str, Tone], ...], marked: bool, width: int) -> CardLayout:
    inner = width - 2 * MARGIN
    bold = QFontMetrics(theme.font(bold=True))
    lines = _lines(" ".join(title.split()), bold, inner - (MARK + 6 if marked else 0))
    who_top = MARGIN - 2 + len(lines) * bold.lineSpacing() + 8
    top = who_top + AVATAR + 9
    boxes, x, y = [], 0.0, float(top)
    small = QFontMetrics(theme.font(theme.SMALL))
    for text, tone in tags:
        wide = min(tag_width(text, small), inner)
        if x and x + wide > inner:
            x, y = 0.0, y + TAG_HEIGHT + _LINE_GAP
        boxes.append(TagBox(text, tone, QRectF(MARGIN + x, y, wide, TAG_HEIGHT)))
        x += wide + _TAG_GAP
    return CardLayout(tuple(lines), bold.lineSpacing(), who_top, tuple(boxes), round(y + TAG_HEIGHT + MARGIN))


def _lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The title in at most two lines, the last one ending in “…” where it must."""
    layout = QTextLayout(text, theme.font(bold=True))
    layout.setTextOption(_wrapped())
    found: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 20))
        if len(found) == _TITLE_LINES - 1:
            rest = text[line.textStart() :]
            found.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, max(width, 20)))
            break
        found.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return found or [""]


def _wrapped() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def card_size(row: ComplaintRow, now: datetime, currency: str, width: int) -> QSize:
    """How large a card's place in its column is, with the room below it."""
    return QSize(width, lay_out(row, now, currency, width).height + GAP)


def paint_card(
    painter: QPainter,
    place: QRect,
    row: ComplaintRow,
    now: datetime,
    currency: str,
    *,
    chosen: bool = False,
    hovered: bool = False,
) -> None:
    """Paint a card in its place."""
    tokens = theme.current()
    laid = lay_out(row, now, currency, place.width())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = 2.0 if chosen else 1.0
    line = tokens.accent if chosen else tokens.outline if hovered else tokens.line
    sheet = QRectF(place.x(), place.y(), place.width(), laid.height)
    painter.setPen(QPen(QColor(line), edge))
    painter.setBrush(QColor(tokens.surface))
    painter.drawRoundedRect(sheet.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2), 12, 12)
    painter.translate(place.topLeft())
    inner = place.width() - 2 * MARGIN
    painter.setFont(theme.font(bold=True))
    painter.setPen(QColor(tokens.text))
    ascent = painter.fontMetrics().ascent()
    for number, text in enumerate(laid.title):
        painter.drawText(QPointF(MARGIN, MARGIN - 2 + ascent + number * laid.line_height), text)
    if _marked(row):
        role = "red" if row.severity == "urgent" else "amber"
        picture = icons.pixmap("circle-alert", role, MARK, painter.device().devicePixelRatioF())
        painter.drawPixmap(place.width() - MARGIN - MARK, MARGIN, picture)
    name = row.customer_name or tr("No name")
    paint_avatar(painter, QRectF(MARGIN, laid.who_top, AVATAR, AVATAR), name, tokens)
    painter.setFont(theme.font(theme.SMALL))
    painter.setPen(QColor(tokens.muted))
    room = QRect(MARGIN + AVATAR + 9, laid.who_top, inner - AVATAR - 9, AVATAR)
    shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    for tag in laid.tags:
        paint_tag(painter, tag.box, tag.text, tag.tone, tokens)
    painter.restore()
