"""A day at the shop: the counter, a return, a bulk edit taken back, and what rings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.operations.demo import make_demo
from desktop.queries.tasks import open_tasks
from desktop.views.cases.case_form import CaseForm
from desktop.views.cases.close_form import CloseForm
from desktop.views.counter.contact import ContactPanel
from desktop.views.counter.purchase import PurchasePanel
from desktop.views.counter.window import CounterWindow
from desktop.views.customers.view import CustomersView
from desktop.views.profile.view import ProfileView
from desktop.views.tasks.reminders import Reminders
from desktop.views.tasks.view import TasksView
from desktop.views.today.view import TodayView
from tests.journeys.owner import Owner
from tests.screens import Stage

TODAY = date.today()


@pytest.fixture
def shop(qtbot: QtBot, book: Book, tmp_path: Path) -> Iterator[Stage]:
    """The sample shop, open."""
    make_demo(book, customers=120, today=TODAY, language="en")
    opened = Stage(book, tmp_path, language="en", look="light", size=(1280, 720))
    yield opened
    opened.close()


def said(widget: QWidget) -> str:
    """All that a part of the window says."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def best(book: Book) -> int:
    """A regular with a card, allergies and purchases."""
    return int(
        book.value(
            "SELECT s.customer_id FROM customer_summary AS s JOIN contact_point AS p USING (customer_id) "
            "WHERE p.channel = 'member' AND s.occasions > 3 ORDER BY s.spend DESC"
        )
    )


def test_at_the_counter(shop: Stage) -> None:
    """Four digits, the card, a purchase and a contact with one key each, a card that is scanned, and Undo."""
    owner, book = Owner(shop), shop.book
    customer = best(book)
    with book.step("Allergy") as step:
        step.execute("UPDATE customer SET dislikes = 'peanut allergy' WHERE id = ?", (customer,))
    phone = book.value("SELECT norm FROM contact_point WHERE kind = 'phone' AND customer_id = ?", (customer,))
    orders, spend = book.row("SELECT orders, spend FROM customer_summary WHERE customer_id = ?", (customer,))
    owner.key(Qt.Key.Key_F8)
    (counter,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, CounterWindow)]
    try:
        QTest.keyClicks(counter.desk.field.line, phone[-4:], delay=40)
        shop.settle()
        if counter.desk.card is None:
            row = counter.desk.matches.shown().index(customer)
            QTest.keyClick(counter.desk.field.line, Qt.Key.Key_1 + row, Qt.KeyboardModifier.ControlModifier)
            shop.settle()
        assert counter.desk.card is not None
        assert counter.desk.card.id == customer
        assert "peanut allergy" in said(counter.desk.card_view)
        assert "Usually every" in said(counter.desk.habits)

        QTest.keyClick(counter, Qt.Key.Key_F2)
        assert isinstance(counter.desk.panel, PurchasePanel)
        QTest.keyClicks(QApplication.focusWidget() or counter, "88")
        QTest.keyClick(QApplication.focusWidget() or counter, Qt.Key.Key_Return)
        shop.settle()
        bought = book.row("SELECT orders, spend FROM customer_summary WHERE customer_id = ?", (customer,))
        assert bought == (orders + 1, spend + 8800)
        assert counter.desk.panel is None

        QTest.keyClick(counter, Qt.Key.Key_F3)
        assert isinstance(counter.desk.panel, ContactPanel)
        QTest.keyClicks(QApplication.focusWidget() or counter, "Asked for oolong")
        QTest.keyClick(QApplication.focusWidget() or counter, Qt.Key.Key_Return)
        shop.settle()
        assert book.value("SELECT count(*) FROM interaction WHERE text = 'Asked for oolong'") == 1

        QTest.keyClick(counter, Qt.Key.Key_Escape)
        shop.settle()
        assert counter.desk.card is None
        code = book.value(
            "SELECT norm FROM contact_point WHERE channel = 'member' AND customer_id = ?", (customer,)
        )
        # A scanner is a keyboard without fingers: no pause between its keys, Enter at the end.
        QTest.keyClicks(counter, code)
        QTest.keyClick(counter, Qt.Key.Key_Return)
        shop.settle()
        assert counter.desk.card is not None
        assert counter.desk.card.id == customer
        QTest.keyClick(counter, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(counter, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        shop.settle()
        back = book.row("SELECT orders, spend FROM customer_summary WHERE customer_id = ?", (customer,))
        assert back == (orders, spend)
    finally:
        counter.close()
        shop.settle()


def test_a_return(shop: Stage) -> None:
    """From the order: one comes back and the money with it; then less can come back; then Undo."""
    owner, book = Owner(shop), shop.book
    order, customer, line, bought = book.row(
        "SELECT o.id, o.customer_id, l.id, l.quantity FROM orders AS o "
        "JOIN order_line AS l ON l.order_id = o.id "
        "WHERE o.purchase = 1 AND o.refunded = 0 AND l.quantity >= 2 AND o.customer_id IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM service_case WHERE order_id = o.id) ORDER BY o.id DESC"
    )
    shop.go("profile", customer=customer, tab="orders", order=order)
    owner.click("Return…")
    form = shop.front()
    assert isinstance(form, CaseForm)
    form.items.set_value({line: 1})
    owner.click("Open the case", form)
    case = int(book.value("SELECT id FROM service_case WHERE order_id = ?", (order,)))
    assert book.row("SELECT kind, status FROM service_case WHERE id = ?", (case,)) == ("return", "open")
    assert book.rows("SELECT order_line_id, quantity FROM case_item WHERE case_id = ?", (case,)) == [
        (line, 1)
    ]

    shop.go("cases", case=case)
    owner.click("Close…")
    close = shop.front()
    assert isinstance(close, CloseForm)
    owner.click("Close the case", close)
    status, given = book.row("SELECT status, refunded FROM service_case WHERE id = ?", (case,))
    assert status == "done"
    assert given > 0
    assert book.value("SELECT refunded FROM orders WHERE id = ?", (order,)) == given

    shop.go("profile", customer=customer, tab="orders", order=order)
    owner.click("Return…")
    again = shop.front()
    assert isinstance(again, CaseForm)
    assert again.items.boxes[line].maximum() == bought - 1
    again.reject()
    shop.settle()
    for _ in range(2):
        owner.key(Qt.Key.Key_Z, control=True)
        shop.settle()
    assert book.value("SELECT count(*) FROM service_case WHERE order_id = ?", (order,)) == 0
    assert book.value("SELECT refunded FROM orders WHERE id = ?", (order,)) == 0


def test_a_reminder(shop: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written as it is said, it rings, is put off, shows in Today, is done, and undone."""
    owner, book = Owner(shop), shop.book
    owner.key(Qt.Key.Key_T, control=True)
    shop.go("tasks", new=True)
    tasks = owner.page(TasksView)
    before = len(open_tasks(book, today=TODAY))
    owner.write(tasks.quick.line, "Call about the gift boxes in 1 minute")
    QTest.keyClick(tasks.quick.line, Qt.Key.Key_Return)
    shop.settle()
    assert len(open_tasks(book, today=TODAY)) == before + 1
    task = int(book.value("SELECT max(id) FROM task"))

    shop.go("customers")
    later = datetime.now() + timedelta(minutes=2)
    Reminders(shop.window.ctx, shop.window, lambda: later).look()
    shop.settle()
    assert "reminder" in shop.window.notices.text().lower()
    owner.click("Show", shop.window.notices)
    shop.settle()
    tasks = owner.page(TasksView)
    assert tasks.table.select_id(task)
    tasks.table.setFocus()
    owner.key(Qt.Key.Key_S)
    (menu,) = [one for one in tasks.findChildren(QMenu) if one.isVisible()]
    next(action for action in menu.actions() if action.text().startswith("Tomorrow")).trigger()
    menu.close()
    shop.settle()
    due = book.value("SELECT due_day FROM task WHERE id = ?", (task,))
    assert due == TODAY.toordinal() + 1
    owner.key(Qt.Key.Key_Z, control=True)
    shop.settle()
    assert book.value("SELECT due_day FROM task WHERE id = ?", (task,)) == TODAY.toordinal()

    shop.go("today")
    today = owner.page(TodayView)
    assert "Call about the gift boxes" in said(today)
    shop.go("tasks", task=task)
    tasks = owner.page(TasksView)
    tasks.table.select_id(task)
    tasks.table.setFocus()
    owner.key(Qt.Key.Key_Space)
    assert book.value("SELECT done_at FROM task WHERE id = ?", (task,)) is not None
    owner.key(Qt.Key.Key_Z, control=True)
    shop.settle()
    assert book.value("SELECT done_at FROM task WHERE id = ?", (task,)) is None
    assert isinstance(shop.go("profile", customer=best(book)), ProfileView)


def test_a_bulk_edit(shop: Stage) -> None:
    """A chip, everybody on it, one field of all of them, said beforehand; one Undo; and a phone copied."""
    owner, book = Owner(shop), shop.book
    shop.go("customers", chip="lost")
    view = owner.page(CustomersView)
    before = book.rows("SELECT id, region FROM customer ORDER BY id")
    view.table.setFocus()
    owner.key(Qt.Key.Key_A, control=True)
    ids = list(view.table.selected_ids())
    assert len(ids) == view.model.rowCount() > 5
    form = view.actions_.change("region", "set")
    shop.settle()
    owner.write(form.fields["value"], "Ningbo")
    shop.settle(0.4)
    assert "customers change" in form.told.text()
    owner.click("Change", form)
    shop.settle()
    changed = book.rows("SELECT id, region FROM customer ORDER BY id")
    assert {row for row, region in changed if region == "Ningbo"} >= set(ids)
    assert [one for one in changed if one[0] not in ids] == [one for one in before if one[0] not in ids]
    owner.click("Undo", shop.window.notices)
    shop.settle()
    assert book.rows("SELECT id, region FROM customer ORDER BY id") == before
    assert len(view.table.selected_ids()) == len(ids)

    view.table.select_id(ids[0])
    view.actions_.copy_phones()
    phone = book.value(
        "SELECT norm FROM contact_point WHERE kind = 'phone' AND customer_id = ? ORDER BY main DESC",
        (ids[0],),
    )
    assert phone.lstrip("+") in "".join(c for c in QApplication.clipboard().text() if c.isdigit())
