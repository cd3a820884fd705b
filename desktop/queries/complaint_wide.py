"""Complaints picked and ordered from columns in memory, where a filter looks at nearly all of a book."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from desktop.core.words import COMPLAINT_STATUSES, SEVERITIES, SUBJECTS
from desktop.queries.complaint_columns import ComplaintMoment
from desktop.queries.complaint_columns_reading import ComplaintTable
from desktop.queries.complaint_filter import WIDE, ComplaintFilter
from desktop.queries.complaint_orders import DUE

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_STATUSES, _SEVERITIES, _SUBJECTS = [*COMPLAINT_STATUSES], [*SEVERITIES], [*SUBJECTS]
_ENDED = [_STATUSES.index(status) for status in ("settled", "closed", "rejected")]
_KEYS: Mapping[str, Callable[[ComplaintTable], npt.NDArray[np.float64]]] = {
    "subject": lambda t: t.subject.astype(np.float64),
    "status": lambda t: t.status.astype(np.float64),
    "severity": lambda t: t.severity.astype(np.float64),
    "cost": lambda t: np.where(t.cost > 0, t.cost, np.nan),
}


def answers(view: ComplaintFilter, sort: str = DUE) -> bool:
    """Whether the columns say what a filter holds, in this order, sooner than the book's own tables."""
    return view.scope in WIDE and view.narrows and (sort == DUE or sort in _KEYS)


def places(moment: ComplaintMoment, view: ComplaintFilter, found: Sequence[int] | None) -> Ints:
    """Where in the columns the complaints of a filter stand; `found`: those that have its words."""
    table = moment.complaints
    mask: Bools = np.ones(len(table.ids), np.bool_)
    if view.scope == "rejected":
        mask &= table.status == _STATUSES.index("rejected")
    for column, codes, chosen in (
        (table.status, _STATUSES, view.statuses),
        (table.severity, _SEVERITIES, view.severities),
        (table.subject, _SUBJECTS, view.subjects),
    ):
        if chosen:
            mask &= np.isin(column, [codes.index(code) for code in chosen])
    for ids, wanted in ((table.staff, view.staff), (table.product, view.products)):
        if wanted:
            mask &= np.isin(ids, wanted)
    if view.customer_id is not None:
        mask &= table.customer == view.customer_id
    for some in (view.among, found):
        if some is not None:
            mask &= np.isin(table.ids, np.array(some, np.int64))
    return np.flatnonzero(mask).astype(np.int64)


def in_order(table: ComplaintTable, at: Ints, sort: str, *, descending: bool) -> array[int]:
    """The ids at some places in an order that `answers` knows."""
    ids = table.ids[at]
    if sort == DUE:
        order = _by_urgency(table, at)
        if descending:
            order = order[::-1]
    else:
        key = _KEYS[sort](table)[at]
        sign = -1 if descending else 1
        # Blanks are NaN, which stand last whichever way the rest goes.
        order = np.lexsort((sign * ids, sign * key))
    return array("q", ids[order].tobytes())


def combinations(table: ComplaintTable, at: Ints) -> list[tuple[str, str, int, int, int]]:
    """Each severity, subject, clerk and product that stand together at some places, and how often."""
    staff, who = np.unique(table.staff[at], return_inverse=True)
    products, what = np.unique(table.product[at], return_inverse=True)
    codes = table.severity[at].astype(np.int64) * len(_SUBJECTS) + table.subject[at]
    keys = (codes * max(1, len(staff)) + who) * max(1, len(products)) + what
    found = []
    for key, number in zip(*(part.tolist() for part in np.unique(keys, return_counts=True)), strict=True):
        rest, product = divmod(key, max(1, len(products)))
        code, clerk = divmod(rest, max(1, len(staff)))
        severity, subject = divmod(code, len(_SUBJECTS))
        found.append(
            (_SEVERITIES[severity], _SUBJECTS[subject], int(staff[clerk]), int(products[product]), number)
        )
    return found


def of_statuses(table: ComplaintTable, at: Ints, statuses: Sequence[str]) -> Ints:
    """The places among some where a complaint of one of these statuses stands."""
    kept: Ints = at[np.isin(table.status[at], [_STATUSES.index(status) for status in statuses])]
    return kept


def _by_urgency(table: ComplaintTable, at: Ints) -> Ints:
    """Open ones by the deadline that counts, then those without; then what has ended; the newest first."""
    ended = np.isin(table.status[at], _ENDED)
    due = np.where(np.isnan(table.replied[at]), table.reply_due[at], table.settle_due[at])
    due[ended | ~np.isnan(table.waiting[at])] = np.nan
    received = table.received[at]
    order: Ints = np.lexsort((-table.ids[at], -received, due, ended)).astype(np.int64)
    return order
