"""The customer list through its own widgets: chips, search, sorting, entering, editing, deleting, undoing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.models.orders import Order
from desktop.models.shop import CustomField
from desktop.queries.profile import profile
from desktop.views.customers.columns import columns
from desktop.views.customers.points_field import PointsField
from desktop.views.customers.view import CustomersView
from desktop.views.exchange.export_dialog import ExportDialog
from desktop.views.kit.context import Context
from desktop.views.kit.neighbours import neighbour
from tests.gui.told import Told

TODAY = date.today()
NAMES = ("王丽华", "陈志强", "Emma Carter", "刘晓燕", "赵国栋", "孙梅")


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """A shop of six: two regulars, one drifting, one new, one lost, one who never bought."""
    with book.step("Fill") as step:
        for number, name in enumerate(NAMES, 1):
            step.insert(Customer, id=number, name=name, created_at="2024-01-01 09:00:00")
            phone = f"1390000{number:04}"
            step.insert(ContactPoint, customer_id=number, kind="phone", value=phone, norm=phone, main=1)
        for customer, first, gap, times in ((1, 2, 20, 6), (2, 55, 20, 6), (3, 10, 20, 4), (5, 400, 20, 3)):
            for nth in range(times):
                day = TODAY - timedelta(days=first + gap * nth)
                amount = 10000 * customer
                placed = f"{day} 10:00:00"
                step.insert(Order, customer_id=customer, placed_at=placed, total=amount, paid=amount)
        step.insert(Order, customer_id=4, placed_at=f"{TODAY} 09:00:00", total=500, paid=500)
    return ctx


@pytest.fixture
def view(ctx: Context, qtbot: QtBot) -> CustomersView:
    made = CustomersView(ctx)
    qtbot.addWidget(made)
    made.resize(1220, 800)
    made.show()
    settle(made, qtbot)
    return made


def settle(view: CustomersView, qtbot: QtBot) -> None:
    qtbot.wait(90)
    qtbot.waitUntil(lambda: view.ctx.tasks.idle)
    qtbot.wait(1)


def names(view: CustomersView) -> list[str]:
    return [view.model.index(line, 0).data() for line in range(view.model.rowCount())]


def text_of(view: CustomersView, line: int, key: str) -> str:
    keys = [column.key for column in view.model.columns]
    return str(view.model.index(line, keys.index(key)).data())


def test_the_model_passes_qts_own_tester(view: CustomersView, qtbot: QtBot) -> None:
    tester = QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal, view)
    view.chips.chip("drifting").click()
    settle(view, qtbot)
    view.chips.chip("all").click()
    settle(view, qtbot)
    assert tester.model() is view.model
    assert view.model.rowCount() == 6


def test_the_list_says_what_the_book_holds(view: CustomersView) -> None:
    assert names(view)[0] == "刘晓燕"
    line = names(view).index("王丽华")
    assert text_of(view, line, "phone") == "139 0000 0001"
    assert text_of(view, line, "state") == "Regular"
    assert text_of(view, line, "last") == "2 d ago"
    assert text_of(view, line, "rhythm") == "20 d"
    assert text_of(view, line, "orders") == "6"
    assert text_of(view, line, "spend") == "¥600"
    assert text_of(view, names(view).index("孙梅"), "last") == "—"
    assert view.pane.foot.text() == "6 customers"


def test_chips_count_and_filter(view: CustomersView, qtbot: QtBot) -> None:
    assert view.chips.chip("all").text() == "All 6"
    assert view.chips.chip("drifting").text() == "Drifting 1"
    QTest.mouseClick(view.chips.chip("drifting"), Qt.MouseButton.LeftButton)
    settle(view, qtbot)
    assert names(view) == ["陈志强"]
    assert view.pane.foot.text() == "1 of 6 customers"
    assert view.chips.chosen_key() == "drifting"


def test_typing_searches_and_enter_opens_the_only_one(view: CustomersView, told: Told, qtbot: QtBot) -> None:
    view.focus_search()
    QTest.keyClicks(view.head.search.line, "wlh")
    settle(view, qtbot)
    assert names(view) == ["王丽华"]
    QTest.keyClick(view.head.search.line, Qt.Key.Key_Return)
    assert told.places == [("profile", {"customer": 1})]
    view.head.search.line.clear()
    settle(view, qtbot)
    assert view.model.rowCount() == 6


def test_a_title_sorts_and_is_remembered(view: CustomersView, ctx: Context, qtbot: QtBot) -> None:
    keys = [column.key for column in view.model.columns]
    header = view.table.horizontalHeader()
    header.sectionClicked.emit(keys.index("spend"))
    settle(view, qtbot)
    assert names(view)[:2] == ["赵国栋", "Emma Carter"]
    header.sectionClicked.emit(keys.index("spend"))
    settle(view, qtbot)
    assert names(view)[0] == "孙梅"
    kept = ctx.settings.get("ui.columns.customers")
    assert kept["sort"] == ["spend", False]
    again = CustomersView(ctx)
    qtbot.addWidget(again)
    settle(again, qtbot)
    assert names(again)[0] == "孙梅"


def test_a_customer_is_entered_through_the_form(view: CustomersView, told: Told, qtbot: QtBot) -> None:
    form = view.doing.new_customer()
    form.fields["name"].set_value("周文博")
    points = form.fields["points"]
    assert isinstance(points, PointsField)
    line = points.lines("phone")[0]
    QTest.keyClicks(line.line, "139 0000 0001")
    assert line.said.text() == "Already belongs to 王丽华."
    form.save_button.click()
    assert form.isVisible()
    line.line.setText("133 9087 1126")
    assert line.said.text() == ""
    form.save_button.click()
    settle(view, qtbot)
    assert view.model.rowCount() == 7
    current = view.table.current_id()
    assert current is not None
    assert names(view)[view.table.currentIndex().row()] == "周文博"
    assert told.notices[-1] == "Add the customer 周文博 [Undo]"


def test_f2_edits_and_the_list_keeps_its_place(view: CustomersView, qtbot: QtBot) -> None:
    view.table.select_id(3)
    form = view.doing.edit()
    assert form is not None
    form.fields["name"].set_value("Emma Stone")
    form.save_button.click()
    settle(view, qtbot)
    assert "Emma Stone" in names(view)
    assert view.table.current_id() == 3
    assert view.ctx.book.value("SELECT norm FROM contact_point WHERE customer_id = 3") == "13900000003"


def test_delete_and_undo(view: CustomersView, told: Told, qtbot: QtBot) -> None:
    view.table.select_id(2)
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Delete)
    settle(view, qtbot)
    assert "陈志强" not in names(view)
    assert told.notices[-1] == "Delete the customer 陈志强 [Undo]"
    view.ctx.changed(view.ctx.book.undo(), quiet=True)
    settle(view, qtbot)
    assert "陈志强" in names(view)


def test_several_are_tagged_at_once(view: CustomersView, qtbot: QtBot) -> None:
    view.table.selectAll()
    form = view.actions_.tag()
    form.fields["value"].set_value("茶友")
    form.save_button.click()
    settle(view, qtbot)
    assert view.ctx.book.value("SELECT count(*) FROM customer_tag") == 6
    assert len(view.table.selected_ids()) == 6


def test_the_preview_says_why(view: CustomersView, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel

    view.table.select_id(2)
    settle(view, qtbot)
    said = [label.text() for label in view.preview.findChildren(QLabel)]
    assert "Usually every 20 days, today is day 55" in said


def test_nobody_matching_says_what_to_do(view: CustomersView, qtbot: QtBot) -> None:
    QTest.keyClicks(view.head.search.line, "qqqq")
    settle(view, qtbot)
    assert view._nobody.none_fits.isVisibleTo(view)
    view._nobody.none_fits.button.click()
    settle(view, qtbot)
    assert len(view.model.ids()) == len(NAMES)
    assert view.head.search.text() == ""


def test_an_empty_book_leads_to_the_import(ctx: Context, told: Told, qtbot: QtBot) -> None:
    with ctx.book.step("Empty") as step:
        step.delete(Customer, range(1, len(NAMES) + 1))
    view = CustomersView(ctx)
    qtbot.addWidget(view)
    settle(view, qtbot)
    view._nobody.none_yet.button.click()
    assert told.places == [("exchange", {"mode": "import"})]


def test_the_screen_is_built_again_as_it_was(view: CustomersView, ctx: Context, qtbot: QtBot) -> None:
    view.chips.chip("regular").click()
    view.table.select_id(3)
    settle(view, qtbot)
    again = CustomersView(ctx, **view.route_params())  # type: ignore[arg-type]  # what it gave itself
    qtbot.addWidget(again)
    settle(again, qtbot)
    assert names(again) == names(view)
    assert again.chips.chosen_key() == "regular"
    assert again.table.current_id() == 3


def test_what_others_change_shows(view: CustomersView, qtbot: QtBot) -> None:
    from desktop.operations import orders

    changes = orders.add_order(
        view.ctx.book, customer_id=6, placed_at=datetime.now(), lines=[orders.Line("龙井", 1, 0, 9900)]
    )
    view.ctx.changed(changes, quiet=True)
    settle(view, qtbot)
    assert text_of(view, names(view).index("孙梅"), "state") == "New"


def test_the_shops_own_fields_are_edited_too(view: CustomersView, qtbot: QtBot) -> None:
    with view.ctx.book.step("Add") as step:
        step.insert(CustomField, subject="customer", name="茶龄", type="text")
        step.insert(CustomField, subject="customer", name="name", type="choice", options='["a", "b"]')
    view.table.select_id(1)
    form = view.doing.edit()
    assert form is not None
    form.fields["own:茶龄"].set_value("12")
    form.fields["own:name"].set_value("b")
    form.save_button.click()
    settle(view, qtbot)
    found = profile(view.ctx.book, customer_id=1, today=TODAY)
    assert found is not None
    assert found.custom == {"茶龄": "12", "name": "b"}
    form = view.doing.edit()
    assert form is not None
    assert form.fields["own:茶龄"].value() == "12"
    form.fields["own:茶龄"].set_value("")
    form.save_button.click()
    settle(view, qtbot)
    found = profile(view.ctx.book, customer_id=1, today=TODAY)
    assert found is not None
    assert (found.name, found.custom) == ("王丽华", {"name": "b"})


def test_the_list_goes_to_a_workbook(view: CustomersView, qtbot: QtBot, tmp_path: Path) -> None:
    view.ctx.settings.set("ui.folder.export", str(tmp_path))
    view.head.export_button.click()
    (dialog,) = view.findChildren(ExportDialog)
    dialog.name.set_value("customers")
    dialog.save_button.click()
    settle(view, qtbot)
    (sheet,) = openpyxl.load_workbook(tmp_path / "customers.xlsx").worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("Customer", "Phone")
    assert [row[0] for row in rows[1:]] == names(view)


def test_deleting_chooses_the_neighbour(view: CustomersView, qtbot: QtBot) -> None:
    ids = list(view.model.ids())
    view.table.select_id(ids[2])
    view.actions_.delete()
    settle(view, qtbot)
    assert view.table.current_id() == ids[3]
    assert neighbour(ids, ids[-2:]) == ids[-3]
    assert neighbour(ids, [ids[1], ids[3]]) == ids[4]
    assert neighbour(ids, ids) is None


def test_what_is_done_to_all_leaves_all_selected(view: CustomersView, qtbot: QtBot) -> None:
    view.table.selectAll()
    view.actions_.mark_checked()
    settle(view, qtbot)
    assert len(view.table.selected_ids()) == len(NAMES)


def test_columns_make_way_in_a_narrow_window_and_come_back_in_a_wide_one(ctx: Context, qtbot: QtBot) -> None:
    def shown(width: int) -> bool:
        view = CustomersView(ctx)
        qtbot.addWidget(view)
        view.resize(width, 700)
        view.show()
        qtbot.wait(30)
        visible = not view.table.isColumnHidden(column)
        # As after a while: what the table looks like is kept.
        view._keep_layout(view.table.layout_state())
        view.hide()
        return visible

    column = [one.key for one in columns("CNY")].index("rhythm")
    assert [shown(1400), shown(1000), shown(1400)] == [True, False, True]
