"""Relationships between customers: family, colleagues, friends; each noted once, and read from both ends."""

from __future__ import annotations

from desktop.core import words
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.customers import Relationship
from desktop.operations.customers import edit_customer
from desktop.queries.relations import inverse


def add_relationship(book: Book, *, customer_id: int, related_id: int, kind: str, note: str = "") -> Changes:
    """Note that `related_id` is the `kind` (a key of words.RELATIONSHIPS) of `customer_id`.

    Raises UserError for somebody's self, two who are related already, and customers who are gone.
    """
    _check_kind(kind)
    if customer_id == related_id:
        raise UserError(tr("This is the same customer."), tr("Choose another one."))
    name, other = _name(book, customer_id), _name(book, related_id)
    known = book.row(
        "SELECT kind, customer_id FROM relationship WHERE (customer_id = ?1 AND related_id = ?2) "
        "OR (customer_id = ?2 AND related_id = ?1)",
        (customer_id, related_id),
    )
    if known:
        held = known[0] if known[1] == customer_id else inverse(known[0])
        raise UserError(
            tr(
                "{other} is noted already as: {kind}.",
                other=other,
                kind=words.name(words.RELATIONSHIPS, held),
            ),
            tr("Change that instead."),
        )
    with book.step(mark("Relate {name} and {other}"), name=name, other=other) as step:
        step.insert(
            Relationship, customer_id=customer_id, related_id=related_id, kind=kind, note=note.strip()
        )
    return step.changes


def edit_relationship(book: Book, *, relationship_id: int, customer_id: int, kind: str, note: str) -> Changes:
    """Change a relationship as `customer_id`, one of its two, sees it: the other is their `kind`."""
    _check_kind(kind)
    held, name, other = _found(book, relationship_id)
    stored = kind if held == customer_id else inverse(kind)
    with book.step(mark("Change how {name} and {other} are related"), name=name, other=other) as step:
        step.update(Relationship, relationship_id, kind=stored, note=note.strip())
    return step.changes


def remove_relationship(book: Book, *, relationship_id: int) -> Changes:
    """Forget a relationship; both customers stay."""
    _, name, other = _found(book, relationship_id)
    with book.step(mark("{name} and {other} are no longer related"), name=name, other=other) as step:
        step.delete(Relationship, [relationship_id])
    return step.changes


def set_referrer(book: Book, *, customer_id: int, referrer_id: int | None) -> Changes:
    """Note who brought a customer, or nobody. Raises UserError where that would close a circle."""
    return edit_customer(book, customer_id=customer_id, values={"referred_by": referrer_id})


def _check_kind(kind: str) -> None:
    if kind not in words.RELATIONSHIPS:
        msg = f"no such kind of relationship: {kind}"
        raise KeyError(msg)


def _name(book: Book, customer_id: int) -> str:
    found = book.row("SELECT name FROM customer WHERE id = ?", (customer_id,))
    if found is None:
        raise UserError(
            tr("This customer is no longer in the book."),
            tr("They were deleted meanwhile; undo brings them back."),
        )
    return str(found[0]) or tr("a customer without a name")


def _found(book: Book, relationship_id: int) -> tuple[int, str, str]:
    """The customer with whom a relationship was noted, their name and the other's."""
    row = book.row("SELECT customer_id, related_id FROM relationship WHERE id = ?", (relationship_id,))
    if row is None:
        raise UserError(tr("This relationship is no longer in the book."), tr("It was removed meanwhile."))
    return row[0], _name(book, row[0]), _name(book, row[1])
