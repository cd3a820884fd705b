"""All figures of the insights over 1,000,000 orders of 100,000 customers: from nothing, and after a sale."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from bench.books import DAY
from bench.insights_book import insights_book
from bench.large import _read_through
from bench.results import Options, Result, percentile
from desktop.models.book import Book
from desktop.models.orders import Order, OrderLine
from desktop.queries.insight_channels import channel_report
from desktop.queries.insight_cohorts import cohort_report
from desktop.queries.insight_drifting import drifting_report
from desktop.queries.insight_findings import findings
from desktop.queries.insight_forecast import forecast_report
from desktop.queries.insight_overview import overview_report
from desktop.queries.insight_products import product_report
from desktop.queries.insight_repeat import repeat_report
from desktop.queries.insight_satisfaction import satisfaction_report
from desktop.queries.insight_scope import Narrowing, Scope, insight_scope
from desktop.queries.insight_segments import segment_report
from desktop.queries.insight_value import value_report

CUSTOMERS, QUICK = 100_000, 5_000
COLD, CHANGED = 1000.0, 100.0
_END = DAY.toordinal() + 1
_SALES = 8
_COLUMNS = "columns"
REPORTS: Mapping[str, Callable[[Scope], object]] = {
    "satisfaction": satisfaction_report,
    "repeat purchase": repeat_report,
    "cohorts": cohort_report,
    "segments": segment_report,
    "drifting": drifting_report,
    "value": value_report,
    "channels": channel_report,
    "products": product_report,
    "forecast": forecast_report,
    "findings": findings,
    "overview": overview_report,
}


def measure(options: Options) -> Iterator[Result]:
    """Every report of every screen, as the tabs ask for them: of one scope, until the book changes."""
    path = insights_book(options.folder, QUICK if options.quick else CUSTOMERS)
    _warm_up(options.folder)
    _read_through(path)
    with Book.open(path) as book:
        taken = _each(book)
        worst = ", ".join(sorted(taken, key=lambda name: -taken[name])[:2])
        yield Result(f"all figures, from nothing (most: {worst})", sum(taken.values()), "ms", COLD)
        for name, value in taken.items():
            yield Result(f"  {name}", value, "ms")
        yield from _again(book)
        yield from _after_sales(book)


def _again(book: Book) -> Iterator[Result]:
    """Each alone when everything has been asked before, whole and narrowed."""
    for name, only in (("", Narrowing()), (", of a channel", Narrowing(channel="wechat"))):
        taken = {}
        for report, ask in REPORTS.items():
            _asked(book, ask, only)
            taken[report] = _timed(partial(_asked, book, ask, only))
        worst = max(taken, key=lambda one: taken[one])
        yield Result(f"any screen again{name} (slowest: {worst})", taken[worst], "ms", CHANGED)


def _after_sales(book: Book) -> Iterator[Result]:
    """All together after one new order, and each of them."""
    dice = random.Random(6)
    every: list[float] = []
    each: dict[str, list[float]] = {name: [] for name in (_COLUMNS, *REPORTS)}
    for _ in range(_SALES):
        _sale(book, dice)
        taken = _each(book)
        every.append(sum(taken.values()))
        for name, value in taken.items():
            each[name].append(value)
    yield Result("all figures after one new order, median", percentile(every, 0.5), "ms", CHANGED)
    middle = {name: percentile(values, 0.5) for name, values in each.items()}
    worst = max(middle, key=lambda name: middle[name])
    yield Result(f"any screen after one new order (slowest: {worst})", middle[worst], "ms", CHANGED)
    for name, values in each.items():
        yield Result(f"  {name}, median", percentile(values, 0.5), "ms")


def _sale(book: Book, dice: random.Random) -> None:
    customer = dice.randint(1, int(book.value("SELECT max(id) FROM customer")))
    with book.step("sale") as step:
        order = step.insert(
            Order, channel="shop", customer_id=customer, placed_at=f"{DAY} 17:00:00", total=8800, paid=8800
        )
        step.insert(OrderLine, order_id=order, product_id=dice.randint(1, 20), amount=8800)


def _warm_up(folder: Path) -> None:
    """Loads what the window has loaded before anybody opens the insights, over a small book."""
    with Book.open(insights_book(folder, 1000)) as book:
        for report in REPORTS.values():
            _asked(book, report)
    gc.collect()


def _each(book: Book) -> dict[str, float]:
    """Milliseconds of the columns and of every report."""
    begun = time.perf_counter()
    scope = _scope(book)
    taken = {_COLUMNS: 1000 * (time.perf_counter() - begun)}
    return taken | {name: _timed(partial(report, scope)) for name, report in REPORTS.items()}


def _scope(book: Book, only: Narrowing | None = None) -> Scope:
    return insight_scope(book, start=_END - 90, end=_END, today=DAY, only=only or Narrowing())


def _asked(book: Book, report: Callable[[Scope], object], only: Narrowing | None = None) -> object:
    return report(_scope(book, only))


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)
