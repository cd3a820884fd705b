"""Tasks as a list: its columns on screen and in a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from desktop.core.dates import format_when
from desktop.core.translation import mark, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.queries.tasks import TaskRow
from desktop.views.kit.columns import Column
from desktop.views.tasks.words import about_text, due_text, due_tone, repeat_text


def columns(now: Callable[[], datetime]) -> tuple[Column, ...]:
    """The list's columns; `now` is asked as rows are drawn."""

    def due(row: Any) -> tuple[str, Any]:
        return due_text(row.due, row.minute, now()) or tr("no day set"), due_tone(row, now().date())

    return (
        Column("title", mark("What is to do"), 240, "strong", sortable=False, stretch=True, sub=_below),
        Column(
            "due", mark("Due"), 176, "tag", sortable=False, value=due, text=lambda d: str(d[0]),
            tone=lambda d: d[1],
        ),
        Column(
            "customer", mark("Customer"), 150, "avatar", sortable=False, stretch=True,
            value=lambda row: row.customer_name,
        ),
        Column(
            "repeat", mark("Comes back"), 116, "muted", sortable=False,
            value=lambda row: repeat_text(row.repeat, row.every),
        ),
        Column("staff", mark("Clerk"), 90, "muted", sortable=False),
        Column(
            "remind_at", mark("Reminder"), 150, "muted", sortable=False, hidden=True,
            text=lambda at: format_when(at) if at else "—",
        ),
        Column(
            "done_at", mark("Done"), 150, "muted", sortable=False, hidden=True,
            text=lambda at: format_when(at) if at else "—",
        ),
        Column(
            "created_at", mark("Added on"), 150, "muted", sortable=False, hidden=True, text=format_when
        ),
    )  # fmt: skip


def export_columns() -> tuple[ExportColumn, ...]:
    """The columns as a file has them, by the keys of the screen's."""
    return (
        ExportColumn("title", tr("What is to do")),
        ExportColumn("due", tr("Due"), "date"),
        ExportColumn("customer", tr("Customer"), value=lambda row: row.customer_name),
        ExportColumn("repeat", tr("Comes back"), value=lambda row: repeat_text(row.repeat, row.every)),
        ExportColumn("staff", tr("Clerk")),
        ExportColumn("remind_at", tr("Reminder"), "when"),
        ExportColumn("done_at", tr("Done"), "when"),
        ExportColumn("created_at", tr("Added on"), "when"),
        ExportColumn("note", tr("Note")),
    )


def _below(row: TaskRow) -> str:
    """The quiet line below a task: what else it is about, and its note."""
    about = about_text(row).removeprefix(row.customer_name).removeprefix(" · ")
    return " · ".join(part for part in (about, " ".join(row.note.split())) if part)
