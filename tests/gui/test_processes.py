"""Processes edited in the settings and ticked where the things are: by mouse, by keys, and undone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.service_process import BUILT_IN
from desktop.models.customers import Customer
from desktop.operations.orders import Line, add_order
from desktop.operations.products import set_warranty
from desktop.operations.service_cases import Item, add_case
from desktop.queries.processes import process_steps
from desktop.queries.profile import profile
from desktop.views.cases.case_dialog import CaseDialog
from desktop.views.cases.case_form import CaseForm
from desktop.views.kit.context import Context
from desktop.views.profile.orders_tab import OrdersTab
from desktop.views.settings.processes import ProcessesCard
from tests.gui.told import Told

NOW = datetime.now().replace(microsecond=0)


def labels(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if not one.isHidden()]


@pytest.fixture
def card(ctx: Context, qtbot: QtBot) -> ProcessesCard:
    made = ProcessesCard(ctx)
    qtbot.addWidget(made)
    made.resize(760, 420)
    made.show()
    return made


def titles(ctx: Context, process: str = "in-sale") -> list[str]:
    return [step.title for step in process_steps(ctx.book, process)]


def drop(card: ProcessesCard, at: int, below: int) -> None:
    """Drop the step at a place onto the lower half of another."""
    card.list.setCurrentRow(at)
    box = card.list.visualRect(card.list.model().index(below, 0))
    point = QPointF(box.center().x(), box.bottom() - 3)
    event = QDropEvent(
        point, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    card.list.dropEvent(event)


def test_steps_are_put_in_order_by_keys_and_by_dragging(card: ProcessesCard, ctx: Context) -> None:
    assert card.back.isHidden()
    card.list.setCurrentRow(0)
    QTest.keyClick(card.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert titles(ctx)[:2] == ["Payment received", "Confirm order and address"]
    assert card.list.currentRow() == 1
    assert not card.back.isHidden()
    drop(card, 0, 5)
    assert titles(ctx)[-1] == "Payment received"
    drop(card, 5, 0)
    assert titles(ctx)[:2] == ["Confirm order and address", "Payment received"]
    QTest.keyClick(card.list, Qt.Key.Key_Delete)
    assert len(titles(ctx)) == 5
    ctx.undo()
    assert card.list.count() == 6
    card.back.click()
    assert tuple(process_steps(ctx.book, "in-sale")) == BUILT_IN["in-sale"]
    assert card.back.isHidden()


def test_a_step_is_added_and_changed(card: ProcessesCard, ctx: Context, told: Told) -> None:
    card.chips.chip("return").click()
    form = card.add_step()
    assert "fact" not in form.fields
    form.fields["title"].set_value("Weigh the parcel")
    form.fields["hours"].set_value(30)
    form.save_button.click()
    assert process_steps(ctx.book, "return")[-1] == ("Weigh the parcel", 30, "")
    assert told.notices[-1].startswith("Add the step “Weigh the parcel”")
    item = card.list.item(5)
    assert item is not None
    assert item.text() == "6. Weigh the parcel"
    card.list.setCurrentRow(5)
    QTest.keyClick(card.list, Qt.Key.Key_F2)
    form = card.findChildren(type(form))[-1]
    form.fields["hours"].set_value(0)
    form.save_button.click()
    assert process_steps(ctx.book, "return")[-1].hours is None
    card.chips.chip("after-sale").click()
    rated = card.edit_step(0)
    assert rated is not None
    assert rated.fields["fact"].value() == "rated"
    rated.reject()


@pytest.fixture
def tab(ctx: Context, qtbot: QtBot) -> OrdersTab:
    """The orders of a customer: one paid and on its way, with a cup under warranty of which one came back."""
    with ctx.book.step("Add") as step:
        step.insert(Customer, id=1, name="王丽华", created_at="2024-01-01 09:00:00", custom="{}")
    lines = [Line("Cup", 2, 500_000, 10_000), Line("Tea", 1, 0, 5000)]
    placed = NOW - timedelta(hours=30)
    order = add_order(
        ctx.book, placed_at=placed, lines=lines, customer_id=1, status="paid", number="A1"
    ).created["orders"]
    line, cup = ctx.book.row("SELECT id, product_id FROM order_line ORDER BY position")
    set_warranty(ctx.book, product_id=cup, months=24)
    add_case(
        ctx.book, kind="return", opened_at=NOW, customer_id=1, order_id=order, items=[Item("Cup", 1, line)]
    )
    made = OrdersTab(ctx)
    qtbot.addWidget(made)
    made.resize(900, 560)
    made.show()
    show(made)
    return made


def show(tab: OrdersTab) -> None:
    found = profile(tab._ctx.book, customer_id=1, today=date.today())
    assert found is not None
    tab.show_customer(found)


def test_an_order_tells_what_is_left_its_warranty_case_and_list(tab: OrdersTab, ctx: Context) -> None:
    said = labels(tab.detail)
    assert "1 of 2 left · 1 returned" in said
    assert any(text.startswith("under warranty until ") for text in said)
    stages = tab.detail.stages
    assert stages.chips.chip("in-sale").text() == "In-sale 1/6"
    # Payment ticked itself, and the first step is late by more than a day.
    assert not stages.box.boxes[1].isEnabled()
    assert stages.box.boxes[1].isChecked()
    assert any("late" in text for text in labels(stages))
    QTest.keyClick(stages.box.boxes[0], Qt.Key.Key_Space)
    assert stages.chips.chip("in-sale").text() == "In-sale 2/6"
    ctx.undo()
    assert stages.chips.chip("in-sale").text() == "In-sale 1/6"
    dialog = tab.acts.open_case(1)
    assert isinstance(dialog, CaseDialog)
    assert dialog.windowTitle().startswith("Return S-")
    dialog.reject()


def test_an_order_s_form_knows_the_order_and_the_kind(tab: OrdersTab) -> None:
    form = tab.new_case("warranty")
    assert isinstance(form, CaseForm)
    assert form.fields["kind"].value() == "warranty"
    assert any("under warranty until" in text for text in labels(form))
    tea = list(form.items.boxes)[1]
    form.items.set_value({tea: 1})
    form.fields["title"].set_value("Bitter")
    form.save_button.click()
    assert tab._ctx.book.row("SELECT kind, order_id, title FROM service_case ORDER BY id DESC") == (
        "warranty", 1, "Bitter",
    )  # fmt: skip


def test_a_sale_in_the_making_goes_on_by_one_button(tab: OrdersTab, ctx: Context, qtbot: QtBot) -> None:
    assert tab.sale.isHidden()
    dialog = tab.sale.open_all()
    QTest.keyClick(dialog.box.boxes[0], Qt.Key.Key_Space)
    assert not tab.sale.isHidden()
    tab.sale.tick_next()
    assert dialog.box.boxes[1].isChecked()
    assert any("2 of 5 steps" in text for text in labels(tab.sale))
    dialog.end()
    assert tab.sale.isHidden()
    qtbot.waitUntil(lambda: tab.window().findChild(QDialog) is None)
