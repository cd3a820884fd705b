"""What the command palette offers besides records: places, the program's actions, and those of the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction, QKeySequence

from desktop.core.translation import tr
from desktop.views.shell.actions import ActionRegistry
from desktop.views.shell.palette import Offer
from desktop.views.shell.places import PLACES

_NATIVE = QKeySequence.SequenceFormat.NativeText


def commands(places: Sequence[QAction], actions: ActionRegistry, here: Sequence[QAction]) -> list[Offer]:
    """Offers in the order in which they are shown; `places` are the actions of PLACES, `here` the page's."""
    found = [
        Offer(tr(place.title), tr("Place"), place.icon, action.trigger)
        for place, action in zip(PLACES, places, strict=True)
        if place.group
    ]
    found += [
        Offer(_words(action), action.shortcut().toString(_NATIVE), spec.icon, action.trigger)
        for spec, action in actions.for_palette()
    ]
    found += [
        Offer(_words(action), tr("On this page"), "chevron-right", action.trigger)
        for action in here
        if action.text() and action.isEnabled()
    ]
    return found


def _words(action: QAction) -> str:
    """An action's words without the marks for its menu key."""
    return action.text().replace("&&", "&")
