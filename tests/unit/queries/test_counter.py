"""The counter's card says what the book holds and no more than fits; codes find whom they were given."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.days import iso
from desktop.models.book import Book
from desktop.models.complaints import Promise
from desktop.models.customers import ContactPoint, Customer, CustomerTag, Tag
from desktop.models.orders import Order, OrderLine
from desktop.models.privacy import Consent
from desktop.models.shop import Attachment, Staff
from desktop.operations.complaints import open_complaint
from desktop.operations.member_codes import give_member_code
from desktop.operations.membership import add_points
from desktop.operations.service import add_interaction, pin_interaction
from desktop.operations.service_cases import add_case
from desktop.operations.tasks import add_task, complete_task
from desktop.queries.counter import CounterCard, counter_card
from desktop.queries.counter_finding import find_matches, holder_of_code
from desktop.queries.counter_matters import BROKEN_DAYS, UNDERWAY_DAYS

NOW = datetime(2026, 11, 22, 10, 30)
TODAY = NOW.date()


@pytest.fixture
def wang(book: Book) -> int:
    with book.step("王丽华") as step:
        row = step.insert(
            Customer,
            name="王丽华",
            created_at="2024-03-01 09:00:00",
            likes="龙井、乌龙",
            dislikes="花生过敏",
            birthday="11-30",
        )
        step.insert(
            ContactPoint, customer_id=row, kind="phone", value="138 0013 8421", norm="13800138421", main=True
        )
        step.insert(ContactPoint, customer_id=row, kind="wechat", value="lihua-tea", norm="lihua-tea")
        tag = step.insert(Tag, name="金卡", tone="amber")
        step.insert(CustomerTag, customer_id=row, tag_id=tag)
    return row


def card_of(book: Book, customer: int) -> CounterCard:
    found = counter_card(book, customer, now=NOW)
    assert found is not None
    return found


def order(
    book: Book, customer: int, placed: str, lines: tuple[tuple[str, float], ...] = (), **values: Any
) -> int:
    with book.step("an order") as step:
        given: dict[str, Any] = {"total": 5000, "paid": 5000, "status": "completed", **values}
        row = step.insert(Order, number="", customer_id=customer, placed_at=placed, **given)
        for at, (title, quantity) in enumerate(lines):
            step.insert(OrderLine, order_id=row, position=at, title=title, quantity=quantity)
    return row


def test_card_of_somebody_who_only_has_a_name(book: Book, wang: int) -> None:
    card = card_of(book, wang)
    assert (card.name, card.likes, card.dislikes, card.phone) == (
        "王丽华",
        "龙井、乌龙",
        "花生过敏",
        "13800138421",
    )
    assert (card.state, card.points, card.purchases, card.matters, card.rhythm) == ("none", 0, (), (), None)
    assert card.tags == (("金卡", "amber"),)
    assert card.birthday is not None
    assert (card.birthday.day, card.birthday.days) == (date(2026, 11, 30), 8)
    assert (card.left_out, card.photo, card.note, card.codes) == ((), None, None, ())


def test_nobody_has_no_card(book: Book) -> None:
    assert counter_card(book, 99, now=NOW) is None


@pytest.mark.parametrize(
    ("birthday", "calendar", "days"),
    [("12-06", "solar", 14), ("12-07", "solar", None), ("11-21", "solar", None), ("1988-11-22", "solar", 0),
     # 农历十月十五 falls on 23 November in 2026.
     ("10-15", "lunar", 1), ("08-15", "lunar", None)],
)  # fmt: skip
def test_birthdays_are_told_two_weeks_ahead(
    book: Book, wang: int, birthday: str, calendar: str, days: int | None
) -> None:
    with book.step("birthday") as step:
        step.update(Customer, wang, birthday=birthday, birthday_calendar=calendar)
    near = card_of(book, wang).birthday
    assert (near.days if near else None) == days


def test_purchases_are_the_last_three_with_their_first_lines(book: Book, wang: int) -> None:
    order(book, wang, "2026-10-01 09:00:00", (("a", 1),))
    order(
        book,
        wang,
        "2026-11-01 09:00:00",
        tuple((f"茶 {at}", 1 + at) for at in range(6)),
        paid=9900,
        refunded=900,
    )
    order(book, wang, "2026-11-20 09:00:00", (("refunded", 1),), refunded=5000)
    order(book, wang, "2026-11-09 18:00:00", (("late", 0.5),))
    order(book, wang, "2026-11-09 09:00:00")
    card = card_of(book, wang)
    assert [one.placed_at for one in card.purchases] == [
        "2026-11-09 18:00:00",
        "2026-11-09 09:00:00",
        "2026-11-01 09:00:00",
    ]
    assert [one.net for one in card.purchases] == [5000, 5000, 9000]
    assert card.purchases[0].lines == (("late", 0.5),)
    assert (card.purchases[1].lines, card.purchases[1].left_out) == ((), 0)
    assert card.purchases[2].lines == (("茶 0", 1), ("茶 1", 2), ("茶 2", 3), ("茶 3", 4))
    assert card.purchases[2].left_out == 2
    assert (card.orders, card.occasions) == (4, 3)


def test_what_is_open_comes_with_its_number_clerk_and_time(book: Book, wang: int) -> None:
    with book.step("staff") as step:
        clerk = step.insert(Staff, name="小陈")
    complaint = open_complaint(
        book, customer_id=wang, title="分量不足", received_at=NOW, severity="high", staff_id=clerk
    ).created["complaint"]
    case = add_case(book, kind="repair", opened_at=NOW, customer_id=wang, title="茶壶").created[
        "service_case"
    ]
    task = add_task(book, title="回电话", created_at=NOW, due=TODAY, customer_id=wang).created["task"]
    done = add_task(book, title="done", created_at=NOW, due=TODAY, customer_id=wang).created["task"]
    complete_task(book, task_id=done, at=NOW)
    add_task(book, title="next week", created_at=NOW, due=TODAY + timedelta(days=7), customer_id=wang)
    waiting = order(book, wang, "2026-11-20 09:00:00", (("明前龙井", 2),), status="paid")
    order(book, wang, iso(NOW - timedelta(days=UNDERWAY_DAYS + 1)), status="shipped")
    with book.step("promises") as step:
        for text, outcome, due in (
            ("补寄", "", NOW - timedelta(hours=1)),
            ("回访", "", NOW + timedelta(days=2)),
            ("kept", "kept", NOW),
            ("broken", "broken", NOW - timedelta(days=3)),
            ("long ago", "broken", NOW - timedelta(days=BROKEN_DAYS + 1)),
        ):
            # One is the complainant's, the other the customer's own.
            whose = {"complaint_id": complaint} if text == "补寄" else {"customer_id": wang}
            step.insert(Promise, text=text, outcome=outcome, made_at=iso(NOW), due_at=iso(due), **whose)
    card = card_of(book, wang)
    assert [(one.kind, one.title, one.late(NOW)) for one in card.matters] == [
        ("complaint", "分量不足", False),
        ("promise", "补寄", True),
        ("promise", "回访", False),
        ("promise", "broken", True),
        ("case", "茶壶", False),
        ("order", "明前龙井", False),
        ("task", "回电话", False),
    ]
    first = card.matters[0]
    assert (first.id, first.who, first.status) == (complaint, "小陈", "received")
    assert first.number.startswith("C-2026-")
    assert first.due == book.value("SELECT reply_due_at FROM complaint")
    assert [one.id for one in card.matters if one.kind in ("case", "order", "task")] == [case, waiting, task]
    assert card.matters[4].more, "the next step of the case"


def test_who_wants_no_promotions_says_so_last(book: Book, wang: int) -> None:
    for given_, at in ((True, "2026-01-01 09:00:00"), (False, "2026-02-01 09:00:00")):
        with book.step("consent") as step:
            step.insert(Consent, customer_id=wang, purpose="promotion", given=given_, at=at)
        assert bool(card_of(book, wang).left_out) is not given_
    with book.step("consent") as step:
        step.insert(Consent, customer_id=wang, purpose="photo", given=True, at="2026-03-01 09:00:00")
    (reason,) = card_of(book, wang).left_out
    assert reason.why == "refused"


def test_pinned_note_first_then_the_last_one(book: Book, wang: int) -> None:
    pinned = add_interaction(
        book, text="只打电话", stage="pre-sale", at=NOW - timedelta(days=9), customer_id=wang
    )
    add_interaction(book, text="问新茶", title="来电", stage="pre-sale", at=NOW, customer_id=wang)
    assert card_of(book, wang).note == ("2026-11-22 10:30:00", "来电 · 问新茶")
    pin_interaction(book, interaction_id=pinned.created["interaction"])
    assert card_of(book, wang).note == ("2026-11-13 10:30:00", "只打电话")


def test_the_newest_picture_is_the_photo(book: Book, wang: int) -> None:
    def attach(name: str, kind: str, at: str) -> int:
        with book.step("attach") as step:
            return step.insert(
                Attachment, subject="customer", subject_id=wang, name=name, media_type=kind, added_at=at,
                sha256=name, data=b"x",
            )  # fmt: skip

    newest = attach("b.jpg", "image/jpeg", "2026-03-01 09:00:00")
    attach("a.png", "image/png", "2026-02-01 09:00:00")
    attach("c.pdf", "application/pdf", "2026-04-01 09:00:00")
    assert card_of(book, wang).photo == newest
    with book.step("consent") as step:
        step.insert(Consent, customer_id=wang, purpose="photo", given=False, at="2026-03-01 09:00:00")
    assert card_of(book, wang).photo is None


def test_points_and_codes(book: Book, wang: int) -> None:
    give_member_code(book, customer_id=wang)
    add_points(book, customer_id=wang, points=120, reason="gift", at=NOW)
    card = card_of(book, wang)
    assert card.points == 120
    assert holder_of_code(book, f" {card.codes[0]}\t") == wang


def test_what_is_scanned_is_a_code_a_phone_or_an_order(book: Book, wang: int) -> None:
    with book.step("orders") as step:
        step.insert(Order, number="TB-20261109-1", customer_id=wang, placed_at=iso(NOW), channel="taobao")
        step.insert(Order, number="NOBODY-1", placed_at=iso(NOW))
    assert holder_of_code(book, "13800138421") == wang
    assert holder_of_code(book, "TB-20261109-1") == wang
    assert holder_of_code(book, "NOBODY-1") is None
    assert holder_of_code(book, "2900000000001") is None
    assert holder_of_code(book, "  ") is None
    # A card's own code goes before a phone number that looks like it.
    with book.step("another") as step:
        other = step.insert(Customer, name="x", created_at=iso(NOW))
    give_member_code(book, customer_id=other, code="13800138421")
    assert holder_of_code(book, "13800138421") == other


def test_matches_carry_what_they_may_have_been_found_by(book: Book, wang: int) -> None:
    found = find_matches(book, "8421", today=TODAY)
    assert [row.id for row in found.rows] == [wang]
    assert found.rows[0].phone == "13800138421"
    assert found.rows[0].points == (("phone", "13800138421"), ("wechat", "lihua-tea"))
    assert (found.rows[0].state, found.rows[0].dislikes, found.more) == ("none", True, False)
    with book.step("an order") as step:
        step.insert(Order, number="TB-2026-77", customer_id=wang, placed_at=iso(NOW), channel="taobao")
    assert find_matches(book, "TB-2026", today=TODAY).rows[0].points[-1] == ("order", "TB-2026-77")
    assert find_matches(book, "", today=TODAY).rows == ()
    with book.step("more") as step:
        for at in range(7):
            step.insert(Customer, name=f"王{at}", created_at=iso(NOW))
    many = find_matches(book, "王", today=TODAY)
    assert (len(many.rows), many.more) == (6, True)


STATUSES = ["unpaid", "paid", "shipped", "completed", "cancelled", "returned"]


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from(STATUSES), st.integers(0, 90), st.integers(0, 6), st.integers(0, 300)),
        max_size=9,
    )
)
def test_orders_on_the_card_are_those_a_walk_through_all_finds(rows: list[tuple[str, int, int, int]]) -> None:
    with TemporaryDirectory() as folder, Book.create(Path(folder) / "shop.shuke") as book:
        with book.step("fill") as step:
            customer = step.insert(Customer, name="x", created_at=iso(NOW))
            orders = []
            for at, (status, days, lines, refunded) in enumerate(rows):
                placed = NOW - timedelta(days=days, minutes=at)
                paid = 0 if status in ("unpaid", "cancelled") else 300
                row = step.insert(
                    Order, customer_id=customer, status=status, placed_at=iso(placed), total=300, paid=paid,
                    refunded=min(refunded, paid),
                )  # fmt: skip
                for position in range(lines):
                    step.insert(
                        OrderLine, order_id=row, position=position, title=str(position), quantity=position + 1
                    )
                orders.append((row, status, placed, paid, min(refunded, paid), lines))
        card = card_of(book, customer)
    bought = [
        one for one in orders
        if one[1] in ("paid", "shipped", "completed") and (one[4] < one[3] or one[4] == 0)
    ]  # fmt: skip
    newest = sorted(bought, key=lambda one: (one[2], one[0]), reverse=True)[:3]
    assert [(one.id, one.net, len(one.lines), one.left_out) for one in card.purchases] == [
        (row, paid - back, min(lines, 4), max(0, lines - 4)) for row, _, _, paid, back, lines in newest
    ]
    waiting = [
        one for one in orders
        if one[1] in ("unpaid", "paid", "shipped") and (TODAY - one[2].date()).days <= UNDERWAY_DAYS
    ]  # fmt: skip
    assert [one.id for one in card.matters] == [one[0] for one in sorted(waiting, key=lambda one: one[2])][:4]
