"""Complaints parted by what they share: the Pareto of subjects, products by subjects, tables of figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from desktop.analytics.complaints import Handling, handling, pareto, residuals
from desktop.analytics.intervals import Change, Mean, Rate, change, per, rate
from desktop.analytics.periods import edges, period_index
from desktop.core.words import MOODS, NATURES, SEVERITIES, SUBJECTS
from desktop.models.book import Book
from desktop.queries.complaint_columns import ComplaintMoment
from desktop.queries.complaint_columns_parts import Floats, Ints
from desktop.queries.complaint_figures import ComplaintReport
from desktop.queries.complaint_figures_cohorts import NONE_NOTED, Cohort, ComplaintSlice
from desktop.queries.complaint_figures_orders import about_orders, orders_per_day

By = Literal["subject", "detail", "product", "channel", "clerk", "severity", "nature", "mood", "month"]
MOST = 50
"""Groups of which all figures are counted, the largest first."""
_CODES = {
    "subject": tuple(SUBJECTS), "severity": tuple(SEVERITIES), "nature": tuple(NATURES), "mood": tuple(MOODS)
}  # fmt: skip

_SLICES: Mapping[str, Callable[[str], ComplaintSlice]] = {
    "subject": lambda code: ComplaintSlice(subject=code),
    "severity": lambda code: ComplaintSlice(severity=code),
    "nature": lambda code: ComplaintSlice(nature=code),
    "mood": lambda code: ComplaintSlice(mood=code),
}


@dataclass(frozen=True, slots=True)
class Group:
    """What some complaints share: the slice they are, its code, name or id, and how it is stored.

    `name` is a code of `core.words` (subject, severity, nature, mood), a detail, a channel's code, or the
    name of a product or clerk as stored; "" where none was noted. A month has its days.
    """

    key: str | int
    name: str
    within: ComplaintSlice
    days: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a Pareto: its complaints, their share of all (`cumulative` with all larger bars), and how
    many there were in the period before; `change` is that of the share."""

    group: Group
    count: int
    share: Rate
    cumulative: float
    before: int
    change: Change


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The figures of one group, beside those of the period before (None for months).

    `share` is of all complaints of the period, `per_hundred` complaints per 100 orders: of the product's or
    channel's own orders, else of all of them.
    """

    group: Group
    share: Rate
    handling: Handling
    before: Handling | None
    per_hundred: Mean


@dataclass(frozen=True)
class Heat:
    """Products with most complaints against subjects: `counts` and `residuals` are (products, subjects).

    A residual beyond ±1.96 says that a product has more or fewer complaints of a subject than its own total
    and the subject's would give. `others` are complaints about further products, `unknown` about none.
    """

    products: tuple[Group, ...]
    subjects: tuple[Group, ...]
    counts: Ints
    residuals: Floats
    others: int
    unknown: int

    def share(self, product: int, subject: int) -> Rate:
        """The share of a product's complaints that are about a subject, by their places."""
        return rate(int(self.counts[product, subject]), int(self.counts[product].sum()))

    def within(self, product: int, subject: int) -> ComplaintSlice:
        """The slice of a cell, by its place."""
        return replace(self.products[product].within, subject=str(self.subjects[subject].key))


def complaint_pareto(book: Book, report: ComplaintReport, by: By = "subject") -> list[Bar]:
    """The bars of what complaints share, the commonest first; those of the period before beside them."""
    now, before = (_codes(report.moment, side.cohort.at, by) for side in (report.current, report.before))
    rows = pareto(now)
    groups = _groups(book, report, by, [row.code for row in rows])
    old = dict(zip(*(found.tolist() for found in np.unique(before, return_counts=True)), strict=True))
    return [
        Bar(group, row.count, row.share, row.cumulative, old.get(row.code, 0),
            change(row.share, rate(old.get(row.code, 0), before.size)))
        for row, group in zip(rows, groups, strict=True)
    ]  # fmt: skip


def complaint_heat(book: Book, report: ComplaintReport, most: int = 12) -> Heat:
    """Products with most complaints against the seven subjects."""
    table, at = report.moment.complaints, report.current.cohort.at
    product, subject = table.product[at], table.subject[at].astype(np.int64)
    named = product != NONE_NOTED
    shown = [row.code for row in pareto(product[named])[:most]]
    ordered = np.sort(np.array(shown, np.int64))
    place = np.minimum(np.searchsorted(ordered, product), max(len(shown) - 1, 0))
    inside = ordered[place] == product if shown else np.zeros(len(product), np.bool_)
    width = len(SUBJECTS)
    counts = np.bincount(place[inside] * width + subject[inside], minlength=len(shown) * width)
    counts = counts[: len(shown) * width].reshape(-1, width)
    counts = counts[np.searchsorted(ordered, shown)] if shown else counts
    return Heat(
        products=tuple(_groups(book, report, "product", shown)),
        subjects=tuple(_groups(book, report, "subject", list(range(width)))),
        counts=counts,
        residuals=residuals(counts),
        others=int(np.count_nonzero(named & ~inside)),
        unknown=int(np.count_nonzero(~named)),
    )


def complaint_table(book: Book, report: ComplaintReport, by: By, most: int = MOST) -> list[GroupRow]:
    """All figures of each group, the largest first (months in their order, empty ones included)."""
    codes = _codes(report.moment, report.current.cohort.at, by)
    if by == "month":
        edge = edges(report.start, report.end, "month")
        shown = period_index(edge[:-1], "month").tolist()
    else:
        shown = [row.code for row in pareto(codes)[:most]]
    now = _parted(report.current.cohort, codes, shown)
    earlier = None
    if by != "month":
        earlier = _parted(report.before.cohort, _codes(report.moment, report.before.cohort.at, by), shown)
    groups = _groups(book, report, by, shown)
    per_hundred = _per_hundred(book, report, by, groups, shown)
    return [
        GroupRow(group, rate(now[at].n, report.n), now[at], earlier[at] if earlier else None, per_hundred[at])
        for at, group in enumerate(groups)
    ]


def _per_hundred(
    book: Book, report: ComplaintReport, by: By, groups: list[Group], shown: list[int]
) -> list[Mean]:
    """Complaints about the period's orders per 100 of them: of each group's own, or a group's about all."""
    if by == "month":
        return [month.per_hundred for month in report.trend]
    moment, start, end = report.moment, report.start, report.end
    if by == "channel":
        of_channel = []
        for group in groups:
            only = group.within.within(report.only)
            day = about_orders(moment, only)
            ordered = orders_per_day(book, moment, only, start, end)
            of_channel.append(per(int(np.count_nonzero((day >= start) & (day < end))), int(ordered.sum())))
        return of_channel
    day = about_orders(moment, report.only)
    blamed = _codes(moment, np.flatnonzero((day >= start) & (day < end)), by)
    values, counts = np.unique(blamed, return_counts=True)
    found = dict(zip(values.tolist(), counts.tolist(), strict=True))
    orders = [report.per_hundred.n] * len(shown)
    if by == "product":
        wanted = (group.within.within(report.only) for group in groups)
        orders = [int(orders_per_day(book, moment, only, start, end).sum()) for only in wanted]
    return [per(found.get(code, 0), n) for code, n in zip(shown, orders, strict=True)]


def _parted(members: Cohort, codes: Ints, shown: list[int]) -> list[Handling]:
    """The figures of the complaints of each code."""
    # Small numbers are sorted in one go through them.
    small = len(codes) > 0 and codes.min() >= 0 and codes.max() < 1 << 16
    order = np.argsort(codes.astype(np.uint16) if small else codes, kind="stable")
    ordered = codes[order]
    together = members.complaints.where(order)
    low, high = (np.searchsorted(ordered, shown, side=side).tolist() for side in ("left", "right"))
    return [handling(together.where(slice(a, b))) for a, b in zip(low, high, strict=True)]


def _codes(moment: ComplaintMoment, at: Ints, by: By) -> Ints:
    """A number for each of some complaints: the same for those that share something."""
    table = moment.complaints
    if by == "month":
        return period_index(table.received_day[at].astype(np.int64), "month")
    if by == "detail":
        # A detail stands below its subject: two of one name are two.
        return table.detail[at].astype(np.int64) * len(SUBJECTS) + table.subject[at]
    found: Ints = getattr(table, "staff" if by == "clerk" else by)[at].astype(np.int64)
    return found


def _groups(book: Book, report: ComplaintReport, by: By, codes: list[int]) -> list[Group]:
    if by in _CODES:
        names = _CODES[by]
        return [Group(names[code], names[code], _SLICES[by](names[code])) for code in codes]
    if by == "channel":
        words = report.moment.channels.texts()
        return [Group(words[code], words[code], ComplaintSlice(channel=words[code])) for code in codes]
    if by == "detail":
        words = report.moment.details.texts()
        subjects = tuple(SUBJECTS)
        found = [(subjects[code % len(subjects)], words[code // len(subjects)]) for code in codes]
        return [Group(f"{a}/{b}", b, ComplaintSlice(subject=a, detail=b)) for a, b in found]
    if by == "month":
        edge = edges(report.start, report.end, "month")
        days = np.clip(edge, report.start, report.end).tolist()
        return [Group(code, "", ComplaintSlice(), (days[at], days[at + 1])) for at, code in enumerate(codes)]
    table = "product" if by == "product" else "staff"
    marks = ", ".join(map(str, codes)) or "NULL"
    stored = dict(book.rows(f"SELECT id, name FROM {table} WHERE id IN ({marks})"))
    if by == "product":
        return [Group(code, stored.get(code, ""), ComplaintSlice(product_id=code)) for code in codes]
    return [Group(code, stored.get(code, ""), ComplaintSlice(staff_id=code)) for code in codes]
