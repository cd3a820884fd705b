"""Who is left out of promotions, and why: the one rule that filters and cards ask."""

from __future__ import annotations

from typing import Literal, NamedTuple

from desktop.models.book import Book

Why = Literal["complaint", "refused", "restrict", "object"]

REFUSED = (
    "SELECT n.id, n.customer_id, n.at FROM consent AS n WHERE purpose = 'promotion' AND given = 0 "
    "AND NOT EXISTS (SELECT 1 FROM consent AS m WHERE m.customer_id = n.customer_id "
    "AND m.purpose = n.purpose AND (m.at > n.at OR (m.at = n.at AND m.id > n.id)))"
)
"""The refusals of promotions that hold."""
WITHHELD = (
    "customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM consent AS yes "
    "WHERE yes.customer_id = r.customer_id AND yes.purpose = 'promotion' AND yes.given = 1 "
    "AND yes.at > r.received_at)"
)
"""That a privacy request `r` was not taken back by agreeing to promotions later."""


class LeftOut(NamedTuple):
    """A reason to leave somebody out: an open complaint (`id`, `number`), a refusal, a privacy request.

    `since` is when it began, as stored.
    """

    why: Why
    id: int
    number: str
    since: str


def left_out(book: Book, customer_id: int) -> tuple[LeftOut, ...]:
    """Why a customer gets no promotions now; () when they may.

    An open complaint: whoever waits for an answer is not to be sold something. A refusal, or a request to
    restrict the use of their data or an objection to it, until they agree again.
    `conditions_masks.left_out_mask` answers the same for everybody.
    """
    return tuple(
        LeftOut(*row)
        for row in book.rows(
            "SELECT 'complaint' AS why, id, number, received_at AS since FROM complaint "
            "WHERE customer_id = ?1 AND open = 1 "
            f"UNION ALL SELECT 'refused', id, '', at FROM ({REFUSED}) WHERE customer_id = ?1 "
            "UNION ALL SELECT kind, r.id, '', received_at FROM privacy_request AS r "
            f"WHERE r.customer_id = ?1 AND kind IN ('restrict', 'object') AND {WITHHELD} "
            "ORDER BY why, since, id",
            (customer_id,),
        )
    )
