"""The points tab: balance, ledger and rule; given, redeemed, put right, taken back, undone, exported."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.orders import Order
from desktop.operations.customers import add_customer
from desktop.operations.membership import add_points
from desktop.queries.profile import profile
from desktop.views.exchange.export_dialog import ExportDialog
from desktop.views.kit.context import Context
from desktop.views.profile.points_tab import PointsTab
from tests.gui.told import Told


@pytest.fixture
def tab(ctx: Context, book: Book, qtbot: QtBot) -> PointsTab:
    who = add_customer(book, values={"name": "王丽华"}).created["customer"]
    with book.step("Order") as step:
        order = step.insert(Order, number="A1", customer_id=who, placed_at="2026-11-01 09:00:00", paid=9900)
    add_points(book, customer_id=who, points=99, reason="earned", at=datetime(2026, 11, 1, 9), order_id=order)
    add_points(book, customer_id=who, points=-40, reason="redeemed", at=datetime(2026, 11, 9, 9), text="茶杯")
    made = PointsTab(ctx)
    qtbot.addWidget(made)
    made.resize(760, 380)
    made.show()
    found = profile(book, customer_id=who, today=date(2026, 11, 22))
    assert found is not None
    made.show_customer(found)
    return made


def cells(tab: PointsTab) -> list[list[str]]:
    model = tab.model
    return [
        [str(model.index(line, column).data()) for column in range(model.columnCount())]
        for line in range(model.rowCount())
    ]


def test_the_ledger_with_its_balance(tab: PointsTab) -> None:
    QAbstractItemModelTester(tab.model)
    assert tab._balance.text() == "59 points"
    assert tab._figures.text() == "99 came, 40 went"
    assert [row[1:] for row in cells(tab)] == [
        ["Redeemed", "−40", "59", "茶杯", "—"],
        ["Earned", "+99", "99", "Order A1", "—"],
    ]


def test_giving_redeeming_and_what_is_refused(tab: PointsTab, ctx: Context, told: Told) -> None:
    form = tab.give()
    form.fields["points"].set_value(11)
    form.fields["text"].set_value("生日")
    form.save()
    assert tab._balance.text() == "70 points"
    assert told.notices[-1] == "Points given to 王丽华 [Undo]"
    ctx.undo()
    assert tab._balance.text() == "59 points"
    form = tab.redeem()
    # More than there are cannot even be entered.
    form.fields["points"].set_value(500)
    assert form.fields["points"].value() == 59
    form.save()
    assert tab._balance.text() == "0 points"
    assert not tab.redeem_button.isEnabled()


def test_a_mistake_is_taken_back_by_an_entry_of_its_own(tab: PointsTab, book: Book) -> None:
    tab.table.select_id(tab.model.ids()[0])
    tab.take_back()
    assert tab._balance.text() == "99 points"
    assert cells(tab)[0][1:5] == ["Correction", "+40", "99", "Takes back: Redeemed, 9 Nov 2026"]
    assert book.value("SELECT count(*) FROM points_entry") == 3


def test_the_rule_is_told_and_changed(tab: PointsTab, ctx: Context) -> None:
    assert tab._rule.whole() == "No rule yet: points are given by hand."
    form = tab.change_rule()
    form.fields["per_unit"].set_value("a lot")
    form.save()
    assert form.isVisible()
    form.fields["per_unit"].set_value("0.1")
    form.fields["worth"].set_value("0.05")
    form.save()
    assert tab._rule.whole() == "The shop's rule: 0.1 points for each ¥1 spent, a point is worth ¥0.05."
    assert tab._figures.text().startswith("worth ¥2.95 · ")


def test_an_entry_leads_to_its_order_and_the_list_goes_out(tab: PointsTab, told: Told) -> None:
    tab.table.select_id(tab.model.ids()[1])
    tab.open_order()
    assert told.places[-1][1]["order"] is not None
    tab.export()
    (dialog,) = tab.findChildren(ExportDialog)
    dialog.close()


def test_nobody_has_points_yet(ctx: Context, book: Book, qtbot: QtBot) -> None:
    who = add_customer(book, values={"name": "新"}).created["customer"]
    made = PointsTab(ctx)
    qtbot.addWidget(made)
    found = profile(book, customer_id=who, today=date(2026, 11, 22))
    assert found is not None
    made.show_customer(found)
    made.show()
    assert made._balance.text() == "0 points"
    assert made.model.rowCount() == 0
