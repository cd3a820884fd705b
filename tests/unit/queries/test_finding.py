"""Every record has a place in search, and a customer found elsewhere says where."""

from __future__ import annotations

import pytest

from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.customers import ContactPoint, Customer
from desktop.models.orders import Order, Product
from desktop.models.service import Interaction, ServiceCase, Task
from desktop.models.shop import Attachment, Segment
from desktop.queries.finding import find_records, places_of_match

AT = "2026-11-01 09:00:00"


@pytest.fixture
def shop(book: Book) -> Book:
    with book.step("Fill") as step:
        who = step.insert(Customer, name="王丽华", region="杭州", created_at=AT)
        for kind, value in (
            ("wechat", "lihua-tea"),
            ("address", "杭州市西湖区龙井路8号"),
            ("phone", "13800138421"),
        ):
            step.insert(ContactPoint, customer_id=who, kind=kind, value=value, norm=value)
        order = step.insert(Order, number="TB20261", customer_id=who, placed_at=AT)
        step.insert(
            ServiceCase, number="S-2026-0001", customer_id=who, kind="return", opened_at=AT, title="Leaky pot"
        )
        step.insert(Complaint, number="C-2026-0001", customer_id=who, received_at=AT, title="Pot broke 100%")
        step.insert(Task, title="Send a new pot", customer_id=who, created_at=AT)
        step.insert(
            Interaction, customer_id=who, happened_at=AT, stage="after-sale", text="Asked for the pot\nagain"
        )
        step.insert(
            Attachment,
            subject="orders",
            subject_id=order,
            name="pot.jpg",
            media_type="image/jpeg",
            data=b"x",
            sha256="0",
            added_at=AT,
        )
        step.insert(Segment, name="Pot lovers", condition="{}")
        step.insert(Product, name="Teapot", code="P-7")
    return book


def test_a_word_finds_every_kind_of_record(shop: Book) -> None:
    found = find_records(shop, "pot")
    assert [one.kind for one in found] == ["case", "complaint", "task", "note", "file", "segment", "product"]
    by_kind = {one.kind: one for one in found}
    assert by_kind["note"].title == "Asked for the pot again"
    assert by_kind["file"].customer_id == by_kind["case"].customer_id == 1
    assert by_kind["case"][2:6] == ("S-2026-0001 Leaky pot", 1, "王丽华", "2026-11-01")


def test_numbers_find_their_record(shop: Book) -> None:
    assert [(one.kind, one.title) for one in find_records(shop, "tb202")] == [("order", "TB20261")]
    assert [one.kind for one in find_records(shop, "C-2026")] == ["complaint"]
    assert [one.kind for one in find_records(shop, "2026-0001")] == ["case", "complaint"]


@pytest.mark.parametrize("typed", ["", " ", "p", "%%", "__", "\0", "'\"", "\\"])
def test_nothing_typed_is_a_pattern(shop: Book, typed: str) -> None:
    assert find_records(shop, typed) == []


def test_a_percent_is_found_as_such(shop: Book) -> None:
    assert [one.kind for one in find_records(shop, "100%")] == ["complaint"]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("王", None), ("8421", None), ("wlh 8421", None), ("tea", ("wechat", "lihua-tea")), ("西湖",
        ("address", "杭州市西湖区龙井路8号")),
        ("wlh xihu", ("address", "杭州市西湖区龙井路8号")), ("王 TB20261", ("order", "TB20261")),
        ("138 0013 8421", None),
    ],
)  # fmt: skip
def test_where_a_customer_matched(shop: Book, typed: str, place: tuple[str, str] | None) -> None:
    found = places_of_match(shop, typed, {1: ("王丽华", "138 0013 8421")})
    assert {row: (one.kind, one.value) for row, one in found.items()} == ({1: place} if place else {})
