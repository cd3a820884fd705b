"""How likely it is that a customer is still one, and what they will spend, by the model fitted to the shop.

The model is fitted to all customers who have bought or, in a large book, to a fixed draw of them. A fit is
kept for the day, as long as the shop's rhythm stays the same; profile and insights share it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from desktop.models.book import Book
from desktop.models.summaries import shop_rhythm
from desktop.queries.lifetime_rows import rows_before, rows_now

if TYPE_CHECKING:
    from desktop.analytics.lifetime import Bgnbd, Floats, Histories
    from desktop.analytics.spend import Spend
    from desktop.queries.insight_scope import Scope

Why = Literal["nobody", "future", "one-day", "few", "unconverged"]
"""Why there is no model: nobody has bought, or only on days to come, or all on one day; too few have come
back; the customers do not behave as the model says."""
WhyNoSpend = Literal["", "few", "unconverged", "dependent"]
"""Why there is no model of spend: too few with an average above 0, no best fit, or those who come more often
spend clearly more (or less) each time, which the model excludes."""

DAYS = 365.25
MOST_MONTHS, MOST_DISCOUNT = 60, 20.0
"""How far the horizon and the discount of a month (percent) may be set."""
_KEPT = 4
"""Fits kept for a book: today's, and those of the days looked back at."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """One customer's figures by the shop's model.

    `alive` is the probability (0 to 1) of still being a customer, `purchases` how many purchase days are
    expected within the next `months` months and `value` what those are worth today (minor units, `discount`
    percent a month taken off), None where the spend model does not hold. `customers` is how many the model
    was fitted to.
    """

    alive: float
    purchases: float
    value: int | None
    customers: int
    months: int = 12
    discount: float = 1.0


@dataclass(frozen=True, slots=True)
class NoModel:
    """No model can be had, and `why`; with "few", `found` of the `needed` customers have come back."""

    found: int = 0
    needed: int = 0
    why: Why = "few"


@dataclass(frozen=True, slots=True)
class ShopModel:
    """MBG/NBD and Gamma-Gamma as fitted to the shop, with all times in days.

    `day` is the ordinal day they speak of, `customers` how many they were fitted to, `money` None where
    spend follows no model, and `no_money` why.
    """

    model: Bgnbd
    money: Spend | None
    no_money: WhyNoSpend
    customers: int
    day: int

    def alive(self, customers: Histories) -> Floats:
        """Probability that each is still a customer; `histories(past, end)` makes what is asked with."""
        from desktop.analytics.lifetime import probability_alive

        return probability_alive(self.model, customers)

    def expected(self, customers: Histories, days: float) -> Floats:
        """Expected number of further purchase days of each customer within so many days."""
        from desktop.analytics.lifetime import expected_purchases

        return expected_purchases(self.model, customers, days)

    def spend(self, x: Floats, average: Floats) -> Floats | None:
        """Expected spend on an occasion (minor units), None without a model of spend.

        `x` is the number of occasions (all of them, the first too) and `average` their mean spend; an
        average below 0 counts as 0.
        """
        import numpy as np

        return self.money.expected(x, np.maximum(average, 0.0)) if self.money else None

    def value(self, customers: Histories, spend: Floats, months: int, discount: float) -> Floats:
        """Value today (in the unit of `spend`) of each customer's next `months` months.

        `discount` is that of one month, 0.01 for 1 %.
        """
        from desktop.analytics.lifetime import customer_value

        return customer_value(self.model, customers, spend, months=months, discount=discount)


_Key = tuple[int, date, object]
_fits: WeakKeyDictionary[Book, dict[_Key, ShopModel | NoModel]] = WeakKeyDictionary()


def shop_model(book: Book, scope: Scope) -> ShopModel | NoModel:
    """The model of the whole shop, whatever the scope's filters, as it stood on the scope's last day.

    The last day is no later than today. A fit takes some hundredths of a second; after that it is kept until
    the shop's rhythm is measured anew or the day changes.
    """
    if scope.end > scope.today.toordinal():
        return _model_now(book, scope.today)
    return _kept(book, _key(book, scope.today, scope.end - 1), lambda: rows_before(scope))


def lifetime(book: Book, *, customer_id: int, today: date) -> Lifetime | NoModel | None:
    """The figures of a customer; None for one who never bought. Fits a model: ask in the background."""
    row = book.row(
        "SELECT occasions, first_day, last_day, spend FROM customer_summary "
        "WHERE customer_id = ? AND occasions > 0",
        (customer_id,),
    )
    if row is None:
        return None
    shop = _model_now(book, today)
    if isinstance(shop, NoModel):
        return shop
    import numpy as np

    from desktop.analytics.lifetime import Histories

    occasions, first, last, spend = row
    ordinal = max(today.toordinal(), last)
    one = Histories(*(np.array([float(at)]) for at in (occasions - 1, last - first, ordinal - first)))
    each = shop.spend(np.array([float(occasions)]), np.array([spend / occasions]))
    months, discount = horizon(book)
    return Lifetime(
        alive=float(shop.alive(one)[0]),
        purchases=float(shop.expected(one, months * DAYS / 12)[0]),
        value=None if each is None else round(float(shop.value(one, each, months, discount / 100)[0])),
        customers=shop.customers,
        months=months,
        discount=discount,
    )


def horizon(book: Book) -> tuple[int, float]:
    """For how many months value is reckoned, and by how many percent a month it is discounted."""
    months, discount = int(book.setting("value.months")), float(book.setting("value.discount"))
    return min(max(months, 1), MOST_MONTHS), min(max(discount, 0.0), MOST_DISCOUNT)


def shop_gap(book: Book) -> float:
    """The shop's own rhythm in days, to which every customer's is drawn."""
    return shop_rhythm(book.db).median_gap


def known_lifetime(book: Book, *, customer_id: int, today: date) -> Lifetime | NoModel | None:
    """As `lifetime`, at once and without fitting: None as long as nobody has asked in the background."""
    known = _key(book, today, today.toordinal()) in _fits.get(book, {})
    return lifetime(book, customer_id=customer_id, today=today) if known else None


def _model_now(book: Book, today: date) -> ShopModel | NoModel:
    day = today.toordinal()
    return _kept(book, _key(book, today, day), lambda: rows_now(book, day))


def _key(book: Book, today: date, day: int) -> _Key:
    """What a fit hangs on: the rhythm is measured anew when a thousandth of the orders has changed."""
    return day, today, book.row("SELECT orders, median_gap, second_median FROM shop_rhythm")


def _kept(book: Book, key: _Key, rows: Callable[[], Floats]) -> ShopModel | NoModel:
    kept = _fits.setdefault(book, {})
    if key not in kept:
        stale = [other for other in kept if other[1:] != key[1:]]
        for other in stale or list(kept)[: max(0, len(kept) - _KEPT + 1)]:
            del kept[other]
        kept[key] = _fitted(rows(), key[0])
    return kept[key]


def _fitted(rows: Floats, day: int) -> ShopModel | NoModel:
    """A model of the customers of `rows`: occasions, days from first to last, from first to now, spend."""
    from desktop.analytics.fitting import CannotFit, TooFewCustomers
    from desktop.analytics.lifetime import Histories
    from desktop.analytics.lifetime_fit import fit_mbgnbd

    occasions, span, age, spend = rows.T
    seen = age >= 0
    if not seen.all():
        occasions, span, age, spend = rows[seen].T
    if not occasions.size:
        return NoModel(why="future" if rows.size else "nobody")
    if not span.any() and (age == age[0]).all():
        return NoModel(why="one-day")
    try:
        model = fit_mbgnbd(Histories(occasions - 1, span, age))
    except TooFewCustomers as fault:
        return NoModel(fault.found, fault.needed)
    except CannotFit:
        return NoModel(why="unconverged")
    money, no_money = _money(occasions, spend)
    return ShopModel(model, money, no_money, occasions.size, day)


def _money(occasions: Floats, spend: Floats) -> tuple[Spend | None, WhyNoSpend]:
    from desktop.analytics.fitting import CannotFit, TooFewCustomers
    from desktop.analytics.spend import fit_spend

    back = occasions > 1
    try:
        found = fit_spend(occasions[back], spend[back] / occasions[back])
    except TooFewCustomers:
        return None, "few"
    except CannotFit:
        return None, "unconverged"
    return (found, "") if found.independent else (None, "dependent")
