"""The kit's widgets: they say what they show, hug their words, and work from the keyboard."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.core.errors import UserError
from desktop.models.changes import Changes
from desktop.views.kit import notices, theme
from desktop.views.kit.context import ChangeHub
from desktop.views.kit.fault_dialogs import FaultDialog, ProblemDialog, describe
from desktop.views.kit.forms import DateField, FormDialog, TagsField, TextField
from desktop.views.kit.labels import plain_tip
from desktop.views.kit.notices import Notices
from desktop.views.kit.popover import Explanation, explain
from desktop.views.kit.progress import ProgressDialog
from desktop.views.kit.qt_words import speak_qt
from desktop.views.kit.tasks import Progress
from desktop.views.kit.widgets import (
    ActivityRow,
    Banner,
    Card,
    ChipItem,
    ChipRow,
    IconButton,
    KeyValueList,
    Page,
    PrimaryButton,
    SearchField,
    Stepper,
    Tag,
    Tile,
)


def test_chips_count_and_are_chosen_one_at_a_time(qtbot: QtBot) -> None:
    row = ChipRow(
        [
            ChipItem("all", "All", 12408),
            ChipItem("new", "New", 3),
            ChipItem("save", "+ Save", checkable=False),
        ]
    )
    qtbot.addWidget(row)
    pressed: list[str] = []
    row.chosen.connect(pressed.append)
    row.choose("all")
    assert row.chip("all").text() == "All 12,408"
    row.chip("new").click()
    row.chip("save").click()
    assert pressed == ["new", "save"]
    assert row.chosen_key() == "new"
    row.set_counts({"new": 7, "gone": 1})
    assert row.chip("new").text() == "New 7"
    row.set_items([ChipItem("new", "New", 8), ChipItem("old", "Old")])
    assert row.chosen_keys() == ("new",)


def test_chips_flow_into_lines(qtbot: QtBot) -> None:
    row = ChipRow([ChipItem(str(n), f"A longer chip {n}") for n in range(8)])
    qtbot.addWidget(row)
    assert row.heightForWidth(1600) < row.heightForWidth(300) / 3


def test_the_search_field_waits_for_a_pause(qtbot: QtBot) -> None:
    field = SearchField("Name…", hint="Ctrl+K", pause_ms=30)
    qtbot.addWidget(field)
    field.show()
    asked: list[str] = []
    field.searched.connect(asked.append)
    QTest.keyClicks(field.line, "wlh")
    assert not asked
    qtbot.waitUntil(lambda: asked == ["wlh"])
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field.line, Qt.Key.Key_Down)
    QTest.keyClick(field.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: asked == ["wlh", ""])
    field.set_text("quiet")
    qtbot.wait(60)
    assert asked == ["wlh", ""]


def test_a_card_can_be_pressed_by_key_and_mouse(qtbot: QtBot) -> None:
    both = (Card("Title", clickable=True), ActivityRow("gift", "A", "B", clickable=True))
    for widget in both:
        qtbot.addWidget(widget)
        widget.show()
        pressed: list[int] = []
        widget.clicked.connect(lambda to=pressed: to.append(1))
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QTest.keyClick(widget, Qt.Key.Key_Return)
        assert len(pressed) == 2


def test_a_banner_is_as_tall_as_its_words_at_its_width(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    banner = Banner("info", "Sixty-one days since the last order; usually buys every twenty-four days. " * 2)
    layout.addWidget(banner)
    layout.addStretch(1)
    holder.resize(900, 500)
    holder.show()
    QApplication.processEvents()
    wide = banner.height()
    holder.resize(260, 500)
    for _ in range(3):
        QApplication.processEvents()
    assert banner.height() > 1.8 * wide
    assert banner.text.height() >= banner.text.heightForWidth(banner.text.width())


def test_everything_has_a_name_for_those_who_listen(qtbot: QtBot) -> None:
    tile = Tile("Spent", "¥18,240", "47 orders", "accent")
    names = {
        tile: "Spent: ¥18,240 47 orders",
        Tag("Drifting", "amber"): "Drifting",
        IconButton("x", "Close"): "Close",
        PrimaryButton("R & D"): "R & D",
        Stepper(["File", "Columns"], 1): "Step 2 of 2: Columns",
        ActivityRow("gift", "Birthday", "in 3 days", "11-25"): "Birthday · in 3 days · 11-25",
    }
    for widget, name in names.items():
        qtbot.addWidget(widget)
        assert widget.accessibleName() == name
    tile.set("¥1", "one order", "red")
    assert tile.figure() == "¥1"


def test_values_are_plain_text_whatever_they_look_like(qtbot: QtBot) -> None:
    values = KeyValueList([("Name", "<b>Bold</b>"), ("Notes", "")])
    qtbot.addWidget(values)
    shown = [shown.text() for shown in values.findChildren(QLabel)]
    assert "<b>Bold</b>" in shown
    assert "—" in shown


def test_a_page_carries_its_trail(qtbot: QtBot) -> None:
    page = Page("Customers")
    qtbot.addWidget(page)
    went: list[int] = []
    page.set_trail([("Customers", lambda: went.append(1))], "王丽华")
    assert page.title() == "王丽华"
    crumb = next(b for b in page.findChildren(QPushButton) if b.text() == "Customers")
    crumb.click()
    assert went == [1]


def test_a_notice_shows_and_its_button_acts_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 500)
    window.show()
    shown = Notices(window)
    undone: list[int] = []
    shown.show_notice("Deleted 3 customers", "Undo", lambda: undone.append(1))
    assert shown.text() == "Deleted 3 customers"
    assert window.rect().contains(shown.geometry())
    shown.button.click()
    assert undone == [1]
    assert shown.text() == ""
    shown.show_notice("A long sentence. " * 20)
    assert window.rect().contains(shown.geometry())


def test_an_error_of_the_user_is_told_in_words_and_a_fault_with_details(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notices.report_error(UserError("The file is empty.", "Choose another."), window)
    problem = window.findChildren(ProblemDialog)[0]
    problem.close()
    fault = FaultDialog(describe(ValueError("oops")), window)
    fault.findChildren(QPushButton)[0].click()
    assert "ValueError: oops" in QGuiApplication.clipboard().text()


def test_errors_of_any_thread_end_in_the_dialog(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[BaseException] = []
    monkeypatch.setattr(notices, "report_error", lambda error, _: seen.append(error))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    notices.install_excepthooks(qapp)

    def fail() -> None:
        msg = "in a thread"
        raise RuntimeError(msg)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    sys.excepthook(ValueError, ValueError("here"), None)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert {str(error) for error in seen} == {"in a thread", "here"}


def test_a_line_can_be_left_by_escape(qtbot: QtBot) -> None:
    field = SearchField("Name…")
    qtbot.addWidget(field)
    assert isinstance(field.focusProxy(), QLineEdit)


def test_qt_speaks_the_language_too(qapp: QApplication) -> None:
    speak_qt("zh_CN")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QLocale().monthName(11) == "十一月"
    speak_qt("en")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_a_tip_shows_markup_as_it_is() -> None:
    assert plain_tip("a < b") == "<qt>a &lt; b</qt>"
    assert plain_tip("王丽华") == "王丽华"


def test_a_listener_hears_its_tables_until_it_dies(qapp: QApplication) -> None:
    hub, owner = ChangeHub(), QWidget()
    heard: list[str] = []
    hub.listen(owner, lambda: heard.append("customer"), "customer")
    hub.listen(owner, lambda: heard.append("any"))
    hub.changed.emit(Changes(frozenset({"customer"}), 1))
    hub.changed.emit(Changes(frozenset({"rating"}), 2))
    assert heard == ["customer", "any", "any"]
    delete(owner)
    hub.changed.emit(Changes(frozenset({"customer"}), 3))
    assert heard == ["customer", "any", "any"]


def test_nothing_flashes_up_while_it_is_built(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    flashed: list[QWidget] = []
    set_visible = QWidget.setVisible

    def spy(widget: QWidget, visible: bool) -> None:
        if visible and widget.isWindow():
            flashed.append(widget)
        set_visible(widget, visible)

    monkeypatch.setattr(QWidget, "setVisible", spy)
    form = FormDialog("New", "Save")
    form.add_row(name=TextField("Name", hint="As on the card"), tags=TagsField("Tags", ["a"]))
    form.add_row(day=DateField("Day"), fixed=DateField("Day", optional=False))
    page = Page("Title")
    page.set_search(SearchField("Find", hint="Ctrl+K"))
    page.set_chips(ChipRow([ChipItem("a", "A", 1)]))
    page.body.addWidget(Card("Title", "Subtitle"))
    page.body.addWidget(Tile("Spent"))
    page.body.addWidget(Banner("info", "Words", title="Title"))
    progress = ProgressDialog("Importing", Progress())
    for widget in (form, page, progress):
        qtbot.addWidget(widget)
    assert flashed == []


def test_a_popover_has_a_ground_to_read_on(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.resolve("light"))
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.show()
    sheet = explain(Explanation("How", ["Counted like this."]), anchor)
    ground = sheet.grab().toImage().pixelColor(sheet.width() // 2, 6)
    assert (ground.name().upper(), ground.alpha()) == (theme.current().surface.upper(), 255)
    sheet.close()
