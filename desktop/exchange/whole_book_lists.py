"""The lists of the book as people look at them: names instead of numbers, what belongs together joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

from desktop.core import words
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark, tr
from desktop.exchange.writers.columns import ExportColumn, Kind
from desktop.exchange.writers.workbook import write_table
from desktop.models.book import Book
from desktop.models.summaries import state_sql
from desktop.queries import everything


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    sql: str
    kind: Kind = "text"
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _List:
    title: str
    table: str
    columns: tuple[_Column, ...]


def _contact(kind: str) -> str:
    return (
        "(SELECT group_concat(value, ', ') FROM (SELECT value FROM contact_point WHERE customer_id = t.id "
        f"AND kind = '{kind}' ORDER BY main DESC, id))"
    )


def _summary(column: str) -> str:
    return f"(SELECT {column} FROM customer_summary WHERE customer_id = t.id)"


def _name(table: str, key: str, column: str = "name") -> str:
    return f'(SELECT {column} FROM "{table}" WHERE id = t."{key}")'


_CUSTOMER = _Column(mark("Customer"), _name("customer", "customer_id"))
_PHONE = _Column(
    mark("Phone"),
    "(SELECT value FROM contact_point WHERE customer_id = t.customer_id AND kind = 'phone' "
    "ORDER BY main DESC, id LIMIT 1)",
    "id",
)
_ORDER = _Column(mark("Order no."), _name("orders", "order_id", "number"), "id")
_STAFF = _Column(mark("Clerk"), _name("staff", "staff_id"))
_CHANNEL = _Column(mark("Channel"), "t.channel", words=words.CHANNELS)

LISTS: Mapping[str, _List] = {
    "customers": _List(mark("Customers"), "customer", (
        _Column(mark("Name"), "t.name"),
        _Column(mark("Kind"), "t.kind", words=words.CUSTOMER_KINDS),
        _Column(mark("State"), _summary(state_sql("{today}")),
                words=words.STATES),
        _Column(mark("Phone"), _contact("phone"), "id"),
        _Column(mark("WeChat"), _contact("wechat"), "id"),
        _Column(mark("E-mail"), _contact("email"), "id"),
        _Column(mark("Account"), _contact("account"), "id"),
        _Column(mark("Address"), _contact("address")),
        _Column(mark("Region"), "t.region"),
        _Column(mark("Tags"), "(SELECT group_concat(name, ', ') FROM (SELECT tag.name FROM customer_tag AS c "
                              "JOIN tag ON tag.id = c.tag_id WHERE c.customer_id = t.id ORDER BY tag.name))"),
        _Column(mark("Orders"), _summary("orders"), "number"),
        _Column(mark("Spent"), _summary("spend"), "money"),
        _Column(mark("First order"), _summary("first_day"), "date"),
        _Column(mark("Last order"), _summary("last_day"), "date"),
        _Column(mark("Days between orders"), f"round({_summary('rhythm')}, 1)", "number"),
        _Column(mark("Rating"), _summary("rating"), "rating"),
        _Column(mark("Open complaints"), _summary("open_complaints"), "number"),
        _Column(mark("Complaints"), _summary("complaints"), "number"),
        _Column(mark("Gender"), "t.gender", words=words.GENDERS),
        _Column(mark("Birthday"), "t.birthday"),
        _Column(mark("Relation"), "t.relation", words=words.RELATIONS),
        _Column(mark("Source"), "t.source"),
        _Column(mark("Referred by"), _name("customer", "referred_by")),
        _Column(mark("Likes"), "t.likes"),
        _Column(mark("Dislikes and allergies"), "t.dislikes"),
        _Column(mark("Expectations"), "t.expectations"),
        _Column(mark("Family"), "t.family"),
        _Column(mark("Notes"), "t.notes"),
        _Column(mark("Added on"), "t.created_at", "when"),
    )),
    "orders": _List(mark("Orders"), "orders", (
        _Column(mark("Order no."), "t.number", "id"), _Column(mark("Placed at"), "t.placed_at", "when"),
        _CHANNEL, _Column(mark("Status"), "t.status", words=words.ORDER_STATUSES), _CUSTOMER, _PHONE,
        _Column(mark("Products"), "(SELECT group_concat(x, '; ') FROM (SELECT "
                "coalesce(nullif(l.title, ''), p.name) || "
                "CASE WHEN l.quantity = 1 THEN '' ELSE ' × ' || printf('%g', l.quantity) END AS x "
                "FROM order_line AS l LEFT JOIN product AS p ON p.id = l.product_id "
                "WHERE l.order_id = t.id ORDER BY l.position, l.id))"),
        _Column(mark("Total"), "t.total", "money"), _Column(mark("Amount paid"), "t.paid", "money"),
        _Column(mark("Amount refunded"), "t.refunded", "money"),
        _Column(mark("Net amount"), "t.net", "money"),
        _Column(mark("Paid at"), "t.paid_at", "when"), _Column(mark("Ended at"), "t.ended_at", "when"),
        _Column(mark("Shipped to"), "t.ship_to"), _STAFF, _Column(mark("Note"), "t.note"),
    )),
    "products": _List(mark("Products"), "product", (
        _Column(mark("Code"), "t.code", "id"), _Column(mark("Name"), "t.name"),
        _Column(mark("Category"), "t.category"), _Column(mark("Unit"), "t.unit"),
        _Column(mark("Price"), "t.price", "price"),
        _Column(mark("Sold"), "(SELECT sum(l.quantity) FROM order_line AS l "
                "JOIN orders AS o ON o.id = l.order_id WHERE l.product_id = t.id AND o.purchase = 1)",
                "number"),
        _Column(mark("Complaints"), "(SELECT count(*) FROM complaint WHERE product_id = t.id)", "number"),
    )),
    "interactions": _List(mark("Service records"), "interaction", (
        _Column(mark("Happened at"), "t.happened_at", "when"),
        _Column(mark("Stage"), "t.stage", words=words.STAGES), _CHANNEL, _CUSTOMER, _PHONE,
        _Column(mark("Title"), "t.title"), _Column(mark("What happened"), "t.text"),
        _Column(mark("Minutes"), "t.minutes", "number"), _ORDER, _STAFF,
    )),
    "complaints": _List(mark("Complaints"), "complaint", (
        _Column(mark("Complaint no."), "t.number", "id"),
        _Column(mark("Received at"), "t.received_at", "when"),
        _Column(mark("Status"), "t.status", words=words.COMPLAINT_STATUSES),
        _Column(mark("Severity"), "t.severity", words=words.SEVERITIES), _CUSTOMER, _PHONE, _ORDER,
        _Column(mark("Product"), _name("product", "product_id")), _CHANNEL,
        _Column(mark("Title"), "t.title"), _Column(mark("What happened"), "t.text"),
        _Column(mark("What the customer wants"), "t.wants"),
        _Column(mark("Nature"), "t.nature", words=words.NATURES),
        _Column(mark("Subject"), "t.subject", words=words.SUBJECTS), _Column(mark("Detail"), "t.detail"),
        _Column(mark("Mood"), "t.mood", words=words.MOODS),
        _Column(mark("Reply due at"), "t.reply_due_at", "when"),
        _Column(mark("Replied at"), "t.replied_at", "when"),
        _Column(mark("Settlement due at"), "t.settle_due_at", "when"),
        _Column(mark("Settled at"), "t.settled_at", "when"),
        _Column(mark("Closed at"), "t.closed_at", "when"),
        _Column(mark("Times reopened"), "t.reopened", "number"),
        _Column(mark("Cost of remedies"), "(SELECT sum(cost) FROM remedy WHERE complaint_id = t.id)",
                "money"),
        _Column(mark("Promises broken"), "(SELECT count(*) FROM promise WHERE complaint_id = t.id "
                "AND outcome = 'broken')", "number"),
        _Column(mark("Rejected because"), "t.rejected_because"), _STAFF,
    )),
    "ratings": _List(mark("Ratings"), "rating", (
        _Column(mark("Rated at"), "t.rated_at", "when"), _CUSTOMER, _PHONE, _ORDER,
        _Column(mark("Complaint no."), _name("complaint", "complaint_id", "number"), "id"), _CHANNEL,
        _Column(mark("Expected (1–5)"), "t.expected", "number"),
        _Column(mark("Perceived (1–5)"), "t.perceived", "number"),
        _Column(mark("Effort (1–7)"), "t.effort", "number"),
        _Column(mark("Would recommend (0–10)"), "t.recommend", "number"),
        _Column(mark("Reasons"), "t.reasons"), _Column(mark("Text"), "t.text"),
        _Column(mark("Asked at"), "t.asked_at", "when"), _Column(mark("Ended at"), "t.ended_at", "when"),
        _STAFF,
    )),
    "tasks": _List(mark("Tasks"), "task", (
        _Column(mark("Title"), "t.title"), _Column(mark("Due on"), "t.due_day", "date"),
        _Column(mark("Done at"), "t.done_at", "when"), _CUSTOMER, _PHONE,
        _Column(mark("Complaint no."), _name("complaint", "complaint_id", "number"), "id"),
        _Column(mark("Note"), "t.note"), _STAFF, _Column(mark("Added on"), "t.created_at", "when"),
    )),
}  # fmt: skip


def write_list(book: Book, path: str | Path, what: str, *, today: date, progress: Progress = SILENT) -> int:
    """Writes one list (a word of LISTS) as on a day; returns its count of rows. Raises as write_table."""
    chosen = LISTS[what]
    columns = [
        ExportColumn(str(at), tr(column.title), column.kind, _getter(at, column.words))
        for at, column in enumerate(chosen.columns, 1)
    ]
    sql = [column.sql.replace("{today}", str(today.toordinal())) for column in chosen.columns]
    return write_table(
        path,
        tr(chosen.title),
        columns,
        everything.records(book, chosen.table, sql),
        currency=str(book.setting("shop.currency")),
        total=everything.count(book, chosen.table),
        progress=progress,
    )


def _getter(at: int, names: Mapping[str, str] | None) -> Any:
    if names is None:
        return itemgetter(at)
    shown = {code: tr(word) if word else "" for code, word in names.items()}
    return lambda row: shown.get(row[at], row[at])
