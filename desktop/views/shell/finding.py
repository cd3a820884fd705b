"""Customers and records as answers of the command palette, each opening where it lives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from desktop.core import words
from desktop.core.contacts import format_phone
from desktop.core.translation import mark, tr
from desktop.queries.customer_rows import CustomerRow, customer_rows
from desktop.queries.customer_search import most_recent, search_ids
from desktop.queries.finding import Found, Place, find_records, places_of_match
from desktop.views.customers.words import display_name
from desktop.views.kit.context import Context
from desktop.views.kit.highlight import Highlighter
from desktop.views.shell.palette import Offer

MOST = 6
_GROUPS = {
    "order": (mark("Orders"), "receipt-text"),
    "case": (mark("Service cases"), "wrench"),
    "complaint": (mark("Complaints"), "message-square-warning"),
    "task": (mark("To do"), "circle-check"),
    "note": (mark("Notes"), "message-circle"),
    "file": (mark("Files"), "file-text"),
    "segment": (mark("Segments"), "funnel"),
    "product": (mark("Products"), "package"),
}


def offers(ctx: Context, typed: str, today: date, opened: Sequence[int] = ()) -> list[Offer]:
    """Customers and records for what was typed; before that the customers `opened` last, newest first."""
    if not typed.strip():
        return recent_offers(ctx, today, opened)
    return [*customer_offers(ctx, typed, today), *record_offers(ctx, typed)]


def recent_offers(ctx: Context, today: date, opened: Sequence[int]) -> list[Offer]:
    """The customers opened last; in a window that has opened none, who was here last."""
    rows = customer_rows(ctx.book, opened[:MOST], today)
    group, ids = tr("Opened last"), [row for row in opened if row in rows][:MOST]
    if not ids:
        group, ids = tr("Here or in touch last"), most_recent(ctx.book, MOST)
        rows = customer_rows(ctx.book, ids, today)
    return [_customer(ctx, rows[row], group, Highlighter("")) for row in ids if row in rows]


def customer_offers(ctx: Context, typed: str, today: date) -> list[Offer]:
    """The few best customers for what was typed; each opens its profile."""
    ids = search_ids(ctx.book, typed, MOST)
    rows = customer_rows(ctx.book, ids, today)
    marks = Highlighter(typed)
    shown = {row: (rows[row].name, format_phone(rows[row].phone)) for row in ids if row in rows}
    elsewhere = places_of_match(ctx.book, typed, shown)
    group = tr("Customers")
    return [_customer(ctx, rows[row], group, marks, elsewhere.get(row)) for row in shown]


def record_offers(ctx: Context, typed: str) -> list[Offer]:
    """The newest records of every kind in which what was typed stands; each opens where it lives."""
    marks = Highlighter(typed).marks
    made = []
    for found in find_records(ctx.book, typed):
        group, icon = _GROUPS[found.kind]
        title = tr("Order {number}", number=found.title) if found.kind == "order" else found.title
        note = " · ".join(filter(None, (found.customer, found.day)))
        made.append(Offer(title, note, icon, _opener(ctx, found), tr(group), marks.words(title)))
    return made


def _customer(
    ctx: Context, row: CustomerRow, group: str, marks: Highlighter, elsewhere: Place | None = None
) -> Offer:
    name, phone = display_name(row.name), format_phone(row.phone)
    note, spans = phone, marks.spans(phone)
    if elsewhere:
        note, at = _elsewhere(elsewhere)
        spans = [(at + start, length) for start, length in elsewhere.spans]
    return Offer(
        name, note, "", lambda: ctx.navigate("profile", customer=row.id), group, marks.spans(row.name), spans
    )


def _elsewhere(place: Place) -> tuple[str, int]:
    """Where a customer matched beside name and phone, in words, and where the value begins in them."""
    if place.kind == "order":
        text = tr("Order {number}", number=place.value)
    elif place.kind in ("phone", "address", "email", "region"):
        text = format_phone(place.value) if place.kind == "phone" else place.value
    else:
        code = place.channel if place.kind == "account" else place.kind
        name = words.name(words.ACCOUNT_CHANNELS, code)
        text = tr("{kind} {value}", kind=name, value=place.value) if name else place.value
    return text, max(0, text.find(place.value))


def _opener(ctx: Context, found: Found) -> Callable[[], object]:
    if found.kind == "product":
        return lambda: ctx.navigate("customers", condition=_who_bought(found.id))
    return lambda: _open(ctx, found.kind, found.id, found)


def _open(ctx: Context, kind: str, row: int, found: Found) -> None:
    """Go to where a record lives."""
    if kind in ("complaint", "task", "case"):
        ctx.navigate({"complaint": "complaints", "task": "tasks", "case": "cases"}[kind], **{kind: row})
    elif kind == "segment":
        ctx.navigate("customers", chip=f"segment-{row}")
    elif kind == "order":
        ctx.navigate("profile", customer=found.customer_id, tab="orders", order=row)
    elif kind == "note":
        ctx.navigate("profile", customer=found.customer_id, tab="timeline")
    else:
        _open_file(ctx, found)


def _open_file(ctx: Context, found: Found) -> None:
    if found.subject in ("service_case", "complaint"):
        kind = "case" if found.subject == "service_case" else "complaint"
        _open(ctx, kind, found.subject_id, found)
    elif found.customer_id is not None:
        ctx.navigate("profile", customer=found.customer_id, tab="files")


def _who_bought(product: int) -> str:
    from desktop.queries.conditions import Condition, Group
    from desktop.queries.customer_filter import CustomerFilter

    return CustomerFilter(where=Group("and", (Condition("product", "any", (product,)),))).to_json()
