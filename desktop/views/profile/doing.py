"""What can be done with a customer: the buttons, the menu and the palette of their profile offer these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from desktop.core.translation import tr
from desktop.operations import customers as operations
from desktop.views.customers.editor import open_editor
from desktop.views.customers.words import display_name
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.offers import offer
from desktop.views.profile.fact_row import FactRow
from desktop.views.ratings.expectation_form import ExpectationForm
from desktop.views.ratings.form import RatingForm

if TYPE_CHECKING:
    from desktop.views.profile.dossier import DossierMaker
    from desktop.views.profile.view import ProfileView


class Doing:
    """The deeds of one profile; each does nothing while there is no customer."""

    def __init__(self, view: ProfileView) -> None:
        self._view, self._ctx = view, view.ctx

    def offer(self) -> None:
        """Offer them to the palette, some by keys; F2 is the view's: in its tabs it means rows."""
        for text, keys, do in (
            (tr("New order"), "", self.new_order),
            (tr("Edit the customer"), "", self.edit_here),
            (tr("New complaint"), "", self.new_complaint),
            (tr("New service case"), "", self.new_case),
            (tr("Add a rating…"), "", self.new_rating),
            (tr("What they expect…"), "", self.new_expectation),
            (tr("Dossier…"), "", self.open_dossier),
            (tr("Print the dossier"), "Ctrl+P", self.print_dossier),
            (tr("Merge with another customer"), "", self.merge_with),
            (tr("History of the details"), "", lambda: self._view.side.about.show_history()),
            (tr("Delete the customer"), "", self.delete),
        ):
            offer(self._view, text, do, keys)

    def menu(self) -> QMenu:
        """The menu of what has no button of its own."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("New complaint"), self.new_complaint)
        menu.addAction(tr("New service case"), self.new_case)
        menu.addAction(tr("Add a rating…"), self.new_rating)
        menu.addAction(tr("What they expect…"), self.new_expectation)
        menu.addAction(tr("Add a task"), self._view.side.todo.add_task)
        menu.addSeparator()
        menu.addAction(tr("Export…"), self.export)
        menu.addAction(tr("Export the orders…"), self.export_orders)
        menu.addAction(tr("Export what happened…"), self.export_stream)
        menu.addAction(tr("Dossier…"), self.open_dossier)
        menu.addAction(tr("Print…"), self.print_dossier)
        menu.addSeparator()
        menu.addAction(tr("History of the details"), self._view.side.about.show_history)
        menu.addAction(tr("Merge with…"), self.merge_with)
        menu.addAction(tr("Delete the customer"), self.delete)
        return menu

    def new_order(self) -> FormDialog | None:
        """Open the form for a new order."""
        return self._view.orders.new_order() if self._view.profile else None

    def new_case(self) -> FormDialog | None:
        """Open the form for a new service case."""
        return self._view.cases.new_case() if self._view.profile else None

    def new_rating(self) -> FormDialog | None:
        """Open the form for a rating that the customer gave."""
        if self._view.profile is None:
            return None
        form = RatingForm(self._ctx, customer_id=self._view.customer_id, parent=self._view)
        form.open()
        return form

    def new_expectation(self) -> FormDialog | None:
        """Open the form for what the customer expects before they buy."""
        if self._view.profile is None:
            return None
        form = ExpectationForm(self._ctx, customer_id=self._view.customer_id, parent=self._view)
        form.open()
        return form

    def new_complaint(self) -> None:
        """Record a complaint of this customer, without leaving them."""
        from desktop.views.complaints.capture import open_capture

        open_capture(self._ctx, self._view, self._view.customer_id)

    def edit(self) -> FormDialog | None:
        """Open the form of all the customer's details."""
        if self._view.profile is None:
            return None
        return open_editor(self._ctx, self._view, customer_id=self._view.customer_id)

    def edit_here(self) -> None:
        """Edit the fact that has the keyboard, else everything."""
        held = QApplication.focusWidget()
        if isinstance(held, FactRow):
            held.opened.emit()
        else:
            self.edit()

    def merge_with(self) -> FormDialog | None:
        """Ask for another customer, with whom this one is then compared."""
        if self._view.profile is None:
            return None
        from desktop.views.duplicates.merge_with import MergeWith

        form = MergeWith(self._ctx, self._view.customer_id, self._view.profile.name, self._view)
        form.open()
        return form

    def delete(self) -> None:
        """Delete the customer and go back to the list; the notice offers to undo it."""
        if self._view.profile is not None:
            ids = [self._view.customer_id]
            self._ctx.do(lambda: operations.delete_customers(self._ctx.book, customer_ids=ids))

    def export(self) -> None:
        """Take the customer away as a line of a list or as a contact."""
        from desktop.views.customers.listing import customer_listing
        from desktop.views.exchange.export import take_out

        only = [self._view.customer_id]
        title = self._name() or tr("Customer")
        take_out(self._ctx, self._view, customer_listing(self._ctx, ids=lambda: only, title=title, count=1))

    def export_orders(self) -> None:
        """Take the orders away as a file."""
        if self._view.profile is not None:
            self._view.orders.export()

    def export_stream(self) -> None:
        """Take what happened with the customer away as a file."""
        if self._view.profile is not None:
            self._view.stream.export(tr("What happened with {name}", name=self._name()))

    def open_dossier(self) -> QDialog | None:
        """Choose what of the customer goes into a PDF, a workbook or on paper."""
        if self._view.profile is None:
            return None
        from desktop.views.profile.dossier_dialog import DossierDialog

        dialog = DossierDialog(self._ctx, self._dossier(), self._name(), self._view)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def print_dossier(self) -> None:
        """Show the pages of the dossier, with the parts it had last, and print them."""
        if self._view.profile is not None:
            from desktop.views.profile.dossier import chosen_parts

            self._dossier().print(chosen_parts(self._ctx))

    def _name(self) -> str:
        return display_name(self._view.profile.name) if self._view.profile else ""

    def _dossier(self) -> DossierMaker:
        # Paper pulls in libraries of its own, which only those pay for who print.
        from desktop.views.profile.dossier import DossierMaker

        name = self._view.profile.name if self._view.profile else ""
        return DossierMaker(self._ctx, self._view.customer_id, name, self._view)
