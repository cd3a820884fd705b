"""What can be done with a segment: see its customers, open them in Customers, keep it as a filter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.translation import tr
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.insight_scope import Scope
from desktop.queries.insight_segments import Table
from desktop.queries.segment_conditions import segment_conditions
from desktop.views.insights.screen import Frame
from desktop.views.insights.segments.words import codes_of
from desktop.views.kit.icons import icon


class SegmentActs:
    """Fills menus with what can be done with each segment or class; `scope` is the one shown."""

    def __init__(self, frame: Frame, parent: QWidget, show: Callable[[Table, str], object]) -> None:
        self._frame, self._parent, self._show = frame, parent, show
        self.scope: Scope | None = None

    def filter_of(self, table: Table, code: str) -> CustomerFilter | None:
        """The filter that holds whom the segment holds now; None where nobody can be in it."""
        if self.scope is None:
            return None
        tree = segment_conditions(self.scope.shop, table, code)
        return CustomerFilter(where=tree) if tree is not None else None

    def open_in_customers(self, table: Table, code: str) -> None:
        """Leave for the list of customers, filtered by the segment."""
        wanted = self.filter_of(table, code)
        if wanted is not None:
            self._frame.ctx.navigate("customers", condition=wanted.to_json())
        else:
            self._say_nobody()

    def save(self, table: Table, code: str) -> None:
        """Ask for a name and keep the segment as a filter."""
        from desktop.views.customers.segment_saving import ask_segment_name

        wanted = self.filter_of(table, code)
        if wanted is None:
            self._say_nobody()
            return
        ask_segment_name(self._frame.ctx, wanted, lambda _: None, self._parent.window())

    def _say_nobody(self) -> None:
        self._frame.ctx.notify(tr("Nobody can be in this segment with the shop's scores as they are."))

    def fill(self, menu: QMenu, table: Table, code: str) -> None:
        """What can be done with one segment."""
        menu.addAction(icon("users"), tr("Show the customers"), partial(self._show, table, code))
        menu.addAction(icon("list"), tr("Open in Customers"), partial(self.open_in_customers, table, code))
        menu.addAction(icon("funnel"), tr("Save as a filter…"), partial(self.save, table, code))
        if table == "segments":
            menu.addAction(icon("search"), tr("Look at it alone"), partial(self._look, code))

    def _look(self, code: str) -> None:
        if self.scope is not None:
            from dataclasses import replace

            self._frame.narrow(replace(self.scope.only, segment=code))

    def fill_all(self, menu: QMenu, table: Table) -> None:
        """A menu of its own for each segment."""
        menu.clear()
        for code, name in codes_of(table):
            self.fill(menu.addMenu(name), table, code)
