"""The lines of a timeline under Qt's own tester, through loading, searching, filters and any change."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.service import Interaction
from desktop.operations.service import add_interaction, delete_interactions, edit_interaction, pin_interaction
from desktop.operations.tasks import add_task, complete_task
from desktop.queries import timeline_days
from desktop.queries.timeline import pinned_entries
from desktop.queries.timeline_entries import timeline_entry
from desktop.queries.timeline_keys import Scope
from desktop.queries.timeline_stream import Month, build
from desktop.views.kit.context import Context
from desktop.views.timeline import loader
from desktop.views.timeline.jump import Jump, typed_day
from desktop.views.timeline.model import TimelineModel
from desktop.views.timeline.stream import TimelineStream
from desktop.views.timeline.view import TimelineView
from desktop.views.timeline.words import right

NOW = datetime(2026, 11, 20, 10, 30)
DAYS = ("2026-11-03", "2026-11-02", "2026-10-31", "2026-08-30", "2025-12-31")

changes = st.lists(
    st.tuples(
        st.sampled_from(("add", "move", "drop", "pin", "undo")), st.sampled_from(DAYS), st.integers(0, 99)
    ),
    max_size=12,
)


def lines(model: TimelineModel) -> list[str]:
    """What each line is: a month's title, or the words of its note."""
    found = []
    for row in range(model.rowCount()):
        line = model.line_at(row)
        found.append(line.heading or (line.entry.text if line.entry else "?"))
    return found


def by_hand(book: Book, customer: int | None) -> list[str]:
    """The lines as they must be, out of the table itself."""
    rows = book.rows(
        "SELECT happened_at, id, text, pinned FROM interaction WHERE :customer IS NULL "
        "OR customer_id = :customer ORDER BY happened_at DESC, id DESC",
        {"customer": customer},
    )
    found: list[str] = []
    pinned = [text for *_, text, pin in rows if pin and customer is not None]
    if pinned:
        found += ["Pinned", *pinned]
    month = ""
    for at, _, text, pin in rows:
        if pin and customer is not None:
            continue
        if at[:7] != month:
            month = at[:7]
            found.append(date.fromisoformat(at[:10]).strftime("%B %Y"))
        found.append(text)
    return found


@settings(max_examples=25, deadline=None)
@given(changes, st.sampled_from((None, 1)))
def test_lines_follow_the_book_whatever_happens(
    book: Book, qapp: object, wanted: list[tuple[str, str, int]], customer: int | None
) -> None:
    with book.step("clear") as step:
        for emptied in ("interaction", "orders", "customer"):
            step.execute(f"DELETE FROM {emptied}")
        step.insert(Customer, id=1, name="王丽华", created_at="2026-01-01 09:00:00")
        for nth, day in enumerate(DAYS * 2):
            step.insert(
                Interaction, customer_id=1, stage="in-sale", happened_at=f"{day} 10:00:00", text=f"t{nth}",
                pinned=False,
            )  # fmt: skip
    model = TimelineModel(book, lambda: "CNY")
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    stream = build(book, Scope(customer))
    model.show(stream)
    assert lines(model) == by_hand(book, customer)
    for number, (what, day, nth) in enumerate(wanted):
        notes = [row for (row,) in book.rows("SELECT id FROM interaction ORDER BY id")]
        at = datetime.fromisoformat(f"{day} 12:00:00")
        if what == "add" or not notes:
            add_interaction(book, text=f"n{number}", stage="pre-sale", at=at, customer_id=1)
        elif what == "move":
            edit_interaction(book, interaction_id=notes[nth % len(notes)], at=at)
        elif what == "drop":
            delete_interactions(book, interaction_ids=notes[nth % len(notes) :][:3])
        elif what == "pin":
            pin_interaction(book, interaction_id=notes[nth % len(notes)], pinned=nth % 2 == 0)
        else:
            book.undo()
        if not book.value("SELECT count(*) FROM customer"):
            book.redo()
        days = timeline_days.touched_days(book, model.stream.mark)
        assert days is not None
        model.stream.mark = timeline_days.newest_change(book)
        model.take_in(days, pinned_entries(book, customer_id=1) if customer else [])
        assert lines(model) == by_hand(book, customer)
    del tester


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """Three years of orders, one a week, and a note in each month."""
    with book.step("fill") as step:
        step.insert(Customer, id=1, name="王丽华", created_at="2026-01-01 09:00:00")
        for nth in range(160):
            placed = (NOW - timedelta(days=7 * nth)).isoformat(" ")
            step.insert(Order, number=f"A{nth}", customer_id=1, placed_at=placed, total=100, paid=100)
        for nth in range(36):
            at = (NOW - timedelta(days=30 * nth)).isoformat(" ")
            text = "问雨前茶" if nth % 9 == 4 else "x"
            step.insert(
                Interaction, customer_id=1, stage="pre-sale", happened_at=at, text=text, channel="phone"
            )
    return ctx


def opened(ctx: Context, qtbot: QtBot, customer: int | None = None) -> TimelineStream:
    stream = TimelineStream(ctx, customer)
    qtbot.addWidget(stream)
    stream.resize(820, 560)
    stream.show()
    return stream


def test_loading_and_filters_keep_qts_rules(ctx: Context, qtbot: QtBot) -> None:
    stream = opened(ctx, qtbot)
    tester = QAbstractItemModelTester(stream.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert stream.model.stream.total == 60
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert stream.model.stream.total == 196
    assert not stream.model.stream.unread(date.max.toordinal(), 9)
    stream.filters.kinds.chip("notes").click()
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert stream.model.stream.total == 36
    stream.filters.clear()
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert stream.model.stream.total == 196
    del tester


def test_a_search_goes_back_bit_by_bit_and_the_next_letter_stops_it(
    ctx: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "_ENOUGH_S", 0.0005)
    stream = opened(ctx, qtbot)
    tester = QAbstractItemModelTester(stream.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    seen: list[tuple[int, int | None]] = []
    stream.loader.filled.connect(lambda: seen.append((stream.model.stream.total, stream.loader.reached())))
    stream.filters.search.line.setText("雨前")
    stream.filters.search.searched.emit("雨前")
    qtbot.waitUntil(lambda: len(seen) > 1 and "so far" in stream.status.text())
    assert not stream.loader.whole
    stream.filters.search.line.setText("雨前茶")
    stream.filters.search.searched.emit("雨前茶")
    qtbot.waitUntil(lambda: ctx.tasks.idle and stream.loader.whole, timeout=20000)
    assert stream.model.stream.scope.where.text == "雨前茶"
    assert stream.model.stream.total == 4
    assert stream.status.text() == "4 entries"
    assert set(lines(stream.model)) > {"问雨前茶"}
    assert "x" not in lines(stream.model)
    # A note that fits comes in, one that does not stays out, while the search is whole.
    ctx.changed(add_interaction(ctx.book, text="雨前茶到了", stage="in-sale", at=NOW, customer_id=1))
    ctx.changed(add_interaction(ctx.book, text="别的", stage="in-sale", at=NOW, customer_id=1))
    assert stream.model.stream.total == 5
    del tester


def test_many_changes_at_once_keep_place_and_choice(
    ctx: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline_days, "MOST_CHANGES", 3)
    stream = opened(ctx, qtbot)
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    bar = stream.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    shown = stream.list.shown()
    chosen = stream.model.entry_at(shown[4].row)
    assert chosen is not None
    assert stream.list.choose(chosen)
    before = [(stream.model.line_at(line.row), line.y) for line in stream.list.shown()]
    with ctx.book.step("many") as step:
        for nth in range(40):
            at = (NOW - timedelta(hours=nth)).isoformat(" ")
            step.insert(Interaction, customer_id=1, stage="pre-sale", happened_at=at, text="viel")
    ctx.changed(step.changes)
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert stream.model.stream.total == 236
    assert stream.list.current_entry() == chosen
    assert [(stream.model.line_at(line.row), line.y) for line in stream.list.shown()] == before
    ctx.undo()
    qtbot.waitUntil(lambda: ctx.tasks.idle and stream.model.stream.total == 196)
    assert stream.list.current_entry() == chosen


def test_a_corrected_moment_takes_the_choice_along(ctx: Context, qtbot: QtBot) -> None:
    stream = opened(ctx, qtbot)
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    row = ctx.book.value("SELECT min(id) FROM interaction")
    entry = timeline_entry(ctx.book, "interaction", row)
    assert entry is not None
    assert stream.list.choose(entry)
    ctx.changed(edit_interaction(ctx.book, interaction_id=row, at=NOW - timedelta(days=400)))
    now = stream.list.current_entry()
    assert now is not None
    assert now.key == ("interaction", row)
    assert now.at[:4] == "2025"


def test_what_has_no_moment_any_more_is_not_looked_for(ctx: Context, qtbot: QtBot) -> None:
    task = add_task(ctx.book, title="Call", customer_id=1, created_at=NOW).created["task"]
    done = complete_task(ctx.book, task_id=task, at=NOW)
    stream = opened(ctx, qtbot)
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    entry = timeline_entry(ctx.book, "task", task)
    assert entry is not None
    assert stream.list.choose(entry)
    assert done.touches("task")
    ctx.undo()
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert timeline_entry(ctx.book, "task", task) is None
    now = stream.list.current_entry()
    assert now is None or now.key != ("task", task)


def test_the_first_and_the_last_day_of_the_calendar_have_their_months(ctx: Context, qtbot: QtBot) -> None:
    for at in (datetime(9999, 12, 31, 23, 59), datetime(1, 1, 1)):
        add_interaction(ctx.book, text="x", stage="in-sale", at=at, customer_id=1)
    months = build(ctx.book, Scope(1)).months
    assert months[0] == Month(date(9999, 12, 1).toordinal(), 0, 1)
    assert months[-1].day == 1
    assert sum(month.count for month in months) == build(ctx.book, Scope(1)).total
    stream = opened(ctx, qtbot)
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert lines(stream.model)[0].startswith("December 9999")


def test_the_title_of_the_month_stays_on_top(ctx: Context, qtbot: QtBot) -> None:
    stream = opened(ctx, qtbot)
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert stream.list._sticky() is None
    bar = stream.list.verticalScrollBar()
    bar.setValue(4 * bar.singleStep() + 7)
    sticky = stream.list._sticky()
    assert sticky is not None
    assert stream.model.layout.heading(sticky[0]) == "November 2026"
    # Nothing can be chosen through it, and what is chosen comes out from below it.
    assert not stream.list.indexAt(QPoint(30, 8)).isValid()
    stream.list.setFocus()
    for key in (
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_Up,
        Qt.Key.Key_Up,
        Qt.Key.Key_Home,
        Qt.Key.Key_PageDown,
    ):
        QTest.keyClick(stream.list, key)
        box = stream.list.visualRect(stream.list.currentIndex())
        assert stream.list.current_entry() is not None
        assert box.bottom() < stream.list.viewport().height()
        assert box.top() >= 34 or stream.list.currentIndex().row() == 1
    assert stream.list.viewport().grab().toImage().pixelColor(20, 10).isValid()


def test_going_to_a_month_or_a_day(ctx: Context, qtbot: QtBot) -> None:
    view = TimelineView(ctx)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.show()
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    view.jump()
    (jump,) = view.findChildren(Jump)
    assert jump.list.item(0).text().startswith("November 2026 · ")
    QTest.keyClicks(jump.line, "2025-03")
    assert [jump.list.item(row).text().split(" ·")[0] for row in range(jump.list.count())] == ["March 2025"]
    QTest.keyClick(jump.line, Qt.Key.Key_Return)
    entry = view.stream.list.current_entry()
    assert entry is not None
    assert entry.at[:7] == "2025-03"
    title = view.stream.list._sticky() or (view.stream.list.shown()[0].row, 0)
    assert view.stream.model.layout.heading(title[0]) == "March 2025"
    view.stream._go_to(date(2024, 2, 10).toordinal())
    entry = view.stream.list.current_entry()
    assert entry is not None
    assert "2024-02-01" < entry.at[:10] <= "2024-02-10"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-03", date(2026, 3, 31)), ("2024年2月", date(2024, 2, 29)), ("2025", date(2025, 12, 31)),
        ("2026-03-15", date(2026, 3, 15)), ("2026年3月15日", date(2026, 3, 15)), ("2026-13", None),
        ("x", None), ("", None),
    ],
)  # fmt: skip
def test_typed_days(typed: str, meant: date | None) -> None:
    assert typed_day(typed) == meant


def test_the_day_of_another_year_says_its_year_unless_it_stands_above(book: Book) -> None:
    note = add_interaction(book, text="x", stage="in-sale", at=datetime(2022, 5, 1, 9, 30)).created[
        "interaction"
    ]
    entry = timeline_entry(book, "interaction", note)
    assert entry is not None
    assert right(entry, date(2026, 11, 22)) == "1 May 2022 · Shop"
    assert right(entry, date(2026, 11, 22), under_month=True) == "1 May · Shop"
    assert right(entry, date(2022, 11, 22)) == "1 May · Shop"
    assert right(entry, date(2022, 5, 1)) == "09:30 · Shop"
