"""One service case with all that belongs to it: what it is about, its steps, the notes on it, its rating."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.core.days import as_date
from desktop.core.warranty import warranty_end
from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step; `title` as stored, `done_at` None while it is to be done."""

    id: int
    title: str
    done_at: str | None
    staff: str
    note: str
    due_at: str | None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note on the case, from the timeline."""

    id: int
    at: str
    text: str
    staff: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What a case is about; `warranty` its last day under warranty, None where nobody knows of one."""

    id: int
    order_line_id: int | None
    product_id: int | None
    title: str
    quantity: float
    amount: int
    warranty: date | None


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A case, whole; `asked_at`: when a rating was asked for, `perceived` and `said`: the answer."""

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
    reason: str
    due_at: str | None
    outcome: str
    cost: int
    refunded: int
    answered_at: str | None
    waiting_since: str | None
    waited_minutes: int
    steps: tuple[StepRow, ...]
    notes: tuple[NoteRow, ...]
    items: tuple[ItemRow, ...]
    asked_at: str | None
    rated_at: str | None
    perceived: int | None
    said: str
    files: int

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.status in ("open", "waiting")

    @property
    def todo(self) -> tuple[StepRow, ...]:
        """The steps that are not done."""
        return tuple(step for step in self.steps if step.done_at is None)


def case_detail(book: Book, case_id: int) -> CaseDetail | None:
    """A case, or None when it is gone."""
    head = book.row(
        """
        SELECT c.id, c.number, c.kind, c.status, c.title, c.text, c.place, c.opened_at, c.closed_at,
            c.customer_id, coalesce(customer.name, ''), c.order_id, coalesce(orders.number, ''),
            c.staff_id, coalesce(staff.name, ''), c.reason, c.due_at, c.outcome, c.cost, c.refunded,
            c.answered_at, c.waiting_since, c.waited_minutes
        FROM service_case AS c LEFT JOIN customer ON customer.id = c.customer_id
            LEFT JOIN orders ON orders.id = c.order_id LEFT JOIN staff ON staff.id = c.staff_id
        WHERE c.id = ?
        """,
        (case_id,),
    )
    if head is None:
        return None
    steps = book.rows(
        "SELECT case_step.id, title, done_at, coalesce(staff.name, ''), note, due_at FROM case_step "
        "LEFT JOIN staff ON staff.id = staff_id WHERE case_id = ? ORDER BY position, case_step.id",
        (case_id,),
    )
    notes = book.rows(
        "SELECT interaction.id, happened_at, CASE WHEN text = '' THEN title ELSE text END, "
        "coalesce(staff.name, '') FROM interaction LEFT JOIN staff ON staff.id = staff_id "
        "WHERE case_id = ? ORDER BY happened_at DESC, interaction.id DESC",
        (case_id,),
    )
    files = book.value(
        "SELECT count(*) FROM attachment WHERE subject = 'service_case' AND subject_id = ?", (case_id,)
    )
    rating = book.row(
        "SELECT asked_at, rated_at, perceived, text FROM rating WHERE case_id = ? "
        "ORDER BY rated_at IS NULL, id DESC",
        (case_id,),
    )
    hung = (
        tuple(StepRow(*row) for row in steps),
        tuple(NoteRow(*row) for row in notes),
        _items(book, case_id),
    )
    return CaseDetail(*(*head, *hung, *(rating or (None, None, None, "")), files))


def _items(book: Book, case_id: int) -> tuple[ItemRow, ...]:
    rows = book.rows(
        "SELECT item.id, item.order_line_id, item.product_id, item.title, item.quantity, item.amount, "
        "orders.placed_at, product.warranty_months FROM case_item AS item "
        "LEFT JOIN order_line ON order_line.id = item.order_line_id "
        "LEFT JOIN orders ON orders.id = order_line.order_id "
        "LEFT JOIN product ON product.id = item.product_id WHERE item.case_id = ? ORDER BY item.id",
        (case_id,),
    )
    return tuple(
        ItemRow(*(*row[:6], warranty_end(as_date(row[6]), row[7]) if row[6] and row[7] else None))
        for row in rows
    )
