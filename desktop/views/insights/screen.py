"""What a screen of the insights is, and what it may ask of the window around it.

A screen asks in the worker and shows on the window's thread:

    class ReturnScreen(InsightScreen):
        def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
            super().__init__(frame, kept)
            self.tiles = TileGrid()
            self.tiles.opened.connect(self._open)
            ...

        def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> RepeatReport:
            return repeat_report(scope, now_kept.get("definition", "b"))

        def show_answer(self, answer: RepeatReport, scope: Scope) -> None:
            self.missing = "" if answer.buyers else tr("Nobody bought anything in this period.")
            ...

A screen is as wide as the window and scrolls itself (`ScrollColumn` as its layout's only widget).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from desktop.queries.insight_scope import Narrowing, Scope
from desktop.views.kit.context import Context

if TYPE_CHECKING:
    from desktop.views.figures.out import Shown

Ints = NDArray[np.int64]
OpenRows = Callable[[str, Ints], None]
"""Shows a list of rows in a dialog: its title, the ids in their order."""


@dataclass(frozen=True)
class Frame:
    """What a screen may ask of the window around it; on the window's thread only."""

    ctx: Context
    currency: str
    open_customers: OpenRows
    open_ratings: OpenRows
    open_orders: OpenRows
    open_complaints: OpenRows
    reload: Callable[[], None]
    """Asks again, because an own chooser of the screen changed."""
    narrow: Callable[[Narrowing], None]
    """Sets the filters, as a click on a channel does that is to be looked at."""
    go: Callable[[str], None]
    """Shows another tab, by its key."""


class InsightScreen(QWidget):
    """A tab of the insights; made when it is first shown, asked whenever what it looks at changes."""

    missing: str = ""
    """What the book lacks for this screen, set by `show_answer`; shown instead of it as an empty state."""

    def __init__(self, frame: Frame, kept: Mapping[str, Any]) -> None:
        """`kept` is what `kept()` gave when the window was last left; old or foreign values may be in it."""
        super().__init__()
        self.frame = frame

    def ask(self, scope: Scope, now_kept: Mapping[str, Any]) -> object:
        """What is to be shown, read in the WORKER: no widget is touched. Raises Cancelled.

        `now_kept` is what `kept()` said when it was asked for.
        """
        raise NotImplementedError

    def show_answer(self, answer: Any, scope: Scope) -> None:
        """Show what was found, and say in `missing` what lacks."""
        raise NotImplementedError

    def kept(self) -> dict[str, Any]:
        """The screen's own choosers, for the route: plain values only."""
        return {}

    def shown(self) -> Shown | None:
        """Figures, charts and tables for PDF, print and Excel; None while there are none."""
        return None
