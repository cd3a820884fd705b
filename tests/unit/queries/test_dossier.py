"""A dossier: every row of a customer, nobody else's, and of the parts left out not a trace."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from desktop.core.progress import Cancelled, Progress
from desktop.models.book import Book
from desktop.models.complaints import Complaint, ComplaintStep, Promise, Remedy
from desktop.models.customers import ContactPoint, Customer
from desktop.models.membership import PointsEntry
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.service import CaseStep, Interaction, Rating, ServiceCase, Task
from desktop.models.shipping import Shipment
from desktop.queries.dossier import PARTS, dossier

TODAY = date(2026, 11, 22)
ROWS = ("orders", "complaints", "cases", "ratings", "tasks", "points", "shipments", "timeline")
SECRETS = {
    "who": "介绍人",
    "contacts": "13800138000",
    "tastes": "花生过敏",
    "orders": "DD-2026-7",
    "complaints": "迟到的包裹",
    "cases": "罐子凹了",
    "ratings": "味道很好",
    "tasks": "回电问候",
    "points": "生日双倍",
    "shipments": "SF1234567890",
    "timeline": "喜欢清淡的茶",
}
"""A word that stands in one part alone."""


def fill(book: Book, orders: int = 3) -> None:
    """A customer with something in every part, and another with an order and a note."""
    with book.step("Fill") as step:
        step.insert(Customer, id=9, name="介绍人", created_at="2024-01-01 09:00:00")
        step.insert(
            Customer, id=1, name="王丽华", dislikes="花生过敏", birthday="1988-03-05", referred_by=9,
            created_at="2024-01-01 09:00:00",
        )  # fmt: skip
        step.insert(
            ContactPoint, customer_id=1, kind="phone", value="138 0013 8000", norm="13800138000", main=True
        )
        product = step.insert(Product, name="龙井")
        for nth in range(orders):
            order = step.insert(
                Order, number=f"DD-2026-{nth + 7}", customer_id=1,
                placed_at=f"2026-{1 + nth % 9:02}-03 10:00:00", total=30000, paid=30000,
            )  # fmt: skip
            step.insert(
                OrderLine,
                order_id=order,
                product_id=product,
                title="",
                quantity=2,
                unit_price=1_500_000,
                amount=30000,
            )
            step.insert(
                OrderLine, order_id=order, title="茶则", quantity=1, unit_price=0, amount=0, position=1
            )
        step.insert(Order, number="X-1", customer_id=9, placed_at="2026-01-03 10:00:00", total=500, paid=500)
        complaint = step.insert(
            Complaint, number="C-1", customer_id=1, title="迟到的包裹", received_at="2026-05-01 10:00:00"
        )
        step.insert(
            ComplaintStep, complaint_id=complaint, at="2026-05-01 11:00:00", kind="reply", text="迟到的包裹"
        )
        step.insert(
            Promise, complaint_id=complaint, customer_id=1, text="明天补寄", made_at="2026-05-01 11:00:00",
            due_at="2026-05-02 11:00:00",
        )  # fmt: skip
        step.insert(Remedy, complaint_id=complaint, kind="gift", cost=2000, given_at="2026-05-03 11:00:00")
        case = step.insert(
            ServiceCase,
            number="S-1",
            customer_id=1,
            kind="return",
            title="罐子凹了",
            opened_at="2026-06-01 10:00:00",
        )
        step.insert(CaseStep, case_id=case, position=0, title="Parcel received")
        step.insert(
            Rating, customer_id=1, rated_at="2026-07-01 10:00:00", ended_at="2026-07-01 10:00:00",
            perceived=5, expected=4, text="味道很好",
        )  # fmt: skip
        step.insert(Rating, customer_id=1, asked_at="2026-07-02 10:00:00", ended_at="2026-07-02 10:00:00")
        step.insert(
            Task, title="回电问候", customer_id=1, created_at="2026-07-01 10:00:00", due_day=TODAY.toordinal()
        )
        step.insert(
            Task, title="旧事", customer_id=1, created_at="2026-07-01 10:00:00", done_at="2026-07-02 10:00:00"
        )
        step.insert(PointsEntry, customer_id=1, at="2026-08-01 10:00:00", points=300, text="生日双倍")
        step.insert(PointsEntry, customer_id=1, at="2026-08-02 10:00:00", points=-100, reason="redeemed")
        step.insert(
            Shipment, customer_id=1, number="SF1234567890", carrier="顺丰", shipped_at="2026-08-03 10:00:00",
            ship_to="杭州市西湖区",
        )  # fmt: skip
        for nth, customer in enumerate((1, 1, 9)):
            step.insert(
                Interaction, customer_id=customer, happened_at=f"2026-09-0{nth + 1} 10:00:00",
                stage="pre-sale", channel="shop", text="喜欢清淡的茶", pinned=nth == 0,
            )  # fmt: skip


def test_every_part_holds_all_and_nobody_elses(book: Book) -> None:
    fill(book, orders=1_203)
    found = dossier(book, customer_id=1, today=TODAY)
    assert found is not None
    assert found.parts == tuple(PARTS)
    assert {part: found.count(part) for part in ROWS} == {
        "orders": 1_203, "complaints": 1, "cases": 1, "ratings": 1, "tasks": 2, "points": 2, "shipments": 1,
        "timeline": 1_203 + 1 + 1 + 1 + 1 + 2 + 1 + 2 + 1,
    }  # fmt: skip
    assert {order.row.customer_id for order in found.orders} == {1}
    assert [line.title for line in found.orders[0].lines] == ["龙井", "茶则"]
    assert sum(len(order.lines) for order in found.orders) == 2 * 1_203
    assert [row.balance for row in found.points] == [200, 300]
    (complaint,) = found.complaints
    assert [promise.text for promise in complaint.promises] == ["明天补寄"]
    assert [remedy.cost for remedy in complaint.remedies] == [2000]
    assert found.profile.likes == ""
    assert found.profile.spend == 1_203 * 30000


def test_the_timeline_is_in_times_order_with_its_pinned_notes(book: Book) -> None:
    fill(book)
    found = dossier(book, customer_id=1, today=TODAY, parts=["timeline"])
    assert found is not None
    assert [entry.kind for entry in found.timeline] == ["interaction", "interaction"]
    assert [entry.pinned for entry in found.timeline] == [False, True]
    moments = [entry.at for entry in found.timeline]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize("left_out", list(SECRETS))
def test_what_is_left_out_is_nowhere(book: Book, left_out: str) -> None:
    fill(book)
    whole = dossier(book, customer_id=1, today=TODAY)
    assert SECRETS[left_out] in repr(whole)
    found = dossier(book, customer_id=1, today=TODAY, parts=[part for part in PARTS if part != left_out])
    assert found is not None
    assert SECRETS[left_out] not in repr(found)
    assert "王丽华" in repr(found)


def test_nothing_chosen_is_the_name_alone(book: Book) -> None:
    fill(book)
    found = dossier(book, customer_id=1, today=TODAY, parts=[])
    assert found is not None
    said = {
        field.name: getattr(found.profile, field.name)
        for field in fields(found.profile)
        if getattr(found.profile, field.name) not in ("", 0, None, (), {})
    }
    assert said == {"id": 1, "name": "王丽华", "birthday_calendar": "solar"}
    assert not any(found.count(part) for part in ROWS)


def test_nobody_has_no_dossier_and_it_can_be_stopped(book: Book) -> None:
    class Stopped(Progress):
        def check(self) -> None:
            raise Cancelled

    assert dossier(book, customer_id=1, today=TODAY) is None
    fill(book)
    with pytest.raises(Cancelled):
        dossier(book, customer_id=1, today=TODAY, progress=Stopped())
