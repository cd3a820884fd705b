"""What stands where no customer is: nobody fits, or the book is still empty."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from desktop.core.translation import tr
from desktop.views.kit.widgets import EmptyState


class Nobody(QStackedWidget):
    """Two empty states; the list says which one is true."""

    def __init__(self, *, import_list: Callable[[], object], show_everybody: Callable[[], object]) -> None:
        super().__init__()
        self.none_fits = EmptyState(
            "search",
            tr("Nobody fits"),
            tr("Try other words, or leave some of the conditions out."),
            tr("Show everybody"),
            show_everybody,
        )
        self.none_yet = EmptyState(
            "users",
            tr("No customers yet"),
            tr("Drop an order export or a customer list on the window, or enter the first one by hand."),
            tr("Import a list"),
            import_list,
            action_icon="upload",
        )
        self.addWidget(self.none_fits)
        self.addWidget(self.none_yet)

    def show_for(self, *, narrowed: bool) -> None:
        """Say that nobody fits what narrows the list, or that there is nobody at all."""
        self.setCurrentWidget(self.none_fits if narrowed else self.none_yet)
