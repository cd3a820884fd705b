"""Answers at hand: the sheet inserts what fits where the cursor stands; their book is kept in order."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.answer_book import BUILT_IN
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine
from desktop.operations.complaints import open_complaint
from desktop.queries.answers import all_answers, answers
from desktop.views.answers.insert_button import InsertAnswer
from desktop.views.answers.manager import AnswerManager, open_answers
from desktop.views.answers.popover import AnswerSheet
from desktop.views.answers.values import answer_values
from desktop.views.kit.context import Context
from desktop.views.kit.forms import LongTextField
from tests.gui.told import Told

CONTROL = Qt.KeyboardModifier.ControlModifier
KEYS = [one.title for one in BUILT_IN]


class Form(QWidget):
    """A text with the button beside it."""

    def __init__(self, ctx: Context, **fits: str) -> None:
        super().__init__()
        self.field = LongTextField("Words", "Before  after")
        self.insert = InsertAnswer(ctx, self.field, lambda: {"name": "Ms Wang", "shop": "Tea House"}, **fits)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.insert)


@pytest.fixture
def form(ctx: Context, qtbot: QtBot) -> Form:
    made = Form(ctx, place="complaint", subject="delivery")
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    made.activateWindow()
    made.field.text.setFocus()
    qtbot.waitUntil(made.field.text.hasFocus)
    return made


def opened(form: Form, qtbot: QtBot) -> AnswerSheet:
    sheet = form.insert.open()
    qtbot.waitUntil(sheet.line.hasFocus)
    return sheet


def test_what_fits_is_inserted_where_the_cursor_stands(form: Form, ctx: Context, qtbot: QtBot) -> None:
    cursor = form.field.text.textCursor()
    cursor.setPosition(len("Before "))
    form.field.text.setTextCursor(cursor)
    sheet = opened(form, qtbot)
    assert sheet.list.shown_keys()[0] == "Complaint: the parcel is late"
    QTest.keyClicks(sheet.line, "damaged")
    assert sheet.list.shown_keys() == ["Complaint: damaged on the way"]
    QTest.keyClick(sheet.line, Qt.Key.Key_Return)
    text = form.field.value()
    assert text.startswith("Before Ms Wang, I am sorry that order {order} arrived damaged.")
    assert text.endswith(" after")
    # The place that nothing was known for is selected, to be written over, and named beside the button.
    assert form.field.text.textCursor().selectedText() == "{order}"
    assert form.insert.left_open.whole() == "Still to be filled in: {order}"
    form.field.text.insertPlainText("1001")
    assert form.insert.left_open.whole() == ""
    form.field.text.undo()
    form.field.text.undo()
    assert form.field.value() == "Before  after"
    # Used once, it comes first of those that fit as well.
    assert ctx.book.rows("SELECT title, uses FROM answer") == [("Complaint: damaged on the way", 1)]
    assert ctx.book.next_undo() is None


def test_the_arrows_choose_and_a_copy_leaves_the_text_alone(
    form: Form, ctx: Context, told: Told, qtbot: QtBot
) -> None:
    sheet = opened(form, qtbot)
    keys = sheet.list.shown_keys()
    QTest.keyClick(sheet.line, Qt.Key.Key_Down)
    QTest.keyClick(sheet.line, Qt.Key.Key_Down)
    QTest.keyClick(sheet.line, Qt.Key.Key_Up)
    current = sheet.list.current()
    assert current is not None
    assert current.key == keys[1]
    said = sheet.words()
    QTest.keyClick(sheet.line, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == said
    assert "Ms Wang" in said
    assert form.field.value() == "Before  after"
    assert told.notices == ["The answer is on the clipboard. []"]


def test_nothing_found_is_said_and_inserts_nothing(form: Form, qtbot: QtBot) -> None:
    sheet = opened(form, qtbot)
    QTest.keyClicks(sheet.line, "zzz")
    assert sheet.none.isVisible()
    QTest.keyClick(sheet.line, Qt.Key.Key_Return)
    assert sheet.isVisible()
    QTest.keyClick(sheet.line, Qt.Key.Key_Escape)
    assert form.field.value() == "Before  after"


def test_places_are_counted_as_the_text_counts_them(form: Form, qtbot: QtBot) -> None:
    form.field.set_value("")
    form.insert.insert("Greeting", "👍 {due} and {order}")
    assert form.field.text.textCursor().selectedText() == "{due}"


def test_what_a_complaint_knows_fills_the_places(ctx: Context) -> None:
    book = ctx.book
    with book.step("Fill") as step:
        step.insert(Customer, id=1, name="王丽华", created_at="2024-01-01 09:00:00")
        step.insert(Order, id=7, customer_id=1, number="1001", placed_at="2026-11-18 10:00:00")
        step.insert(OrderLine, order_id=7, title="明前龙井 250g", amount=100)
    book.clerk = "小李"
    at = datetime(2026, 11, 20, 10, 0)
    made = open_complaint(book, title="x", received_at=at, customer_id=1, order_id=7, severity="high")
    complaint = made.created["complaint"]
    due = book.value("SELECT due_at FROM complaint")
    assert answer_values(ctx, complaint_id=complaint, now=at) == {
        "name": "王丽华", "order": "1001", "number": "C-2026-0001", "product": "明前龙井 250g",
        "clerk": "小李", "due": f"today at {due[11:16]}",
    }  # fmt: skip
    assert answer_values(ctx, customer_id=1, now=at) == {"name": "王丽华", "clerk": "小李"}


@pytest.fixture
def home(qtbot: QtBot) -> QWidget:
    """A window to stand over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def manager(ctx: Context, home: QWidget) -> AnswerManager:
    return open_answers(ctx, home)


def test_the_book_of_answers_adds_changes_orders_and_takes_away(
    manager: AnswerManager, ctx: Context, qtbot: QtBot
) -> None:
    assert manager.list.shown_keys() == KEYS
    assert not manager.save_button.isEnabled()
    manager.new()
    manager.editor.title.set_value("Hours")
    manager.editor.text.set_value("{name}, from nine to {due}.")
    assert manager.editor.preview.text() == "Ms Wang, from nine to 18:00."
    manager.save_button.click()
    assert manager.list.shown_keys() == [*KEYS, "Hours"]
    current = manager.list.current()
    assert current is not None
    assert current.key == "Hours"
    manager.move_by(-1)
    assert manager.list.shown_keys()[-2:] == ["Hours", KEYS[-1]]
    manager.delete()
    assert manager.list.shown_keys() == KEYS
    manager.undo_button.click()
    assert "Hours" in manager.list.shown_keys()


def test_a_built_in_answer_is_changed_reset_and_taken_away(manager: AnswerManager, ctx: Context) -> None:
    manager.list.setCurrentRow(KEYS.index("Greeting"))
    words = manager.editor.text.value()
    manager.editor.text.set_value("Hi {name}!")
    # Going to another answer keeps what was written.
    manager.list.setCurrentRow(0)
    assert next(row.text for row in all_answers(ctx.book) if row.key == "Greeting") == "Hi {name}!"
    manager.list.setCurrentRow(KEYS.index("Greeting"))
    assert manager.reset_button.isVisible()
    manager.reset_button.click()
    assert manager.editor.text.value() == words
    assert not manager.reset_button.isVisible()
    manager.delete()
    assert "Greeting" not in manager.list.shown_keys()
    assert manager.back.text() == "Bring back 1 built-in answer"
    manager.back.click()
    assert manager.list.shown_keys() == KEYS
    assert not manager.back.isVisible()


def test_what_is_not_whole_is_said_and_nothing_is_lost(manager: AnswerManager, ctx: Context) -> None:
    manager.new()
    manager.editor.title.set_value("Greeting")
    manager.editor.text.set_value("x")
    manager.list.setCurrentRow(2)
    assert manager.editor.text.value() == "x"
    assert manager._wrong.isVisible()
    assert manager.list.currentRow() == -1
    manager.editor.title.set_value("Own")
    manager.close()
    assert not manager.isVisible()
    assert answers(ctx.book, text="own")[0].key == "Own"


def test_a_place_is_written_by_its_button(manager: AnswerManager) -> None:
    manager.list.setCurrentRow(KEYS.index("Order confirmed"))
    manager.editor._write("{due}")
    assert manager.editor.text.value().count("{due}") == 2
    assert manager.save_button.isEnabled()
    manager.editor.show_answer(manager.editor.row)
