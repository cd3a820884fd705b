"""What the tests of complaints share: complaints in any state, and the whole book as something to compare."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.migrations import JOURNALLED
from desktop.operations import complaint_moves as moves
from desktop.operations.complaints import open_complaint
from desktop.operations.customers import add_customer

NOW = datetime(2026, 11, 20, 10, 30)

Contents = dict[str, list[tuple[Any, ...]]]


def contents(book: Book) -> Contents:
    """Every row of every table that people change, and of what is derived from them."""
    tables = (*JOURNALLED, "customer_summary")
    return {table: book.rows(f'SELECT * FROM "{table}" ORDER BY 1') for table in tables}


def differences(before: Contents, after: Contents) -> list[str]:
    """Tables that are not the same."""
    return [table for table in before if before[table] != after[table]]


def new_complaint(book: Book, **values: Any) -> int:
    """A complaint received at NOW; its id."""
    return open_complaint(book, **{"title": "两袋分量不足", "received_at": NOW, **values}).created[
        "complaint"
    ]


def customer(book: Book, name: str = "王丽华") -> int:
    """A customer; their id."""
    return add_customer(book, values={"name": name}).created["customer"]


def in_status(book: Book, status: str, **values: Any) -> int:
    """A complaint brought to a status by the way that people take; its last step is an hour after receipt."""
    row, at = new_complaint(book, **values), NOW + timedelta(hours=1)
    if status == "rejected":
        moves.reject_complaint(book, complaint_id=row, at=at, reason="不属实")
    elif status == "closed":
        moves.settle_complaint(book, complaint_id=row, at=at)
        moves.advance_complaint(book, complaint_id=row, to="closed", at=at)
    elif status != "received":
        moves.advance_complaint(book, complaint_id=row, to=status, at=at)
    return row


def column(book: Book, name: str, complaint: int) -> Any:
    """A column of a complaint."""
    return book.value(f"SELECT {name} FROM complaint WHERE id = ?", (complaint,))


def kinds(book: Book, complaint: int) -> list[str]:
    """The kinds of its steps, as they were written."""
    rows = book.rows("SELECT kind FROM complaint_step WHERE complaint_id = ? ORDER BY id", (complaint,))
    return [kind for (kind,) in rows]


def change(book: Book, complaint: int, **values: Any) -> None:
    """Write to a complaint past all rules."""
    with book.step("as it is") as step:
        step.update(Complaint, complaint, **values)
