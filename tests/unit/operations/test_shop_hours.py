"""The shop's hours changed in one step, with the deadlines of what is open; and deadlines in odd hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.operations import complaint_moves as moves
from desktop.operations import shop_hours as op
from desktop.operations.complaint_steps import allowed
from desktop.operations.complaint_words import record_reply
from desktop.operations.complaints import open_complaint
from desktop.queries.opening import opening_hours

# A Friday.
NOW = datetime(2026, 11, 20, 16, 0)
LUNCH = {day: [(540, 720), (780, 1080)] for day in range(5)}
GOLDEN_WEEK = [date(2026, 10, 1) + timedelta(days=n) for n in range(7)]


def new(book: Book, received: datetime = NOW, severity: str = "high") -> int:
    made = open_complaint(book, title="x", received_at=received, severity=severity)
    return made.created["complaint"]


def due(book: Book, complaint: int) -> tuple[Any, Any]:
    row = book.row("SELECT reply_due_at, settle_due_at FROM complaint WHERE id = ?", (complaint,))
    return row[0], row[1]


@pytest.mark.parametrize(
    ("received", "reply", "settle"),
    [
        # High: an hour to the first reply, four to the settlement. Mondays to Fridays, closed at noon.
        ("2026-11-20 10:00", "2026-11-20 11:00", "2026-11-20 15:00"),
        # In the lunch break, just before it, and at closing.
        ("2026-11-20 12:30", "2026-11-20 14:00", "2026-11-20 17:00"),
        ("2026-11-20 11:00", "2026-11-20 12:00", "2026-11-20 16:00"),
        ("2026-11-20 18:00", "2026-11-23 10:00", "2026-11-23 14:00"),
        ("2026-11-20 17:59", "2026-11-23 09:59", "2026-11-23 13:59"),
        # At night, before opening, and on a Sunday.
        ("2026-11-19 23:00", "2026-11-20 10:00", "2026-11-20 14:00"),
        ("2026-11-20 08:59", "2026-11-20 10:00", "2026-11-20 14:00"),
        ("2026-11-22 11:00", "2026-11-23 10:00", "2026-11-23 14:00"),
        # Before a long holiday, in it, and on the short day that ends it.
        ("2026-09-30 17:30", "2026-10-08 09:30", "2026-10-08 13:30"),
        ("2026-10-03 10:00", "2026-10-08 10:00", "2026-10-08 14:00"),
        ("2026-10-09 10:00", "2026-10-09 11:00", "2026-10-12 11:00"),
    ],
)
def test_deadline_of_a_complaint_received_at_any_hour(
    book: Book, received: str, reply: str, settle: str
) -> None:
    op.set_week(book, week=LUNCH)
    op.add_holidays(book, days=GOLDEN_WEEK)
    op.set_special_day(book, day=date(2026, 10, 9), spans=[(600, 720)])
    complaint = new(book, datetime.fromisoformat(received))
    assert due(book, complaint) == (f"{reply}:00", f"{settle}:00")


def test_a_change_moves_what_is_open_in_the_same_step(book: Book) -> None:
    still, replied, done = (new(book) for _ in range(3))
    record_reply(book, complaint_id=replied, at=NOW + timedelta(minutes=5))
    moves.reject_complaint(book, complaint_id=done, at=NOW, reason="x", alternatives="")
    assert due(book, still) == ("2026-11-20 17:00:00", "2026-11-20 20:00:00")
    changed = op.set_week(book, week={day: [(540, 1020)] for day in range(7)})
    assert changed.moved == 2
    # The reply's deadline of the one that was answered stays as it was kept.
    assert due(book, still) == ("2026-11-20 17:00:00", "2026-11-21 12:00:00")
    assert due(book, done) == ("2026-11-20 17:00:00", "2026-11-20 20:00:00")
    assert op.add_holidays(book, days=[date(2026, 11, 21)]).moved == 2
    assert due(book, replied) == ("2026-11-20 17:00:00", "2026-11-22 12:00:00")
    assert op.set_deadlines(book, severity="high", reply=120, settle=180).moved == 2
    assert due(book, still) == ("2026-11-22 10:00:00", "2026-11-22 11:00:00")
    assert due(book, replied) == ("2026-11-20 17:00:00", "2026-11-22 11:00:00")
    book.undo()
    assert due(book, still) == ("2026-11-20 17:00:00", "2026-11-22 12:00:00")
    book.undo()
    book.undo()
    assert due(book, still) == ("2026-11-20 17:00:00", "2026-11-20 20:00:00")
    assert book.setting("shop.holidays") == []


def test_waiting_is_counted_in_the_new_hours(book: Book) -> None:
    complaint = new(book)
    moves.wait_for_customer(book, complaint_id=complaint, at=NOW + timedelta(minutes=30))
    # From 16:30 to 10:00: four and a half hours of that evening and one of the morning.
    moves.resume_complaint(book, complaint_id=complaint, at=datetime(2026, 11, 21, 10, 0))
    assert due(book, complaint) == ("2026-11-21 10:30:00", "2026-11-21 13:30:00")
    # Closing at five, of that half an hour and one of the morning.
    op.set_week(book, week={day: [(540, 1020)] for day in range(7)})
    assert due(book, complaint) == ("2026-11-21 10:30:00", "2026-11-21 13:30:00")
    assert op.set_special_day(book, day=date(2026, 11, 21), spans=[(570, 1020)]).moved == 0
    assert op.set_special_day(book, day=date(2026, 11, 21), spans=[(570, 630)]).moved == 1
    assert due(book, complaint) == ("2026-11-21 10:30:00", "2026-11-22 12:00:00")


def test_a_deadline_from_elsewhere_stays(book: Book) -> None:
    complaint = new(book)
    with book.step("As a file has it") as step:
        step.update(Complaint, complaint, settle_due_at="2026-12-24 12:00:00")
    assert op.set_deadlines(book, severity="high", reply=30, settle=60).moved == 1
    assert due(book, complaint) == ("2026-11-20 16:30:00", "2026-12-24 12:00:00")


def test_a_zone_counts_what_its_clock_does(book: Book) -> None:
    op.set_week(book, week={day: [(0, 1440)] for day in range(7)})
    complaint = new(book, datetime(2026, 3, 29, 1, 30), "urgent")
    assert due(book, complaint) == ("2026-03-29 02:00:00", "2026-03-29 03:30:00")
    assert op.set_zone(book, name="Europe/Berlin").moved == 1
    assert due(book, complaint) == ("2026-03-29 03:00:00", "2026-03-29 04:30:00")
    with pytest.raises(UserError, match="Atlantis"):
        op.set_zone(book, name="Europe/Atlantis")


def test_nothing_changed_is_no_step(book: Book) -> None:
    op.set_special_day(book, day=date(2026, 11, 21), spans=[])
    assert op.remove_special_days(book, days=[date(2026, 11, 21)]).changes
    assert not op.remove_special_days(book, days=[date(2026, 11, 21)]).changes
    assert not op.set_deadlines(book, severity="low", reply=1440, settle=4320).changes
    assert not op.reset_deadlines(book).changes
    assert not op.remove_holidays(book, days=[date(2026, 11, 21)]).changes
    assert op.add_holidays(book, days=[date(2026, 11, 21)]).changes.label == "Add the holiday {day}"
    assert op.remove_holidays(book, days=[date(2026, 11, 21)]).changes.args == {"day": "2026-11-21"}


def test_what_makes_no_sense_is_refused_and_nothing_is_kept(book: Book) -> None:
    wrongs: list[Callable[[], object]] = [
        lambda: op.set_week(book, week={0: [(540, 720), (700, 1080)]}),
        lambda: op.add_holidays(book, days=[]),
        lambda: op.add_holidays(book, days=[date(202, 1, 1)]),
        lambda: op.set_special_day(book, day=date(2026, 1, 1), spans=[(540, 540)]),
        lambda: op.set_deadlines(book, severity="high", reply=0, settle=60),
        lambda: op.set_deadlines(book, severity="high", reply=90, settle=60),
        lambda: op.set_deadlines(book, severity="high", reply=60, settle=10**6),
    ]
    for wrong in wrongs:
        with pytest.raises(UserError):
            wrong()
    assert book.next_undo() is None


day_spans = st.sampled_from([[], [(540, 720), (780, 1080)], [(0, 1440)], [(1320, 1560)], [(600, 660)]])
near = st.integers(0, 9).map(lambda n: date(2026, 11, 18) + timedelta(days=n))
changes = st.one_of(
    st.tuples(st.just("week"), st.lists(day_spans, min_size=7, max_size=7)),
    st.tuples(st.just("holidays"), st.lists(near, min_size=1, max_size=3)),
    st.tuples(st.just("special"), st.tuples(near, day_spans)),
    st.tuples(st.just("zone"), st.sampled_from(["", "Europe/Berlin", "Australia/Lord_Howe"])),
    st.tuples(st.just("allowed"), st.tuples(st.integers(1, 900), st.integers(900, 5000))),
)


def make(book: Book, kind: str, value: Any) -> op.Recounted:
    if kind == "week":
        return op.set_week(book, week=dict(enumerate(value)))
    if kind == "holidays":
        return op.add_holidays(book, days=value)
    if kind == "special":
        return op.set_special_day(book, day=value[0], spans=value[1])
    if kind == "zone":
        return op.set_zone(book, name=value)
    return op.set_deadlines(book, severity="high", reply=value[0], settle=value[1])


@settings(max_examples=15)
@given(st.lists(changes, min_size=1, max_size=5), st.lists(st.integers(0, 3000), min_size=2, max_size=2))
def test_after_any_changes_every_deadline_is_as_if_the_hours_had_always_been_so(
    book: Book, made: list[tuple[str, Any]], waited: list[int]
) -> None:
    plain, paused = new(book), new(book, NOW - timedelta(hours=5))
    since, until = (NOW + timedelta(minutes=minutes) for minutes in sorted(waited))
    moves.wait_for_customer(book, complaint_id=paused, at=since)
    moves.resume_complaint(book, complaint_id=paused, at=until)
    steps = book.value("SELECT count(*) FROM step")
    before = due(book, plain), due(book, paused)
    done = sum(bool(make(book, kind, value).changes) for kind, value in made)
    hours, minutes = opening_hours(book), allowed(book)["high"]
    pause = hours.between(since, until)
    for complaint, received, more in ((plain, NOW, 0), (paused, NOW - timedelta(hours=5), pause)):
        expected = tuple(
            hours.add(datetime.fromisoformat(str(hours.add(received, allowance))), more)
            for allowance in minutes
        )
        assert due(book, complaint) == tuple(moment.isoformat(" ", "seconds") for moment in expected)
    assert book.value("SELECT count(*) FROM step") == steps + done
    for _ in range(done):
        book.undo()
    assert (due(book, plain), due(book, paused)) == before
    while book.next_undo():
        book.undo()
