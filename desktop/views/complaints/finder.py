"""Which complaints the screen shows: what narrows them, their order, and asking without waiting."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.models.book import Book
from desktop.queries import complaints as queries
from desktop.queries.complaint_board import board
from desktop.queries.complaint_filter import SCOPES, ComplaintFilter, Scope
from desktop.queries.complaint_orders import DUE, PLAIN
from desktop.views.complaints.board import MOST_CARDS, Shown
from desktop.views.complaints.board_column import ColumnKind
from desktop.views.kit.context import Context

SCREENFUL = 48
INSTANT = 20_000
"""In a book of so many complaints everything is answered before anybody notices."""
_WIDE = ("all", "rejected")


class ComplaintFinder(QObject):
    """Holds what narrows the complaints and their order; asks the quick now, the rest in the worker."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.view = ComplaintFilter()
        self.shown_title = ""
        """What the ids of `view.among` are, where it was opened from a figure."""
        self.sort: tuple[str, bool] = (DUE, False)
        self.counts: queries.Counts | None = None

    def change(self, **values: Any) -> None:
        """Narrow otherwise; by the names of ComplaintFilter."""
        self.view = replace(self.view, **values)

    def count(self) -> queries.Counts:
        """The numbers of the chips: quick at any size."""
        self.counts = queries.counts(self._ctx.book, now=datetime.now())
        return self.counts

    def everything(self, now: datetime) -> Callable[[], array[int]]:
        """What gives the ids of all complaints that the list holds, in its order."""
        book, view, (sort, descending) = self._ctx.book, self.view, self.sort
        return lambda: queries.complaint_ids(book, now=now, view=view, sort=sort, descending=descending)

    def holds(self, complaint_id: int) -> bool:
        """Whether what narrows the complaints leaves this one."""
        return holds(self._ctx.book, self.view, complaint_id)

    def find_ids(self, told: Callable[[array[int], bool], object], *, at_once: bool = True) -> None:
        """Tell the list's first screenful now, where that is quick, and all of it as soon as it is known."""
        tasks, now = self._ctx.tasks, datetime.now()
        book, view, (sort, descending) = self._ctx.book, self.view, self.sort
        every = self.everything(now)
        if self._small():
            self._forget("first", "ids")
            told(every(), True)
            return

        def first() -> array[int]:
            return queries.complaint_ids(
                book, now=now, view=view, sort=sort, descending=descending, most=SCREENFUL
            )

        if at_once and self._quick() and (sort == DUE or sort in PLAIN) and not (sort == DUE and descending):
            self._forget("first", "ids")
            found = first()
            told(found, len(found) < SCREENFUL)
            if len(found) < SCREENFUL:
                return
        elif at_once and not (sort == DUE and descending):
            tasks.read(
                lambda _: first(), lambda ids: told(ids, len(ids) < SCREENFUL), owner=self, key="first"
            )
        tasks.read(lambda _: every(), lambda ids: told(ids, True), owner=self, key="ids")

    def find_board(
        self,
        kinds: Sequence[ColumnKind],
        told: Callable[[Sequence[Shown], datetime], object],
        *,
        at_once: bool = True,
    ) -> None:
        """Tell what stands in each column: now, where that is quick."""
        book, view, now = self._ctx.book, self.view, datetime.now()
        statuses = [kind.statuses for kind in kinds]

        def ask() -> list[Shown]:
            heaps = board(book, now=now, view=view, columns=statuses, most=MOST_CARDS)
            every = [one for heap in heaps for one in heap.ids]
            rows = {row.id: row for row in queries.complaint_rows(book, every)}
            return [Shown([rows[one] for one in heap.ids if one in rows], heap.total) for heap in heaps]

        if self._small() or (at_once and self._quick()):
            self._forget("board")
            told(ask(), now)
        else:
            self._ctx.tasks.read(lambda _: ask(), lambda shown: told(shown, now), owner=self, key="board")

    def _small(self) -> bool:
        return (self.counts or self.count()).all <= INSTANT

    def _quick(self) -> bool:
        """Whether a first page is found within a frame or two, however many complaints there are."""
        wide = self.view.scope in _WIDE and (self.view.facets or self.view.among is not None)
        return not self.view.text.strip() and not wide

    def _forget(self, *keys: str) -> None:
        """Whatever is still being looked for must not overwrite what is told now."""
        for key in keys:
            self._ctx.tasks.read(lambda _: None, lambda _: None, owner=self, key=key)


def holds(book: Book, view: ComplaintFilter, complaint_id: int) -> bool:
    """Whether a filter leaves a complaint."""
    among = view.among is None or complaint_id in view.among
    one = replace(view, among=(complaint_id,))
    return among and bool(queries.complaint_ids(book, now=datetime.now(), view=one, most=1))


def scope_of(name: str) -> Scope:
    """A scope by the name that a route has; the board's for one that is not known."""
    return next((scope for scope in SCOPES if scope == name), "board")
