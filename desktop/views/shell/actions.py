"""What the program can do from anywhere: one table of actions with their keys, and the menus of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop.core.translation import mark, tr
from desktop.views.kit.icons import icon


class ActionSpec(NamedTuple):
    """One action; `text` is marked. `keys` are portable (Ctrl is ⌘ on a Mac)."""

    key: str
    text: str
    icon: str
    menu: str
    keys: tuple[str, ...] = ()
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    in_palette: bool = True


MENUS: tuple[tuple[str, str], ...] = (
    ("file", mark("File")),
    ("edit", mark("Edit")),
    ("go", mark("Go")),
    ("view", mark("View")),
)

_REDO = ("Ctrl+Y", "Ctrl+Shift+Z") if sys.platform == "win32" else ("Ctrl+Shift+Z", "Ctrl+Y")

# Qt has no default binding for Quit and Preferences on Linux, so every key is spelled out.
ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new_customer", mark("New customer"), "user-plus", "file", ("Ctrl+N",)),
    ActionSpec("new_complaint", mark("New complaint"), "message-square-warning", "file", ("Ctrl+Shift+N",)),
    ActionSpec("record_complaint", mark("Record a complaint on the phone"), "phone", "file", ("F7",)),
    ActionSpec("new_task", mark("New task"), "circle-check", "file", ("Ctrl+Shift+T",)),
    ActionSpec("import", mark("Import a file…"), "upload", "file", ("Ctrl+I",)),
    ActionSpec("export", mark("Export to a workbook…"), "download", "file", ("Ctrl+E",)),
    ActionSpec("duplicates", mark("Find duplicates"), "merge", "file"),
    ActionSpec("answers", mark("Answers at hand"), "book-open", "file"),
    ActionSpec("open_book", mark("Open another book…"), "book-open", "file", ("Ctrl+O",)),
    ActionSpec("new_book", mark("Make a new book…"), "book-open", "file"),
    ActionSpec(
        "quit", mark("Quit"), "log-out", "file", ("Ctrl+Q",), QAction.MenuRole.QuitRole, in_palette=False
    ),
    ActionSpec("undo", mark("Undo"), "undo-2", "edit", ("Ctrl+Z",)),
    ActionSpec("redo", mark("Redo"), "redo-2", "edit", _REDO),
    ActionSpec("find", mark("Find…"), "search", "edit", ("Ctrl+K",), in_palette=False),
    ActionSpec("find_here", mark("Search on this page"), "search", "edit", ("Ctrl+F", "/"), in_palette=False),
    ActionSpec("back", mark("Back"), "chevron-left", "go", ("Alt+Left",), in_palette=False),
    ActionSpec("counter", mark("Open the counter"), "store", "go", ("F8",)),
    ActionSpec(
        "settings",
        mark("Settings"),
        "settings",
        "view",
        ("Ctrl+,",),
        QAction.MenuRole.PreferencesRole,
        in_palette=False,
    ),
    ActionSpec("language", mark("中文 / English"), "languages", "view"),
    ActionSpec("theme", mark("Light / dark"), "sun-moon", "view"),
)


class ActionRegistry(QObject):
    """The actions of a window, made from the table; each calls its handler."""

    def __init__(self, window: QWidget, handlers: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        for spec in ACTIONS:
            if spec.key not in handlers:
                continue
            action = QAction(tr(spec.text), self)
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setMenuRole(spec.role)
            action.triggered.connect(lambda _=False, do=handlers[spec.key]: do())
            window.addAction(action)
            self._actions[spec.key] = action

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def for_palette(self) -> list[tuple[ActionSpec, QAction]]:
        """The actions that the command palette offers now."""
        return [
            (spec, self._actions[spec.key])
            for spec in ACTIONS
            if spec.in_palette and spec.key in self._actions and self._actions[spec.key].isEnabled()
        ]

    def name_steps(self, undo: str, redo: str) -> None:
        """Write the names of the next steps into the menu; "" disables."""
        undo, redo = undo.replace("&", "&&"), redo.replace("&", "&&")
        self["undo"].setText(tr("Undo: {step}", step=undo) if undo else tr("Undo"))
        self["undo"].setEnabled(bool(undo))
        self["redo"].setText(tr("Redo: {step}", step=redo) if redo else tr("Redo"))
        self["redo"].setEnabled(bool(redo))

    def fill_menu(self, menu: QMenu, places: list[QAction]) -> None:
        """One menu with everything in its groups and with icons, for the button in the sidebar."""
        menu.clear()
        for spec in ACTIONS:
            if spec.key in self._actions:
                self._actions[spec.key].setIcon(icon(spec.icon))
        for action in places:
            action.setIcon(icon(str(action.data())))
        for number, (key, _) in enumerate(MENUS):
            if number:
                menu.addSeparator()
            menu.addActions(self._group(key, places if key == "go" else []))

    def fill_menu_bar(self, bar: QMenuBar, places: list[QAction]) -> None:
        """A menu a group, as a Mac expects."""
        for key, title in MENUS:
            bar.addMenu(tr(title)).addActions(self._group(key, places if key == "go" else []))

    def _group(self, menu: str, places: list[QAction]) -> list[QAction]:
        own = [self._actions[spec.key] for spec in ACTIONS if spec.menu == menu and spec.key in self._actions]
        return own + places
