"""Which customers the list shows: chip, filter, words and order together, asked without waiting."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.core.figures import fine_percent
from desktop.core.translation import ntr, tr
from desktop.queries import customers
from desktop.queries.conditions import conditions_in
from desktop.queries.conditions_options import Vocabulary, vocabulary
from desktop.queries.customer_filter import STATES, CustomerFilter
from desktop.queries.customers import CustomerCounts, SegmentRow
from desktop.views.customers.filter_words import filter_words
from desktop.views.kit.context import Context
from desktop.views.kit.labels import plain_tip

SCREENFUL = 48
"""Rows that fill a tall screen; further ones come with all of them."""
_NAMED = ("tag", "product", "custom_field", "import_run", "setting")
"""The tables whose names a filter's sentence says."""
INSTANT = 30_000
"""In a book of so many customers every filter is answered within a frame or two."""


class Finder(QObject):
    """Holds the conditions and the order; `show_ids(ids, complete)` is told what they lead to."""

    def __init__(self, ctx: Context, show_ids: Callable[[array[int], bool], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._show_ids = show_ids
        self.found = 0
        """How many customers are shown; 0 as long as not all of them are known."""
        self.chip = "all"
        self.extra = CustomerFilter()
        self.text = ""
        self.order = "last"
        self.descending = True
        self.sorted_by_hand = False
        """Whether a title was clicked since the words were typed; until then the best match stands first."""
        self.segments: list[SegmentRow] = customers.segments(ctx.book)
        self.counts: CustomerCounts | None = None
        self._vocabulary: Vocabulary | None = None
        ctx.changes.listen(parent, self._forget_words, *_NAMED)

    def view(self) -> CustomerFilter:
        """All conditions as one filter."""
        base = self.extra
        if self.chip in STATES:
            base = replace(base, states=(self.chip,))
        elif self.chip == "month":
            base = replace(base, new_this_month=True)
        elif self.chip == "complained":
            base = replace(base, complained=True)
        elif segment := self.segment():
            base = segment.view
        return replace(base, text=self.text or base.text)

    def segment(self) -> SegmentRow | None:
        """The saved filter whose chip is chosen."""
        found = (one for one in self.segments if f"segment-{one.id}" == self.chip)
        return next(found, None)

    def conditions(self) -> int:
        """How many conditions the filter builder has set, for its button."""
        base = segment.view if (segment := self.segment()) else self.extra
        return sum(1 for _ in conditions_in(base.tree()))

    def words(self, view: CustomerFilter) -> str:
        """What a filter means, in a sentence."""
        if self._vocabulary is None:
            self._vocabulary = vocabulary(self._ctx.book)
        return filter_words(view, self._vocabulary)

    def tip(self, view: CustomerFilter, segment: int | None) -> str:
        """The sentence of a filter, and of a saved one how many that are, and what share of everybody."""
        said = self.words(view)
        if segment is not None and self.counts and segment in self.counts.segments and self.counts.everybody:
            number = self.counts.segments[segment]
            share = fine_percent(number / self.counts.everybody)
            said += "\n" + tr("{customers} · {share}", customers=ntr("{n} customer", "{n} customers", number),
                              share=share)  # fmt: skip
        return plain_tip(said)

    def _forget_words(self) -> None:
        self._vocabulary = None

    def sort(self) -> tuple[str, bool]:
        """The order in force; "" is that of a search."""
        if self.text and not self.sorted_by_hand:
            return "", True
        return self.order, self.descending

    def everybody(self) -> Callable[[], array[int]]:
        """What gives the ids of everybody whom the conditions of now leave, in the list's order."""
        book, view, (order, descending), today = self._ctx.book, self.view(), self.sort(), date.today()
        return lambda: customers.customer_ids(
            book, view=view, order=order, descending=descending, today=today
        )

    def _show(self, ids: array[int], complete: bool) -> None:
        self.found = len(ids) if complete else 0
        self._show_ids(ids, complete)

    def find(self, *, at_once: bool = True) -> None:
        """Show the first screenful now, if asked to, and everybody as soon as they are known."""
        view, (order, descending), today = self.view(), self.sort(), date.today()
        book = self._ctx.book
        if at_once and self._is_instant(view):
            # Whatever is still being looked for must not overwrite this.
            self._ctx.tasks.read(lambda _: None, lambda _: None, owner=self, key="first")
            first = customers.first_ids(
                book, view=view, order=order, descending=descending, today=today, limit=SCREENFUL
            )
            complete = len(first) < SCREENFUL
            self._show(first, complete)
            if complete:
                # An earlier question that is still being answered must not overwrite this.
                self._ctx.tasks.read(lambda _: None, lambda _: None, owner=self, key="ids")
                return
        elif at_once:
            # A filter of a large book: its first screenful, too, is looked for beside the window.
            self._ctx.tasks.read(
                lambda _: customers.first_ids(
                    book, view=view, order=order, descending=descending, today=today, limit=SCREENFUL
                ),
                lambda ids: self._show(ids, len(ids) < SCREENFUL),
                owner=self,
                key="first",
            )
        self._ctx.tasks.read(
            lambda progress: customers.customer_ids(
                book, view=view, order=order, descending=descending, today=today, progress=progress
            ),
            lambda ids: self._show(ids, True),
            owner=self,
            key="ids",
        )

    def _is_instant(self, view: CustomerFilter) -> bool:
        if not customers.at_hand(self.sort()[0]):
            return False
        plain = not view.without_text().narrows
        return plain or (self.counts is not None and self.counts.everybody <= INSTANT)

    def count(self, told: Callable[[CustomerCounts], object]) -> None:
        """Count everybody behind every chip in the background."""
        self.segments = customers.segments(self._ctx.book)

        def arrived(counts: CustomerCounts) -> None:
            self.counts = counts
            told(counts)

        book, today = self._ctx.book, date.today()
        self._ctx.tasks.read(
            lambda progress: customers.customer_counts(book, today, progress),
            arrived,
            owner=self,
            key="counts",
        )
