"""Consent by purpose with its history, requests with their deadlines, and what the shop holds."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.service import Interaction
from desktop.models.shop import ImportRun
from desktop.operations.attachments import NewFile, add_attachments
from desktop.operations.contact_points import Point
from desktop.operations.customers import add_customer
from desktop.operations.privacy import (
    deadline,
    delete_request,
    finish_request,
    month_later,
    note_consent,
    reopen_request,
    take_request,
)
from desktop.operations.settings import set_book_setting
from desktop.queries.privacy import consent_history, consents, holdings, privacy_requests, sources

AT = datetime(2026, 11, 22, 9, 0)


@pytest.fixture
def customer(book: Book) -> int:
    return add_customer(book, values={"name": "王丽华"}, points=[Point("phone", "13800138421")]).created[
        "customer"
    ]


@given(
    st.lists(st.tuples(st.sampled_from(["contact", "photo"]), st.booleans(), st.integers(0, 9)), max_size=12)
)
def test_the_newest_word_holds_and_since_when(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, bool, int]]
) -> None:
    with Book.create(tmp_path_factory.mktemp("consent") / "shop.shuke") as book:
        who = add_customer(book, values={"name": "甲"}).created["customer"]
        for purpose, given_, day in said:
            note_consent(
                book,
                customer_id=who,
                purpose=purpose,
                given=given_,
                at=AT + timedelta(days=day),
                channel="wechat",
            )
        found = {one.purpose: one for one in consents(book, customer_id=who)}
        assert list(found) == ["contact", "promotion", "rating", "photo", "share"]
        for purpose in ("contact", "photo"):
            order = sorted(
                (day, nth, given_) for nth, (one, given_, day) in enumerate(said) if one == purpose
            )
            state = found[purpose]
            assert state.words == len(order) == len(consent_history(book, customer_id=who, purpose=purpose))
            if not order:
                assert (state.newest, state.since) == (None, "")
                continue
            assert state.newest is not None
            assert state.newest.given == order[-1][2]
            run = [day for day, _, _ in order]
            for at in range(len(order) - 1, -1, -1):
                if order[at][2] != order[-1][2]:
                    run = [day for day, _, _ in order[at + 1 :]]
                    break
            assert state.since == (AT + timedelta(days=run[0])).isoformat(" ")


def test_consent_is_undone_and_refuses_the_unknown(book: Book, customer: int) -> None:
    done = note_consent(book, customer_id=customer, purpose="photo", given=True, at=AT, text=" 口头 ")
    assert done.label == "Photos of {customer} are allowed"
    (row,) = consent_history(book, customer_id=customer, purpose="photo")
    assert (row.given, row.text, row.at) == (True, "口头", "2026-11-22 09:00:00")
    book.undo()
    assert consents(book, customer_id=customer)[3].newest is None
    with pytest.raises(UserError):
        note_consent(book, customer_id=customer, purpose="tattoo", given=True, at=AT)
    with pytest.raises(UserError):
        note_consent(book, customer_id=99, purpose="photo", given=True, at=AT)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_month_later_is_never_more_than_a_month(day: date) -> None:
    later = month_later(day)
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == 1


def test_deadlines_by_month_and_by_working_days(book: Book) -> None:
    assert deadline(book, date(2026, 1, 31)) == date(2026, 2, 28)
    set_book_setting(book, key="privacy.working_days", value=15)
    # From a Friday: three weeks of five days.
    assert deadline(book, date(2026, 11, 20)) == date(2026, 12, 11)
    set_book_setting(book, key="shop.holidays", value=["2026-12-01", "2026-12-06"])
    assert deadline(book, date(2026, 11, 20)) == date(2026, 12, 14)
    # A holiday on which the shop works after all, and a special day on which it is closed.
    own = {"2026-12-01": [["10:00", "14:00"]], "2026-12-02": []}
    set_book_setting(book, key="shop.special_days", value=own)
    assert deadline(book, date(2026, 11, 20)) == date(2026, 12, 14)
    set_book_setting(book, key="shop.special_days", value={"2026-12-02": []})
    assert deadline(book, date(2026, 11, 20)) == date(2026, 12, 15)


def test_requests_wait_by_their_deadline_and_are_done(book: Book, customer: int) -> None:
    for kind, day in (("correct", 3), ("access", 1)):
        take_request(
            book, customer_id=customer, kind=kind, received_at=datetime(2026, 11, day, 10, 0), note="信"
        )
    first, second = privacy_requests(book, customer_id=customer)
    assert (first.kind, first.due_at, first.name) == ("access", "2026-12-01 23:59:00", "王丽华")
    with pytest.raises(UserError):
        finish_request(book, request_id=first.id, at=AT, outcome="  ")
    finish_request(book, request_id=first.id, at=AT, outcome="Dossier given")
    assert [one.kind for one in privacy_requests(book, customer_id=customer)] == ["correct", "access"]
    assert privacy_requests(book)[1].outcome == "Dossier given"
    reopen_request(book, request_id=first.id)
    delete_request(book, request_id=second.id)
    (only,) = privacy_requests(book, customer_id=customer)
    assert (only.kind, only.done_at, only.outcome) == ("access", None, "")
    with pytest.raises(UserError):
        delete_request(book, request_id=second.id)
    with pytest.raises(UserError):
        take_request(book, customer_id=customer, kind="sue", received_at=AT)


def test_what_is_held_and_where_it_came_from(book: Book) -> None:
    with book.step("Import") as step:
        run = step.insert(ImportRun, at="2026-07-01 09:00:00", file_name="七月.csv", target="orders")
        who = step.insert(Customer, name="甲", created_at="2026-07-01 09:00:00", import_run_id=run)
        for day in (3, 9):
            order = step.insert(
                Order, customer_id=who, placed_at=f"2026-06-0{day} 09:00:00", import_run_id=run
            )
        step.insert(
            Interaction, customer_id=who, stage="pre-sale", happened_at="2026-08-01 09:00:00", text="x"
        )
    add_attachments(book, subject="orders", subject_id=order, files=[NewFile("a", data=b"x")], at=AT)
    assert holdings(book, customer_id=who) == [
        ("orders", 2, "2026-06-03 09:00:00", "2026-06-09 09:00:00"),
        ("interaction", 1, "2026-08-01 09:00:00", "2026-08-01 09:00:00"),
        ("attachment", 1, "2026-11-22 09:00:00", "2026-11-22 09:00:00"),
    ]
    assert sources(book, customer_id=who) == [("七月.csv", "2026-07-01 09:00:00", 3)]
