"""Whom to ask for a rating, against the same rules written out plainly over random shops."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.days import from_iso, iso
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import Complaint
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.privacy import Consent, PrivacyRequest
from desktop.models.service import Rating, ServiceCase
from desktop.models.shipping import Shipment
from desktop.operations.asking import ask_rating, skip_rating, unskip_rating
from desktop.operations.rated_things import About
from desktop.operations.ratings import Verdict, add_rating
from desktop.operations.settings import set_book_settings
from desktop.queries import asking
from desktop.queries.asking import BACK_DAYS, askings, may_be_asked

NOW = datetime(2026, 11, 22, 10, 0)
MIDNIGHT = datetime(2026, 11, 23)


def ago(days: float) -> str:
    return iso(NOW - timedelta(days=days))


def customer(book: Book, name: str = "王芳") -> int:
    with book.step("customer") as step:
        return step.insert(Customer, name=name, created_at=ago(400))


def order(book: Book, who: int | None, ended: float, **values: object) -> int:
    told = {"status": "completed", "ended_at": ago(ended), "placed_at": ago(ended + 2), "paid": 100, **values}
    with book.step("order") as step:
        return step.insert(Order, customer_id=who, total=100, **told)


def kinds(book: Book) -> list[tuple[str, int | None]]:
    return [(one.kind, one.order_id or one.case_id or one.complaint_id) for one in askings(book, now=NOW)]


def test_an_order_is_asked_about_some_days_after_its_end(book: Book) -> None:
    who = customer(book)
    new = order(book, who, 1.9)
    assert kinds(book) == []
    set_book_settings(book, {"ratings.ask_after_days": 1})
    assert kinds(book) == [("order", new)]
    set_book_settings(book, {"ratings.ask_after_days": 0})
    assert kinds(book) == []
    set_book_settings(book, {"ratings.ask_after_days": 3})
    old = order(book, customer(book, "李雷"), BACK_DAYS + 1)
    assert kinds(book) == [("order", old)]
    order(book, customer(book, "韩梅"), BACK_DAYS + 3.5)
    order(book, customer(book, "周丹"), 5, status="returned")
    order(book, None, 5)
    assert kinds(book) == [("order", old)]


def test_an_order_ends_when_its_parcel_came_or_it_was_handed_over(book: Book) -> None:
    sent = order(book, customer(book), 9, status="shipped", ended_at=None)
    handed = order(book, customer(book, "李雷"), 5, ended_at=None)
    assert kinds(book) == [("order", handed)]
    with book.step("parcel") as step:
        step.insert(
            Shipment, order_id=sent, customer_id=1, number="SF1", direction="out", status="arrived",
            shipped_at=ago(8), arrived_at=ago(4),
        )  # fmt: skip
    assert [place for _, place in kinds(book)] == [handed, sent]


def test_asking_skipping_and_rating_take_it_away_and_undo_brings_it_back(book: Book) -> None:
    who = customer(book)
    place = order(book, who, 5)
    about = About(customer_id=who, order_id=place)
    acts: list[Callable[[], Changes]] = [
        lambda: ask_rating(book, about, at=NOW, channel="wechat"),
        lambda: skip_rating(book, about, at=NOW),
        lambda: add_rating(book, Verdict(rated_at=NOW, customer_id=who, order_id=place, perceived=4)),
    ]
    for act in acts:
        act()
        assert kinds(book) == []
        book.undo()
        assert kinds(book) == [("order", place)]
    skipped = skip_rating(book, about, at=NOW).created["rating"]
    unskip_rating(book, rating_id=skipped)
    assert kinds(book) == [("order", place)]


def test_an_asking_without_an_answer_is_brought_to_mind(book: Book) -> None:
    who = customer(book)
    place = order(book, who, 30)
    ask_rating(book, About(customer_id=who, order_id=place), at=NOW - timedelta(days=8), channel="phone")
    (one,) = askings(book, now=NOW)
    assert (one.kind, one.order_id, one.channel, one.at) == ("waiting", place, "phone", ago(8))
    set_book_settings(book, {"ratings.remind_days": 9})
    assert askings(book, now=NOW) == []
    set_book_settings(book, {"ratings.remind_days": 0})
    assert askings(book, now=NOW) == []


@pytest.mark.parametrize("why", ["complaint", "rating", "contact", "restrict", "object"])
def test_who_is_not_to_be_asked_is_not(book: Book, why: str) -> None:
    who = customer(book)
    place = order(book, who, 5)
    with book.step("hold back") as step:
        if why == "complaint":
            step.insert(Complaint, customer_id=who, number="C", title="x", received_at=ago(1))
        elif why in ("rating", "contact"):
            step.insert(Consent, customer_id=who, purpose=why, given=0, at=ago(3))
        else:
            step.insert(PrivacyRequest, customer_id=who, kind=why, received_at=ago(3))
    assert kinds(book) == []
    assert not may_be_asked(book, who)
    if why != "complaint":
        purpose = why if why in ("rating", "contact") else "rating"
        with book.step("agree again") as step:
            step.insert(Consent, customer_id=who, purpose=purpose, given=1, at=ago(2))
        assert kinds(book) == [("order", place)]
        assert may_be_asked(book, who)


def test_refusing_promotions_holds_nothing_back(book: Book) -> None:
    who = customer(book)
    place = order(book, who, 5)
    with book.step("refuse") as step:
        step.insert(Consent, customer_id=who, purpose="promotion", given=0, at=ago(3))
    assert kinds(book) == [("order", place)]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6))
def test_any_shop_asks_whom_plain_rules_ask(seed: int) -> None:
    dice = random.Random(seed)
    with TemporaryDirectory() as folder, Book.create(Path(folder) / "shop.shuke") as book:
        fill(book, dice)
        after, gap = dice.choice((1, 3, 7)), dice.choice((0, 10, 30))
        set_book_settings(book, {"ratings.ask_after_days": after, "ratings.ask_gap_days": gap})
        found = askings(book, now=NOW)
        assert {(one.kind, one.customer_id) for one in found} <= plainly(book, after, gap)
        assert {one.customer_id for one in found} == {who for _, who in plainly(book, after, gap)}
        assert len({one.customer_id for one in found}) == len(found)


def fill(book: Book, dice: random.Random) -> None:
    with book.step("shop") as step:
        for who in range(1, 13):
            step.insert(Customer, id=who, name=f"客{who}", created_at=ago(400))
        for nth in range(1, 31):
            who, days = dice.choice([None, *range(1, 13)]), dice.uniform(0, 60)
            kind = dice.choice(("order", "order", "case", "complaint"))
            if kind == "order":
                step.insert(
                    Order, id=nth, customer_id=who, placed_at=ago(days + dice.uniform(0, 20)),
                    ended_at=dice.choice((ago(days), None)), paid=100, total=100,
                    status=dice.choice(("completed", "completed", "shipped", "cancelled")),
                )  # fmt: skip
            elif kind == "case":
                status = dice.choice(("done", "open", "cancelled"))
                closed = None if status == "open" else ago(days)
                step.insert(
                    ServiceCase, id=nth, customer_id=who, number=f"S{nth}", kind="repair", status=status,
                    opened_at=ago(days + 3), closed_at=closed,
                )  # fmt: skip
            else:
                status = dice.choice(
                    ("settled", "closed", "closed", "received" if nth % 4 == 0 else "closed")
                )
                settled = None if status == "received" else ago(days)
                step.insert(
                    Complaint, id=nth, customer_id=who, number=f"C{nth}", title="x", status=status,
                    received_at=ago(days + 2), settled_at=settled,
                )  # fmt: skip
            if dice.random() < 0.25:
                asked = dice.uniform(0, 40)
                answered = dice.random() < 0.5
                step.insert(
                    Rating, customer_id=who, ended_at=ago(days), asked_at=ago(asked),
                    rated_at=ago(asked / 2) if answered else None, perceived=4 if answered else None,
                    **{f"{kind}_id": nth},
                )  # fmt: skip


def plainly(book: Book, after: int, gap: int) -> set[tuple[str, int]]:
    """(kind, customer) of everything that the rules ask about."""
    until, since = MIDNIGHT - timedelta(days=after), MIDNIGHT - timedelta(days=BACK_DAYS + after)
    rated = book.rows("SELECT customer_id, order_id, case_id, complaint_id, asked_at, rated_at FROM rating")
    held = {who for (who,) in book.rows("SELECT customer_id FROM complaint WHERE open = 1")}
    limit = NOW - timedelta(days=gap)
    lately = {
        row[0] for row in rated if gap for at in (row[4], row[5]) if at is not None and from_iso(at) >= limit
    }
    things = [
        ("order", row, who, end or (placed if status == "completed" else None), 1)
        for row, who, end, placed, status in book.rows(
            "SELECT id, customer_id, ended_at, placed_at, status FROM orders WHERE purchase = 1"
        )
    ]
    things += [
        ("case", row, who, end, 2)
        for row, who, end in book.rows(
            "SELECT id, customer_id, closed_at FROM service_case WHERE status = 'done'"
        )
    ]
    things += [
        ("complaint", row, who, end, 3)
        for row, who, end in book.rows("SELECT id, customer_id, settled_at FROM complaint WHERE open = 0")
    ]
    found = {
        (kind, who)
        for kind, row, who, end, column in things
        if who and end and since <= from_iso(end) < until and who not in held | lately
        if not any(one[column] == row for one in rated)
    }
    oldest, remind = MIDNIGHT - timedelta(days=7 + BACK_DAYS), MIDNIGHT - timedelta(days=7)
    waiting = {
        ("waiting", row[0])
        for row in rated
        if row[0] and row[5] is None and oldest <= from_iso(row[4]) < remind and row[0] not in held
    }
    return found | waiting


def test_a_busy_shop_begins_where_orders_have_ended(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_LOOKED_THROUGH", 20)
    with book.step("fill") as step:
        for number in range(1, 101):
            step.insert(Customer, id=number, name=f"客{number}", created_at=ago(400))
            days = number / 2  # Two orders a day; each ends twelve days after it was placed.
            ended = ago(days - 12) if days > 12 else None
            status = "completed" if ended else "paid"
            step.insert(
                Order, id=number, customer_id=number, placed_at=ago(days), ended_at=ended, status=status,
                total=100, paid=100,
            )  # fmt: skip
    found = [one.order_id for one in askings(book, now=NOW)]
    assert set(found[:2]) == {29, 30}
    assert 10 < len(found) <= 20
