"""Every figure of 200,000 complaints: read, counted over any period and slice, after a change, its rows."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import get_args

from bench.complaint_book import EVENING
from bench.results import Result, percentile
from desktop.models.book import Book
from desktop.models.complaints import ComplaintStep
from desktop.queries.complaint_columns import ComplaintColumns
from desktop.queries.complaint_figures import WANTED, ComplaintReport, complaint_report
from desktop.queries.complaint_figures_cohorts import EVERYTHING, ComplaintSlice
from desktop.queries.complaint_figures_tables import By, complaint_heat, complaint_pareto, complaint_table

BOUND = 100.0
_TODAY = EVENING.toordinal() + 1
_PERIODS = (30, 90, 365, 730, 1500)
_SLICES = (
    EVERYTHING, ComplaintSlice(subject="delivery"), ComplaintSlice(channel="wechat"),
    ComplaintSlice(staff_id=1), ComplaintSlice(product_id=1),
    ComplaintSlice(severity="urgent", nature="valid"),
)  # fmt: skip


def figures(book: Book) -> Iterator[Result]:
    """The whole section of figures, as the screen asks for it."""
    yield Result("columns of complaints read, in the background", _timed(ComplaintColumns(book).now), "ms")
    _counted(book, _PERIODS[-1], EVERYTHING)
    dice = random.Random(9)
    asked = [(days, only) for days in _PERIODS for only in _SLICES]
    yield _all("figures of any period and slice, p95", [partial(_counted, book, *one) for one in asked])
    report = _counted(book, _PERIODS[-1], EVERYTHING)
    ids = report.moment.complaints.ids
    changed = [_after_change(book, int(ids[dice.randrange(len(ids))])) for _ in range(20)]
    yield Result("figures of four years after a change, p95", percentile(changed), "ms", BOUND)
    parted: tuple[By, ...] = get_args(By)
    first = [_timed(partial(complaint_table, book, report, by)) for by in parted]
    yield Result("tables by what they share, the first time, slowest", max(first), "ms")
    yield _all(
        "bars and tables by what they share, p95",
        [partial(complaint_table, book, report, by) for by in parted for _ in range(4)]
        + [partial(complaint_pareto, book, report, by) for by in parted if by != "month"],
    )
    yield _all("products by subjects, p95", [partial(complaint_heat, book, report)] * 10)
    keys = (*WANTED, "open", "settled", "unlinked")
    yield _all("the rows behind any figure, p95", [partial(report.rows_behind, key) for key in keys] * 2)


def _counted(book: Book, days: int, only: ComplaintSlice) -> ComplaintReport:
    return complaint_report(book, start=_TODAY - days, end=_TODAY, now=EVENING, filters=only)


def _after_change(book: Book, complaint: int) -> float:
    with book.step("note") as step:
        step.insert(ComplaintStep, complaint_id=complaint, kind="note", at="2026-11-22 16:00:00", text="…")
    return _timed(partial(_counted, book, _PERIODS[-1], EVERYTHING))


def _all(name: str, asked: Sequence[Callable[[], object]]) -> Result:
    return Result(name, percentile([_timed(one) for one in asked]), "ms", BOUND)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)
