"""Every ratio by subject, product, channel or clerk, in a table that sorts by any of them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.pinyin import sort_key
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.writers.chart_data import ChartData, Figures
from desktop.views.complaints.figures.names import group_name
from desktop.views.figures.lines import EXPORT_KINDS, Unit, interval_of, written
from desktop.views.kit import theme
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.columns import Column
from desktop.views.kit.id_list import Index
from desktop.views.kit.row_delegate import ROW_HEIGHT
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import EmptyState, IconButton, label

if TYPE_CHECKING:
    from desktop.analytics.intervals import Figure
    from desktop.queries.complaint_figures_cohorts import ComplaintSlice
    from desktop.queries.complaint_figures_tables import GroupRow

By = Literal["subject", "product", "channel", "clerk"]
BYS: dict[By, tuple[str, str]] = {
    "subject": (mark("By subject"), mark("Subject")),
    "product": (mark("By product"), mark("Product")),
    "channel": (mark("By channel"), mark("Channel")),
    "clerk": (mark("By clerk"), mark("Clerk")),
}
_MOST_SEEN = 10
"""Rows without scrolling."""
_HEAD_HEIGHT = 46
_SHARES: dict[Unit, float] = {"minutes": 1.9, "ratio": 1.35, "stars": 1.3}


@dataclass(frozen=True)
class _Ratio:
    """A column of the table: what it is called, in one word or two, and where a group has it."""

    key: str
    title: str
    unit: Unit
    width: int
    of: Callable[[GroupRow], Figure]


RATIOS = (
    _Ratio("per_hundred", mark("In 100 orders"), "ratio", 74, lambda one: one.per_hundred),
    _Ratio("replies", mark("Reply in time"), "share", 78, lambda one: one.handling.replies_in_time),
    _Ratio("first_reply", mark("First reply"), "minutes", 84, lambda one: one.handling.first_reply.median),
    _Ratio("settled", mark("Settled in time"), "share", 78, lambda one: one.handling.settled_in_time),
    _Ratio("settling", mark("Time to settle"), "minutes", 84, lambda one: one.handling.settling.median),
    _Ratio("reopened", mark("Reopened"), "share", 84, lambda one: one.handling.reopened),
    _Ratio("satisfaction", mark("Rated after"), "stars", 78, lambda one: one.handling.satisfaction),
    _Ratio("recovery", mark("Recovery"), "share", 78, lambda one: one.handling.recovery),
    _Ratio("promises", mark("Promises kept"), "share", 80, lambda one: one.handling.promises),
    _Ratio("cost", mark("Cost each"), "money", 78, lambda one: one.handling.cost_each),
)


class GroupModel(IdListModel):
    """Titles of two lines, for there are many columns; pointing at a ratio tells its interval."""

    wraps_titles = True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        asked = role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole)
        if not asked or not index.isValid():
            return super().data(index, role)
        ratio = next((one for one in RATIOS if one.key == self.columns[index.column()].key), None)
        row: GroupRow | None = self.row_at(index.row())
        return None if ratio is None or row is None else _told(ratio, row, self.currency)


class GroupTable(QWidget):
    """The table with its chips; `opened` gets the slice of a row and a title."""

    def __init__(
        self, opened: Callable[[ComplaintSlice, str], object], currency: str, by: By = "subject"
    ) -> None:
        super().__init__()
        self.chips = ChipRow([ChipItem(key, tr(name)) for key, (name, _) in BYS.items()])
        self.chips.choose(by)
        self.chips.chosen.connect(lambda _: self._write())
        self.data_button = IconButton("table-2", tr("Show the data"), self.show_data, role="muted")
        self._open, self._currency = opened, currency
        self._groups: Mapping[By, Sequence[GroupRow]] = {}
        self._sort = ("complaints", True)
        self._model = GroupModel(self._columns(), self._fetch, currency=currency, parent=self)
        self.table = TableView(self._model, name=tr("Side by side"))
        self.table.horizontalHeader().setFixedHeight(_HEAD_HEIGHT)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.sort_requested.connect(self._sort_by)
        self.table.opened.connect(self._opened)
        empty = EmptyState("table-2", tr("Nothing to compare"), tr("No complaint in this period."))
        self.pane = TablePane(self.table, empty=empty)
        head = QHBoxLayout()
        head.setContentsMargins(4, 6, 4, 0)
        head.setSpacing(14)
        head.addWidget(label(tr("Side by side"), size=theme.SECTION, bold=True))
        head.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.data_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.pane)

    @property
    def by(self) -> By:
        """What the complaints are told apart by."""
        chosen = self.chips.chosen_key()
        return next((one for one in BYS if one == chosen), "subject")

    def show_groups(self, groups: Mapping[By, Sequence[GroupRow]]) -> None:
        """Show the groups of every kind."""
        self._groups = groups
        self._write()

    def group(self, row: int) -> GroupRow:
        """The group of a row's id."""
        return self._groups[self.by][row]

    def show_data(self) -> None:
        """Show the figures with their n and intervals."""
        from desktop.views.kit.data_dialog import DataDialog

        dialog = DataDialog(self.chart_data(self.by), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def chart_data(self, by: By) -> ChartData:
        """The figures of one kind of group, with n and intervals, as a table to take away."""
        return group_data(by, self._groups.get(by, ()), self._currency)

    # -- the table

    def _columns(self) -> tuple[Column, ...]:
        def ratio_column(ratio: _Ratio) -> Column:
            def told(one: GroupRow) -> str:
                return written(ratio.unit, ratio.of(one).value, self._currency)

            def counted(one: GroupRow) -> str:
                figure = ratio.of(one)
                return "" if figure.value is None else tr("n {count}", count=f"{figure.n:,}")

            return Column(
                ratio.key, ratio.title, ratio.width, "number", value=told, text=str, sub=counted,
                high_first=True,
            )  # fmt: skip

        _, title = BYS[self.by]
        return (
            Column(
                "name", title, 128, "strong", stretch=True, value=lambda one: group_name(self.by, one.group)
            ),
            Column(
                "complaints", mark("Number"), 72, "number", value=lambda one: one.handling.n,
                high_first=True,
            ),
            *(ratio_column(ratio) for ratio in RATIOS),
        )  # fmt: skip

    def _write(self) -> None:
        groups = self._groups.get(self.by, ())
        self._model.set_columns(self._columns())
        self._model.refresh_rows()
        self._model.set_sort(*self._sort)
        self.pane.set_ids(array("q", self._sorted(groups)), ntr("{n} row", "{n} rows", len(groups)))
        rows = min(max(len(groups), 2), _MOST_SEEN)
        self.pane.setFixedHeight(rows * ROW_HEIGHT + _HEAD_HEIGHT + 44)

    def _fetch(self, ids: Sequence[int]) -> dict[int, GroupRow]:
        groups = self._groups.get(self.by, ())
        return {row: groups[row] for row in ids if row < len(groups)}

    def _sorted(self, groups: Sequence[GroupRow]) -> list[int]:
        """The rows by the chosen column; what has no figure stands at the end either way."""
        key, descending = self._sort
        ratio = next((one for one in RATIOS if one.key == key), None)

        def value(row: int) -> Any:
            if key == "name":
                return sort_key(group_name(self.by, groups[row].group))
            return groups[row].handling.n if ratio is None else ratio.of(groups[row]).value

        rows = list(range(len(groups)))
        known = [row for row in rows if value(row) is not None]
        return sorted(known, key=value, reverse=descending) + [row for row in rows if value(row) is None]

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self._write()

    def _opened(self, row: int) -> None:
        group = self.group(row).group
        self._open(group.within, group_name(self.by, group))


def _told(ratio: _Ratio, row: GroupRow, currency: str) -> str:
    """What a cell says when it is pointed at: its interval and its n."""
    figure = ratio.of(row)
    if figure.value is None:
        return tr("Nothing to count here.")
    said = interval_of(ratio.unit, figure, currency)
    count = f"{figure.n:,}"
    if not said:
        return tr("n {count}.", count=count)
    return tr("95 % interval {interval}, n {count}.", interval=said, count=count)


def group_data(by: By, groups: Sequence[GroupRow], currency: str) -> ChartData:
    """A table of groups with n and intervals, for a workbook or a dialog."""
    name, title = BYS[by]
    more = [Figures(tr("Complaints"), "number", [one.handling.n for one in groups])]
    for ratio in RATIOS:
        figures = [ratio.of(one) for one in groups]
        kind = EXPORT_KINDS[ratio.unit]
        said = tr("{name} (minutes)", name=tr(ratio.title)) if ratio.unit == "minutes" else tr(ratio.title)
        more += [
            Figures(said, kind, [figure.value for figure in figures]),
            Figures(tr("{name}: from", name=said), kind, [figure.low for figure in figures]),
            Figures(tr("{name}: to", name=said), kind, [figure.high for figure in figures]),
            Figures(tr("{name}: number", name=said), "number", [figure.n for figure in figures]),
        ]
    names = Figures(tr(title), "text", [group_name(by, one.group) for one in groups])
    return ChartData(tr(name), "table", names, (), more=more, currency=currency)


def group_texts(by: By, groups: Sequence[GroupRow], currency: str) -> list[list[str]]:
    """The rows of the table as texts, for paper."""
    return [
        [
            group_name(by, one.group),
            f"{one.handling.n:,}",
            *(written(ratio.unit, ratio.of(one).value, currency) for ratio in RATIOS),
        ]
        for one in groups
    ]


def group_heads(by: By) -> list[str]:
    """The heads of these columns."""
    return [tr(BYS[by][1]), tr("Number"), *(tr(ratio.title) for ratio in RATIOS)]


def group_shares() -> list[float]:
    """How wide these columns are on paper, in shares of the row."""
    return [2.6, 1.55, *(_SHARES.get(ratio.unit, 1.7) for ratio in RATIOS)]
