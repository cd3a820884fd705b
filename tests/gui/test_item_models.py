"""Every item model of the program passes Qt's own tester, which ends the process at the first fault."""

from __future__ import annotations

import ast
import random
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.core.translation import mark
from desktop.views.insights.products.pairs import PairModel
from desktop.views.kit.columns import Column
from desktop.views.kit.id_list import ID_ROLE, ROW_ROLE, IdListModel
from desktop.views.kit.table import TableView
from desktop.views.profile.tree import Line, TreeModel
from desktop.views.shell.palette import Offer, _Offers

VIEWS = Path(__file__).resolve().parents[2] / "desktop" / "views"
ELSEWHERE = {
    "TimelineModel": "test_timeline_view.py",
    "CardModel": "test_complaint_board.py",
    "FilesModel": "test_files.py",
    "GroupModel": "test_complaint_figures.py",
    "RowsModel": "test_counter.py",
    "ProductModel": "test_insight_products.py",
    "RatioModel": "test_insight_feel.py",
}
"""Models that the tests of their screen hold to the tester."""
COLUMNS = (
    Column("id", mark("Customer"), kind="avatar", text=str),
    Column("half", mark("Spent"), kind="money", value=lambda row: row.id * 50),
    Column("note", mark("Notes"), value=lambda row: "note" if row.id % 2 else "", editable=True, copies=True),
    Column("custom:x", "x", kind="number", value=lambda row: row.id % 3 or None, own=True, hidden=True),
)


class Row(NamedTuple):
    """A row of nothing but its number."""

    id: int


def fetch(ids: Sequence[int]) -> Mapping[int, Any]:
    """Rows of all ids but those that end in 7, which are gone."""
    return {one: Row(one) for one in ids if one % 10 != 7}


def watch(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_list_through_every_change(qtbot: QtBot) -> None:
    model = IdListModel(COLUMNS, fetch)
    table = TableView(model)
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    tester = watch(model)
    for ids in ([], [3], list(range(1, 500)), [7, 17], list(range(500, 1, -1)), []):
        table.set_ids(array("q", ids))
        model.refresh_rows()
        model.refresh_rows(ids[:3])
        model.refresh_rows([-1])
        model.set_sort("half", True)
        model.set_sort("", False)
        assert model.rowCount() == len(ids)
        table.grab()
    model.editable = True
    # The tester asks for every cell of it.
    model.set_ids(range(1, 3001))
    table.set_columns(COLUMNS[:2])
    assert model.columnCount() == 2
    table.set_columns((*COLUMNS[:2], replace(COLUMNS[2], key="other"), COLUMNS[3]))
    table.grab()
    table.selectAll()
    table.set_ids(range(1, 2999))
    assert len(table.selected_ids()) == 2998
    assert tester.model() is model


def test_the_list_of_pairs(qtbot: QtBot) -> None:
    model = PairModel(COLUMNS, fetch)
    model.tell = str
    table = TableView(model)
    qtbot.addWidget(table)
    table.show()
    tester = watch(model)
    for ids in ([], [3, 7], list(range(1, 200)), [7], []):
        table.set_ids(array("q", ids))
        table.grab()
    table.set_ids(array("q", [3, 7]))
    told = [model.index(line, 0).data(Qt.ItemDataRole.ToolTipRole) for line in (0, 1)]
    assert told == [str(Row(3)), None]
    assert tester.model() is model


def test_a_million_rows_are_selected_sorted_and_kept_selected(qtbot: QtBot) -> None:
    model = IdListModel(COLUMNS, fetch)
    table = TableView(model)
    qtbot.addWidget(table)
    table.show()
    table.set_ids(array("q", range(1, 1_000_001)))
    assert model.index(999_999, 0).data() == "1000000"
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_ids() == model.ids()
    table.set_ids(array("q", range(1_000_000, 0, -1)))
    assert table.selected_ids() == model.ids()
    table.grab()


def test_random_changes_of_the_list(qtbot: QtBot) -> None:
    model = IdListModel(COLUMNS, fetch)
    model.editable = True
    table = TableView(model)
    qtbot.addWidget(table)
    table.show()
    tester = watch(model)
    draw = random.Random(7)
    steps: tuple[Callable[[], object], ...] = (
        lambda: table.set_ids(array("q", draw.sample(range(1, 300), draw.randrange(200)))),
        lambda: model.refresh_rows(draw.choice([None, [draw.randrange(300)]])),
        lambda: model.set_sort(draw.choice(["id", "note", "gone"]), draw.random() < 0.5),
        lambda: table.set_columns(draw.choice([COLUMNS, COLUMNS[:1], COLUMNS[1:]])),
        lambda: table.select_id(draw.randrange(300)),
        table.selectAll,
        table.grab,
    )
    for _ in range(300):
        draw.choice(steps)()
    assert tester.model() is model


def test_what_a_cell_may_do(qtbot: QtBot) -> None:
    model = IdListModel(COLUMNS, fetch)
    model.set_ids([1, 7])
    cell = model.index(0, 2)
    assert not cell.flags() & Qt.ItemFlag.ItemIsEditable
    model.editable = True
    assert cell.flags() & Qt.ItemFlag.ItemIsEditable
    assert not model.index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(QModelIndex()) & Qt.ItemFlag.ItemIsEditable
    assert model.index(1, 1).data() == ""
    assert (model.index(1, 1).data(ID_ROLE), model.index(1, 1).data(ROW_ROLE)) == (7, None)
    assert not model.index(2, 0).isValid()
    assert not model.index(0, 9).isValid()


def test_the_palettes_offers_and_the_tree_of_relations(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    offers = _Offers(holder)
    testers = [watch(offers)]
    for count in (0, 3, 40, 1, 0):
        offers.show([Offer(f"title {n}", "note", "user", lambda: None, group="Group") for n in range(count)])
        assert offers.rowCount() == count
    tree = TreeModel(holder)
    testers.append(watch(tree))
    for count in (0, 5, 1, 0):
        tree.show_lines([Line(n, f"c{n}", "", n) for n in range(count)])
        assert tree.rowCount() == count
    assert len(testers) == 2


def models() -> dict[str, Path]:
    """The classes of the screens that are item models, by the names of their bases."""
    bases = {"QAbstractItemModel", "QAbstractListModel", "QAbstractTableModel", "IdListModel"}
    found = {}
    for path in VIEWS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and bases & {getattr(base, "id", "") for base in node.bases}:
                found[node.name] = path
    return found


@pytest.mark.parametrize("name", sorted(models()))
def test_no_model_goes_without_the_tester(name: str) -> None:
    file = ELSEWHERE.get(name, Path(__file__).name)
    told = (Path(__file__).parent / file).read_text(encoding="utf-8")
    assert "QAbstractItemModelTester" in told
    assert name in ELSEWHERE or f"{name}(" in told
