"""A counter over three customers, and hands and scanners to use it with."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.core.days import iso
from desktop.core.member_codes import member_code
from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.models.orders import Order, OrderLine, Product
from desktop.views.counter.window import CounterWindow
from desktop.views.kit.context import Context

WANG, ZHAO, EMMA = 1, 2, 3
CODE = member_code(1)
HAND_MS = 70
"""From key to key, as a quick hand has it."""


def fill(book: Book) -> None:
    """Two who share the end of a phone number, one of them with a card, an allergy and five purchases."""
    now = datetime.now()
    with book.step("fill") as step:
        for row, name, phone in (
            (WANG, "王丽华", "13800138421"),
            (ZHAO, "赵国栋", "13900008421"),
            (EMMA, "Emma Carter", ""),
        ):
            step.insert(Customer, id=row, name=name, created_at="2024-01-01 09:00:00")
            if phone:
                step.insert(ContactPoint, customer_id=row, kind="phone", value=phone, norm=phone, main=True)
        step.update(Customer, WANG, likes="龙井", dislikes="花生过敏")
        step.insert(
            ContactPoint, customer_id=WANG, kind="account", channel="member", value=CODE, norm=CODE, main=True
        )
        step.insert(Product, id=1, name="明前龙井 250g", price=1_280_000)
        step.insert(Product, id=2, name="桂花乌龙 100g", price=680_000)
        for at in range(5):
            placed = iso(now - timedelta(days=41 + 23 * at))
            order = step.insert(Order, customer_id=WANG, placed_at=placed, total=12800, paid=12800)
            step.insert(OrderLine, order_id=order, title=f"茶 {at}", amount=12800)


def counter(ctx: Context, qtbot: QtBot, *, closes: bool = False) -> CounterWindow:
    """The counter on the screen, with the keyboard; `closes`: the test itself will close it."""
    window = CounterWindow(ctx)
    if not closes:
        qtbot.addWidget(window)
    window.resize(1024, 600)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.desk.field.line.hasFocus)
    return window


def native(window: CounterWindow) -> QWindow:
    """Where the keys come in, before any widget sees them."""
    handle = window.windowHandle()
    assert handle is not None
    return handle


def key_of(char: str) -> Qt.Key:
    """The key of a character; Qt's test keys write small letters."""
    return Qt.Key(ord(char.upper()))


def type_by_hand(window: CounterWindow, text: str) -> None:
    """Keys as slow as fingers are."""
    for char in text:
        press(window, key_of(char))
    QTest.qWait(HAND_MS)


def press(
    window: CounterWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """One key, a moment after the last."""
    QTest.qWait(HAND_MS)
    QTest.keyClick(native(window), key, modifier)


def scan(window: CounterWindow, code: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Keys as fast as a scanner sends them."""
    QTest.qWait(HAND_MS)
    for char in code:
        QTest.keyClick(native(window), key_of(char))
    if end is not None:
        QTest.keyClick(native(window), end)


def shown(window: CounterWindow) -> int | None:
    """Whose card is shown."""
    return window.desk.card.id if window.desk.card else None
