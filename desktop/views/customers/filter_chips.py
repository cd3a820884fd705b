"""The chips above the customer list: states, what is new, complaints, and the shop's own saved filters."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.translation import tr
from desktop.operations import segments as operations
from desktop.queries import customers
from desktop.queries.customer_filter import CustomerFilter
from desktop.views.customers.finder import Finder
from desktop.views.customers.words import state_name
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog, TextField
from desktop.views.kit.widgets import ChipItem, ChipRow

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
        for one in finder.segments:
            count = counts.segments.get(one.id) if counts else None
            items.append(ChipItem(f"segment-{one.id}", one.name, count, tip=tr("Saved filter")))
        if finder.extra.narrows and finder.segment() is None:
            items.append(ChipItem("save", tr("+ Save this filter"), checkable=False))
        elif finder.segment():
            items.append(ChipItem("forget", tr("Delete this filter"), checkable=False))
        if finder.chip not in {item.key for item in items}:
            finder.chip = "all"
        self.set_items(items)
        self.choose(finder.chip)

    def save_filter(self) -> FormDialog:
        """Ask for a name and keep the conditions as a chip."""
        finder, view = self._finder, self._finder.view()

        def store(values: dict[str, Any]) -> None:
            changes = operations.save_segment(self._ctx.book, name=values["name"], view=view)
            finder.extra = CustomerFilter()
            finder.segments = customers.segments(self._ctx.book)
            finder.chip = f"segment-{changes.created['segment']}"
            finder.text = ""
            self._ctx.changed(changes)
            self.changed.emit()

        text = tr("It becomes a chip above the list and keeps itself up to date.")
        form = FormDialog(tr("Save this filter"), tr("Save"), store, text=text, width=440, parent=self._owner)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.add_row(name=TextField(tr("Name"), required=True))
        form.open()
        return form

    def forget_filter(self) -> None:
        """Delete the saved filter whose chip is chosen."""
        segment = self._finder.segment()
        if segment is not None:
            self._finder.chip = "all"
            self._ctx.do(lambda: operations.delete_segment(self._ctx.book, segment_id=segment.id))
            self._finder.segments = customers.segments(self._ctx.book)
            self._change_soon()

    def _pressed(self, key: str) -> None:
        if key == "save":
            self.save_filter()
        elif key == "forget":
            self.forget_filter()
        else:
            self._finder.chip = key
            if key == "all":
                self._finder.extra = CustomerFilter()
            self._change_soon()

    def _change_soon(self) -> None:
        """The chips are made anew; the one that was pressed is still in the middle of its click."""
        QTimer.singleShot(0, self, self.changed.emit)
