"""Answers at hand: the built-in ones until the shop writes its own, ordered, taken away, counted, found."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.answer_book import BUILT_IN
from desktop.core.errors import UserError
from desktop.core.translation import set_language, tr
from desktop.models.book import Book
from desktop.operations.answers import (
    add_answer,
    delete_answer,
    edit_answer,
    move_answer,
    reset_answer,
    restore_answers,
    use_answer,
)
from desktop.queries.answers import AnswerRow, all_answers, answers, hidden

NOW = datetime(2026, 11, 20, 10, 0)
KEYS = [one.title for one in BUILT_IN]


def keys(book: Book) -> list[str]:
    return [row.key for row in all_answers(book)]


def one(book: Book, key: str) -> AnswerRow:
    return next(row for row in all_answers(book) if row.key == key)


def test_a_new_shop_has_the_built_in_ones_without_a_row(book: Book) -> None:
    assert keys(book) == KEYS
    assert not book.value("SELECT count(*) FROM answer")
    assert not any(row.own for row in all_answers(book))


def test_an_answer_is_written_changed_and_taken_away(book: Book) -> None:
    add_answer(book, title=" Opening   hours ", text="{姓名}, we are here from nine.\n", place="pre-sale")
    row = one(book, "Opening hours")
    assert (row.text, row.place, row.own) == ("{name}, we are here from nine.", "pre-sale", True)
    assert keys(book) == [*KEYS, "Opening hours"]
    edit_answer(book, key="Opening hours", title="Hours", text="From nine.")
    assert one(book, "Hours").place == ""
    book.undo()
    assert one(book, "Opening hours").place == "pre-sale"
    delete_answer(book, key="Opening hours")
    assert keys(book) == KEYS
    book.undo()
    book.undo()
    assert keys(book) == KEYS


def test_a_built_in_one_becomes_the_shops_own_and_goes_back(book: Book) -> None:
    greeting = one(book, "Greeting")
    assert not edit_answer(book, key="Greeting", title="Greeting", text=greeting.text, place="pre-sale")
    edit_answer(book, key="Greeting", title="greeting", text="Hi {name}!", place="pre-sale")
    assert keys(book) == KEYS
    assert (one(book, "Greeting").text, one(book, "Greeting").own) == ("Hi {name}!", True)
    use_answer(book, key="Greeting", at=NOW)
    reset_answer(book, key="Greeting")
    assert (one(book, "Greeting").text, one(book, "Greeting").own) == (greeting.text, False)
    assert one(book, "Greeting").uses == 1
    # Another title: it is the shop's, and the built-in one does not come back beside it.
    edit_answer(book, key="Greeting", title="Hello", text="Hi!")
    assert "Greeting" not in keys(book)
    assert keys(book).index("Hello") == KEYS.index("Greeting")
    book.undo()
    assert keys(book) == KEYS


def test_built_in_ones_are_taken_away_and_brought_back(book: Book) -> None:
    for key in KEYS[:2]:
        delete_answer(book, key=key)
    assert keys(book) == KEYS[2:]
    assert hidden(book) == KEYS[:2]
    book.undo()
    assert keys(book) == KEYS[1:]
    restore_answers(book)
    assert keys(book) == KEYS


def test_order_is_kept_however_it_came_about(book: Book) -> None:
    add_answer(book, title="Own", text="x")
    order = [*KEYS, "Own"]
    for at, to in ((18, 0), (3, 7), (7, 3), (0, 18), (5, 99), (2, 2)):
        moved = order.pop(at)
        order.insert(to, moved)
        move_answer(book, key=moved, to=to)
        assert keys(book) == order
    assert not move_answer(book, key=order[4], to=4)
    for _ in range(4):
        book.undo()
    delete_answer(book, key="Own")
    assert sorted(keys(book)) == sorted(KEYS)


def test_a_use_is_counted_without_a_step_and_leaves_redo_alone(book: Book) -> None:
    add_answer(book, title="Own", text="x")
    add_answer(book, title="Other", text="y")
    book.undo()
    changes = use_answer(book, key="Own", at=NOW)
    use_answer(book, key="Order confirmed", at=NOW)
    use_answer(book, key="Order confirmed", at=NOW)
    assert changes.tables == {"answer"}
    assert changes.step is None
    assert (one(book, "Own").uses, one(book, "Order confirmed").uses) == (1, 2)
    assert not one(book, "Order confirmed").own
    book.redo()
    assert "Other" in keys(book)
    book.undo()
    book.undo()
    assert keys(book) == KEYS


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("add", "edit", "rename", "move", "delete", "restore", "use", "undo", "redo")),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=14,
)


@settings(max_examples=25)
@given(ACTS)
def test_uses_between_steps_never_meet_what_undo_brings_back(acts: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder, Book.create(Path(folder) / "a.shuke") as book:
        past, ahead = [said(book)], list[Said]()
        for number, (act, at, to) in enumerate(acts):
            key = keys(book)[at % len(keys(book))]
            if act == "use":
                use_answer(book, key=key, at=NOW)
            elif act == "undo":
                assert bool(book.undo()) is (len(past) > 1)
                if len(past) > 1:
                    ahead.append(past.pop())
            elif act == "redo":
                assert bool(book.redo()) is bool(ahead)
                if ahead:
                    past.append(ahead.pop())
            elif _change(book, act, key, to, number):
                past.append(said(book))
                ahead.clear()
            # Whatever was used in between, every step takes back and does again exactly its own.
            assert said(book) == past[-1]


Said = list[tuple[str, str]]


def said(book: Book) -> Said:
    return [(row.key, row.text) for row in all_answers(book)]


def _change(book: Book, act: str, key: str, to: int, number: int) -> bool:
    if act == "add":
        return bool(add_answer(book, title=f"Own {number}", text="x"))
    if act == "move":
        return bool(move_answer(book, key=key, to=to))
    if act == "restore":
        return bool(restore_answers(book))
    if act == "delete":
        return len(keys(book)) > 1 and bool(delete_answer(book, key=key))
    title = key if act == "edit" else f"Renamed {number}"
    return bool(edit_answer(book, key=key, title=title, text=f"Words {number}"))


def test_what_fits_and_is_used_comes_first(book: Book) -> None:
    first = answers(book, place="complaint", subject="delivery", mood="remedy")
    assert first[0].key == "Complaint: damaged on the way"
    assert first[1].key == "Complaint: the parcel is late"
    assert [row.place for row in first[-6:]].count("complaint") == 0
    add_answer(book, title="Anywhere", text="Any time.")
    for _ in range(3):
        use_answer(book, key="Anywhere", at=NOW)
    for key in ("Order confirmed", "Parcel on its way", "Parcel on its way"):
        use_answer(book, key=key, at=NOW)
    said = [row.key for row in answers(book, place="in-sale")]
    assert said[:3] == ["Parcel on its way", "Order confirmed", "Anywhere"]
    assert [row.key for row in answers(book)][:2] == ["Anywhere", "Parcel on its way"]


def test_an_answer_is_found_by_words_and_by_initials(book: Book) -> None:
    add_answer(book, title="发货时间说明", text="今天下单今天发货。")
    assert [row.key for row in answers(book, text="fhsj")] == ["发货时间说明"]
    assert [row.key for row in answers(book, text="fahuo 今天")] == ["发货时间说明"]
    assert {row.key for row in answers(book, text="courier LATE")} == {"Complaint: the parcel is late"}
    assert answers(book, text="zzz") == []


def test_what_is_no_answer_is_refused(book: Book) -> None:
    add_answer(book, title="Own", text="x")
    for title, text in (
        ("", "x"),
        ("y", "  "),
        ("OWN", "x"),
        ("greeting", "x"),
        ("y" * 61, "x"),
        ("y", "x" * 2001),
    ):
        with pytest.raises(UserError):
            add_answer(book, title=title, text=text)
    with pytest.raises(UserError):
        edit_answer(book, key="Own", title="Greeting", text="x")
    with pytest.raises(UserError):
        use_answer(book, key="Gone", at=NOW)


def test_a_switch_of_the_language_changes_what_is_read_only(book: Book) -> None:
    use_answer(book, key="Greeting", at=NOW)
    set_language("zh_CN")
    row = one(book, "Greeting")
    assert row.title == tr("Greeting")
    # Saved as it is shown, in another place: title and text are still the built-in ones.
    edit_answer(book, key="Greeting", title=row.title, text=row.text, place="")
    assert book.rows("SELECT title, text, place FROM answer") == [
        ("Greeting", next(one.text for one in BUILT_IN if one.title == "Greeting"), "")
    ]
    edit_answer(book, key="Greeting", title=row.title, text="{姓名}，您好！")
    set_language("en")
    assert one(book, "Greeting").text == "{name}，您好！"
