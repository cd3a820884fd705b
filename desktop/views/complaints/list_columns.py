"""The columns of the list of complaints, on the screen and in a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from desktop.core import words
from desktop.core.complaint_subjects import shown
from desktop.core.dates import format_near_day, format_when
from desktop.core.translation import mark, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.queries.complaints import ComplaintRow
from desktop.views.complaints.words import SHORT_SUBJECTS, severity_tone, status_tone, time_tag
from desktop.views.kit.columns import NOTHING, Column

WHAT, HOW, WHEN, END = mark("What it is about"), mark("How it stands"), mark("When"), mark("How it ended")
GROUPS = (WHAT, HOW, WHEN, END)
"""The subjects in the order in which a chooser has them."""


def list_columns(now: Callable[[], datetime], currency: str) -> tuple[Column, ...]:
    """The columns; `now` is asked as rows are drawn, so that the time left is that of the moment."""
    return (*_seen(now, currency), *_about(), *_times(), *_ends())


def _seen(now: Callable[[], datetime], currency: str) -> tuple[Column, ...]:
    """What stands there at first."""

    def pressing(row: ComplaintRow) -> tuple[str, Any]:
        return time_tag(row, now(), currency)

    return (
        Column("title", mark("Complaint"), 170, "strong", stretch=True, sub=_below, group=WHAT),
        Column("customer", mark("Customer"), 116, "avatar",
               value=lambda row: row.customer_name or tr("No name"), stretch=True, group=WHAT),
        Column("status", mark("Status"), 126, "tag", text=_status, tone=status_tone, group=HOW),
        Column("due", mark("Pressing"), 150, "tag", value=pressing, text=lambda tag: str(tag[0]),
               tone=lambda tag: tag[1], group=HOW),
        Column("severity", mark("Severity"), 82, "tag", text=_severity, tone=severity_tone, group=HOW),
    )  # fmt: skip


def _about() -> tuple[Column, ...]:
    return (
        Column("number", mark("Complaint number"), 126, "muted", hidden=True, group=WHAT),
        Column("subject", mark("Subject"), 116, hidden=True, text=_short_subject, group=WHAT),
        Column("detail", mark("Detail"), 110, hidden=True, group=WHAT),
        Column("product", mark("Product"), 140, hidden=True, group=WHAT),
        Column("channel", mark("Channel"), 90, hidden=True, text=_channel, group=WHAT),
        Column("dispute", mark("Dispute number"), 126, "muted", hidden=True, group=WHAT),
        Column("staff", mark("Clerk"), 90, hidden=True, group=HOW),
        Column("reopened", mark("Reopened"), 92, "number", high_first=True, hidden=True,
               value=lambda row: row.reopened or None, group=HOW),
    )  # fmt: skip


def _times() -> tuple[Column, ...]:
    return (
        Column("received", mark("Received on"), 104, "muted", high_first=True, hidden=True,
               value=lambda row: row.received_at, text=_day, group=WHEN),
        Column("promise", mark("Promise due"), 130, hidden=True, value=lambda row: row.promise_due_at,
               text=_moment, group=WHEN),
        Column("settled", mark("Settled"), 150, "muted", high_first=True, hidden=True,
               value=lambda row: row.settled_at, text=_moment, group=WHEN),
    )  # fmt: skip


def _ends() -> tuple[Column, ...]:
    return (
        Column("cause", mark("Cause found"), 140, hidden=True, group=END),
        Column("settlement", mark("Settlement"), 140, hidden=True, group=END),
        Column("cost", mark("Cost of remedies"), 116, "money", high_first=True, hidden=True,
               value=lambda row: row.cost or None, group=END),
        Column("rating", mark("Rating"), 82, "rating", high_first=True, hidden=True,
               value=lambda row: row.perceived, group=END),
    )  # fmt: skip


def export_columns() -> tuple[ExportColumn, ...]:
    """The columns of the list as a file has them, by the keys of the screen's."""
    return (
        ExportColumn("title", tr("Complaint")),
        ExportColumn("customer", tr("Customer"), value=lambda row: row.customer_name),
        ExportColumn("status", tr("Status"), value=lambda row: _status(row.status)),
        ExportColumn("due", tr("Next deadline"), "when", lambda row: row.due_at),
        ExportColumn("severity", tr("Severity"), value=lambda row: _severity(row.severity)),
        ExportColumn("number", tr("Complaint no."), "id"),
        ExportColumn("subject", tr("Subject"), value=lambda row: words.name(words.SUBJECTS, row.subject)),
        ExportColumn("detail", tr("Detail"), value=lambda row: shown(row.subject, row.detail)),
        ExportColumn("product", tr("Product")),
        ExportColumn("channel", tr("Channel"), value=lambda row: words.name(words.CHANNELS, row.channel)),
        ExportColumn("dispute", tr("Dispute number"), "id"),
        ExportColumn("staff", tr("Clerk")),
        ExportColumn("reopened", tr("Reopened"), "number"),
        ExportColumn("received", tr("Received at"), "when", lambda row: row.received_at),
        ExportColumn("promise", tr("Promise due"), "when", lambda row: row.promise_due_at),
        ExportColumn("settled", tr("Settled at"), "when", lambda row: row.settled_at),
        ExportColumn("cause", tr("Cause found")),
        ExportColumn("settlement", tr("Settlement")),
        ExportColumn("cost", tr("Cost of remedies"), "money"),
        ExportColumn("rating", tr("Rating"), "number", lambda row: row.perceived),
    )


def _below(row: Any) -> str:
    """The quiet line below a title: number and subject."""
    return tr("{number} · {subject}", number=row.number, subject=_short_subject(row.subject))


def _short_subject(code: str) -> str:
    return tr(SHORT_SUBJECTS[code])


def _status(code: str) -> str:
    return words.name(words.COMPLAINT_STATUSES, code)


def _severity(code: str) -> str:
    return words.name(words.SEVERITIES, code)


def _channel(code: str) -> str:
    return words.name(words.CHANNELS, code) or NOTHING


def _day(at: str) -> str:
    return format_near_day(at, date.today())


def _moment(at: str | None) -> str:
    return format_when(at) if at else NOTHING
