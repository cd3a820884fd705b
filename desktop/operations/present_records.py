"""What an entry refers to, as the book has it by now: a form that stood open may name what is gone."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.operations.complaint_steps import load
from desktop.operations.present_customer import present_customer

_GONE: Mapping[str, tuple[str, str]] = {
    "order_id": ("orders", mark("This order is no longer in the book.")),
    "case_id": ("service_case", mark("This entry is no longer in the book.")),
    "interaction_id": ("interaction", mark("This entry is no longer in the book.")),
    "product_id": ("product", mark("This product is no longer in the book.")),
    "staff_id": ("staff", mark("This clerk is no longer in the book.")),
}


def present_records(book: Book, **named: int | None) -> dict[str, int | None]:
    """The ids by the names of their columns; a customer who was merged is whoever they have become.

    Raises UserError for a record that was deleted, and for a complaint that was merged into another.
    """
    for name, row in named.items():
        if row is None:
            continue
        if name == "customer_id":
            named[name] = present_customer(book, row)
        elif name == "complaint_id":
            load(book, row)
        else:
            table, gone = _GONE[name]
            if not book.value(f"SELECT 1 FROM {table} WHERE id = ?", (row,)):
                raise UserError(tr(gone), tr("It was deleted meanwhile; undo brings it back."))
    return named
