"""Puts what is found into the board or the list, the chosen complaint into the pane, and keeps the time."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.queries.complaint_filter import ComplaintFilter
from desktop.queries.complaints import complaint_rows
from desktop.views.complaints.board import Shown
from desktop.views.complaints.empty import nothing_here

if TYPE_CHECKING:
    from desktop.views.complaints.view import ComplaintsView


class Showing:
    """What the screen shows of what its finder finds."""

    def __init__(self, view: ComplaintsView) -> None:
        self._view, self._finder = view, view.finder
        self.found = 0
        """How many complaints the filter holds; 0 as long as not all of them are known."""
        self._asked: ComplaintFilter | None = None
        self._nothing: QWidget | None = None

    def refresh(self, *, at_once: bool = False) -> None:
        """Ask again; `at_once`: a first page now, also where all of it takes a moment."""
        if self._view.mode != "figures":
            self._count()
            self.ask(at_once=at_once or self._finder.view != self._asked)

    def ask(self, *, at_once: bool) -> None:
        """Ask for what the mode in front shows."""
        self._asked = self._finder.view
        if self._view.mode == "list":
            self._finder.find_ids(self._show_ids, at_once=at_once)
        elif self._view.mode == "board":
            self._finder.find_board(self._view.board.kinds, self._show_board, at_once=at_once)

    def tick(self, now: datetime) -> None:
        """A minute has gone: deadlines come nearer, and what has passed one moves up."""
        view = self._view
        if not view.isVisible() or view.mode == "figures":
            return
        before = self._finder.counts
        self._count()
        if before is not None and before != self._finder.counts:
            self.ask(at_once=False)
        elif view.mode == "board":
            view.board.tick(now)
        else:
            view.list_pane.tick()

    def _count(self) -> None:
        self._view.bar.show_counts(self._finder.count())

    def _every(self) -> int:
        return self._finder.counts.all if self._finder.counts else 0

    def _show_board(self, shown: Sequence[Shown], now: datetime) -> None:
        view = self._view
        self.found = sum(part.total for part in shown)
        view.board.show_columns(shown, now, every=view.scope() in ("all", "rejected"))
        self._show_front(self.found)
        if view.current is None or (view.board.column_of(view.current) is None and not self._exists()):
            view.current = view.board.first()
        view.board.choose(view.current, reveal=False)
        view.pane.show_complaint(view.current, now)

    def _show_ids(self, ids: array[int], complete: bool) -> None:
        view = self._view
        self.found = len(ids) if complete else 0
        view.list_pane.show_found(ids, complete=complete, total=self._every())
        self._show_front(len(ids))
        if view.current is None or (complete and view.current not in ids and not self._exists()):
            view.current = ids[0] if ids else None
        if view.current is not None and view.table.current_id() != view.current:
            view.table.select_id(view.current)
        view.pane.show_complaint(view.current, datetime.now())

    def _show_front(self, shown: int) -> None:
        """The board or the list; where nothing is to be shown, what to do."""
        view, front = self._view, self._view.front
        if shown:
            front.setCurrentWidget(view.list_pane if view.mode == "list" else view.board)
            return
        narrows = self._finder.view.narrows or view.scope() != "board"
        leave = view.narrowing.show_all if narrows and self._every() else None
        state = nothing_here(self._every(), view.new_complaint, leave)
        if self._nothing is not None:
            front.removeWidget(self._nothing)
            self._nothing.deleteLater()
        self._nothing = state
        front.addWidget(state)
        front.setCurrentWidget(state)

    def _exists(self) -> bool:
        current = self._view.current
        return current is not None and bool(complaint_rows(self._view.ctx.book, [current]))
