"""Writes the new entries of an import: service records, complaints, ratings, leads and what else lists hold.

What operations would have added by themselves (numbers and deadlines of complaints, when a rated thing
ended) is added here, too. Part of the step of operations/importing.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from peewee import Model

from desktop.core.translation import tr
from desktop.exchange.checking.complaint_entries import LIKELY_SUBJECT, brings_children
from desktop.exchange.checking.records import Records
from desktop.exchange.comparing.entry_comparison import EntryComparison
from desktop.exchange.comparing.entry_completion import completed
from desktop.exchange.comparing.entry_content import MOMENT
from desktop.exchange.vocabulary.subjects import ORDER_DETAILS, Subject
from desktop.models.book import Book
from desktop.models.complaints import Complaint, ComplaintStep
from desktop.models.history import Step
from desktop.models.leads import Lead
from desktop.models.membership import PointsEntry
from desktop.models.orders import Product
from desktop.models.service import Interaction, Rating
from desktop.models.shipping import Shipment
from desktop.models.visits import Visit
from desktop.operations.importing_cards import write_answers
from desktop.operations.importing_complaint_parts import write_parts
from desktop.operations.importing_complaints import complaint_steps, with_numbers_and_deadlines
from desktop.operations.importing_details import write_details
from desktop.queries import known_entries

__all__ = ["Writing", "completed", "write_entries"]

Row = dict[str, Any]


class Writing(Protocol):
    """The import being written, as far as entries need it."""

    book: Book
    step: Step
    records: Records
    run_id: int
    at: str
    """The moment of the import."""

    def next_id(self, model: type[Model]) -> int:
        """The id that the next row of a table gets."""

    def many(
        self, model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], what: str = ""
    ) -> None:
        """Adds rows in batches, saying how far it is."""

    def customer_of(self, person: int) -> int | None:
        """The customer that a person of the file is or has become."""

    def tell(self, rows: int, what: str) -> None:
        """Says that so many rows more are written. Raises Cancelled."""

    def staff_ids(self, names: Iterable[str]) -> dict[str, int]:
        """Name → clerk, new ones written."""

    def products(self, wanted: Sequence[int]) -> tuple[dict[int, int], dict[int | None, str]]:
        """For each product of the file its id, new ones written; and every product's name by its id."""


_TABLES: Mapping[str, tuple[type[Model], Row]] = {
    "products": (Product, {"code": None, "name": "", "category": "", "unit": "", "price": None, "active": 1}),
    "interactions": (Interaction, {
        "customer_id": None, "order_id": None, "stage": "", "channel": "", "happened_at": None,
        "minutes": None, "title": "", "text": "", "pinned": 0, "staff_id": None,
    }),
    "complaints": (Complaint, {
        "number": "", "customer_id": None, "order_id": None, "product_id": None, "channel": "",
        "received_at": None, "title": "", "text": "", "wants": "", "nature": "valid", "subject": "quality",
        "detail": "", "mood": "", "severity": "medium", "status": "", "reply_due_at": None,
        "settle_due_at": None, "replied_at": None, "settled_at": None, "closed_at": None,
        "rejected_because": "", "alternatives": "", "cause": "", "prevention": "", "settlement": "",
        "dispute": "", "waiting_since": None, "reopened": 0, "staff_id": None,
    }),
    "ratings": (Rating, {
        "customer_id": None, "order_id": None, "complaint_id": None, "channel": "", "asked_at": None,
        "rated_at": None, "ended_at": None, "expected": None, "perceived": None, "effort": None,
        "recommend": None, "reasons": "", "text": "", "staff_id": None, "code": "",
    }),
    "leads": (Lead, {
        "number": "", "customer_id": None, "method": "", "status": "", "score": None, "cost": None,
        "wants": "", "found_at": None, "converted_at": None, "note": "", "staff_id": None,
    }),
    "points": (PointsEntry, {
        "customer_id": None, "order_id": None, "at": None, "points": 0, "reason": "", "text": "",
        "staff_id": None,
    }),
    "shipments": (Shipment, {
        "number": "", "carrier": "", "order_id": None, "customer_id": None, "direction": "out", "status": "",
        "shipped_at": None, "arrived_at": None, "cost": None, "ship_to": "", "note": "", "staff_id": None,
    }),
    "visits": (Visit, {
        "customer_id": None, "channel": "", "at": None, "path": "", "came_from": "", "seconds": None,
        "bounced": 0,
    }),
}  # fmt: skip
"""Each subject's table and what its columns hold where a file says nothing."""


def write_entries(writing: Writing, subject: Subject, found: EntryComparison) -> None:
    """Writes what is new, and takes away the lines that make way; the book is as `found` saw it."""
    if subject.key == ORDER_DETAILS:
        write_details(writing, found)
        return
    if found.answers:
        write_answers(writing, found)
    if not found.new:
        return
    model, empty = _TABLES[subject.key]
    rows: Iterable[Row] = _rows(writing, subject, found, empty)
    columns = [*empty, "import_run_id"]
    if subject.key == "complaints":
        rows = with_numbers_and_deadlines(writing.book, writing.step, list(rows))
        first = writing.next_id(Complaint)
        for number, row in enumerate(rows, first):
            row["id"] = number
        columns.append("id")
    what = tr("Writing into the book: {subject}", subject=tr(subject.title))
    writing.many(model, columns, ([row[column] for column in columns] for row in rows), what)
    if subject.key == "complaints":
        writing.many(ComplaintStep, ("complaint_id", "at", "kind", "text", "staff_id"), complaint_steps(rows))
        if brings_children(writing.records.entries):
            write_parts(writing, writing.records.entries, list(rows), found.new)


def _rows(writing: Writing, subject: Subject, found: EntryComparison, empty: Row) -> Iterator[Row]:
    """The new rows, whole."""
    entries = writing.records.entries
    said = [(name, values) for name, values in entries.values.items() if name in empty]
    linked = _links(writing, found, empty)
    moment = _missing_moment(writing.book, subject.key, found)
    clerks = writing.staff_ids({entries.staff[at] for at in found.new if entries.staff[at]})
    likely = entries.values.get(LIKELY_SUBJECT) if subject.key == "complaints" else None
    owned, clerked = "customer_id" in empty, "staff_id" in empty
    for at in found.new:
        row = dict(empty)
        for name, values in said:
            if values[at] is not None:
                row[name] = values[at]
        for name, ids in linked:
            row[name] = ids[at] or None
        if owned:
            person = entries.person[at]
            row["customer_id"] = found.customer[at] or (writing.customer_of(person) if person >= 0 else None)
        if clerked:
            row["staff_id"] = clerks.get(entries.staff[at])
        if likely is not None and likely[at]:
            row["subject"] = likely[at]
        moment(row, writing.at)
        row.update(completed(subject.key, row))
        row["import_run_id"] = writing.run_id
        yield row


def _links(writing: Writing, found: EntryComparison, empty: Row) -> list[tuple[str, Sequence[int]]]:
    """The orders, complaints and products that entries name, by column; new products are written."""
    linked: list[tuple[str, Sequence[int]]] = [
        (name, ids) for name, ids in found.links.items() if name in empty and name != "product_id"
    ]
    if "product_id" in empty:
        places = writing.records.entries.product
        ids, _ = writing.products(sorted({places[at] for at in found.new if places[at] >= 0}))
        linked.append(("product_id", [ids.get(place, 0) for place in places]))
    return linked


def _missing_moment(book: Book, subject: str, found: EntryComparison) -> Callable[[Row, str], None]:
    """What sets the moment that a row needs and its file did not give."""
    orders = {found.links["order_id"][at] for at in found.new} if subject in ("ratings", "shipments") else ()
    ends = known_entries.moments_of(book, "order-end", orders) if subject == "ratings" else {}
    paid = known_entries.moments_of(book, "order-paid", orders) if subject == "shipments" else {}
    complaints = {found.links["complaint_id"][at] for at in found.new} if subject == "ratings" else ()
    settled = known_entries.moments_of(book, "complaint-end", complaints)
    column = MOMENT.get(subject)

    def rating(row: Row, at: str) -> None:
        about = settled.get(row["complaint_id"]) if row["complaint_id"] else ends.get(row["order_id"])
        row["ended_at"] = row["ended_at"] or about or row["rated_at"] or row["asked_at"] or at

    def shipment(row: Row, at: str) -> None:
        row["shipped_at"] = row["shipped_at"] or row["arrived_at"] or paid.get(row["order_id"]) or at

    def lead(row: Row, at: str) -> None:
        row["found_at"] = row["found_at"] or row["converted_at"] or at

    def complaint(row: Row, at: str) -> None:
        given = [row[name] for name in ("replied_at", "settled_at", "closed_at") if row[name]]
        row["received_at"] = row["received_at"] or min(given, default=at)

    def other(row: Row, at: str) -> None:
        if column is not None:
            row[column] = row[column] or at

    return {"ratings": rating, "shipments": shipment, "complaints": complaint, "leads": lead}.get(
        subject, other
    )
