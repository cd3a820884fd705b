"""What can be done with who is leaving: open, call, copy, take away, keep as a filter."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.translation import tr
from desktop.queries import known
from desktop.queries.conditions import Condition, Group
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.insight_drifting import Leaving
from desktop.views.kit.context import Context
from desktop.views.kit.icons import icon

if TYPE_CHECKING:
    from desktop.views.insights.drifting.table import LeaverTable

_MOST_CALLS = 200
"""Tasks that one act adds; nobody calls more people than that."""


class LeaverActs:
    """The doings of the list; forms open over `owner`."""

    def __init__(self, ctx: Context, table: LeaverTable, owner: QWidget) -> None:
        self._ctx, self._list, self._owner = ctx, table, owner

    def fill_row_menu(self, menu: QMenu) -> None:
        """What can be done with the selected rows."""
        count = len(self._selected())
        if count == 1:
            menu.addAction(icon("user"), tr("Open the profile"), self.open)
        call = tr("Add a task to call them…") if count == 1 else tr("Add a task to call each of them")
        menu.addAction(icon("phone"), call, self.call).setEnabled(count <= _MOST_CALLS)
        menu.addSeparator()
        copy = menu.addAction(icon("copy"), tr("Copy"), self._list.table.copy_selection)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        menu.addAction(icon("download"), tr("Export…"), self.export)

    def fill_list_menu(self, menu: QMenu) -> None:
        """What can be done with the list as a whole."""
        menu.clear()
        menu.addAction(icon("download"), tr("Export…"), self.export)
        keep = menu.addAction(icon("funnel"), tr("Save as a filter…"), self.save_filter)
        show = menu.addAction(icon("users"), tr("Show in the customer list"), self.show_in_list)
        reason = self.no_filter()
        for action in (keep, show):
            action.setEnabled(not reason)
            action.setToolTip(reason)
        menu.setToolTipsVisible(True)

    def open(self) -> None:
        """Go to the profile of the selected customer."""
        ids = self._selected()
        if len(ids):
            self._ctx.navigate("profile", customer=ids[0])

    def call(self) -> None:
        """Add a task to call the selected customer, asked for in a form, or one for each of several."""
        from desktop.operations.tasks import add_tasks
        from desktop.views.tasks.due_field import NO_DAY
        from desktop.views.tasks.task_form import open_task_form

        ids = self._selected()[:_MOST_CALLS]
        names = known.names(self._ctx.book, ids)
        titles = {
            one: tr("Call {name}: not seen for a while", name=names[one] or tr("No name"))
            for one in ids
            if one in names
        }
        if len(titles) == 1:
            customer, title = next(iter(titles.items()))
            due = NO_DAY._replace(day=date.today())
            open_task_form(self._ctx, self._owner, customer_id=customer, title=title, due=due)
        elif titles:
            self._ctx.do(
                lambda: add_tasks(self._ctx.book, titles=titles, due=date.today(), created_at=datetime.now())
            )

    def export(self) -> None:
        """Take the list, or the selected rows, away as a file."""
        from desktop.views.exchange.export import take_out
        from desktop.views.exchange.lists import book_list
        from desktop.views.insights.drifting.rows import export_columns, fetcher

        report, listed = self._list.report, self._list.listed
        if report is None or listed is None:
            return
        ids, chosen = array("q", self._list.ids()), self._selected()
        listing = book_list(
            self._ctx,
            "customers",
            tr("Who is leaving"),
            export_columns(report),
            fetcher(self._ctx.book, report, listed),
            ids=lambda: ids,
            shown=("id", *self._list.table.shown_keys()),
            count=len(ids),
            selected=chosen if len(chosen) > 1 else (),
        )
        take_out(self._ctx, self._owner, listing)

    def save_filter(self) -> None:
        """Keep the kinds looked at as a filter of the customer list."""
        from desktop.views.customers.segment_saving import ask_segment_name

        view = filter_of(self._list.kinds)
        if view is not None:
            ask_segment_name(self._ctx, view, lambda _: None, self._owner)

    def show_in_list(self) -> None:
        """Show the customer list with the same conditions."""
        view = filter_of(self._list.kinds)
        if view is not None:
            self._ctx.navigate("customers", condition=view.to_json())

    def no_filter(self) -> str:
        """Why the list cannot be a filter as it is; "" when it can."""
        if filter_of(self._list.kinds) is None:
            return tr("A filter knows drifting and alarming together only: choose both or neither.")
        if not self._list.by_kept_multiplier:
            return tr("A filter goes by the shop's multiplier: keep this one first.")
        if self._list.filtered:
            return tr("A filter of the customer list goes without the filters above: take them off first.")
        return ""

    def _selected(self) -> Sequence[int]:
        return self._list.table.selected_ids()


def filter_of(kinds: Collection[Leaving]) -> CustomerFilter | None:
    """The filter of the customer list that leaves these kinds; None where none does."""
    wanted = set(kinds)
    if not wanted or ("drifting" in wanted) != ("alarming" in wanted):
        return None
    state = {"drifting": "drifting", "once": "one-time"}
    parts: list[Condition | Group] = [
        Condition("state", "is", (state[one],)) for one in ("drifting", "once") if one in wanted
    ]
    if {"lost", "gone"} <= wanted:
        parts.append(Condition("state", "is", ("lost",)))
    elif "lost" in wanted:
        parts.append(Group("and", (Condition("state", "is", ("lost",)), Condition("occasions", "gt", (1,)))))
    elif "gone" in wanted:
        parts.append(Group("and", (Condition("state", "is", ("lost",)), Condition("occasions", "eq", (1,)))))
    # Who is none of the shop's customers is not waited for.
    apart = Condition("relation", "not", ("not-a-customer",))
    left = parts[0] if len(parts) == 1 else Group("or", tuple(parts))
    return CustomerFilter(where=Group("and", (left, apart)))
