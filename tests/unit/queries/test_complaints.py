"""Which complaints a filter holds, in which order, and what a card and the pane know of each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.operations import complaint_moves as moves
from desktop.operations import complaints as op
from desktop.operations import promises
from desktop.operations.ratings import Verdict, add_rating
from desktop.operations.remedies import give_remedy
from desktop.queries.complaint_filter import ComplaintFilter, Scope
from desktop.queries.complaints import (
    ORDERS,
    Counts,
    complaint_ids,
    complaint_rows,
    counts,
    due_counts,
)

NOW = datetime(2026, 11, 20, 10, 30)


def new(book: Book, **values: Any) -> int:
    return op.open_complaint(book, **{"title": "分量不足", "received_at": NOW, **values}).created["complaint"]


@pytest.fixture
def some(book: Book) -> dict[str, int]:
    """One complaint of each sort."""
    with book.step("a customer") as step:
        who = step.insert(Customer, name="赵国栋", created_at="2026-01-01 09:00:00")
    made = {
        "late": new(book, severity="high", received_at=NOW - timedelta(hours=24), customer_id=who),
        "today": new(book, severity="high"),
        "far": new(book, severity="low"),
        "waiting": new(book, severity="high", received_at=NOW - timedelta(hours=24)),
        "settled": new(book, received_at=NOW - timedelta(days=5), customer_id=who),
        "old": new(book, received_at=NOW - timedelta(days=90)),
        "rejected": new(book),
    }
    moves.wait_for_customer(book, complaint_id=made["waiting"], at=NOW)
    moves.advance_complaint(book, complaint_id=made["settled"], to="settled", at=NOW - timedelta(days=4))
    moves.advance_complaint(book, complaint_id=made["old"], to="settled", at=NOW - timedelta(days=80))
    moves.reject_complaint(book, complaint_id=made["rejected"], at=NOW, reason="未在本店购买")
    return made


def test_scopes(book: Book, some: dict[str, int]) -> None:
    def of(scope: Any, **values: Any) -> set[str]:
        ids = complaint_ids(book, now=NOW, view=ComplaintFilter(scope, **values))
        return {name for name, row in some.items() if row in ids}

    assert of("open") == {"late", "today", "far", "waiting"}
    assert of("today") == {"today"}
    assert of("overdue") == {"late"}
    assert of("settled") == {"settled"}
    assert of("waiting") == {"waiting"}
    assert of("rejected") == {"rejected"}
    assert of("reopened") == set()
    assert of("board") == of("open") | of("settled")
    assert of("all") == set(some)
    assert of("all", text="赵国") == {"late", "settled"}
    assert of("all", text="C-2025") == set()
    found = counts(book, now=NOW)
    assert found == Counts(open=4, today=1, overdue=1, waiting=1, settled=1, reopened=0, rejected=1, all=7)
    assert due_counts(book, now=NOW) == (1, 1)


def test_the_pressing_come_first(book: Book, some: dict[str, int]) -> None:
    every = complaint_ids(book, now=NOW, view=ComplaintFilter("all"))
    assert list(every)[:4] == [some[name] for name in ("late", "today", "far", "waiting")]
    assert (
        list(complaint_ids(book, now=NOW, view=ComplaintFilter("all"), descending=True)) == list(every)[::-1]
    )


@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize("scope", ["all", "board"])
def test_every_order_holds_all_and_begins_as_its_first_page(
    book: Book, some: dict[str, int], sort: str, scope: Scope
) -> None:
    view = ComplaintFilter(scope)
    held = sorted(complaint_ids(book, now=NOW, view=view))
    for descending in (False, True):
        ids = complaint_ids(book, now=NOW, view=view, sort=sort, descending=descending)
        assert sorted(ids) == held
        first = complaint_ids(book, now=NOW, view=view, sort=sort, descending=descending, most=3)
        assert first == ids[:3]


def test_rows_follow_the_ids_and_skip_the_gone(book: Book, some: dict[str, int]) -> None:
    rows = complaint_rows(book, [some["today"], 999, some["late"]])
    assert [row.id for row in rows] == [some["today"], some["late"]]
    late = rows[1]
    assert (late.customer_name, late.due_at, late.open) == ("赵国栋", "2026-11-19 11:30:00", True)
    (waiting,) = complaint_rows(book, [some["waiting"]])
    assert waiting.waiting
    assert waiting.due_at is None
    assert complaint_rows(book, []) == []


def test_card_shows_last_offer_promise_and_rating(book: Book, some: dict[str, int]) -> None:
    row = some["today"]
    give_remedy(book, complaint_id=row, kind="apology", at=NOW)
    give_remedy(book, complaint_id=row, kind="coupon", at=NOW, cost=3000)
    promises.add_promise(book, complaint_id=row, text="回电", made_at=NOW, due_at=NOW + timedelta(hours=2))
    moves.advance_complaint(book, complaint_id=row, to="settled", at=NOW)
    add_rating(book, Verdict(rated_at=NOW, complaint_id=row, perceived=3))
    (card,) = complaint_rows(book, [row])
    assert (card.offer, card.offer_cost, card.perceived) == ("coupon", 3000, 3)
    assert card.promise_due_at == "2026-11-20 12:30:00"
