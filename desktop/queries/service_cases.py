"""One service case with all that belongs to it: its steps and the notes on it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step; `title` as stored, `done_at` None while it is to be done."""

    id: int
    title: str
    done_at: str | None
    staff: str
    note: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note on the case, from the timeline."""

    id: int
    at: str
    text: str
    staff: str


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A case, whole."""

    id: int
    number: str
    kind: str
    status: str
    title: str
    text: str
    place: str
    opened_at: str
    closed_at: str | None
    customer_id: int | None
    customer_name: str
    order_id: int | None
    order_number: str
    staff_id: int | None
    staff: str
    steps: tuple[StepRow, ...]
    notes: tuple[NoteRow, ...]

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.status in ("open", "waiting")


def case_detail(book: Book, case_id: int) -> CaseDetail | None:
    """A case, or None when it is gone."""
    head = book.row(
        """
        SELECT c.id, c.number, c.kind, c.status, c.title, c.text, c.place, c.opened_at, c.closed_at,
            c.customer_id, coalesce(customer.name, ''), c.order_id, coalesce(orders.number, ''),
            c.staff_id, coalesce(staff.name, '')
        FROM service_case AS c LEFT JOIN customer ON customer.id = c.customer_id
            LEFT JOIN orders ON orders.id = c.order_id LEFT JOIN staff ON staff.id = c.staff_id
        WHERE c.id = ?
        """,
        (case_id,),
    )
    if head is None:
        return None
    steps = book.rows(
        "SELECT case_step.id, title, done_at, coalesce(staff.name, ''), note FROM case_step "
        "LEFT JOIN staff ON staff.id = staff_id WHERE case_id = ? ORDER BY position, case_step.id",
        (case_id,),
    )
    notes = book.rows(
        "SELECT interaction.id, happened_at, CASE WHEN text = '' THEN title ELSE text END, "
        "coalesce(staff.name, '') FROM interaction LEFT JOIN staff ON staff.id = staff_id "
        "WHERE case_id = ? ORDER BY happened_at DESC, interaction.id DESC",
        (case_id,),
    )
    return CaseDetail(*(*head, tuple(StepRow(*row) for row in steps), tuple(NoteRow(*row) for row in notes)))
