"""What a customer agreed to, what they asked about their data, and what the shop holds of them."""

from __future__ import annotations

from typing import NamedTuple

from desktop.core import words
from desktop.models.book import Book


class ConsentRow(NamedTuple):
    """One word on a purpose: given or refused, when, on which channel, in which words, noted by whom."""

    id: int
    purpose: str
    given: bool
    at: str
    channel: str
    text: str
    clerk: str


class ConsentState(NamedTuple):
    """What holds for a purpose: the newest word and since when that has been so; None where never asked."""

    purpose: str
    newest: ConsentRow | None
    since: str
    words: int


class RequestRow(NamedTuple):
    """A privacy request; `name` is who asked, kept for when the customer is no longer there."""

    id: int
    customer_id: int | None
    name: str
    kind: str
    received_at: str
    due_at: str | None
    done_at: str | None
    outcome: str
    note: str
    clerk: str


class Holding(NamedTuple):
    """How many rows of a table are about a customer, and from when the oldest and newest are."""

    table: str
    rows: int
    oldest: str | None
    newest: str | None


class Source(NamedTuple):
    """A file that was brought in, and how many rows about the customer came with it."""

    file: str
    at: str
    rows: int


_DATED = {
    "contact_point": None, "orders": "placed_at", "interaction": "happened_at", "service_case": "opened_at",
    "complaint": "received_at", "rating": "ended_at", "points_entry": "at", "shipment": "shipped_at",
    "task": "created_at", "lead": "found_at", "visit": "at", "consent": "at", "relationship": None,
    "customer_tag": None,
}  # fmt: skip
"""The tables that hold something about a customer, and the column that says when."""
_BROUGHT_IN = ("orders", "interaction", "complaint", "rating", "points_entry", "shipment", "lead", "visit")
_OF = "(SELECT id FROM {table} WHERE customer_id = ?1)"


def consents(book: Book, *, customer_id: int) -> list[ConsentState]:
    """What holds for every purpose, in the order of words.CONSENT_PURPOSES."""
    said: dict[str, list[ConsentRow]] = {purpose: [] for purpose in words.CONSENT_PURPOSES}
    for row in _consent_rows(book, customer_id):
        said.setdefault(row.purpose, []).append(row)
    found = []
    for purpose, rows in said.items():
        newest = rows[0] if rows else None
        since = ""
        for row in rows:
            if newest is None or row.given != newest.given:
                break
            since = row.at
        found.append(ConsentState(purpose, newest, since, len(rows)))
    return found


def consent_history(book: Book, *, customer_id: int, purpose: str) -> list[ConsentRow]:
    """Every word on a purpose, the newest first."""
    return [row for row in _consent_rows(book, customer_id) if row.purpose == purpose]


def _consent_rows(book: Book, customer_id: int) -> list[ConsentRow]:
    rows = book.rows(
        "SELECT c.id, purpose, given, at, channel, text, coalesce(staff.name, '') FROM consent AS c "
        "LEFT JOIN staff ON staff.id = c.staff_id WHERE customer_id = ? ORDER BY at DESC, c.id DESC",
        (customer_id,),
    )
    return [ConsentRow(row[0], row[1], bool(row[2]), *row[3:]) for row in rows]


def privacy_requests(book: Book, *, customer_id: int | None = None) -> list[RequestRow]:
    """The requests of a customer (None: of everybody): those that wait by their deadline, then the done."""
    chosen = "r.customer_id = ?1" if customer_id is not None else "?1 IS NULL"
    rows = book.rows(
        "SELECT r.id, r.customer_id, r.name, kind, received_at, due_at, done_at, outcome, note, "
        "coalesce(staff.name, '') FROM privacy_request AS r LEFT JOIN staff ON staff.id = r.staff_id "
        f"WHERE {chosen} ORDER BY done_at IS NOT NULL, iif(done_at IS NULL, due_at, NULL), "
        "done_at DESC, r.id DESC",
        (customer_id,),
    )
    return [RequestRow(*row) for row in rows]


def holdings(book: Book, *, customer_id: int) -> list[Holding]:
    """What the shop holds of a customer, by kind; kinds of which there is nothing are left out."""
    found = []
    for table, column in _DATED.items():
        dates = f"min({column}), max({column})" if column else "NULL, NULL"
        row = book.row(f"SELECT count(*), {dates} FROM {table} WHERE customer_id = ?", (customer_id,))
        found.append(Holding(table, *row))
    files = book.row(
        "SELECT count(*), min(added_at), max(added_at) FROM attachment WHERE (subject = 'customer' AND "
        "subject_id = ?1) OR "
        + " OR ".join(
            f"(subject = '{table}' AND subject_id IN {_OF.format(table=table)})"
            for table in ("orders", "interaction", "service_case", "complaint")
        ),
        (customer_id,),
    )
    found.append(Holding("attachment", *files))
    return [one for one in found if one.rows]


def sources(book: Book, *, customer_id: int) -> list[Source]:
    """The files that what the shop holds of a customer came from, the newest first."""
    parts = ["SELECT import_run_id FROM customer WHERE id = ?1"]
    parts += [f"SELECT import_run_id FROM {table} WHERE customer_id = ?1" for table in _BROUGHT_IN]
    rows = book.rows(
        "SELECT run.file_name, run.at, count(*) FROM ("
        + " UNION ALL ".join(parts)
        + ") AS came JOIN import_run AS run ON run.id = came.import_run_id "
        "GROUP BY run.id ORDER BY run.at DESC, run.id DESC",
        (customer_id,),
    )
    return [Source(*row) for row in rows]


def added_at(book: Book, *, customer_id: int) -> str:
    """When the customer came into the book; "" for one who is gone."""
    return str(book.value("SELECT created_at FROM customer WHERE id = ?", (customer_id,)) or "")
