"""Figures as tiles: what each is, how it moved in words, and on a click the rows behind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QSizePolicy, QWidget

from desktop.core.translation import tr
from desktop.views.figures.lines import FigureLine
from desktop.views.kit import theme
from desktop.views.kit.icons import icon
from desktop.views.kit.labels import ElidedLabel, label, plain_tip
from desktop.views.kit.popover import Explanation, Popover, explain
from desktop.views.kit.widgets import Card

_GAP = 12
_NARROWEST = 150
"""Pixels of a tile; where fewer are left, there are fewer in a row."""


class RowsTile(Card):
    """A figure; a click or Enter shows the rows behind it, the menu how it is counted.

    Where no list stands behind it, a click explains it.
    """

    opened = Signal()

    def __init__(self, line: FigureLine) -> None:
        super().__init__(margin=14, hug=True, clickable=True)
        self.line = line
        self.popover: Popover | None = None
        self.clicked.connect(self._click)
        self._name = ElidedLabel(line.name, size=theme.SMALL, role="muted")
        self._figure = ElidedLabel(" ", size=theme.FIGURE, bold=True)
        # What stands below is short, but in a narrow tile not short enough for a line.
        self._note = label(" ", size=theme.SMALL, role="muted", wrap=True)
        self._change = label(" ", size=theme.SMALL, role="muted", wrap=True)
        self.body.setSpacing(2)
        for one in (self._name, self._figure, self._note, self._change):
            self.body.addWidget(one)
        self.body.addStretch(1)
        # As tall as its neighbours, which may have a line more.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)

    def show_line(self, line: FigureLine) -> None:
        """Write another figure."""
        self.line = line
        self._name.set_whole(line.name)
        self._figure.set_whole(line.value)
        beside = (part.replace(" ", "\u00a0") for part in (line.beside, line.counted) if part)
        self._note.setText(" · ".join(beside) if line.counted else line.beside)
        self._change.setText(line.change)
        if self._change.property("role") != line.role:
            self._change.setProperty("role", line.role)
            self._change.style().unpolish(self._change)
            self._change.style().polish(self._change)
        said = "\n".join(line.told)
        self.setToolTip(plain_tip(said))
        self.setAccessibleName(" ".join(part for part in (f"{line.name}: {line.value}", line.change) if part))
        self.setAccessibleDescription(said)

    def figure(self) -> str:
        """The figure as shown."""
        return self._figure.whole()

    def _has_rows(self) -> bool:
        return bool(self.line.rows and self.line.now.n)

    def _click(self) -> None:
        if self.line.rows:
            self.opened.emit()
        else:
            self.explain()

    def explain(self) -> None:
        """Say how the figure is counted and how sure it is."""
        first, *rest = self.line.told
        links = [(self.line.rows, "list", self.opened.emit)] if self._has_rows() else []
        self.popover = explain(Explanation(self.line.name, (first, *rest), (), links), self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._has_rows():
            menu.addAction(icon("list"), self.line.rows, self.opened.emit)
        menu.addAction(icon("circle-help"), tr("How is this counted?"), self.explain)
        menu.popup(event.globalPos())


class TileGrid(QWidget):
    """The tiles, as many in a row as have room; `opened` carries the key of the one to see the rows of."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tiles: dict[str, RowsTile] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._across = 0

    def show_lines(self, lines: Sequence[FigureLine]) -> None:
        """Write the figures; the tiles stay, so that nothing flickers."""
        for line in lines:
            if line.key not in self.tiles:
                tile = self.tiles[line.key] = RowsTile(line)
                tile.opened.connect(lambda key=line.key: self.opened.emit(key))
                self._across = 0
            self.tiles[line.key].show_line(line)
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        """Lay the tiles in rows of six, four, three or two."""
        room = max(1, (self.width() + _GAP) // (_NARROWEST + _GAP))
        across = next((n for n in (6, 4, 3, 2) if n <= room), 1)
        if across == self._across or not self.tiles:
            return
        self._across = across
        for tile in self.tiles.values():
            self._grid.removeWidget(tile)
        for column in range(6):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // across, place % across)
