"""What stands open between the shop and a customer: promises, complaints, service cases."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise not yet kept or broken; `due_at` as stored, `complaint_id` where it was made for one."""

    id: int
    text: str
    due_at: str
    complaint_id: int | None


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """A complaint or service case that is going on; `kind` is "complaint" or "case"."""

    kind: str
    id: int
    number: str
    title: str
    since: str


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """Promises, the one due first; complaints and cases, the oldest first."""

    promises: tuple[OpenPromise, ...] = ()
    complaints: tuple[OpenMatter, ...] = ()
    cases: tuple[OpenMatter, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.promises or self.complaints or self.cases)


def open_matters(book: Book, *, customer_id: int) -> OpenMatters:
    """What was promised to a customer and what is not yet settled with them."""
    promises = book.rows(
        "SELECT p.id, p.text, p.due_at, p.complaint_id FROM promise AS p "
        "LEFT JOIN complaint AS c ON c.id = p.complaint_id "
        "WHERE p.outcome = '' AND coalesce(p.customer_id, c.customer_id) = ?1 AND (p.customer_id = ?1 "
        "OR p.complaint_id IN (SELECT id FROM complaint WHERE customer_id = ?1)) ORDER BY p.due_at, p.id",
        (customer_id,),
    )
    complaints = book.rows(
        "SELECT 'complaint', id, number, title, received_at FROM complaint "
        "WHERE customer_id = ? AND open = 1 ORDER BY received_at, id",
        (customer_id,),
    )
    cases = book.rows(
        "SELECT 'case', id, number, title, opened_at FROM service_case "
        "WHERE customer_id = ? AND status IN ('open', 'waiting') ORDER BY opened_at, id",
        (customer_id,),
    )
    return OpenMatters(
        tuple(OpenPromise(*row) for row in promises),
        tuple(OpenMatter(*row) for row in complaints),
        tuple(OpenMatter(*row) for row in cases),
    )
