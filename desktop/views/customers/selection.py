"""What can be done with the customers selected in the list, whether one or a thousand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core import words
from desktop.core.translation import ntr, tr
from desktop.models.changes import Changes
from desktop.operations import customers as operations
from desktop.queries import customers
from desktop.views.customers.finder import Finder
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, TextField
from desktop.views.kit.neighbours import neighbour
from desktop.views.kit.table import TableView

MOST_MERGED = 4
"""Customers that have room side by side."""


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
        menu.addAction(tr("Put a tag on…"), self.tag)
        menu.addAction(tr("Take a tag off…"), self.untag)
        menu.addAction(tr("Change the relation…"), self.set_relation)
        menu.addAction(tr("Details checked today"), self.mark_checked)
        menu.addAction(tr("Copy"), self.table.copy_selection)
        menu.addAction(tr("Export…"), self.export)
        menu.addSeparator()
        if 2 <= len(self.table.selected_ids()) <= MOST_MERGED:
            menu.addAction(tr("Compare and merge…"), self.merge)
        menu.addAction(tr("Delete"), self.delete)

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
        heir = neighbour(self.table.rows.ids(), ids)
        done = self.ctx.do(lambda: operations.delete_customers(self.ctx.book, customer_ids=ids))
        if done is not None and heir is not None:
            self._choose(heir)

    def tag(self) -> FormDialog:
        """Ask for a tag and put it on the selected customers."""
        return self._ask_tag(tr("Put a tag on"), operations.tag_customers, free=True)

    def untag(self) -> FormDialog:
        """Ask for a tag and take it off the selected customers."""
        return self._ask_tag(tr("Take a tag off"), operations.untag_customers, free=False)

    def _ask_tag(self, title: str, operation: Callable[..., Changes], *, free: bool) -> FormDialog:
        ids = self.table.selected_ids()
        known = [tag.name for tag in customers.tags(self.ctx.book)]

        def store(values: dict[str, Any]) -> None:
            tag = values.get("fresh") or values.get("tag") or ""
            self.ctx.changed(operation(self.ctx.book, customer_ids=ids, tag=tag))

        form = self._form(title, title, store, ntr("{n} customer", "{n} customers", len(ids)))
        if known:
            form.add_row(tag=ChoiceField(tr("Tag"), [(name, name) for name in known], known[0]))
        if free:
            form.add_row(fresh=TextField(tr("A new tag"), placeholder=tr("Leave empty to use the one above")))
        form.open()
        return form

    def set_relation(self) -> FormDialog:
        """Ask what the selected customers are to the shop."""
        ids = self.table.selected_ids()

        def store(values: dict[str, Any]) -> None:
            relation = values["relation"]
            self.ctx.changed(operations.set_relation(self.ctx.book, customer_ids=ids, relation=relation))

        form = self._form(
            tr("Change the relation"), tr("Change"), store, ntr("{n} customer", "{n} customers", len(ids))
        )
        choices = [(code, words.name(words.RELATIONS, code)) for code in words.RELATIONS]
        form.add_row(relation=ChoiceField(tr("Relation"), choices, "active"))
        form.open()
        return form

    def mark_checked(self) -> None:
        """Note that the selected customers' details were checked today."""
        ids = self.table.selected_ids()
        self.ctx.do(lambda: operations.mark_checked(self.ctx.book, customer_ids=ids, today=date.today()))

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

    def _form(
        self, title: str, save: str, store: Callable[[dict[str, Any]], object], text: str = ""
    ) -> FormDialog:
        form = FormDialog(title, save, store, text=text, width=440, parent=self._owner)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return form
