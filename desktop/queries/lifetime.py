"""How likely it is that a customer is still one, and what they will spend, by the model fitted to the shop.

It is fitted from the summaries, to all customers who have bought or, in a large book, to a fixed draw of
them; a fit is kept for the day, as long as the shop's rhythm stays the same.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from desktop.models.book import Book
from desktop.models.summaries import shop_rhythm

if TYPE_CHECKING:
    from desktop.analytics.lifetime import Floats

DRAWN = 20_000
"""Customers a model is fitted to at most: more would change the third digit and cost seconds."""
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Lifetime:
    """One customer's figures by the shop's model.

    `alive` is the probability (0 to 1) of still being a customer, `purchases` how many purchase days are
    expected within the next 12 months and `value` what those are worth today (minor units, 1 % a month taken
    off), None where the spend model does not hold. `customers` is how many the model was fitted to.
    """

    alive: float
    purchases: float
    value: int | None
    customers: int


@dataclass(frozen=True, slots=True)
class NoModel:
    """The shop has too few repeat customers (`found` of the `needed`), or they follow no model (0, 0)."""

    found: int = 0
    needed: int = 0


class _Fitted:
    """A shop's model as it was fitted for the day and rhythm of `key`."""

    def __init__(self, key: tuple[object, ...], book: Book, today: date) -> None:
        from desktop.analytics.fitting import CannotFit, TooFewCustomers
        from desktop.analytics.lifetime import Histories, fit_mbgnbd
        from desktop.analytics.spend import fit_spend

        self.key = key
        self.none: NoModel | None = None
        table = _drawn(book, today)
        self.customers = len(table)
        occasions, span, age, spend = table.T
        try:
            self.model = fit_mbgnbd(Histories(occasions - 1, span, age))
        except TooFewCustomers as fault:
            self.none = NoModel(fault.found, fault.needed)
            return
        except CannotFit:
            self.none = NoModel()
            return
        back = occasions > 1
        try:
            found = fit_spend(occasions[back], spend[back] / occasions[back])
            self.spend = found if found.independent else None
        except CannotFit:
            self.spend = None


_fits: WeakKeyDictionary[Book, _Fitted] = WeakKeyDictionary()


def lifetime(book: Book, *, customer_id: int, today: date) -> Lifetime | NoModel | None:
    """The figures of a customer; None for one who never bought. May take seconds: ask in the background."""
    row = book.row(
        "SELECT occasions, first_day, last_day, spend FROM customer_summary "
        "WHERE customer_id = ? AND occasions > 0",
        (customer_id,),
    )
    if row is None:
        return None
    fitted = _fitted(book, today)
    if fitted.none:
        return fitted.none
    import numpy as np

    from desktop.analytics.lifetime import Histories, customer_value, expected_purchases, probability_alive

    occasions, first, last, spend = row
    ordinal = max(today.toordinal(), last)
    one = Histories(*(np.array([float(at)]) for at in (occasions - 1, last - first, ordinal - first)))
    value = None
    if fitted.spend:
        each = fitted.spend.expected(np.array([float(occasions)]), np.array([max(spend, 0) / occasions]))
        value = round(float(customer_value(fitted.model, one, each)[0]))
    return Lifetime(
        alive=float(probability_alive(fitted.model, one)[0]),
        purchases=float(expected_purchases(fitted.model, one, 365.25)[0]),
        value=value,
        customers=fitted.customers,
    )


def shop_gap(book: Book) -> float:
    """The shop's own rhythm in days, to which every customer's is drawn."""
    return shop_rhythm(book.db).median_gap


def known_lifetime(book: Book, *, customer_id: int, today: date) -> Lifetime | NoModel | None:
    """As `lifetime`, at once and without fitting: None as long as nobody has asked in the background."""
    found = _fits.get(book)
    fresh = found is not None and found.key == _key(book, today)
    return lifetime(book, customer_id=customer_id, today=today) if fresh else None


def _fitted(book: Book, today: date) -> _Fitted:
    key = _key(book, today)
    found = _fits.get(book)
    if found is None or found.key != key:
        found = _fits[book] = _Fitted(key, book, today)
    return found


def _key(book: Book, today: date) -> tuple[object, ...]:
    """What a fit hangs on: the rhythm is measured anew when a thousandth of the orders has changed."""
    return today, book.row("SELECT orders, median_gap, second_median FROM shop_rhythm")


def _drawn(book: Book, today: date) -> Floats:
    """(occasions, days from first to last, days from first to today, spend) of customers who have bought."""
    import numpy as np

    columns = (
        "SELECT occasions, last_day - first_day, max(:today, last_day) - first_day, spend "
        "FROM customer_summary"
    )
    asked = {"today": today.toordinal()}
    last = book.value("SELECT max(customer_id) FROM customer_summary") or 0
    if last <= 2 * DRAWN:
        rows = book.rows(f"{columns} WHERE occasions > 0", asked)
    else:
        # The same draw each time, so that figures do not change from one look to the next.
        ids = random.Random(1).sample(range(1, last + 1), DRAWN)
        rows = []
        for start in range(0, DRAWN, _BLOCK):
            block = ", ".join(map(str, ids[start : start + _BLOCK]))
            rows += book.rows(f"{columns} WHERE customer_id IN ({block}) AND occasions > 0", asked)
    return np.array(rows, dtype=np.float64).reshape(-1, 4)
