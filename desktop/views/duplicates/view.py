"""The screen of duplicates: pairs that may be one customer, side by side; and what was decided earlier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.core.dates import format_when
from desktop.core.translation import ntr, tr
from desktop.models.changes import Changes
from desktop.operations.duplicates import mark_not_same, sweep_duplicates
from desktop.operations.merging import merge_customers
from desktop.queries import pairs
from desktop.queries.comparison import compared, group_of
from desktop.queries.merges import merge_count
from desktop.views.duplicates.comparison import Comparison
from desktop.views.duplicates.earlier import ApartPane, MergedPane
from desktop.views.duplicates.pairs import PairList
from desktop.views.kit.cards import EmptyState
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.offers import offer
from desktop.views.kit.page import Page, columns
from desktop.views.kit.widgets import SecondaryButton

MOST_BESIDE = 4
"""Customers that stand side by side."""
LIST_WIDTH, NARROW_LIST_WIDTH, SMALL_LIST_WIDTH = 350, 290, 236
WIDE_FROM, SMALL_BELOW = 1150, 880
_ANY_WIDTH = 16_777_215
"""Qt's word for no limit."""
_TABLES = ("customer", "contact_point", "merge", "not_same", "doubt", "likeness")


class DuplicatesView(QWidget):
    """The screen. `tab`: pairs, merged or apart; `pair`: the one to show; `customers`: any to compare."""

    def __init__(
        self,
        ctx: Context,
        *,
        tab: str = "pairs",
        pair: int | None = None,
        customers: Sequence[int] = (),
        **_: object,
    ) -> None:
        super().__init__()
        self.ctx = ctx
        self._given: tuple[int, ...] = tuple(customers)[:MOST_BESIDE]
        self._line = 0
        page = Page()
        page.set_trail([(tr("Customers"), lambda: ctx.navigate("customers"))], tr("Duplicates"))
        self.sweep_button = SecondaryButton(tr("Look again"), "rotate-ccw", self.sweep)
        page.add_action(self.sweep_button)
        self.chips = ChipRow(
            [
                ChipItem("pairs", tr("To decide"), 0),
                ChipItem("merged", tr("Merged earlier"), 0),
                ChipItem("apart", tr("Told apart"), 0),
            ]
        )
        self.chips.choose(tab if tab in ("pairs", "merged", "apart") else "pairs")
        self.chips.chosen.connect(lambda _: self._show_tab())
        page.set_chips(self.chips)
        self.pairs = PairList(ctx, empty=self._nothing())
        self.table = self.pairs.table
        self.comparison = Comparison(ctx)
        self.merged, self.apart = MergedPane(ctx), ApartPane(ctx)
        beside = QWidget()
        both = columns((self.pairs, 1), (self.comparison, 2))
        both.setContentsMargins(0, 0, 0, 0)
        beside.setLayout(both)
        self._stack = QStackedWidget()
        for pane in (beside, self.merged, self.apart):
            self._stack.addWidget(pane)
        page.body.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        self._connect()
        self.refresh()
        if pair is not None:
            self.table.select_id(pair)
        self._show_tab()
        ctx.changes.listen(self, self.refresh, *_TABLES)
        if pairs.last_sweep(ctx.book) is None:
            QTimer.singleShot(0, self, self.sweep)

    def _nothing(self) -> EmptyState:
        return EmptyState(
            "circle-check",
            tr("No customer stands here twice"),
            tr("Look again after an import, or when customers were entered in a hurry."),
            tr("Look again"),
            self.sweep,
            action_icon="rotate-ccw",
        )

    def _connect(self) -> None:
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _: self.comparison.take_keyboard())
        sheet = self.comparison
        sheet.merge_wanted.connect(self.merge)
        sheet.apart_wanted.connect(self.mark_apart)
        sheet.later_wanted.connect(self.later)
        sheet.left.connect(self.table.setFocus)
        sheet.group_wanted.connect(self.compare)
        for text, keys, do in (
            (tr("Merge the customers shown"), "M", self.merge),
            (tr("They are not the same person"), "N", self.mark_apart),
            (tr("Go to the next pair"), "L", self.later),
            (tr("Look for duplicates again"), "", self.sweep),
        ):
            offer(self, text, do, keys)

    # -- what the window asks

    def route_params(self) -> dict[str, object]:
        """What to build this screen with again."""
        params: dict[str, object] = {"tab": self.chips.chosen_key(), "pair": self.table.current_id()}
        if self._given:
            params["customers"] = self._given
        return params

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, both sides need it more than the list."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """The list beside the sheet; where there is nothing to compare, the whole room for saying so."""
        something = bool(len(self.table.rows.ids()) or self._given)
        self.comparison.setVisible(something)
        if not something:
            self.pairs.setMinimumWidth(0)
            self.pairs.setMaximumWidth(_ANY_WIDTH)
            return
        narrow = NARROW_LIST_WIDTH if self.width() >= SMALL_BELOW else SMALL_LIST_WIDTH
        self.pairs.setFixedWidth(LIST_WIDTH if self.width() >= WIDE_FROM else narrow)

    # -- showing

    def refresh(self) -> None:
        """Ask again; when the pair shown is decided, the one below it is shown."""
        book = self.ctx.book
        ids = pairs.pair_ids(book)
        self.pairs.show_ids(ids)
        apart = len(pairs.told_apart(book))
        self.chips.set_counts({"pairs": len(ids), "merged": merge_count(book), "apart": apart})
        note = pairs.last_sweep(book)
        if note is not None:
            said = ntr("Looked through {n} customer", "Looked through {n} customers", note.customers)
            self.sweep_button.setToolTip(tr("{what} · {when}", what=said, when=format_when(note.at)))
        if len(ids) and self.table.current_id() is None and not self._given:
            self.table.select_id(ids[min(self._line, len(ids) - 1)])
        self.merged.refresh()
        self.apart.refresh()
        self._share_room()
        self._show_customers()

    def _show_tab(self) -> None:
        tab = self.chips.chosen_key()
        panes: dict[str, tuple[int, QWidget]] = {
            "pairs": (0, self.table), "merged": (1, self.merged.table), "apart": (2, self.apart.table),
        }  # fmt: skip
        number, first = panes[tab]
        self._stack.setCurrentIndex(number)
        self.setFocusProxy(first)
        if self.isVisible():
            first.setFocus()

    def _chosen(self, pair: object) -> None:
        if pair is not None:
            self._given = ()
            self._line = self.table.currentIndex().row()
        self._show_customers()

    def _show_customers(self) -> None:
        book, pair = self.ctx.book, self.table.current_id()
        ids = self._given
        if not ids and pair is not None:
            ids = pairs.pair_of(pair)
        found = compared(book, ids, today=date.today())
        if len(found) < 2:
            self.comparison.show_nothing()
            return
        row = pairs.pair_rows(book, [pair]).get(pair) if pair is not None and not self._given else None
        group = group_of(book, *ids[:2], most=MOST_BESIDE) if len(ids) == 2 else ()
        self.comparison.show_customers(found, row, group)

    def compare(self, customers: Sequence[int]) -> None:
        """Show these customers side by side, whether or not a sweep found them."""
        self._given = tuple(customers)[:MOST_BESIDE]
        self._share_room()
        self._show_customers()

    # -- doing

    def merge(self) -> Changes | None:
        """Make the customers shown one, as chosen; the next pair comes up."""
        shown = self.comparison.customers
        if len(shown) < 2 or not self.comparison.isVisible():
            return None
        kept = self.comparison.kept().id
        fields, custom = self.comparison.choices()
        gone = [one.id for one in shown if one.id != kept]
        asked_for = bool(self._given) and self.table.current_id() is None
        changes = self._decide(
            lambda: merge_customers(self.ctx.book, kept=kept, gone=gone, fields=fields, custom=custom)
        )
        if changes and asked_for:
            self.ctx.navigate("profile", customer=kept)
        return changes

    def mark_apart(self) -> Changes | None:
        """Remember that the two shown are two people; the next pair comes up."""
        shown = self.comparison.customers
        if len(shown) != 2 or not self.comparison.isVisible():
            return None
        one, other = (customer.id for customer in shown)
        return self._decide(lambda: mark_not_same(self.ctx.book, one=one, other=other))

    def _decide(self, operation: Callable[[], Changes]) -> Changes | None:
        """Do it and go on; whatever was compared beside the list is done with."""
        given, self._given = self._given, ()
        changes = self.ctx.do(operation)
        if changes is None:
            self._given = given
        return changes

    def later(self) -> None:
        """Leave this pair as it is and go on to the next."""
        ids = self.table.rows.ids()
        if len(ids) and self.comparison.isVisible():
            self.table.select_id(ids[(self.table.currentIndex().row() + 1) % len(ids)])

    def sweep(self) -> None:
        """Look through the whole book for customers who may be one."""
        book = self.ctx.book
        self.ctx.tasks.write(
            tr("Looking for duplicates…"),
            lambda progress: sweep_duplicates(book, progress),
            self._swept,
            owner=self,
        )

    def _swept(self, changes: Changes) -> None:
        self._line = 0
        self.ctx.changed(changes, quiet=True)
