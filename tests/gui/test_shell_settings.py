"""The settings screen keeps every change at once, and keeps the rhythm's three in order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from desktop.core.settings import MachineSettings
from desktop.models.book import Book
from desktop.operations.settings import Settings
from desktop.views.kit.context import Context
from desktop.views.kit.tasks import Tasks
from desktop.views.settings.view import SettingsView


@pytest.fixture
def ctx(book: Book, qtbot: QtBot) -> Iterator[Context]:
    made = Context(book, Settings(book, MachineSettings()), Tasks())
    yield made
    made.tasks.stop()


@pytest.fixture
def view(qtbot: QtBot, ctx: Context) -> SettingsView:
    made = SettingsView(ctx)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_shop_is_kept_in_the_book_and_follows_undo(view: SettingsView, ctx: Context) -> None:
    view.name.line.setText("一叶茶铺")
    view.name.line.editingFinished.emit()
    view.currency.box.setCurrentIndex(view.currency.box.findText("Euro (EUR)"))
    assert ctx.settings.get("shop.name") == "一叶茶铺"
    assert ctx.settings.get("shop.currency") == "EUR"
    ctx.changed(ctx.book.undo(), quiet=True)
    assert view.currency.value() == "CNY"
    ctx.changed(ctx.book.undo(), quiet=True)
    assert view.name.value() == ""


def test_the_rhythm_keeps_its_order(view: SettingsView, ctx: Context) -> None:
    said: list[str] = []
    ctx.notify = lambda text, action_text="", action=None, tone="info": said.append(text)
    view.factors["rhythm.drifting"].setValue(1.75)
    assert ctx.settings.get("rhythm.drifting") == 1.75
    assert "35 days" in view._examples["rhythm.drifting"][0].text()
    view.factors["rhythm.drifting"].setValue(9)
    assert ctx.settings.get("rhythm.drifting") == 2.0
    assert "follow one another" in said[-1]


def test_language_and_look_dress_the_window_anew(view: SettingsView, ctx: Context) -> None:
    dressed: list[int] = []
    ctx.dress = lambda: dressed.append(1)
    buttons = {button.accessibleName(): button for button in view.findChildren(QRadioButton)}
    buttons["Language: 简体中文"].click()
    buttons["Look: Dark"].click()
    assert ctx.settings.get("ui.language") == "zh_CN"
    assert ctx.settings.get("ui.theme") == "dark"
    assert len(dressed) == 2
