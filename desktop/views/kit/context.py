"""The small object handed down to every screen: the book, settings, background tasks, changes and ways out.

How a screen is written
-----------------------
A screen is ``class XView(QWidget)`` built as ``XView(ctx, **params)``; `params` are the keyword
arguments somebody gave to ``ctx.navigate("x", **params)`` (it ignores those it does not know). It may offer:

* ``route_params(self) -> dict[str, object]``: the params to be built with again. The window keeps
  nothing else. When the language or the look changes it throws its pages away and builds the one in
  front anew from its route, so no widget ever retranslates or repaints itself by hand.
* ``focus_search(self) -> None``: put the cursor into the screen's own search field (Ctrl+F).
* actions of its own, given to ``self.addAction``: the command palette offers them while it is in front.

A screen asks the book through queries (``ctx.tasks.read`` when it may take more than a frame), changes
it only through operations (`ctx.do` for the quick ones, ``ctx.tasks.write`` for long ones, then
`ctx.changed`), and refreshes what it shows when ``ctx.changes.changed`` says its tables were touched:
``ctx.changes.listen(self, self._refresh, "customer", "complaint")``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.core.errors import UserError
from desktop.core.translation import tr

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.models.changes import Changes
    from desktop.views.kit.tasks import Tasks


class SettingsStore(Protocol):
    """What screens need of the settings: the shop's own and this machine's, by key."""

    def get(self, key: str) -> Any: ...

    def set(self, key: str, value: Any) -> Changes: ...


class Navigate(Protocol):
    """Goes to a place of the program, building its screen with the params."""

    def __call__(self, place: str, /, **params: object) -> None: ...


class Notify(Protocol):
    """Shows a short notice at the bottom of the window, with a button if an action is given."""

    def __call__(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None, tone: str = "done"
    ) -> None: ...


class ChangeHub(QObject):
    """One signal that carries what an operation changed to whoever shows it."""

    changed = Signal(object)

    def listen(self, owner: QWidget, refresh: Callable[[], object], *tables: str) -> None:
        """Call `refresh` when any of `tables` (any table, if none is named) changed, while `owner` lives."""

        def hear(changes: Changes) -> None:
            if not tables or changes.touches(*tables):
                refresh()

        def forget() -> None:
            if isValid(self):
                self.changed.disconnect(hear)

        self.changed.connect(hear)
        owner.destroyed.connect(forget)


def context_of(widget: QWidget) -> Context | None:
    """The context of the screen or window that a widget stands in; None when it stands by itself."""
    above: QWidget | None = widget
    while above is not None:
        found = getattr(above, "ctx", None)
        if isinstance(found, Context):
            return found
        above = above.parentWidget()
    return None


def _nowhere(place: str, /, **params: object) -> None:
    """Navigation of a context that stands in no window."""


def _silent(
    text: str, action_text: str = "", action: Callable[[], object] | None = None, tone: str = "done"
) -> None:
    """Notices of a context that stands in no window."""


class Context:
    """What a screen may use. Made once for an open book; the window fills in its ways."""

    def __init__(self, book: Book, settings: SettingsStore, tasks: Tasks) -> None:
        self.book = book
        self.settings = settings
        self.tasks = tasks
        self.changes = ChangeHub()
        self.navigate: Navigate = _nowhere
        self.notify: Notify = _silent
        self.undo: Callable[[], object] = lambda: None
        self.dress: Callable[[], object] = lambda: None
        """Take up the language and look that the settings now name: every page is built anew."""

    def do(self, operation: Callable[[], Changes], *, quiet: bool = False) -> Changes | None:
        """Run a quick operation now, tell everybody, and offer to undo it; None when it was refused.

        A `UserError` becomes a notice. `quiet` leaves the "Undo" notice out, for changes the eye sees.
        """
        try:
            changes = operation()
        except UserError as error:
            self.notify(str(error), tone="error")
            return None
        self.changed(changes, quiet=quiet)
        return changes

    def changed(self, changes: Changes, *, quiet: bool = False) -> None:
        """Tell everybody what an operation changed, with an "Undo" notice if it is a step."""
        self.changes.changed.emit(changes)
        if not quiet and changes.step is not None and changes.label:
            self.notify(tr(changes.label, **changes.args), tr("Undo"), self.undo)
