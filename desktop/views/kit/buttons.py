"""Buttons: the one thing to do here, the other things, and those that are only an icon."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from desktop.views.kit.icons import icon as make_icon

GAP = 5
"""Pixels between a button's icon and its words."""


class _Button(QPushButton):
    """A push button of one kind of the style sheet."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        on_click: Callable[[], object] | None = None,
        *,
        kind: str,
        role: str,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon:
            self.setIcon(make_icon(icon, role, gap=GAP if text else 0))
            self.setIconSize(QSize(18 + GAP if text else 18, 18))
        if tip:
            self.setToolTip(tip)
        self.setAccessibleName(text)
        if on_click:
            self.clicked.connect(lambda: on_click())

    def setMenu(self, menu: QMenu) -> None:
        """A button with a menu keeps room for its arrow."""
        super().setMenu(menu)
        self.setProperty("menu", True)
        self.style().unpolish(self)
        self.style().polish(self)


class PrimaryButton(_Button):
    """The one thing to do here, in the accent."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        on_click: Callable[[], object] | None = None,
        *,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, icon, on_click, kind="primary", role="on_accent", tip=tip, parent=parent)


class SecondaryButton(_Button):
    """Another thing to do here, outlined; `small` for one inside a row, `danger` for one that takes away."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        on_click: Callable[[], object] | None = None,
        *,
        small: bool = False,
        danger: bool = False,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        kind = "danger" if danger else "small" if small else "secondary"
        role = "red" if danger else "text"
        super().__init__(text, icon, on_click, kind=kind, role=role, tip=tip, parent=parent)


class LinkButton(_Button):
    """A thing to do or a place to go, written as a link."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        on_click: Callable[[], object] | None = None,
        *,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, icon, on_click, kind="link", role="accent", tip=tip, parent=parent)


class IconButton(QToolButton):
    """A button that is only an icon; `name` is what a screen reader says and the tip shows."""

    def __init__(
        self,
        icon: str,
        name: str,
        on_click: Callable[[], object] | None = None,
        *,
        role: str = "text",
        framed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setIcon(make_icon(icon, role))
        self.setIconSize(QSize(18, 18))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        if framed:
            self.setProperty("kind", "framed")
            self.setFixedSize(36, 36)
        if on_click:
            self.clicked.connect(lambda: on_click())
