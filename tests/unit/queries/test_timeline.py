"""The stream page by page against the whole stream sorted at once: nothing lost, nothing twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.base import Row
from desktop.models.book import Book
from desktop.models.complaints import Complaint, ComplaintStep
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine
from desktop.models.service import Interaction, Rating, ServiceCase
from desktop.models.shop import ImportRun, Staff
from desktop.operations.service import add_interaction, pin_interaction
from desktop.queries.timeline import TimelineFilter, clerks, pinned_entries, timeline_counts, timeline_page
from desktop.queries.timeline_entries import Cursor, TimelineEntry, timeline_entry
from desktop.queries.timeline_sources import KINDS

# Few moments, so that many entries share one.
MOMENTS = tuple(f"2026-11-{day:02} 10:00:0{second}" for day in (1, 2, 3) for second in (0, 1))
STAGES = ("pre-sale", "in-sale", "after-sale")
TEXTS = ("", "雨前茶", "50% off_now", "100")

Made = tuple[str, int, int | None, str, str, str, str]
"""kind, id, customer, moment, stage, channel, words."""

things = st.lists(
    st.tuples(
        st.sampled_from(("interaction", "order", "case", "complaint", "rating", "import")),
        st.sampled_from(MOMENTS),
        st.sampled_from((1, 2, None)),
        st.sampled_from(STAGES),
        st.sampled_from(("wechat", "phone")),
        st.sampled_from(TEXTS),
    ),
    max_size=24,
)


def fill(book: Book, wanted: list[tuple[str, str, int | None, str, str, str]]) -> list[Made]:
    """Put these entries into an emptied book; what each is, in the order of the stream."""
    made: list[Made] = []
    with book.step("fill") as step:
        for emptied in (Interaction, Rating, Complaint, ServiceCase, Order, ImportRun, Customer):
            step.execute(f"DELETE FROM {emptied._meta.table_name}")
        for who in (1, 2):
            step.insert(Customer, id=who, name=f"客户{who}", created_at=MOMENTS[0])
        for place, (kind, at, customer, stage, channel, text) in enumerate(wanted):
            common: dict[str, Any] = {"customer_id": customer}
            number = f"N{place}"
            model: type[Row]
            values: dict[str, Any]
            if kind == "interaction":
                model, values = (
                    Interaction,
                    {"happened_at": at, "stage": stage, "channel": channel, "text": text},
                )
            elif kind == "order":
                model, values = Order, {"number": number, "placed_at": at, "channel": channel, "note": text}
            elif kind == "case":
                model, values = (
                    ServiceCase,
                    {"number": number, "kind": "return", "opened_at": at, "text": text},
                )
            elif kind == "complaint":
                model = Complaint
                values = {"number": number, "title": "x", "received_at": at, "channel": channel, "text": text}
            elif kind == "rating":
                model = Rating
                values = {"rated_at": at, "ended_at": at, "perceived": 4, "channel": channel, "text": text}
            else:
                model, values, common = (
                    ImportRun,
                    {"at": at, "file_name": text or "f", "target": "orders"},
                    {},
                )
            row = step.insert(model, **values, **common)
            stage = {"interaction": stage, "order": "in-sale", "import": ""}.get(kind, "after-sale")
            channel = "" if kind in ("case", "import") else channel
            made.append((kind, row, common.get("customer_id"), at, stage, channel, text))
            if kind == "complaint":
                seen = step.insert(ComplaintStep, complaint_id=row, at=at, kind="settled", text="")
                step.insert(ComplaintStep, complaint_id=row, at=at, kind="received", text="")
                made.append(("step", seen, customer, at, stage, channel, ""))
    made.sort(key=lambda one: (one[3], KINDS.index(one[0]), one[1]), reverse=True)
    return made


def walk(book: Book, limit: int, **scope: Any) -> list[TimelineEntry]:
    """The whole stream, by pages of a size."""
    found: list[TimelineEntry] = []
    cursor: Cursor | None = None
    while True:
        page = timeline_page(book, before=cursor, limit=limit, **scope)
        assert len(page.entries) <= limit
        found += page.entries
        cursor = page.following
        if cursor is None:
            return found
        assert cursor == page.entries[-1].cursor


@settings(max_examples=40)
@given(things, st.integers(1, 7))
def test_pages_join_to_the_whole_stream(
    book: Book, wanted: list[tuple[str, str, int | None, str, str, str]], limit: int
) -> None:
    made = fill(book, wanted)
    assert [entry.key for entry in walk(book, limit)] == [one[:2] for one in made]
    of_one = [one[:2] for one in made if one[2] == 1]
    assert [entry.key for entry in walk(book, limit, customer_id=1)] == of_one


@settings(max_examples=40)
@given(
    things,
    st.frozensets(st.sampled_from(STAGES), max_size=2),
    st.frozensets(st.sampled_from(KINDS), max_size=3),
    st.sampled_from(("", "wechat")),
    st.sampled_from(("", "茶", "%", "_", "off_")),
)
def test_filters_agree_with_looking_at_each(
    book: Book,
    wanted: list[tuple[str, str, int | None, str, str, str]],
    stages: frozenset[str],
    kinds: frozenset[str],
    channel: str,
    text: str,
) -> None:
    made = fill(book, wanted)
    where = TimelineFilter(stages=stages, kinds=kinds, channel=channel, text=text)
    expected = [
        one[:2]
        for one in made
        if (not stages or one[4] in stages)
        and (not kinds or one[0] in kinds)
        and (not channel or one[5] == channel)
        and text in one[6]
    ]
    assert [entry.key for entry in walk(book, 5, where=where)] == expected


def test_text_finds_names_lines_and_numbers(book: Book) -> None:
    fill(book, [])
    with book.step("an order") as step:
        order = step.insert(Order, number="20261109-031", placed_at=MOMENTS[0], customer_id=1, total=53600)
        for place, (title, quantity) in enumerate(
            [("明前龙井 250g", 1), ("桂花乌龙", 2), ("a", 1), ("b", 1), ("c", 1)]
        ):
            step.insert(OrderLine, order_id=order, position=place, title=title, quantity=quantity)
    for text in ("客户1", "乌龙", "1109-03"):
        page = timeline_page(book, where=TimelineFilter(text=text))
        assert [entry.key for entry in page.entries] == [("order", order)]
    (entry,) = page.entries
    assert entry.customer_name == "客户1"
    assert entry.amount == 53600
    assert entry.lines[:2] == (("明前龙井 250g", 1.0), ("桂花乌龙", 2.0))
    assert entry.line_count == 5
    assert not timeline_page(book, where=TimelineFilter(text="红茶")).entries


def test_pinned_notes_stand_above_a_customers_stream(book: Book) -> None:
    fill(book, [])
    notes = [
        add_interaction(book, text=text, stage="pre-sale", at=datetime(2026, 11, 5, 9, 0), customer_id=1)
        for text in ("对坚果过敏", "要发票")
    ]
    first, second = (made.created["interaction"] for made in notes)
    pin_interaction(book, interaction_id=first)
    assert [entry.id for entry in pinned_entries(book, customer_id=1)] == [first]
    assert [entry.id for entry in walk(book, 10, customer_id=1)] == [second]
    assert {entry.id for entry in walk(book, 10)} == {first, second}
    assert pinned_entries(book, customer_id=1, where=TimelineFilter(kinds=frozenset({"order"}))) == []


def test_a_customers_own_import_is_in_their_stream(book: Book) -> None:
    fill(book, [("import", MOMENTS[0], None, "pre-sale", "wechat", "订单.xlsx")])
    run = book.value("SELECT id FROM import_run")
    with book.step("came by it") as step:
        step.update(Customer, 1, import_run_id=run)
    assert [entry.title for entry in walk(book, 5, customer_id=1)] == ["订单.xlsx"]
    assert walk(book, 5, customer_id=2) == []


def test_counts_and_single_entries(book: Book) -> None:
    fill(
        book,
        [("interaction", MOMENTS[0], 1, "pre-sale", "wechat", "x"), ("complaint", MOMENTS[1], 1, "", "", "")],
    )
    counts = timeline_counts(book, customer_id=1)
    assert (counts["interaction"], counts["complaint"], counts["step"], counts["pre-sale"]) == (1, 1, 1, 1)
    assert timeline_counts(book) == {kind: counts[kind] for kind in (*KINDS, "pinned")}
    row = book.value("SELECT id FROM interaction")
    assert timeline_entry(book, "interaction", row) is not None
    assert timeline_entry(book, "interaction", row + 99) is None


def test_clerks_and_their_entries(book: Book) -> None:
    fill(book, [])
    with book.step("clerks") as step:
        ann = step.insert(Staff, name="林小满")
        step.insert(Staff, name="走了", active=False)
        step.insert(Interaction, stage="pre-sale", happened_at=MOMENTS[0], text="x", staff_id=ann)
        step.insert(Interaction, stage="pre-sale", happened_at=MOMENTS[0], text="y")
    assert clerks(book) == [(ann, "林小满")]
    (entry,) = walk(book, 5, where=TimelineFilter(staff_id=ann))
    assert (entry.text, entry.staff) == ("x", "林小满")


@pytest.mark.parametrize(
    ("table", "index"),
    [
        ("interaction", "interaction_happened"),
        ("orders", "orders_day"),
        ("complaint_step", "complaint_step_at"),
        ("rating", "rating_rated"),
        ("complaint", "complaint_received"),
    ],
)
@pytest.mark.parametrize("before", [None, Cursor(MOMENTS[3], "order", 5)])
def test_no_source_is_sorted_whole(
    book: Book, before: Cursor | None, table: str, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, Any]] = []
    plain = Book.rows

    def listen(self: Book, sql: str, params: Any = ()) -> list[Any]:
        seen.append((sql, params))
        return plain(self, sql, params)

    monkeypatch.setattr(Book, "rows", listen)
    timeline_page(book, before=before)
    monkeypatch.undo()
    # Nothing is in the book, so that only the queries for keys have run.
    plans = [
        " ".join(str(step[3]) for step in book.rows(f"EXPLAIN QUERY PLAN {sql}", params))
        for sql, params in seen
    ]
    (plan,) = (plan for plan in plans if index in plan)
    assert "TEMP B-TREE FOR ORDER BY" not in plan, table
