"""What the palette takes for a match, and the customers it finds in a real book."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.core.settings import MachineSettings
from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.customers import ContactPoint, Customer
from desktop.models.orders import Order
from desktop.operations.settings import Settings
from desktop.views.kit.context import Context
from desktop.views.kit.tasks import Tasks
from desktop.views.shell.finding import customer_offers, offers
from desktop.views.shell.palette import Offer, Palette, matches


@pytest.mark.parametrize(
    ("title", "typed", "wanted"),
    [
        ("Import & export", "EXP", True),
        ("Import & export", "export import", True),
        ("Import & export", "expat", False),
        ("客户", "kehu", True),
        ("客户", "kh", True),
        ("客户", "户", True),
        ("客户", "hu", False),
        ("Customers", "", True),
    ],
)
def test_matching(title: str, typed: str, wanted: bool) -> None:
    assert matches(title, typed) is wanted


def test_customers_are_found_and_lead_to_their_profile(qapp: QApplication, book: Book) -> None:
    went: list[tuple[str, dict[str, object]]] = []
    with book.step("Add") as step:
        row = step.insert(Customer, name="王丽华", created_at="2026-11-22 09:00:00")
    ctx = Context(book, Settings(book, MachineSettings()), Tasks())

    def go(place: str, /, **params: object) -> None:
        went.append((place, params))

    ctx.navigate = go
    offers = customer_offers(ctx, "wlh", date(2026, 11, 22))
    assert [offer.title for offer in offers] == ["王丽华"]
    offers[0].do()
    assert went == [("profile", {"customer": row})]
    assert customer_offers(ctx, "nobody", date(2026, 11, 22)) == []


AT = "2026-11-01 09:00:00"


@pytest.fixture
def went(qapp: QApplication, book: Book) -> list[tuple[str, dict[str, object]]]:
    """Where the palette led, over a shop of two."""
    with book.step("Add") as step:
        for name in ("王丽华", "Emma Carter"):
            step.insert(Customer, name=name, created_at=AT)
        for kind, value in (("phone", "13800138421"), ("wechat", "lihua-tea"), ("address", "杭州市西湖区")):
            step.insert(ContactPoint, customer_id=1, kind=kind, value=value, norm=value)
        step.insert(Order, number="TB20261", customer_id=1, placed_at=AT, status="paid", total=1, paid=1)
        step.insert(Complaint, number="C-2026-0001", customer_id=2, received_at=AT, title="Broken pot")
    return []


def asked(book: Book, went: list[tuple[str, dict[str, object]]], typed: str, *opened: int) -> list[Offer]:
    ctx = Context(book, Settings(book, MachineSettings()), Tasks())
    ctx.navigate = lambda place, /, **params: went.append((place, params))
    return offers(ctx, typed, date(2026, 11, 22), opened)


def test_what_matched_is_marked_and_said_where_the_row_does_not_show_it(
    book: Book, went: list[tuple[str, dict[str, object]]]
) -> None:
    def first(typed: str) -> tuple[str, list[str], list[str]]:
        offer = asked(book, went, typed)[0]
        parts = [offer.title[at : at + length] for at, length in offer.spans]
        return offer.note, parts, [offer.note[at : at + length] for at, length in offer.note_spans]

    assert first("wlh 8421") == ("138 0013 8421", ["王丽华"], ["8421"])
    assert first("tea") == ("WeChat lihua-tea", [], ["tea"])
    assert first("王 xihu") == ("杭州市西湖区", ["王"], ["西湖"])
    assert first("王 TB20261") == ("Order TB20261", ["王"], ["TB20261"])


def test_records_follow_the_customers_in_groups_and_open_where_they_live(
    book: Book, went: list[tuple[str, dict[str, object]]]
) -> None:
    found = asked(book, went, "TB2026")
    assert [(offer.group, offer.title) for offer in found] == [
        ("Customers", "王丽华"),
        ("Orders", "Order TB20261"),
    ]
    (complaint,) = asked(book, went, "pot")
    for offer in (*found, complaint):
        offer.do()
    assert went == [
        ("profile", {"customer": 1}),
        ("profile", {"customer": 1, "tab": "orders", "order": 1}),
        ("complaints", {"complaint": 1}),
    ]


def test_before_anything_is_typed_the_customers_opened_last_stand_there(
    book: Book, went: list[tuple[str, dict[str, object]]]
) -> None:
    assert [(one.group, one.title) for one in asked(book, went, "", 2, 99)] == [
        ("Opened last", "Emma Carter")
    ]
    assert [one.title for one in asked(book, went, "")] == ["王丽华", "Emma Carter"]
    assert {one.group for one in asked(book, went, "")} == {"Here or in touch last"}


def test_a_place_typed_in_full_stands_first_and_nothing_says_so(
    book: Book, went: list[tuple[str, dict[str, object]]]
) -> None:
    window = QWidget()
    window.resize(1280, 720)
    commands = [Offer("Emma", "Place", "sun", lambda: None), Offer("Insights", "Place", "sun", lambda: None)]
    palette = Palette(window, commands, lambda typed: asked(book, went, typed))
    palette.line.setText("emma")
    assert [(one.title, one.group) for one in palette.offers()] == [
        ("Emma", "Places and actions"),
        ("Emma Carter", "Customers"),
    ]
    palette.line.setText("zzzz")
    assert not palette.offers()
    assert palette.list.isHidden()
    palette.deleteLater()
    window.deleteLater()
