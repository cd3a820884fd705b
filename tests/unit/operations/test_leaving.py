"""Keeping a multiplier, several settings at once, and a call for each of several customers: one step each."""

from datetime import date, datetime

import pytest

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.operations.settings import set_book_settings
from desktop.operations.tasks import add_tasks
from desktop.operations.warnings import keep_drifting


def factors(book: Book) -> list[float]:
    return [book.setting(f"rhythm.{name}") for name in ("drifting", "alarming", "lost")]


def test_a_multiplier_pushes_the_later_ones_before_it_and_comes_back_in_one_step(book: Book) -> None:
    keep_drifting(book, multiplier=1.75)
    assert factors(book) == [1.75, 2.0, 3.0]
    keep_drifting(book, multiplier=3.5)
    assert factors(book) == [3.5, 3.5, 3.5]
    book.undo()
    assert factors(book) == [1.75, 2.0, 3.0]
    book.redo()
    assert factors(book) == [3.5, 3.5, 3.5]


def test_the_states_of_everybody_follow_a_kept_multiplier(book: Book) -> None:
    drifts = "SELECT drifting FROM shop_rhythm"
    keep_drifting(book, multiplier=2.25)
    assert book.value(drifts) == 2.25
    book.undo()
    assert book.value(drifts) == 1.5


def test_several_settings_are_one_step_and_none_is_kept_when_one_is_wrong(book: Book) -> None:
    set_book_settings(book, {"value.months": 24, "value.discount": 0.5})
    assert (book.setting("value.months"), book.setting("value.discount")) == (24, 0.5)
    with pytest.raises(TypeError):
        set_book_settings(book, {"value.months": 36, "value.discount": "much"})
    assert book.setting("value.months") == 24
    book.undo()
    assert (book.setting("value.months"), book.setting("value.discount")) == (12, 1.0)


def test_a_task_for_each_customer_who_is_still_there(book: Book) -> None:
    with book.step("Add") as step:
        for number in (1, 2):
            step.insert(Customer, id=number, name=f"C{number}", created_at="2026-01-01 09:00:00")
    changes = add_tasks(
        book, titles={1: "Call C1", 2: " Call C2 ", 9: "Call nobody"}, due=date(2026, 11, 22),
        created_at=datetime(2026, 11, 22, 9, 0),
    )  # fmt: skip
    assert changes.touches("task")
    rows = book.rows("SELECT customer_id, title, due_day, done_at, repeat FROM task ORDER BY id")
    day = date(2026, 11, 22).toordinal()
    assert [tuple(row) for row in rows] == [(1, "Call C1", day, None, ""), (2, "Call C2", day, None, "")]
    book.undo()
    assert book.value("SELECT count(*) FROM task") == 0
