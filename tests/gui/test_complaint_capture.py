"""The phone rings: a complaint is on the board after a handful of keys, and none is recorded twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.days import iso
from desktop.models.orders import Order
from desktop.operations.complaints import open_complaint
from desktop.operations.customers import delete_customers
from desktop.operations.merging import merge_customers
from desktop.queries.complaint_detail import complaint_detail
from desktop.queries.complaints import complaint_rows
from desktop.views.complaints.capture import Capture, open_capture
from desktop.views.kit.context import Context
from tests.gui.counter_home import EMMA, WANG, ZHAO, fill
from tests.gui.told import Told

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Hands:
    """Two hands on the keyboard, and how many keys they pressed beside the sentence."""

    def __init__(self, window: Capture) -> None:
        self.window, self.keys = window, 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        self.keys += 1
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        for char in text:
            self.press(Qt.Key(ord(char.upper())))
        QTest.qWait(40)

    def say(self, sentence: str) -> None:
        line = QApplication.focusWidget()
        assert line is self.window.words
        self.window.words.insert(sentence)


@pytest.fixture
def home(ctx: Context, qtbot: QtBot) -> QWidget:
    """A window to stand over, and a book with three customers."""
    fill(ctx.book)
    main = QWidget()
    qtbot.addWidget(main)
    main.show()
    return main


def begin(ctx: Context, home: QWidget, qtbot: QtBot, customer: int | None = None) -> tuple[Capture, Hands]:
    window = open_capture(ctx, home, customer)
    window.activateWindow()
    qtbot.waitUntil((window.field.line if customer is None else window.words).hasFocus)
    return window, Hands(window)


def only(ctx: Context) -> tuple[object, ...]:
    row: tuple[object, ...] = ctx.book.row(
        "SELECT customer_id, title, severity, channel, subject, order_id FROM complaint"
    )
    return row


def test_a_call_is_recorded_with_eight_keys(ctx: Context, home: QWidget, told: Told, qtbot: QtBot) -> None:
    with ctx.book.step("an order of last week") as step:
        placed = iso(datetime.now() - timedelta(days=7))
        order = step.insert(Order, customer_id=ZHAO, placed_at=placed, total=6800)
    window, hands = begin(ctx, home, qtbot)
    hands.type("8421")
    assert window.choosing()
    assert set(window.matches.shown()) == {WANG, ZHAO}
    if window.matches.shown()[0] != ZHAO:
        hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.say("快递把茶叶罐压坏了")
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_2)
    hands.press(Qt.Key.Key_Return)
    assert hands.keys <= 9 < 30
    # The last order, being of last week, goes along; the words said what it is about.
    assert only(ctx) == (ZHAO, "快递把茶叶罐压坏了", "high", "phone", "delivery", order)
    assert told.notices == ["New complaint “快递把茶叶罐压坏了” [Undo]"]
    assert told.places == []


def test_one_match_needs_no_choosing_and_control_enter_opens_it(
    ctx: Context, home: QWidget, told: Told, qtbot: QtBot
) -> None:
    window, hands = begin(ctx, home, qtbot)
    hands.type("emma")
    assert window.customer == EMMA
    hands.press(Qt.Key.Key_Return)
    hands.say("Clerk was rude")
    before = window.form.allowed.text()
    assert before.startswith("First reply due ")
    hands.press(Qt.Key.Key_1, CONTROL)
    assert window.form.allowed.text() != before
    with qtbot.waitSignal(window.opened) as seen:
        hands.press(Qt.Key.Key_Return, CONTROL)
    assert only(ctx) == (EMMA, "Clerk was rude", "urgent", "phone", "attitude", None)
    assert told.places == [("complaints", {"complaint": seen.args[0]})]


def test_several_who_match_are_never_guessed_at(ctx: Context, home: QWidget, qtbot: QtBot) -> None:
    window, hands = begin(ctx, home, qtbot)
    window.words.setText("Lid leaks")
    hands.type("8421")
    window.record_button.click()
    assert window._wrong.text() == "Several customers match: choose one, or type on."
    assert ctx.book.value("SELECT count(*) FROM complaint") == 0


def test_somebody_new_is_kept_with_a_number_alone(
    ctx: Context, home: QWidget, told: Told, qtbot: QtBot
) -> None:
    window, hands = begin(ctx, home, qtbot)
    hands.type("1380000")
    assert "no whole phone number" in window.form.strip.words()
    hands.press(Qt.Key.Key_Return)
    hands.say("Lid leaks")
    hands.press(Qt.Key.Key_Return)
    # It is said, and nothing is lost: the number is put right where the keyboard already stands.
    assert window._wrong.isVisible()
    assert window.field.line.hasFocus()
    hands.type("1111")
    assert "a new customer" in window.form.strip.words()
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)
    who = only(ctx)[0]
    assert ctx.book.value("SELECT norm FROM contact_point WHERE customer_id = ?", (who,)) == "13800001111"
    ctx.undo()
    assert ctx.book.value("SELECT count(*) FROM complaint") == 0
    assert ctx.book.value("SELECT count(*) FROM customer") == 3


def test_nobody_in_particular_may_complain(ctx: Context, home: QWidget, qtbot: QtBot) -> None:
    window, hands = begin(ctx, home, qtbot)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)
    assert window._wrong.text() == "Write in a few words what it is about."
    hands.say("Website fails")
    assert not window._wrong.isVisible()
    window.form.subject.box.setCurrentIndex(5)
    window.form.subject.box.activated.emit(5)
    window.words.insert(" for the parcel")
    hands.press(Qt.Key.Key_Return)
    assert only(ctx)[:2] == (None, "Website fails for the parcel")
    assert only(ctx)[4] == "service"


def test_what_is_open_already_is_shown_and_added_to(
    ctx: Context, home: QWidget, told: Told, qtbot: QtBot
) -> None:
    made = open_complaint(ctx.book, title="Lid leaks", received_at=datetime.now(), customer_id=WANG)
    first = made.created["complaint"]
    window, hands = begin(ctx, home, qtbot, WANG)
    assert list(window.form.target.buttons) == [first, 0]
    number = complaint_rows(ctx.book, [first])[0].number
    assert window.form.target.buttons[first].text().startswith(f"Add to {number}: Lid leaks")
    assert window.form.target.value() == 0
    hands.say("Calls again, wants to hear something today")
    hands.press(Qt.Key.Key_Up)
    assert window.record_button.text() == "Add to it"
    assert not window.form.severity.isVisible()
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert ctx.book.value("SELECT count(*) FROM complaint") == 1
    detail = complaint_detail(ctx.book, first)
    assert detail is not None
    assert detail.steps[-1].text == "Calls again, wants to hear something today"
    assert told.places == [("complaints", {"complaint": first})]


def test_whoever_was_merged_meanwhile_is_the_one_they_became(
    ctx: Context, home: QWidget, qtbot: QtBot
) -> None:
    _, hands = begin(ctx, home, qtbot, ZHAO)
    merge_customers(ctx.book, kept=WANG, gone=[ZHAO])
    hands.say("Lid leaks")
    hands.press(Qt.Key.Key_Return)
    assert only(ctx)[:2] == (WANG, "Lid leaks")


def test_whoever_was_deleted_meanwhile_is_said_and_nothing_is_lost(
    ctx: Context, home: QWidget, qtbot: QtBot
) -> None:
    window, hands = begin(ctx, home, qtbot, EMMA)
    delete_customers(ctx.book, customer_ids=[EMMA])
    hands.say("Lid leaks")
    hands.press(Qt.Key.Key_Return)
    assert window.isVisible()
    assert "no longer in the book" in window._wrong.text()
    assert ctx.book.value("SELECT count(*) FROM complaint") == 0


def test_escape_leaves_the_list_then_the_window_and_the_words_come_back(
    ctx: Context, home: QWidget, told: Told, qtbot: QtBot
) -> None:
    offered: list[Callable[[], object]] = []

    def notify(
        text: str, action_text: str = "", action: Callable[[], object] | None = None, tone: str = "done"
    ) -> None:
        told.notify(text, action_text, action, tone)
        offered.extend([action] if action else [])

    ctx.notify = notify
    window, hands = begin(ctx, home, qtbot)
    hands.type("8421")
    hands.press(Qt.Key.Key_Escape)
    assert window.isVisible()
    assert not window.choosing()
    hands.type("13800001111")
    hands.press(Qt.Key.Key_Return)
    hands.say("Lid leaks")
    hands.press(Qt.Key.Key_Escape)
    assert told.notices == ["The complaint was not recorded. [Back]"]
    assert ctx.book.value("SELECT count(*) FROM complaint") == 0
    offered[0]()
    again = next(one for one in home.findChildren(Capture) if one.isVisible())
    assert (again.words.text(), again.field.text()) == ("Lid leaks", "13800001111")
    again.record()
    assert ctx.book.value("SELECT count(*) FROM contact_point WHERE norm = '13800001111'") == 1
