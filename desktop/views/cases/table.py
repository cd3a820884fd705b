"""Service cases as a list: its columns, as shown and as written to a file, and the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core import words
from desktop.core.dates import format_near_day
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.queries.service_cases import CaseRow, case_rows
from desktop.views.cases.words import named, pressing, status_name
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.cards import EmptyState
from desktop.views.kit.columns import NOTHING, Column
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.theme import Tone

LAYOUT_KEY = "ui.columns.cases"


class CaseTable(TablePane):
    """The list; what is chosen, opened and sorted is told by its `table`."""

    left_behind = Signal()
    """The owner goes back from the cases behind a figure to those of the filter."""

    def __init__(self, ctx: Context) -> None:
        currency = str(ctx.book.setting("shop.currency"))
        self._rows = IdListModel(
            list_columns(datetime.now), lambda ids: case_rows(ctx.book, ids), currency=currency
        )
        table = TableView(self._rows, name=tr("Service cases"))
        super().__init__(
            table, empty=EmptyState("wrench", tr("No service case here"), tr("Choose another filter above."))
        )
        self._rows.setParent(self)
        kept = ctx.settings.get(LAYOUT_KEY)
        table.restore_layout(kept if isinstance(kept, dict) else None)
        table.layout_changed.connect(lambda state: ctx.settings.set(LAYOUT_KEY, state))
        self._name = label("", bold=True)
        self._name_row = QWidget()
        row = QHBoxLayout(self._name_row)
        row.setContentsMargins(14, 8, 8, 4)
        row.addWidget(self._name, 1)
        row.addWidget(IconButton("x", tr("Back to the list"), self.left_behind.emit, role="muted"))
        self._name_row.hide()
        self.body.insertWidget(0, self._name_row)

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show these cases, read anew."""
        self._rows.refresh_rows()
        self.set_ids(ids, ntr("{n} service case", "{n} service cases", len(ids)))

    def show_name(self, name: str) -> None:
        """Say which cases these are, where they are not those of the filter."""
        self._name.setText(name)
        self._name_row.setVisible(bool(name))


def take_out_cases(
    ctx: Context, owner: QWidget, ids: Sequence[int], chosen: Sequence[int], shown: Sequence[str]
) -> None:
    """Take cases, or those chosen of them, away as a file."""
    from desktop.views.exchange.export import take_out
    from desktop.views.exchange.lists import book_list

    listing = book_list(
        ctx,
        "cases",
        tr("Service cases"),
        export_columns(),
        lambda part: case_rows(ctx.book, part),
        ids=lambda: ids,
        shown=shown,
        count=len(ids),
        selected=chosen if len(chosen) > 1 else (),
    )
    take_out(ctx, owner, listing)


def list_columns(now: Callable[[], datetime]) -> tuple[Column, ...]:
    """The columns; `now` is asked as rows are drawn, so that the time left is that of the moment."""

    def tag(row: CaseRow) -> tuple[str, Tone]:
        return pressing(row, now())

    return (
        Column("title", mark("Case"), 170, "strong", stretch=True, value=_title, sub=_below),
        Column("customer", mark("Customer"), 110, "avatar", stretch=True,
               value=lambda row: row.customer_name),
        Column("due", mark("Pressing"), 172, "tag", value=tag, text=lambda tag: str(tag[0]),
               tone=lambda tag: tag[1]),
        Column("next", mark("Next step"), 150, sortable=False, value=_next, sub=_progress, stretch=True),
        Column("kind", mark("Kind"), 96, hidden=True, text=lambda code: words.name(words.CASE_KINDS, code)),
        Column("status", mark("Status"), 96, hidden=True, text=status_name),
        Column("reason", mark("Reason"), 116, hidden=True, text=_reason),
        Column("number", mark("Case number"), 116, "muted", hidden=True),
        Column("opened", mark("Opened on"), 92, "muted", high_first=True, hidden=True,
               value=lambda row: row.opened_at, text=_day),
        Column("closed", mark("Ended on"), 92, "muted", high_first=True, hidden=True,
               value=lambda row: row.closed_at, text=lambda at: _day(at) if at else NOTHING),
        Column("place", mark("Where"), 110, hidden=True),
        Column("order_number", mark("Order"), 116, "muted", sortable=False, hidden=True),
        Column("cost", mark("Cost"), 92, "money", high_first=True, hidden=True,
               value=lambda row: row.cost + row.refunded),
        Column("perceived", mark("Rating"), 70, "rating", sortable=False, hidden=True),
        Column("staff", mark("Clerk"), 90, sortable=False, hidden=True),
    )  # fmt: skip


def export_columns() -> tuple[ExportColumn, ...]:
    """The columns of the list as a file has them, by the keys of the screen's."""
    return (
        ExportColumn("title", tr("Case"), value=_title),
        ExportColumn("customer", tr("Customer"), value=lambda row: row.customer_name),
        ExportColumn("due", tr("Due at"), "when", lambda row: row.due_at),
        ExportColumn("next", tr("Next step"), value=lambda row: tr(row.next_step) if row.next_step else ""),
        ExportColumn("kind", tr("Kind"), value=lambda row: words.name(words.CASE_KINDS, row.kind)),
        ExportColumn("status", tr("Status"), value=lambda row: status_name(row.status)),
        ExportColumn("reason", tr("Reason"), value=lambda row: _reason(row.reason) if row.reason else ""),
        ExportColumn("number", tr("Case no."), "id"),
        ExportColumn("opened", tr("Opened at"), "when", lambda row: row.opened_at),
        ExportColumn("closed", tr("Closed at"), "when", lambda row: row.closed_at),
        ExportColumn("place", tr("Where")),
        ExportColumn("order_number", tr("Order no."), "id"),
        ExportColumn("outcome", tr("Outcome"), value=_outcome),
        ExportColumn("cost", tr("Cost"), "money"),
        ExportColumn("refunded", tr("Amount refunded"), "money"),
        ExportColumn("perceived", tr("Rating"), "number"),
        ExportColumn("staff", tr("Clerk")),
    )


def _title(row: Any) -> str:
    return row.title or named(row)


def _below(row: Any) -> str:
    """The quiet line below a title."""
    return named(row)


def _day(at: str) -> str:
    return format_near_day(at, date.today())


def _next(row: Any) -> str:
    if row.open:
        return tr(row.next_step) if row.next_step else tr("Close it")
    return tr("ended on {day}", day=_day(row.closed_at)) if row.closed_at else ""


def _progress(row: Any) -> str:
    return tr("{done} of {steps} steps", done=row.done, steps=row.steps) if row.open else ""


def _reason(code: str) -> str:
    return words.name(words.CASE_REASONS, code)


def _outcome(row: Any) -> str:
    return words.name(words.CASE_OUTCOMES, row.outcome) if row.outcome else ""
