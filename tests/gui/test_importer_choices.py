"""The importer's choices: what becomes of the known, one by one; drag, memory, several files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.exchange.comparing.modes import ASK, Mode
from desktop.exchange.plan import make_plan
from desktop.exchange.vocabulary import own_layouts
from desktop.models.book import Book
from desktop.operations.importing import import_plan
from desktop.views.exchange import field_drag
from desktop.views.exchange.check_pane import DOUBTS, UPDATES
from desktop.views.exchange.field_drag import FORMAT
from desktop.views.exchange.importer import Importer
from desktop.views.exchange.mode_box import MODES
from desktop.views.kit.table import IdListModel
from tests.gui.test_exchange import Shop, checked, click, finished, importer, opened, rest

BEFORE = "姓名,手机,地区,喜好\n王丽华,13800008421,浙江,\n陈志强,13922710056,北京,乌龙\n"
AFTER = (
    "姓名,手机,地区,喜好\n王丽华,13800008421,云南,白茶\n陈志强,13922710056,上海,白茶\n赵敏,13661207788,,\n"
)


@pytest.fixture
def shop(qapp: QApplication, book: Book, tmp_path: Path) -> Iterator[Shop]:
    """A shop that knows two customers."""
    import_plan(book, make_plan(book, _file(tmp_path / "before.csv", BEFORE)))
    made = Shop(book, tmp_path)
    yield made
    made.tasks.stop()
    assert not made.errors


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner's own layouts stand in a folder of the test."""
    monkeypatch.setattr(own_layouts, "folder", lambda: tmp_path / "layouts")


def _file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _choose(qtbot: QtBot, shop: Shop, work: Importer, mode: Mode) -> None:
    work.outlook.mode.box.setCurrentIndex(list(MODES).index(mode))
    rest(qtbot, shop)
    checked(qtbot, work)


def _line(model: IdListModel, at: int) -> Any:
    """What a line of a list shows."""
    found = model.row_at(at)
    assert found is not None
    return found


def _told(book: Book) -> list[tuple[str, str, str]]:
    return book.rows("SELECT name, region, likes FROM customer ORDER BY id")


def test_each_difference_is_taken_or_left_and_the_whole_taken_back(
    qtbot: QtBot, shop: Shop, book: Book, tmp_path: Path
) -> None:
    before = _told(book)
    view = opened(qtbot, shop, file=str(_file(tmp_path / "after.csv", AFTER)))
    work = importer(view)
    checked(qtbot, work)
    assert work.draft.mode_now == Mode.usual("customers")
    _choose(qtbot, shop, work, Mode(update=ASK))
    click(work.outlook.updates)
    updates = work.check.updates
    lines = [_line(updates.model, at) for at in range(updates.model.rowCount())]
    said = {(line.who, line.old, line.new, line.fate) for line in lines}
    assert said == {
        ("王丽华", "浙江", "云南", "kept"),
        ("王丽华", "–", "白茶", "filled"),
        ("陈志强", "北京", "上海", "kept"),
        ("陈志强", "乌龙", "白茶", "kept"),
    }
    # Take Shanghai by the keyboard, everything, nothing, and Shanghai again with the mouse.
    place = next(at for at, line in enumerate(lines) if line.new == "上海")
    updates.table.setCurrentIndex(updates.model.index(place, 0))
    QTest.keyClick(updates.table, Qt.Key.Key_Return)
    click(updates.take_all)
    assert {_line(updates.model, at).fate for at in range(4)} == {"taken", "filled"}
    click(updates.keep_all)
    assert {_line(updates.model, at).fate for at in range(4)} == {"kept", "filled"}
    where = updates.table.visualRect(updates.model.index(place, 4)).center()
    QTest.mouseClick(updates.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert _line(updates.model, place).fate == "taken"
    click(work.import_button)
    done = finished(qtbot, view)
    assert _told(book) == [("王丽华", "浙江", "白茶"), ("陈志强", "上海", "乌龙"), ("赵敏", "", "")]
    click(done.undo_button)
    rest(qtbot, shop)
    assert _told(book) == before


def test_update_only_adds_nobody(qtbot: QtBot, shop: Shop, book: Book, tmp_path: Path) -> None:
    view = opened(qtbot, shop, file=str(_file(tmp_path / "after.csv", AFTER)))
    work = importer(view)
    checked(qtbot, work)
    _choose(qtbot, shop, work, Mode(add=False, update="newest"))
    click(work.import_button)
    finished(qtbot, view)
    assert _told(book) == [("王丽华", "云南", "白茶"), ("陈志强", "上海", "白茶")]


def test_doubtful_matches_are_shown_and_wait_among_the_duplicates(
    qtbot: QtBot, shop: Shop, book: Book, tmp_path: Path
) -> None:
    known = "姓名,手机,淘宝id,渠道\n王丽华,13800008421,lihua,淘宝\n"
    import_plan(book, make_plan(book, _file(tmp_path / "known.csv", known)))
    doubtful = "姓名,手机,淘宝id,渠道\n王小华,13800008421,another,淘宝\n"
    view = opened(qtbot, shop, file=str(_file(tmp_path / "doubtful.csv", doubtful)))
    work = importer(view)
    checked(qtbot, work)
    click(work.outlook.doubts)
    assert work.check.chips.chosen_key() == DOUBTS
    line = _line(work.check.doubts.model, 0)
    assert (line.name, line.customer_name, line.kind) == ("王小华", "王丽华", "phone")
    click(work.import_button)
    done = finished(qtbot, view)
    assert book.value("SELECT count(*) FROM customer") == 3
    assert book.rows("SELECT kind FROM doubt") == [("phone",)]
    click(done.doubts_button)
    assert shop.places == ["duplicates"]


def test_a_place_dragged_onto_a_column_is_remembered(
    qtbot: QtBot, shop: Shop, book: Book, tmp_path: Path
) -> None:
    odd = "甲,乙,丙\n孙悦,13500001111,红茶\n周杰,13500002222,绿茶\n"
    view = opened(qtbot, shop, file=str(_file(tmp_path / "odd.csv", odd)))
    work = importer(view)
    checked(qtbot, work)
    assert work.remember.isHidden()
    row = work.columns.row(2)
    held = QMimeData()
    held.setData(FORMAT, b"customer.likes")
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    row.dropEvent(QDropEvent(QPointF(4, 4), Qt.DropAction.MoveAction, held, button, key))
    rest(qtbot, shop)
    checked(qtbot, work)
    assert work.columns.box(2).currentData() == "customer.likes"
    assert work.remember.isVisible()
    click(work.import_button)
    finished(qtbot, view)
    assert ("孙悦", "", "红茶") in _told(book)
    again = opened(qtbot, shop, file=str(_file(tmp_path / "again.csv", odd.replace("红", "白"))))
    assert importer(again).columns.box(2).currentData() == "customer.likes"
    assert importer(again).choices.layout_box.currentText() == "odd.csv"
    click(importer(again).choices.forget)
    assert own_layouts.own() == ()
    assert importer(again).choices.layout_box.currentText() == "any table"
    assert importer(again).choices.forget.isHidden()
    assert importer(again).remember.isHidden()


def test_a_row_is_dragged_by_a_way_and_not_by_a_tremble(
    qtbot: QtBot, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    monkeypatch.setattr(field_drag, "start_drag", lambda _, field: taken.append(field))
    view = opened(qtbot, shop, file=str(_file(tmp_path / "after.csv", AFTER)))
    work = importer(view)
    checked(qtbot, work)
    row = work.columns.row(1)
    start, left = QPoint(6, 6), Qt.MouseButton.LeftButton
    for way, expected in ((QPoint(2, 1), []), (QPoint(40, 8), ["customer.phone"])):
        QTest.mousePress(row, left, pos=start)
        QTest.mouseMove(row, start + way)
        QTest.mouseRelease(row, left, pos=start + way)
        assert taken == expected


def test_several_files_come_in_one_after_the_other_details_last(
    qtbot: QtBot, shop: Shop, book: Book, tmp_path: Path
) -> None:
    orders = (
        "订单编号,收货人姓名,联系手机,买家实际支付金额,订单创建时间\nT1,王丽华,13800008421,368,2026-11-01\n"
    )
    lines = "订单编号,标题,价格,购买数量,商家编码\nT1,明前龙井,184,2,LJ1\n"
    first, second = _file(tmp_path / "b-orders.csv", orders), _file(tmp_path / "a-lines.csv", lines)
    view = opened(qtbot, shop, paths=[str(first), str(second)])
    qtbot.waitUntil(lambda: isinstance(view.front, Importer), timeout=15_000)
    assert importer(view).draft.path == first
    checked(qtbot, importer(view))
    click(importer(view).import_button)
    done = finished(qtbot, view)
    assert done.again_button.text() == "Next file: a-lines.csv"
    click(done.again_button)
    qtbot.waitUntil(lambda: isinstance(view.front, Importer), timeout=15_000)
    work = importer(view)
    assert (work.draft.path, work.draft.mapping.target) == (second, "order-details")
    checked(qtbot, work)
    click(work.import_button)
    assert finished(qtbot, view).again_button.text() == "Import another file"
    assert book.rows("SELECT title, quantity, amount FROM order_line") in (
        [("", 2.0, 36800)],
        [("明前龙井", 2.0, 36800)],
    )


def test_what_changes_can_be_looked_at_before_anything_is_written(
    qtbot: QtBot, shop: Shop, book: Book, tmp_path: Path
) -> None:
    view = opened(qtbot, shop, file=str(_file(tmp_path / "after.csv", AFTER)))
    work = importer(view)
    checked(qtbot, work)
    work.show_check(UPDATES)
    assert work.check.updates.model.rowCount() == 1
    assert _line(work.check.updates.model, 0).fate == "filled"
    assert book.value("SELECT count(*) FROM customer") == 2
