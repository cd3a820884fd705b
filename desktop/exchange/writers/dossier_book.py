"""Writes a customer's dossier to a workbook: the facts on one sheet, then a sheet a part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from desktop.core import words
from desktop.core.complaint_process import step_name
from desktop.core.progress import SILENT, Progress
from desktop.core.rating_reasons import reasons_said
from desktop.core.translation import tr
from desktop.exchange.writers.columns import ExportColumn, Kind
from desktop.exchange.writers.dossier_facts import facts
from desktop.exchange.writers.workbook import WorkbookWriter
from desktop.queries.dossier import PARTS, Dossier
from desktop.queries.timeline_entries import TimelineEntry

Say = Callable[[TimelineEntry], tuple[str, str]]
"""The title and the text of an entry, as the screen has them."""


class Table(NamedTuple):
    """A sheet to be: its title, columns and rows."""

    title: str
    columns: Sequence[ExportColumn]
    rows: Sequence[Any]


def write_dossier_book(
    path: str | Path, found: Dossier, say: Say, *, currency: str, progress: Progress = SILENT
) -> int:
    """Write the dossier and return its count of rows. Raises UserError where the disk refuses, Cancelled."""
    sheets = tables(found, say, currency)
    total, done = sum(len(sheet.rows) for sheet in sheets), 0

    def report(rows: int) -> None:
        progress.report(done + rows, total)

    with WorkbookWriter(path, currency=currency) as writer:
        for sheet in sheets:
            progress.report(done, total)
            done += writer.sheet(sheet.title, sheet.columns, sheet.rows, on_row=report)
    return done


def tables(found: Dossier, say: Say, currency: str) -> list[Table]:
    """The sheets of a dossier, those without a row left out."""
    made = [_facts(found, currency)]
    makers: Mapping[str, Callable[[], Iterable[Table]]] = {
        "orders": lambda: _orders(found),
        "complaints": lambda: _complaints(found),
        "cases": lambda: _cases(found),
        "ratings": lambda: _ratings(found),
        "tasks": lambda: _tasks(found),
        "points": lambda: _points(found),
        "shipments": lambda: _shipments(found),
        "timeline": lambda: _timeline(found, say),
    }
    for part in found.parts:
        if part in makers:
            made += makers[part]()
    return [table for table in made if table.rows] or made[:1]


def _column(
    key: str, title: str, kind: Kind = "text", value: Callable[[Any], Any] | None = None
) -> ExportColumn:
    return ExportColumn(key, title, kind, value)


def _named(key: str, title: str, table: Mapping[str, str], path: str = "") -> ExportColumn:
    """A column of codes, written as people call them."""
    code = attrgetter(path or key)
    return ExportColumn(key, title, "text", lambda row: words.name(table, code(row)))


def _at(key: str, title: str, kind: Kind, path: str) -> ExportColumn:
    return ExportColumn(key, title, kind, attrgetter(path))


def _facts(found: Dossier, currency: str) -> Table:
    rows = [(tr(PARTS["who"]), tr("Name"), found.profile.name, "")]
    rows += [
        (tr(PARTS[part]), fact.name, fact.value, fact.meaning)
        for part, said in facts(found, currency).items()
        for fact in said
    ]
    columns = [
        ExportColumn(str(place), title, "text", itemgetter(place))
        for place, title in enumerate((tr("Part"), tr("What"), tr("Value"), tr("What it means")))
    ]
    return Table(tr("About the customer"), columns, rows)


def _orders(found: Dossier) -> Iterator[Table]:
    yield Table(
        tr("Orders"),
        [
            _column("placed_at", tr("Placed at"), "when"),
            _column("number", tr("Order number"), "id"),
            _named("channel", tr("Channel"), words.CHANNELS),
            _named("status", tr("State"), words.ORDER_STATUSES),
            _column("total", tr("Total"), "money"),
            _column("paid", tr("Amount paid"), "money"),
            _column("refunded", tr("Refund"), "money"),
            _column("net", tr("Net"), "money"),
            _column("lines", tr("Lines"), "number"),
            _column("note", tr("Note")),
        ],
        [order.row for order in found.orders],
    )
    yield Table(
        tr("Order lines"),
        [
            _at("placed_at", tr("Placed at"), "when", "order.placed_at"),
            _at("number", tr("Order number"), "id", "order.number"),
            _at("title", tr("Product"), "text", "line.title"),
            _at("quantity", tr("Quantity"), "number", "line.quantity"),
            _at("unit_price", tr("Unit price"), "price", "line.unit_price"),
            _at("amount", tr("Amount"), "money", "line.amount"),
        ],
        [_Line(order.row, line) for order in found.orders for line in order.lines],
    )


class _Line(NamedTuple):
    order: Any
    line: Any


class _Of(NamedTuple):
    """A thing that belongs to a complaint or a case."""

    number: str
    thing: Any


def _complaints(found: Dossier) -> Iterator[Table]:
    yield Table(
        tr("Complaints"),
        [
            _at("number", tr("Complaint number"), "id", "row.number"),
            _at("received_at", tr("Received at"), "when", "row.received_at"),
            _at("title", tr("Title"), "text", "row.title"),
            _column("text", tr("In their words")),
            _column("wants", tr("What they want")),
            _named("status", tr("State"), words.COMPLAINT_STATUSES, "row.status"),
            _named("severity", tr("Severity"), words.SEVERITIES, "row.severity"),
            _named("nature", tr("Nature"), words.NATURES),
            _named("subject", tr("Subject"), words.SUBJECTS, "row.subject"),
            _column("detail", tr("Detail")),
            _named("mood", tr("Mood"), words.MOODS),
            _named("channel", tr("Channel"), words.CHANNELS, "row.channel"),
            _column("order_number", tr("Order number"), "id"),
            _at("replied_at", tr("First reply"), "when", "row.replied_at"),
            _at("settled_at", tr("Settled at"), "when", "row.settled_at"),
            _at("closed_at", tr("Closed at"), "when", "row.closed_at"),
            _at("perceived", tr("Rated"), "number", "row.perceived"),
        ],
        found.complaints,
    )
    number = _column("number", tr("Complaint number"), "id")
    yield Table(
        tr("Complaint steps"),
        [
            number,
            _at("at", tr("When"), "when", "thing.at"),
            _column("kind", tr("Step"), value=lambda row: step_name(row.thing.kind)),
            _at("text", tr("Text"), "text", "thing.text"),
            _at("staff", tr("Clerk"), "text", "thing.staff"),
        ],
        [
            _Of(one.row.number, step)
            for one in found.complaints
            for step in one.steps
            if step.kind != "edited"
        ],
    )
    outcomes = {"": tr("pending"), "kept": tr("kept"), "broken": tr("broken")}
    yield Table(
        tr("Promises"),
        [
            number,
            _at("text", tr("What was promised"), "text", "thing.text"),
            _at("made_at", tr("Made"), "when", "thing.made_at"),
            _at("due_at", tr("Due"), "when", "thing.due_at"),
            _column("outcome", tr("Outcome"), value=lambda row: outcomes.get(row.thing.outcome, "")),
            _at("ended_at", tr("Ended"), "when", "thing.ended_at"),
            _at("staff", tr("Clerk"), "text", "thing.staff"),
        ],
        [_Of(one.row.number, promise) for one in found.complaints for promise in one.promises],
    )
    yield Table(
        tr("Remedies given"),
        [
            number,
            _at("given_at", tr("Given"), "when", "thing.given_at"),
            _named("kind", tr("Remedy"), words.REMEDIES, "thing.kind"),
            _at("cost", tr("Cost"), "money", "thing.cost"),
            _at("text", tr("Text"), "text", "thing.text"),
        ],
        [_Of(one.row.number, remedy) for one in found.complaints for remedy in one.remedies],
    )


def _cases(found: Dossier) -> Iterator[Table]:
    yield Table(
        tr("Service cases"),
        [
            _column("number", tr("Case number"), "id"),
            _column("opened_at", tr("Opened at"), "when"),
            _named("kind", tr("Kind"), words.CASE_KINDS),
            _named("status", tr("State"), words.CASE_STATUSES),
            _column("title", tr("Title")),
            _column("text", tr("Text")),
            _column("place", tr("Where")),
            _column("order_number", tr("Order number"), "id"),
            _column("closed_at", tr("Closed at"), "when"),
            _column("staff", tr("Clerk")),
        ],
        found.cases,
    )
    yield Table(
        tr("Case steps"),
        [
            _column("number", tr("Case number"), "id"),
            _column("title", tr("Step"), value=lambda row: tr(row.thing.title)),
            _at("done_at", tr("Done"), "when", "thing.done_at"),
            _at("staff", tr("Clerk"), "text", "thing.staff"),
            _at("note", tr("Note"), "text", "thing.note"),
        ],
        [_Of(case.number, step) for case in found.cases for step in case.steps],
    )


def _ratings(found: Dossier) -> Iterator[Table]:
    yield Table(
        tr("Ratings"),
        [
            _column("day", tr("Day"), "date"),
            _column("perceived", tr("Perceived"), "number"),
            _column("expected", tr("Expected"), "number"),
            _column("effort", tr("Effort"), "number"),
            _column("recommend", tr("Recommend"), "number"),
            _column("reasons", tr("Reasons"), value=lambda row: reasons_said(row.reasons)),
            _column("text", tr("What they said")),
        ],
        found.ratings,
    )


def _tasks(found: Dossier) -> Iterator[Table]:
    yield Table(
        tr("Tasks"),
        [
            _column("title", tr("What is to do")),
            _column("due", tr("Due"), "date"),
            _column("done_at", tr("Done"), "when"),
            _column("note", tr("Note")),
            _column("staff", tr("Clerk")),
        ],
        found.tasks,
    )


def _points(found: Dossier) -> Iterator[Table]:
    yield Table(
        tr("Points"),
        [
            _column("at", tr("When"), "when"),
            _named("reason", tr("Reason"), words.POINTS_REASONS),
            _column("points", tr("Points"), "number"),
            _column("balance", tr("Balance"), "number"),
            _column("text", tr("Text")),
        ],
        found.points,
    )


def _shipments(found: Dossier) -> Iterator[Table]:
    yield Table(
        tr("Shipments"),
        [
            _column("shipped_at", tr("Shipped at"), "when"),
            _column("carrier", tr("Carrier")),
            _column("number", tr("Tracking number"), "id"),
            _named("direction", tr("Direction"), words.SHIPMENT_DIRECTIONS),
            _named("status", tr("State"), words.SHIPMENT_STATUSES),
            _column("arrived_at", tr("Arrived at"), "when"),
            _column("order_number", tr("Order number"), "id"),
            _column("cost", tr("Cost"), "money"),
            _column("ship_to", tr("Sent to")),
            _column("note", tr("Note")),
        ],
        found.shipments,
    )


def _timeline(found: Dossier, say: Say) -> Iterator[Table]:
    yield Table(
        tr("Timeline"),
        [
            _column("at", tr("When"), "when"),
            _named("stage", tr("Stage"), words.STAGES),
            _column("said", tr("What happened"), value=lambda entry: say(entry)[0]),
            _column("text", tr("Text"), value=lambda entry: say(entry)[1]),
            _named("channel", tr("Channel"), words.CHANNELS),
            _column("minutes", tr("Minutes"), "number"),
            _column("staff", tr("Clerk")),
        ],
        found.timeline,
    )
