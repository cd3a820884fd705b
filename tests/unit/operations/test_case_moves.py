"""Waiting, answering and ending cases: the clock, also one set back, against arithmetic on intervals."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.days import from_iso, iso
from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.operations.case_moves import (
    advance_case,
    answer_case,
    close_case,
    reopen_case,
    resume_case,
    tick_step,
    wait_for_customer,
)
from desktop.operations.ratings import Verdict, add_rating
from desktop.operations.service_cases import add_case, edit_case, note_case
from desktop.queries.case_detail import CaseDetail, case_detail
from desktop.queries.service_cases import case_ids, case_rows, counts

NOW = datetime(2026, 11, 20, 10, 0)


def whole(book: Book, case: int) -> CaseDetail:
    found = case_detail(book, case)
    assert found is not None
    return found


def opened(book: Book, kind: str = "repair") -> int:
    return add_case(book, kind=kind, title="Kettle", opened_at=NOW).created["service_case"]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(-500, 3000), st.integers(0, 59)), min_size=1, max_size=8))
def test_deadlines_move_by_what_was_waited(gaps: list[tuple[int, int]]) -> None:
    """Each gap is a stretch of waiting in minutes and seconds; a negative one is a clock set back."""
    with TemporaryDirectory() as folder, Book.create(Path(folder) / "a.shuke") as book:
        case = opened(book)
        before = whole(book, case)
        clock, waited = NOW, 0
        for minutes, seconds in gaps:
            wait_for_customer(book, case_id=case, at=clock)
            since = clock
            clock += timedelta(minutes=minutes, seconds=seconds)
            resume_case(book, case_id=case, at=clock)
            waited += max(0, int((clock - since).total_seconds() // 60))
        after = whole(book, case)
        assert after.waited_minutes == waited
        assert (after.status, after.waiting_since) == ("open", None)
        moved = timedelta(minutes=waited)
        assert before.due_at is not None
        assert after.due_at == iso(from_iso(before.due_at) + moved)
        for old, new in zip(before.steps, after.steps, strict=True):
            assert old.due_at is not None
            assert new.due_at == iso(from_iso(old.due_at) + moved)
        for _ in range(2 * len(gaps)):
            book.undo()
        assert whole(book, case) == before


def test_a_done_step_keeps_its_deadline_while_the_others_move(book: Book) -> None:
    case = opened(book)
    first = whole(book, case).steps[0]
    tick_step(book, step_id=first.id, done=True, at=NOW)
    wait_for_customer(book, case_id=case, at=NOW)
    resume_case(book, case_id=case, at=NOW + timedelta(hours=5))
    found = whole(book, case)
    assert found.steps[0].due_at == first.due_at
    assert found.steps[1].due_at == iso(NOW + timedelta(days=5, hours=5))


@pytest.mark.parametrize("go_on", ["tick", "close", "call off"])
def test_whatever_goes_on_ends_the_waiting(book: Book, go_on: str) -> None:
    case = opened(book)
    wait_for_customer(book, case_id=case, at=NOW)
    later = NOW + timedelta(minutes=90)
    if go_on == "tick":
        advance_case(book, case_id=case, at=later)
    else:
        close_case(book, case_id=case, at=later, called_off=go_on == "call off")
    found = whole(book, case)
    assert (found.waiting_since, found.waited_minutes) == (None, 90)
    assert found.status == {"tick": "open", "close": "done", "call off": "cancelled"}[go_on]
    book.undo()
    assert (whole(book, case).status, whole(book, case).waited_minutes) == ("waiting", 0)


def test_the_first_word_is_the_first_of_anything(book: Book) -> None:
    spoken = add_case(book, kind="repair", title="A", opened_at=NOW, answered=True).created["service_case"]
    assert whole(book, spoken).answered_at == iso(NOW)
    with pytest.raises(UserError):
        answer_case(book, case_id=spoken, at=NOW)
    noted, waits, ticked, ended = (opened(book) for _ in range(4))
    at = NOW + timedelta(minutes=20)
    note_case(book, case_id=noted, text="Called back", at=at)
    note_case(book, case_id=noted, text="And again", at=at + timedelta(hours=1))
    wait_for_customer(book, case_id=waits, at=at)
    advance_case(book, case_id=ticked, at=at)
    close_case(book, case_id=ended, at=at)
    assert {whole(book, case).answered_at for case in (noted, waits, ticked, ended)} == {iso(at)}
    with pytest.raises(UserError):
        note_case(book, case_id=noted, text="  ", at=at)


def test_the_end_has_an_outcome_and_an_ended_case_can_be_taken_up_again(book: Book) -> None:
    case = opened(book, "warranty")
    for _ in range(4):
        advance_case(book, case_id=case, at=NOW)
    assert (whole(book, case).status, whole(book, case).outcome) == ("done", "repaired")
    with pytest.raises(UserError):
        wait_for_customer(book, case_id=case, at=NOW)
    reopen_case(book, case_id=case)
    assert (whole(book, case).status, whole(book, case).outcome, whole(book, case).closed_at) == (
        "open", "", None,
    )  # fmt: skip
    with pytest.raises(UserError):
        close_case(book, case_id=case, at=NOW, outcome="forgotten")
    with pytest.raises(UserError):
        close_case(book, case_id=case, at=NOW, cost=-1)
    close_case(book, case_id=case, at=NOW, outcome="declined", text="Broken by a fall")
    assert (whole(book, case).outcome, whole(book, case).text) == ("declined", "Broken by a fall")


def test_a_closed_case_may_be_rated_at_once(book: Book) -> None:
    case = add_case(book, kind="repair", title="A", opened_at=NOW).created["service_case"]
    close_case(book, case_id=case, at=NOW, ask=True, perceived=4)
    assert book.rows("SELECT case_id, perceived, asked_at, ended_at FROM rating") == [
        (case, 4, None, iso(NOW))
    ]


def test_the_rating_asked_for_is_the_one_answered(book: Book) -> None:
    with book.step("a customer") as step:
        step.insert(Customer, id=1, name="王丽华", created_at="2026-01-01 09:00:00", custom="{}")
    case = add_case(book, kind="repair", title="A", opened_at=NOW, customer_id=1).created["service_case"]
    close_case(book, case_id=case, at=NOW, ask=True)
    reopen_case(book, case_id=case)
    close_case(book, case_id=case, at=NOW + timedelta(days=1), ask=True)
    assert book.value("SELECT count(*) FROM rating") == 1
    add_rating(book, Verdict(rated_at=NOW + timedelta(days=2), customer_id=1, case_id=case, perceived=5))
    add_rating(book, Verdict(rated_at=NOW + timedelta(days=3), customer_id=1, case_id=case, perceived=3))
    rows = book.rows("SELECT asked_at, rated_at, perceived, ended_at FROM rating ORDER BY id")
    assert rows == [
        (iso(NOW), iso(NOW + timedelta(days=2)), 5, iso(NOW + timedelta(days=1))),
        (None, iso(NOW + timedelta(days=3)), 3, iso(NOW + timedelta(days=1))),
    ]
    book.undo()
    book.undo()
    assert book.row("SELECT rated_at, perceived FROM rating") == (None, None)


def test_the_list_puts_first_what_is_due_first(book: Book) -> None:
    late, soon, waits, done, none = (opened(book) for _ in range(5))
    edit_case(book, case_id=late, due_at=NOW - timedelta(hours=1))
    edit_case(book, case_id=soon, due_at=NOW + timedelta(hours=1))
    wait_for_customer(book, case_id=waits, at=NOW)
    close_case(book, case_id=done, at=NOW)
    edit_case(book, case_id=none, due_at=None)
    with book.step("no deadlines") as step:
        step.execute("UPDATE case_step SET due_at = NULL WHERE case_id = ?", (none,))
    assert list(case_ids(book, now=NOW, scope="all")) == [late, soon, none, waits, done]
    assert list(case_ids(book, now=NOW, scope="overdue")) == [late]
    assert counts(book, now=NOW) == (4, 1, 1, 1, 5)
    assert counts(book, now=NOW, kind="return") == (0, 0, 0, 0, 0)
    rows = case_rows(book, [late, waits, none])
    assert [rows[case].due_at for case in (late, waits, none)] == [iso(NOW - timedelta(hours=1)), None, None]
    assert list(case_ids(book, now=NOW, scope="all", text="0003")) == [waits]
    assert case_ids(book, now=NOW, scope="all", sort="number", descending=True)[0] == none
