"""Fills the timeline's list: the first screenful at once, the whole from the worker, changes line by line."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.progress import Progress
from desktop.queries import timeline_days, timeline_stream
from desktop.queries.timeline import PAGE, pinned_entries, timeline_page
from desktop.queries.timeline_entries import TimelineEntry
from desktop.queries.timeline_keys import EVER, Scope, Span, TimelineFilter, scope_of
from desktop.queries.timeline_stream import Stream
from desktop.views.kit.context import Context
from desktop.views.timeline.list import TimelineList

SMALL = 1_000
"""Entries of a customer up to which all their keys are read in one go."""
MOST_KEPT = 10_000_000
"""Entries up to which all keys of a stream are kept."""
_LATER_MS = 40
_DAYS_AT_ONCE = 64
_ENOUGH_S = 0.1
"""How long a piece of a search may take before what it found is shown."""


class _Piece(NamedTuple):
    """What a stretch of days holds, and the last day that is still to be gone through."""

    scope: Scope
    mark: int
    kept: dict[int, array[int]]
    bounds: Span | None
    last: int
    days: int
    """How many days to take at once next."""


@dataclass
class _Search:
    """How far a stream has been gone through."""

    scope: Scope
    bounds: Span | None
    last: int
    days: int


class Loader(QObject):
    """Keeps the list of a stream filled. `filled` comes whenever its lines are others than before."""

    filled = Signal()

    def __init__(self, ctx: Context, shown: TimelineList, customer_id: int | None) -> None:
        super().__init__(shown)
        self._ctx, self._list, self._model = ctx, shown, shown.lines
        self._customer = customer_id
        self._where = TimelineFilter()
        self._search: _Search | None = None
        self._partial = False
        self._asked = False
        # A profile's first picture comes first: the worker would take turns with it.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LATER_MS)
        self._soon.timeout.connect(lambda: self._build(Scope(self._customer, self._where)))

    @property
    def whole(self) -> bool:
        """Whether all that fits is there."""
        return not (self._partial or self._search or self._asked)

    def reached(self) -> int | None:
        """The day down to which a search that is under way has come."""
        return self._search.last if self._search else None

    def start(self, where: TimelineFilter, *, entries: int = 0) -> None:
        """Show a stream by these filters; a customer's of so many `entries` in all."""
        self._where, self._search, self._partial, self._asked = where, None, False, False
        self._soon.stop()
        scope = Scope(self._customer, where)
        if self._customer is not None and entries <= SMALL:
            self._show(timeline_stream.build(self._ctx.book, scope))
        elif self._customer is not None or scope.by_moment:
            self._show_first(scope)
            if self._customer is None:
                self._build(scope)
            else:
                self._soon.start()
        else:
            self._asked = True
            self._go_on(None)

    def refresh(self, *, entries: int = 0) -> None:
        """Take in what has changed in the book; what is shown keeps its place and selection."""
        book, stream = self._ctx.book, self._model.stream
        if self._asked:
            # Nothing is shown yet: what comes is new.
            self.start(self._where, entries=entries)
            return
        days = timeline_days.touched_days(book, stream.mark)
        if days is None:
            if self._customer is not None and entries <= SMALL:
                self._show(timeline_stream.build(book, stream.scope), keep=True)
            elif self._search or not stream.scope.by_moment:
                self.start(self._where, entries=entries)
            else:
                self._build(stream.scope)
            return
        stream.mark = timeline_days.newest_change(book)
        if self._search:
            days = {day for day in days if day > self._search.last}
        elif self._partial:
            days = {day for day in days if day >= stream.day_at(stream.total - 1)} if stream.total else set()
        with self._list.keeping():
            self._model.take_in(days, self._pinned())
        self.filled.emit()

    # -- a customer's, or the shop's by its indexes

    def _show_first(self, scope: Scope) -> None:
        mark = timeline_days.newest_change(self._ctx.book)
        page = timeline_page(self._ctx.book, customer_id=scope.customer_id, where=scope.where, limit=PAGE)
        self._partial = page.following is not None
        self._show(timeline_stream.of_entries(scope, page.entries, mark))

    def _build(self, scope: Scope) -> None:
        book = self._ctx.book

        def work(progress: Progress) -> Stream:
            with book.db.stoppable(progress):
                return timeline_stream.build(book, scope)

        self._ctx.tasks.read(work, self._take_whole, owner=self, key="stream")

    def _take_whole(self, stream: Stream) -> None:
        partial, self._partial = self._partial, False
        mark = self._model.stream.mark
        if not (partial and self._model.complete(stream)):
            self._show(stream, keep=True)
        if timeline_days.newest_change(self._ctx.book) > min(mark, stream.mark):
            self.refresh(entries=SMALL + 1)
        self.filled.emit()
        self._learn()

    def _learn(self, below: int = EVER.last) -> None:
        """Read the keys of the days before one, so that they are there wherever one goes."""
        book, stream = self._ctx.book, self._model.stream
        days = stream.unread(below, _DAYS_AT_ONCE)
        if not days or stream.total > MOST_KEPT:
            return

        def work(progress: Progress) -> tuple[int, dict[int, array[int]]]:
            mark, until = timeline_days.newest_change(book), time.monotonic() + _ENOUGH_S
            found: dict[int, array[int]] = {}
            with book.db.stoppable(progress):
                for day in days:
                    found[day] = timeline_days.day_keys(book, stream.scope, day)
                    if time.monotonic() > until:
                        break
            return mark, found

        def take(read: tuple[int, dict[int, array[int]]]) -> None:
            mark, found = read
            # Where the book has changed meanwhile, days are read when they are seen.
            if timeline_days.newest_change(book) == mark:
                self._model.stream.keep(found)
            self._learn(min(found))

        self._ctx.tasks.read(work, take, owner=self, key="stream")

    # -- gone through day by day

    def _go_on(self, search: _Search | None) -> None:
        self._ctx.tasks.read(self._piece(search), self._take_piece, owner=self, key="stream")

    def _piece(self, search: _Search | None) -> Callable[[Progress], _Piece]:
        book, customer, where = self._ctx.book, self._customer, self._where

        def work(progress: Progress) -> _Piece:
            with book.db.stoppable(progress):
                mark = timeline_days.newest_change(book)
                scope = search.scope if search else scope_of(book, customer, where)
                bounds = search.bounds if search else timeline_days.bounds(book, scope)
                kept: dict[int, array[int]] = {}
                if bounds is None:
                    return _Piece(scope, mark, kept, bounds, 0, 0)
                last, days = (search.last, search.days) if search else (bounds.last, 1)
                until = time.monotonic() + _ENOUGH_S
                while last >= bounds.first and time.monotonic() < until:
                    progress.check()
                    begun = time.monotonic()
                    first = max(bounds.first, last - days + 1)
                    kept |= timeline_days.span_keys(book, scope, Span(first, last))
                    last = first - 1
                    if time.monotonic() - begun < _ENOUGH_S / 4:
                        days = min(2 * days, 4000)
                return _Piece(scope, mark, kept, bounds, last, days)

        return work

    def _take_piece(self, piece: _Piece) -> None:
        begun, self._asked = self._asked, False
        found = Stream(
            piece.scope, {day: len(keys) for day, keys in piece.kept.items()}, piece.kept, piece.mark
        )
        if begun:
            self._show(found, quiet=True)
        else:
            self._model.extend(found)
        more = piece.bounds is not None and piece.last >= piece.bounds.first
        self._search = _Search(piece.scope, piece.bounds, piece.last, piece.days) if more else None
        if timeline_days.newest_change(self._ctx.book) > piece.mark:
            # Of what changed while these days were gone through, nobody has heard yet.
            self._model.stream.mark = min(self._model.stream.mark, piece.mark)
            self.refresh(entries=SMALL + 1)
        self.filled.emit()
        if self._search:
            self._go_on(self._search)

    # -- showing

    def _show(self, stream: Stream, *, keep: bool = False, quiet: bool = False) -> None:
        with self._list.keeping(place=keep):
            self._model.show(stream, self._pinned())
        if not quiet:
            self.filled.emit()

    def _pinned(self) -> list[TimelineEntry]:
        if self._customer is None:
            return []
        return pinned_entries(self._ctx.book, customer_id=self._customer, where=self._where)
