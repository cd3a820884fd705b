"""The line above the list that says in words whom a filter leaves, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.views.customers.finder import Finder
from desktop.views.kit import theme
from desktop.views.kit.labels import ElidedLabel
from desktop.views.kit.widgets import IconLabel, LinkButton


class FilterHead(QWidget):
    """Shown as long as conditions are set: change them, keep them, or show everybody again."""

    def __init__(
        self,
        finder: Finder,
        change: Callable[[], object],
        save: Callable[[], object],
        clear: Callable[[], object],
    ) -> None:
        super().__init__()
        self._finder = finder
        self.sentence = ElidedLabel("")
        self.sentence.setFont(theme.font(theme.SMALL))
        self.change_button = LinkButton(tr("Change…"), on_click=change)
        self.save_button = LinkButton(tr("Save as segment…"), on_click=save)
        self.clear_button = LinkButton(tr("Clear"), on_click=clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel("funnel", "muted", 16))
        row.addWidget(self.sentence, 1)
        for button in (self.change_button, self.save_button, self.clear_button):
            row.addWidget(button)
        self.hide()

    def show_filter(self) -> None:
        """Say the filter of now, or go away when there is none."""
        segment = self._finder.segment()
        view = segment.view if segment else self._finder.extra
        said = "" if view.simple and not segment else self._finder.words(view)
        self.setVisible(bool(said))
        self.sentence.set_whole(said)
        self.sentence.setToolTip(self._finder.tip(view, segment.id if segment else None))
        self.save_button.setVisible(segment is None)
        self.change_button.setVisible(not view.unread)
