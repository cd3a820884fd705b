"""The four values of a customer besides what the profile holds: what they told the shop, and told others."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class CustomerValues:
    """Information: answered `ratings`, `suggestions` and `interviews` given. Word of mouth: the mean
    `recommend` score (0 to 10, None where never asked) of `recommended` answers, and `public` reviews with
    the mean of what they gave (1 to 5, None where none has one)."""

    ratings: int = 0
    worded: int = 0
    suggestions: int = 0
    interviews: int = 0
    recommend: float | None = None
    recommended: int = 0
    public: int = 0
    public_mean: float | None = None


def customer_values(book: Book, *, customer_id: int) -> CustomerValues:
    """What a customer gave in words, and what they say of the shop to others."""
    ratings, worded, recommend, recommended, public, public_mean = book.row(
        "SELECT count(*), count(CASE WHEN text <> '' THEN 1 END), avg(recommend), count(recommend), "
        "count(CASE WHEN public = 1 THEN 1 END), avg(CASE WHEN public = 1 THEN perceived END) "
        "FROM rating WHERE customer_id = ? AND answered = 1",
        (customer_id,),
    )
    gave = dict(
        book.rows(
            "SELECT gave, count(*) FROM interaction WHERE customer_id = ? AND gave <> '' GROUP BY gave",
            (customer_id,),
        )
    )
    return CustomerValues(
        ratings, worded, gave.get("suggestion", 0), gave.get("interview", 0),
        recommend, recommended, public, public_mean,
    )  # fmt: skip


def customer_rating_ids(book: Book, *, customer_id: int) -> array[int]:
    """The ids of a customer's answered ratings, newest first."""
    rows = book.rows(
        "SELECT id FROM rating WHERE customer_id = ? AND answered = 1 ORDER BY day DESC, id DESC",
        (customer_id,),
    )
    return array("q", (row for (row,) in rows))
