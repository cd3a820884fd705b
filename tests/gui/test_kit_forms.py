"""Forms: what is wrong stands beside the field, what is right reaches the operation."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.errors import UserError
from desktop.views.kit.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FormDialog,
    LongTextField,
    MoneyField,
    NumberField,
    TagsField,
    TextField,
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def filled_form(window: QWidget, saved: list[dict[str, Any]]) -> FormDialog:
    form = FormDialog("New customer", "Save", saved.append, parent=window)
    form.add_row(name=TextField("Name", required=True), limit=MoneyField("Credit limit", 123450))
    form.add_row(
        kind=ChoiceField("Kind", [("a", "Person"), ("b", "Company")], "b"), count=NumberField("Count", 3)
    )
    form.add_row(day=DateField("Birthday", dt.date(2000, 2, 29)), none=DateField("Checked"))
    form.add_row(tags=TagsField("Tags", ["VIP"]), notes=LongTextField("Notes", " one\ntwo "))
    form.add_row(sms=CheckField("May be written to", True))
    form.open()
    return form


def test_values_as_operations_take_them(qtbot: QtBot, window: QWidget) -> None:
    saved: list[dict[str, Any]] = []
    form = filled_form(window, saved)
    form.save()
    assert not saved
    assert form.isVisible()
    form.fields["name"].set_value(" 王丽华 ")
    tags = form.fields["tags"]
    assert isinstance(tags, TagsField)
    tags.line.setText("tea，")
    tags.line.textEdited.emit("tea，")
    QTest.keyClicks(tags.line, "VIP")
    QTest.keyClick(tags.line, Qt.Key.Key_Return)
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    QTest.keyClick(form.fields["notes"].control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert saved == [
        {
            "name": "王丽华",
            "limit": 123450,
            "kind": "b",
            "count": 3,
            "day": dt.date(2000, 2, 29),
            "none": None,
            "tags": ("VIP", "tea"),
            "notes": "one\ntwo",
            "sms": True,
        }
    ]
    assert form.result() == QDialog.DialogCode.Accepted


def test_what_is_wrong_stands_beside_the_field(qtbot: QtBot, window: QWidget) -> None:
    form = filled_form(window, [])
    limit = form.fields["limit"]
    limit.control.setText("much")  # type: ignore[attr-defined]  # a line edit
    form.save()
    assert limit.control.property("wrong")
    assert "amount" in limit.control.accessibleDescription()
    limit.set_value(500)
    assert not limit.control.property("wrong")
    form.show_problem("name", "This name is taken.")
    assert form.fields["name"].control.accessibleDescription() == "This name is taken."
    form.reject()


def test_a_refusal_keeps_the_form_open(qtbot: QtBot, window: QWidget) -> None:
    def refuse(_: dict[str, Any]) -> None:
        raise UserError("The phone belongs to someone else.")

    form = FormDialog("Edit", "Save", refuse, parent=window)
    form.add_row(phone=TextField("Phone", "138"))
    form.open()
    form.save_button.click()
    assert form.isVisible()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_the_last_tag_goes_with_backspace(qtbot: QtBot) -> None:
    field = TagsField("Tags", ["a", "b"])
    qtbot.addWidget(field)
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    assert field.value() == ("a",)
