"""Reading complaints into columns: all of a book's, or some of them, with what hangs on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop.analytics.complaints import recovery, recovery_window
from desktop.analytics.occasions import NEVER
from desktop.core.progress import SILENT, Progress
from desktop.core.words import COMPLAINT_STATUSES, MOODS, NATURES, SEVERITIES, SUBJECTS
from desktop.core.working_hours import OpeningHours
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.queries import complaint_columns_parts as parts
from desktop.queries.column_kinds import BLANK
from desktop.queries.column_reading import numbers, texts
from desktop.queries.complaint_columns_parts import DAY, TO_UNIX, Bools, Codes, Floats, Ints

_PIECE = 50_000
EARLIEST, LATEST = TO_UNIX, TO_UNIX + 130 * 366 * DAY
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
        gone = np.flatnonzero(np.isin(self.ids, touched))
        if np.array_equal(self.ids[gone], fresh.ids):
            put = partial(_overwritten, gone)
        else:
            kept = np.delete(self.ids, gone)
            put = partial(_exchanged, gone, np.searchsorted(kept, fresh.ids))
        names = (field.name for field in fields(self))
        return ComplaintTable(*(put(getattr(self, name), getattr(fresh, name)) for name in names))

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return sum(int(getattr(self, field.name).nbytes) for field in fields(self))


def _overwritten(at: Ints, old: npt.NDArray[Any], new: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A column with other values at some places."""
    found = old.copy()
    found[at] = new
    return found


def _exchanged(gone: Ints, before: Ints, old: npt.NDArray[Any], new: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A column without some places, and with new values before some of those that stay."""
    return np.insert(np.delete(old, gone), before, new)


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


_MOMENTS = ("received_at", "replied_at", "reply_due_at", "settled_at", "settle_due_at", "closed_at")
_ROW = (
    "c.id", *map(parts.moment, _MOMENTS), f"iif(open, {parts.moment('waiting_since')}, NULL)",
    _code("subject", tuple(SUBJECTS)), _code("severity", tuple(SEVERITIES)),
    _code("status", tuple(COMPLAINT_STATUSES)), _code("nature", tuple(NATURES)), _code("mood", tuple(MOODS)),
    "coalesce(product_id, 0)", "coalesce(staff_id, 0)", "coalesce(customer_id, 0)", "coalesce(order_id, 0)",
    "reopened > 0", "import_run_id IS NOT NULL",
    # Along the index of a customer's purchases: one look for each complaint that is closed.
    f"CASE WHEN status = 'closed' AND closed_at IS NOT NULL THEN (SELECT min(day) FROM orders "
    "WHERE customer_id = c.customer_id AND purchase = 1 "
    f"AND day > (unixepoch(closed_at) + {TO_UNIX}) / {DAY} + 1) END",
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
        book,
        ["complaint_id", parts.moment("due_at"), outcome],
        f"promise WHERE complaint_id {which} ORDER BY id",
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
    waits = parts.waits(book, ids, which)
    status = row[:, 10].astype(np.int32)
    cost, remedied = parts.remedies(book, ids, which)
    can_return = (row[:, 15] > 0) & (status == tuple(COMPLAINT_STATUSES).index("closed")) & ~np.isnan(closed)
    last_day, returned = recovery(
        _days(closed),
        recovery_window(parts.rhythms(book, ids, which)),
        np.where(row[:, 19] == BLANK, NEVER, row[:, 19]),
    )
    perceived, asked, answered = parts.ratings(book, ids, which, settled, status)
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
        ever_settled=~np.isnan(settled) | parts.settled_once(book, ids, which),
        reply_wall=(reply_clock - received) / 60,
        reply_worked=parts.worked(hours, received, reply_clock, waits),
        settle_worked=parts.worked(hours, received, settle_clock, waits),
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
