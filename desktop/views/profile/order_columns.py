"""The columns of a customer's orders, as shown and as written to a file."""

from __future__ import annotations

from desktop.core import words
from desktop.core.dates import format_day
from desktop.core.translation import mark, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.views.kit.table import Column
from desktop.views.kit.theme import Tone

_TONES: dict[str, Tone] = {
    "unpaid": "amber",
    "paid": "blue",
    "shipped": "blue",
    "completed": "accent",
    "cancelled": "grey",
    "returned": "red",
}

COLUMNS = (
    Column("number", mark("Order"), 128, "strong", sortable=False),
    Column("placed_at", mark("Day"), 146, "muted", sortable=False, text=format_day),
    Column("items", mark("What was bought"), 120, sortable=False, stretch=True),
    Column(
        "channel",
        mark("Channel"),
        86,
        "muted",
        sortable=False,
        text=lambda code: words.name(words.CHANNELS, code) or "—",
    ),
    Column(
        "status",
        mark("Status"),
        100,
        "tag",
        sortable=False,
        text=lambda code: words.name(words.ORDER_STATUSES, code),
        tone=lambda code: _TONES[code],
    ),
    Column("net", mark("Amount"), 104, "money", sortable=False),
)


def export_columns() -> tuple[ExportColumn, ...]:
    """The columns of the table as a file has them, by its keys."""
    return (
        ExportColumn("number", tr("Order no."), "id"),
        ExportColumn("placed_at", tr("Placed at"), "when"),
        ExportColumn("items", tr("What was bought")),
        ExportColumn("channel", tr("Channel"), value=lambda row: words.name(words.CHANNELS, row.channel)),
        ExportColumn("status", tr("Status"), value=lambda row: words.name(words.ORDER_STATUSES, row.status)),
        ExportColumn("net", tr("Net amount"), "money"),
    )
