"""The lists of the book as people look at them: names instead of numbers, what belongs together joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

from desktop.core import words
from desktop.core.complaint_subjects import BUILT_IN
from desktop.core.money import CURRENCIES
from desktop.core.progress import SILENT, Progress
from desktop.core.rating_reasons import reasons_said
from desktop.core.translation import mark, tr
from desktop.exchange.values.code_words import PROMISE_OUTCOMES
from desktop.exchange.whole_book.subjects import FLAGS, REPEATS
from desktop.exchange.writers.calendars import write_birthdays, write_tasks
from desktop.exchange.writers.columns import ExportColumn, Kind
from desktop.exchange.writers.contacts import write_contacts
from desktop.exchange.writers.table_file import write_table_file
from desktop.models.book import Book
from desktop.models.summaries import state_sql
from desktop.queries import everything
from desktop.queries.customers import custom_fields


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    sql: str
    kind: Kind = "text"
    words: Mapping[str, str] | None = None
    lines: str = ""
    """What each line of its text is: "money", as a bare number; "reasons", in the user's language."""


@dataclass(frozen=True, slots=True)
class _List:
    title: str
    table: str
    columns: tuple[_Column, ...]
    where: str = "true"
    """SQL over the alias t: the records of the table that belong to it."""


def _contact(kind: str) -> str:
    return (
        "(SELECT group_concat(value, ', ') FROM (SELECT value FROM contact_point WHERE customer_id = t.id "
        f"AND kind = '{kind}' ORDER BY main DESC, id))"
    )


def _summary(column: str) -> str:
    return f"(SELECT {column} FROM customer_summary WHERE customer_id = t.id)"


def _name(table: str, key: str, column: str = "name") -> str:
    return f'(SELECT {column} FROM "{table}" WHERE id = t."{key}")'


def _each(table: str, column: str, *, blank: str = "-") -> str:
    """A column of all promises or remedies of a complaint, one below the other: so they are imported."""
    order = {"promise": "due_at, id", "remedy": "given_at, id"}[table]
    one = f"replace(trim({column}), char(10), ' ')"
    return (
        f"(SELECT group_concat(iif({one} IS NULL OR {one} = '', '{blank}', {one}), char(10)) FROM "
        f"(SELECT {column} FROM {table} WHERE complaint_id = t.id ORDER BY {order}))"
    )


DETAILS: Mapping[str, str] = {one.title: one.title for details in BUILT_IN.values() for one in details}
"""What the program brings below the subjects of complaints: kept in English, shown in the user's language."""
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
        _Column(mark("Birthday calendar"), "CASE WHEN t.birthday <> '' THEN t.birthday_calendar END",
                words=words.BIRTHDAY_CALENDARS),
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
        # Several in a cell: a title by which the importer takes them for one product would be a trap.
        _Column(mark("What was bought"), "(SELECT group_concat(x, '; ') FROM (SELECT "
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
    "cases": _List(mark("Service cases"), "service_case", (
        _Column(mark("Case no."), "t.number", "id"),
        _Column(mark("Kind"), "t.kind", words=words.CASE_KINDS),
        _Column(mark("Status"), "t.status", words=words.CASE_STATUSES),
        _Column(mark("Opened at"), "t.opened_at", "when"), _CUSTOMER, _PHONE, _ORDER,
        _Column(mark("Title"), "t.title"),
        _Column(mark("What it is about"), "(SELECT group_concat(x, '; ') FROM (SELECT title || "
                "CASE WHEN quantity = 1 THEN '' ELSE ' × ' || printf('%g', quantity) END AS x "
                "FROM case_item WHERE case_id = t.id ORDER BY id))"),
        _Column(mark("Reason"), "t.reason", words=words.CASE_REASONS), _Column(mark("Text"), "t.text"),
        _Column(mark("Where"), "t.place"), _Column(mark("Due at"), "t.due_at", "when"),
        _Column(mark("Answered at"), "t.answered_at", "when"),
        _Column(mark("Minutes waited"), "t.waited_minutes", "number"),
        _Column(mark("Closed at"), "t.closed_at", "when"),
        _Column(mark("Outcome"), "CASE WHEN t.closed_at IS NOT NULL THEN t.outcome END",
                words=words.CASE_OUTCOMES),
        _Column(mark("Cost"), "t.cost", "money"), _Column(mark("Amount refunded"), "t.refunded", "money"),
        _STAFF,
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
        _Column(mark("Subject"), "t.subject", words=words.SUBJECTS),
        _Column(mark("Detail"), "t.detail", words=DETAILS),
        _Column(mark("Mood"), "t.mood", words=words.MOODS),
        _Column(mark("Reply due at"), "t.reply_due_at", "when"),
        _Column(mark("Replied at"), "t.replied_at", "when"),
        _Column(mark("Settlement due at"), "t.settle_due_at", "when"),
        _Column(mark("Settled at"), "t.settled_at", "when"),
        _Column(mark("Closed at"), "t.closed_at", "when"),
        _Column(mark("Waiting since"), "t.waiting_since", "when"),
        _Column(mark("Times reopened"), "t.reopened", "number"),
        _Column(mark("Cause"), "t.cause"), _Column(mark("Prevention"), "t.prevention"),
        _Column(mark("Settlement"), "t.settlement"), _Column(mark("Dispute no."), "t.dispute", "id"),
        _Column(mark("Remedy"), _each("remedy", "kind"), words=words.REMEDIES),
        _Column(mark("Remedy cost"), _each("remedy", "cost"), lines="money"),
        _Column(mark("About the remedy"), _each("remedy", "text")),
        _Column(mark("Remedy given at"), _each("remedy", "given_at")),
        _Column(mark("What became of the remedy"), _each("remedy", "state"), words=words.REMEDY_STATES),
        _Column(mark("Promise"), _each("promise", "text")),
        _Column(mark("Promised at"), _each("promise", "made_at")),
        _Column(mark("Promise due at"), _each("promise", "due_at")),
        _Column(mark("Whether it was kept"), _each("promise", "outcome", blank="open"),
                words={"open": PROMISE_OUTCOMES[""], **PROMISE_OUTCOMES}),
        _Column(mark("Promise kept or broken at"), _each("promise", "ended_at")),
        # Ratings have a list of their own, which brings them in whole.
        _Column(mark("Felt about it afterwards (1–5)"),
                "(SELECT perceived FROM rating WHERE complaint_id = t.id AND answered = 1 "
                "ORDER BY rated_at DESC, id DESC LIMIT 1)", "number"),
        _Column(mark("Cost of remedies"), "(SELECT sum(cost) FROM remedy WHERE complaint_id = t.id "
                "AND state = 'given')", "money"),
        _Column(mark("Promises broken"), "(SELECT count(*) FROM promise WHERE complaint_id = t.id "
                "AND outcome = 'broken')", "number"),
        _Column(mark("Rejected because"), "t.rejected_because"),
        _Column(mark("Alternatives"), "t.alternatives"), _STAFF,
    )),
    "ratings": _List(mark("Ratings"), "rating", (
        _Column(mark("Rated at"), "t.rated_at", "when"), _CUSTOMER, _PHONE, _ORDER,
        _Column(mark("Complaint no."), _name("complaint", "complaint_id", "number"), "id"), _CHANNEL,
        _Column(mark("Expected (1–5)"), "t.expected", "number"),
        _Column(mark("Perceived (1–5)"), "t.perceived", "number"),
        _Column(mark("Effort (1–7)"), "t.effort", "number"),
        _Column(mark("Would recommend (0–10)"), "t.recommend", "number"),
        _Column(mark("Reasons"), "t.reasons", lines="reasons"),
        _Column(mark("Text"), "t.text"),
        _Column(mark("Code of the card"), "t.code", "id"),
        _Column(mark("Asked at"), "t.asked_at", "when"), _Column(mark("Ended at"), "t.ended_at", "when"),
        _STAFF,
    )),
    "tasks": _List(mark("Tasks"), "task", (
        _Column(mark("Title"), "t.title"), _Column(mark("Due on"), "t.due_day", "date"),
        _Column(mark("Done at"), "t.done_at", "when"), _CUSTOMER, _PHONE,
        _Column(mark("Complaint no."), _name("complaint", "complaint_id", "number"), "id"),
        _Column(mark("Repeats"), "t.repeat", words=REPEATS),
        _Column(mark("Note"), "t.note"), _STAFF, _Column(mark("Added on"), "t.created_at", "when"),
    )),
    "leads": _List(mark("Leads"), "lead", (
        _Column(mark("Lead no."), "t.number", "id"), _Column(mark("Found at"), "t.found_at", "when"),
        _CUSTOMER, _PHONE, _Column(mark("How found"), "t.method"),
        _Column(mark("Status"), "t.status", words=words.LEAD_STATUSES),
        _Column(mark("Score (0–100)"), "t.score", "number"),
        _Column(mark("Interested in"), "t.wants"), _Column(mark("Cost"), "t.cost", "money"),
        _Column(mark("Became a customer at"), "t.converted_at", "when"), _Column(mark("Note"), "t.note"),
        _STAFF,
    )),
    "points": _List(mark("Points"), "points_entry", (
        _Column(mark("Booked at"), "t.at", "when"), _CUSTOMER, _PHONE,
        _Column(mark("Points"), "t.points", "number"),
        _Column(mark("Reason"), "t.reason", words=words.POINTS_REASONS),
        _Column(mark("Text"), "t.text"), _ORDER, _STAFF,
    )),
    "shipments": _List(mark("Shipments"), "shipment", (
        _Column(mark("Tracking no."), "t.number", "id"), _Column(mark("Carrier"), "t.carrier"), _ORDER,
        _CUSTOMER, _PHONE,
        _Column(mark("Direction"), "t.direction", words=words.SHIPMENT_DIRECTIONS),
        _Column(mark("Status"), "t.status", words=words.SHIPMENT_STATUSES),
        _Column(mark("Shipped at"), "t.shipped_at", "when"),
        _Column(mark("Arrived at"), "t.arrived_at", "when"), _Column(mark("Cost"), "t.cost", "money"),
        _Column(mark("Shipped to"), "t.ship_to"), _Column(mark("Note"), "t.note"), _STAFF,
    )),
    "visits": _List(mark("Visits"), "visit", (
        _Column(mark("Visited at"), "t.at", "when"), _CHANNEL, _CUSTOMER, _PHONE,
        _Column(mark("Page"), "t.path"), _Column(mark("Came from"), "t.came_from"),
        _Column(mark("Seconds on the page"), "t.seconds", "number"),
        _Column(mark("Left at once"), "t.bounced", words=FLAGS),
    )),
    "birthdays": _List(mark("Birthdays"), "customer", (
        _Column(mark("Name"), "t.name"), _Column(mark("Birthday"), "t.birthday"),
        _Column(mark("Birthday calendar"), "t.birthday_calendar", words=words.BIRTHDAY_CALENDARS),
        _Column(mark("Phone"), _contact("phone"), "id"),
    ), "t.birthday <> ''"),
}  # fmt: skip


OWN_FORMATS: Mapping[str, str] = {"customers": ".vcf", "tasks": ".ics", "birthdays": ".ics"}
"""The lists that address books and calendars take, too."""


def list_columns(book: Book, what: str) -> list[ExportColumn]:
    """The columns of a list (a word of LISTS) for the rows of `list_rows`, in the user's language."""
    currency = str(book.setting("shop.currency"))
    return [
        ExportColumn(str(at), column.title, column.kind, _getter(at, column, currency))
        for at, column in enumerate(_columns(book, what), 1)
    ]


def list_rows(
    book: Book, what: str, *, today: date, ids: Sequence[int] | None = None
) -> Iterator[tuple[Any, ...]]:
    """The rows of a list as on a day: all of them, or those of some records in their order."""
    chosen = LISTS[what]
    sql = [column.sql.replace("{today}", str(today.toordinal())) for column in _columns(book, what)]
    if ids is None:
        return everything.records(book, chosen.table, sql, chosen.where)
    return everything.records_of(book, chosen.table, sql, ids)


def count_list(book: Book, what: str) -> int:
    """How many rows a list has."""
    return everything.count(book, LISTS[what].table, LISTS[what].where)


def write_list(book: Book, path: str | Path, what: str, *, today: date, progress: Progress = SILENT) -> int:
    """Writes one list (a word of LISTS) as on a day; returns its count of rows. Raises as write_table.

    The name of the file says its kind: .xlsx or .csv, and what OWN_FORMATS has for the list.
    """
    suffix = Path(path).suffix.lower()
    if suffix == OWN_FORMATS.get(what):
        return _write_own(book, path, what, today=today, progress=progress)
    return write_table_file(
        path,
        tr(LISTS[what].title),
        list_columns(book, what),
        list_rows(book, what, today=today),
        currency=str(book.setting("shop.currency")),
        total=count_list(book, what),
        progress=progress,
    )


def _write_own(book: Book, path: str | Path, what: str, *, today: date, progress: Progress) -> int:
    if what == "customers":
        return write_contacts(book, path, progress=progress)
    if what == "tasks":
        return write_tasks(book, path, progress=progress)
    return write_birthdays(book, path, today=today, progress=progress)


def _columns(book: Book, what: str) -> list[_Column]:
    """A list's columns with their titles translated; the shop's own fields stand after its customers'."""
    found = [replace(column, title=tr(column.title)) for column in LISTS[what].columns]
    if what == "customers":
        found += [_Column(own.name, _own_field(own.name)) for own in custom_fields(book)]
    return found


def _own_field(name: str) -> str:
    quoted = name.replace("'", "''")
    return f"(SELECT value FROM json_each(t.custom) WHERE key = '{quoted}')"


def _getter(at: int, column: _Column, currency: str) -> Any:
    if column.lines == "money":
        places = CURRENCIES[currency].decimals if currency in CURRENCIES else 2
        return lambda row: (
            row[at]
            and "\n".join(f"{int(cost) / 10**places:.{places}f}" for cost in str(row[at]).splitlines())
        )
    if column.lines == "reasons":
        return lambda row: row[at] and reasons_said(row[at])
    if column.words is None:
        return itemgetter(at)
    shown = {code: tr(word) if word else "" for code, word in column.words.items()}

    def named(row: Any) -> Any:
        said = row[at]
        if isinstance(said, str) and "\n" in said:
            return "\n".join(shown.get(line, line) for line in said.split("\n"))
        return shown.get(str(said), said)

    return named
