"""Changes to products."""

from __future__ import annotations

from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.orders import Product
from desktop.operations.service import gone

LONGEST_WARRANTY = 600
"""Months: fifty years are a slip of the pen."""


def set_warranty(book: Book, *, product_id: int, months: int | None) -> Changes:
    """Say how many months a product is under warranty; None or 0: it has none. Raises UserError."""
    product = book.get(Product, product_id)
    if product is None:
        raise gone()
    if months is not None and not 0 <= months <= LONGEST_WARRANTY:
        raise UserError(tr("A warranty lasts between none and {n} months.", n=LONGEST_WARRANTY))
    with book.step(mark("Warranty of {product}"), product=product.name) as step:
        step.update(Product, product_id, warranty_months=months or None)
    return step.changes
