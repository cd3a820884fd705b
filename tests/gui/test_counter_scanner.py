"""A scanner is told from a hand wherever the keyboard is, and what it says lands nowhere by accident."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.core.member_codes import member_code
from desktop.views.counter.contact import ContactPanel
from desktop.views.counter.member_card import MemberCardPanel
from desktop.views.counter.new_customer import NewCustomerPanel
from desktop.views.counter.purchase import PurchasePanel
from desktop.views.counter.rating import RatingPanel
from desktop.views.counter.scanner import FASTEST_HAND, SHORTEST, ScanWatch
from desktop.views.kit.context import Context
from tests.gui.counter_home import (
    CODE,
    EMMA,
    WANG,
    ZHAO,
    counter,
    fill,
    key_of,
    press,
    scan,
    shown,
    type_by_hand,
)


@pytest.fixture
def ctx(ctx: Context) -> Context:
    """A book with three customers."""
    fill(ctx.book)
    return ctx


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
    assert not window._drafts.act_of(EMMA)
    assert ctx.book.value("SELECT count(*) FROM orders WHERE customer_id = ?", (EMMA,)) == 0
    assert ctx.book.value("SELECT count(*) FROM rating") == 0


def test_an_unknown_code_is_given_to_the_customer_shown(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    window.desk.show_customer(EMMA)
    scan(window, member_code(77))
    qtbot.waitUntil(lambda: window.desk.quiet is not None)
    assert window.desk.quiet is not None
    give = window.desk.quiet.give
    assert give is not None
    assert give.text() == "Give it to Emma Carter"
    # Left alone, it is given to nobody.
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_F9)
    assert shown(window) is None
    window.desk.show_customer(EMMA)
    scan(window, member_code(77))
    qtbot.waitUntil(lambda: shown(window) is None)
    press(window, Qt.Key.Key_F9)
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


class Keys:
    """Keys with moments of their own, handed to a line as a busy program gets them: late, one by one."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.line = QLineEdit(self.window)
        self.line.setFocus()
        self._watch = ScanWatch(self.window, lambda: False)
        self.scans: list[str] = []
        self._watch.scanned.connect(self.scans.append)
        self._moment = 1_000

    def press(self, code: Qt.Key, text: str, gap: int) -> None:
        """One key, so many milliseconds after the last."""
        if gap > FASTEST_HAND:
            self.rest()
        self._moment += gap
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(self._moment)
        if not self._watch.eventFilter(self.window, event) and text.isprintable():
            self.line.keyPressEvent(event)

    def rest(self) -> None:
        """Nothing comes for a while."""
        self._watch._rest()


TURN = st.tuples(
    st.booleans(),
    st.text("0123456789abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=13),
    st.lists(st.integers(0, 20), min_size=14, max_size=14),
)


@given(st.lists(TURN, max_size=8), st.sampled_from([Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab]))
def test_whatever_hands_and_scanners_do_in_turn_each_gets_its_own(
    qapp: object, turns: list[tuple[bool, str, list[int]]], end: Qt.Key
) -> None:
    keys = Keys()
    written, codes = "", []
    for scanned, text, gaps in turns:
        if scanned and len(text) >= SHORTEST:
            for at, char in enumerate(text):
                keys.press(key_of(char), char, gaps[at] if at else 500)
            keys.press(end, "\r", gaps[-1])
            codes.append(text)
        else:
            for char, gap in zip(text, gaps, strict=False):
                keys.press(key_of(char), char, FASTEST_HAND + 1 + gap)
            written += text
    keys.rest()
    got, line = keys.scans, keys.line.text()
    delete(keys.window)
    assert got == codes
    assert line == written


def test_what_was_scanned_is_a_code_whatever_it_looks_like(ctx: Context, qtbot: QtBot) -> None:
    window = counter(ctx, qtbot)
    scan(window, "vip-0042")
    qtbot.waitUntil(lambda: window.desk.quiet is not None)
    press(window, Qt.Key.Key_Return)
    panel = window.desk.panel
    assert isinstance(panel, NewCustomerPanel)
    assert (panel.lines["code"].text(), panel.lines["wechat"].text()) == ("vip-0042", "")


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
