"""The screen of service cases: a return clicked through, from the order to the refund and its undoing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.operations.case_moves import close_case
from desktop.operations.orders import Line, add_order
from desktop.operations.products import set_warranty
from desktop.operations.service_cases import Item, add_case
from desktop.views.cases.case_form import CaseForm
from desktop.views.cases.close_form import CloseForm
from desktop.views.cases.view import CasesView
from desktop.views.kit.context import Context
from desktop.views.kit.fields import DateField
from tests.gui.told import Told

NOW = datetime.now().replace(microsecond=0)


def labels(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if not one.isHidden()]


def fill(book: Book) -> int:
    """A customer with an order of three teas and a cup; gives the order."""
    with book.step("Add") as step:
        step.insert(Customer, id=1, name="王丽华", created_at="2024-01-01 09:00:00", custom="{}")
    lines = [Line("Tea", 3, 1_000_000, 30_000), Line("Cup", 1, 500_000, 5000)]
    made = add_order(book, placed_at=NOW - timedelta(days=3), lines=lines, customer_id=1, number="A1")
    return made.created["orders"]


@pytest.fixture
def order(ctx: Context) -> int:
    return fill(ctx.book)


@pytest.fixture
def view(ctx: Context, order: int, qtbot: QtBot) -> CasesView:
    made = CasesView(ctx)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    return made


def form_of(view: CasesView, kind: str, order: int) -> CaseForm:
    form = CaseForm(view._ctx, customer_id=1, order_id=order, kind=kind, on_saved=view._choose, parent=view)
    form.open()
    return form


def test_an_empty_screen_says_what_to_do(view: CasesView) -> None:
    assert "No service case yet" in labels(view)
    assert view.strip.isHidden()


def test_a_return_is_clicked_through_and_undone(view: CasesView, order: int, qtbot: QtBot) -> None:
    ctx = view._ctx
    form = form_of(view, "return", order)
    tea, cup = form.items.boxes.values()
    assert (tea.maximum(), cup.maximum()) == (3, 1)
    form.save_button.click()
    assert form.isVisible()
    assert "Choose what it is about" in " ".join(labels(form))
    tea.setValue(2)
    form.fields["reason"].set_value("quality")
    form.fields["place"].set_value("Counter")
    form.save_button.click()
    case = view.pane.case
    assert case is not None
    assert (case.kind, case.title, case.reason, case.place) == ("return", "Tea", "quality", "Counter")
    assert [(item.title, item.quantity, item.amount) for item in case.items] == [("Tea", 2, 20_000)]
    # Every step but the last is ticked as it stands; the last asks what came of it.
    for step in case.steps[:-1]:
        QTest.keyClick(view.pane.boxes[step.id], Qt.Key.Key_Space)
    QTest.keyClick(view.pane.boxes[case.steps[-1].id], Qt.Key.Key_Space)
    closing = view.findChild(CloseForm)
    assert isinstance(closing, CloseForm)
    assert not view.pane.boxes[case.steps[-1].id].isChecked()
    assert closing.fields["refunded"].value() == 20_000
    assert closing.fields["on_order"].value() is True
    closing.fields["cost"].set_value(800)
    closing.save_button.click()
    assert ctx.book.row("SELECT status, outcome, cost, refunded FROM service_case") == (
        "done", "refunded", 800, 20_000,
    )  # fmt: skip
    assert ctx.book.value("SELECT refunded FROM orders") == 20_000
    assert ctx.book.value("SELECT count(*) FROM rating WHERE case_id IS NOT NULL AND rated_at IS NULL") == 1
    assert "Money given back" in labels(view.pane)
    ctx.undo()
    assert view.pane.case is not None
    assert view.pane.case.open
    assert ctx.book.value("SELECT refunded FROM orders") == 0
    assert not view.pane.boxes[case.steps[-1].id].isChecked()


def test_what_came_back_already_cannot_come_back_again(view: CasesView, order: int) -> None:
    line = view._ctx.book.value("SELECT id FROM order_line ORDER BY position")
    item = Item("Tea", 2, line)
    add_case(view._ctx.book, kind="return", opened_at=NOW, customer_id=1, order_id=order, items=[item])
    form = form_of(view, "exchange", order)
    tea, _ = form.items.boxes.values()
    assert tea.maximum() == 1
    assert "1 of 3 left · 2 returned" in labels(form)
    form.items.take_all()
    assert [item.quantity for item in form.items.value()] == [1, 1]
    assert form.fields["instead"].isVisible()
    # Behind the form's back the rest goes too: the book still refuses, with a sentence.
    add_case(view._ctx.book, kind="return", opened_at=NOW, order_id=order, items=[Item("Tea", 1, line)])
    form.save_button.click()
    assert "Nothing of “Tea” is left" in form._wrong.text()
    form.reject()


def test_a_thing_without_an_order_has_its_warranty_from_the_day_it_was_bought(
    view: CasesView, ctx: Context
) -> None:
    set_warranty(ctx.book, product_id=2, months=1)
    form = CaseForm(ctx, customer_id=1, kind="warranty", parent=view)
    form.open()
    line = form.items.findChildren(QLineEdit)[0]
    line.setText("Cup")
    (bought,) = form.items.findChildren(DateField)
    bought.set_value(NOW.date() - timedelta(days=100))
    assert any(text.startswith("warranty ended ") for text in labels(form))
    bought.set_value(NOW.date())
    assert any(text.startswith("under warranty until ") for text in labels(form))
    form.save_button.click()
    assert ctx.book.row("SELECT product_id, title FROM case_item") == (2, "Cup")
    assert ctx.book.value("SELECT text FROM service_case").startswith("Bought on ")


def test_waiting_stops_the_clock_and_answering_moves_what_is_due(view: CasesView, ctx: Context) -> None:
    opened = NOW - timedelta(days=6)
    add_case(ctx.book, kind="repair", title="Kettle leaks", opened_at=opened, customer_id=1)
    ctx.changed(add_case(ctx.book, kind="repair", title="Pot", opened_at=NOW, customer_id=1))
    assert view.chips.chip("overdue").text() == "Overdue 1"
    assert view.pane.case is not None
    assert view.pane.case.title == "Kettle leaks"
    view.pane.wait()
    assert view.chips.chip("overdue").text() == "Overdue 0"
    assert view.chips.chip("waiting").text() == "Waiting 1"
    assert "the clock stands" in labels(view.pane)
    view.pane.resume()
    assert view.chips.chip("waiting").text() == "Waiting 0"
    ctx.undo()
    assert view.chips.chip("waiting").text() == "Waiting 1"


def test_filters_search_keys_and_figures(view: CasesView, ctx: Context, told: Told, qtbot: QtBot) -> None:
    for number, kind in enumerate(("return", "repair", "repair")):
        add_case(
            ctx.book, kind=kind, title=f"Case {number}", opened_at=NOW - timedelta(hours=30), customer_id=1
        )
    close_case(ctx.book, case_id=3, at=NOW, cost=500)
    view.refresh()
    qtbot.waitUntil(lambda: view.strip.found is not None and view.strip.found.now.ids.size == 3)
    assert view.strip.in_time.figure() == "100\N{NO-BREAK SPACE}%"
    assert view.strip.done.figure() == "—"
    assert list(view.table.rows.ids()) == [1, 2]
    view.kinds.chosen.emit("repair")
    assert list(view.table.rows.ids()) == [2]
    qtbot.waitUntil(lambda: view.strip.found is not None and view.strip.found.now.ids.size == 2)
    view.strip.in_time.links[0][2]()
    assert list(view.table.rows.ids()) == []
    view.strip.done.links[0][2]()
    assert sorted(view.table.rows.ids()) == [2, 3]
    assert "Cases by time to done" in labels(view)
    view.period.chosen.emit(None)
    qtbot.waitUntil(lambda: view.strip.found is not None and view.strip.found.before is None)
    assert view.strip.cost.figure() == "¥3"
    view.kinds.asked.emit()
    assert view.kinds.choices["repair"].text() == "Repair 1"
    view.kinds.chosen.emit("")
    view.chips.chip("all").click()
    view.table.selectAll()
    view._tick()
    assert len(view.table.selected_ids()) == 3
    view.search.line.setText("Case 2")
    view._filter()
    assert list(view.table.rows.ids()) == [3]
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Delete)
    assert ctx.book.value("SELECT count(*) FROM service_case") == 2
    assert told.notices[-1].startswith("Delete the service case S-")
    ctx.undo()
    assert view.route_params()["scope"] == "all"


def test_the_cases_are_parted_and_a_line_lists_them(view: CasesView, ctx: Context, qtbot: QtBot) -> None:
    from desktop.views.cases.speed_dialog import SpeedDialog

    for kind in ("return", "repair", "repair"):
        add_case(ctx.book, kind=kind, title=kind, opened_at=NOW - timedelta(hours=3), customer_id=1)
    view.refresh()
    qtbot.waitUntil(lambda: view.strip.found is not None and view.strip.found.now.ids.size == 3)
    view.strip.done.links[1][2]()
    dialog = view.window().findChild(SpeedDialog)
    assert isinstance(dialog, SpeedDialog)
    cells = [dialog.table.item(row, column) for row in range(2) for column in range(2)]
    assert [cell.text() for cell in cells if cell] == ["Repair", "2", "Return", "1"]
    for by in ("clerk", "reason", "product", "month"):
        dialog.chips.chip(by).click()
        assert dialog.by() == by
        assert dialog.table.rowCount() == 1
    dialog.chips.chip("kind").click()
    dialog._open(0)
    assert sorted(view.table.rows.ids()) == [2, 3]
