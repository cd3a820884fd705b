"""What is done from the board and the list: cards moved, complaints deleted, taken out, printed; menus."""

from __future__ import annotations

from array import array
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from desktop.core.translation import tr
from desktop.queries import complaints as queries
from desktop.views.complaints import offers
from desktop.views.complaints.list_columns import export_columns
from desktop.views.complaints.moving import refusal, way_to
from desktop.views.complaints.screen_head import KEYS
from desktop.views.complaints.selection import SelectedComplaints
from desktop.views.kit.neighbours import neighbour
from desktop.views.kit.offers import offer
from desktop.views.timeline.keys import ScreenKey

if TYPE_CHECKING:
    from desktop.views.complaints.view import ComplaintsView


class ComplaintDoing:
    """The deeds of the screen."""

    def __init__(self, view: ComplaintsView) -> None:
        self._view, self._ctx = view, view.ctx
        self.selection = SelectedComplaints(view.ctx, view, self.chosen)

    def keys(self) -> None:
        """Have the keys of the screen, and offer its deeds to the palette."""
        view = self._view
        ScreenKey(view, QKeySequence.StandardKey.New, view.new_complaint)
        ScreenKey(view, QKeySequence.StandardKey.Print, view.print_front)
        ScreenKey(view.pane, QKeySequence.StandardKey.Cancel, view.focus_front)
        for key, run in ((Qt.Key.Key_F2, view.pane.edit), (Qt.Key.Key_Delete, self.delete)):
            owner = view if key == Qt.Key.Key_F2 else view.front
            shortcut = QShortcut(QKeySequence(key), owner, run)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        names = {
            "board": tr("Show complaints as a board"),
            "list": tr("Show complaints as a list"),
            "figures": tr("Show the figures of complaints"),
        }
        for mode, text in names.items():
            offer(view, text, partial(view.show_mode, mode), KEYS[mode])
        offer(view, tr("Filter complaints…"), view.narrowing.open_filters, "Ctrl+Shift+F")
        offer(view, tr("Export this list…"), self.export)
        offer(view, tr("Print this list…"), self.print_list)

    def chosen(self) -> array[int]:
        """The complaints that a deed is for: the selected ones of the list, or the card's."""
        view = self._view
        if view.mode == "list" and len(selected := view.table.selected_ids()):
            return selected
        return array("q", () if view.current is None else (view.current,))

    # -- moving

    def move(self, complaint_id: int, status: str) -> None:
        """Put a card on a column: on by a move of the process, or back by reopening."""
        view = self._view
        row = next(iter(queries.complaint_rows(self._ctx.book, [complaint_id])), None)
        column = next((one for one in view.board.columns if one.status == status), None)
        if row is None or column is None:
            return
        way = way_to(row.status, status, column.kind.statuses)
        if way == "stay":
            return
        view.choose(complaint_id)
        if way == "refused":
            self._ctx.notify(refusal(row.status, status), tone="info")
        elif way == "advance":
            view.pane.advance(status)
        elif view.pane.actions_ is not None:
            view.pane.actions_.reopen()

    # -- menus

    def show_menu(self, complaint_id: int, at: QPoint) -> None:
        """The menu of a card."""
        self._view.choose(complaint_id)
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._view.pane.actions_ is not None:
            # The pane has them all in one; with the clerks that would be too long for a small screen.
            talking, moving, *rest = offers.groups(self._view.pane.actions_)
            offers.add_groups(menu, (talking, moving))
            menu.addSeparator()
            self.selection.add_clerks(menu)
            self.selection.add_severities(menu)
            offers.add_groups(menu.addMenu(tr("This complaint")), rest)
        menu.popup(at)

    def show_list_menu(self, at: QPoint) -> None:
        """The menu of the complaints selected in the list."""
        view = self._view
        count = len(view.table.selected_ids())
        if not count:
            return
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if count == 1 and view.pane.actions_ is not None:
            offers.fill_menu(menu.addMenu(tr("This complaint")), view.pane.actions_)
            menu.addSeparator()
        self.selection.fill_menu(menu, export=self.export, copy=view.table.copy_selection, remove=self.delete)
        menu.popup(view.table.viewport().mapToGlobal(at))

    # -- the rest

    def delete(self) -> None:
        """Remove what is chosen: every selected line of the list, or the card."""
        view, ids = self._view, self.chosen()
        if not ids:
            return
        around = view.table.rows.ids() if view.mode == "list" else view.board.column_ids(ids[0])
        heir = neighbour(around, ids)
        kept, view.current = view.current, heir
        if not self.selection.delete(ids):
            view.current = kept

    def export(self) -> None:
        """Take the complaints that the filter leaves, or those selected, away as a file."""
        from desktop.views.exchange.export import take_out
        from desktop.views.exchange.lists import book_list

        view, book, now = self._view, self._ctx.book, datetime.now()
        chosen = view.table.selected_ids()
        every = view.finder.everything(now)
        listing = book_list(
            self._ctx,
            "complaints",
            tr("Complaints"),
            export_columns(),
            lambda part: {row.id: row for row in queries.complaint_rows(book, part)},
            ids=every,
            shown=view.table.shown_keys(),
            count=view.showing.found,
            selected=chosen if view.mode == "list" and len(chosen) > 1 else (),
        )
        take_out(self._ctx, view, listing)

    def print_list(self) -> None:
        """Show the complaints that the filter leaves, or those selected, as pages to print."""
        from desktop.views.complaints.list_pages import print_complaints

        view = self._view
        selected = view.table.selected_ids()
        several = view.mode == "list" and len(selected) > 1
        ids = (lambda: selected) if several else view.finder.everything(datetime.now())
        print_complaints(self._ctx, tr("Complaints"), ids, view.window())
