"""Points come and go as one step each and never fall below nothing by mistake; codes are nobody's twice."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import member_codes
from desktop.core.errors import UserError
from desktop.core.points import points_earned, points_worth
from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.operations.member_codes import give_member_code, next_code
from desktop.operations.membership import add_points, points_balance
from desktop.operations.orders import add_order
from desktop.operations.settings import set_book_setting

NOW = datetime(2026, 11, 22, 10, 30)


@pytest.fixture
def two(book: Book) -> tuple[int, int]:
    with book.step("two customers") as step:
        return (
            step.insert(Customer, name="王丽华", created_at="2026-01-01 09:00:00"),
            step.insert(Customer, name="", created_at="2026-01-01 09:00:00"),
        )


def codes_of(book: Book, customer: int) -> list[str]:
    rows = book.rows(
        "SELECT norm FROM contact_point WHERE customer_id = ? AND channel = 'member' ORDER BY norm",
        (customer,),
    )
    return [norm for (norm,) in rows]


# -- points


def test_points_come_and_go_and_each_is_undone_by_itself(book: Book, two: tuple[int, int]) -> None:
    one, _ = two
    add_points(book, customer_id=one, points=120, reason="gift", at=NOW, text=" 生日 ")
    add_points(book, customer_id=one, points=-100, reason="redeemed", at=NOW)
    assert points_balance(book, one) == 20
    assert book.row("SELECT points, reason, text, at FROM points_entry ORDER BY id") == (
        120,
        "gift",
        "生日",
        "2026-11-22 10:30:00",
    )
    book.undo()
    assert points_balance(book, one) == 120
    book.undo()
    assert points_balance(book, one) == 0


@pytest.mark.parametrize("reason", ["redeemed", "expired"])
def test_more_than_there_are_cannot_be_taken(book: Book, two: tuple[int, int], reason: str) -> None:
    add_points(book, customer_id=two[0], points=50, reason="earned", at=NOW)
    with pytest.raises(UserError, match="only 50 points"):
        add_points(book, customer_id=two[0], points=-51, reason=reason, at=NOW)
    add_points(book, customer_id=two[0], points=-50, reason=reason, at=NOW)
    assert points_balance(book, two[0]) == 0


def test_a_correction_may_leave_less_than_nothing(book: Book, two: tuple[int, int]) -> None:
    add_points(book, customer_id=two[1], points=-5, reason="correction", at=NOW)
    assert points_balance(book, two[1]) == -5


@pytest.mark.parametrize(
    ("points", "reason"),
    [(0, "gift"), (-1, "gift"), (-1, "earned"), (1, "redeemed"), (1, "expired"), (1, "luck")],
)
def test_points_that_contradict_themselves_are_refused(
    book: Book, two: tuple[int, int], points: int, reason: str
) -> None:
    with pytest.raises(UserError):
        add_points(book, customer_id=two[0], points=points, reason=reason, at=NOW)
    assert points_balance(book, two[0]) == 0


def test_nobody_has_no_points(book: Book) -> None:
    with pytest.raises(UserError, match="no longer in the book"):
        add_points(book, customer_id=7, points=1, reason="gift", at=NOW)


def test_an_order_and_its_points_are_one_step(book: Book, two: tuple[int, int]) -> None:
    changes = add_order(book, placed_at=NOW, customer_id=two[0], total=12850, points=128)
    assert changes.tables >= {"orders", "points_entry"}
    assert book.row("SELECT customer_id, order_id, points, reason FROM points_entry") == (
        two[0],
        changes.created["orders"],
        128,
        "earned",
    )
    book.undo()
    assert points_balance(book, two[0]) == 0
    assert book.value("SELECT count(*) FROM orders") == 0


@given(
    st.integers(-(10**9), 10**9),
    st.decimals(0, 50, places=3),
    st.sampled_from([("CNY", 100), ("JPY", 1), ("XYZ", 100)]),
)
def test_earned_points_are_whole_and_rounded_down(
    amount: int, rate: object, currency: tuple[str, int]
) -> None:
    exact = Fraction(amount, currency[1]) * Fraction(str(rate))
    assert points_earned(amount, float(str(rate)), currency[0]) == max(0, floor(exact))


@given(st.integers(-(10**6), 10**6), st.decimals(0, 5, places=4))
def test_the_worth_of_points_is_rounded_down(points: int, worth: object) -> None:
    assert points_worth(points, float(str(worth))) == floor(points * Fraction(str(worth)) * 100)


# -- codes


def test_the_next_code_is_the_first_free_one(book: Book, two: tuple[int, int]) -> None:
    one, other = two
    give_member_code(book, customer_id=one)
    give_member_code(book, customer_id=other)
    assert codes_of(book, one) == [member_codes.member_code(0)]
    assert codes_of(book, other) == [member_codes.member_code(1)]
    book.undo()
    assert codes_of(book, other) == []
    assert next_code(book) == member_codes.member_code(1)


def test_codes_after_the_last_one_fill_the_first_gap(book: Book, two: tuple[int, int]) -> None:
    taken = [0, 1, 2, 5, member_codes.NUMBERS - 1]
    with book.step("codes") as step:
        for number in taken:
            code = member_codes.member_code(number)
            step.insert(
                ContactPoint, customer_id=two[0], kind="account", channel="member", value=code, norm=code
            )
        # What only looks like one of ours.
        step.insert(
            ContactPoint,
            customer_id=two[0],
            kind="account",
            channel="member",
            value="29-A",
            norm="29abcdefghijk",
        )
    assert next_code(book) == member_codes.member_code(3)


def test_a_code_on_a_card_is_taken_as_it_stands(book: Book, two: tuple[int, int]) -> None:
    give_member_code(book, customer_id=two[0], code=" VIP-007 ")
    assert codes_of(book, two[0]) == ["vip-007"]
    # Again changes nothing, and nobody else gets it.
    assert not give_member_code(book, customer_id=two[0], code="vip-007")
    with pytest.raises(UserError, match="already belongs to 王丽华"):
        give_member_code(book, customer_id=two[1], code="VIP-007")


def test_a_second_card_stands_beside_the_first_or_in_its_place(book: Book, two: tuple[int, int]) -> None:
    give_member_code(book, customer_id=two[0], code="A1")
    give_member_code(book, customer_id=two[0], code="A2")
    assert codes_of(book, two[0]) == ["a1", "a2"]
    give_member_code(book, customer_id=two[0], instead=True)
    assert codes_of(book, two[0]) == [member_codes.member_code(0)]
    book.undo()
    assert codes_of(book, two[0]) == ["a1", "a2"]


def test_an_order_earns_by_the_shops_rule_wherever_it_is_written(book: Book, two: tuple[int, int]) -> None:
    who, _ = two
    add_order(book, placed_at=NOW, customer_id=who, total=12_345)
    assert points_balance(book, who) == 0
    set_book_setting(book, key="points.per_unit", value=2.0)
    add_order(book, placed_at=NOW, customer_id=who, total=12_345)
    assert points_balance(book, who) == 246
    add_order(book, placed_at=NOW, customer_id=who, total=12_345, status="unpaid")
    add_order(book, placed_at=NOW, customer_id=who, total=12_345, points=0)
    assert points_balance(book, who) == 246
    add_order(book, placed_at=NOW, total=500)
    book.undo()
    book.undo()
    book.undo()
    book.undo()
    assert points_balance(book, who) == 0
