"""Taking a list out: what is asked, what is remembered, and that only what was chosen leaves."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.progress import Progress
from desktop.exchange.writers.columns import ExportColumn
from desktop.views.exchange.export import export_list, take_out
from desktop.views.exchange.export_dialog import ExportDialog
from desktop.views.exchange.listing import Columns, Ids, Listing, OwnFormat
from desktop.views.kit.context import Context
from desktop.views.kit.file_asking import file_stem
from tests.gui.told import Told

PEOPLE = {1: ("王芳", "13800138000", "secret"), 2: ("Ann", "0012", "secret"), 3: ("=1+1", "", "secret")}
STEM = file_stem("People")


def column(at: int, title: str) -> ExportColumn:
    return ExportColumn(str(at), title, "id", value=lambda row: row[at])


def rows(ids: Ids) -> Iterator[Any]:
    yield from (PEOPLE[one] for one in (PEOPLE if ids is None else ids))


def card(path: Path, ids: Ids, everything: bool, _: Progress) -> int:
    path.write_text(f"{list(ids or ())} {everything}", "utf-8")
    return len(ids or ())


def listing(**more: Any) -> Listing:
    shown = Columns([column(0, "Name"), column(1, "Phone")], rows)
    every = Columns([*shown.columns, column(2, "Notes")], rows)
    own = OwnFormat(".vcf", card, ("name and phone", "everything"))
    given: dict[str, Any] = {"ids": lambda: [2, 1, 3], "count": 3, "own": own, "every": every, **more}
    return Listing("people", "People", shown, **given)


Open = Callable[..., ExportDialog]


@pytest.fixture
def owner(ctx: Context, qtbot: QtBot, tmp_path: Path) -> QWidget:
    """The window; what it exports goes into the folder "out"."""
    (tmp_path / "out").mkdir()
    ctx.settings.set("ui.folder.export", str(tmp_path / "out"))
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def opened(ctx: Context, owner: QWidget) -> Open:
    """Opens the dialog."""
    return lambda **more: take_out(ctx, owner, listing(**more))


def choose(dialog: ExportDialog, **values: str) -> None:
    for name, value in values.items():
        dialog.fields[name].set_value(value)


def finish(dialog: ExportDialog, told: Told, qtbot: QtBot) -> None:
    before = len(told.notices)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: len(told.notices) > before, timeout=10_000)


def sheet(path: Path) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path)
    found = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return found


def test_what_is_shown_goes_out_in_its_order(opened: Open, told: Told, qtbot: QtBot, tmp_path: Path) -> None:
    finish(opened(), told, qtbot)
    path = tmp_path / "out" / f"{STEM}.xlsx"
    assert sheet(path) == [("Name", "Phone"), ("Ann", "0012"), ("王芳", "13800138000"), ("=1+1", None)]
    assert "3 rows saved" in told.notices[-1]
    with zipfile.ZipFile(path) as file:
        assert not any(b"secret" in file.read(name) for name in file.namelist())


def test_all_columns_of_the_selected_rows_as_text(
    opened: Open, told: Told, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(selected=[3])
    assert dialog.fields["rows"].value() == "selected"
    choose(dialog, columns="every", format=".csv")
    finish(dialog, told, qtbot)
    with (tmp_path / "out" / f"{STEM}.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["Name", "Phone", "Notes"], ["'=1+1", "", "secret"]]


def test_a_format_of_its_own(opened: Open, told: Told, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(selected=[3])
    choose(dialog, rows="all", format=".vcf")
    assert dialog.fields["columns"]._hint == "name and phone"
    finish(dialog, told, qtbot)
    assert (tmp_path / "out" / f"{STEM}.vcf").read_text("utf-8") == "[2, 1, 3] False"


def test_the_answers_are_remembered_for_each_list(
    opened: Open, told: Told, qtbot: QtBot, ctx: Context, owner: QWidget
) -> None:
    dialog = opened()
    choose(dialog, columns="every", format=".vcf", name="mine")
    finish(dialog, told, qtbot)
    again = opened()
    assert (again.suffix, again.everything) == (".vcf", True)
    assert again.name.value() == STEM
    again.reject()
    other = export_list(ctx, owner, "Other", [column(0, "Name")], [])
    assert other.suffix == ".xlsx"
    assert set(other.fields) == {"format", "name"}
    other.reject()


def test_a_file_that_is_there_is_replaced_only_when_it_was_asked(
    opened: Open, told: Told, qtbot: QtBot, tmp_path: Path
) -> None:
    there = tmp_path / "out" / f"{STEM}.xlsx"
    there.write_bytes(b"old")
    dialog = opened()
    assert dialog.name.value() == f"{STEM} (2)"
    choose(dialog, name=STEM)
    dialog.save_button.click()
    assert dialog.isVisible()
    assert dialog.save_button.text() == "Replace"
    choose(dialog, format=".csv")
    assert dialog.save_button.text() == "Export"
    choose(dialog, format=".xlsx", name=f"{STEM}.xlsx")
    dialog.save_button.click()
    assert there.read_bytes() == b"old"
    finish(dialog, told, qtbot)
    assert len(sheet(there)) == 4


def test_another_folder(
    opened: Open, told: Told, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ctx: Context
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    dialog = opened()
    dialog.folder_button.click()
    choose(dialog, name="a/b: c")
    finish(dialog, told, qtbot)
    assert [one.name for one in other.iterdir()] == ["a b c.xlsx"]
    assert ctx.settings.get("ui.folder.export") == str(other)


def test_columns_on_screen_of_a_plain_list(
    ctx: Context, opened: Open, told: Told, qtbot: QtBot, tmp_path: Path, owner: QWidget
) -> None:
    columns = [column(0, "Name"), column(1, "Phone"), column(2, "Notes")]
    dialog = export_list(ctx, owner, "People", columns, PEOPLE.values(), shown=["1", "0"])
    finish(dialog, told, qtbot)
    assert sheet(tmp_path / "out" / f"{STEM}.xlsx")[0] == ("Phone", "Name")


def test_names_of_files() -> None:
    assert file_stem("a/b:c?", None) == "a b c"
    assert file_stem("con", None) == "_con"
    assert file_stem("...", None) == "Shuke"
    assert file_stem("COM¹", None) == "_COM¹"
    assert len(f"{file_stem('店' * 90)} (12).xlsx".encode()) < 255, "Linux counts bytes"
