"""What is worth doing today as a list that can be taken out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.core.translation import mark, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.queries.todos import Todo
from desktop.views.exchange.listing import Columns, Listing
from desktop.views.today import rows

_KINDS = {
    "complaint": mark("Complaint"),
    "promise": mark("Promise"),
    "case": mark("Service case"),
    "request": mark("Privacy request"),
    "drifting": mark("Drifting"),
    "task": mark("Task"),
    "asking": mark("Asking for a rating"),
}


def todo_listing(todos: Sequence[Todo], now: datetime, currency: str) -> Listing:
    """The rows of the screen, in their order."""
    columns = [
        ExportColumn("kind", tr("Kind"), value=lambda todo: tr(_KINDS[todo.kind])),
        ExportColumn("title", tr("Title"), value=lambda todo: rows.say(todo, now, currency).title),
        ExportColumn("customer_name", tr("Customer")),
        ExportColumn("text", tr("Text"), value=lambda todo: rows.say(todo, now, currency).text),
        ExportColumn("due_at", tr("Due at"), "when"),
    ]
    return Listing(
        "today", tr("Worth doing today"), Columns(columns, lambda _: iter(todos)), count=len(todos)
    )
