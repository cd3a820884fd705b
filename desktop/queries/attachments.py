"""Files kept with records: what there is, without reading any of it; and one file's content."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.book import Book

SUBJECTS = ("customer", "orders", "interaction", "service_case", "complaint")
"""The tables whose records may have files."""


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file as a list shows it: `size` in bytes; `about` names the record where it is not the one asked for.

    `subject` is the record's table.
    """

    id: int
    subject: str
    subject_id: int
    name: str
    media_type: str
    added_at: str
    sha256: str
    size: int
    about: str = ""


_ROW = "a.id, a.subject, a.subject_id, a.name, a.media_type, a.added_at, a.sha256, length(a.data)"
_NAMES = {
    "orders": "number",
    "service_case": "number",
    "complaint": "number",
    "interaction": "iif(title = '', text, title)",
}
"""The records of a customer that may have files, and what calls each."""


def attachments(book: Book, *, subject: str, subject_id: int) -> list[AttachmentRow]:
    """The files of one record, the newest first."""
    rows = book.rows(
        f"SELECT {_ROW} FROM attachment AS a WHERE a.subject = ? AND a.subject_id = ? "
        "ORDER BY a.added_at DESC, a.id DESC",
        (subject, subject_id),
    )
    return [AttachmentRow(*row) for row in rows]


def customer_attachments(book: Book, *, customer_id: int) -> list[AttachmentRow]:
    """A customer's files and those of their orders, cases, complaints and notes, the newest first."""
    found = attachments(book, subject="customer", subject_id=customer_id)
    for subject, named in _NAMES.items():
        rows = book.rows(
            f"SELECT {_ROW}, r.name FROM (SELECT id, {named} AS name FROM {subject} "
            "WHERE customer_id = ?) AS r CROSS JOIN attachment AS a ON a.subject_id = r.id AND a.subject = ?",
            (customer_id, subject),
        )
        found += [AttachmentRow(*row) for row in rows]
    return sorted(found, key=lambda row: (row.added_at, row.id), reverse=True)


def attachment_data(book: Book, attachment_id: int) -> bytes | None:
    """A file's content; None when it is no longer in the book."""
    found = book.value("SELECT data FROM attachment WHERE id = ?", (attachment_id,))
    return None if found is None else bytes(found)


def all_attachments_size(book: Book) -> int:
    """The bytes of all files of the book."""
    return int(book.value("SELECT coalesce(sum(length(data)), 0) FROM attachment"))


def known_name(book: Book, *, subject: str, subject_id: int, sha256: str) -> str | None:
    """What the same content is called on the record; None when the record has it not."""
    found = book.value(
        "SELECT name FROM attachment WHERE subject = ? AND subject_id = ? AND sha256 = ?",
        (subject, subject_id, sha256),
    )
    return None if found is None else str(found)
