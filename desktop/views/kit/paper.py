"""Pages of text: rows of cells that flow from page to page, headers repeated, headings kept with their rows.

Everything is measured in tenths of a point with the face's own, unhinted widths. So the pages of a PDF, a
printer, a preview and a picture are the same ones. Nothing here is a widget: pages may be made in any thread,
and drawn in the thread that made them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from desktop.core.progress import SILENT, Progress
from desktop.views.kit import theme

POINT = 10.0
"""Units of a page in a point."""
DPI = 72 * POINT
A4, LETTER = QSizeF(5953, 8419), QSizeF(6120, 7920)
MARGIN = 52 * POINT
_HEAD, FOOT = 26 * POINT, 24 * POINT
"""What the running lines need above and below the text."""
_GAP = 9 * POINT
"""Between columns."""
_SPLIT = 0.3
"""A row higher than this part of a page may go on on the next one."""

Align = Qt.AlignmentFlag
LEFT, RIGHT = Align.AlignLeft, Align.AlignRight


class Style(NamedTuple):
    """A way to set text: size in points, weight, colour."""

    size: float = 9.5
    bold: bool = False
    colour: str = theme.LIGHT.text


PLAIN = Style()
STRONG = Style(bold=True)
QUIET = Style(8.5, colour=theme.LIGHT.muted)
HEAD = Style(8.5, bold=True, colour=theme.LIGHT.muted)
SECTION = Style(13.5, bold=True)


class Words(NamedTuple):
    """A paragraph in a style."""

    text: str
    style: Style = PLAIN


@dataclass(frozen=True)
class Cell:
    """A cell: its paragraphs, its width in shares of the row, and how it is aligned."""

    paragraphs: Sequence[Words]
    share: float = 1.0
    align: Align = LEFT


def cell(text: str, share: float = 1.0, style: Style = PLAIN, align: Align = LEFT) -> Cell:
    """A cell of one paragraph."""
    return Cell((Words(text, style),), share, align)


Drawing = Callable[[QPainter, QRectF], object]
"""Draws a picture into an area of a page, in the thread that draws the page."""


class Line(NamedTuple):
    """A line of a cell, placed within its row: a layout for each would fill the memory."""

    text: str
    style: Style
    x: float
    top: float
    bottom: float
    base: float


@dataclass
class Row:
    """A row that is laid out: its lines, its height, and how it behaves where a page ends."""

    lines: list[Line]
    height: float
    before: float = 0.0
    """The room above its text, which a page need not begin with."""
    rule: bool = False
    keep: bool = False
    header: Row | None = None
    """Stands again on top of a page that this row comes to."""
    drawing: Drawing | None = None
    """Fills the row in place of lines, below the room `before` it."""
    picture_height: float = 0.0


@dataclass
class _Placed:
    row: Row
    y: float
    start: float = 0.0
    end: float = 0.0
    """What of the row is on this page, from the row's top."""


@dataclass
class Page:
    """What stands on a page."""

    placed: list[_Placed] = field(default_factory=list)


def full_page(drawing: Drawing, size: QSizeF) -> Page:
    """A page that one picture fills, edges included; the drawing minds the size, not the area it is given."""
    row = Row([], size.height(), drawing=drawing, picture_height=size.height())
    return Page([_Placed(row, 0.0, 0.0, row.height)])


class Paper:
    """Takes rows from top to bottom, then gives them as pages of `size` (units)."""

    def __init__(self, size: QSizeF = A4, *, progress: Progress = SILENT) -> None:
        self.size = size
        self.width = size.width() - 2 * MARGIN
        self._rows: list[Row] = []
        self._progress = progress
        self._header: Row | None = None
        self._pages: list[Page] = []
        # Made once for each paper, not for the program: another thread may lay out pages, too.
        self._faces: dict[Style, tuple[QFont, float]] = {}
        self._options: dict[Align, QTextOption] = {}
        self._y, self._fresh = 0.0, True

    # -- writing

    def row(
        self, *cells: Cell, rule: bool = False, keep: bool = False, before: float = 0, after: float = 0
    ) -> None:
        """Add a row, with a hairline below it if `rule`; `keep`: not at a page's end without the next one.

        `before` and `after` are the room above and below, in points.
        """
        if len(self._rows) % 64 == 0:
            self._progress.check()
        made = self._lay(cells, before, after)
        made.rule, made.keep, made.header = rule, keep, self._header
        self._rows.append(made)

    def text(
        self, text: str, style: Style = PLAIN, *, keep: bool = False, before: float = 0, after: float = 0
    ) -> None:
        """Add a paragraph as wide as the page."""
        self.row(cell(text, style=style), keep=keep, before=before, after=after)

    def picture(self, drawing: Drawing, height: float, *, before: float = 0, after: float = 0) -> None:
        """Add a picture as wide as the page and so many points high; it is never cut."""
        whole = (before + height + after) * POINT
        self._rows.append(
            Row(
                [], whole, before * POINT, drawing=drawing, picture_height=height * POINT, header=self._header
            )
        )

    def section(self, title: str, note: str = "") -> None:
        """Begin a part with its title, and something quiet at the right."""
        self.end_table()
        self.row(
            cell(title, 3, SECTION), cell(note, 2, QUIET, RIGHT), keep=True, rule=True, before=20, after=5
        )

    def table(self, *heads: Cell) -> None:
        """Begin a table; its header stands again on every page that it comes to."""
        self.end_table()
        self.row(*heads, keep=True, rule=True, before=5, after=4)
        self._header = self._rows[-1]

    def block(self, *heads: Cell) -> None:
        """Begin a thing that has a title; it stands again on every page that the thing comes to."""
        self.end_table()
        self.row(*heads, keep=True, before=6, after=1)
        self._header = self._rows[-1]

    def end_table(self) -> None:
        """What follows is no longer of the table."""
        self._header = None

    # -- laying out

    def _lay(self, cells: Sequence[Cell], before: float, after: float) -> Row:
        lines: list[Line] = []
        # Each share holds its gap, so that columns stand below each other whatever the number of cells.
        unit = (self.width + _GAP) / (sum(one.share for one in cells) or 1)
        base = max((self._ascent(one) for one in cells), default=0.0)
        x, height = 0.0, before * POINT
        for one in cells:
            width = unit * one.share - _GAP
            # The first lines of all cells stand on one line, whatever their sizes.
            y = before * POINT + base - self._ascent(one)
            for paragraph in one.paragraphs:
                if paragraph.text:
                    y = self._set(lines, paragraph, one.align, x, y, width)
            height = max(height, y)
            x += width + _GAP
        return Row(lines, height + after * POINT, before * POINT)

    def _face(self, style: Style) -> tuple[QFont, float]:
        """The face of a style and how far it rises above its base."""
        known = self._faces.get(style)
        if known is None:
            made = font(style)
            known = self._faces[style] = made, QFontMetricsF(made).ascent()
        return known

    def _ascent(self, one: Cell) -> float:
        """How far the first line of a cell rises above its base."""
        first = next((words for words in one.paragraphs if words.text), None)
        return self._face(first.style)[1] if first else 0.0

    def _option(self, align: Align) -> QTextOption:
        known = self._options.get(align)
        if known is None:
            known = self._options[align] = QTextOption(align)
            known.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            known.setUseDesignMetrics(True)
        return known

    def _set(self, lines: list[Line], words: Words, align: Align, x: float, y: float, width: float) -> float:
        """Set a paragraph from `y` on, and say where it ends."""
        text = words.text.replace("\r\n", "\n").replace("\n", "\u2028")
        layout = QTextLayout(text, self._face(words.style)[0])
        layout.setTextOption(self._option(align))
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            height, rest = line.height(), line.naturalTextRect()
            said = _part(text, line.textStart(), line.textLength()).rstrip()
            # What is aligned to the right ends with its last letter, not with a blank.
            start = x + rest.x() if align == LEFT else x + width - rest.width()
            lines.append(Line(said, words.style, start, y, y + height, y + line.ascent()))
            y += height
        layout.endLayout()
        return y

    def pages(self) -> list[Page]:
        """The rows on their pages; at least one page."""
        self._pages = [Page()]
        # The first page has no running head.
        self._y, self._fresh = MARGIN, True
        for place, row in enumerate(self._rows):
            if place % 256 == 0:
                self._progress.check()
            self._put(place, row)
        return self._pages

    def _put(self, place: int, row: Row) -> None:
        """Place a row on the page that is being filled, or on the next ones."""
        top, bottom = MARGIN + _HEAD, self.size.height() - MARGIN - FOOT
        room = bottom - top
        begun = False
        start = self._skipped(row)
        while self._y + row.height - start + (0 if begun else self._following(place, room)) > bottom:
            cut = _cut(row, start, bottom - self._y) if row.height > room * _SPLIT else start
            if cut > start:
                self._pages[-1].placed.append(_Placed(row, self._y, start, cut))
                start, begun = cut, True
            elif self._fresh:
                # No page has more room than this one.
                break
            self._pages.append(Page())
            self._y, self._fresh = top, True
            if row.header is not None and row.header is not row:
                self._pages[-1].placed.append(_Placed(row.header, self._y, 0.0, row.header.height))
                self._y += row.header.height
            elif not begun:
                start = self._skipped(row)
        self._pages[-1].placed.append(_Placed(row, self._y, start, row.height))
        self._y += row.height - start
        self._fresh = False

    def _skipped(self, row: Row) -> float:
        """The room above a row that is left out where it begins a page."""
        return row.before if self._fresh and len(self._pages) > 1 else 0.0

    def _following(self, place: int, room: float) -> float:
        """The height of what must stand on the page of a row that is kept with what follows."""
        height = 0.0
        while self._rows[place].keep and place + 1 < len(self._rows) and height < room / 2:
            place += 1
            row = self._rows[place]
            height += row.height if row.drawing else min(row.height, room * _SPLIT)
        return height


def _cut(row: Row, start: float, room: float) -> float:
    """How far down a row reaches in so much room, no line cut through; `start` if not even one line fits."""
    limit = start + room
    fit = max((line.bottom for line in row.lines if start < line.bottom <= limit), default=start)
    # A line of another cell may stand across.
    while True:
        across = [
            line.top for line in row.lines if line.top < fit - 1 < line.bottom - 1 and line.top >= start
        ]
        lower = min(across, default=fit)
        if lower >= fit or lower <= start:
            return fit if not across else start
        fit = max((line.bottom for line in row.lines if start < line.bottom <= lower), default=start)


def _part(text: str, start: int, length: int) -> str:
    """A part of a text as Qt counts letters, for which an emoji is two."""
    if text.isascii() or max(text) <= "\uffff":
        return text[start : start + length]
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * (start + length)].decode(
        "utf-16-le", "ignore"
    )


def font(style: Style) -> QFont:
    """The face of a style in the units of a page."""
    made = theme.font(round(style.size * POINT), bold=style.bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Glyphs that stand for others, such as digits of one width, cannot be searched for or copied from a PDF.
    made.setFeature(QFont.Tag("tnum"), 0)
    made.setFeature(QFont.Tag("locl"), 0)
    return made
