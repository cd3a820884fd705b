"""Random hands on random complaints: what must hold does, and taking it all back gives the first book."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.complaint_process import DEADLINES, ENDED, MOVES, MOVING, OPEN, step_name
from desktop.core.errors import UserError
from desktop.core.words import COMPLAINT_STATUSES, MOODS, SEVERITIES
from desktop.models.book import Book
from desktop.models.shop import Staff
from desktop.operations import complaint_moves as moves
from desktop.operations import complaint_words as said
from desktop.operations import complaints, promises, remedies
from desktop.operations.complaint_links import link_complaints, unlink_complaints
from desktop.operations.complaint_merging import merge_complaints
from desktop.operations.complaint_reopening import reopen_complaint
from desktop.operations.complaint_splitting import may_move, split_complaint
from tests.unit.operations.complaint_books import NOW, contents, customer, differences, new_complaint

MINUTE = timedelta(minutes=1)


class Hands:
    """Somebody who does whatever comes to mind, now and then with a clock that was set back."""

    def __init__(self, book: Book, seed: int) -> None:
        self.book, self.dice, self.now = book, random.Random(seed), NOW
        self.refused = self.done = 0
        self.rejoined: set[int] = set()
        """Complaints whose deadlines another one's history decided: merged, or split off."""

    def one(self, sql: str) -> int:
        """Any id that a query gives; one that is not there when it gives none."""
        rows = self.book.rows(sql)
        return int(self.dice.choice(rows)[0]) if rows else 4711

    def some(self, sql: str) -> list[int]:
        return [row for (row,) in self.book.rows(sql) if self.dice.random() < 0.4]

    @property
    def complaint(self) -> int:
        return self.one("SELECT id FROM complaint")

    def act(self) -> None:
        """Do something, which the book may refuse."""
        self.now += self.dice.choice((1, 7, 40, 300, 1500, 9000)) * MINUTE
        if self.dice.random() < 0.1:
            self.now -= timedelta(days=self.dice.randrange(9))
        self.typed = self.dice.random() < 0.25
        self.at = self.now - (self.dice.randrange(600) * MINUTE if self.typed else 0 * MINUTE)
        stood = self.book.next_undo()
        try:
            self.dice.choice(self.deeds())()
        except UserError:
            self.refused += 1
            assert self.book.next_undo() == stood
        else:
            self.done += 1

    def deeds(self) -> list[Callable[[], object]]:
        book, dice, at, row = self.book, self.dice, self.at, self.complaint
        how: dict[str, Any] = {"complaint_id": row, "at": at, "typed": self.typed}
        remedy = self.one("SELECT id FROM remedy")
        promise = self.one("SELECT id FROM promise")
        kind = dice.choice(("gift", "points", "refund"))
        what: dict[str, Any] = {
            "kind": kind,
            "points": 20 if kind == "points" else 0,
            "cost": dice.choice((None, 7)),
        }
        severity, who = dice.choice(list(SEVERITIES)), dice.choice((None, 1, 2))

        def forward() -> object:
            now = book.value("SELECT status FROM complaint WHERE id = ?", (row,))
            sensible = MOVES.get(now, ()) if dice.random() < 0.7 else ()
            return moves.advance_complaint(book, to=dice.choice(list(sensible or COMPLAINT_STATUSES)), **how)

        return [
            forward, forward, forward, forward,
            lambda: new_complaint(book, received_at=at, severity=severity, customer_id=who),
            lambda: said.record_reply(book, **how),
            lambda: said.record_contact(book, text="电", **how),
            lambda: said.record_answer(book, text="好", **how),
            lambda: said.note_complaint(book, text="记", **how),
            lambda: moves.wait_for_customer(book, **how),
            lambda: moves.wait_for_customer(book, **how),
            lambda: moves.resume_complaint(book, **how),
            lambda: moves.reject_complaint(book, reason="否", **how),
            lambda: reopen_complaint(book, text="又", **how),
            lambda: reopen_complaint(book, **how),
            lambda: reopen_complaint(book, **how),
            lambda: moves.settle_complaint(
                book, settlement="换", perceived=dice.choice((None, 4)),
                declined=self.some("SELECT id FROM remedy"), **how,
            ),
            lambda: remedies.offer_remedy(book, **what, **how),
            lambda: remedies.give_remedy(book, **what, **how),
            lambda: remedies.accept_remedy(book, remedy_id=remedy, at=at, typed=self.typed),
            lambda: remedies.decline_remedy(book, remedy_id=remedy, at=at, typed=self.typed),
            lambda: remedies.edit_remedy(
                book, remedy_id=remedy, at=at, points=dice.choice((None, 5)), kind=kind
            ),
            lambda: remedies.delete_remedy(book, remedy_id=remedy, at=at),
            lambda: promises.add_promise(
                book, complaint_id=row, text="诺", made_at=at, due_at=at + timedelta(days=1), typed=self.typed
            ),
            lambda: promises.keep_promise(book, promise_id=promise, at=at, typed=self.typed),
            lambda: promises.break_promise(book, promise_id=promise, at=at),
            lambda: promises.reopen_promise(book, promise_id=promise, at=at),
            lambda: promises.edit_promise(book, promise_id=promise, at=at, text="改", due_at=at),
            lambda: promises.delete_promise(book, promise_id=promise, at=at),
            lambda: complaints.edit_complaint(
                book, complaint_id=row, at=at, severity=severity, mood=dice.choice(list(MOODS)),
                customer_id=who,
            ),
            lambda: complaints.edit_complaint(book, complaint_id=row, at=at, received_at=at),
            lambda: complaints.set_severity(
                book, complaint_ids=self.some("SELECT id FROM complaint") or [row], severity=severity, at=at
            ),
            lambda: complaints.assign_complaints(
                book, complaint_ids=self.some("SELECT id FROM complaint") or [row], staff_id=1, at=at
            ),
            lambda: complaints.delete_complaints(book, complaint_ids=[row if dice.random() < 0.4 else 77]),
            lambda: link_complaints(
                book, complaint_id=row, linked_id=self.complaint, at=at,
                kind=dice.choice(("related", "cause")),
            ),
            lambda: unlink_complaints(book, link_id=self.one("SELECT id FROM complaint_link"), at=at),
            lambda: self.merge(row, self.complaint),
            lambda: self.split(row, severity),
        ]  # fmt: skip

    def merge(self, kept: int, gone: int) -> None:
        merge_complaints(self.book, kept_id=kept, gone_id=gone, at=self.at)
        self.rejoined.add(kept)

    def split(self, row: int, severity: str) -> None:
        hanging = f"complaint_id = {row}"
        steps = self.book.rows(f"SELECT id, kind FROM complaint_step WHERE {hanging}")
        new = split_complaint(
            self.book, complaint_id=row, title="另", at=self.at, severity=severity,
            steps=[one for one, kind in steps if may_move(kind)],
            promises=self.some(f"SELECT id FROM promise WHERE {hanging}"),
            remedies=self.some(f"SELECT id FROM remedy WHERE {hanging}"),
        )  # fmt: skip
        if row in self.rejoined or self.book.value("SELECT reopened FROM complaint WHERE id = ?", (row,)):
            self.rejoined.add(new.created["complaint"])


def check(book: Book, rejoined: set[int]) -> None:
    """What holds of every complaint at any time."""
    columns = ("id", "number", "status", "open", "received_at", "reply_due_at", "settle_due_at", "replied_at",
               "settled_at", "closed_at", "waiting_since", "due_at", "severity", "reopened")  # fmt: skip
    every = "SELECT number FROM complaint UNION ALL SELECT number FROM complaint_alias"
    numbers = [number for (number,) in book.rows(every)]
    assert len(numbers) == len(set(numbers))
    for row in book.rows(f"SELECT {', '.join(columns)} FROM complaint"):
        one = dict(zip(columns, row, strict=True))
        steps = book.rows(
            "SELECT at, kind FROM complaint_step WHERE complaint_id = ? ORDER BY at, id", (one["id"],)
        )
        assert one["open"] == (one["status"] in OPEN)
        if one["waiting_since"] or one["status"] in ENDED:
            assert one["due_at"] is None
        else:
            assert one["due_at"] == (one["settle_due_at"] if one["replied_at"] else one["reply_due_at"])
        assert not (one["waiting_since"] and one["status"] in ENDED)
        assert (one["settled_at"] is not None) == (one["status"] == "settled") or one["status"] == "closed"
        assert (one["closed_at"] is not None) == (one["status"] in ("closed", "rejected"))
        if one["status"] in ("acknowledged", "offered", *ENDED) and one["id"] not in rejoined:
            assert one["replied_at"] is not None
        life = [one[name] for name in ("received_at", "replied_at", "settled_at", "closed_at") if one[name]]
        assert life == sorted(life)
        assert steps[0][0] >= one["received_at"]
        if one["id"] not in rejoined:
            # What was split off brings along words of the same moment.
            assert (one["received_at"], "received") in steps
            assert steps[0][0] == one["received_at"]
            # What moved it stands in the order in which it was done.
            moved = book.rows(
                "SELECT at, kind FROM complaint_step WHERE complaint_id = ? ORDER BY id", (one["id"],)
            )
            at = [at for at, kind in moved if kind in MOVING - {"received", "reply"}]
            assert at == sorted(at)
            if one["status"] in OPEN:
                assert (one["reply_due_at"], one["settle_due_at"]) == slow_deadlines(one, steps)
    assert book.value("SELECT count(*) FROM remedy WHERE state = 'offered' AND complaint_id IN "
                      "(SELECT id FROM complaint WHERE status IN ('closed', 'rejected'))") == 0  # fmt: skip
    for who, points in book.rows(
        "SELECT customer_id, sum(points) FROM remedy JOIN complaint ON complaint.id = complaint_id "
        "WHERE state = 'given' AND points > 0 GROUP BY customer_id"
    ):
        assert points == book.value("SELECT sum(points) FROM points_entry WHERE customer_id = ?", (who,))
    for made, ended in book.rows("SELECT made_at, ended_at FROM promise WHERE outcome <> ''"):
        assert made <= ended
    strangers = "SELECT count(*) FROM promise JOIN complaint ON complaint.id = complaint_id " \
                "WHERE promise.customer_id IS NOT complaint.customer_id"  # fmt: skip
    assert book.value(strangers) == 0
    assert book.rows("PRAGMA foreign_key_check") == []


def slow_deadlines(one: dict[str, Any], steps: list[tuple[str, str]]) -> tuple[str, str]:
    """Both deadlines, told off by days: the shop is open from 09:00 to 21:00, and waits don't count."""
    begins = max([one["received_at"], *(at for at, kind in steps if kind == "reopened")])
    start = datetime.fromisoformat(begins)
    waited, since = 0, None
    for at, kind in steps:
        moment = datetime.fromisoformat(at)
        if kind == "waiting":
            since = max(moment, start)
        elif kind == "resumed" and since is not None:
            waited += max(0, open_minutes(since, moment))
            since = None
    allowed = DEADLINES[one["severity"]]
    reply = one["reply_due_at"]
    if not one["replied_at"]:
        reply = str(after(start, allowed.reply + waited))
    return reply, str(after(start, allowed.settle + waited))


def open_minutes(start: datetime, end: datetime) -> int:
    """Whole minutes of open time; the days are told off one by one."""
    total, day = timedelta(), start.date()
    while day <= end.date():
        opens = datetime(day.year, day.month, day.day, 9)
        span = min(end, opens + timedelta(hours=12)) - max(start, opens)
        total += max(span, timedelta())
        day += timedelta(days=1)
    return int(total.total_seconds() // 60)


def after(start: datetime, minutes: int) -> datetime:
    """The moment after so many open minutes."""
    left, day = timedelta(minutes=minutes), start.date()
    while True:
        opens = datetime(day.year, day.month, day.day, 9)
        closes, begins = opens + timedelta(hours=12), max(start, opens)
        if begins < closes:
            if begins + left <= closes:
                return begins + left
            left -= closes - begins
        day += timedelta(days=1)


@settings(max_examples=6)
@given(seed=st.integers(0, 2**32))
def test_random_walks(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Book.create(Path(folder) / "shop.shuke") as book:
        customer(book, "王丽华")
        customer(book, "李明")
        with book.step("clerk") as step:
            step.insert(Staff, name="小李")
        begun, first = contents(book), book.next_undo()
        hands = Hands(book, seed)
        for _ in range(3):
            new_complaint(book, customer_id=hands.dice.choice((None, 1)))
        for _ in range(60):
            hands.act()
            check(book, hands.rejoined)
        assert hands.done > 10
        for (kind,) in book.rows("SELECT DISTINCT kind FROM complaint_step"):
            assert step_name(kind) != kind
        ended = contents(book)
        while book.next_undo() != first:
            book.undo()
        assert differences(begun, contents(book)) == []
        while book.redo():
            pass
        assert differences(ended, contents(book)) == []
