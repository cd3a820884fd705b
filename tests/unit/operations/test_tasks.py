"""Tasks: repeating ones come back within the step that ends them, on the right day."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.operations.tasks import add_task, complete_task, delete_tasks, edit_task, next_due, reopen_task
from desktop.queries.tasks import done_tasks, due_count, open_tasks, task

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
    assert following > due
    assert following > after
    if days >= 0:
        longest = {"daily": 1, "weekly": 7, "monthly": 31, "yearly": 366}[repeat]
        assert (following - after).days <= longest
