"""Figures side by side in a table that sorts by any: n below each, interval and change when pointed at."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from desktop.core.figures import arrow
from desktop.core.pinyin import sort_key
from desktop.core.translation import ntr, tr
from desktop.exchange.writers.chart_data import ChartData, Figures
from desktop.views.figures.lines import EXPORT_KINDS, FigureLine, Unit, written
from desktop.views.kit.columns import Column
from desktop.views.kit.icons import icon
from desktop.views.kit.id_list import Index
from desktop.views.kit.row_delegate import ROW_HEIGHT
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import EmptyState

if TYPE_CHECKING:
    from desktop.analytics.intervals import Change, Figure
    from desktop.views.figures.pages import PaperTable

_HEAD_HEIGHT, _FOOT_HEIGHT = 46, 44
_MOST_SEEN = 12
"""Rows without scrolling."""

Deed = tuple[str, str, Callable[[], object]]
"""What can be done with a row: its words, its icon, and the doing."""


@dataclass(frozen=True)
class Ratio:
    """A column: its key, title and sentence (both marked), unit and width, and where a row has the figure.

    `before` and `moved` give the period before and the change, where there is one to compare with; `below`
    is the second line, n if not said; an arrow in it says that the change is clear.
    """

    key: str
    title: str
    unit: Unit
    width: int
    sentence: str
    of: Callable[[Any], Figure]
    before: Callable[[Any], Figure] | None = None
    moved: Callable[[Any], Change] | None = None
    below: Callable[[Any], str] | None = None

    def line(self, row: Any, currency: str, days_before: str) -> FigureLine:
        """The figure of a row in words."""
        return FigureLine(
            self.key, tr(self.title), self.unit, self.of(row), self.before(row) if self.before else None,
            self.moved(row) if self.moved else None, tr(self.sentence), tr("Nothing to count here."),
            currency, days_before=days_before,
        )  # fmt: skip


class RatioModel(IdListModel):
    """Titles of two lines; pointing at a figure tells everything about it."""

    wraps_titles = True

    tell: Callable[[int, str], str]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        asked = role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole)
        if not asked or not index.isValid():
            return super().data(index, role)
        return self.tell(index.row(), self.columns[index.column()].key) or None


class RatioTable(TablePane):
    """The table; `deeds` gives what can be done with a row, for its menu (also by Enter on the name).

    A double click or Enter on a figure calls `opened` with the row and the figure's key.
    """

    def __init__(
        self,
        name: str,
        title: str,
        name_of: Callable[[Any], str],
        ratios: Sequence[Ratio],
        *,
        currency: str,
        sort: str,
        opened: Callable[[Any, str], object],
        deeds: Callable[[Any], Sequence[Deed]],
        empty: str,
    ) -> None:
        """`title` (marked) is what a row is called; `sort` the key of the figure to begin with."""
        self.name, self._title, self._name_of, self._ratios = name, title, name_of, ratios
        self._currency, self._opened, self._deeds = currency, opened, deeds
        self._rows: Sequence[Any] = ()
        self._days_before = ""
        self._sort = (sort, True)
        self.model = RatioModel(self._columns(), self._fetch, currency=currency)
        self.model.tell = self._tell
        table = TableView(self.model, name=name)
        self.model.setParent(table)
        super().__init__(table, empty=EmptyState("table-2", tr("Nothing to compare"), empty))
        table.horizontalHeader().setFixedHeight(_HEAD_HEIGHT)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        table.sort_requested.connect(self._sort_by)
        table.opened.connect(self._open)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu_at)

    def show_rows(self, rows: Sequence[Any], days_before: str) -> None:
        """Show these; `days_before` are the days of the period before, in words."""
        self._rows, self._days_before = rows, days_before
        self._write()

    def rows(self) -> list[Any]:
        """The rows in the table's order."""
        return [self._rows[place] for place in self._sorted()]

    def menu(self, row: Any) -> QMenu:
        """What can be done with a row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, sign, deed in self._deeds(row):
            menu.addAction(icon(sign), words, deed)
        return menu

    def chart_data(self) -> ChartData:
        """The figures with n and intervals, for a workbook or a dialog."""
        rows, more = self.rows(), []
        for ratio in self._ratios:
            figures, kind = [ratio.of(row) for row in rows], EXPORT_KINDS[ratio.unit]
            said = tr(ratio.title)
            if ratio.unit == "minutes":
                said = tr("{name} (minutes)", name=said)
            more += [
                Figures(said, kind, [figure.value for figure in figures]),
                Figures(tr("{name}: from", name=said), kind, [figure.low for figure in figures]),
                Figures(tr("{name}: to", name=said), kind, [figure.high for figure in figures]),
                Figures(tr("{name}: number", name=said), "number", [figure.n for figure in figures]),
            ]
            if ratio.before is not None:
                earlier = [ratio.before(row).value for row in rows]
                more.append(Figures(tr("{name}: period before", name=said), kind, earlier))
        names = Figures(tr(self._title), "text", [self._name_of(row) for row in rows])
        return ChartData(self.name, "table", names, (), more=more, currency=self._currency)

    def paper(self) -> PaperTable:
        """The table for paper."""
        from desktop.views.figures.pages import PaperTable

        return PaperTable(
            self.name,
            [tr(self._title), *(tr(ratio.title) for ratio in self._ratios)],
            [
                [
                    self._name_of(row),
                    *(written(ratio.unit, ratio.of(row).value, self._currency) for ratio in self._ratios),
                ]
                for row in self.rows()
            ],
            [2.4, *(ratio.width / 50 for ratio in self._ratios)],
        )

    # -- the table

    def _columns(self) -> tuple[Column, ...]:
        def column(ratio: Ratio) -> Column:
            def told(row: Any) -> str:
                return written(ratio.unit, ratio.of(row).value, self._currency)

            return Column(
                ratio.key, ratio.title, ratio.width, "number", value=told, text=str,
                sub=partial(_below, ratio), high_first=True,
            )  # fmt: skip

        name = Column("name", self._title, 110, "strong", stretch=True, value=self._name_of)
        return name, *(column(ratio) for ratio in self._ratios)

    def _write(self) -> None:
        self.model.refresh_rows()
        self.model.set_sort(*self._sort)
        self.set_ids(array("q", self._sorted()), ntr("{n} row", "{n} rows", len(self._rows)))
        lines = min(max(len(self._rows), 3), _MOST_SEEN)
        self.setFixedHeight(lines * ROW_HEIGHT + _HEAD_HEIGHT + _FOOT_HEIGHT)

    def _fetch(self, ids: Sequence[int]) -> dict[int, Any]:
        return {place: self._rows[place] for place in ids if place < len(self._rows)}

    def _sorted(self) -> list[int]:
        """The places by the chosen column; what has no figure stands at the end either way."""
        key, descending = self._sort
        ratio = self._ratio(key)

        def value(place: int) -> Any:
            row = self._rows[place]
            return sort_key(self._name_of(row)) if ratio is None else ratio.of(row).value

        known = [place for place in range(len(self._rows)) if value(place) is not None]
        none = [place for place in range(len(self._rows)) if value(place) is None]
        return sorted(known, key=value, reverse=descending) + none

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self._write()

    def _ratio(self, key: str) -> Ratio | None:
        return next((one for one in self._ratios if one.key == key), None)

    def _tell(self, line: int, key: str) -> str:
        row, ratio = self.model.row_at(line), self._ratio(key)
        if row is None or ratio is None:
            return ""
        told = ratio.line(row, self._currency, self._days_before)
        return "\n".join([*told.told, *([told.change] if told.clear else [])])

    def _open(self, place: int) -> None:
        row, column = self._rows[place], self.table.currentIndex().column()
        key = self.model.columns[column].key if column >= 0 else "name"
        if self._ratio(key) is not None:
            self._opened(row, key)
        else:
            self._pop(row, self.table.visualRect(self.table.currentIndex()).bottomLeft())

    def _menu_at(self, at: QPoint) -> None:
        index = self.table.indexAt(at)
        row = self.model.row_at(index.row()) if index.isValid() else None
        if row is not None:
            self._pop(row, at)

    def _pop(self, row: Any, at: QPoint) -> None:
        self.menu(row).popup(self.table.viewport().mapToGlobal(at))


def _below(ratio: Ratio, row: Any) -> str:
    """The second line of a cell."""
    figure = ratio.of(row)
    if figure.value is None:
        return ""
    said = ratio.below(row) if ratio.below else tr("n {count}", count=f"{figure.n:,}")
    moved = ratio.moved(row) if ratio.moved else None
    parts = (arrow(moved.direction) if moved else "", said)
    # A blank keeps the first line where it is in the cells beside it.
    return " ".join(part for part in parts if part) or " "
