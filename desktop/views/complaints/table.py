"""Complaints as a list: its columns, and the table that keeps their layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from desktop.core import words
from desktop.core.dates import format_short_day, format_when
from desktop.core.translation import mark, ntr, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.queries.complaints import complaint_rows
from desktop.views.complaints.words import SHORT_SUBJECTS, severity_tone, status_tone, time_tag
from desktop.views.kit.cards import EmptyState
from desktop.views.kit.columns import Column
from desktop.views.kit.context import Context
from desktop.views.kit.table import IdListModel, TableView
from desktop.views.kit.table_pane import TablePane

LAYOUT_KEY = "ui.columns.complaints"


class ComplaintTable(TablePane):
    """The list; what is chosen, opened and sorted is told by its `table`."""

    def __init__(self, ctx: Context) -> None:
        currency = str(ctx.book.setting("shop.currency"))
        self._rows = IdListModel(
            list_columns(datetime.now, currency),
            lambda ids: {row.id: row for row in complaint_rows(ctx.book, list(ids))},
            currency=currency,
        )
        table = TableView(self._rows, name=tr("Complaints"))
        super().__init__(
            table,
            empty=EmptyState("circle-check", tr("No complaint here"), tr("Choose another filter above.")),
        )
        self._rows.setParent(self)
        kept = ctx.settings.get(LAYOUT_KEY)
        table.restore_layout(kept if isinstance(kept, dict) else None)
        table.layout_changed.connect(lambda state: ctx.settings.set(LAYOUT_KEY, state))

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show these complaints, read anew."""
        self._rows.refresh_rows()
        self.set_ids(ids, ntr("{n} complaint", "{n} complaints", len(ids)))


def list_columns(now: Callable[[], datetime], currency: str) -> tuple[Column, ...]:
    """The columns; `now` is asked as rows are drawn, so that the time left is that of the moment."""

    def pressing(row: Any) -> tuple[str, Any]:
        return time_tag(row, now(), currency)

    return (
        Column("title", mark("Complaint"), 170, "strong", stretch=True, sub=_below),
        Column(
            "customer", mark("Customer"), 116, "avatar", value=lambda row: row.customer_name, stretch=True
        ),
        Column("status", mark("Status"), 132, "tag", text=_status, tone=status_tone),
        Column(
            "due",
            mark("Pressing"),
            150,
            "tag",
            value=pressing,
            text=lambda tag: str(tag[0]),
            tone=lambda tag: tag[1],
        ),
        Column("subject", mark("Subject"), 116, hidden=True, text=lambda code: tr(SHORT_SUBJECTS[code])),
        Column("severity", mark("Severity"), 82, "tag", text=_severity, tone=severity_tone),
        Column(
            "received",
            mark("Received on"),
            96,
            "muted",
            high_first=True,
            hidden=True,
            value=lambda row: row.received_at,
            text=format_short_day,
        ),
        Column("number", mark("Complaint number"), 116, "muted", hidden=True),
        Column("channel", mark("Channel"), 90, sortable=False, hidden=True, text=_channel),
        Column("staff", mark("Clerk"), 90, sortable=False, hidden=True),
        Column(
            "settled",
            mark("Settled"),
            150,
            "muted",
            sortable=False,
            hidden=True,
            value=lambda row: row.settled_at,
            text=lambda at: format_when(at) if at else "—",
        ),
    )


def export_columns() -> tuple[ExportColumn, ...]:
    """The columns of the list as a file has them, by the keys of the screen's."""
    return (
        ExportColumn("title", tr("Complaint")),
        ExportColumn("customer", tr("Customer"), value=lambda row: row.customer_name),
        ExportColumn("status", tr("Status"), value=lambda row: _status(row.status)),
        ExportColumn("due", tr("Due at"), "when", lambda row: row.due_at),
        ExportColumn("subject", tr("Subject"), value=lambda row: words.name(words.SUBJECTS, row.subject)),
        ExportColumn("severity", tr("Severity"), value=lambda row: _severity(row.severity)),
        ExportColumn("received", tr("Received at"), "when", lambda row: row.received_at),
        ExportColumn("number", tr("Complaint no."), "id"),
        ExportColumn("channel", tr("Channel"), value=lambda row: words.name(words.CHANNELS, row.channel)),
        ExportColumn("staff", tr("Clerk")),
        ExportColumn("settled", tr("Settled at"), "when", lambda row: row.settled_at),
    )


def _below(row: Any) -> str:
    """The quiet line below a title: number and subject."""
    return tr("{number} · {subject}", number=row.number, subject=tr(SHORT_SUBJECTS[row.subject]))


def _status(code: str) -> str:
    return words.name(words.COMPLAINT_STATUSES, code)


def _severity(code: str) -> str:
    return words.name(words.SEVERITIES, code)


def _channel(code: str) -> str:
    return words.name(words.CHANNELS, code) or "—"
