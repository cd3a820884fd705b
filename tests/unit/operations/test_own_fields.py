"""The shop's own fields: made, renamed with their values, retyped as far as those can be read, undone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.operations.own_fields import (
    add_own_field,
    change_own_field,
    delete_own_field,
    move_own_field,
)
from desktop.operations.segments import save_segment
from desktop.queries.conditions import Condition, Group
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customers import segments
from desktop.queries.own_fields import own_field_uses, own_fields, unfit_values


def make(book: Book, name: str, kind: str = "text", *options: str) -> int:
    return add_own_field(book, name=name, kind=kind, options=options).created["custom_field"]


def people(book: Book, name: str, values: list[Any]) -> None:
    with book.step("Fill") as step:
        for number, value in enumerate(values):
            custom = {"other": number} | ({} if value is None else {name: value})
            kept = json.dumps(custom, ensure_ascii=False)
            step.insert(Customer, name=f"c{number}", created_at="2024-01-01 09:00:00", custom=kept)


def held(book: Book, name: str) -> list[Any]:
    return [json.loads(text).get(name) for (text,) in book.rows("SELECT custom FROM customer ORDER BY id")]


def test_fields_are_added_ordered_and_deleted(book: Book) -> None:
    first, second, third = (
        make(book, " 茶 龄 "),
        make(book, "Size", "choice", "S", " M ", "S"),
        make(book, "x"),
    )
    assert [field.name for field in own_fields(book)] == ["茶 龄", "Size", "x"]
    assert own_fields(book)[1].options == ("S", "M")
    move_own_field(book, field_id=third, to=0)
    assert [field.id for field in own_fields(book)] == [third, first, second]
    book.undo()
    assert [field.id for field in own_fields(book)] == [first, second, third]
    people(book, "x", ["a", None, 3, False])
    assert own_field_uses(book) == {first: 0, second: 0, third: 3}
    delete_own_field(book, field_id=third)
    assert held(book, "x") == [None] * 4
    assert held(book, "other") == [0, 1, 2, 3]
    book.undo()
    assert held(book, "x") == ["a", None, 3, False]
    assert own_field_uses(book)[third] == 3


NAMES = st.sampled_from(["茶龄", "a'b", 'say "x"', "back\\slash", "dot.ted", "$x", "[0]"])


@given(old=NAMES, new=NAMES)
def test_a_new_name_takes_the_values_and_the_saved_filters_along(
    tmp_path_factory: Any, old: str, new: str
) -> None:
    with Book.create(tmp_path_factory.mktemp("own") / "b.shuke") as book:
        field = make(book, old)
        values = ["text", None, 3, 2.5, True, False]
        people(book, old, values)
        where = Group("and", (Group("or", (Condition("custom:" + old, "filled"),)),))
        save_segment(book, name="They", view=CustomerFilter(where=where))
        change_own_field(book, field_id=field, name=new, kind="text")
        assert held(book, new) == values
        assert [type(one) for one in held(book, new)] == [type(one) for one in values]
        if old != new:
            assert held(book, old) == [None] * len(values)
        (segment,) = segments(book)
        wanted = Group("and", (Group("or", (Condition("custom:" + new, "filled"),)),))
        assert segment.view.where == wanted
        if old != new:
            book.undo()
            assert held(book, old) == values


@pytest.mark.parametrize(
    ("before", "kind", "options", "after"),
    [
        (["12", "1,200", "3.5", "x", None], "number", (), [12, 1200, 3.5, None, None]),
        (["是", "no", "1", "vielleicht", None], "yesno", (), [True, False, True, None, None]),
        (["2024/3/5", "2024-12-01", "soon", None], "date", (), ["2024-03-05", "2024-12-01", None, None]),
        (["S", " M ", "XL", None], "choice", ("S", "M"), ["S", "M", None, None]),
    ],
)
def test_values_become_another_type_as_far_as_they_can(
    book: Book, before: list[Any], kind: str, options: tuple[str, ...], after: list[Any]
) -> None:
    field = make(book, "f")
    people(book, "f", before)
    lost = sum(one is not None for one in before) - sum(one is not None for one in after)
    assert unfit_values(book, "f", kind, options)[0] == lost
    change_own_field(book, field_id=field, name="f", kind=kind, options=options)
    assert held(book, "f") == after
    assert [type(one) for one in held(book, "f")] == [type(one) for one in after]
    change_own_field(book, field_id=field, name="f", kind="text")
    book.undo()
    assert held(book, "f") == after
    book.undo()
    assert held(book, "f") == before


def test_back_to_text_every_type_reads(book: Book) -> None:
    field = make(book, "f", "number")
    people(book, "f", [12, 3.5, 4.0, None])
    change_own_field(book, field_id=field, name="f", kind="text")
    assert held(book, "f") == ["12", "3.5", "4", None]


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [(" ", "text", "needs a name"), ("SIZE", "text", "already"), ("x" * 41, "text", "too long"),
     ("New", "choice", "choose from")],
)  # fmt: skip
def test_what_cannot_be_is_refused(book: Book, name: str, kind: str, words: str) -> None:
    field = make(book, "Size")
    with pytest.raises(UserError, match=words):
        make(book, name, kind)
    other = make(book, "Other")
    with pytest.raises(UserError, match=words):
        change_own_field(book, field_id=other, name=name, kind=kind)
    change_own_field(book, field_id=field, name="size", kind="text")
    delete_own_field(book, field_id=other)
    with pytest.raises(UserError, match="no longer"):
        change_own_field(book, field_id=other, name="y", kind="text")


def test_a_stop_leaves_all_as_it_was(book: Book) -> None:
    class Stopping(Progress):
        def report(self, done: int, total: int = 0, text: str = "") -> None:
            raise Cancelled

    field = make(book, "f")
    people(book, "f", ["1", "x"])
    with pytest.raises(Cancelled):
        change_own_field(book, field_id=field, name="g", kind="number", progress=Stopping())
    assert held(book, "f") == ["1", "x"]
    assert own_fields(book)[0].kind == "text"
