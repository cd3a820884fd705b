"""The columns of the complaints list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from desktop.core import words
from desktop.core.dates import format_short_day, format_when
from desktop.core.translation import mark, tr
from desktop.views.complaints.words import SHORT_SUBJECTS, severity_tone, status_tone, time_tag
from desktop.views.kit.columns import Column


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


def _below(row: Any) -> str:
    """The quiet line below a title: number and subject."""
    return tr("{number} · {subject}", number=row.number, subject=tr(SHORT_SUBJECTS[row.subject]))


def _status(code: str) -> str:
    return words.name(words.COMPLAINT_STATUSES, code)


def _severity(code: str) -> str:
    return words.name(words.SEVERITIES, code)


def _channel(code: str) -> str:
    return words.name(words.CHANNELS, code) or "—"
