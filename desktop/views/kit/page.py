"""The scaffold of a screen: title or trail, search field and actions to the right, chips below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.labels import ElidedLabel, label
from desktop.views.kit.layouts import clear

HEAD_HEIGHT = 64


class Page(QWidget):
    """A screen's frame; its own things go into `body`.

    `set_title("Customers")` or `set_trail([("Customers", go_back)], "王丽华")`; `add_action(button)` puts
    buttons to the right in the order of the calls; `set_search(field)` the field before them;
    `set_chips(row)` a row below the title.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(title, size=theme.TITLE, bold=True)
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(6)
        self._search_slot = QHBoxLayout()
        self._actions = QHBoxLayout()
        self._actions.setSpacing(10)
        head = QWidget()
        head.setFixedHeight(HEAD_HEIGHT)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addLayout(self._crumbs)
        row.addWidget(self._title, 1)
        row.addLayout(self._search_slot)
        row.addLayout(self._actions)
        self._chips_slot = QVBoxLayout()
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 0, 24, 20)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addLayout(self._chips_slot)
        outer.addLayout(self.body, 1)
        self._write_title(title)

    def set_title(self, title: str) -> None:
        """Write the title."""
        self.set_trail((), title)

    def set_trail(self, crumbs: Sequence[tuple[str, Callable[[], object]]], title: str) -> None:
        """Write the way here, each stop a link, and the title."""
        clear(self._crumbs)
        for text, go in crumbs:
            link = LinkButton(text, on_click=go)
            link.setFont(theme.font(theme.TITLE, bold=True))
            self._crumbs.addWidget(link)
            self._crumbs.addWidget(label("›", size=theme.TITLE, role="muted"))
        self._write_title(title)

    def _write_title(self, title: str) -> None:
        self._title.set_whole(title)
        # In a narrow window the search field gives way before the title does.
        self._title.setMinimumWidth(min(self._title.sizeHint().width(), 170))
        self.setAccessibleName(title)

    def title(self) -> str:
        """The title as it stands."""
        return self._title.whole()

    def add_action(self, button: QWidget) -> None:
        """Put a button to the right of those already there."""
        self._actions.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_search(self, field: QWidget) -> None:
        """Put the search field before the actions."""
        clear(self._search_slot)
        self._search_slot.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_chips(self, row: QWidget) -> None:
        """Put a row of chips below the title."""
        clear(self._chips_slot)
        self._chips_slot.addWidget(row)
        self._chips_slot.addSpacing(14)


def columns(*widgets: tuple[QWidget, int], gap: int = 16) -> QHBoxLayout:
    """Widgets side by side with their stretch."""
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget, stretch in widgets:
        row.addWidget(widget, stretch)
    return row
