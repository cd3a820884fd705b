"""The chips above the customer list: states, what is new, complaints, and the shop's own saved filters."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.translation import tr
from desktop.queries import customers
from desktop.queries.customer_filter import CustomerFilter
from desktop.views.customers.finder import Finder
from desktop.views.customers.segment_saving import ask_segment_name
from desktop.views.customers.words import state_name
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.kit.widgets import ChipItem, ChipRow
from desktop.views.timeline.words import cut

MOST_SEGMENTS = 8
"""Saved filters with a chip of their own, by the owner's order; of more, the list would be left no room."""
_LONGEST = 24
"""Characters of a saved filter's name on its chip."""
_STATES = ("regular", "drifting", "new", "one-time", "lost", "none")


class FilterChips(ChipRow):
    """Puts the chosen chip into the finder; `changed` when the list is to be found anew."""

    changed = Signal()

    def __init__(self, ctx: Context, finder: Finder, owner: QWidget) -> None:
        super().__init__()
        self._ctx, self._finder, self._owner = ctx, finder, owner
        self.chosen.connect(self._pressed)

    def show_chips(self) -> None:
        """Make the chips anew, with the counts that are known."""
        finder, counts = self._finder, self._finder.counts
        states = counts.states if counts else {}
        items = [ChipItem("all", tr("All"), counts.everybody if counts else None)]
        items += [ChipItem(state, state_name(state), states.get(state)) for state in _STATES]
        items.append(ChipItem("month", tr("New this month"), counts.new_this_month if counts else None))
        items.append(ChipItem("complained", tr("Complained"), counts.complained if counts else None))
        chosen = [one for one in finder.segments[MOST_SEGMENTS:] if f"segment-{one.id}" == finder.chip]
        for one in (*finder.segments[:MOST_SEGMENTS], *chosen):
            count = counts.segments.get(one.id) if counts and not one.view.unread else None
            tip = finder.tip(one.view, one.id)
            items.append(ChipItem(f"segment-{one.id}", cut(one.name, _LONGEST), count, tip=tip))
        if finder.segments:
            left = len(finder.segments) - MOST_SEGMENTS - len(chosen)
            text = tr("{n} more segments…", n=f"{left:,}") if left > 0 else tr("Segments…")
            items.append(ChipItem("segments", text, checkable=False, tip=tr("Put the segments in order")))
        if finder.chip not in {item.key for item in items}:
            finder.chip = "all"
        self.set_items(items)
        self.choose(finder.chip)

    def save_filter(self, view: CustomerFilter | None = None) -> FormDialog:
        """Ask for a name and keep the conditions, those of now unless others are given, as a chip."""
        return ask_segment_name(self._ctx, view or self._finder.view(), self._saved, self._owner)

    def _saved(self, segment: int) -> None:
        finder = self._finder
        finder.extra, finder.text = CustomerFilter(), ""
        finder.segments = customers.segments(self._ctx.book)
        finder.chip = f"segment-{segment}"
        self.changed.emit()

    def manage(self) -> None:
        """Open the list of saved filters."""
        from desktop.views.customers.segment_manager import SegmentManager

        SegmentManager(self._ctx, self._finder, self.use_segment, self._owner).open()

    def use_segment(self, segment: int) -> None:
        """Narrow the list to a saved filter."""
        self._finder.segments = customers.segments(self._ctx.book)
        self._finder.chip = f"segment-{segment}"
        self.changed.emit()

    def _pressed(self, key: str) -> None:
        if key == "segments":
            self.manage()
            return
        self._finder.chip = key
        if key == "all":
            self._finder.extra = CustomerFilter()
        # The chips are made anew; the one that was pressed is still in the middle of its click.
        QTimer.singleShot(0, self, self.changed.emit)
