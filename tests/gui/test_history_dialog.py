"""The history dialog: fields and values in words, one field alone, what was undone, the way back, copying."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine
from desktop.models.shop import ImportRun
from desktop.operations.contact_points import Point
from desktop.operations.customers import add_customer, edit_customer, mark_checked
from desktop.operations.orders import set_order_status
from desktop.views.kit.context import Context
from desktop.views.profile.history_dialog import HistoryDialog, open_history

KEPT: list[QWidget] = []
"""A dialog dies with its parent, which nobody else holds."""


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    yield
    KEPT.clear()


@pytest.fixture
def customer(book: Book) -> int:
    """王丽华, of whom much has changed."""
    friend = add_customer(book, values={"name": "孙梅"}).created["customer"]
    who = add_customer(
        book, values={"name": "王丽华", "referred_by": friend}, points=[Point("phone", "13800138421")]
    ).created["customer"]
    edit_customer(book, customer_id=who, values={"relation": "lost"}, tags=["VIP"])
    edit_customer(book, customer_id=who, points=[Point("phone", "13900139000")])
    mark_checked(book, customer_ids=[who], today=date(2026, 11, 22))
    with book.step("Own fields") as step:
        step.update(Customer, who, custom=json.dumps({"尺码": "M"}, ensure_ascii=False))
    return who


def shown(ctx: Context, qtbot: QtBot, row: int, table: str = "customer") -> HistoryDialog:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    KEPT.append(parent)
    dialog = open_history(ctx, parent, table, row, "王丽华")
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    return dialog


def cells(dialog: HistoryDialog, *keys: str) -> list[tuple[str, ...]]:
    rows = [dialog.model.row_at(line) for line in range(dialog.model.rowCount())]
    return [tuple(getattr(row, key) for key in keys) for row in rows]


def test_fields_and_values_in_words(ctx: Context, customer: int, qtbot: QtBot) -> None:
    dialog = shown(ctx, qtbot, customer)
    QAbstractItemModelTester(dialog.model)
    assert cells(dialog, "field", "before", "after") == [
        ("尺码", "—", "M"),
        ("Last checked on", "—", "22 Nov 2026"),
        ("Phone number", "—", "139 0013 9000 (main)"),
        ("Phone number", "138 0013 8421 (main)", "—"),
        ("Tag", "—", "VIP"),
        ("Relation", "Active", "Lost customer"),
        ("Phone number", "—", "138 0013 8421 (main)"),
        ("Name", "—", "王丽华"),
        ("Referred by", "—", "孙梅"),
    ]
    dialog.choose_field("contact_point:phone")
    assert len(cells(dialog, "field")) == 3
    dialog.choose_field("")
    assert len(cells(dialog, "field")) == 9
    dialog.close()


def test_an_earlier_value_is_put_back_and_undone(
    ctx: Context, customer: int, book: Book, qtbot: QtBot
) -> None:
    dialog = shown(ctx, qtbot, customer)
    dialog.choose_field("customer.relation")
    assert dialog.back_button.isEnabled()
    dialog.put_back()
    assert book.value("SELECT relation FROM customer WHERE id = ?", (customer,)) == "active"
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
    ctx.undo()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    dialog.undone.setChecked(True)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
    assert "(undone on" in cells(dialog, "what")[0][0]
    dialog.choose_field("customer.name")
    assert not dialog.back_button.isEnabled()
    dialog.close()


def test_a_phone_that_went_comes_back(ctx: Context, customer: int, book: Book, qtbot: QtBot) -> None:
    dialog = shown(ctx, qtbot, customer)
    dialog.choose_field("contact_point:phone")
    dialog.table.select_id(dialog.model.ids()[1])
    dialog.put_back()
    rows = book.rows("SELECT norm FROM contact_point WHERE customer_id = ? ORDER BY id", (customer,))
    assert rows == [("13900139000",), ("13800138421",)]
    dialog.close()


def test_copying_one_and_several(ctx: Context, customer: int, qtbot: QtBot) -> None:
    dialog = shown(ctx, qtbot, customer)
    dialog.choose_field("customer.relation")
    dialog.copy()
    text = QGuiApplication.clipboard().text()
    assert "Field: Relation\nBefore: Active\nAfter: Lost customer\n" in text
    dialog.choose_field("")
    dialog.table.selectAll()
    dialog.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 10
    dialog.close()


def test_an_order_tells_money_moments_and_its_file(ctx: Context, book: Book, qtbot: QtBot) -> None:
    with book.step("Import {file}", file="七月.csv") as step:
        run = step.insert(ImportRun, at="2026-07-31 09:00:00", file_name="七月.csv", target="orders")
        order = step.insert(
            Order, number="A1", placed_at="2026-07-01 10:30:00", total=30000, paid=30000, status="paid",
            channel="wechat", import_run_id=run,
        )  # fmt: skip
        step.insert(OrderLine, order_id=order, title="龙井", quantity=2, unit_price=1_500_000, amount=30000)
    set_order_status(book, order_id=order, status="shipped", at=datetime(2026, 7, 2, 9, 0))
    dialog = shown(ctx, qtbot, order, "orders")
    found = cells(dialog, "field", "before", "after")
    assert ("Status", "Paid", "Shipped") in found
    assert ("Total", "—", "¥300.00") in found
    assert ("Channel", "—", "WeChat") in found
    assert ("Order line", "—", "龙井 ×2 · ¥300.00") in found
    assert ("Placed at", "—", "1 Jul 2026, 10:30") in found
    assert {what for (what,) in cells(dialog, "what")} >= {"Import 七月.csv"}
    dialog.close()


def test_a_record_with_many_changes_is_windowed(ctx: Context, book: Book, qtbot: QtBot) -> None:
    who = add_customer(book, values={"name": "x"}).created["customer"]
    with book.step("Many") as step:
        step.execute_many("UPDATE customer SET notes = ? WHERE id = 1", ((f"{n}",) for n in range(10_000)))
    assert who == 1
    dialog = shown(ctx, qtbot, who)
    assert isinstance(dialog.model.ids(), array)
    assert dialog.model.rowCount() == 10_001
    dialog.grab()
    assert len(dialog.model._blocks) < 5
    dialog.table.scrollToBottom()
    dialog.grab()
    assert len(dialog.model._blocks) < 5
    dialog.close()


def test_nothing_known_says_so(ctx: Context, book: Book, qtbot: QtBot) -> None:
    dialog = shown(ctx, qtbot, 77)
    assert dialog.model.rowCount() == 0
    assert not dialog.copy_button.isEnabled()
    dialog.close()
