"""An earlier value stands again, as a new step, unless somebody else has it meanwhile."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.service import Interaction
from desktop.operations.contact_points import Point
from desktop.operations.customers import add_customer, delete_customers, edit_customer
from desktop.operations.putting_back import can_be_put_back, put_back
from desktop.queries.history import HistoryEntry, history


def entry(book: Book, customer: int, event: str, table: str, field: str = "") -> HistoryEntry:
    """The newest entry of a kind."""
    found = history(book, table="customer", row=customer)
    return next(one for one in found if (one.event, one.table, one.field) == (event, table, field))


def back(book: Book, one: HistoryEntry) -> Any:
    return put_back(book, table=one.table, row=one.row, field=one.field, value=one.old)


def test_a_field_and_its_undo(book: Book) -> None:
    who = add_customer(
        book, values={"name": "甲", "birthday": "02-30", "birthday_calendar": "lunar"}
    ).created["customer"]
    edit_customer(book, customer_id=who, values={"birthday": "03-01", "birthday_calendar": "lunar"})
    assert back(book, entry(book, who, "set", "customer", "birthday")).step is not None
    assert book.value("SELECT birthday FROM customer") == "02-30"
    book.undo()
    assert book.value("SELECT birthday FROM customer") == "03-01"


def test_a_field_of_the_shops_own(book: Book) -> None:
    who = add_customer(book, values={"name": "甲"}).created["customer"]
    for size in ("M", "L"):
        with book.step("Own") as step:
            step.update(Customer, who, custom=json.dumps({"尺码": size, "生肖": "龙"}, ensure_ascii=False))
    back(book, entry(book, who, "set", "customer", "custom:尺码"))
    assert json.loads(book.value("SELECT custom FROM customer")) == {"尺码": "M", "生肖": "龙"}


def test_contact_points_and_tags_that_went(book: Book) -> None:
    who = add_customer(
        book, values={"name": "甲"}, points=[Point("phone", "13800138421", main=True)], tags=["VIP"]
    ).created["customer"]
    edit_customer(book, customer_id=who, points=[Point("phone", "13900139000")], tags=[])
    back(book, entry(book, who, "went", "contact_point"))
    back(book, entry(book, who, "went", "customer_tag"))
    # Once is enough.
    assert back(book, entry(book, who, "went", "customer_tag")).step is None
    assert book.rows("SELECT norm, main FROM contact_point ORDER BY id") == [
        ("13900139000", 1),
        ("13800138421", 0),
    ]
    assert book.value("SELECT count(*) FROM customer_tag") == 1


def test_what_somebody_else_has_now_is_refused(book: Book) -> None:
    who = add_customer(book, values={"name": "甲"}, points=[Point("phone", "13800138421")]).created[
        "customer"
    ]
    edit_customer(book, customer_id=who, points=[])
    add_customer(book, values={"name": "乙"}, points=[Point("phone", "13800138421")])
    with pytest.raises(UserError, match="乙"):
        back(book, entry(book, who, "went", "contact_point"))


def test_what_it_refers_to_must_stand(book: Book) -> None:
    friend = add_customer(book, values={"name": "友"}).created["customer"]
    who = add_customer(book, values={"name": "甲", "referred_by": friend}).created["customer"]
    edit_customer(book, customer_id=who, values={"referred_by": None})
    delete_customers(book, customer_ids=[friend])
    with pytest.raises(UserError, match="refers to"):
        back(book, entry(book, who, "set", "customer", "referred_by"))
    book.undo()
    edit_customer(book, customer_id=friend, values={"referred_by": who})
    with pytest.raises(UserError):
        back(book, entry(book, who, "set", "customer", "referred_by"))


def test_a_note_and_what_is_not_put_back(book: Book) -> None:
    with book.step("Note") as step:
        note = step.insert(
            Interaction, stage="pre-sale", happened_at="2026-11-22 09:00:00", text="三斤", minutes=5
        )
    with book.step("Correct") as step:
        step.update(Interaction, note, text="五斤", minutes=None)
    put_back(book, table="interaction", row=note, field="text", value="三斤")
    put_back(book, table="interaction", row=note, field="minutes", value=None)
    put_back(book, table="interaction", row=note, field="title", value=None)
    assert book.row("SELECT title, text, minutes FROM interaction") == ("", "三斤", None)
    assert not can_be_put_back("orders", "status", "paid")
    assert not can_be_put_back("contact_point", "", None)
    with pytest.raises(KeyError):
        put_back(book, table="orders", row=1, field="paid", value=5)
    with pytest.raises(UserError):
        put_back(book, table="interaction", row=99, field="text", value="x")
