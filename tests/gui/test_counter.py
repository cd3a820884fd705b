"""The counter finds whom one types or scans, wherever the keyboard is, and says what matters of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.member_codes import member_code
from desktop.operations.customers import delete_customers, edit_customer
from desktop.views.counter.contact import ContactPanel
from desktop.views.counter.member_card import MemberCardPanel
from desktop.views.counter.new_customer import NewCustomerPanel
from desktop.views.counter.opening import open_counter
from desktop.views.counter.purchase import PurchasePanel
from desktop.views.counter.rating import RatingPanel
from desktop.views.counter.window import CounterWindow
from desktop.views.kit.context import Context
from tests.gui.counter_home import CODE, EMMA, WANG, ZHAO, counter, fill, press, scan, type_by_hand
from tests.gui.told import Told


@pytest.fixture
def ctx(ctx: Context) -> Context:
    """A book with three customers."""
    fill(ctx.book)
    return ctx


def words(widget: QWidget) -> str:
    """Everything that a part of the window says."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def shown(window: CounterWindow) -> int | None:
    """Whose card is shown."""
    return window.desk.card.id if window.desk.card else None


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


# -- scanning


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab, None])
def test_a_scan_finds_its_member_whatever_ends_it(ctx: Context, qtbot: QtBot, end: Qt.Key | None) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(EMMA)
    scan(window, CODE, end)
    qtbot.waitUntil(lambda: shown(window) == WANG and not window.desk.field.text())
    assert window.desk.field.line.hasFocus()


def test_a_scan_never_lands_in_what_is_being_written(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(EMMA)
    press(window, Qt.Key.Key_F3)
    type_by_hand(window, "asked")
    panel = window.desk.panel
    assert isinstance(panel, ContactPanel)
    qtbot.waitUntil(lambda: panel.text.text() == "asked")
    scan(window, CODE)
    qtbot.waitUntil(lambda: shown(window) == WANG)
    assert ctx.book.value("SELECT count(*) FROM interaction") == 0
    # What was being written waits for its customer.
    assert window.desk.panel is None
    window.desk.show_customer(EMMA)
    again = window.desk.panel
    assert isinstance(again, ContactPanel)
    assert again.text.text() == "asked"


def test_what_was_written_does_not_take_the_keyboard_from_a_search(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(EMMA)
    press(window, Qt.Key.Key_F3)
    type_by_hand(window, "half")
    scan(window, CODE)
    qtbot.waitUntil(lambda: shown(window) == WANG)
    type_by_hand(window, "emma")
    qtbot.waitUntil(lambda: shown(window) == EMMA)
    assert window.desk.panel is None
    assert window.desk.field.text() == "emma"
    press(window, Qt.Key.Key_Return)
    panel = window.desk.panel
    assert isinstance(panel, ContactPanel)
    assert panel.text.text() == "half"


def test_enter_on_a_button_presses_that_button(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(EMMA)
    press(window, Qt.Key.Key_F2)
    type_by_hand(window, "12")
    panel = window.desk.panel
    assert panel is not None
    panel.leave_button.setFocus()
    press(window, Qt.Key.Key_Return)
    assert window.desk.panel is None
    assert ctx.book.value("SELECT count(*) FROM orders WHERE customer_id = ?", (EMMA,)) == 0


@pytest.mark.parametrize(
    ("key", "look"),
    [
        (Qt.Key.Key_F2, lambda panel: isinstance(panel, PurchasePanel) and not panel.draft()),
        (Qt.Key.Key_F4, lambda panel: isinstance(panel, RatingPanel) and not panel.draft()),
    ],
)
def test_an_unknown_code_is_no_amount_and_no_rating(
    ctx: Context, qtbot: QtBot, key: Qt.Key, look: Callable[[object], bool]
) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(EMMA)
    press(window, key)
    panel = window.desk.panel
    assert look(panel)
    scan(window, member_code(77))
    qtbot.waitUntil(lambda: window.desk.quiet is not None)
    assert not window.desk._drafts.act_of(EMMA)
    assert ctx.book.value("SELECT count(*) FROM orders WHERE customer_id = ?", (EMMA,)) == 0
    assert ctx.book.value("SELECT count(*) FROM rating") == 0


def test_an_unknown_code_is_given_to_the_customer_shown(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(EMMA)
    scan(window, member_code(77))
    qtbot.waitUntil(lambda: window.desk.quiet is not None)
    assert window.desk.quiet is not None
    give, _ = window.desk.quiet.buttons
    assert give.text() == "Give it to Emma Carter"
    QTest.mouseClick(give, Qt.MouseButton.LeftButton)
    assert shown(window) == EMMA
    assert window.desk.card is not None
    assert window.desk.card.codes == (member_code(77),)
    scan(window, CODE)
    qtbot.waitUntil(lambda: shown(window) == WANG)
    scan(window, member_code(77))
    qtbot.waitUntil(lambda: shown(window) == EMMA)


def test_an_unknown_code_is_given_to_somebody_new(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    scan(window, member_code(78))
    qtbot.waitUntil(lambda: window.desk.quiet is not None)
    press(window, Qt.Key.Key_Return)
    panel = window.desk.panel
    assert isinstance(panel, NewCustomerPanel)
    assert panel.lines["code"].text() == member_code(78)
    # Another card is scanned into the same form, instead of the first.
    scan(window, member_code(79))
    qtbot.waitUntil(lambda: panel.lines["code"].text() == member_code(79))
    type_by_hand(window, "bo")
    qtbot.waitUntil(lambda: panel.lines["name"].text() == "bo")
    press(window, Qt.Key.Key_Return)
    assert ctx.book.value(
        "SELECT norm FROM contact_point WHERE value = ?", (member_code(79),)
    ) == member_code(79)


def test_hands_are_not_taken_for_scanners(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(WANG)
    press(window, Qt.Key.Key_F2)
    panel = window.desk.panel
    assert isinstance(panel, PurchasePanel)
    type_by_hand(window, "1234567")
    qtbot.waitUntil(lambda: panel.amount.text() == "1234567")
    # Four digits quickly are a hand, too.
    panel.amount.clear()
    scan(window, "8421", None)
    qtbot.waitUntil(lambda: panel.amount.text() == "8421")


def test_codes_are_given_on_a_card_of_their_own(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(ZHAO)
    press(window, Qt.Key.Key_F9)
    assert isinstance(window.desk.panel, MemberCardPanel)
    press(window, Qt.Key.Key_Return)
    assert window.desk.card is not None
    assert window.desk.card.codes == (member_code(2),)
    press(window, Qt.Key.Key_F9)
    panel = window.desk.panel
    assert isinstance(panel, MemberCardPanel)
    scan(window, "vip-0042", Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: panel.line.text() == "vip-0042")
    press(window, Qt.Key.Key_Return)
    assert window.desk.card.codes == ("vip-0042",)


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


def test_the_card_follows_the_book(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(EMMA)
    ctx.changed(edit_customer(ctx.book, customer_id=EMMA, values={"dislikes": "milk"}))
    qtbot.waitUntil(lambda: "milk" in words(window.desk.card_view))
    ctx.changed(delete_customers(ctx.book, customer_ids=[EMMA]))
    qtbot.waitUntil(lambda: shown(window) is None)
    assert not any(button.isEnabled() for button in window.desk.acts.buttons.values())


def test_complaint_and_profile_open_in_the_main_window(ctx: Context, told: Told, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(WANG)
    with qtbot.waitSignal(window.main_wanted):
        press(window, Qt.Key.Key_F6)
    press(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert told.places == [("complaints", {"new": True, "customer": WANG}), ("profile", {"customer": WANG})]


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
