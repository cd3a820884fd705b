"""The window: places built when visited, ways back, undo by name, a live switch of language and look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.settings import MachineSettings
from desktop.core.translation import language, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.operations.settings import Settings, set_book_setting
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.tasks import Tasks
from desktop.views.shell import pages
from desktop.views.shell.main_window import MainWindow
from desktop.views.shell.palette import Palette
from desktop.views.shell.places import PLACES, Route


class Screen(QWidget):
    """A screen that remembers what it was built with."""

    def __init__(self, ctx: Context, route: Route) -> None:
        super().__init__()
        self.ctx, self.route = ctx, route
        self.words = QLabel(tr("Settings"))
        self.searched = 0
        QVBoxLayout(self).addWidget(self.words)
        action = QAction("Water the plants", self)
        action.triggered.connect(lambda: ctx.notify("Watered"))
        self.addAction(action)

    def route_params(self) -> dict[str, Any]:
        return {**self.route.params, "tab": 2} if self.route.place == "profile" else {}

    def focus_search(self) -> None:
        self.searched += 1


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> list[Screen]:
    built: list[Screen] = []

    def build(route: Route, ctx: Context) -> QWidget:
        built.append(Screen(ctx, route))
        return built[-1]

    monkeypatch.setattr(pages, "build", build)
    return built


@pytest.fixture
def ctx(qtbot: QtBot, book: Book) -> Iterator[Context]:
    made = Context(book, Settings(book, MachineSettings()), Tasks())
    made.settings.set("ui.theme", "light")
    made.settings.set("ui.language", "en")
    yield made
    made.tasks.stop()


@pytest.fixture
def window(qtbot: QtBot, ctx: Context, screens: list[Screen]) -> Iterator[MainWindow]:
    made = MainWindow(ctx)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    yield made
    ctx.tasks.stop()


def test_places_are_built_on_the_first_visit_only(window: MainWindow, screens: list[Screen]) -> None:
    assert [screen.route.place for screen in screens] == ["today"]
    for place in ("customers", "today", "customers"):
        window.sidebar.button(place).click()
    assert [screen.route.place for screen in screens] == ["today", "customers"]
    assert window.pages.page() is screens[1]
    assert window.sidebar.button("customers").isChecked()


def test_a_page_for_one_thing_is_built_for_each_and_left_by_escape(
    window: MainWindow, screens: list[Screen]
) -> None:
    window.go("customers")
    window.go("profile", customer=7)
    assert window.sidebar.button("customers").isChecked()
    window.go("profile", customer=8)
    assert [dict(s.route.params) for s in screens[2:]] == [{"customer": 7}, {"customer": 8}]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert screens[-1].route == Route("profile", {"customer": 7, "tab": 2})
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.pages.page() is screens[1]


def test_language_and_look_switch_live_where_one_is(
    qtbot: QtBot, window: MainWindow, screens: list[Screen]
) -> None:
    window.go("profile", customer=7)
    old = window.sidebar
    window.switch_language()
    assert language() == "zh_CN"
    assert screens[-1].route == Route("profile", {"customer": 7, "tab": 2})
    assert window.sidebar is not old
    assert window.sidebar.button("customers").isChecked()
    assert window.actions_["quit"].shortcut().toString() == "Ctrl+Q"
    window.switch_look()
    assert theme.current().dark
    assert window.ctx.settings.get("ui.theme") == "dark"
    window.switch_look()
    window.switch_language()
    assert language() == "en"
    assert not theme.current().dark
    assert len([a for a in window.actions() if a.shortcut().toString() == "Ctrl+Z"]) == 1


def test_undo_and_redo_are_named_and_tell_everybody(qtbot: QtBot, window: MainWindow, ctx: Context) -> None:
    heard: list[Changes] = []
    ctx.changes.changed.connect(heard.append)
    assert not window.actions_["undo"].isEnabled()
    ctx.do(lambda: set_book_setting(ctx.book, key="shop.name", value="一叶茶铺"))
    assert window.notices.text() == "Change the shop's settings"
    qtbot.waitUntil(window.actions_["undo"].isEnabled)
    assert window.actions_["undo"].text() == "Undo: Change the shop's settings"
    assert window.sidebar.shop_name.whole() == "一叶茶铺"
    window.notices.button.click()
    qtbot.waitUntil(lambda: window.notices.text() == "Undone: Change the shop's settings")
    assert ctx.settings.get("shop.name") == ""
    qtbot.waitUntil(window.actions_["redo"].isEnabled)
    window.actions_["redo"].trigger()
    qtbot.waitUntil(lambda: ctx.settings.get("shop.name") == "一叶茶铺")
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    assert len(heard) == 3
    assert all(changes.touches("setting") for changes in heard)


def test_the_palette_finds_places_actions_and_what_the_page_offers(
    qtbot: QtBot, window: MainWindow, screens: list[Screen]
) -> None:
    window.actions_["find"].trigger()
    palette = window.findChildren(Palette)[0]
    titles = [offer.title for offer in palette.offers()]
    assert "Customers" in titles
    assert "Water the plants" in titles
    palette.line.setText("insi")
    assert [offer.title for offer in palette.offers()] == ["Insights"]
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert screens[-1].route.place == "insights"
    window.open_palette()
    palette = next(p for p in window.findChildren(Palette) if p.isVisible())
    palette.line.setText("water")
    palette.move_by(1)
    palette.take()
    assert window.notices.text() == "Watered"


def test_a_dropped_file_is_imported(
    qtbot: QtBot, window: MainWindow, screens: list[Screen], tmp_path: Path
) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("a,b\n")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    qtbot.waitUntil(lambda: screens[-1].route == Route("exchange", {"paths": [str(file)]}))


def test_search_on_the_page_and_the_places_by_number(window: MainWindow, screens: list[Screen]) -> None:
    window.actions_["find_here"].trigger()
    assert screens[0].searched == 1
    keys = [keys for action in window.actions() if (keys := action.shortcut().toString())]
    shown = sum(bool(place.group) for place in PLACES)
    assert [f"Ctrl+{n}" for n in range(1, shown + 1)] == [key for key in keys if key[5:].isdigit()]
    assert "F8" in keys
    assert len(set(keys)) == len(keys)


def test_size_and_place_are_kept(window: MainWindow, ctx: Context) -> None:
    window.close()
    assert ctx.settings.get("ui.window")


def test_the_first_start_offers_three_ways(qtbot: QtBot, ctx: Context, screens: list[Screen]) -> None:
    made: list[str] = []

    def sample(book: Book, progress: object) -> Changes:
        made.append("sample")
        return set_book_setting(book, key="shop.name", value="Sample")

    window = MainWindow(ctx, make_sample=sample, offer_start=True)
    qtbot.addWidget(window)
    window.show()
    assert not screens
    assert window.sidebar.isHidden()
    window.switch_language()
    assert window.sidebar.isHidden()
    window.switch_language()
    page = window.first_start.page
    assert page is not None
    page.sample_button.click()
    qtbot.waitUntil(lambda: bool(screens))
    assert made == ["sample"]
    assert screens[0].route.place == "today"
    assert window.sidebar.isVisible()
    assert window.first_start.page is None
    ctx.tasks.stop()


def test_every_place_names_a_screen_once() -> None:
    assert len({place.key for place in PLACES}) == len(PLACES)
    assert all(place.group or place.parent for place in PLACES)
