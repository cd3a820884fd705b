"""The list of what is bought together, or next: pairs beyond chance, each with n and intervals."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.analytics.affinity import Pairs
from desktop.analytics.intervals import Rate
from desktop.core.figures import percent
from desktop.core.translation import mark, ntr, tr
from desktop.queries.insight_products import ProductReport
from desktop.views.figures.filters import fresh_menu
from desktop.views.figures.lines import interval_of
from desktop.views.insights.products.words import (
    basis_sentence,
    counted_next,
    counted_together,
    following_sentence,
    pair_name,
    times_interval,
    times_text,
    together_sentence,
)
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, SecondaryButton
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.columns import Column
from desktop.views.kit.id_list import Index
from desktop.views.kit.labels import label
from desktop.views.kit.popover import Explanation, explain
from desktop.views.kit.row_delegate import ROW_HEIGHT
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import EmptyState

Way = Literal["together", "next"]
WAYS: Mapping[Way, str] = {"together": mark("Bought together"), "next": mark("Bought next")}
WITHINS = (30, 60, 90, 180)
"""Days within which the next purchase counts as following."""
WRITTEN = 2000
"""Pairs that are listed: nobody reads further."""
_MOST_SEEN, _HEAD_HEIGHT = 8, 46
OpenPair = Callable[[Pairs, int, bool], object]


def columns(report: ProductReport | None, pairs: Pairs | None, way: Way) -> tuple[Column, ...]:
    """The columns; a row is the place of a pair."""
    following = way == "next"

    def of(write: Callable[[ProductReport, Pairs, int], str]) -> Callable[[int], str]:
        return lambda at: "" if report is None or pairs is None else write(report, pairs, at)

    def figure(
        key: str, title: str, width: int, write: Callable[[ProductReport, Pairs, int], str],
        below: Callable[[ProductReport, Pairs, int], str] | None = None,
    ) -> Column:  # fmt: skip
        return Column(
            key, title, width, "number", value=of(write), text=str, sub=of(below) if below else None,
            sortable=False,
        )  # fmt: skip

    name = Column(
        "name", mark("Products"), 240, "strong", stretch=True, text=str, sortable=False,
        value=of(lambda report, pairs, at: pair_name(report, pairs, at, following=following)),
    )  # fmt: skip
    times = figure(
        "n", mark("Times"), 110, lambda _, pairs, at: f"{pairs.n[at]:,}",
        lambda _, pairs, at: ntr("{n} customer", "{n} customers", int(pairs.buyers[at])),
    )  # fmt: skip
    share = figure(
        "share", mark("Of those with the first"), 150, lambda _, pairs, at: percent(pairs.share(at).value),
        lambda _, pairs, at: _basis(pairs.share(at)),
    )  # fmt: skip
    lift = figure(
        "lift", mark("As often as by chance"), 124,
        lambda _, pairs, at: tr("{times} ×", times=times_text(float(pairs.lift[at]))),
        lambda _, pairs, at: times_interval(pairs, at),
    )  # fmt: skip
    if following:
        last = figure(
            "last", mark("Later by"), 150,
            lambda _, pairs, at: ntr("{n} day", "{n} days", round(float(pairs.days[at]))),
        )  # fmt: skip
    else:
        last = figure(
            "last", mark("Of those with the second"), 150,
            lambda _, pairs, at: percent(pairs.back(at).value), lambda _, pairs, at: _basis(pairs.back(at)),
        )  # fmt: skip
    return name, times, share, lift, last


def _basis(share: Rate) -> str:
    return tr("{interval}, n {count}", interval=interval_of("share", share, ""), count=f"{share.n:,}")


class PairModel(IdListModel):
    """Rows are places of pairs; pointing at one tells it in sentences."""

    wraps_titles = True

    tell: Callable[[int], str] = staticmethod(lambda _: "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (
            Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole
        ):  # fmt: skip
            row = self.row_at(index.row())
            return None if row is None else self.tell(row)
        return super().data(index, role)


class PairList(QWidget):
    """The list with its chips; `recount` is called when the next purchases are to be counted otherwise."""

    def __init__(self, open_pair: OpenPair, recount: Callable[[], object], way: Way, within: int) -> None:
        super().__init__()
        self.report: ProductReport | None = None
        self._open_pair, self._recount = open_pair, recount
        self.chips = ChipRow([ChipItem(key, tr(name)) for key, name in WAYS.items()])
        self.chips.choose(way)
        self.chips.chosen.connect(lambda _: self._write())
        self._within = within
        self.within_button = SecondaryButton("", small=True)
        self._offer_withins()
        self.help_button = IconButton(
            "circle-help", tr("How is “{title}” counted?", title=tr("What sells together")), self.explain,
            role="muted",
        )  # fmt: skip
        self.model = PairModel(columns(None, None, way), lambda ids: {one: one for one in ids}, parent=self)
        self.model.tell = self._told
        self.table = TableView(self.model, name=tr("What sells together"))
        self.table.horizontalHeader().setFixedHeight(_HEAD_HEIGHT)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.opened.connect(self._opened)
        empty = EmptyState(
            "table-2", tr("No pairs yet"),
            tr("No two products go together often enough to say that it is more than chance."),
        )  # fmt: skip
        self.pane = TablePane(self.table, empty=empty)
        head = QHBoxLayout()
        head.setContentsMargins(4, 6, 4, 0)
        head.setSpacing(14)
        head.addWidget(label(tr("What sells together"), size=theme.SECTION, bold=True))
        head.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.within_button)
        head.addWidget(self.help_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.pane)

    @property
    def way(self) -> Way:
        """What is listed."""
        return "next" if self.chips.chosen_key() == "next" else "together"

    @property
    def within(self) -> int:
        """Days within which the next purchase counts."""
        return self._within

    @property
    def pairs(self) -> Pairs | None:
        """The pairs listed."""
        if self.report is None:
            return None
        return self.report.following if self.way == "next" else self.report.together

    def choose_within(self, days: int) -> None:
        """Count the next purchases within other days, and have them counted."""
        if days != self._within:
            self._within = days
            self._offer_withins()
            self._recount()

    def show_report(self, report: ProductReport) -> None:
        """List the pairs of a report."""
        self.report = report
        self._write()

    def explain(self) -> None:
        """Say how pairs are counted."""
        sentences = counted_next() if self.way == "next" else counted_together()
        self.popover = explain(Explanation(tr(WAYS[self.way]), sentences), self.help_button)

    def _write(self) -> None:
        report, pairs = self.report, self.pairs
        if report is None or pairs is None:
            return
        self.within_button.setVisible(self.way == "next")
        self.model.refresh_rows()
        self.model.set_columns(columns(report, pairs, self.way))
        foot = ntr(
            "{n} pair beyond chance, of {looked} looked at", "{n} pairs beyond chance, of {looked} looked at",
            pairs.size, looked=f"{pairs.looked:,}",
        )  # fmt: skip
        if pairs.size > WRITTEN:
            foot = tr(
                "The surest {n} pairs, of {looked} looked at", n=f"{WRITTEN:,}", looked=f"{pairs.looked:,}"
            )
        self.pane.set_ids(array("q", range(min(pairs.size, WRITTEN))), foot if pairs.size else "")
        rows = min(max(pairs.size, 4), _MOST_SEEN)
        self.pane.setFixedHeight(rows * ROW_HEIGHT + _HEAD_HEIGHT + 44)

    def _offer_withins(self) -> None:
        self.within_button.setText(ntr("Within {n} day", "Within {n} days", self._within))
        menu = fresh_menu(self.within_button)
        group = QActionGroup(menu)
        for days in WITHINS:
            said = ntr("Within {n} day", "Within {n} days", days)
            action = QAction(said, menu, checkable=True, checked=days == self._within)
            action.triggered.connect(partial(self._take_within, days))
            group.addAction(action)
            menu.addAction(action)

    def _take_within(self, days: int, _: bool = False) -> None:
        self.choose_within(days)

    def _told(self, at: int) -> str:
        report, pairs = self.report, self.pairs
        if report is None or pairs is None or at >= pairs.size:
            return ""
        following = self.way == "next"
        sentence = following_sentence if following else together_sentence
        return f"{sentence(report, pairs, at)}\n{basis_sentence(pairs, at, following=following)}"

    def _opened(self, at: int) -> None:
        if self.pairs is not None:
            self._open_pair(self.pairs, at, self.way == "next")


def way_of(kept: object) -> Way:
    """What a route kept."""
    return "next" if kept == "next" else "together"


def within_of(kept: object) -> int:
    """Days that a route kept, or the usual ones."""
    return kept if isinstance(kept, int) and kept in WITHINS else WITHINS[2]
