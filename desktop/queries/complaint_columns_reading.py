"""Reading complaints into columns: all of a book's, or some of them, with what hangs on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from desktop.analytics.complaints import recovery, recovery_window
from desktop.analytics.occasions import NEVER
from desktop.analytics.worked_minutes import between_many
from desktop.core.progress import SILENT, Progress
from desktop.core.words import COMPLAINT_STATUSES, MOODS, NATURES, SEVERITIES, SUBJECTS
from desktop.core.working_hours import OpeningHours
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.queries.column_kinds import BLANK
from desktop.queries.column_reading import numbers, texts

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DAY = 86_400
_PIECE = 50_000
_TO_UNIX = 719_162 * DAY
"""Seconds from the calendar's first day to where SQLite counts from."""
EARLIEST, LATEST = _TO_UNIX, _TO_UNIX + 130 * 366 * DAY
"""Between 1970 and 2100; a duration to or from another century is a slip of somebody's pen."""


@dataclass(frozen=True)
class ComplaintTable:
    """Complaints in order of their ids, a place in every array for each; the arrays are never changed.

    Moments are wall-clock seconds since 0001-01-01, NaN for none; ids are 0 for none; codes are places in
    `core.words` (subject …) or in the `Words` of the book (channel, detail). `reply_wall`, `reply_worked`
    and `settle_worked` are minutes, NaN where it has not happened or its moment can't be used: before the
    receipt, in another century, or imported as a day without a time. Days are ordinals, 0 for none.
    `judge_day` is the last day on which a closed complaint's customer can come back in time, NEVER for one
    that cannot be judged, and `returned` whether they did.
    """

    ids: Ints
    received: Floats
    received_day: Codes
    replied: Floats
    reply_due: Floats
    settled: Floats
    settled_day: Codes
    settle_due: Floats
    closed: Floats
    waiting: Floats
    subject: Codes
    severity: Codes
    status: Codes
    nature: Codes
    mood: Codes
    channel: Codes
    detail: Codes
    product: Ints
    staff: Ints
    customer: Ints
    order: Ints
    reopened: Bools
    ever_settled: Bools
    reply_wall: Floats
    reply_worked: Floats
    settle_worked: Floats
    perceived: Floats
    asked: Bools
    answered: Bools
    cost: Ints
    remedied: Bools
    judge_day: Ints
    returned: Bools

    def taken(self, at: Ints | slice) -> ComplaintTable:
        """The complaints at some places."""
        return ComplaintTable(*(getattr(self, field.name)[at] for field in fields(self)))

    def mended(self, touched: Ints, fresh: ComplaintTable) -> ComplaintTable:
        """The same, with what was touched as it is now, which may be gone or new."""
        stay = ~np.isin(self.ids, touched)
        ids = np.concatenate((self.ids[stay], fresh.ids))
        order = np.argsort(ids, kind="stable")
        return ComplaintTable(
            *(
                np.concatenate((getattr(self, field.name)[stay], getattr(fresh, field.name)))[order]
                for field in fields(self)
            )
        )

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return sum(int(getattr(self, field.name).nbytes) for field in fields(self))


@dataclass(frozen=True)
class PromiseTable:
    """The promises of complaints: whose, due when (seconds), and 0 open, 1 kept, 2 broken."""

    complaint: Ints
    due: Floats
    outcome: Ints

    def mended(self, touched: Ints, fresh: PromiseTable) -> PromiseTable:
        """The same, with those of the touched complaints as they are now."""
        stay = ~np.isin(self.complaint, touched)
        return PromiseTable(
            *(
                np.concatenate((getattr(self, field.name)[stay], getattr(fresh, field.name)))
                for field in fields(self)
            )
        )


class Words:
    """Texts by number; it only ever grows, so that numbers given once stay right."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def codes(self, found: Sequence[str]) -> Codes:
        """The numbers of texts."""
        know = self._numbers.setdefault
        return np.fromiter((know(text, len(self._numbers)) for text in found), np.int32, len(found))

    def code(self, text: str) -> int:
        """The number of a text, -1 for one that no complaint has."""
        return self._numbers.get(text, -1)

    def texts(self) -> list[str]:
        """All of them, by number."""
        return list(self._numbers)


def _code(column: str, codes: Sequence[str]) -> str:
    cases = " ".join(f"WHEN '{code}' THEN {number}" for number, code in enumerate(codes))
    return f"CASE {column} {cases} END"


def _moment(column: str) -> str:
    return f"unixepoch({column}) + {_TO_UNIX}"


_MOMENTS = ("received_at", "replied_at", "reply_due_at", "settled_at", "settle_due_at", "closed_at")
_ROW = (
    "c.id", *map(_moment, _MOMENTS), f"iif(open, {_moment('waiting_since')}, NULL)",
    _code("subject", tuple(SUBJECTS)), _code("severity", tuple(SEVERITIES)),
    _code("status", tuple(COMPLAINT_STATUSES)), _code("nature", tuple(NATURES)), _code("mood", tuple(MOODS)),
    "coalesce(product_id, 0)", "coalesce(staff_id, 0)", "coalesce(customer_id, 0)", "coalesce(order_id, 0)",
    "reopened > 0", "import_run_id IS NOT NULL",
    # Along the index of a customer's purchases: one look for each complaint that is closed.
    f"CASE WHEN status = 'closed' AND closed_at IS NOT NULL THEN (SELECT min(day) FROM orders "
    "WHERE customer_id = c.customer_id AND purchase = 1 "
    f"AND day > (unixepoch(closed_at) + {_TO_UNIX}) / {DAY} + 1) END",
)  # fmt: skip


def read_complaints(
    book: Book, hours: OpeningHours, words: tuple[Words, Words], only: Ints | None = None,
    progress: Progress = SILENT,
) -> ComplaintTable:  # fmt: skip
    """All complaints, or those of some ids that are there; `words` are the channels and the details."""
    among = "" if only is None else f" WHERE id IN ({', '.join(map(str, only.tolist()))})"
    ids = np.frombuffer(id_list(book, f"SELECT id FROM complaint{among} ORDER BY id"), np.int64)
    parts = []
    for start in range(0, max(len(ids), 1), _PIECE):
        progress.check()
        piece = ids[start : start + _PIECE]
        first, last = (int(piece[0]), int(piece[-1])) if len(piece) else (0, -1)
        which = f"BETWEEN {first} AND {last}"
        if only is not None:
            which = f"IN ({', '.join(map(str, piece.tolist()))})"
        parts.append(_read_piece(book, hours, words, which))
    if len(parts) == 1:
        return parts[0]
    columns = (field.name for field in fields(ComplaintTable))
    return ComplaintTable(*(np.concatenate([getattr(part, name) for part in parts]) for name in columns))


def read_promises(book: Book, only: Ints | None = None) -> PromiseTable:
    """The promises of all complaints, or of some."""
    which = "IS NOT NULL" if only is None else f"IN ({', '.join(map(str, only.tolist()))})"
    outcome = _code("outcome", ("", "kept", "broken"))
    found = numbers(
        book, ["complaint_id", _moment("due_at"), outcome], f"promise WHERE complaint_id {which} ORDER BY id"
    )
    return PromiseTable(found[:, 0], found[:, 1].astype(np.float64), found[:, 2])


def _read_piece(book: Book, hours: OpeningHours, words: tuple[Words, Words], which: str) -> ComplaintTable:
    source = f"complaint AS c WHERE c.id {which} ORDER BY c.id"
    row = numbers(book, _ROW, source)
    ids = row[:, 0].copy()
    received, replied, reply_due, settled, settle_due, closed, waiting = (
        np.where(row[:, at] == BLANK, np.nan, row[:, at].astype(np.float64)) for at in range(1, 8)
    )
    imported = row[:, 18] == 1
    reply_clock = _usable(received, replied, imported)
    settle_clock = _usable(received, settled, imported)
    waits = _waits(book, ids, which)
    status = row[:, 10].astype(np.int32)
    cost, remedied = _remedies(book, ids, which)
    can_return = (row[:, 15] > 0) & (status == tuple(COMPLAINT_STATUSES).index("closed")) & ~np.isnan(closed)
    last_day, returned = recovery(
        _days(closed),
        recovery_window(_rhythms(book, ids, which)),
        np.where(row[:, 19] == BLANK, NEVER, row[:, 19]),
    )
    perceived, asked, answered = _ratings(book, ids, which, settled, status)
    return ComplaintTable(
        ids=ids,
        received=received,
        received_day=_days(received).astype(np.int32),
        replied=replied,
        reply_due=reply_due,
        settled=settled,
        settled_day=_days(settled).astype(np.int32),
        settle_due=settle_due,
        closed=closed,
        waiting=waiting,
        subject=row[:, 8].astype(np.int32),
        severity=row[:, 9].astype(np.int32),
        status=status,
        nature=row[:, 11].astype(np.int32),
        mood=row[:, 12].astype(np.int32),
        channel=words[0].codes(texts(book, "c.channel", source)),
        detail=words[1].codes(texts(book, "c.detail", source)),
        product=row[:, 13].copy(),
        staff=row[:, 14].copy(),
        customer=row[:, 15].copy(),
        order=row[:, 16].copy(),
        reopened=row[:, 17] == 1,
        ever_settled=~np.isnan(settled) | _settled_once(book, ids, which),
        reply_wall=(reply_clock - received) / 60,
        reply_worked=_worked(hours, received, reply_clock, waits),
        settle_worked=_worked(hours, received, settle_clock, waits),
        perceived=perceived,
        asked=asked,
        answered=answered,
        cost=cost,
        remedied=remedied,
        judge_day=np.where(can_return, last_day, NEVER),
        returned=can_return & returned,
    )


def _days(moments: Floats) -> Ints:
    """Ordinal days, 0 for none."""
    return np.where(np.isnan(moments), 0, moments // DAY + 1).astype(np.int64)


def _usable(received: Floats, done: Floats, imported: Bools) -> Floats:
    """Moments from which a duration since the receipt may be counted; NaN for the others.

    A moment at midnight in imported history is a day whose time nobody noted.
    """
    fine = (done >= received) & (received >= EARLIEST) & (done < LATEST)
    with np.errstate(invalid="ignore"):
        untimed = imported & ((received % DAY == 0) | (done % DAY == 0))
    return np.where(fine & ~untimed, done, np.nan)


def _waits(book: Book, ids: Ints, which: str) -> tuple[Ints, Floats, Floats]:
    """The stretches spent waiting for the customer: the complaint's place, since, until (infinite: still)."""
    found = numbers(
        book,
        ["complaint_id", "kind = 'waiting'", _moment("at")],
        f"complaint_step WHERE complaint_id {which} AND kind IN ('waiting', 'resumed') "
        "ORDER BY complaint_id, at, id",
    )
    owner, begins, at = found.T
    begins, at = begins == 1, at.astype(np.float64)
    until = np.full(len(owner), np.inf)
    followed = np.flatnonzero(owner[1:] == owner[:-1])
    until[followed] = at[followed + 1]
    return np.searchsorted(ids, owner[begins]), at[begins], until[begins]


def _worked(
    hours: OpeningHours, received: Floats, done: Floats, waits: tuple[Ints, Floats, Floats]
) -> Floats:
    """Working minutes from the receipt until something was done, waiting left out."""
    minutes = np.full(len(done), np.nan)
    known = ~np.isnan(done)
    minutes[known] = _between(hours, received[known], done[known])
    owner, since, until = waits
    since, until = np.maximum(since, received[owner]), np.minimum(until, done[owner])
    inside = since < until
    waited = _between(hours, since[inside], until[inside])
    return minutes - np.bincount(owner[inside], waited, len(done))


def _between(hours: OpeningHours, start: Floats, end: Floats) -> Ints:
    return between_many(hours, start.astype(np.int64), end.astype(np.int64))


def _remedies(book: Book, ids: Ints, which: str) -> tuple[Ints, Bools]:
    owner, cost = numbers(
        book,
        ["complaint_id", "sum(cost)"],
        f"remedy WHERE complaint_id {which} AND state = 'given' GROUP BY complaint_id",
    ).T
    total, given = np.zeros(len(ids), np.int64), np.zeros(len(ids), np.bool_)
    at = np.searchsorted(ids, owner)
    total[at], given[at] = cost, True
    return total, given


def _settled_once(book: Book, ids: Ints, which: str) -> Bools:
    owner = numbers(
        book,
        ["complaint_id"],
        f"complaint_step WHERE complaint_id {which} AND kind = 'settled' GROUP BY complaint_id",
    )[:, 0]
    found = np.zeros(len(ids), np.bool_)
    found[np.searchsorted(ids, owner)] = True
    return found


def _rhythms(book: Book, ids: Ints, which: str) -> Floats:
    """Days between purchases of who complained, NaN without any; only where recovery may be judged."""
    source = (
        "FROM complaint AS c JOIN customer_summary AS s ON s.customer_id = c.customer_id "
        f"WHERE c.id {which} AND status = 'closed' AND rhythm IS NOT NULL"
    )
    rows = book.rows(f"SELECT c.id, rhythm {source}")
    rhythm = np.full(len(ids), np.nan)
    rhythm[np.searchsorted(ids, [row for row, _ in rows])] = [days for _, days in rows]
    return rhythm


def _ratings(
    book: Book, ids: Ints, which: str, settled: Floats, status: Codes
) -> tuple[Floats, Bools, Bools]:
    """What was perceived after the settlement (the newest word), and whether it was asked for and answered.

    After: on the day of the settlement or later; what was rated before a complaint was taken up again is of
    another settlement.
    """
    owner, rated, asked_at, perceived = numbers(
        book,
        ["complaint_id", _moment("rated_at"), _moment("asked_at"), "perceived"],
        f"rating WHERE complaint_id {which} ORDER BY complaint_id, rated_at, id",
    ).T
    at = np.searchsorted(ids, owner)
    ended = np.isin(status[at], [list(COMPLAINT_STATUSES).index(name) for name in ("settled", "closed")])
    day = np.where(rated != BLANK, rated, asked_at) // DAY
    with np.errstate(invalid="ignore"):
        after = np.where(np.isnan(settled[at]), True, day >= settled[at] // DAY)
    counts = ended & after
    last, asked, answered = np.full(len(ids), np.nan), np.zeros(len(ids), bool), np.zeros(len(ids), bool)
    said = counts & (rated != BLANK) & (perceived != BLANK)
    # In order of time: what is written last stays.
    last[at[said]] = perceived[said]
    wanted = counts & (asked_at != BLANK)
    asked[at[wanted]] = True
    answered[at[wanted & (rated != BLANK)]] = True
    return last, asked, answered
