"""The screen of duplicates: a pair is merged by click and by key, undone, taken apart, told apart."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.operations.contact_points import Point
from desktop.operations.customers import add_customer, delete_customers
from desktop.operations.duplicates import sweep_duplicates
from desktop.queries.pairs import pair_count, pair_id
from desktop.views.customers.view import CustomersView
from desktop.views.duplicates.merge_with import MergeWith
from desktop.views.duplicates.view import DuplicatesView
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import Tag
from desktop.views.profile.view import ProfileView
from tests.gui.told import Told


@pytest.fixture
def people(book: Book) -> dict[str, int]:
    """Two customers who stand there twice, one of them differing in much."""
    found = {}
    for key, name, values, points in (
        ("wang", "王丽华", {"region": "杭州", "notes": "喜欢龙井"}, [Point("phone", "13800138421")]),
        ("wang2", "王麗華", {"region": "宁波", "notes": "对花生过敏", "gender": "female"},
         [Point("wechat", "13800138421")]),
        ("emma", "Emma Clark", {"birthday": "1990-04-05"}, [Point("email", "emma.clark@example.com")]),
        ("emma2", "Clark, Emma", {}, [Point("email", "emma.clark@example.org")]),
    ):  # fmt: skip
        found[key] = add_customer(book, values={"name": name, **values}, points=points).created["customer"]
    return found


@pytest.fixture
def view(ctx: Context, book: Book, people: dict[str, int], qtbot: QtBot) -> DuplicatesView:
    sweep_duplicates(book)
    return screen(ctx, qtbot)


def screen(ctx: Context, qtbot: QtBot, **params: Any) -> DuplicatesView:
    made = DuplicatesView(ctx, **params)
    qtbot.addWidget(made)
    made.resize(1040, 640)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    return made


def key(widget: QWidget, code: Qt.Key) -> None:
    QTest.keyClick(widget, code)


def tags(view: DuplicatesView) -> list[str]:
    return [tag.text() for tag in view.comparison.findChildren(Tag) if tag.isVisible()]


def test_the_likeliest_pair_stands_there_with_its_reasons(
    view: DuplicatesView, people: dict[str, int]
) -> None:
    QAbstractItemModelTester(view.table.rows)
    assert list(view.table.rows.ids()) == [
        pair_id(people["wang"], people["wang2"]), pair_id(people["emma"], people["emma2"]),
    ]  # fmt: skip
    assert view.table.current_id() == pair_id(people["wang"], people["wang2"])
    assert tags(view) == [
        "99 %", "Same phone number: 138 0013 8421", "Same name, written differently", "Different regions",
    ]  # fmt: skip
    assert [made.key for made in view.comparison.choices_] == ["name", "gender", "region", "notes"]
    assert view.comparison.field("notes").several
    assert not view.comparison.field("gender").contradicts


def test_merging_by_mouse_as_chosen_and_undoing(
    view: DuplicatesView, ctx: Context, book: Book, people: dict[str, int], told: Told
) -> None:
    region = view.comparison.field("region")
    QTest.mouseClick(region.cell(1), Qt.MouseButton.LeftButton)
    assert region.chosen() == [1]
    QTest.mouseClick(view.comparison.merge_button, Qt.MouseButton.LeftButton)
    row = book.row("SELECT name, region, gender, notes FROM customer WHERE id = ?", (people["wang"],))
    assert row == ("王丽华", "宁波", "female", "喜欢龙井\n对花生过敏")
    # The next pair comes up at once.
    assert view.table.current_id() == pair_id(people["emma"], people["emma2"])
    assert [one.name for one in view.comparison.customers] == ["Emma Clark", "Clark, Emma"]
    assert told.notices[-1] == "Merge 王麗華 into 王丽华 [Undo]"
    ctx.undo()
    assert pair_count(book) == 2
    assert book.value("SELECT name FROM customer WHERE id = ?", (people["wang2"],)) == "王麗華"


def test_merging_by_keys(view: DuplicatesView, book: Book, people: dict[str, int]) -> None:
    view.table.setFocus()
    key(view.table, Qt.Key.Key_Return)
    name = view.comparison.field("name")
    assert name.hasFocus()
    key(name, Qt.Key.Key_Right)
    assert name.chosen() == [1]
    key(name, Qt.Key.Key_Down)
    notes = view.comparison.field("notes")
    notes.setFocus()
    key(notes, Qt.Key.Key_2)
    assert notes.chosen() == [1]
    key(notes, Qt.Key.Key_Space)
    assert notes.chosen() == [0, 1]
    key(notes, Qt.Key.Key_Escape)
    assert view.table.hasFocus()
    key(view.table, Qt.Key.Key_M)
    assert book.value("SELECT name FROM customer WHERE id = ?", (people["wang"],)) == "王麗華"
    key(view.table, Qt.Key.Key_N)
    assert book.rows("SELECT one_id, other_id FROM not_same") == [(people["emma"], people["emma2"])]
    assert not len(view.table.rows.ids())
    assert not view.comparison.merge_button.isVisible()


def test_later_goes_round(view: DuplicatesView, book: Book) -> None:
    first = view.table.current_id()
    view.table.setFocus()
    key(view.table, Qt.Key.Key_L)
    assert view.table.current_id() != first
    QTest.mouseClick(view.comparison.later_button, Qt.MouseButton.LeftButton)
    assert view.table.current_id() == first
    assert pair_count(book) == 2


def test_taking_apart(view: DuplicatesView, book: Book, people: dict[str, int]) -> None:
    view.merge()
    assert [view.chips.chip(one).text() for one in ("pairs", "merged")] == ["To decide 1", "Merged earlier 1"]
    QTest.mouseClick(view.chips.chip("merged"), Qt.MouseButton.LeftButton)
    assert view.merged.table.isVisible()
    QTest.mouseClick(view.merged.button, Qt.MouseButton.LeftButton)
    assert book.value("SELECT count(*) FROM merge") == 0
    assert book.value("SELECT notes FROM customer WHERE id = ?", (people["wang"],)) == "喜欢龙井"
    assert pair_count(book) == 2
    assert not view.merged.button.isVisible()


def test_comparing_again_what_was_told_apart(view: DuplicatesView, book: Book) -> None:
    view.mark_apart()
    QTest.mouseClick(view.chips.chip("apart"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(view.apart.button, Qt.MouseButton.LeftButton)
    assert book.value("SELECT count(*) FROM not_same") == 0
    assert pair_count(book) == 2


def test_a_new_book_is_looked_through_at_once(
    ctx: Context, book: Book, people: dict[str, int], qtbot: QtBot
) -> None:
    view = screen(ctx, qtbot)
    qtbot.waitUntil(lambda: len(view.table.rows.ids()) == 2)
    assert view.sweep_button.toolTip().startswith("Looked through 4 customers")


def test_several_at_once(ctx: Context, book: Book, people: dict[str, int], qtbot: QtBot) -> None:
    third = add_customer(
        book, values={"name": "王丽华"}, points=[Point("account", "13800138421", "jd")]
    ).created["customer"]
    sweep_duplicates(book)
    view = screen(ctx, qtbot, pair=pair_id(people["wang"], people["wang2"]))
    view.comparison.group_wanted.emit([people["wang"], people["wang2"], third])
    assert len(view.comparison.customers) == 3
    assert not view.comparison.apart_button.isVisible()
    QTest.mouseClick(view.comparison.field("name").cell(1), Qt.MouseButton.LeftButton)
    view.merge()
    assert book.value("SELECT count(*) FROM merge") == 2
    assert book.row("SELECT name, notes FROM customer WHERE name LIKE '王%'") == (
        "王麗華",
        "喜欢龙井\n对花生过敏",
    )


def test_any_two_from_a_profile(
    ctx: Context, book: Book, people: dict[str, int], qtbot: QtBot, told: Told
) -> None:
    profile = ProfileView(ctx, customer=people["wang"])
    qtbot.addWidget(profile)
    form = profile.doing.merge_with()
    assert isinstance(form, MergeWith)
    form.fields["other"].set_value(people["wang"])
    form.save()
    assert form.isVisible()
    form.fields["other"].set_value(people["emma"])
    form.save()
    assert told.places[-1] == ("duplicates", {"customers": (people["wang"], people["emma"])})
    sweep_duplicates(book)
    view = screen(ctx, qtbot, customers=told.places[-1][1]["customers"])
    assert [one.name for one in view.comparison.customers] == ["王丽华", "Emma Clark"]
    assert view.table.current_id() is None
    params = view.route_params()
    assert params["customers"] == (people["wang"], people["emma"])
    view.merge()
    assert told.places[-1] == ("profile", {"customer": people["wang"]})


def test_a_customer_deleted_meanwhile(
    view: DuplicatesView, ctx: Context, book: Book, people: dict[str, int]
) -> None:
    ctx.do(lambda: delete_customers(book, customer_ids=[people["wang2"]]))
    assert [one.name for one in view.comparison.customers] == ["Emma Clark", "Clark, Emma"]
    ctx.undo()
    assert len(view.table.rows.ids()) == 2


def test_the_customers_screen_counts_them(
    ctx: Context, book: Book, people: dict[str, int], qtbot: QtBot, told: Told
) -> None:
    sweep_duplicates(book)
    view = CustomersView(ctx)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: view.head.duplicates_button.text() == "2")
    view.head.duplicates_button.click()
    assert told.places[-1][0] == "duplicates"
    view.table.selectAll()
    view.actions_.merge()
    place, params = told.places[-1]
    chosen = params["customers"]
    assert place == "duplicates"
    assert isinstance(chosen, tuple)
    assert sorted(chosen) == sorted(people.values())
