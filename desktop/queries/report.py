"""The shop in figures on a day: the counts, sums and metrics that the screens show, in one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np

from desktop.analytics.intervals import Mean, Rate, rate
from desktop.analytics.occasions import Occasions
from desktop.analytics.repeat import HORIZONS, RepeatPurchase, repeat_by_cohort, repeat_purchase
from desktop.analytics.rhythm import STATES, Factors, ShopRhythm, shop_rhythm, states
from desktop.analytics.satisfaction import Satisfaction, overall
from desktop.core.progress import SILENT, Progress
from desktop.models.book import Book
from desktop.queries.complaint_figures import ComplaintReport, complaint_report
from desktop.queries.insight_days import Span, span
from desktop.queries.purchases import first_day, latest_day, purchases
from desktop.queries.ratings import ratings, responses

MONTHS = 12
"""Calendar months that the rates look at, as the insights screen does at first."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts and sums over every order placed up to the day, amounts in minor units.

    `gross` is what was received and `refunds` what was given back, of orders neither unpaid nor cancelled;
    `net` is their difference; `ordered` is what all orders agreed on, whatever became of them.
    `cancelled` are orders called off or returned whole, but not corrections of the stock, which are worth
    nothing; `refunded` are those with anything given back.
    """

    customers: int
    buyers: int
    orders: int
    lines: int
    gross: int
    refunds: int
    net: int
    ordered: int
    unpaid: int
    refunded: int
    cancelled: int
    cancelled_lines: int
    lines_without_customer: int


@dataclass(frozen=True)
class Report:
    """The shop as of a day. `period` is what the rates look at; `second` is repeat purchase (e), by days."""

    as_of: date
    currency: str
    period: Span
    sums: Sums
    repeat: RepeatPurchase
    second: Mapping[int, Rate]
    satisfaction: Satisfaction
    answered: Rate
    complaints: ComplaintReport
    states: Mapping[str, int]
    rhythm: ShopRhythm

    @property
    def transactions(self) -> Mean:
        """Repeat purchase (c)."""
        return self.repeat.transactions


def report(
    book: Book,
    *,
    as_of: date,
    now: datetime | None = None,
    months: int | None = MONTHS,
    progress: Progress = SILENT,
) -> Report:
    """The figures up to and including the day `as_of`; rates over so many calendar months, None: over all.

    `now` is where the clock of open complaints stands, the day's end if not given. Raises Cancelled.
    """
    period = span(months, as_of, first_day(book), latest_day(book, as_of))
    past = purchases(book, end=period.end, progress=progress).occasions
    progress.check()
    sums = _sums(book, as_of, buyers=int(past.ids.size))
    progress.check()
    shop = shop_rhythm(past)
    now = now or datetime.combine(as_of, time(23, 59, 59))
    rated = ratings(book, start=period.start, end=period.end, progress=progress)
    return Report(
        as_of=as_of,
        currency=book.setting("shop.currency"),
        period=period,
        sums=sums,
        repeat=repeat_purchase(past, period.start, period.end),
        second=_second(past, period.end),
        satisfaction=overall(rated, period.start, period.end),
        answered=responses(book, start=period.start, end=period.end),
        complaints=complaint_report(book, start=period.start, end=period.end, now=now, progress=progress),
        states=_states(book, past, sums.customers, as_of, shop),
        rhythm=shop,
    )


def _sums(book: Book, as_of: date, *, buyers: int) -> Sums:
    day = {"day": as_of.toordinal()}
    orders, gross, refunds, net, ordered, unpaid, refunded, cancelled = book.row(
        """
        SELECT count(*), coalesce(sum(iif(counted, paid, 0)), 0), coalesce(sum(iif(counted, refunded, 0)), 0),
            coalesce(sum(net), 0), coalesce(sum(total), 0), coalesce(sum(status = 'unpaid'), 0),
            coalesce(sum(refunded > 0), 0),
            coalesce(sum(status IN ('cancelled', 'returned') AND total <> 0), 0)
        FROM (SELECT *, status NOT IN ('unpaid', 'cancelled') AS counted FROM orders WHERE day <= :day)
        """,
        day,
    )
    lines, cancelled_lines, nobody = book.row(
        """
        SELECT count(*), coalesce(sum(status IN ('cancelled', 'returned') AND total <> 0), 0),
            coalesce(sum(customer_id IS NULL), 0)
        FROM order_line JOIN orders ON orders.id = order_line.order_id WHERE orders.day <= :day
        """,
        day,
    )
    tomorrow = date.fromordinal(as_of.toordinal() + 1).isoformat()
    customers = book.value(
        "SELECT count(*) FROM customer WHERE created_at < :tomorrow "
        "OR EXISTS (SELECT 1 FROM orders WHERE customer_id = customer.id AND day <= :day)",
        day | {"tomorrow": tomorrow},
    )
    return Sums(
        customers=int(customers), buyers=buyers, orders=orders, lines=lines, gross=gross, refunds=refunds,
        net=net, ordered=ordered, unpaid=unpaid, refunded=refunded, cancelled=cancelled,
        cancelled_lines=cancelled_lines,
        lines_without_customer=nobody,
    )  # fmt: skip


def _second(past: Occasions, end: int) -> dict[int, Rate]:
    """Definition (e) over all cohorts old enough for each horizon."""
    cohorts = repeat_by_cohort(past, end)
    found = {}
    for at, days in enumerate(HORIZONS):
        judged = [share for cohort in cohorts if (share := cohort.shares[at]) is not None]
        found[days] = rate(sum(share.hits for share in judged), sum(share.n for share in judged))
    return found


def _states(book: Book, past: Occasions, customers: int, as_of: date, shop: ShopRhythm) -> dict[str, int]:
    """How many customers are in each purchase state on the day, by what was known then."""
    factors = Factors(*(float(book.setting(f"rhythm.{name}")) for name in ("drifting", "alarming", "lost")))
    found = states(past.counts, past.first, past.last, as_of.toordinal(), shop, factors)
    counts = np.bincount(found.state, minlength=len(STATES)).tolist()
    by_name = dict(zip(STATES, counts, strict=True))
    by_name["none"] = max(customers - int(past.ids.size), 0)
    return by_name
