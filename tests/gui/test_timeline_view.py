"""The timeline on the screen: notes come and go where they are written; filters, keyboard, pages."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.models.orders import Order
from desktop.operations.complaints import open_complaint
from desktop.operations.service import add_interaction
from desktop.queries.timeline_entries import timeline_entry
from desktop.views.kit.cards import EmptyState
from desktop.views.kit.context import Context
from desktop.views.timeline.fields import CustomerLine
from desktop.views.timeline.note_dialog import NoteDialog
from desktop.views.timeline.stream import TimelineStream
from desktop.views.timeline.view import TimelineView
from tests.gui.told import Told

NOW = datetime(2026, 11, 20, 10, 30)


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """Two customers and a month of orders."""
    with book.step("fill") as step:
        for row, name in ((1, "王丽华"), (2, "Emma Carter")):
            step.insert(Customer, id=row, name=name, created_at="2026-01-01 09:00:00")
        step.insert(ContactPoint, customer_id=1, kind="phone", value="13800138421", norm="13800138421")
        for nth in range(150):
            placed = (NOW - timedelta(hours=nth * 7)).isoformat(" ")
            step.insert(
                Order, number=f"A{nth}", customer_id=1 + nth % 2, placed_at=placed, total=100, paid=100
            )
    return ctx


def shown(stream: TimelineStream) -> list[tuple[str, int]]:
    """The keys of the entries in the list."""
    rows = (stream.model.entry_at(row) for row in range(stream.model.rowCount()))
    return [entry.key for entry in rows if entry is not None]


def choose(stream: TimelineStream, key: tuple[str, int]) -> None:
    """Put the keyboard on an entry."""
    entry = timeline_entry(stream._ctx.book, *key)
    assert entry is not None
    assert stream.list.choose(entry)


def headings(stream: TimelineStream) -> list[str]:
    lines = (stream.model.line_at(row) for row in range(stream.model.rowCount()))
    return [line.heading for line in lines if line.entry is None]


def customer_stream(ctx: Context, qtbot: QtBot, customer: int | None = 1) -> TimelineStream:
    stream = TimelineStream(ctx, customer)
    qtbot.addWidget(stream)
    stream.resize(820, 500)
    stream.show()
    return stream


def test_model_keeps_qts_rules_while_it_changes(ctx: Context, qtbot: QtBot) -> None:
    stream = customer_stream(ctx, qtbot)
    tester = QAbstractItemModelTester(stream.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for text in ("一", "二", "三"):
        ctx.changed(add_interaction(ctx.book, text=text, stage="pre-sale", at=NOW, customer_id=1))
    ctx.undo()
    stream.filters.kinds.chip("notes").click()
    assert len(shown(stream)) == 2
    stream.filters.clear()
    ctx.undo()
    assert len(shown(stream)) > 60
    del tester


def test_note_is_written_where_it_is_read_and_undone(ctx: Context, qtbot: QtBot) -> None:
    stream = customer_stream(ctx, qtbot)
    before = shown(stream)
    stream.note.stages.chip("after-sale").click()
    stream.note.channel.setCurrentIndex(2)
    QTest.keyClicks(stream.note.line, "called about the tin")
    QTest.keyClick(stream.note.line, Qt.Key.Key_Return)
    assert stream.note.line.text() == ""
    row = ctx.book.row("SELECT id, text, stage, channel, customer_id FROM interaction")
    assert row[1:] == ("called about the tin", "after-sale", "wechat", 1)
    assert shown(stream)[0] == ("interaction", row[0])
    assert len(shown(stream)) >= len(before)
    ctx.undo()
    assert shown(stream)[: len(before)] == before
    QTest.keyClick(stream.note.line, Qt.Key.Key_Return)
    assert ctx.book.value("SELECT count(*) FROM interaction") == 0


def test_selection_stays_on_its_entry_when_others_come(ctx: Context, qtbot: QtBot) -> None:
    stream = customer_stream(ctx, qtbot)
    chosen = shown(stream)[3]
    choose(stream, chosen)
    ctx.changed(add_interaction(ctx.book, text="x", stage="pre-sale", at=datetime.now(), customer_id=1))
    entry = stream.list.current_entry()
    assert entry is not None
    assert entry.key == chosen


def test_any_place_is_there_at_once(ctx: Context, qtbot: QtBot) -> None:
    stream = customer_stream(ctx, qtbot, None)
    assert len(shown(stream)) == 60
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert len(shown(stream)) == 150
    assert headings(stream) == ["November 2026", "October 2026"]
    bar = stream.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = stream.list.shown()[-1]
    assert last.row == stream.model.rowCount() - 1
    assert last.y + last.height == stream.list.viewport().height()
    bar.setValue(bar.maximum() // 2)
    assert 60 < stream.list.shown()[0].row < 90
    place = stream.list.shown()
    # What comes above does not move what is read.
    ctx.changed(add_interaction(ctx.book, text="x", stage="pre-sale", at=NOW, customer_id=1))
    assert len(shown(stream)) == 151
    assert [(line.row - 1, line.y) for line in stream.list.shown()] == [(line.row, line.y) for line in place]
    ctx.undo()
    assert stream.list.shown() == place


def test_arrows_pass_over_month_titles(ctx: Context, qtbot: QtBot) -> None:
    stream = customer_stream(ctx, qtbot)
    stream.list.setFocus()
    QTest.keyClick(stream.list, Qt.Key.Key_Home)
    for _ in range(70):
        QTest.keyClick(stream.list, Qt.Key.Key_Down)
        assert stream.list.current_entry() is not None
    QTest.keyClick(stream.list, Qt.Key.Key_Home)
    assert stream.list.current_entry() is not None


def test_pin_correct_delete_copy(ctx: Context, qtbot: QtBot) -> None:
    stream = customer_stream(ctx, qtbot)
    made = add_interaction(ctx.book, text="对坚果过敏", stage="pre-sale", at=NOW, customer_id=1)
    ctx.changed(made)
    key = ("interaction", made.created["interaction"])
    choose(stream, key)
    entry = stream.list.current_entry()
    assert entry is not None
    menu = QMenu(stream)
    names = {action.text().split("\t")[0]: action for action in stream.actions_for(entry, menu)}
    assert set(names) == {
        "Correct…", "Pin to the top", "Link to…", "The customer gave…", "Add a task…", "Files…", "Copy",
        "Delete", "What they expect…",
    }  # fmt: skip
    names["Pin to the top"].trigger()
    assert headings(stream)[0] == "Pinned"
    assert shown(stream)[0] == key
    names["Copy"].trigger()
    assert "对坚果过敏" in QGuiApplication.clipboard().text()
    stream.actions_of.open(entry)
    dialog = next(iter(stream.window().findChildren(NoteDialog)))
    dialog.fields["text"].set_value("对花生过敏")
    dialog.save()
    assert ctx.book.value("SELECT text FROM interaction") == "对花生过敏"
    choose(stream, key)
    QTest.keyClick(stream.list, Qt.Key.Key_Delete)
    assert ctx.book.value("SELECT count(*) FROM interaction") == 0
    assert "Pinned" not in headings(stream)


def test_entries_lead_to_customers_and_complaints(ctx: Context, qtbot: QtBot, told: Told) -> None:
    made = open_complaint(ctx.book, title="分量不足", received_at=datetime.now(), customer_id=2)
    stream = customer_stream(ctx, qtbot, None)
    choose(stream, ("complaint", made.created["complaint"]))
    QTest.keyClick(stream.list, Qt.Key.Key_Return)
    assert told.places == [("complaints", {"complaint": made.created["complaint"]})]
    entry = stream.list.current_entry()
    assert entry is not None
    names = {action.text(): action for action in stream.actions_for(entry, QMenu(stream))}
    names["Open the customer"].trigger()
    assert told.places[-1] == ("profile", {"customer": 2})


def test_empty_states_say_what_to_do(ctx: Context, qtbot: QtBot) -> None:
    with ctx.book.step("new") as step:
        step.insert(Customer, id=3, name="新", created_at="2026-01-01 09:00:00")
    stream = customer_stream(ctx, qtbot, 3)
    state = next(one for one in stream.findChildren(EmptyState) if one.isVisible())
    assert any("Nothing has happened yet" in one.text() for one in state.findChildren(QLabel))
    stream.filters.kinds.chip("orders").click()
    state = next(one for one in stream.findChildren(EmptyState) if one.isVisible())
    assert any("Nothing fits" in one.text() for one in state.findChildren(QLabel))


def test_shop_screen_filters_and_previews(ctx: Context, qtbot: QtBot) -> None:
    add_interaction(
        ctx.book, text="问今年雨前茶\n已发送说明", stage="pre-sale", at=datetime.now(), customer_id=1
    )
    view = TimelineView(ctx)
    qtbot.addWidget(view)
    view.resize(1150, 700)
    view.show()
    qtbot.waitUntil(lambda: "151" in view.filters.kinds.chip("all").text())
    assert view.filters.kinds.chip("orders").text().endswith("150")
    said = [one.text() for one in view.preview.findChildren(QLabel)]
    assert any("已发送说明" in one for one in said)
    view.filters.search.line.setText("Emma")
    qtbot.waitUntil(lambda: ctx.tasks.idle and all(kind == "order" for kind, _ in shown(view.stream)))
    entries = [view.stream.model.entry_at(row) for row in range(1, view.stream.model.rowCount())]
    assert {entry.customer_name for entry in entries if entry} == {"Emma Carter"}
    # Counts of everything would be wrong of what the words leave.
    assert view.filters.kinds.chip("all").text() == "All"
    view.filters.search.line.setText("")
    view.filters.stage.setCurrentIndex(1)
    qtbot.waitUntil(lambda: ctx.tasks.idle and len(shown(view.stream)) == 1)
    assert view.route_params() == {"kind": "all", "stage": "pre-sale"}
    view.filters.clear()
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert view.filters.kinds.chip("orders").text().endswith("150")


def test_new_note_of_a_customer_from_the_shops_screen(ctx: Context, qtbot: QtBot) -> None:
    view = TimelineView(ctx)
    qtbot.addWidget(view)
    view.show()
    view.new_note()
    dialog = next(iter(view.findChildren(NoteDialog)))
    line = dialog.findChild(CustomerLine)
    assert line is not None
    QTest.keyClicks(line, "8421")
    line.editingFinished.emit()
    assert line.customer() == 1
    line.clear()
    line.setFocus()
    QTest.keyClicks(line, "emma")
    completer = line.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert line.customer() == 2
    line.set_customer(1)
    dialog.fields["text"].set_value("来电问发货")
    dialog.fields["minutes"].set_value(4)
    dialog.save()
    assert ctx.book.row("SELECT text, minutes, customer_id FROM interaction") == ("来电问发货", 4, 1)
    qtbot.waitUntil(lambda: ctx.tasks.idle)
