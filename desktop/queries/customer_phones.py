"""The phone numbers of many customers, for the clipboard."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models.book import Book
from desktop.models.id_lists import AMONG, id_pieces


def phones_of(book: Book, *, customer_ids: Sequence[int]) -> list[str]:
    """The main phone number of each customer who has one, as it is recognised, in the order of the ids."""
    found: dict[int, str] = {}
    for _, ids in id_pieces(customer_ids):
        for customer, phone in book.rows(
            "SELECT customer_id, norm FROM contact_point WHERE kind = 'phone' "
            f"AND customer_id IN {AMONG} ORDER BY customer_id, main DESC, id",
            {"ids": ids},
        ):
            found.setdefault(customer, phone)
    return [found[one] for one in customer_ids if one in found]
