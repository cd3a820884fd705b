"""What a screen offers the command palette, and by which keys it is had while the screen has the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.views.kit.icons import icon


def offer(
    widget: QWidget, text: str, do: Callable[[], object], keys: str = "", icon_name: str = ""
) -> QAction:
    """Adds an action to a widget; `keys` work within it and what it holds."""
    action = QAction(text, widget)
    if icon_name:
        action.setIcon(icon(icon_name))
    if keys:
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _=False: do())
    widget.addAction(action)
    return action
