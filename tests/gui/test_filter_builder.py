"""The filter builder and the segment manager through their own widgets."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import Customer, CustomerTag, Tag
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.shop import Segment
from desktop.operations.segments import save_segment
from desktop.queries.conditions import Condition, Group
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customers import segments
from desktop.views.customers.filter_builder import FilterBuilder
from desktop.views.customers.filter_chips import MOST_SEGMENTS
from desktop.views.customers.filter_pick import PickValues
from desktop.views.customers.filter_row import ConditionRow
from desktop.views.customers.filter_values import (
    ChipValues,
    DaysValue,
    DayValues,
    NumberValues,
    TextValues,
)
from desktop.views.customers.segment_manager import SegmentManager
from desktop.views.customers.view import CustomersView
from desktop.views.kit.context import Context
from tests.gui.told import Told

TODAY = date.today()
SPENT = Group("and", (Condition("spend", "ge", (70000,)),))


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """Five customers, each of whom bought one thing for 100, 200 … yuan, the first a month ago."""
    with book.step("Fill") as step:
        for number in range(1, 16):
            step.insert(Product, id=number, code=f"P{number}", name=f"Tea {number}", category="Tea")
        step.insert(Tag, id=1, name="VIP")
        for number, name in enumerate(("王丽华", "陈志强", "Emma", "刘晓燕", "赵国栋"), 1):
            step.insert(Customer, id=number, name=name, created_at="2024-01-01 09:00:00")
            placed = f"{TODAY - timedelta(days=30 * number)} 10:00:00"
            amount = 10000 * number
            order = step.insert(Order, customer_id=number, placed_at=placed, total=amount, paid=amount)
            step.insert(OrderLine, order_id=order, product_id=number)
        step.insert(CustomerTag, customer_id=5, tag_id=1)
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
    qtbot.wait(200)
    qtbot.waitUntil(lambda: view.ctx.tasks.idle)
    qtbot.wait(1)


def names(view: CustomersView) -> set[str]:
    return {view.model.index(line, 0).data() for line in range(view.model.rowCount())}


def choose(row: ConditionRow, field: str, op: str) -> None:
    row.fields.setCurrentIndex(row.fields.findData(field))
    row.operators.setCurrentIndex(row.operators.findData(op))
    assert (row.fields.currentData(), row.operators.currentData()) == (field, op)


def test_conditions_narrow_the_list_and_are_kept_as_a_segment(view: CustomersView, qtbot: QtBot) -> None:
    builder = view.filtering.open()
    settle(view, qtbot)
    assert (builder.count.text(), builder.share.text()) == ("5 customers", "· 100\N{NO-BREAK SPACE}%")
    (row,) = builder.group.rows()
    assert isinstance(row.editor, NumberValues)
    QTest.keyClicks(row.editor.lines[0], "300")
    settle(view, qtbot)
    assert (builder.count.text(), builder.share.text()) == ("3 customers", "· 60\N{NO-BREAK SPACE}%")
    builder.group.add_button.click()
    row = builder.group.rows()[1]
    choose(row, "tags", "none")
    assert isinstance(row.editor, ChipValues)
    row.editor.chips.chip("0").click()
    settle(view, qtbot)
    assert builder.count.text() == "2 customers"
    assert builder.sentence.text() == "Spent ≥ ¥300 and not tags VIP"
    QTest.keyClick(builder, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(view, qtbot)
    assert names(view) == {"Emma", "刘晓燕"}
    assert view.head.filter_button.text() == "Filter (2)"
    assert view.filter_head.sentence.whole() == "Spent ≥ ¥300 and not tags VIP"
    view.filter_head.save_button.click()
    form = view.findChildren(QDialog)[-1]
    form.fields["name"].set_value("Good")  # type: ignore[attr-defined]  # the only dialog there is
    form.save_button.click()  # type: ignore[attr-defined]
    settle(view, qtbot)
    (segment,) = segments(view.ctx.book)
    tree = Group("and", (Condition("spend", "ge", (30000,)), Condition("tags", "none", (1,))))
    assert segment.view == CustomerFilter(where=tree)
    chip = view.chips.chip(f"segment-{segment.id}")
    assert (view.chips.chosen_key(), chip.text()) == (chip.key, "Good 2")
    assert chip.toolTip() == "Spent ≥ ¥300 and not tags VIP\n2 customers · 40\N{NO-BREAK SPACE}%"
    view.filter_head.clear_button.click()
    settle(view, qtbot)
    assert view.model.rowCount() == 5
    assert view.filter_head.isHidden()


def test_every_type_has_its_editor(view: CustomersView, qtbot: QtBot) -> None:
    builder = view.filtering.open()
    (row,) = builder.group.rows()
    kinds = {
        ("spend", "between"): NumberValues,
        ("name", "contains"): TextValues,
        ("state", "is"): ChipValues,
        ("last", "last"): DaysValue,
        ("last", "between"): DayValues,
        ("product", "any"): PickValues,
        ("birthday", "month"): ChipValues,
        ("birthday", "next"): DaysValue,
    }
    for (field, op), kind in kinds.items():
        choose(row, field, op)
        assert isinstance(row.editor, kind), (field, op)
    choose(row, "last", "between")
    assert isinstance(row.editor, DayValues)
    for box, day in zip(row.editor.boxes, (TODAY - timedelta(days=70), TODAY), strict=True):
        box.setDate(QDate(day.year, day.month, day.day))
    settle(view, qtbot)
    assert builder.count.text() == "2 customers"
    choose(row, "name", "lacks")
    assert isinstance(row.editor, TextValues)
    assert row.condition() is None
    row.editor.line.setText("emma，王")
    assert row.condition() == Condition("name", "lacks", ("emma", "王"))
    settle(view, qtbot)
    assert builder.count.text() == "3 customers"
    builder.reject()


def test_what_was_bought_is_picked_by_typing(view: CustomersView, qtbot: QtBot) -> None:
    builder = view.filtering.open()
    (row,) = builder.group.rows()
    choose(row, "product", "any")
    editor = row.editor
    assert isinstance(editor, PickValues)
    for typed in ("tea 2", "tea 3"):
        QTest.keyClicks(editor.line, typed)
        QTest.keyClick(editor.line, Qt.Key.Key_Return)
        qtbot.wait(1)
    assert editor.values() == (2, 3)
    assert builder.isVisible()
    row.when.setCurrentIndex(row.when.findData("last"))
    assert isinstance(row.when_editor, DaysValue)
    row.when_editor.box.setValue(75)
    settle(view, qtbot)
    assert builder.count.text() == "1 customer"
    assert builder.sentence.text() == "Bought product Tea 2 or Tea 3 in the last 75 days"
    QTest.keyClick(editor.line, Qt.Key.Key_Backspace)
    assert editor.values() == (2,)
    builder.apply()
    settle(view, qtbot)
    assert names(view) == {"陈志强"}


def test_groups_are_nested_and_removed(view: CustomersView, qtbot: QtBot) -> None:
    tree = Group(
        "and",
        (
            Condition("spend", "ge", (20000,)),
            Group("or", (Condition("tags", "any", (1,)), Condition("name", "is", ("emma",)))),
        ),
    )
    view.filtering.use(CustomerFilter(where=tree))
    settle(view, qtbot)
    assert names(view) == {"Emma", "赵国栋"}
    builder = view.filtering.open()
    assert builder.group.group() == tree
    (inner,) = builder.group.inner()
    inner.join.setCurrentIndex(0)
    settle(view, qtbot)
    assert builder.count.text() == "0 customers"
    assert builder.sentence.text() == "Spent ≥ ¥200 and tags VIP and customer's name is “emma”"
    inner.group_button.click()
    (deepest,) = inner.inner()
    assert not hasattr(deepest, "group_button")
    assert [row.condition() is None for row in builder.group.rows()] == [False, False, False, True]
    deepest.removed.emit()
    inner.removed.emit()
    settle(view, qtbot)
    assert builder.count.text() == "4 customers"
    builder.reset_button.click()
    settle(view, qtbot)
    assert builder.count.text() == "5 customers"
    builder.apply()
    settle(view, qtbot)
    assert view.model.rowCount() == 5
    assert view.head.filter_button.text() == "Filter"


def test_one_of_several_is_built_again_as_it_was(view: CustomersView, qtbot: QtBot) -> None:
    tree = Group("or", (Condition("tags", "any", (1,)), Condition("name", "is", ("emma",))))
    view.filtering.use(CustomerFilter(where=tree))
    builder = view.filtering.open()
    assert builder.group.group() == tree
    assert builder.group.join.currentText() == "At least one of these holds"
    assert builder.sentence.text() == "Tags VIP or customer's name is “emma”"
    builder.reject()


def test_something_missing_is_shown(view: CustomersView, qtbot: QtBot) -> None:
    builder = view.filtering.open()
    builder.group.add_button.click()
    first, second = builder.group.rows()
    assert isinstance(first.editor, NumberValues)
    first.editor.lines[0].setText("100")
    assert isinstance(second.editor, NumberValues)
    second.editor.lines[0].setText("a lot")
    builder.apply()
    assert builder.isVisible()
    assert second.editor.lines[0].property("wrong") is True
    second.editor.lines[0].setText("1,000.50")
    assert second.condition() == Condition("spend", "ge", (100050,))
    assert second.editor.lines[0].property("wrong") is False
    builder.reject()


def test_a_segment_is_changed_in_its_place(view: CustomersView, qtbot: QtBot) -> None:
    view.ctx.changed(save_segment(view.ctx.book, name="Spent", view=CustomerFilter(where=SPENT)))
    settle(view, qtbot)
    (segment,) = view.finder.segments
    view.chips.use_segment(segment.id)
    builder = view.filtering.open()
    (row,) = builder.group.rows()
    assert isinstance(row.editor, NumberValues)
    assert row.editor.lines[0].text() == "¥700.00"
    row.editor.lines[0].setText("400")
    builder.replace_button.click()
    settle(view, qtbot)
    assert names(view) == {"刘晓燕", "赵国栋"}
    (after,) = segments(view.ctx.book)
    assert (after.id, after.view.where) == (segment.id, Group("and", (Condition("spend", "ge", (40000,)),)))
    view.ctx.book.undo()
    assert segments(view.ctx.book)[0].view.where == SPENT


def test_a_segment_of_a_newer_version_says_so_and_shows_nobody(view: CustomersView, qtbot: QtBot) -> None:
    with view.ctx.book.step("Later") as step:
        step.insert(Segment, name="Moon", condition='{"moon": 3}')
        where = '{"where": {"and": [{"field": "last", "op": "last-week"}]}}'
        step.insert(Segment, name="Aura", condition=where)
    view.ctx.changed(step.changes)
    settle(view, qtbot)
    moon, aura = view.finder.segments
    view.chips.use_segment(moon.id)
    settle(view, qtbot)
    assert view.model.rowCount() == 0
    assert "newer version" in view.chips.chip(f"segment-{moon.id}").toolTip()
    view.chips.use_segment(aura.id)
    settle(view, qtbot)
    assert view.model.rowCount() == 0
    builder = view.filtering.open()
    (row,) = builder.group.rows()
    assert not row.editable
    assert builder.view().where == aura.view.where
    row.removed.emit()
    settle(view, qtbot)
    assert builder.count.text() == "5 customers"
    builder.reject()


def manager_of(view: CustomersView, qtbot: QtBot) -> SegmentManager:
    view.chips.manage()
    settle(view, qtbot)
    return view.findChildren(SegmentManager)[-1]


def test_segments_are_put_in_order_renamed_copied_and_deleted(
    view: CustomersView, told: Told, qtbot: QtBot
) -> None:
    book = view.ctx.book
    for name in ("A", "B", "C"):
        view.ctx.changed(save_segment(book, name=name, view=CustomerFilter(where=SPENT)))
    settle(view, qtbot)
    manager = manager_of(view, qtbot)
    assert manager.list.item(0).data(Qt.ItemDataRole.UserRole + 2) == "0 · 0\N{NO-BREAK SPACE}%"
    QTest.keyClick(manager.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [one.name for one in segments(book)] == ["B", "A", "C"]
    assert manager.list.currentItem().text() == "A"
    manager.list.currentItem().setText("Alpha")
    assert [one.name for one in segments(book)] == ["B", "Alpha", "C"]
    manager.list.currentItem().setText("C")
    assert "already" in manager._wrong.text()
    assert manager.list.currentItem().text() == "Alpha"
    manager.copy_button.click()
    manager.delete_button.click()
    assert [one.name for one in segments(book)] == ["B", "Alpha (copy)", "C"]
    manager.list.setCurrentRow(0)
    settle(view, qtbot)
    manager.use_button.click()
    settle(view, qtbot)
    chosen = view.finder.segment()
    assert chosen is not None
    assert chosen.name == "B"
    assert isinstance(view.filtering.open(), FilterBuilder)


def test_many_segments_leave_the_list_its_room(view: CustomersView, ctx: Context, qtbot: QtBot) -> None:
    for number in range(12):
        ctx.changed(
            save_segment(ctx.book, name=f"A segment with a long name, {number}", view=CustomerFilter()),
            quiet=True,
        )
    chips = view.chips
    shown = [key for key in chips._chips if key.startswith("segment-")]
    assert len(shown) == MOST_SEGMENTS
    assert chips.chip("segments").text() == "4 more segments…"
    last = segments(ctx.book)[-1].id
    chips.use_segment(last)
    assert chips.chosen_key() == f"segment-{last}"
    assert chips.chip("segments").text() == "3 more segments…"
