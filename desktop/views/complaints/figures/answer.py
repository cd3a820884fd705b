"""Everything the screen of figures shows, read in the worker in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.core.progress import Progress
from desktop.models.book import Book
from desktop.queries.complaint_causes import Causes, CauseSlice, causes
from desktop.queries.complaint_figures import ComplaintReport, complaint_report
from desktop.queries.complaint_figures_cohorts import ComplaintSlice
from desktop.queries.complaint_figures_tables import (
    Bar,
    GroupRow,
    Heat,
    complaint_heat,
    complaint_pareto,
    complaint_table,
)
from desktop.queries.complaint_narrowing import Narrowing, narrowing
from desktop.views.complaints.figures.filters import Wanted
from desktop.views.complaints.figures.table import BYS, By


@dataclass(frozen=True)
class Answer:
    """What the worker found for what was wanted."""

    wanted: Wanted
    report: ComplaintReport
    subjects: Sequence[Bar]
    details: Sequence[Bar]
    heat: Heat
    groups: Mapping[By, Sequence[GroupRow]]
    causes: Causes
    choices: Narrowing
    any: bool


def ask(book: Book, wanted: Wanted, now: datetime, progress: Progress) -> Answer:
    """Everything the screen shows, read in the worker. Raises Cancelled."""
    start, end = wanted.period.days(now.date())
    only = ComplaintSlice(
        subject=wanted.subject or None,
        product_id=wanted.product,
        channel=wanted.channel or None,
        staff_id=wanted.clerk,
        severity=wanted.severity or None,
    )
    report = complaint_report(book, start=start, end=end, now=now, filters=only, progress=progress)
    progress.check()
    groups: dict[By, Sequence[GroupRow]] = {}
    for by in BYS:
        groups[by] = complaint_table(book, report, by)
        progress.check()
    return Answer(
        wanted=wanted,
        report=report,
        subjects=complaint_pareto(book, report, "subject"),
        details=complaint_pareto(book, report, "detail"),
        heat=complaint_heat(book, report),
        groups=groups,
        causes=causes(book, cause_slice(report)),
        choices=narrowing(book, report.moment, product_id=wanted.product),
        any=bool(report.moment.complaints.ids.size),
    )


def cause_slice(report: ComplaintReport) -> CauseSlice:
    """The complaints of a report, for what was noted on them."""
    only = report.only
    return CauseSlice(
        report.start, report.end, only.subject or "", only.product_id, only.channel or "", only.staff_id,
        only.severity or "",
    )  # fmt: skip
