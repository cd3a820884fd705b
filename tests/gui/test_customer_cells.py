"""Cells of the customer list are changed where they stand, phones copied, columns chosen, many changed."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.models.shop import CustomField
from desktop.queries.customer_rows import CustomerRow
from desktop.views.customers.view import CustomersView
from desktop.views.kit.cell_editing import Problem
from desktop.views.kit.context import Context
from desktop.views.kit.row_delegate import copy_rect
from tests.gui.told import Told

SHOWN = (
    "name",
    "phone",
    "region",
    "relation",
    "referred_by",
    "birthday",
    "tags",
    "custom:Size",
    "custom:Age",
)


@pytest.fixture
def view(ctx: Context, book: Book, qtbot: QtBot) -> CustomersView:
    """Four customers by name, with the columns that can be changed."""
    with book.step("Fill") as step:
        options = json.dumps(["S", "M"])
        step.insert(CustomField, subject="customer", name="Size", type="choice", options=options)
        step.insert(CustomField, subject="customer", name="Age", type="number", options="[]")
        for number, name in enumerate(("Ann", "Bob", "Cid", "Dan"), 1):
            step.insert(Customer, id=number, name=name, created_at="2024-01-01 09:00:00", region="Leeds")
            if number < 4:
                phone = f"1390000{number:04}"
                step.insert(
                    ContactPoint, customer_id=number, kind="phone", value=phone, norm=phone, main=True
                )
    order = [*SHOWN, "state"]
    ctx.settings.set("ui.columns.customers", {"order": order, "hidden": ["state"], "sort": ["name", False]})
    made = CustomersView(ctx)
    qtbot.addWidget(made)
    made.resize(1500, 800)
    made.show()
    for column in made.model.columns:
        made.table.setColumnHidden(made.model.columns.index(column), column.key not in SHOWN)
    settle(made, qtbot)
    made.table.setFocus()
    return made


def settle(view: CustomersView, qtbot: QtBot) -> None:
    qtbot.wait(90)
    qtbot.waitUntil(lambda: view.ctx.tasks.idle)
    qtbot.wait(1)


def cell(view: CustomersView, line: int, key: str) -> QModelIndex:
    return view.model.index(line, [column.key for column in view.model.columns].index(key))


def row(view: CustomersView, line: int) -> CustomerRow:
    found = view.model.row_at(line)
    assert isinstance(found, CustomerRow)
    return found


def editor(view: CustomersView) -> QWidget:
    found = [
        one
        for one in view.table.viewport().findChildren(
            QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        if isinstance(one, (QLineEdit, QComboBox)) and one.isVisible()
    ]
    assert len(found) == 1
    return found[0]


def test_a_cell_is_written_and_undone(view: CustomersView, qtbot: QtBot) -> None:
    view.table.setCurrentIndex(cell(view, 1, "region"))
    QTest.keyClick(view.table, Qt.Key.Key_F2)
    line = editor(view)
    assert isinstance(line, QLineEdit)
    assert (line.text(), line.selectedText()) == ("Leeds", "Leeds")
    QTest.keyClicks(line, "York")
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(view, qtbot)
    assert row(view, 1).region == "York"
    assert view.ctx.book.next_undo().label == "Change the region of {name}"  # type: ignore[union-attr]
    view.ctx.undo()
    settle(view, qtbot)
    assert row(view, 1).region == "Leeds"


def test_escape_leaves_a_cell_as_it_was(view: CustomersView, qtbot: QtBot) -> None:
    assert view.table.edit_cell(cell(view, 0, "region"))
    line = editor(view)
    QTest.keyClicks(line, "York")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    settle(view, qtbot)
    assert row(view, 0).region == "Leeds"
    assert view.table.hasFocus()


def test_tab_goes_on_to_the_next_cell_that_can_be_changed(view: CustomersView, qtbot: QtBot) -> None:
    view.table.edit_cell(cell(view, 0, "region"))
    QTest.keyClicks(editor(view), "York")
    QTest.keyClick(editor(view), Qt.Key.Key_Tab)
    settle(view, qtbot)
    box = editor(view)
    assert isinstance(box, QComboBox)
    assert view.table.currentIndex() == cell(view, 0, "relation")
    assert row(view, 0).region == "York"
    QTest.keyClick(box, Qt.Key.Key_Backtab)
    settle(view, qtbot)
    assert view.table.currentIndex() == cell(view, 0, "region")
    QTest.keyClick(editor(view), Qt.Key.Key_Escape)


def test_the_last_cell_leads_to_the_next_row(view: CustomersView, qtbot: QtBot) -> None:
    view.table.edit_cell(cell(view, 0, "custom:Age"))
    QTest.keyClicks(editor(view), "41")
    QTest.keyClick(editor(view), Qt.Key.Key_Tab)
    settle(view, qtbot)
    assert view.table.currentIndex() == cell(view, 1, "phone")
    assert row(view, 0).custom == {"Age": 41}
    QTest.keyClick(editor(view), Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("key", "typed", "why"),
    [("phone", "13900000002", "already belongs to Bob"), ("phone", "abc", "can't be read"),
     ("birthday", "soon", "1988-09-15"), ("custom:Age", "old", "no number")],
)  # fmt: skip
def test_what_cannot_be_kept_says_why_in_place(
    view: CustomersView, qtbot: QtBot, key: str, typed: str, why: str
) -> None:
    before = row(view, 0)
    view.table.edit_cell(cell(view, 0, key))
    line = editor(view)
    assert isinstance(line, QLineEdit)
    line.setText(typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    (problem,) = view.table.viewport().findChildren(Problem)
    assert problem.isVisible()
    assert why in line.accessibleDescription()
    assert line.property("wrong") is True
    QTest.keyClicks(line, "0")
    assert line.property("wrong") is False
    QTest.keyClick(line, Qt.Key.Key_Escape)
    settle(view, qtbot)
    assert row(view, 0) == before


def test_what_is_left_wrong_is_told(view: CustomersView, told: Told, qtbot: QtBot) -> None:
    view.table.edit_cell(cell(view, 0, "custom:Age"))
    line = editor(view)
    assert isinstance(line, QLineEdit)
    line.setText("old")
    view.head.search.line.setFocus()
    settle(view, qtbot)
    assert "no number" in told.notices[-1]
    assert row(view, 0).custom == {}


@pytest.mark.parametrize(
    ("key", "typed", "attribute", "wanted"),
    [("phone", "139 0000 0009", "phone", "13900000009"), ("phone", "", "phone", ""),
     ("birthday", "9月15日", "birthday", "09-15"), ("tags", "VIP，tea", "tags", ("VIP", "tea")),
     ("region", "", "region", "")],
)  # fmt: skip
def test_each_kind_of_cell_keeps_its_value(
    view: CustomersView, qtbot: QtBot, key: str, typed: str, attribute: str, wanted: object
) -> None:
    view.table.edit_cell(cell(view, 0, key))
    line = editor(view)
    assert isinstance(line, QLineEdit)
    line.setText(typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(view, qtbot)
    assert getattr(row(view, 0), attribute) == wanted


def test_a_choice_is_kept_as_it_is_chosen(view: CustomersView, qtbot: QtBot) -> None:
    for key, at in (("relation", 0), ("custom:Size", 2)):
        view.table.edit_cell(cell(view, 0, key))
        box = editor(view)
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(at)
        box.activated.emit(at)
        settle(view, qtbot)
    assert (row(view, 0).relation, row(view, 0).custom) == ("prospect", {"Size": "M"})


def test_a_referrer_is_found_by_a_few_letters(view: CustomersView, qtbot: QtBot) -> None:
    view.table.edit_cell(cell(view, 0, "referred_by"))
    line = editor(view)
    QTest.keyClicks(line, "bob")
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(view, qtbot)
    assert row(view, 0).referrer == "Bob"
    view.table.edit_cell(cell(view, 1, "referred_by"))
    line = editor(view)
    QTest.keyClicks(line, "ann")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "themselves" in line.accessibleDescription()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    settle(view, qtbot)
    assert row(view, 1).referred_by is None


def test_pointing_at_a_phone_shows_the_sign_for_copying(view: CustomersView, qtbot: QtBot) -> None:
    index = cell(view, 1, "phone")
    before = view.table.viewport().grab(view.table.visualRect(index)).toImage()
    QTest.mouseMove(view.table.viewport(), view.table.visualRect(index).center())
    qtbot.wait(20)
    after = view.table.viewport().grab(view.table.visualRect(index)).toImage()
    assert before != after
    nobody = cell(view, 3, "phone")
    assert view.table._copy_cell(copy_rect(view.table.visualRect(nobody)).center()) is None


def test_a_title_offers_its_column(view: CustomersView, qtbot: QtBot) -> None:
    header = view.table.horizontalHeader()
    at = header.sectionViewportPosition(cell(view, 0, "region").column()) + 20
    header.customContextMenuRequested.emit(QPoint(at, 10))
    (menu,) = (one for one in view.table.findChildren(QMenu) if one.isVisible())
    said = [action.text() for action in menu.actions() if action.text()]
    assert said == ["Sort by Region", "Hide Region", "Choose columns…", "Columns as at the beginning"]
    menu.actions()[2].trigger()
    assert "region" not in view.table.shown_keys()
    menu.close()


def test_the_name_opens_the_form_and_enter_the_profile(view: CustomersView, told: Told) -> None:
    view.table.setCurrentIndex(cell(view, 0, "name"))
    assert not view.table.edit_current()
    QTest.keyClick(view.table, Qt.Key.Key_Right)
    assert view.table.currentIndex() == cell(view, 0, "phone")
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert told.places == [("profile", {"customer": 1})]


def test_phones_are_copied_by_sign_and_by_key(view: CustomersView, told: Told) -> None:
    index = cell(view, 1, "phone")
    sign = copy_rect(view.table.visualRect(index)).center()
    view.table.select_id(1)
    QTest.mouseMove(view.table.viewport(), sign)
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=sign)
    assert QGuiApplication.clipboard().text() == "13900000002"
    assert told.notices[-1].startswith("Copied: 139 0000 0002")
    assert view.table.current_id() == 1
    view.table.selectAll()
    QTest.keyClick(
        view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert QGuiApplication.clipboard().text() == "13900000001\n13900000002\n13900000003"
    assert told.notices[-1].startswith("3 phone numbers copied")
    nothing = copy_rect(view.table.visualRect(cell(view, 3, "phone"))).center()
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=nothing)
    assert view.table.current_id() == 4


def test_keys_lead_everywhere(view: CustomersView, qtbot: QtBot) -> None:
    view.table.select_id(2)
    QTest.keyClick(view.table, Qt.Key.Key_End)
    assert view.table.current_id() == 4
    QTest.keyClick(view.table, Qt.Key.Key_Home)
    assert view.table.current_id() == 1
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    assert view.table.current_id() == 2
    settle(view, qtbot)
    QTest.keyClick(view.table, Qt.Key.Key_Space)
    focus = view.focusWidget()
    assert focus is not None
    assert view.preview.isAncestorOf(focus)
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert view.table.hasFocus()
    QTest.keyClick(view.table, Qt.Key.Key_C)
    assert view.head.search.line.hasFocus()
    assert view.head.search.line.text() == "c"
    settle(view, qtbot)
    assert [row(view, line).name for line in range(view.model.rowCount())] == ["Cid"]


def test_columns_are_found_shown_moved_and_put_back(view: CustomersView, qtbot: QtBot) -> None:
    first = view.table.shown_keys()
    sheet = view.table.choose_columns()
    sheet.search.setText("lik")
    assert sheet.keys() == ["likes", "dislikes"]
    sheet.item("likes").setCheckState(Qt.CheckState.Checked)
    qtbot.wait(5)
    sheet.search.clear()
    assert view.table.shown_keys()[-1] == "likes"
    assert sheet.keys()[: len(first) + 1] == [*first, "likes"]
    sheet.list.setCurrentItem(sheet.item("likes"))
    QTest.keyClick(sheet.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert view.table.shown_keys()[-2:] == ["likes", first[-1]]
    sheet.reset_button.click()
    assert view.table.shown_keys()[:4] == ["name", "phone", "state", "last"]
    assert "likes" not in view.table.shown_keys()
    sheet.close()


def test_a_field_sorts_the_list(view: CustomersView, qtbot: QtBot) -> None:
    view.table.edit_cell(cell(view, 3, "region"))
    line = editor(view)
    assert isinstance(line, QLineEdit)
    line.setText("Aachen")
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(view, qtbot)
    header = view.table.horizontalHeader()
    at = header.sectionViewportPosition(cell(view, 0, "region").column()) + 20
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 10))
    settle(view, qtbot)
    assert [row(view, line).name for line in range(4)] == ["Dan", "Ann", "Bob", "Cid"]


def test_many_are_changed_and_all_stay_selected(view: CustomersView, told: Told, qtbot: QtBot) -> None:
    view.table.selectAll()
    form = view.actions_.change("region")
    assert form.mode.value() == "set"
    form.fields["value"].set_value("York")
    form.look()
    settle(view, qtbot)
    assert form.told.text() == "4 of 4 customers change."
    assert form.details.text().splitlines() == ["Region: 1 different value → York", "Until now: Leeds (4)"]
    form.save_button.click()
    settle(view, qtbot)
    assert [row(view, line).region for line in range(4)] == ["York"] * 4
    assert told.notices[-1] == "Change the region of 4 customers [Undo]"
    assert len(view.table.selected_ids()) == 4
    view.ctx.undo()
    settle(view, qtbot)
    assert [row(view, line).region for line in range(4)] == ["Leeds"] * 4
    again = view.actions_.change("custom:Age")
    again.fields["value"].set_value("x")
    again.save_button.click()
    assert again.isVisible()
    again.mode.set_value("clear")
    assert "value" not in again.fields
    again.look()
    settle(view, qtbot)
    assert again.told.text().startswith("Nothing would change")
    again.reject()
