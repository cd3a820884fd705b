"""The head of the complaints' screen: search, board, list or figures, and what can be done with the list."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.translation import tr
from desktop.views.kit.buttons import IconButton, PrimaryButton, SecondaryButton
from desktop.views.kit.icons import icon
from desktop.views.kit.page import Page
from desktop.views.kit.search import SearchField
from desktop.views.kit.segmented import Segment, Segmented

Do = Callable[[], object]
MODES = ("board", "list", "figures")
KEYS = {"board": "Ctrl+Shift+B", "list": "Ctrl+Shift+L", "figures": "Ctrl+Shift+A"}
"""The keys that lead to each of the modes."""


class ScreenHead(Page):
    """Title, search and actions; the actions of a list go where the figures are shown."""

    def __init__(self, *, filter_by: Do, export: Do, print_list: Do, new: Do) -> None:
        super().__init__(tr("Complaints"))
        self.search = SearchField(tr("Number, words or customer…"), width=280)
        self.set_search(self.search)
        self.modes = Segmented(
            tr("View"),
            (
                Segment("board", tr("Board"), "layout-grid", f"{tr('Board')} ({KEYS['board']})"),
                Segment("list", tr("List"), "list", f"{tr('List')} ({KEYS['list']})"),
                Segment("figures", tr("Figures"), "chart-line", f"{tr('Figures')} ({KEYS['figures']})"),
            ),
        )
        self.add_action(self.modes)
        self.filter_button = SecondaryButton(tr("Filter"), "funnel", filter_by, tip=tr("More filters"))
        self.export_button = IconButton("download", tr("Export this list…"), export, framed=True)
        self.print_button = IconButton("printer", tr("Print this list…"), print_list, framed=True)
        self._of_lists = (self.search, self.filter_button, self.export_button, self.print_button)
        for button in self._of_lists[1:]:
            self.add_action(button)
        self.new_button = PrimaryButton(tr("New complaint"), "plus", new)
        self.add_action(self.new_button)

    def show_mode(self, mode: str) -> None:
        """Mark the mode; above the figures stands nothing of a list."""
        self.modes.choose(mode)
        for widget in self._of_lists:
            widget.setVisible(mode != "figures")

    def show_facets(self, count: int) -> None:
        """Say how many kinds of filters of the drawer are set."""
        text = tr("Filter · {n}", n=count) if count else tr("Filter")
        self.filter_button.setText(text)
        self.filter_button.setAccessibleName(text)
        self.filter_button.setIcon(icon("funnel", "accent" if count else "text", gap=5))
