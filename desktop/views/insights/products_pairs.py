"""The list of what is bought together, or next: pairs beyond chance, each with n and intervals."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.analytics.affinity import Pairs
from desktop.core.figures import percent
from desktop.core.translation import mark, ntr, tr
from desktop.queries.insight_products import ProductReport
from desktop.views.figures.lines import interval_of
from desktop.views.insights.products_words import (
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
from desktop.views.kit.buttons import IconButton
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
_MOST_SEEN = 8
OpenPair = Callable[[Pairs, int, bool], object]


def columns(report: ProductReport | None, pairs: Pairs, way: Way) -> tuple[Column, ...]:
    """The columns; a row is the place of a pair."""
    following = way == "next"

    def name(at: int) -> str:
        return "" if report is None else pair_name(report, pairs, at, following=following)

    def whose(at: int) -> str:
        return ntr("{n} customer", "{n} customers", int(pairs.buyers[at]))

    def share(at: int) -> str:
        return percent(pairs.share(at).value)

    def interval(at: int) -> str:
        return tr("{interval}, n {count}", interval=interval_of("share", pairs.share(at), ""),
                  count=f"{pairs.of_first[at]:,}")  # fmt: skip

    def times(at: int) -> str:
        return tr("{times} ×", times=times_text(float(pairs.lift[at])))

    def days(at: int) -> str:
        return ntr("{n} day", "{n} days", round(float(pairs.days[at])))

    later = Column("days", mark("Later by"), 84, "number", value=days, text=str, sortable=False)
    return (
        Column("name", mark("Products"), 260, "strong", stretch=True, value=name, text=str, sortable=False),
        Column("n", mark("Times"), 110, "number", value=lambda at: f"{pairs.n[at]:,}", text=str, sub=whose,
               sortable=False),
        Column("share", mark("Of those with the first"), 150, "number", value=share, text=str, sub=interval,
               sortable=False),
        Column("lift", mark("As often as by chance"), 150, "number", value=times, text=str,
               sub=lambda at: times_interval(pairs, at), sortable=False),
        *((later,) if following else ()),
    )  # fmt: skip


class PairModel(IdListModel):
    """Rows are places of pairs; pointing at one tells it in sentences."""

    tell: Callable[[int], str] = staticmethod(lambda _: "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (
            Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole
        ):  # fmt: skip
            row = self.row_at(index.row())
            return None if row is None else self.tell(row)
        return super().data(index, role)


class PairList(QWidget):
    """The list with its chips; `within` is told by `changed` when other steps are to be counted."""

    def __init__(self, open_pair: OpenPair, recount: Callable[[], object], way: Way, within: int) -> None:
        super().__init__()
        self.report: ProductReport | None = None
        self._open_pair, self._recount = open_pair, recount
        self.chips = ChipRow([ChipItem(key, tr(name)) for key, name in WAYS.items()])
        self.chips.choose(way)
        self.chips.chosen.connect(lambda _: self._write())
        self.withins = ChipRow([ChipItem(str(days), ntr("{n} day", "{n} days", days)) for days in WITHINS])
        self.withins.choose(str(within))
        self.withins.chosen.connect(lambda _: self._recount())
        self.help_button = IconButton(
            "circle-help", tr("How is “{title}” counted?", title=tr("What sells together")), self.explain,
            role="muted",
        )  # fmt: skip
        self.model = PairModel((), lambda ids: {one: one for one in ids}, parent=self)
        self.model.tell = self._told
        self.table = TableView(self.model, name=tr("What sells together"))
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
        head.addWidget(self.chips, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.withins, 0, Qt.AlignmentFlag.AlignVCenter)
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
        return int(self.withins.chosen_key() or WITHINS[2])

    @property
    def pairs(self) -> Pairs | None:
        """The pairs listed."""
        if self.report is None:
            return None
        return self.report.following if self.way == "next" else self.report.together

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
        self.withins.setVisible(self.way == "next")
        self.model.refresh_rows()
        self.model.set_columns(columns(report, pairs, self.way))
        foot = ntr(
            "{n} pair beyond chance, of {looked} looked at", "{n} pairs beyond chance, of {looked} looked at",
            pairs.size, looked=f"{pairs.looked:,}",
        )  # fmt: skip
        self.pane.set_ids(array("q", range(pairs.size)), foot if pairs.size else "")
        rows = min(max(pairs.size, 4), _MOST_SEEN)
        self.pane.setFixedHeight(rows * ROW_HEIGHT + 84)

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


def listed(report: ProductReport, way: Way, most: int) -> Sequence[int]:
    """The places of the pairs that go on paper."""
    return range(min(most, (report.following if way == "next" else report.together).size))
