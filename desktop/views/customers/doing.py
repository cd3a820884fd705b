"""What the customer list offers by key, menu and palette, and what is done with the current customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from desktop.core.translation import tr
from desktop.views.customers.editor import open_editor
from desktop.views.customers.selection import COPY_PHONES
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.offers import offer

if TYPE_CHECKING:
    from desktop.views.customers.view import CustomersView


class Doing:
    """The deeds of the list; those with everybody selected are `SelectionActions`, offered here too."""

    def __init__(self, view: CustomersView) -> None:
        self._view, self._ctx, self._table = view, view.ctx, view.table

    def offer(self) -> None:
        """Offer them to the palette, some by keys."""
        view = self._view
        for text, keys, do in (
            (tr("Open the customer"), "", self.open_current),
            (tr("Edit the customer"), "F2", self.edit_here),
            (tr("Copy the phone numbers"), COPY_PHONES, view.actions_.copy_phones),
            (tr("Delete the selected customers"), "Delete", view.actions_.delete),
            (tr("Export this list…"), "", view.actions_.export),
            (tr("Segments…"), "", view.chips.manage),
        ):
            # The keys belong to the list: Delete in the search field is the field's own.
            action = offer(self._table, text, do, keys)
            if not keys:
                view.addAction(action)
        offer(view, tr("Filter customers…"), view.filtering.open, "Ctrl+Shift+F")

    def show_menu(self, at: QPoint) -> None:
        """Open the menu of the customers selected, at a place of the table."""
        chosen = len(self._table.selected_ids())
        if not chosen:
            return
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if chosen == 1:
            menu.addAction(tr("Open"), self.open_current)
            menu.addAction(tr("Edit…"), self.edit)
            menu.addSeparator()
        self._view.actions_.fill_menu(menu)
        menu.popup(self._table.viewport().mapToGlobal(at))

    def open_profile(self, customer_id: int) -> None:
        """Go to a customer's profile."""
        self._ctx.navigate("profile", customer=customer_id)

    def open_current(self) -> None:
        """Go to the profile of the current customer."""
        if (current := self._table.current_id()) is not None:
            self.open_profile(current)

    def new_customer(self) -> FormDialog:
        """Open the form for a new customer; they are chosen in the list once saved."""
        return open_editor(self._ctx, self._view, on_saved=self._view.choose_soon)

    def edit_here(self) -> None:
        """Edit the cell that has the keyboard where it stands; in the name's, the form with everything."""
        if not self._table.edit_current():
            self.edit()

    def edit(self) -> FormDialog | None:
        """Open the form for the current customer."""
        current = self._table.current_id()
        return open_editor(self._ctx, self._view, customer_id=current) if current is not None else None

    def copy_cell(self, customer_id: int, key: str) -> None:
        """Copy what a cell shows of how the customer is reached."""
        from desktop.views.customers.copying import copy_reach

        rows = self._table.rows
        copy_reach(self._ctx, rows.row_at(rows.line_of(customer_id) or 0), key)
