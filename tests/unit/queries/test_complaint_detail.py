"""One complaint whole, and what its customer means to the shop around it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from desktop.models.book import Book
from desktop.models.complaints import Complaint, ComplaintAlias, ComplaintLink, Remedy
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine
from desktop.operations import complaint_moves as moves
from desktop.operations import complaints as op
from desktop.operations import promises, tasks
from desktop.operations.complaint_reopening import reopen_complaint
from desktop.operations.ratings import Verdict, add_rating
from desktop.operations.service import add_interaction
from desktop.queries.complaint_around import Around, complaint_around
from desktop.queries.complaint_detail import ComplaintDetail, complaint_detail

NOW = datetime(2026, 11, 20, 10, 30)


def new(book: Book, **values: Any) -> int:
    given = {"title": "分量不足", "received_at": NOW, "customer_id": 1, **values}
    return op.open_complaint(book, **given).created["complaint"]


def order(book: Book, row: int, placed_at: str, status: str = "completed") -> None:
    with book.step("an order") as step:
        step.insert(
            Order, id=row, number=f"N{row}", customer_id=1, placed_at=placed_at, status=status, total=8800,
            paid=8800,
        )  # fmt: skip
        step.insert(OrderLine, order_id=row, title="桂花乌龙", quantity=2, amount=8800)


@pytest.fixture
def shop(book: Book) -> Book:
    """One customer who bought once before and once after the complaint came."""
    with book.step("a customer") as step:
        step.insert(Customer, id=1, name="赵国栋", created_at="2026-01-01 09:00:00", dislikes="花生")
    order(book, 1, "2026-11-01 09:00:00")
    return book


def whole(book: Book, row: int) -> ComplaintDetail:
    found = complaint_detail(book, row)
    assert found is not None
    return found


def around(book: Book, row: int, now: datetime = NOW) -> Around:
    return complaint_around(book, whole(book, row), now)


def test_one_that_follows_another_knows_it_and_is_known_by_it(shop: Book) -> None:
    old = new(shop, received_at=NOW - timedelta(days=90))
    moves.advance_complaint(shop, complaint_id=old, to="settled", at=NOW - timedelta(days=80))
    later = reopen_complaint(shop, complaint_id=old, at=NOW).created["complaint"]
    assert [one.id for one in whole(shop, old).followed_by] == [later]
    follows = whole(shop, later).follows
    assert follows is not None
    assert follows.number == whole(shop, old).row.number
    assert complaint_detail(shop, 999) is None


def test_links_are_known_from_both_ends_and_old_numbers_with_them(shop: Book) -> None:
    one, other = new(shop), new(shop, title="茶罐压扁")
    with shop.step("link") as step:
        step.insert(ComplaintLink, complaint_id=one, linked_id=other, kind="split")
        step.insert(ComplaintAlias, number="C-2025-0009", complaint_id=one)
    (out,), (back,) = whole(shop, one).links, whole(shop, other).links
    assert (out.kind, out.outward, out.other.id) == ("split", True, other)
    assert (back.kind, back.outward, back.other.title) == ("split", False, "分量不足")
    assert whole(shop, one).aliases == ("C-2025-0009",)
    assert whole(shop, other).aliases == ()


def test_only_what_was_given_costs_and_what_is_offered_waits_for_a_word(shop: Book) -> None:
    row = new(shop)
    with shop.step("remedies") as step:
        for state, cost in (("given", 500), ("offered", 900), ("declined", 100)):
            step.insert(
                Remedy,
                complaint_id=row,
                kind="coupon",
                cost=cost,
                state=state,
                given_at="2026-11-20 11:00:00",
            )
        step.update(Complaint, row, cause="秤不准", prevention="每月校秤", settlement="补寄", dispute="TB77")
    found = whole(shop, row)
    assert found.cost == 500
    assert [one.cost for one in found.offered] == [900]
    assert (found.cause, found.prevention, found.settlement, found.dispute) == (
        "秤不准",
        "每月校秤",
        "补寄",
        "TB77",
    )


def test_the_last_answer_counts_before_a_question(shop: Book) -> None:
    row = new(shop)
    assert whole(shop, row).rating is None
    with shop.step("asked") as step:
        step.execute(
            "INSERT INTO rating (complaint_id, asked_at, ended_at) VALUES (?, ?, ?)",
            (row, "2026-11-20 12:00:00", "2026-11-20 12:00:00"),
        )
    asked = whole(shop, row).rating
    assert asked is not None
    assert asked.rated_at is None
    for stars in (2, 4):
        add_rating(shop, Verdict(rated_at=NOW + timedelta(hours=stars), complaint_id=row, perceived=stars))
    rated = whole(shop, row).rating
    assert rated is not None
    assert rated.perceived == 4


def test_what_matters_around_it(shop: Book) -> None:
    order(shop, 2, "2026-11-20 18:00:00")
    order(shop, 3, "2026-11-25 09:00:00")
    order(shop, 4, "2026-11-26 09:00:00", status="cancelled")
    other = new(shop, received_at=NOW - timedelta(days=30))
    moves.advance_complaint(shop, complaint_id=other, to="settled", at=NOW - timedelta(days=29))
    add_rating(shop, Verdict(rated_at=NOW, complaint_id=other, perceived=2))
    row = new(shop, order_id=1)
    due = NOW + timedelta(hours=5)
    for complaint in (row, other, None):
        promises.add_promise(
            shop, text=f"回电 {complaint}", made_at=NOW, due_at=due, complaint_id=complaint, customer_id=1
        )
    tasks.add_task(shop, title="称一称", created_at=NOW, complaint_id=row, due=NOW.date())
    done = tasks.add_task(shop, title="问仓库", created_at=NOW, complaint_id=row).created["task"]
    tasks.complete_task(shop, task_id=done, at=NOW)
    tasks.add_task(shop, title="别的事", created_at=NOW, customer_id=1)
    add_interaction(shop, text="打过电话", stage="after-sale", at=NOW, customer_id=1, complaint_id=row)
    moves.advance_complaint(shop, complaint_id=row, to="settled", at=datetime(2026, 11, 24, 9))
    found = around(shop, row, datetime(2026, 11, 27, 9))
    assert found.order is not None
    assert (found.order.number, found.order.lines) == ("N1", ("桂花乌龙 ×2",))
    assert [(task.title, task.done_at is not None) for task in found.tasks] == [
        ("称一称", False),
        ("问仓库", True),
    ]
    assert found.tasks[0].late
    assert [note.text for note in found.contacts] == ["打过电话"]
    who = found.customer
    assert who is not None
    assert (who.name, who.dislikes, who.orders, who.spend) == ("赵国栋", "花生", 3, 26400)
    assert who.last_order is not None
    assert who.last_order.number == "N3"
    assert [(one.id, one.perceived) for one in who.others] == [(other, 2)]
    assert {one.text for one in who.promises} == {"回电 None", f"回电 {other}"}
    assert (who.bought_since, who.bought_since_end) == (2, 1)


def test_of_nobody_and_of_somebody_erased(shop: Book) -> None:
    row = new(shop, customer_id=None)
    found = around(shop, row)
    assert (found.customer, found.order, found.tasks, found.contacts) == (None, None, (), ())
