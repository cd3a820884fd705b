"""The columns of the customer list, on screen and in a workbook."""

from __future__ import annotations

from datetime import date

from desktop.core import words
from desktop.core.money import format_money
from desktop.core.text import format_phone
from desktop.core.translation import mark, tr
from desktop.exchange.writers.columns import ExportColumn
from desktop.views.customers.words import days, display_name, since, state_name, state_tone
from desktop.views.kit.table import Column


def columns(currency: str) -> tuple[Column, ...]:
    """The list's columns; the key of a sortable one is an order of queries.customers.ORDERS."""
    return (
        Column(
            "name",
            mark("Customer"),
            154,
            "avatar",
            stretch=True,
            value=lambda row: row.name,
            text=lambda name: display_name(name),
        ),
        Column("phone", mark("Phone"), 148, "muted", sortable=False, text=lambda n: format_phone(n) or "—"),
        Column("state", mark("State"), 100, "tag", text=state_name, tone=state_tone),
        Column(
            "last",
            mark("Last order"),
            96,
            high_first=True,
            value=lambda row: row.last_day,
            text=lambda day: since(day, date.today()) or "—",
        ),
        Column("rhythm", mark("Rhythm"), 84, "muted", text=lambda gap: days(gap) or "—"),
        Column("orders", mark("Orders"), 68, "number", high_first=True),
        Column(
            "spend",
            mark("Spent"),
            90,
            "money",
            high_first=True,
            text=lambda minor: format_money(minor, currency, decimals=0),
        ),
        Column("rating", mark("Satisfaction"), 96, "rating", high_first=True),
        Column("region", mark("Region"), 110, "muted", sortable=False, hidden=True),
        Column(
            "tags", mark("Tags"), 150, "muted", sortable=False, hidden=True, text=lambda tags: ", ".join(tags)
        ),
        Column("complaints", mark("Complaints"), 96, "number", high_first=True, hidden=True),
        Column(
            "first",
            mark("First order"),
            106,
            "muted",
            high_first=True,
            hidden=True,
            value=lambda row: row.first_day,
            text=lambda day: since(day, date.today()) or "—",
        ),
    )


def export_columns() -> tuple[ExportColumn, ...]:
    """The columns of the list as a file has them, by the keys of the screen's: the figures as figures."""
    return (
        ExportColumn("name", tr("Customer")),
        ExportColumn("phone", tr("Phone"), "id"),
        ExportColumn("kind", tr("Kind"), value=lambda row: words.name(words.CUSTOMER_KINDS, row.kind)),
        ExportColumn("relation", tr("Relation"), value=lambda row: words.name(words.RELATIONS, row.relation)),
        ExportColumn("state", tr("State"), value=lambda row: state_name(row.state)),
        ExportColumn("region", tr("Region")),
        ExportColumn("tags", tr("Tags"), value=lambda row: ", ".join(row.tags)),
        ExportColumn("first", tr("First order"), "date", lambda row: row.first_day),
        ExportColumn("last", tr("Last order"), "date", lambda row: row.last_day),
        ExportColumn("rhythm", tr("Rhythm in days"), "number", value=_whole_rhythm),
        ExportColumn("orders", tr("Orders"), "number"),
        ExportColumn("spend", tr("Spent"), "money"),
        ExportColumn("rating", tr("Satisfaction"), "rating"),
        ExportColumn("complaints", tr("Complaints"), "number"),
    )


def _whole_rhythm(row: object) -> int | None:
    rhythm: float | None = getattr(row, "rhythm", None)
    return None if rhythm is None else round(rhythm)
