"""What can be done with the customers selected in the list, whether one or a thousand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.progress import Progress
from desktop.core.translation import ntr, tr
from desktop.models.changes import Changes
from desktop.operations import customers as operations
from desktop.views.customers.finder import Finder
from desktop.views.kit.context import Context
from desktop.views.kit.neighbours import neighbour
from desktop.views.kit.table import TableView

if TYPE_CHECKING:
    from desktop.views.customers.bulk_dialog import BulkDialog

MOST_MERGED = 4
"""Customers that have room side by side."""
COPY_PHONES = "Ctrl+Shift+C"


class SelectionActions:
    """The doings of a list of customers; forms open over `owner`."""

    def __init__(
        self,
        ctx: Context,
        table: TableView,
        owner: QWidget,
        choose: Callable[[int], object],
        finder: Finder,
    ) -> None:
        self.ctx, self.table, self._owner, self._choose = ctx, table, owner, choose
        self._finder = finder

    def fill_menu(self, menu: QMenu) -> None:
        """Everything that can be done with them, for a menu."""
        count = len(self.table.selected_ids())
        menu.addAction(tr("Put a tag on…"), self.tag)
        menu.addAction(tr("Take a tag off…"), self.untag)
        menu.addAction(tr("Change a field…"), self.change)
        menu.addAction(tr("Details checked today"), self.mark_checked)
        menu.addSeparator()
        phones = tr("Copy the phone number") if count == 1 else tr("Copy the phone numbers")
        menu.addAction(phones, self.copy_phones).setShortcut(QKeySequence(COPY_PHONES))
        menu.addAction(tr("Copy"), self.table.copy_selection).setShortcut(QKeySequence.StandardKey.Copy)
        menu.addAction(tr("Export…"), self.export)
        menu.addSeparator()
        if 2 <= count <= MOST_MERGED:
            menu.addAction(tr("Compare and merge…"), self.merge)
        menu.addAction(tr("Delete"), self.delete).setShortcut(QKeySequence("Delete"))

    def merge(self) -> None:
        """Show the selected customers side by side, where they can be made one."""
        ids = self.table.selected_ids()
        if 2 <= len(ids) <= MOST_MERGED:
            self.ctx.navigate("duplicates", customers=tuple(ids))

    def delete(self) -> None:
        """Delete the selected customers; the notice offers to undo it."""
        ids = self.table.selected_ids()
        if not len(ids):
            return
        book = self.ctx.book
        heir = neighbour(self.table.rows.ids(), ids)
        done = self._run(
            ntr("Deleting {n} customer", "Deleting {n} customers", len(ids)),
            len(ids),
            lambda progress: operations.delete_customers(book, customer_ids=ids, progress=progress),
        )
        if done is not None and heir is not None:
            self._choose(heir)

    def tag(self) -> BulkDialog:
        """Ask for a tag and put it on the selected customers."""
        return self.change("tags", "add")

    def untag(self) -> BulkDialog:
        """Ask for a tag and take it off the selected customers."""
        return self.change("tags", "remove")

    def change(self, field: str = "relation", mode: str = "") -> BulkDialog:
        """Ask which field of the selected customers shall be what."""
        from desktop.views.customers.bulk_dialog import BulkDialog

        form = BulkDialog(self.ctx, self.table.selected_ids(), self._owner, field=field, mode=mode)
        form.open()
        return form

    def mark_checked(self) -> None:
        """Note that the selected customers' details were checked today."""
        ids, book, today = self.table.selected_ids(), self.ctx.book, date.today()
        self._run(
            tr("Details checked today"),
            len(ids),
            lambda progress: operations.mark_checked(book, customer_ids=ids, today=today, progress=progress),
        )

    def _run(self, title: str, count: int, work: Callable[[Progress], Changes]) -> Changes | None:
        from desktop.views.customers.bulk_dialog import run

        return run(self.ctx, self._owner, title, count, work)

    def copy_phones(self) -> None:
        """Put the phone numbers of the selected customers on the clipboard, one a line."""
        from desktop.views.customers.copying import copy_phones

        copy_phones(self.ctx, self.table.selected_ids())

    def export(self) -> None:
        """Take the customers selected, or everybody in the list, away as a file."""
        from desktop.views.customers.listing import customer_listing
        from desktop.views.exchange.export import take_out

        chosen = self.table.selected_ids()
        listing = customer_listing(
            self.ctx,
            ids=self._finder.everybody(),
            shown=self.table.shown_keys(),
            count=self._finder.found,
            selected=chosen if len(chosen) > 1 else (),
        )
        take_out(self.ctx, self._owner, listing)
