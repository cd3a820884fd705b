"""Customers and orders are entered, edited, refused with a sentence, deleted and brought back."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.operations import customers, orders
from desktop.operations.contact_points import Point
from desktop.queries.customer_rows import customer_rows
from desktop.queries.customer_search import search_ids
from desktop.queries.orders import customer_order_ids, next_number, order_lines, order_rows, products
from desktop.queries.profile import Profile, profile

TODAY = date(2026, 11, 22)


def add(book: Book, name: str, *points: Point, **values: object) -> int:
    changes = customers.add_customer(book, values={"name": name, **values}, points=points)
    return changes.created["customer"]


def of(book: Book, customer: int) -> Profile:
    found = profile(book, customer_id=customer, today=TODAY)
    assert found is not None
    return found


def test_a_customer_is_entered_with_points_normalised(book: Book) -> None:
    row = add(book, " 王丽华 ", Point("phone", "+86 138-0013-8421"), Point("wechat", " Lihua-Tea "))
    found = of(book, row)
    assert found.name == "王丽华"
    assert [(p.kind, p.norm, p.main) for p in found.points] == [
        ("phone", "13800138421", True),
        ("wechat", "lihua-tea", True),
    ]
    assert found.state == "none"
    assert list(search_ids(book, "8421")) == [row]


def test_somebody_elses_phone_is_refused_by_name(book: Book) -> None:
    add(book, "王丽华", Point("phone", "13800138421"))
    with pytest.raises(UserError, match="王丽华"):
        add(book, "李四", Point("phone", "138 0013 8421"))
    assert book.value("SELECT count(*) FROM customer") == 1


@pytest.mark.parametrize("phone", ["138****8421", "abc", "1.38E+10"])
def test_a_phone_that_is_none_is_refused(book: Book, phone: str) -> None:
    with pytest.raises(UserError, match=r"recognises|can't be read"):
        add(book, "李四", Point("phone", phone))


def test_nothing_at_all_is_no_customer(book: Book) -> None:
    with pytest.raises(UserError, match="name"):
        add(book, "  ", Point("phone", " "))


def test_editing_changes_what_is_given_and_undo_takes_it_back(book: Book) -> None:
    row = add(book, "王丽华", Point("phone", "13800138421"))
    customers.edit_customer(
        book,
        customer_id=row,
        values={"likes": "龙井", "birthday": "9-15", "birthday_calendar": "lunar"},
        points=[Point("phone", "13900139000")],
        tags=["VIP", "茶友"],
    )
    after = of(book, row)
    assert (after.name, after.likes, after.birthday, after.phone) == (
        "王丽华",
        "龙井",
        "09-15",
        "13900139000",
    )
    assert after.tags == ("VIP", "茶友")
    book.undo()
    before = of(book, row)
    assert (before.likes, before.phone, before.tags) == ("", "13800138421", ())
    book.redo()
    assert of(book, row) == after


@pytest.mark.parametrize("birthday", ["13-40", "yesterday", "1988-02-30"])
def test_a_birthday_that_is_none_is_refused(book: Book, birthday: str) -> None:
    with pytest.raises(UserError, match="birthday"):
        add(book, "李四", birthday=birthday)


def test_a_lunar_thirtieth_is_a_birthday(book: Book) -> None:
    assert of(book, add(book, "李四", birthday="02-30", birthday_calendar="lunar")).birthday == "02-30"


def test_nobody_refers_themselves_by_way_of_others(book: Book) -> None:
    first = add(book, "甲")
    second = add(book, "乙", referred_by=first)
    with pytest.raises(UserError, match="themselves"):
        customers.edit_customer(book, customer_id=first, values={"referred_by": second})


def test_deleting_keeps_the_orders_and_undo_brings_all_back(book: Book) -> None:
    row = add(book, "王丽华", Point("phone", "13800138421"))
    orders.add_order(
        book,
        customer_id=row,
        placed_at=datetime(2026, 11, 1, 10),
        lines=[orders.Line("龙井", 1, 1_000_000, 10000)],
    )
    customers.tag_customers(book, customer_ids=[row], tag="VIP")
    before = of(book, row)
    customers.delete_customers(book, customer_ids=[row])
    assert profile(book, customer_id=row, today=TODAY) is None
    assert book.value("SELECT count(*) FROM orders WHERE customer_id IS NULL") == 1
    assert not search_ids(book, "王")
    book.undo()
    assert of(book, row) == before
    assert list(search_ids(book, "wlh")) == [row]


def test_bulk_tags_are_one_step(book: Book) -> None:
    rows = [add(book, name) for name in ("甲", "乙", "丙")]
    customers.tag_customers(book, customer_ids=rows[:1], tag="VIP")
    customers.tag_customers(book, customer_ids=rows, tag=" VIP ")
    assert {row.tags for row in customer_rows(book, rows, TODAY).values()} == {("VIP",)}
    book.undo()
    assert [row.tags for row in customer_rows(book, rows, TODAY).values()] == [("VIP",), (), ()]
    book.redo()
    customers.untag_customers(book, customer_ids=rows, tag="VIP")
    assert {row.tags for row in customer_rows(book, rows, TODAY).values()} == {()}


def test_a_check_is_noted(book: Book) -> None:
    row = add(book, "甲")
    customers.mark_checked(book, customer_ids=[row], today=TODAY)
    assert of(book, row).checked_on == TODAY.toordinal()
    assert not customers.mark_checked(book, customer_ids=[row], today=TODAY)


def test_an_order_counts_at_once(book: Book) -> None:
    row = add(book, "甲")
    lines = [orders.Line("龙井", 2, 1_000_000, 20000), orders.Line("白茶", 1, 500_000, 5000)]
    changes = orders.add_order(book, customer_id=row, placed_at=datetime(2026, 11, 1, 10), lines=lines)
    order = changes.created["orders"]
    shown = order_rows(book, [order])[order]
    assert (shown.number, shown.total, shown.paid, shown.items) == (
        "20261101-001",
        25000,
        25000,
        "龙井 ×2, 白茶",
    )
    assert [line.title for line in order_lines(book, order_id=order)] == ["龙井", "白茶"]
    assert [product.name for product in products(book)] == ["白茶", "龙井"]
    assert next_number(book, date(2026, 11, 1)) == "20261101-002"
    assert (of(book, row).spend, of(book, row).occasions, of(book, row).state) == (25000, 1, "new")


def test_an_order_is_refunded_edited_moved_on_and_deleted(book: Book) -> None:
    row = add(book, "甲")
    changes = orders.add_order(
        book, customer_id=row, placed_at=datetime(2026, 11, 1, 10), total=10000, status="unpaid", number="A1"
    )
    order = changes.created["orders"]
    assert of(book, row).spend == 0
    orders.set_order_status(book, order_id=order, status="completed", at=datetime(2026, 11, 2))
    assert of(book, row).spend == 10000
    orders.refund_order(book, order_id=order, amount=4000)
    assert of(book, row).spend == 6000
    with pytest.raises(UserError, match="given back"):
        orders.refund_order(book, order_id=order, amount=10001)
    orders.edit_order(book, order_id=order, note="礼盒", lines=[orders.Line("礼盒", 1, 0, 10000)])
    assert order_rows(book, [order])[order].note == "礼盒"
    orders.delete_orders(book, order_ids=[order])
    assert not customer_order_ids(book, customer_id=row)
    book.undo()
    assert list(customer_order_ids(book, customer_id=row)) == [order]


def test_orders_that_cannot_be_are_refused(book: Book) -> None:
    placed = datetime(2026, 11, 1, 10)
    with pytest.raises(UserError, match="empty"):
        orders.add_order(book, placed_at=placed)
    with pytest.raises(UserError, match="quantity"):
        orders.add_order(book, placed_at=placed, lines=[orders.Line("龙井", 0)])
    orders.add_order(book, placed_at=placed, total=1, number="A1")
    with pytest.raises(UserError, match="A1"):
        orders.add_order(book, placed_at=placed, total=1, number="A1")


def test_word_of_mouth_and_satisfaction_are_counted(book: Book) -> None:
    first = add(book, "甲")
    second = add(book, "乙", referred_by=first)
    orders.add_order(book, customer_id=second, placed_at=datetime(2026, 11, 1), total=7000)
    found = of(book, first)
    assert (found.brought, found.brought_spend) == (1, 7000)
    assert of(book, second).referrer == "甲"
