"""The head of the customer list: the search field, the buttons, and which of them a narrow window leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from desktop.core.translation import tr
from desktop.views.customers.duplicates_button import DuplicatesButton
from desktop.views.kit.widgets import IconButton, PrimaryButton, SearchField, SecondaryButton

if TYPE_CHECKING:
    from desktop.views.customers.view import CustomersView

_ROOM_FOR_ALL = 900
"""Pixels of the screen's width that all the buttons need beside the search field."""


class Head:
    """Fills the head of the screen's page."""

    def __init__(self, view: CustomersView) -> None:
        self.search = SearchField(tr("Name, pinyin, last 4 of phone…"), hint=QKeySequence("Ctrl+F"))
        self.search.set_text(view.finder.text)
        view.page.set_search(self.search)
        self.filter_button = SecondaryButton(tr("Filter"), "sliders-horizontal", view.filtering.open)
        self.columns_button = IconButton(
            "columns-3", tr("Columns"), lambda: view.table.choose_columns(self.columns_button), framed=True
        )
        self.duplicates_button = DuplicatesButton(view.ctx)
        self.export_button = SecondaryButton(tr("Export"), "download", view.actions_.export)
        self.new_button = PrimaryButton(tr("New customer"), "plus", view.doing.new_customer)
        for button in (
            self.filter_button,
            self.columns_button,
            self.duplicates_button,
            self.export_button,
            self.new_button,
        ):
            view.page.add_action(button)

    def show_conditions(self, count: int) -> None:
        """Say on the button how many conditions the filter builder has set."""
        said = tr("Filter ({n})", n=count) if count else tr("Filter")
        self.filter_button.setText(said)
        self.filter_button.setAccessibleName(said)

    def fit(self, width: int) -> None:
        """Show what has room in a screen of this width."""
        # The palette and the menu lead to the duplicates as well.
        self.duplicates_button.setVisible(width > _ROOM_FOR_ALL)
