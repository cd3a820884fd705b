"""What narrows complaints beside their scope: severity, subject, clerk, product, and how many each leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.models.book import Book
from desktop.queries.complaint_filter import NO_PRODUCT, NOBODY, WIDE, ComplaintFilter, text_ids, whole


@dataclass(frozen=True, slots=True)
class Facets:
    """How many complaints each choice would leave: the scope, the words and the other kinds of choice hold.

    Clerks and products stand by id, with their names beside; NOBODY and NO_PRODUCT are among them.
    """

    severities: Mapping[str, int]
    subjects: Mapping[str, int]
    staff: Mapping[int, int]
    products: Mapping[int, int]
    staff_names: Mapping[int, str]
    product_names: Mapping[int, str]


def facets(book: Book, *, now: datetime, view: ComplaintFilter) -> Facets:
    """Count the choices; over all of a large book that takes a moment, so ask in the background."""
    rows = _rows(book, view.without_facets(), now)
    chosen = (view.severities, view.subjects, view.staff, view.products)
    counted: tuple[Counter[str], Counter[str], Counter[int], Counter[int]] = (
        Counter(), Counter(), Counter(), Counter(),
    )  # fmt: skip
    for *values, number in rows:
        fits = [not some or value in some for value, some in zip(values, chosen, strict=True)]
        for place, value in enumerate(values):
            if all(fit for other, fit in enumerate(fits) if other != place):
                counted[place][value] += number
    severities, subjects, staff, products = counted
    return Facets(severities, subjects, staff, products, clerk_names(book), product_names(book, products))


def _rows(book: Book, view: ComplaintFilter, now: datetime) -> Iterable[tuple[Any, ...]]:
    """How many complaints have each severity, subject, clerk and product together."""
    if view.scope in WIDE:
        from desktop.queries.complaint_columns import at_hand, complaint_columns
        from desktop.queries.complaint_wide import combinations, places

        if at_hand(book):
            moment = complaint_columns(book)
            words = text_ids(book, view.text) if view.text.strip() else None
            return combinations(moment.complaints, places(moment, view, words))
    part = whole(book, view, now)
    return book.rows(
        f"SELECT severity, subject, coalesce(staff_id, {NOBODY}), coalesce(product_id, {NO_PRODUCT}), "
        f"count(*) FROM complaint WHERE {part.where} GROUP BY 1, 2, 3, 4",
        part.params,
    )


def clerk_names(book: Book) -> dict[int, str]:
    """The shop's clerks by id, those of today first."""
    return dict(book.rows("SELECT id, name FROM staff ORDER BY active DESC, name"))


def product_names(book: Book, products: Mapping[int, int]) -> dict[int, str]:
    """The names of these products, the one with the most complaints first."""
    order = [product for product, _ in Counter(products).most_common() if product != NO_PRODUCT]
    names = dict(
        book.rows(
            "SELECT id, name FROM product WHERE id IN (SELECT DISTINCT product_id FROM complaint "
            "WHERE product_id IS NOT NULL)"
        )
    )
    return {product: names[product] for product in order if product in names}
