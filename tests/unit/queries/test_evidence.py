"""What a shop shows of a complaint: everything of it, nothing private unasked, nobody else ever."""

from __future__ import annotations

import pytest

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.complaints import Complaint, ComplaintLink, ComplaintStep, Promise, Remedy
from desktop.models.customers import ContactPoint, Customer
from desktop.models.orders import Order, OrderLine
from desktop.models.service import Rating, ServiceCase
from desktop.models.shipping import Shipment
from desktop.models.shop import Attachment, Staff
from desktop.operations.settings import set_book_setting
from desktop.queries.evidence import CONTACTS, INTERNAL, PARTS, Evidence, evidence, evidence_files

AT = "2026-11-02 10:00:00"
HERS = ("13800138421", "138-0013-8421", "fang_w", "文三路 1 号", "13800138421@x.com")
INNER = ("悄悄话", "快递的锅", "换一家快递", "小陈")
OTHERS = ("别人", "C-2026-0002", "13900139000", "别人的单")


def fill(book: Book) -> None:
    """A complaint of 王芳 with everything that can hang on it, and another customer beside it."""
    with book.step("x") as step:
        clerk = step.insert(Staff, name="小陈")
        her = step.insert(Customer, name="王芳", created_at=AT)
        other = step.insert(Customer, name="别人", created_at=AT)
        for kind, channel, value in (
            ("phone", "", "13800138421"), ("wechat", "wechat", "fang_w"), ("address", "", "文三路 1 号"),
            ("account", "taobao", "tb_fang"),
        ):  # fmt: skip
            step.insert(
                ContactPoint, customer_id=her, kind=kind, channel=channel, value=value, norm=value, main=True
            )
        order = step.insert(
            Order, number="TB1001", channel="taobao", customer_id=her, status="completed", placed_at=AT,
            paid_at=AT, total=10_000, paid=10_000, ship_to="文三路 1 号",
        )  # fmt: skip
        step.insert(OrderLine, order_id=order, title="龙井", quantity=2, unit_price=500_000, amount=10_000)
        step.insert(
            Shipment, number="SF1234", carrier="顺丰", order_id=order, customer_id=her, direction="out",
            status="arrived", shipped_at=AT, arrived_at=AT, ship_to="文三路 1 号",
        )  # fmt: skip
        step.insert(
            ServiceCase,
            number="R-1",
            customer_id=her,
            order_id=order,
            kind="return",
            opened_at=AT,
            title="退",
        )
        step.insert(
            ServiceCase, number="R-2", customer_id=other, order_id=order, kind="return", opened_at=AT,
            title="别人的",
        )  # fmt: skip
        one = step.insert(
            Complaint, number="C-2026-0001", customer_id=her, order_id=order, channel="taobao",
            received_at=AT, title="罐子凹了", text="打 138-0013-8421 找我，微信 fang_w", subject="quality",
            status="settled", settled_at=AT, cause="快递的锅", prevention="换一家快递", dispute="JF-77",
            settlement="补寄", staff_id=clerk, mood="remedy",
        )  # fmt: skip
        two = step.insert(
            Complaint, number="C-2026-0002", customer_id=other, received_at=AT, title="别人的单"
        )
        step.insert(ComplaintLink, complaint_id=one, linked_id=two, kind="related")
        for kind, text in (
            ("received", ""), ("note", "悄悄话"), ("reply", "已回 13800138421"), ("linked", "C-2026-0002"),
            ("heard", "我住文三路 1 号"), ("settled", "补寄"),
        ):  # fmt: skip
            step.insert(ComplaintStep, complaint_id=one, at=AT, kind=kind, text=text, staff_id=clerk)
        step.insert(Promise, complaint_id=one, customer_id=her, text="补寄", made_at=AT, due_at=AT)
        step.insert(Remedy, complaint_id=one, kind="refund", cost=500, given_at=AT, staff_id=clerk)
        step.insert(Rating, customer_id=her, complaint_id=one, rated_at=AT, ended_at=AT, perceived=4)
        step.insert(Rating, customer_id=her, order_id=order, rated_at=AT, ended_at=AT, perceived=2, text="凹")
        for subject, owner in (("complaint", one), ("orders", order), ("complaint", two)):
            step.insert(
                Attachment, subject=subject, subject_id=owner, name=f"{subject}{owner}.txt",
                media_type="text/plain", added_at=AT, sha256="ab", data=b"x",
            )  # fmt: skip
    set_book_setting(book, key="shop.policy", value="七天无理由退换")


def test_everything_of_the_complaint_and_nothing_private(book: Book) -> None:
    fill(book)
    found = evidence(book, 1)
    assert found.parts == tuple(PARTS)
    assert [step.kind for step in found.steps] == ["received", "reply", "heard", "settled"]
    assert found.order is not None
    assert [line.title for line in found.order.lines] == ["龙井"]
    assert [parcel.number for parcel in found.shipments] == ["SF1234"]
    assert [case.number for case in found.cases] == ["R-1"]
    assert [(one.about, one.perceived) for one in found.ratings] == [("complaint", 4), ("order", 2)]
    assert (found.detail.dispute, found.policy) == ("JF-77", "七天无理由退换")
    assert [(row.name, row.about) for row in found.files] == [
        ("complaint1.txt", ""), ("orders1.txt", "order TB1001"),
    ]  # fmt: skip
    assert found.accounts == (("taobao", "tb_fang"),)
    assert not [secret for secret in (*HERS, *INNER, *OTHERS) if secret in repr(found)]
    assert "打 ••• 找我，微信 •••" in repr(found)
    assert "我住•••" in repr(found)


def test_what_is_asked_for_goes_in(book: Book) -> None:
    fill(book)
    whole = evidence(book, 1, private=(INTERNAL, CONTACTS))
    told = repr(whole)
    assert not [secret for secret in (*HERS[1:4], *INNER) if secret not in told]
    assert whole.contacts == ("13800138421", "fang_w", "文三路 1 号")
    assert "别人" not in told
    bare = evidence(book, 1, parts=("order",), files=())
    assert (bare.steps, bare.shipments, bare.files, bare.detail.promises, bare.policy) == ((), (), (), (), "")
    assert [row.id for row in evidence(book, 1, files=(2,)).files] == [2]
    assert [row.name for row in evidence_files(book, 1)] == ["complaint1.txt", "orders1.txt"]


def test_somebody_elses_order_stays_out(book: Book) -> None:
    fill(book)
    with book.step("x") as step:
        step.update(Order, 1, customer_id=2)
    found = evidence(book, 1)
    assert found.foreign_order
    assert (found.order, found.shipments, found.cases) == (None, (), ())
    assert [row.name for row in found.files] == ["complaint1.txt"]


def test_a_complaint_that_is_gone(book: Book) -> None:
    with pytest.raises(UserError):
        evidence(book, 7)
    assert evidence_files(book, 7) == []


def test_one_of_nobody_without_an_order(book: Book) -> None:
    with book.step("x") as step:
        step.insert(Complaint, number="C-1", received_at=AT, title="有人喊")
    found = evidence(book, 1)
    assert isinstance(found, Evidence)
    assert (found.accounts, found.order, found.files, found.ratings) == ((), None, (), ())
