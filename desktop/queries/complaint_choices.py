"""Short lists of complaints to choose from: for merging with one, and for what was typed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.book import Book

MOST = 40


@dataclass(frozen=True, slots=True)
class ComplaintChoice:
    """A complaint as a picker offers it, with how much hangs on it."""

    id: int
    number: str
    title: str
    customer_id: int | None
    customer_name: str
    status: str
    severity: str
    received_at: str
    reply_due_at: str | None
    settle_due_at: str | None
    steps: int
    promises: int
    remedies: int
    files: int


_SELECT = """
SELECT c.id, c.number, c.title, c.customer_id, coalesce(customer.name, ''), c.status, c.severity,
    c.received_at, c.reply_due_at, c.settle_due_at,
    (SELECT count(*) FROM complaint_step WHERE complaint_id = c.id),
    (SELECT count(*) FROM promise WHERE complaint_id = c.id),
    (SELECT count(*) FROM remedy WHERE complaint_id = c.id),
    (SELECT count(*) FROM attachment WHERE subject = 'complaint' AND subject_id = c.id)
FROM complaint AS c LEFT JOIN customer ON customer.id = c.customer_id
"""


def complaint_choice(book: Book, complaint_id: int) -> ComplaintChoice | None:
    """One complaint, or None when it is gone."""
    found = book.row(f"{_SELECT} WHERE c.id = ?", (complaint_id,))
    return ComplaintChoice(*found) if found else None


def merge_choices(book: Book, complaint_id: int) -> list[ComplaintChoice]:
    """The other complaints of the same customer and then those of nobody, the open and newest first."""
    rows = book.rows(
        f"{_SELECT} WHERE (c.customer_id IS NULL "
        "OR c.customer_id = (SELECT customer_id FROM complaint WHERE id = :id)) "
        "AND c.id <> :id "
        "ORDER BY c.customer_id IS NULL, c.open DESC, c.received_at DESC, c.id DESC LIMIT :most",
        {"id": complaint_id, "most": MOST},
    )
    return [ComplaintChoice(*row) for row in rows]


def find_complaints(book: Book, text: str, *, but: int, limit: int = 8) -> list[ComplaintChoice]:
    """Complaints for what was typed: a piece of the number, title or customer's name; the newest first."""
    text = text.strip()
    if not text:
        return []
    rows = book.rows(
        f"{_SELECT} WHERE c.id <> :but AND (instr(c.number, :text) OR instr(lower(c.title), lower(:text)) "
        "OR c.customer_id IN (SELECT id FROM customer WHERE instr(lower(name), lower(:text))) "
        "OR c.id IN (SELECT complaint_id FROM complaint_alias WHERE instr(number, :text))) "
        "ORDER BY c.received_at DESC, c.id DESC LIMIT :limit",
        {"but": but, "text": text, "limit": limit},
    )
    return [ComplaintChoice(*row) for row in rows]
