"""Tasks: repeating ones come back within the step that ends them, on the right day."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.operations.tasks import (
    add_task,
    complete_task,
    complete_tasks,
    delete_tasks,
    edit_task,
    next_due,
    put_off,
    reopen_task,
)
from desktop.queries.tasks import (
    SCOPES,
    done_tasks,
    due_count,
    due_reminders,
    next_reminder,
    open_tasks,
    task,
    task_counts,
    task_ids,
    task_rows,
)

NOW = datetime(2026, 11, 20, 10, 30)
TODAY = NOW.date()


def new(book: Book, title: str = "回访", due: date | None = TODAY, repeat: str = "") -> int:
    return add_task(book, title=title, created_at=NOW, due=due, repeat=repeat).created["task"]


def test_done_and_back(book: Book) -> None:
    row = new(book)
    complete_task(book, task_id=row, at=NOW)
    assert open_tasks(book, today=TODAY) == []
    assert [done.id for done in done_tasks(book, today=TODAY)] == [row]
    reopen_task(book, task_id=row)
    assert [one.id for one in open_tasks(book, today=TODAY)] == [row]


def test_repeating_task_plans_itself_in_the_same_step(book: Book) -> None:
    row = new(book, due=date(2026, 11, 10), repeat="weekly")
    complete_task(book, task_id=row, at=NOW)
    (following,) = open_tasks(book, today=TODAY)
    assert following.due == date(2026, 11, 24)
    assert following.repeat == "weekly"
    book.undo()
    (again,) = open_tasks(book, today=TODAY)
    assert again.id == row
    assert again.late


def test_order_count_and_change(book: Book) -> None:
    later = new(book, "盘点", date(2026, 12, 1))
    some_day = new(book, "换招牌", None)
    late = new(book, "补寄发票", date(2026, 11, 18))
    assert [one.id for one in open_tasks(book, today=TODAY)] == [late, later, some_day]
    assert [one.id for one in open_tasks(book, today=TODAY, until=TODAY)] == [late]
    assert due_count(book, today=TODAY) == 1
    edit_task(book, task_id=some_day, due=TODAY, title="换招牌和灯箱")
    assert due_count(book, today=TODAY) == 2
    delete_tasks(book, task_ids=[late, later])
    assert [one.title for one in open_tasks(book, today=TODAY)] == ["换招牌和灯箱"]
    assert task(book, task_id=late, today=TODAY) is None


def test_what_is_refused(book: Book) -> None:
    with pytest.raises(UserError):
        new(book, "  ")
    with pytest.raises(UserError):
        new(book, due=None, repeat="daily")
    with pytest.raises(UserError):
        complete_task(book, task_id=99, at=NOW)


def test_month_ends() -> None:
    assert next_due(date(2026, 1, 31), "monthly", date(2026, 1, 31)) == date(2026, 2, 28)
    assert next_due(date(2026, 1, 31), "monthly", date(2026, 3, 1)) == date(2026, 3, 31)
    assert next_due(date(2024, 2, 29), "yearly", date(2024, 3, 1)) == date(2025, 2, 28)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["daily", "weekly", "monthly", "yearly"]),
    st.integers(-40, 900),
)
def test_next_day_lies_after_both(due: date, repeat: str, days: int) -> None:
    after = date.fromordinal(due.toordinal() + days)
    following = next_due(due, repeat, after)
    assert following is not None
    assert following > due
    assert following > after
    if days >= 0:
        longest = {"daily": 1, "weekly": 7, "monthly": 31, "yearly": 366}[repeat]
        assert (following - after).days <= longest


@pytest.mark.parametrize("repeat", ["daily", "weekly", "monthly", "yearly"])
def test_nothing_follows_the_last_day_of_the_calendar(book: Book, repeat: str) -> None:
    row = new(book, due=date(9999, 12, 31), repeat=repeat)
    complete_task(book, task_id=row, at=NOW)
    assert book.value("SELECT count(*) FROM task") == 1
    assert book.value("SELECT done_at FROM task WHERE id = ?", (row,))


def test_put_off_moves_the_day_and_rings_again(book: Book) -> None:
    row = add_task(
        book, title="回电话", created_at=NOW, due=TODAY, minute=900, remind_at=datetime(2026, 11, 20, 14, 45)
    ).created["task"]
    put_off(book, task_ids=[row], until=datetime(2026, 11, 23), timed=False)
    (held,) = open_tasks(book, today=TODAY)
    assert (held.due, held.minute, held.remind_at) == (date(2026, 11, 23), 900, "2026-11-23 14:45:00")
    put_off(book, task_ids=[row], until=datetime(2026, 11, 24, 9, 5), timed=True)
    assert due_reminders(book, now=datetime(2026, 11, 24, 9, 4)) == []
    (rung,) = due_reminders(book, now=datetime(2026, 11, 24, 9, 5))
    assert (rung.id, rung.due_at, rung.late) == (row, datetime(2026, 11, 24, 9, 5), False)
    assert next_reminder(book, now=NOW) == datetime(2026, 11, 24, 9, 5)
    assert due_reminders(book, now=datetime(2026, 11, 25), since=datetime(2026, 11, 24, 9, 5)) == []
    book.undo()
    book.undo()
    assert open_tasks(book, today=TODAY)[0].remind_at == "2026-11-20 14:45:00"


def test_a_repeating_one_keeps_its_time_and_rings_as_long_before(book: Book) -> None:
    row = add_task(
        book, title="盘点", created_at=NOW, due=TODAY, minute=600, repeat="weekly", every=2,
        remind_at=datetime(2026, 11, 19, 18, 0),
    ).created["task"]  # fmt: skip
    complete_task(book, task_id=row, at=NOW)
    (following,) = open_tasks(book, today=TODAY)
    assert following.due == date(2026, 12, 4)
    assert following.due_at == datetime(2026, 12, 4, 10)
    assert following.remind_at == "2026-12-03 18:00:00"
    assert (following.repeat, following.every) == ("weekly", 2)


def test_scopes_hold_every_task_once(book: Book) -> None:
    days = [None, *(date.fromordinal(TODAY.toordinal() + n) for n in (-40, -1, 0, 1, 7, 8, 60))]
    rows = [new(book, f"task {number}", day) for number, day in enumerate(days)]
    done = new(book, "done")
    complete_tasks(book, task_ids=[done], at=NOW)
    scopes = {scope: list(task_ids(book, today=TODAY, scope=scope)) for scope in SCOPES}
    assert scopes["open"] == [*rows[1:], rows[0]]
    parts = [scopes[one] for one in ("late", "today", "week", "later", "undated")]
    assert [len(part) for part in parts] == [2, 1, 2, 2, 1]
    assert sorted(row for part in parts for row in part) == sorted(scopes["open"])
    assert scopes["done"] == [done]
    counts = task_counts(book, today=TODAY)
    assert counts == {scope: len(ids) for scope, ids in scopes.items() if scope != "done"}
    assert list(task_ids(book, today=TODAY, text="TASK 3")) == [rows[3]]
    assert set(task_rows(book, rows, now=NOW)) == set(rows)


def test_several_done_in_one_step(book: Book) -> None:
    rows = [new(book, "a", repeat="daily"), new(book, "b")]
    complete_tasks(book, task_ids=rows, at=NOW)
    (following,) = open_tasks(book, today=TODAY)
    assert following.title == "a"
    book.undo()
    assert [one.id for one in open_tasks(book, today=TODAY)] == rows


def test_a_time_without_its_day_is_refused(book: Book) -> None:
    with pytest.raises(UserError):
        add_task(book, title="x", created_at=NOW, minute=600)
    row = add_task(book, title="x", created_at=NOW, due=TODAY, minute=600).created["task"]
    with pytest.raises(UserError):
        edit_task(book, task_id=row, due=None)
    edit_task(book, task_id=row, due=None, minute=None)
    assert open_tasks(book, today=TODAY)[0].due_at is None
