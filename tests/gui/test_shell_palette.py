"""What the palette takes for a match, and the customers it finds in a real book."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from desktop.core.settings import MachineSettings
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.operations.settings import Settings
from desktop.views.kit.context import Context
from desktop.views.kit.tasks import Tasks
from desktop.views.shell.finding import customer_offers
from desktop.views.shell.palette import matches


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
