"""The same complaints in the same order from indexes, from columns in memory, and from going through all."""

from __future__ import annotations

import itertools
import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from bench.complaint_book import fill
from desktop.core.days import iso
from desktop.core.words import COMPLAINT_STATUSES
from desktop.models.book import Book
from desktop.models.complaints import ComplaintAlias
from desktop.models.customers import Customer
from desktop.models.orders import Product
from desktop.operations import complaint_moves as moves
from desktop.operations.complaints import delete_complaints, set_severity
from desktop.queries import complaint_filter
from desktop.queries.complaint_board import board
from desktop.queries.complaint_columns import at_hand, complaint_columns
from desktop.queries.complaint_facets import facets
from desktop.queries.complaint_filter import SCOPES, ComplaintFilter, parts, whole
from desktop.queries.complaints import ORDERS, complaint_ids, counts

NOW = datetime(2026, 11, 22, 16, 0)
COLUMNS = (("received", "acknowledged", "assessed"), ("investigating",), ("offered",),
           ("settled", "closed", "rejected"))  # fmt: skip
_TEXTS = ("", "", "", "霉味", "dented", "DENTED", "%", "c-2025", "C-2019", "赵", "zhao", "no such word", "e")


@pytest.fixture
def filled(book: Book) -> Book:
    """Two hundred complaints, a quarter of them open."""
    with book.step("a shop") as step:
        for row, name in enumerate(("赵国栋", "王丽华", "Emma", "单雄信"), 1):
            step.insert(Customer, id=row, name=name, created_at="2026-01-01 09:00:00")
        for row in range(1, 4):
            step.insert(Product, id=row, name=f"茶 {row}")
    fill(book, 200, 50)
    with book.step("odd ones") as step:
        step.execute("UPDATE complaint SET staff_id = NULL WHERE id % 9 = 0")
        step.execute("UPDATE complaint SET product_id = NULL WHERE id % 7 = 0")
        step.execute("UPDATE complaint SET reply_due_at = NULL, settle_due_at = NULL WHERE id % 11 = 0")
        step.insert(ComplaintAlias, number="C-2018-0001", complaint_id=3)
    return book


def every(book: Book) -> list[dict[str, Any]]:
    """All complaints, nothing worked out by the database but what the triggers and columns keep."""
    names = [row[1] for row in book.rows("PRAGMA table_info(complaint)")]
    return [
        dict(zip(names, row, strict=True)) for row in book.rows(f"SELECT {', '.join(names)} FROM complaint")
    ]


def holds(one: dict[str, Any], view: ComplaintFilter, names: dict[int, str], aliases: dict[int, str]) -> bool:
    """Whether a filter holds a complaint, said the long way."""
    ended = one["status"] in ("settled", "closed", "rejected")
    due = due_of(one)
    tomorrow = iso(datetime(NOW.year, NOW.month, NOW.day) + timedelta(days=1))
    lately = (
        ended and one["status"] != "rejected" and (one["settled_at"] or "") >= iso(NOW - timedelta(days=30))
    )
    scopes = {
        "open": not ended, "today": due is not None and iso(NOW) <= due < tomorrow,
        "overdue": due is not None and due < iso(NOW), "waiting": not ended and bool(one["waiting_since"]),
        "settled": lately, "reopened": not ended and one["reopened"] > 0,
        "rejected": one["status"] == "rejected", "board": not ended or lately, "all": True,
    }  # fmt: skip
    said = "\n".join(one[key] for key in complaint_filter.SEARCHED) + "\n" + aliases.get(one["id"], "")
    typed = view.text.lower()
    pinyin = {"zhao": "赵国栋"}.get(typed, view.text)
    named = bool(view.text) and pinyin in names.get(one["customer_id"], "")
    return (
        scopes[view.scope]
        and (not view.severities or one["severity"] in view.severities)
        and (not view.subjects or one["subject"] in view.subjects)
        and (not view.statuses or one["status"] in view.statuses)
        and (not view.staff or (one["staff_id"] or 0) in view.staff)
        and (not view.products or (one["product_id"] or 0) in view.products)
        and (view.among is None or one["id"] in view.among)
        and (typed in said.lower() or named or (typed == "e" and "Emma" in names.get(one["customer_id"], "")))
    )


def due_of(one: dict[str, Any]) -> str | None:
    """The deadline that counts, said the long way."""
    if one["status"] in ("settled", "closed", "rejected") or one["waiting_since"]:
        return None
    due: str | None = one["settle_due_at"] if one["replied_at"] else one["reply_due_at"]
    return due


def urgency(ones: list[dict[str, Any]], view: ComplaintFilter) -> list[int]:
    """The ids in the order of urgency, said the long way."""
    opened = [one for one in ones if one["status"] not in ("settled", "closed", "rejected")]
    ended = [one for one in ones if one not in opened]
    newest = ("settled_at", "id") if view.scope in ("settled", "board") else ("received_at", "id")
    opened.sort(key=lambda one: (one["received_at"], one["id"]), reverse=True)
    opened.sort(key=lambda one: due_of(one) or "9999-12-31 23:59:59")
    ended.sort(key=lambda one: tuple(one[key] for key in newest), reverse=True)
    return [one["id"] for one in opened + ended]


def some_views(dice: random.Random, number: int) -> list[ComplaintFilter]:
    """Filters by chance."""

    def maybe(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(dice.sample(values, dice.choice((1, 2)))) if dice.random() < 0.3 else ()

    return [
        ComplaintFilter(
            dice.choice([*SCOPES, "all", "all"]), dice.choice(_TEXTS), maybe(("urgent", "high", "low")),
            maybe(("quality", "delivery", "service")), maybe((0, 1, 2)), maybe((0, 1, 2, 3)),
            maybe(tuple(COMPLAINT_STATUSES)),
            among=tuple(dice.sample(range(1, 201), 60)) if dice.random() < 0.1 else None,
        )
        for _ in range(number)
    ]  # fmt: skip


@pytest.mark.parametrize("wide", [False, True])
def test_the_same_from_indexes_and_columns_as_going_through_all(
    filled: Book, wide: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if wide:
        monkeypatch.setattr(complaint_filter, "SCANNED", 0)
        complaint_columns(filled)
    assert at_hand(filled) is wide
    dice = random.Random(11)
    names = dict(filled.rows("SELECT id, name FROM customer"))
    aliases = dict(filled.rows("SELECT complaint_id, number FROM complaint_alias"))
    for round_ in range(3):
        ones = every(filled)
        for view in some_views(dice, 60):
            held = [one for one in ones if holds(one, view, names, aliases)]
            expected = urgency(held, view)
            assert list(complaint_ids(filled, now=NOW, view=view)) == expected, view
            assert list(complaint_ids(filled, now=NOW, view=view, most=7)) == expected[:7]
            heaps = board(filled, now=NOW, view=view, columns=COLUMNS, most=5)
            status = {one["id"]: one["status"] for one in ones}
            for heap, statuses in zip(heaps, COLUMNS, strict=True):
                column = [row for row in expected if status[row] in statuses]
                assert (list(heap.ids), heap.total) == (column[:5], len(column)), view
            by = dice.choice([sort for sort in ORDERS if sort != "due"])
            ids = complaint_ids(filled, now=NOW, view=view, sort=by, descending=dice.random() < 0.5)
            assert sorted(ids) == sorted(expected), (view, by)
        # What changes between two questions is in the answer to the second one.
        open_now = [one["id"] for one in ones if one["status"] == "investigating"]
        moves.advance_complaint(filled, complaint_id=open_now[0], to="settled", at=NOW)
        set_severity(filled, complaint_ids=open_now[1:4], severity="urgent", at=NOW)
        delete_complaints(filled, complaint_ids=[ones[round_]["id"]])
        with filled.step("a word") as step:
            step.execute(
                f"UPDATE complaint SET title = 'Dented {round_}' WHERE id = {ones[-1 - round_]['id']}"
            )


@pytest.mark.parametrize("sort", ["subject", "status", "severity", "cost"])
def test_columns_sort_as_the_book_does(filled: Book, sort: str) -> None:
    views = [ComplaintFilter("all", severities=("high", "low")), ComplaintFilter("rejected", staff=(1, 2))]
    for view, descending in itertools.product(views, (False, True)):
        asked = complaint_ids(filled, now=NOW, view=view, sort=sort, descending=descending)
        complaint_columns(filled)
        assert at_hand(filled)
        assert complaint_ids(filled, now=NOW, view=view, sort=sort, descending=descending) == asked


@pytest.mark.parametrize("scope", ["all", "open"])
def test_each_choice_says_how_many_it_would_leave(filled: Book, scope: Any) -> None:
    view = ComplaintFilter(scope, severities=("high",), staff=(1,), subjects=("quality", "delivery"))

    def left(**values: Any) -> int:
        narrowed = {"severities": view.severities, "staff": view.staff, "subjects": view.subjects, **values}
        return len(complaint_ids(filled, now=NOW, view=ComplaintFilter(scope, **narrowed)))

    before = facets(filled, now=NOW, view=view)
    assert before.severities["low"] == left(severities=("low",))
    assert before.subjects.get("service", 0) == left(subjects=("service",))
    assert before.staff.get(0, 0) == left(staff=(0,))
    assert before.products.get(0, 0) == left(products=(0,))
    complaint_columns(filled)
    assert facets(filled, now=NOW, view=view) == before


def test_counts_are_the_lengths_of_the_lists(filled: Book) -> None:
    found = counts(filled, now=NOW)
    for scope in ("open", "today", "overdue", "waiting", "settled", "reopened", "rejected", "all"):
        held = complaint_ids(filled, now=NOW, view=ComplaintFilter(scope))
        assert getattr(found, scope) == len(held), scope
    assert found.overdue
    assert found.waiting


def plan(book: Book, sql: str, params: dict[str, Any]) -> str:
    """What SQLite is going to do."""
    return "\n".join(str(row[3]) for row in book.rows(f"EXPLAIN QUERY PLAN {sql}", params))


def test_urgency_walks_an_index_and_sorts_nothing(filled: Book) -> None:
    for scope in SCOPES:
        for part in parts(filled, ComplaintFilter(scope), NOW):
            said = plan(
                filled, f"SELECT id FROM complaint WHERE {part.where} ORDER BY {part.urgency}", part.params
            )
            assert "USING" in said, (scope, said)
            assert "INDEX" in said, (scope, said)
            assert "TEMP B-TREE" not in said, (scope, said)


@pytest.mark.parametrize(
    ("scope", "index"),
    [("today", "complaint_urgency"), ("overdue", "complaint_urgency"), ("settled", "complaint_settled"),
     ("rejected", "complaint_status")],
)  # fmt: skip
def test_counts_stay_within_an_index(filled: Book, scope: Any, index: str) -> None:
    part = whole(filled, ComplaintFilter(scope), NOW)
    said = plan(filled, f"SELECT count(*) FROM complaint WHERE {part.where}", part.params)
    assert index in said, said
