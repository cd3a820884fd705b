"""How fast after-sale service was: the cases opened in a period, as known now, by what they share."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.analytics.intervals import Mean, mean
from desktop.analytics.service import Cases, Speed, speed
from desktop.core.days import from_iso
from desktop.models.book import Book

NAN = float("nan")
By = Literal["kind", "month", "clerk", "reason", "product"]


class SpeedFilter(NamedTuple):
    """Which cases count: of one kind, clerk, reason or product; "" and None for all."""

    kind: str = ""
    staff_id: int | None = None
    reason: str | None = None
    product_id: int | None = None


ALL = SpeedFilter()


@dataclass(frozen=True)
class Cohort:
    """The cases opened on the days [start, end), as arrays of one length in the order of opening.

    `late` says whose deadline was missed or has passed; `cost` and `refunded` are minor units, `perceived`
    1 to 5 or NaN.
    """

    start: int
    end: int
    ids: NDArray[np.int64]
    cases: Cases
    late: NDArray[np.bool_]
    cost: NDArray[np.int64]
    refunded: NDArray[np.int64]
    perceived: NDArray[np.float64]

    @property
    def speed(self) -> Speed:
        """The cohort's figures."""
        return speed(self.cases)

    @property
    def satisfaction(self) -> Mean:
        """How its customers found it: the mean of their ratings of a case."""
        return mean(self.perceived)

    @property
    def spent(self) -> Mean:
        """What a case came to on average: its cost and the money given back, minor units."""
        return mean((self.cost + self.refunded).astype(np.float64))

    def all_ids(self) -> array[int]:
        """Every case, the newest first."""
        return array("q", self.ids[::-1].tolist())

    def late_ids(self) -> array[int]:
        """The cases whose deadline was missed or has passed, the newest first."""
        return array("q", self.ids[self.late][::-1].tolist())

    def slowest_ids(self) -> array[int]:
        """Every case by how long its clock ran, the longest first."""
        ran = np.where(np.isnan(self.cases.taken), self.cases.age, self.cases.taken)
        return array("q", self.ids[np.argsort(-ran, kind="stable")].tolist())

    def silent_ids(self) -> array[int]:
        """The cases by how long their customer waited for a first word, the longest first."""
        waited = np.where(np.isnan(self.cases.word), self.cases.word_age, self.cases.word)
        known = ~np.isnan(waited)
        return array("q", self.ids[known][np.argsort(-waited[known], kind="stable")].tolist())

    def where(self, chosen: NDArray[np.bool_]) -> Cohort:
        """The cases of a mask."""
        c = self.cases
        return Cohort(
            self.start,
            self.end,
            self.ids[chosen],
            Cases(*(part[chosen] for part in (c.word, c.word_age, c.taken, c.age, c.allowed))),
            self.late[chosen],
            self.cost[chosen],
            self.refunded[chosen],
            self.perceived[chosen],
        )


@dataclass(frozen=True)
class SpeedRow:
    """The cases that share something: its code or id (None: it was not noted), its name as stored."""

    key: str | int | None
    name: str
    cohort: Cohort


def cohort(book: Book, *, start: int, end: int, now: datetime, only: SpeedFilter = ALL) -> Cohort:
    """The cases opened on the days [start, end), as the clock stands at `now`."""
    conditions = ["opened_at >= :first", "opened_at < :until"]
    params: dict[str, Any] = {"first": _day(start), "until": _day(end)}
    for name, condition, value in (
        ("kind", "kind = :kind", only.kind or None),
        ("staff", "staff_id = :staff", only.staff_id),
        ("reason", "reason = :reason", only.reason),
        ("product", "id IN (SELECT case_id FROM case_item WHERE product_id = :product)", only.product_id),
    ):
        if value is not None:
            conditions.append(condition)
            params[name] = value
    rows = book.rows(
        "SELECT id, opened_at, answered_at, closed_at, due_at, status, waiting_since, waited_minutes, cost, "
        "refunded, (SELECT avg(perceived) FROM rating WHERE case_id = service_case.id) "
        f"FROM service_case WHERE {' AND '.join(conditions)} ORDER BY opened_at, id",
        params,
    )
    table = np.array([_minutes(row, now) for row in rows], dtype=np.float64).reshape(-1, 5)
    cases = Cases(*(table[:, place] for place in range(5)))
    done = ~np.isnan(cases.taken)
    late = np.where(done, cases.taken, cases.age) > cases.allowed
    return Cohort(
        start,
        end,
        np.array([row[0] for row in rows], dtype=np.int64),
        cases,
        late,
        np.array([row[8] for row in rows], dtype=np.int64),
        np.array([row[9] for row in rows], dtype=np.int64),
        np.array([NAN if row[10] is None else row[10] for row in rows], dtype=np.float64),
    )


def speed_by(book: Book, found: Cohort, by: By) -> list[SpeedRow]:
    """A cohort's cases parted by what they share, the commonest first; months in their order.

    A case about several products counts for each of them.
    """
    shared = _shared(book, found, by)
    members: dict[tuple[str | int | None, str], set[int]] = {}
    for case, key, name in shared:
        members.setdefault((key, name), set()).add(case)
    rows = [
        SpeedRow(key, name, found.where(np.isin(found.ids, list(cases))))
        for (key, name), cases in members.items()
    ]
    if by == "month":
        return sorted(rows, key=lambda row: str(row.key))
    return sorted(rows, key=lambda row: (-row.cohort.ids.size, row.name))


def _shared(book: Book, found: Cohort, by: By) -> Iterable[tuple[int, str | int | None, str]]:
    """(case, key, name) of everything that the cases of a cohort share."""
    columns = {
        "kind": "kind, kind",
        "month": "substr(opened_at, 1, 7), substr(opened_at, 1, 7)",
        "clerk": "staff_id, coalesce((SELECT name FROM staff WHERE staff.id = staff_id), '')",
        "reason": "reason, reason",
    }
    span = (_day(found.start), _day(found.end))
    inside = set(found.ids.tolist())
    if by == "product":
        rows = book.rows(
            "SELECT DISTINCT c.id, product_id, coalesce((SELECT name FROM product WHERE id = product_id), "
            "item.title, '') FROM service_case AS c LEFT JOIN case_item AS item ON item.case_id = c.id "
            "WHERE c.opened_at >= ? AND c.opened_at < ?",
            span,
        )
    else:
        rows = book.rows(
            f"SELECT id, {columns[by]} FROM service_case WHERE opened_at >= ? AND opened_at < ?", span
        )
    return (row for row in rows if row[0] in inside)


def _minutes(row: tuple[object, ...], now: datetime) -> tuple[float, float, float, float, float]:
    """The five durations of `Cases`, in its order; a clock set back has run for nothing."""
    opened, answered, closed, due = (from_iso(str(at)) if at else None for at in row[1:5])
    status, waiting, waited = row[5], row[6], float(str(row[7]))
    if opened is None:
        return (NAN,) * 5

    def ran(until: datetime) -> float:
        return max(0.0, (until - opened).total_seconds() / 60)

    stopped = closed or (from_iso(str(waiting)) if waiting else now)
    clock = max(0.0, ran(min(stopped, now) if closed is None else stopped) - waited)
    word = NAN if answered is None else ran(answered)
    word_age = ran(now) if answered is None and closed is None else NAN
    allowed = NAN if due is None else (due - opened).total_seconds() / 60 - waited
    return word, word_age, clock if status == "done" else NAN, clock, allowed


def _day(day: int) -> str:
    return datetime.fromordinal(day).date().isoformat()
