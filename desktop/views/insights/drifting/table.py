"""The list of who is leaving, most at stake first: chips for the kinds, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core.figures import short_money
from desktop.core.translation import ntr, tr
from desktop.queries.insight_drifting import LEAVING, DriftingReport, Leaving, Listed
from desktop.views.insights.drifting.acts import LeaverActs
from desktop.views.insights.drifting.rows import NAMES, TELLS, LeaverRow, columns, fetcher, ids_of, ordered
from desktop.views.insights.screen import Frame
from desktop.views.kit.buttons import IconButton, SecondaryButton
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.offers import offer
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import EmptyState

USUAL: tuple[Leaving, ...] = ("drifting", "alarming", "lost")
"""The kinds that are shown to begin with: the regulars."""


class LeaverTable(QWidget):
    """The ranked list; `narrowed` tells that other kinds are looked at."""

    narrowed = Signal()

    def __init__(self, frame: Frame, kinds: Sequence[Leaving], owner: QWidget) -> None:
        super().__init__()
        self._frame = frame
        self.report: DriftingReport | None = None
        self.listed: Listed | None = None
        self.by_kept_multiplier = True
        """Whether the list goes by the shop's own multiplier, as the customer list does."""
        self.filtered = False
        """Whether filters leave only some of the shop's customers."""
        self._sort = ("at_stake", True)
        self._rows: Callable[[Sequence[int]], Mapping[int, LeaverRow]] = lambda _: {}
        self.chips = ChipRow(
            [ChipItem(one, tr(NAMES[one]), tip=tr(TELLS[one])) for one in LEAVING], exclusive=False
        )
        for one in kinds:
            self.chips.choose(one)
        self.chips.chosen.connect(lambda _: self._rechoose())
        self.model = IdListModel(
            columns(None), lambda ids: self._rows(ids), currency=frame.currency, parent=self
        )
        self.table = TableView(self.model, name=tr("Who is leaving"))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.sort_requested.connect(self._sort_by)
        self.table.opened.connect(self._open)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.selection_changed.connect(self._allow)
        self.acts = LeaverActs(frame.ctx, self, owner)
        self.call_button = SecondaryButton(
            tr("Call…"), "phone", self.acts.call, tip=tr("Add a task to call them")
        )
        self.more_button = IconButton("ellipsis", tr("More to be done with this list"), role="muted")
        menu = QMenu(self.more_button)
        menu.aboutToShow.connect(lambda: self.acts.fill_list_menu(menu))
        self.more_button.setMenu(menu)
        empty = EmptyState(
            "heart",
            tr("Nobody of these is leaving"),
            tr("Choose other kinds above, a lower multiplier, or look at another period."),
        )
        self.pane = TablePane(self.table, empty=empty)
        self.pane.setMinimumHeight(330)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.call_button)
        head.addWidget(self.more_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.pane, 1)
        offer(self, tr("Add a task to call them"), self.acts.call, icon_name="phone")
        offer(self, tr("Export who is leaving…"), self.acts.export, icon_name="download")

    @property
    def kinds(self) -> tuple[Leaving, ...]:
        """The kinds looked at, in their order."""
        chosen = set(self.chips.chosen_keys())
        return tuple(one for one in LEAVING if one in chosen)

    def show_report(self, report: DriftingReport, multiplier: float) -> None:
        """Show who is leaving by a multiplier."""
        fresh = self.report is None or self.report.basis != report.basis
        self.report = report
        if fresh:
            self._set_columns(report)
        self.show_multiplier(multiplier)

    def _set_columns(self, report: DriftingReport) -> None:
        self.model.set_columns(columns(report))
        # A header keeps its widths by place, and there may be one column less now.
        for place, column in enumerate(self.model.columns):
            if not column.stretch:
                self.table.setColumnWidth(place, column.width)

    def show_multiplier(self, multiplier: float) -> None:
        """Show who is leaving by another multiplier."""
        if self.report is None:
            return
        everybody = self.report.listed(multiplier)
        self.chips.set_counts({one: everybody.count(one) for one in LEAVING})
        self.listed = everybody
        self.by_kept_multiplier = multiplier == self.report.kept.drifting
        self._rows = fetcher(self._frame.ctx.book, self.report, everybody)
        self._write()

    def ids(self) -> Sequence[int]:
        """Everybody in the list, in its order."""
        return self.model.ids()

    def _write(self) -> None:
        report, listed = self.report, self.listed
        if report is None or listed is None:
            return
        chosen = listed.only(self.kinds)
        key, descending = self._sort
        places = ordered(report, chosen, key, descending=descending)
        self.model.set_sort(key, descending)
        total = short_money(report.total_at_stake(chosen.places), self._frame.currency)
        said = ntr(
            "{n} customer, {amount} at stake",
            "{n} customers, {amount} at stake",
            chosen.places.size,
            amount=total,
        )
        self.pane.set_ids(ids_of(report, places), said)
        self._allow()

    def _rechoose(self) -> None:
        self._write()
        self.narrowed.emit()

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self._write()

    def _allow(self) -> None:
        self.call_button.setEnabled(bool(len(self.table.selected_ids())))

    def _open(self, customer: int) -> None:
        self._frame.ctx.navigate("profile", customer=customer)

    def _menu(self, at: QPoint) -> None:
        if not len(self.table.selected_ids()):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.acts.fill_row_menu(menu)
        menu.popup(self.table.viewport().mapToGlobal(at))
