"""Details of a customer edited where they stand: by keyboard, each one step, warned of what others have."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.models.shop import CustomField
from desktop.operations.contact_points import Point
from desktop.queries.profile import Profile, profile
from desktop.views.customers.birthday_field import BirthdayField
from desktop.views.customers.editor import CustomerEditor
from desktop.views.customers.point_edit import PointField
from desktop.views.customers.points_field import PointsField
from desktop.views.kit.context import Context
from desktop.views.profile.fact_editor import FactEditor
from desktop.views.profile.fact_row import breakable
from desktop.views.profile.view import ProfileView
from tests.gui.told import Told

TODAY = date.today()


@pytest.fixture
def ctx(ctx: Context, book: Book) -> Context:
    """王丽华 with a phone and WeChat, 孙梅 with a phone of her own, and two fields of the shop's own."""
    with book.step("Fill") as step:
        for row, name in ((1, "王丽华"), (2, "孙梅")):
            step.insert(Customer, id=row, name=name, created_at="2024-01-01 09:00:00")
        for customer, kind, value in (
            (1, "phone", "13800138421"), (1, "wechat", "lihua-tea"), (2, "phone", "13900000001"),
        ):  # fmt: skip
            step.insert(ContactPoint, customer_id=customer, kind=kind, value=value, norm=value, main=1)
        step.insert(CustomField, name="Cups", type="number", position=0)
        step.insert(CustomField, name="Blend", type="choice", options='["Green", "Black"]', position=1)
    return ctx


@pytest.fixture
def view(ctx: Context, qtbot: QtBot) -> ProfileView:
    made = ProfileView(ctx, customer=1)
    qtbot.addWidget(made)
    made.resize(1220, 840)
    made.show()
    qtbot.waitUntil(lambda: made.ctx.tasks.idle)
    made.activateWindow()
    return made


def now(view: ProfileView) -> Profile:
    found = profile(view.ctx.book, customer_id=1, today=TODAY)
    assert found is not None
    return found


def steps(view: ProfileView) -> int:
    return int(view.ctx.book.value("SELECT count(*) FROM step WHERE kind = 'do' AND undone = 0"))


def editor(view: ProfileView) -> FactEditor:
    found = view.side.about.facts.editor
    assert found is not None
    return found


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def write(text: str, line: QWidget | None = None) -> None:
    """Type, in any script."""
    typed = line or focused()
    assert isinstance(typed, QLineEdit)
    typed.insert(text)


def points(view: ProfileView) -> list[tuple[str, str, str, bool]]:
    return [(one.kind, one.channel, one.norm, one.main) for one in now(view).points]


def test_a_fact_is_changed_by_keyboard_as_one_step(view: ProfileView) -> None:
    facts = view.side.about.facts
    before = steps(view)
    facts.rows["likes"].setFocus()
    QTest.keyClick(facts.rows["likes"], Qt.Key.Key_F2)
    write("龙井")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert now(view).likes == "龙井"
    assert steps(view) == before + 1
    assert facts.rows["likes"].hasFocus()
    QTest.keyClick(facts.rows["likes"], Qt.Key.Key_Return)
    write("，白茶")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert facts.editor is None
    assert now(view).likes == "龙井"
    assert steps(view) == before + 1
    view.ctx.undo()
    assert now(view).likes == ""
    assert "—" in facts.rows["likes"].accessibleName() or "not noted" in facts.rows["likes"].accessibleName()


def test_nothing_changed_is_no_step(view: ProfileView) -> None:
    before = steps(view)
    view.side.about.facts.edit("kind")
    editor(view).keep()
    assert view.side.about.facts.editor is None
    assert steps(view) == before


def test_who_goes_elsewhere_keeps_what_they_wrote(view: ProfileView) -> None:
    view.side.about.facts.edit("dislikes")
    write("peanuts")
    view.stream.note.line.setFocus()
    assert now(view).dislikes == "peanuts"


def test_a_change_from_elsewhere_waits_for_the_editor(view: ProfileView) -> None:
    facts = view.side.about.facts
    facts.edit("likes")
    write("oo")
    with view.ctx.book.step("Elsewhere") as step:
        step.update(Customer, 1, dislikes="peanuts")
    view.ctx.changed(step.changes)
    write("long")
    editor(view).keep()
    assert (now(view).likes, now(view).dislikes) == ("oolong", "peanuts")
    assert "peanuts" in facts.rows["dislikes"].accessibleName()


def test_a_phone_says_how_it_will_be_kept_and_who_has_it(view: ProfileView, told: Told) -> None:
    made = view.side.about.add_point("phone")
    assert made is not None
    line = focused()
    assert isinstance(line, QLineEdit)
    assert isinstance(made.field, PointField)
    said = made.field.edit.said
    QTest.keyClicks(line, "+86 139")
    assert said.text() == "Not complete yet."
    QTest.keyClicks(line, "0000 0002")
    assert said.text() == "Kept as 139 0000 0002"
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClicks(line, "1")
    assert said.text() == "Already belongs to 孙梅."
    made.keep()
    assert view.side.about.facts.editor is made
    merge = next(b for b in made.findChildren(QPushButton) if b.text() == "Merge…")
    merge.click()
    assert told.places[-1] == ("duplicates", {"customers": (1, 2)})


def test_phones_are_added_made_main_and_removed(view: ProfileView) -> None:
    made = view.side.about.add_point("phone")
    assert made is not None
    write("0571-8888 8888")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert ("phone", "", "057188888888", False) in points(view)
    facts = view.side.about.facts
    key = next(key for key, row in facts.rows.items() if "0571" in row.accessibleName())
    facts.edit(key)
    next(run for _, text, run in editor(view).fact.extra if text == "Make it the main one")
    button = next(
        b for b in editor(view).findChildren(QWidget) if b.accessibleName() == "Make it the main one"
    )
    button.click()  # type: ignore[attr-defined]  # an icon button
    assert {one for one in points(view) if one[0] == "phone"} == {
        ("phone", "", "057188888888", True), ("phone", "", "13800138421", False),
    }  # fmt: skip
    key = next(key for key, row in facts.rows.items() if "8421" in row.accessibleName())
    facts.edit(key)
    line = focused()
    assert isinstance(line, QLineEdit)
    line.clear()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert [one for one in points(view) if one[0] == "phone"] == [("phone", "", "057188888888", True)]
    view.ctx.undo()
    assert len([one for one in points(view) if one[0] == "phone"]) == 2


def test_a_lunar_birthday_is_written_in_words(view: ProfileView) -> None:
    made = view.side.about.add_detail("birthday")
    assert made is not None
    assert isinstance(made.field, BirthdayField)
    write("1988年八月十五", made.field.line)
    assert made.field.calendar.currentText() == "Lunar calendar"
    assert made.field._below.text().startswith("25 Sep 1988 · next ")
    made.keep()
    found = now(view)
    assert (found.birthday, found.birthday_calendar) == ("1988-08-15", "lunar")
    made = view.side.about.add_detail("birthday")
    assert made is not None
    assert isinstance(made.field, BirthdayField)
    made.field.line.setText("someday")
    made.keep()
    assert view.side.about.facts.editor is made
    made.leave()


def test_the_shops_own_fields_by_their_type(view: ProfileView) -> None:
    made = view.side.about.add_detail("own:Cups")
    assert made is not None
    write("many")
    made.keep()
    assert view.side.about.facts.editor is made
    made.field.set_value(3)
    made.keep()
    made = view.side.about.add_detail("own:Blend")
    assert made is not None
    assert isinstance(focused(), QComboBox)
    made.field.set_value("Black")
    made.keep()
    assert now(view).custom == {"Cups": 3, "Blend": "Black"}


def test_somebody_cannot_bring_themselves(view: ProfileView) -> None:
    made = view.side.about.add_detail("referred_by")
    assert made is not None
    made.field.set_value(1)
    made.keep()
    assert view.side.about.facts.editor is made
    made.field.set_value(2)
    made.keep()
    assert now(view).referrer == "孙梅"


def test_the_form_takes_any_number_of_accounts(view: ProfileView, told: Told) -> None:
    form = view.doing.edit()
    assert isinstance(form, CustomerEditor)
    field = form.fields["points"]
    assert isinstance(field, PointsField)
    for kind, channel, value in (
        ("phone", "", "139 0000 0009"), ("account", "taobao", "tb_lihua"),
        ("account", "taobao", "tb_second"), ("account", "member", "2900000000017"),
        ("address", "", "杭州文三路1号"), ("address", "", "上海南京路2号"),
    ):  # fmt: skip
        field.add(kind, channel, value)
    field.make_main(next(row for row in field.rows if row.edit.line.text().endswith("0009")))
    form.save_button.click()
    assert not form.isVisible()
    assert set(points(view)) == {
        ("phone", "", "13900000009", True), ("phone", "", "13800138421", False),
        ("wechat", "", "lihua-tea", True),
        ("account", "taobao", "tb_lihua", True), ("account", "taobao", "tb_second", False),
        ("account", "member", "2900000000017", False), ("address", "", "杭州文三路1号", True),
        ("address", "", "上海南京路2号", False),
    }  # fmt: skip
    view.ctx.undo()
    assert len(points(view)) == 2


def test_the_form_knows_namesakes(view: ProfileView, told: Told, qtbot: QtBot) -> None:
    form = CustomerEditor(view.ctx, None, None, view)
    form.open()
    form.name.line.setText("孙梅")
    link = next(b for b in form.findChildren(QPushButton) if "in the book already" in b.text())
    assert "139 0000 0001" in link.text()
    link.click()
    assert told.places[-1] == ("profile", {"customer": 2})
    qtbot.waitUntil(lambda: not form.isVisible())


def test_the_main_one_of_a_kind_is_the_first_unless_said(view: ProfileView, qtbot: QtBot) -> None:
    field = PointsField(view.ctx, "Reach")
    qtbot.addWidget(field)
    field.set_value([Point("phone", "13900000005"), Point("phone", "13900000006", main=True)])
    assert [point.main for point in field.value()] == [False, True]
    field.remove(field.rows[1])
    assert [point.main for point in field.value()] == [True]


def test_long_words_may_be_broken() -> None:
    told: Any = breakable("guifang113@example.com")
    assert told.replace("\u200b", "") == "guifang113@example.com"
    assert max(map(len, told.split("\u200b"))) <= 10
    assert breakable("short words stay") == "short words stay"


def test_every_line_has_the_room_its_words_need(view: ProfileView, qtbot: QtBot) -> None:
    with view.ctx.book.step("Long") as step:
        step.update(Customer, 1, notes="First line\nsecond line\n" + "tea " * 60, likes="a" * 80)
    view.ctx.changed(step.changes)
    for width in (1220, 1000):
        view.resize(width, 700)
        qtbot.waitUntil(lambda: roomy(view))
        assert view.side.canvas.width() <= view.side.viewport().width()


def roomy(view: ProfileView) -> bool:
    rows = view.side.about.facts.rows.values()
    return all(row.height() >= row.heightForWidth(row.width()) for row in rows)
