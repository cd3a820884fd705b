"""The list over ids: lazy for a million, selection by id, columns as one likes them."""

from __future__ import annotations

import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.core.translation import mark, tr
from desktop.views.kit.id_list import ID_ROLE
from desktop.views.kit.table import Column, IdListModel, TableView
from desktop.views.kit.table_pane import TablePane
from desktop.views.kit.widgets import EmptyState


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    state: str | None
    spent: int


COLUMNS = (
    Column("name", mark("Customer"), 160, "avatar", stretch=True),
    Column("state", mark("State"), 90, "tag", tone=lambda _: "amber", sortable=False),
    Column("spent", mark("Spent"), 90, "money", high_first=True),
    Column("id", mark("Number"), 70, "number", hidden=True, sub=lambda row: row.name),
)


class Source:
    """Makes rows and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, ids: Sequence[int]) -> dict[int, Row]:
        self.asked.append(len(ids))
        return {n: Row(n, f"c{n}", "Regular" if n % 2 else None, n * 100) for n in ids if n != 13}


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def table(qtbot: QtBot, source: Source) -> TableView:
    view = TableView(IdListModel(COLUMNS, source), name="Customers")
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    return view


def test_the_model_keeps_its_promises(qtbot: QtBot, source: Source) -> None:
    model = IdListModel(COLUMNS, source)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_ids(array("q", range(1, 200)))
    model.refresh_rows([5, 199, 7])
    model.refresh_rows()
    model.set_sort("spent", True)
    model.set_ids(array("q"))
    tester.deleteLater()


def test_a_title_of_few_columns_has_them_in_its_menu(source: Source, qtbot: QtBot) -> None:
    table = TableView(IdListModel(COLUMNS, source))
    qtbot.addWidget(table)
    table.show()
    table.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
    (menu,) = (one for one in table.findChildren(QMenu) if one.isVisible())
    (inner,) = (one for one in menu.findChildren(QMenu) if one.title() == "Columns")
    assert [action.text() for action in inner.actions()] == [tr(column.title) for column in COLUMNS]
    inner.actions()[1].trigger()
    assert table.isColumnHidden(1)
    menu.close()


def test_what_a_row_says(source: Source) -> None:
    model = IdListModel(COLUMNS, source)
    model.set_ids([13, 12])
    texts = [[model.index(line, c).data() for c in range(4)] for line in range(2)]
    assert texts == [["", "", "", ""], ["c12", "—", "¥12.00", "12"]]
    assert model.index(1, 0).data(ID_ROLE) == 12


def test_a_million_ids_cost_only_what_is_seen(qtbot: QtBot, table: TableView, source: Source) -> None:
    began = time.perf_counter()
    table.set_ids(array("q", range(1_000_000)))
    table.scrollToBottom()
    qtbot.wait(10)
    assert sum(source.asked) <= 6 * IdListModel.BLOCK
    table.selectAll()
    assert len(table.selected_ids()) == 1_000_000
    assert time.perf_counter() - began < 5


def test_current_row_selection_and_scroll_stay_by_id(qtbot: QtBot, table: TableView) -> None:
    table.set_ids(array("q", range(1000)))
    told: list[object] = []
    table.select_id(500)
    table.chosen.connect(told.append)
    table.selectionModel().select(
        table.rows.index(700, 0),
        QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
    )
    top = table.rows.id_at(table.rowAt(0))
    table.set_ids(array("q", [*range(2000, 2050), *range(1000)]))
    assert table.current_id() == 500
    assert list(table.selected_ids()) == [500, 700]
    assert table.rows.id_at(table.rowAt(0)) == top
    assert not told
    table.set_ids(array("q", range(100)))
    assert table.current_id() is None
    assert told == [None]


def test_keys_open_and_copy(qtbot: QtBot, table: TableView) -> None:
    opened: list[int] = []
    table.opened.connect(opened.append)
    table.set_ids([1, 2, 3])
    table.select_id(2)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [2]
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Customer\tState\tSpent"
    assert lines[1:] == ["c1\tRegular\t¥1.00", "c2\t—\t¥2.00", "c3\tRegular\t¥3.00"]


def test_a_click_on_a_title_asks_for_an_order(qtbot: QtBot, table: TableView) -> None:
    asked: list[tuple[str, bool]] = []
    table.sort_requested.connect(lambda key, high: asked.append((key, high)))
    for section in (2, 2, 0, 1):
        table.horizontalHeader().sectionClicked.emit(section)
    assert asked == [("spent", True), ("spent", False), ("name", False)]
    title = table.rows.headerData(0, Qt.Orientation.Horizontal)
    assert title == "Customer ↑"


def test_columns_are_remembered(qtbot: QtBot, table: TableView, source: Source) -> None:
    kept: list[dict[str, object]] = []
    table.layout_changed.connect(kept.append)
    table.setColumnWidth(2, 150)
    table.horizontalHeader().moveSection(2, 0)
    table.column_menu().actions()[3].setChecked(True)
    table.column_menu().actions()[1].setChecked(False)
    qtbot.waitUntil(lambda: bool(kept))
    assert kept[-1]["order"] == ["spent", "name", "state", "id"]
    assert kept[-1]["hidden"] == ["state"]
    other = TableView(IdListModel(COLUMNS, source))
    qtbot.addWidget(other)
    other.restore_layout({**kept[-1], "hidden": ["state", "gone"], "widths": {"spent": 150, "gone": 3}})
    assert other.layout_state()["order"] == kept[-1]["order"]
    assert other.isColumnHidden(1)
    assert not other.isColumnHidden(3)
    assert other.columnWidth(2) == 150


def test_an_empty_list_says_what_to_do(qtbot: QtBot, source: Source) -> None:
    table = TableView(IdListModel(COLUMNS, source))
    pressed: list[int] = []
    empty = EmptyState("users", "No customers yet", "", "Import", lambda: pressed.append(1))
    pane = TablePane(table, empty=empty)
    qtbot.addWidget(pane)
    pane.show()
    pane.set_ids([], "")
    assert empty.isVisible()
    empty.button.click()
    assert pressed == [1]
    pane.set_ids([1, 2], "2 customers")
    assert table.isVisible()
    assert pane.foot.text() == "2 customers"
    assert not pane.grab().isNull()
