"""The filter builder over the customer list: opened on the conditions of now, its answer put into force."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.operations.segments import replace_segment
from desktop.queries import customers
from desktop.queries.customer_filter import CustomerFilter
from desktop.views.customers.filter_chips import FilterChips
from desktop.views.customers.finder import Finder
from desktop.views.kit.context import Context

if TYPE_CHECKING:
    from desktop.views.customers.filter_builder import FilterBuilder


class Filtering:
    """Puts what was built into the finder; the chips tell the list to find anew, as when one is pressed."""

    def __init__(self, ctx: Context, finder: Finder, chips: FilterChips, owner: QWidget) -> None:
        self._ctx, self._finder, self._chips, self._owner = ctx, finder, chips, owner

    def open(self) -> FilterBuilder:
        """Open the filter builder on the conditions of now."""
        # What only a filter that is being written needs does not load with the list.
        from desktop.views.customers.filter_builder import FilterBuilder

        segment = self._finder.segment()
        builder = FilterBuilder(
            self._ctx,
            self._finder.view(),
            self.use,
            self._chips.save_filter,
            name=segment.name if segment else "",
            on_replace=self._replace_segment if segment else None,
            parent=self._owner,
        )
        builder.open()
        return builder

    def use(self, view: CustomerFilter) -> None:
        """Narrow the list to these conditions."""
        self._finder.chip = "all"
        # What is typed stays in the search field.
        self._finder.extra = replace(view, text="") if view.text == self._finder.text else view
        self._chips.changed.emit()

    def _replace_segment(self, view: CustomerFilter) -> None:
        segment = self._finder.segment()
        if segment is not None:
            book = self._ctx.book
            self._ctx.do(lambda: replace_segment(book, segment_id=segment.id, view=view))
            self._finder.segments = customers.segments(book)
            self._chips.changed.emit()
