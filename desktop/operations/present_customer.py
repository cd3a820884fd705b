"""Who a customer is today: a form that stood open may name somebody who was merged or deleted meanwhile."""

from __future__ import annotations

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.models.book import Book


def present_customer(book: Book, customer_id: int | None) -> int | None:
    """The customer, or whoever they have become part of; None stays None. Raises UserError when gone."""
    seen: set[int] = set()
    while customer_id is not None and customer_id not in seen:
        seen.add(customer_id)
        if book.value("SELECT 1 FROM customer WHERE id = ?", (customer_id,)):
            return customer_id
        customer_id = book.value(
            "SELECT kept_id FROM merge WHERE gone_id = ? ORDER BY id DESC", (customer_id,)
        )
    if not seen:
        return None
    raise UserError(
        tr("This customer is no longer in the book."),
        tr("They were deleted meanwhile; undo brings them back."),
    )
