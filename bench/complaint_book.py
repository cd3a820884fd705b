"""A book with so many complaints that nobody should have them, some thousands of them open."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.books import DAY, sample_book
from desktop.core.days import iso
from desktop.core.words import SUBJECTS
from desktop.models.book import Book
from desktop.models.complaints import Complaint, ComplaintAlias, ComplaintStep, Promise, Remedy
from desktop.models.service import Rating
from desktop.models.shop import Staff

EVENING = datetime.combine(DAY, datetime.min.time()) + timedelta(hours=17)
_DAYS = 4 * 365
_SAID = (
    "两袋分量不足，称过了", "快递员放在门口就走了，袋子是湿的", "发票抬头写错，要求重开",
    "店员在电话里很不耐烦", "罐子压扁，茶叶洒了一半", "说好三天到，等了八天还没有到",
    "泡出来有霉味，和去年买的不一样", "多扣了一次款",
    "The tin arrived dented and half of it was spilled", "Courier left it at the gate in the rain",
    "Invoice in the wrong name, needed before the end of the month", "Nobody answered the phone for two days",
)  # fmt: skip
_TITLES = (
    "分量不足", "快递丢在门口", "发票抬头错误", "店员态度差", "茶罐压扁", "逾期未到", "有霉味", "重复扣款",
    "Dented tin", "Left at the gate", "Wrong invoice", "No answer on the phone",
)  # fmt: skip
_CHANNELS = ("wechat", "wechat", "phone", "shop", "taobao", "jd")
_DETAILS = ("", "", "", "分量", "包装", "口味", "时效")
_OPEN = ("received", "received", "acknowledged", "assessed", "investigating", "investigating", "offered")
_ENDED = ("closed", "closed", "closed", "closed", "closed", "closed", "settled", "settled", "rejected")
_COLUMNS = (
    "id", "number", "customer_id", "product_id", "channel", "received_at", "title", "text", "wants", "nature",
    "subject", "detail", "mood", "severity", "status", "reply_due_at", "settle_due_at", "replied_at",
    "settled_at", "closed_at", "rejected_because", "cause", "settlement", "waiting_since", "reopened",
    "staff_id",
)  # fmt: skip


def complaint_book(folder: Path, complaints: int, still_open: int) -> Path:
    """A closed book of so many complaints, made if it is not there; twice as many orders stand behind."""
    plain = sample_book(folder, complaints // 2)
    path = plain.with_name(f"complaints-{complaints}-{still_open}-{plain.name.rpartition('-')[2]}")
    if not path.is_file():
        unfinished = path.with_suffix(".making")
        shutil.copyfile(plain, unfinished)
        with Book.open(unfinished) as book:
            fill(book, complaints, still_open)
            book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        unfinished.rename(path)
    return path


def fill(book: Book, complaints: int, still_open: int) -> None:
    """Complaints by chance, the open ones of the last weeks, with steps, promises, remedies and ratings."""
    made = _Made(book, complaints, still_open)
    with book.step("complaints") as step:
        if not made.staff:
            made.staff = [step.insert(Staff, name=name) for name in ("小周", "小吴", "Anna")]
        step.insert_many(Complaint, _COLUMNS, made.complaints())
        step.insert_many(ComplaintStep, ("complaint_id", "at", "kind", "text", "staff_id"), made.steps)
        step.insert_many(Promise, ("complaint_id", "customer_id", "text", "made_at", "due_at", "outcome",
                                   "ended_at", "staff_id"), made.promises)  # fmt: skip
        step.insert_many(Remedy, ("complaint_id", "kind", "cost", "text", "given_at", "state"), made.remedies)
        step.insert_many(
            Rating, ("customer_id", "complaint_id", "rated_at", "ended_at", "perceived"), made.ratings
        )
        step.insert_many(ComplaintAlias, ("number", "complaint_id"), made.aliases)


class _Made:
    """The rows as they come by."""

    def __init__(self, book: Book, complaints: int, still_open: int) -> None:
        self._dice = random.Random(6)
        self._count, self._open = complaints, still_open
        self._first = int(book.value("SELECT coalesce(max(id), 0) FROM complaint")) + 1
        self._customers: Sequence[int] = [row for (row,) in book.rows("SELECT id FROM customer")]
        self._products = [row for (row,) in book.rows("SELECT id FROM product")] or [None]
        self.staff: list[int] = [row for (row,) in book.rows("SELECT id FROM staff")]
        self.steps: list[tuple[Any, ...]] = []
        self.promises: list[tuple[Any, ...]] = []
        self.remedies: list[tuple[Any, ...]] = []
        self.ratings: list[tuple[Any, ...]] = []
        self.aliases: list[tuple[Any, ...]] = []

    def complaints(self) -> Iterator[tuple[Any, ...]]:
        """Every complaint's row; what hangs on it is noted aside."""
        for number in range(self._count):
            yield self._one(self._first + number, is_open=number >= self._count - self._open, number=number)

    def _one(self, row: int, *, is_open: bool, number: int) -> tuple[Any, ...]:
        dice = self._dice
        ended_share = number / max(1, self._count - self._open)
        age = dice.random() ** 2 * 40 if is_open else 2 + (1 - ended_share) * _DAYS
        received = EVENING - timedelta(days=age, minutes=dice.randrange(600))
        status = dice.choice(_OPEN if is_open else _ENDED)
        customer, staff = dice.choice(self._customers), dice.choice(self.staff)
        replied = received + timedelta(minutes=dice.randrange(5, 300))
        if status == "received" or (is_open and replied > EVENING):
            status, replied_at = "received", None
        else:
            replied_at = iso(replied)
        ended = min(EVENING, received + timedelta(hours=dice.randrange(1, 90)))
        severity = dice.choice(("urgent", "high", "medium", "medium", "medium", "low"))
        waits = is_open and dice.random() < 0.15
        reopened = 1 if dice.random() < 0.04 else 0
        settled = None if is_open or status == "rejected" else iso(ended)
        closed = iso(ended) if status in ("closed", "rejected") else None
        self._around(row, customer, staff, received, replied_at, ended, status)
        said = dice.randrange(len(_SAID))
        return (
            row, f"C-{received.year}-{row:06}", customer, dice.choice(self._products),
            dice.choice(_CHANNELS), iso(received), f"{_TITLES[said]} {number % 997}",
            "；".join((_SAID[said], dice.choice(_SAID))), "",
            "valid" if dice.random() < 0.8 else "communicative", dice.choice([*SUBJECTS]),
            dice.choice(_DETAILS), dice.choice(("", "vent", "respect", "remedy")), severity, status,
            iso(received + timedelta(hours=3)), iso(received + timedelta(days=dice.choice((1, 3, 9, 30)))),
            replied_at, settled, closed,
            "未在本店购买" if status == "rejected" else "", dice.choice(("", "", "打包太松", "称没校准")), "",
            iso(received) if waits else None, reopened, staff,
        )  # fmt: skip

    def _around(
        self, row: int, customer: int, staff: int, received: datetime, replied: str | None, ended: datetime,
        status: str,
    ) -> None:  # fmt: skip
        dice = self._dice
        self.steps.append((row, iso(received), "received", "", staff))
        if replied:
            self.steps.append((row, replied, "reply", "", staff))
        if status in ("investigating", "offered", "settled", "closed"):
            self.steps.append((row, iso(received + timedelta(hours=5)), "investigating", "", staff))
        if status in ("settled", "closed", "rejected"):
            self.steps.append((row, iso(ended), "settled" if status != "rejected" else status, "", staff))
        if dice.random() < 0.3:
            is_open = status not in ("settled", "closed", "rejected")
            due = received + timedelta(days=2)
            outcome = "" if is_open else dice.choice(("kept", "kept", "broken"))
            ends = None if is_open else iso(due)
            self.promises.append((row, customer, "回电", iso(received), iso(due), outcome, ends, staff))
        if status in ("offered", "settled", "closed") and dice.random() < 0.7:
            state = "offered" if status == "offered" else "given"
            kind = dice.choice(("apology", "coupon", "replacement", "partial-refund"))
            self.remedies.append((row, kind, dice.randrange(0, 9000, 100), "", iso(ended), state))
        if status in ("settled", "closed") and dice.random() < 0.4:
            self.ratings.append((customer, row, iso(ended), iso(ended), dice.randint(1, 5)))
        if dice.random() < 0.01:
            self.aliases.append((f"C-2019-{row:06}", row))
