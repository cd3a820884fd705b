"""The counter finds whom one types or scans, wherever the keyboard is, and says what matters of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.operations.customers import delete_customers, edit_customer
from desktop.views.complaints.capture import Capture
from desktop.views.counter.acts import COMPLAINT
from desktop.views.counter.contact import ContactPanel
from desktop.views.counter.new_customer import NewCustomerPanel
from desktop.views.counter.opening import open_counter
from desktop.views.kit.context import Context
from tests.gui.counter_home import EMMA, WANG, counter, fill, press, shown, type_by_hand
from tests.gui.told import Told


@pytest.fixture
def ctx(ctx: Context) -> Context:
    """A book with three customers."""
    fill(ctx.book)
    return ctx


def words(widget: QWidget) -> str:
    """Everything that a part of the window says."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


# -- typing


def test_four_digits_then_a_digit_or_the_arrows_choose(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    type_by_hand(window, "8421")
    qtbot.waitUntil(lambda: len(window.desk.matches.shown()) == 2)
    assert window.desk.body.currentWidget() is window.desk.matches
    first, second = window.desk.matches.shown()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert shown(window) == second
    assert window.desk.field.line.hasFocus()
    # What is typed next replaces what was typed before.
    type_by_hand(window, "8421")
    qtbot.waitUntil(lambda: window.desk.body.currentWidget() is window.desk.matches)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_1)
    assert shown(window) == first
    type_by_hand(window, "8421")
    qtbot.waitUntil(lambda: window.desk.body.currentWidget() is window.desk.matches)
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shown(window) == second


def test_a_single_match_shows_its_card_at_once_with_what_matters(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    type_by_hand(window, "wlh")
    qtbot.waitUntil(lambda: shown(window) == WANG)
    said = words(window.desk.card_view)
    assert "王丽华" in said
    assert "花生过敏" in said
    assert "龙井" in said
    habits = words(window.desk.habits)
    assert "Usually every" in habits
    assert "today is day 41" in habits
    assert all(f"茶 {at}" in habits for at in range(3))
    assert "茶 3" not in habits
    assert habits.count("¥128.00") == 3
    # The typing goes on where it was.
    assert window.desk.field.text() == "wlh"
    assert not window.desk.field.line.hasSelectedText()


def test_nobody_found_becomes_a_new_customer_in_one_key(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    type_by_hand(window, "anna 13912345678")
    qtbot.waitUntil(lambda: "for “anna 13912345678”" in words(window))
    press(window, Qt.Key.Key_Return)
    panel = window.desk.panel
    assert isinstance(panel, NewCustomerPanel)
    assert (panel.lines["name"].text(), panel.lines["phone"].text()) == ("anna", "13912345678")
    press(window, Qt.Key.Key_Return)
    row = ctx.book.value("SELECT id FROM customer WHERE name = 'anna'")
    assert shown(window) == row
    assert "139 1234 5678" in words(window.desk.card_view)
    ctx.undo()
    qtbot.waitUntil(lambda: shown(window) is None)


def test_escape_clears_and_then_closes(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot, closes=True)
    window.desk.show_customer(WANG)
    press(window, Qt.Key.Key_F3)
    press(window, Qt.Key.Key_Escape)
    assert window.desk.panel is None
    assert shown(window) == WANG
    press(window, Qt.Key.Key_Escape)
    assert shown(window) is None
    assert window.isVisible()
    with qtbot.waitSignal(window.destroyed):
        press(window, Qt.Key.Key_Escape)
    assert ctx.settings.get("ui.counter.place")


# -- the window


def test_amounts_hide_with_one_key(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(WANG)
    assert "¥" in words(window.desk.habits)
    press(window, Qt.Key.Key_F7)
    assert "¥" not in words(window.desk.habits)
    assert "•••" in words(window.desk.habits)
    assert window.money_button.isChecked()
    press(window, Qt.Key.Key_F7)
    assert "¥" in words(window.desk.habits)


def test_a_click_on_the_card_leaves_the_keyboard_to_the_field(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(WANG)
    for part in (window.desk.card_view, window.desk.habits):
        QTest.mouseClick(part.viewport(), Qt.MouseButton.LeftButton)
        assert window.desk.field.line.hasFocus()
    # Wherever it is, typing goes to the field.
    window.profile_button.setFocus()
    type_by_hand(window, "emma")
    qtbot.waitUntil(lambda: shown(window) == EMMA)


def test_the_card_follows_the_book(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(EMMA)
    ctx.changed(edit_customer(ctx.book, customer_id=EMMA, values={"dislikes": "milk"}))
    qtbot.waitUntil(lambda: "milk" in words(window.desk.card_view))
    ctx.changed(delete_customers(ctx.book, customer_ids=[EMMA]))
    qtbot.waitUntil(lambda: shown(window) is None)
    # Whoever is on the phone has not been found yet.
    assert [name for name, button in window.desk.acts.buttons.items() if button.isEnabled()] == [COMPLAINT]


def test_a_complaint_is_recorded_over_the_counter_and_opens_in_the_main_window(
    ctx: Context, told: Told, qtbot: QtBot
) -> None:
    window = counter(ctx, qtbot)
    for customer in (0, WANG):
        if customer:
            window.desk.show_customer(customer)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        press(window, Qt.Key.Key_F6)
        (capture,) = (one for one in window.findChildren(Capture) if one.isVisible())
        assert (capture.customer or 0) == customer
        capture.words.setText("Lid leaks")
        with qtbot.waitSignal(window.main_wanted):
            QTest.keyClick(capture.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [who for (who,) in ctx.book.rows("SELECT customer_id FROM complaint ORDER BY id")] == [None, WANG]
    assert [place for place, _ in told.places] == ["complaints", "complaints"]


def test_the_profile_opens_in_the_main_window(ctx: Context, told: Told, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(WANG)
    with qtbot.waitSignal(window.main_wanted):
        press(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert told.places == [("profile", {"customer": WANG})]


def test_there_is_one_counter_and_it_goes_with_the_main_window(ctx: Context, qtbot: QtBot) -> None:
    main = QWidget()
    qtbot.addWidget(main)
    main.show()
    window = open_counter(ctx, main)
    assert open_counter(ctx, main) is window
    with qtbot.waitSignal(window.destroyed):
        window.close()
    other = open_counter(ctx, main)
    with qtbot.waitSignal(other.destroyed):
        main.close()


def test_another_look_keeps_whom_it_shows_and_what_is_written(ctx: Context, qtbot: QtBot) -> None:
    from desktop.core.translation import set_language

    window = counter(ctx, qtbot)
    window.desk.show_customer(WANG)
    press(window, Qt.Key.Key_F3)
    type_by_hand(window, "abc")
    written = window.desk.panel
    assert isinstance(written, ContactPanel)
    qtbot.waitUntil(lambda: written.text.text() == "abc")
    before = window.desk
    set_language("zh_CN")
    window._rebuild()
    assert window.desk is not before
    assert shown(window) == WANG
    panel = window.desk.panel
    assert isinstance(panel, ContactPanel)
    assert panel.text.text() == "abc"


def test_the_matches_keep_qts_rules(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    model = window.desk.matches.list.model()
    assert isinstance(model, QAbstractItemModel)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for typed in ("8421", "8", "王", "nobody at all", "8421"):
        window.desk.field.line.setText(typed)
        window.desk.field.tell_now()
    assert model.rowCount() == 2
    del tester
