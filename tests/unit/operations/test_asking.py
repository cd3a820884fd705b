"""Expectations told before, askings, skips and cards: one row each, completed by the answer."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.card_codes import new_code, written
from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.operations.asking import (
    answer_by_code,
    ask_rating,
    card_for,
    skip_rating,
    tell_expectation,
    unskip_rating,
)
from desktop.operations.complaint_moves import settle_complaint
from desktop.operations.complaints import open_complaint
from desktop.operations.rated_things import About
from desktop.operations.ratings import Verdict, add_rating, edit_rating

NOW = datetime(2026, 11, 20, 10, 0)
LATER = NOW + timedelta(days=5)
SHOWN = "customer_id, order_id, expected, perceived, expected_at, asked_at, rated_at, skipped_at, ended_at"


@pytest.fixture
def shop(book: Book) -> Book:
    stock(book)
    return book


def stock(book: Book) -> None:
    """A customer and two orders of theirs."""
    with book.step("a customer and two orders") as step:
        step.insert(Customer, name="王芳", created_at="2026-01-01 00:00:00")
        for day in (18, 19):
            step.insert(
                Order, customer_id=1, number=f"A{day}", status="completed",
                placed_at=f"2026-11-{day} 10:00:00", ended_at=f"2026-11-{day} 12:00:00",
                paid=1000, total=1000,
            )  # fmt: skip


def rows(book: Book) -> list[Any]:
    return book.rows(f"SELECT {SHOWN} FROM rating ORDER BY id")


def undone(book: Book, changes: Changes) -> list[Any]:
    """What stands after one undo, which is that of these changes."""
    assert changes.step is not None
    book.undo()
    return rows(book)


def test_an_expectation_becomes_the_rating_of_the_order(shop: Book) -> None:
    told = tell_expectation(shop, About(customer_id=1), at=NOW, expected=4, text="要包装好")
    assert rows(shop) == [(1, None, 4, None, "2026-11-20 10:00:00", None, None, None, "2026-11-20 10:00:00")]
    assert tell_expectation(shop, About(customer_id=1), at=NOW, expected=4).step is None
    tell_expectation(shop, About(customer_id=1), at=NOW, expected=3)
    assert [row[2] for row in rows(shop)] == [3]
    shop.undo()
    rated = add_rating(
        shop, Verdict(rated_at=LATER, customer_id=1, order_id=2, perceived=5, text="果然好", reasons="Quick")
    )
    assert rated.created["rating"] == told.created["rating"]
    (row,) = rows(shop)
    assert row == (
        1,
        2,
        4,
        5,
        "2026-11-20 10:00:00",
        None,
        "2026-11-25 10:00:00",
        None,
        "2026-11-19 12:00:00",
    )
    assert shop.value("SELECT text FROM rating") == "要包装好\n果然好"
    assert undone(shop, rated)[0][3] is None


def test_an_asked_order_takes_the_expectation_over(shop: Book) -> None:
    tell_expectation(shop, About(customer_id=1), at=NOW - timedelta(hours=1), expected=2)
    ask_rating(shop, About(customer_id=1, order_id=1), at=NOW, channel="wechat")
    ((_, order, expected, _, told, asked, *_),) = rows(shop)
    assert (order, expected, told, asked) == (1, 2, "2026-11-20 09:00:00", "2026-11-20 10:00:00")
    # One told afterwards is about the next purchase; rating the asked order doesn't overrule what it has.
    tell_expectation(shop, About(customer_id=1), at=NOW, expected=5)
    add_rating(shop, Verdict(rated_at=LATER, customer_id=1, order_id=1, perceived=3))
    assert [(row[1], row[2], row[3]) for row in rows(shop)] == [(1, 2, 3), (None, 5, None)]


def test_an_old_or_another_expectation_is_left_alone(shop: Book) -> None:
    tell_expectation(shop, About(customer_id=1), at=NOW - timedelta(days=200), expected=2)
    add_rating(shop, Verdict(rated_at=NOW, customer_id=1, order_id=1, perceived=3))
    assert [(row[1], row[2], row[3]) for row in rows(shop)] == [(None, 2, None), (1, None, 3)]
    tell_expectation(shop, About(customer_id=1, order_id=2), at=NOW, expected=4)
    add_rating(shop, Verdict(rated_at=LATER, customer_id=1, order_id=2, perceived=4))
    assert [row[1] for row in rows(shop)] == [None, 1, 2]
    with pytest.raises(UserError, match="needs a customer"):
        tell_expectation(shop, About(), at=NOW, expected=4)
    with pytest.raises(UserError, match="goes from 1 to 5"):
        tell_expectation(shop, About(customer_id=1), at=NOW, expected=6)


def test_a_double_click_asks_once_and_another_day_again(shop: Book) -> None:
    about = About(customer_id=1, order_id=1)
    ask_rating(shop, about, at=NOW, channel="wechat")
    assert ask_rating(shop, about, at=NOW, channel="wechat").step is None
    again = ask_rating(shop, about, at=LATER, channel="phone")
    assert [row[5] for row in rows(shop)] == ["2026-11-25 10:00:00"]
    assert undone(shop, again)[0][5] == "2026-11-20 10:00:00"
    add_rating(shop, Verdict(rated_at=LATER, customer_id=1, order_id=1, perceived=3))
    assert ask_rating(shop, about, at=LATER).step is None


def test_what_is_skipped_can_be_asked_and_rated_again(shop: Book) -> None:
    about = About(customer_id=1, order_id=1)
    skipped = skip_rating(shop, about, at=NOW)
    assert skip_rating(shop, about, at=NOW).step is None
    assert rows(shop)[0][7] == "2026-11-20 10:00:00"
    row = skipped.created["rating"]
    assert undone(shop, unskip_rating(shop, rating_id=row))[0][7] is not None
    unskip_rating(shop, rating_id=row)
    assert rows(shop) == []
    ask_rating(shop, about, at=NOW)
    skip_rating(shop, about, at=NOW)
    unskip_rating(shop, rating_id=shop.value("SELECT id FROM rating"))
    assert [(row[5] is None, row[7]) for row in rows(shop)] == [(False, None)]
    skip_rating(shop, about, at=NOW)
    add_rating(shop, Verdict(rated_at=LATER, customer_id=1, order_id=1, perceived=3))
    assert [(row[3], row[7]) for row in rows(shop)] == [(3, None)]


def test_a_card_answers_what_it_was_given_out_for(shop: Book) -> None:
    about = About(customer_id=1, order_id=2)
    _, code = card_for(shop, about, at=NOW)
    changes, again = card_for(shop, about, at=LATER)
    assert (changes.step, again) == (None, code)
    answer_by_code(
        shop, code=written(code).lower(), verdict=Verdict(rated_at=LATER, perceived=5, public=True)
    )
    ((customer, order, _, perceived, *_, ends),) = rows(shop)
    assert (customer, order, perceived, ends) == (1, 2, 5, "2026-11-19 12:00:00")
    with pytest.raises(UserError, match="entered already"):
        answer_by_code(shop, code=code, verdict=Verdict(rated_at=LATER, perceived=5))


def test_a_blank_card_is_a_rating_of_the_shop(shop: Book) -> None:
    code = new_code()
    changes = answer_by_code(shop, code=code, verdict=Verdict(rated_at=NOW, perceived=2, expected=4))
    assert shop.rows("SELECT customer_id, code, perceived, asked_at FROM rating") == [(None, code, 2, None)]
    assert undone(shop, changes) == []
    # Who gave it may be known.
    answer_by_code(shop, code=code, verdict=Verdict(rated_at=NOW, customer_id=1, perceived=2))
    assert shop.rows("SELECT customer_id, code FROM rating") == [(1, code)]
    wrong = (
        code[1] + code[0] + code[2:] if code[0] != code[1] else ("2" if code[0] != "2" else "3") + code[1:]
    )
    with pytest.raises(UserError, match="not the code"):
        answer_by_code(shop, code=wrong, verdict=Verdict(rated_at=NOW, perceived=2))
    with pytest.raises(UserError, match="in the book already"):
        ask_rating(shop, About(customer_id=1, order_id=1), at=NOW, code=code)


def test_reasons_are_kept_by_their_titles(shop: Book) -> None:
    made = add_rating(
        shop, Verdict(rated_at=NOW, customer_id=1, perceived=5, reasons="质量好、Friendly, 口感", public=True)
    )
    assert shop.row("SELECT reasons, public FROM rating") == ("Good quality\nFriendly\n口感", 1)
    edit_rating(shop, rating_id=made.created["rating"], reasons="处理快", public=False)
    assert shop.row("SELECT reasons, public FROM rating") == ("Quick", 0)


def test_a_settled_complaint_may_have_been_asked_about(shop: Book) -> None:
    row = open_complaint(shop, title="破了", received_at=NOW, customer_id=1).created["complaint"]
    settle_complaint(shop, complaint_id=row, at=LATER, asked=True)
    assert shop.rows("SELECT complaint_id, customer_id, asked_at, rated_at FROM rating") == [
        (row, 1, "2026-11-25 10:00:00", None)
    ]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("tell", "ask", "skip", "unskip", "rate", "card", "answer")),
        st.sampled_from((None, 1, 2)),
        st.integers(1, 5),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None)
@given(ACTS)
def test_whatever_is_done_one_row_waits_for_each_thing_and_undo_takes_all_back(acts: list[Any]) -> None:
    with TemporaryDirectory() as folder, Book.create(Path(folder) / "shop.shuke") as book:
        stock(book)
        seen = [everything(book)]
        codes: list[str] = []
        for minute, (act, order, stars) in enumerate(acts):
            about, at = About(customer_id=1, order_id=order), NOW + timedelta(hours=minute)
            with suppress(UserError):
                done = do(book, act, about, stars, at, codes)
                if done.step is not None:
                    seen.append(everything(book))
            waiting = "FROM rating WHERE rated_at IS NULL GROUP BY order_id"
            assert all(count == 1 for (count,) in book.rows(f"SELECT count(*) {waiting}"))
            assert not book.value(
                "SELECT count(*) FROM rating WHERE rated_at IS NULL AND perceived IS NOT NULL"
            )
            assert not book.value(
                "SELECT count(*) FROM rating WHERE rated_at NOT NULL AND skipped_at NOT NULL"
            )
        while len(seen) > 1:
            assert everything(book) == seen.pop()
            book.undo()
        assert everything(book) == seen[0] == []


def do(book: Book, act: str, about: About, stars: int, at: datetime, codes: list[str]) -> Changes:
    said = Verdict(customer_id=1, order_id=about.order_id, rated_at=at, perceived=stars)
    if act == "tell":
        return tell_expectation(book, about, at=at, expected=stars)
    if act == "ask":
        return ask_rating(book, about, at=at, channel="wechat")
    if act == "skip":
        return skip_rating(book, about, at=at)
    if act == "unskip":
        row = book.value("SELECT id FROM rating WHERE skipped_at IS NOT NULL")
        return unskip_rating(book, rating_id=row) if row else Changes()
    if act == "rate":
        return add_rating(book, said)
    if act == "card":
        done, code = card_for(book, about, at=at)
        codes.append(code)
        return done
    return answer_by_code(book, code=codes[-1] if codes else new_code(), verdict=said)


def everything(book: Book) -> list[Any]:
    return book.rows("SELECT * FROM rating ORDER BY id")
