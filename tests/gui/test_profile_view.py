"""The profile through its own widgets: figures, orders, tasks, cases, editing, deleting, paper."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.core.dates import format_day
from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.models.orders import Order, OrderLine
from desktop.models.service import Rating
from desktop.operations import service_cases, tasks
from desktop.operations.complaints import open_complaint
from desktop.queries.profile import profile
from desktop.queries.service_cases import case_rows
from desktop.queries.timeline_entries import TimelineEntry
from desktop.views.cases.case_dialog import CaseDialog
from desktop.views.cases.case_form import CaseForm
from desktop.views.complaints.capture import Capture
from desktop.views.customers.editor import CustomerEditor
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import ActivityRow, LinkButton, SecondaryButton
from desktop.views.profile.order_form import OrderForm
from desktop.views.profile.order_lines import amount_of
from desktop.views.profile.rhythm_card import histogram
from desktop.views.profile.tabs import TABS
from desktop.views.profile.view import ProfileView
from desktop.views.ratings.form import RatingForm
from tests.gui.told import Told

TODAY = date.today()


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """王丽华, who bought five times and brought one friend, with a rating and a task."""
    with book.step("Fill") as step:
        step.insert(
            Customer,
            id=1,
            name="王丽华",
            created_at="2024-01-01 09:00:00",
            region="杭州",
            likes="龙井",
            birthday="08-15",
            birthday_calendar="lunar",
        )
        step.insert(Customer, id=2, name="孙梅", created_at="2024-01-01 09:00:00", referred_by=1)
        for kind, value in (("phone", "13800138421"), ("wechat", "lihua-tea")):
            step.insert(ContactPoint, customer_id=1, kind=kind, value=value, norm=value, main=1)
        for nth in range(5):
            placed = f"{TODAY - timedelta(days=3 + 18 * nth)} 10:00:00"
            order = step.insert(
                Order, number=f"A{nth}", customer_id=1, placed_at=placed, total=30000, paid=30000
            )
            step.insert(
                OrderLine, order_id=order, title="龙井", quantity=2, unit_price=1_500_000, amount=30000
            )
        step.insert(Order, customer_id=2, placed_at=f"{TODAY} 10:00:00", total=9900, paid=9900)
        step.insert(
            Rating,
            customer_id=1,
            ended_at=f"{TODAY} 10:00:00",
            rated_at=f"{TODAY} 10:00:00",
            expected=4,
            perceived=5,
        )
    tasks.add_task(book, title="Call about winter gifts", created_at=datetime.now(), due=TODAY, customer_id=1)
    service_cases.add_case(book, kind="return", title="Dented tin", opened_at=datetime.now(), customer_id=1)
    open_complaint(book, title="Late parcel", received_at=datetime.now(), customer_id=1)
    return ctx


@pytest.fixture
def view(ctx: Context, qtbot: QtBot) -> ProfileView:
    made = ProfileView(ctx, customer=1)
    qtbot.addWidget(made)
    made.resize(1220, 840)
    made.show()
    settle(made, qtbot)
    return made


def settle(view: ProfileView, qtbot: QtBot) -> None:
    qtbot.wait(20)
    qtbot.waitUntil(lambda: view.ctx.tasks.idle)
    qtbot.wait(1)


def labels(widget: Any) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def press(view: ProfileView, text: str) -> None:
    next(action for action in view.findChildren(QAction) if action.text() == text).trigger()


def test_the_figures_answer_who_this_is(view: ProfileView, qtbot: QtBot) -> None:
    assert view.page.title() == "王丽华"
    assert view.tiles.spent.figure() == "¥1,500"
    assert view.tiles.rhythm.figure() == "18 d"
    qtbot.waitUntil(lambda: view.tiles.alive.figure() != "…")
    assert view.tiles.alive.figure() == "—"
    assert view.tiles.satisfaction.figure() == "5.0"
    assert view.tiles.mouth.figure() == "¥99"
    assert "138 0013 8421" in labels(view.head)
    assert "· WeChat lihua-tea · 杭州 · lunar birthday 8/15" in labels(view.head)
    assert [view.tabs.tabText(number) for number in range(view.tabs.count())] == [
        "Timeline", "Orders 5", "Service cases 1", "Complaints 1", "Points", "Files", "Privacy",
    ]  # fmt: skip


def test_the_orders_model_passes_qts_own_tester(view: ProfileView, qtbot: QtBot) -> None:
    QAbstractItemModelTester(view.orders.model, QAbstractItemModelTester.FailureReportingMode.Fatal, view)
    view.tabs.setCurrentIndex(1)
    assert view.orders.model.rowCount() == 5
    assert view.orders.model.index(0, 2).data() == "龙井 ×2"
    assert "2 × ¥150.00 = ¥300.00" in labels(view.orders)


def test_an_order_is_entered_and_counts_at_once(view: ProfileView, told: Told, qtbot: QtBot) -> None:
    form = view.doing.new_order()
    assert isinstance(form, OrderForm)
    line = form.lines.rows[0]
    line.product.setText("白茶礼盒")
    line.quantity.setText("2")
    line.price.setText("129.5")
    assert form.fields["total"].value() == 25900
    assert form.fields["paid"].value() == 25900
    form.save_button.click()
    settle(view, qtbot)
    assert view.tiles.spent.figure() == "¥1,759"
    assert view.tabs.tabText(1) == "Orders 6"
    assert told.notices[-1].endswith("[Undo]")
    view.ctx.changed(view.ctx.book.undo(), quiet=True)
    settle(view, qtbot)
    assert view.tiles.spent.figure() == "¥1,500"


def test_an_order_with_a_wrong_price_is_kept_open(view: ProfileView) -> None:
    form = view.doing.new_order()
    assert isinstance(form, OrderForm)
    form.lines.rows[0].product.setText("白茶")
    form.lines.rows[0].price.setText("cheap")
    form.save_button.click()
    assert form.isVisible()
    assert "cheap" in form._wrong.text()
    form.reject()


def test_a_refund_and_a_correction_through_the_table(view: ProfileView, qtbot: QtBot) -> None:
    view.tabs.setCurrentIndex(1)
    form = view.orders.refund()
    assert form is not None
    form.fields["amount"].set_value(10000)
    form.save_button.click()
    settle(view, qtbot)
    assert view.tiles.spent.figure() == "¥1,400"
    edit = view.orders.edit()
    assert isinstance(edit, OrderForm)
    assert edit.fields["number"].value() == "A0"
    edit.fields["note"].set_value("gift wrapped")
    edit.save_button.click()
    settle(view, qtbot)
    assert "gift wrapped" in labels(view.orders)
    view.orders.delete()
    settle(view, qtbot)
    assert view.tabs.tabText(1) == "Orders 4"


def test_a_task_is_ticked_and_another_added(view: ProfileView, qtbot: QtBot) -> None:
    assert "Call about winter gifts" in labels(view.side)
    view.side.todo.tick(1)
    settle(view, qtbot)
    assert "Call about winter gifts" not in labels(view.side)
    form = view.side.todo.add_task()
    form.fields["title"].set_value("Send the sampler")
    form.save_button.click()
    settle(view, qtbot)
    assert "Send the sampler" in labels(view.side)


def test_a_case_goes_on_by_one_button(view: ProfileView, qtbot: QtBot) -> None:
    view.cases.advance(case_rows(view.ctx.book, [1])[1])
    settle(view, qtbot)
    assert any("1 of 5 steps" in text for text in labels(view.cases))
    form = view.doing.new_case()
    assert form is not None
    form.fields["title"].set_value("Kettle leaks")
    form.fields["kind"].set_value("repair")
    form.save_button.click()
    settle(view, qtbot)
    assert view.tabs.tabText(2) == "Service cases 2"


def test_of_very_many_complaints_the_rest_is_found_in_the_list(
    ctx: Context, view: ProfileView, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.views.profile.lists.MOST_ROWS", 2)
    now = datetime.now().replace(microsecond=0)
    for nth in range(3):
        open_complaint(ctx.book, title=f"C{nth}", received_at=now - timedelta(days=nth + 1), customer_id=1)
    shown = profile(ctx.book, customer_id=1, today=TODAY)
    assert shown is not None
    view.complaints.show_customer(shown)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(view.complaints.findChildren(ActivityRow)) == 2
    (more,) = (one for one in view.complaints.findChildren(LinkButton) if one.isVisibleTo(view.complaints))
    assert more.text() == "2 more in the list"
    more.click()
    place, params = told.places[-1]
    ids = {row for (row,) in ctx.book.rows("SELECT id FROM complaint WHERE customer_id = 1")}
    assert (place, params["mode"], params["title"]) == ("complaints", "list", "王丽华")
    assert isinstance(params["among"], list)
    assert set(params["among"]) == ids


def test_complaints_lead_to_themselves(view: ProfileView, told: Told) -> None:
    assert "Late parcel" in labels(view.complaints)
    view.doing.new_complaint()
    (capture,) = view.window().findChildren(Capture)
    assert capture.customer == 1
    capture.words.setText("Parcel late again")
    capture.record(show=True)
    assert view.ctx.book.value("SELECT title FROM complaint ORDER BY id DESC") == "Parcel late again"
    assert [place for place, _ in told.places] == ["complaints"]


def test_details_are_edited_and_checked(view: ProfileView, qtbot: QtBot) -> None:
    form = view.doing.edit()
    assert form is not None
    assert [point.value for point in form.fields["points"].value()] == ["13800138421", "lihua-tea"]
    form.fields["likes"].set_value("白茶")
    form.save_button.click()
    settle(view, qtbot)
    assert view.side.about.facts.rows["likes"].accessibleName() == "Likes: 白茶"
    assert view.side.about.checked.text() == "Checked: never"
    view.side.about.mark_checked()
    settle(view, qtbot)
    assert view.side.about.checked.text() == f"Checked: {format_day(TODAY)}"
    found = profile(view.ctx.book, customer_id=1, today=TODAY)
    assert found is not None
    assert {(point.kind, point.norm) for point in found.points} == {
        ("phone", "13800138421"),
        ("wechat", "lihua-tea"),
    }


def test_deleting_goes_back_to_the_list(view: ProfileView, told: Told, qtbot: QtBot) -> None:
    press(view, "Delete the customer")
    settle(view, qtbot)
    assert told.places == [("customers", {})]
    assert told.notices == ["Delete the customer 王丽华 [Undo]"]


def test_a_customer_who_is_gone_says_so(ctx: Context, qtbot: QtBot) -> None:
    view = ProfileView(ctx, customer=99)
    qtbot.addWidget(view)
    assert "This customer is no longer in the book." in labels(view)
    assert view.route_params() == {"customer": 99}


def test_a_customer_without_anything_is_a_calm_page(ctx: Context, qtbot: QtBot) -> None:
    with ctx.book.step("Add") as step:
        step.insert(Customer, id=3, name="", created_at="2024-01-01 09:00:00")
    view = ProfileView(ctx, customer=3, tab="orders")
    qtbot.addWidget(view)
    view.show()
    settle(view, qtbot)
    assert view.page.title() == "No name"
    assert view.tiles.rhythm.figure() == "—"
    assert view.route_params() == {"customer": 3, "tab": "orders"}


def test_gaps_become_few_bars() -> None:
    labels_, counts, _, marked = histogram((3, 18, 19, 20, 41), 19.5)
    assert sum(counts) == 5
    assert len(labels_) == len(counts) <= 10
    assert counts[marked or 0] == max(counts)
    assert histogram((), None) == ([], [], [], None)


def test_amounts_round_half_up() -> None:
    assert amount_of(3, 1, "CNY") == 0
    assert amount_of(0.5, 100_100, "CNY") == 501
    assert amount_of(2, 1_000_000, "JPY") == 200


def opened_case(view: ProfileView, qtbot: QtBot) -> CaseDialog:
    view.tabs.setCurrentIndex(2)
    row = view.cases.rows[1]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    dialog = view.findChild(CaseDialog)
    assert isinstance(dialog, CaseDialog)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_a_case_is_worked_through_by_keyboard(view: ProfileView, qtbot: QtBot) -> None:
    dialog = opened_case(view, qtbot)
    first, *others = dialog.pane.boxes
    QTest.keyClick(dialog.pane.boxes[first], Qt.Key.Key_Space)
    assert dialog.pane.boxes[first].isChecked()
    assert dialog.focusWidget() is dialog.pane.boxes[first]
    QTest.keyClicks(dialog.pane.note, "The tin was dented in the parcel")
    QTest.keyClick(dialog.pane.note, Qt.Key.Key_Return)
    assert dialog.pane.note.text() == ""
    assert dialog.pane.case is not None
    assert [note.text for note in dialog.pane.case.notes] == ["The tin was dented in the parcel"]
    assert any("The tin was dented" in entry.text for entry in entries(view))
    for step in others:
        dialog.pane.tick(step, done=True)
    assert dialog.pane.case is not None
    assert dialog.pane.case.status == "done"
    view.ctx.undo()
    assert not dialog.pane.boxes[others[-1]].isChecked()
    dialog.pane.end(called_off=True)
    assert "Called off" in " ".join(labels(view.cases))
    dialog.pane.reopen()
    dialog.pane.delete()
    qtbot.waitUntil(lambda: view.findChild(CaseDialog) is None)
    assert view.tabs.tabText(2) == "Service cases"
    view.ctx.undo()
    assert view.tabs.tabText(2) == "Service cases 1"


def test_a_case_is_corrected_and_rated(view: ProfileView, qtbot: QtBot) -> None:
    dialog = opened_case(view, qtbot)
    dialog.pane.edit()
    form = dialog.findChild(CaseForm)
    assert isinstance(form, CaseForm)
    form.fields["title"].set_value("Dented tin, second time")
    form.save_button.click()
    dialog.pane.rate()
    rating = dialog.findChild(RatingForm)
    assert isinstance(rating, RatingForm)
    rating.fields["perceived"].set_value(2)
    rating.save_button.click()
    assert view.ctx.book.row("SELECT case_id, perceived, customer_id FROM rating ORDER BY id DESC") == (
        1,
        2,
        1,
    )
    assert dialog.windowTitle().startswith("Return S-")
    dialog.reject()
    assert any("second time" in text for text in labels(view.cases))


def test_a_rating_is_written_down_by_hand(view: ProfileView, qtbot: QtBot) -> None:
    form = view.doing.new_rating()
    assert form is not None
    assert "Customer: 王丽华" in labels(form)
    form.save_button.click()
    assert form.isVisible()
    form.fields["perceived"].set_value(1)
    form.fields["recommend"].set_value(10)
    form.fields["text"].set_value("  always friendly ")
    form.save_button.click()
    settle(view, qtbot)
    assert view.tiles.satisfaction.figure() == "3.0"
    assert any(entry.kind == "rating" and entry.recommend == 10 for entry in entries(view))
    view.ctx.undo()
    settle(view, qtbot)
    assert view.tiles.satisfaction.figure() == "5.0"


def test_an_order_gets_a_case_and_a_rating_of_its_own(view: ProfileView, qtbot: QtBot) -> None:
    view.tabs.setCurrentIndex(1)
    chosen = view.orders.table.current_id()
    for form in (view.orders.new_case(), view.orders.rate()):
        assert form is not None
        assert form.fields["order_id"].value() == chosen
        form.reject()


def test_the_keyboard_stays_where_a_step_was_ticked(view: ProfileView, qtbot: QtBot) -> None:
    view.tabs.setCurrentIndex(2)
    button = view.cases.rows[1].findChild(SecondaryButton)
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    held = view.cases.rows[1].findChild(SecondaryButton)
    assert held is not None
    assert held.text() == "Receive the goods"
    assert held.hasFocus()


def entries(view: ProfileView) -> list[TimelineEntry]:
    model = view.stream.model
    found = (model.entry_at(row) for row in range(model.rowCount()))
    return [entry for entry in found if entry is not None]


def test_every_tab_takes_the_keyboard(view: ProfileView, qtbot: QtBot) -> None:
    view.activateWindow()
    for number, wanted in ((1, view.orders.table), (2, view.cases.rows[1]), (0, view.stream.list)):
        view.tabs.setCurrentIndex(number)
        view.setFocus()
        assert wanted.hasFocus()


def test_a_tab_is_made_when_it_is_first_shown(view: ProfileView, qtbot: QtBot) -> None:
    assert view.tabs.made("timeline") is not None
    assert not any(view.tabs.made(key) for key in TABS if key != "timeline")
    for key in TABS:
        made = view.tabs.go_to(key)
        assert view.tabs.made(key) is made
        assert made.isVisible()
    settle(view, qtbot)
    assert view.route_params()["tab"] == list(TABS)[-1]


def test_f2_edits_the_customer_and_leaves_the_key_to_the_rows_of_its_tabs(view: ProfileView) -> None:
    """Two shortcuts on one key within each other run neither."""
    assert all(action.shortcut().toString() != "F2" for action in view.actions())
    QTest.keyClick(view, Qt.Key.Key_F2)
    assert view.findChildren(CustomerEditor)
