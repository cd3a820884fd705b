"""Broken and hostile files end in rows or in one sentence, and the program lives on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.exchange.reading.files import read_file
from desktop.exchange.whole_book.book import is_whole_book
from tests.unit.exchange.hostile_files import (
    ANY,
    ROWS,
    Hostile,
    hostile_files,
    sheet_xml,
    xlsx_parts,
    zipped,
)


def ended(path: Path) -> str:
    """How reading a file ends: in the text of its cells, or in a sentence."""
    try:
        table = read_file(path)
    except UserError as fault:
        return f"! {fault.message}" if fault.hint else "!"
    assert table.height
    assert all(len(column.codes) == table.height for column in table.columns)
    return "\n".join(
        table.text(row, column) for row in range(min(9, table.height)) for column in range(table.width)
    )


def side_by_side(paths: Iterable[Path]) -> list[str]:
    """How each file ends, two of them at a time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(ended, paths))


def test_every_hostile_file_ends_as_it_should(tmp_path: Path) -> None:
    files = list(hostile_files())
    paths = []
    for at, file in enumerate(files):
        folder = tmp_path / str(at)
        folder.mkdir()
        (folder / file.name).write_bytes(file.content)
        paths.append(folder / file.name)
    found = side_by_side(paths)
    wrong = [
        (file.name, file.ends, file.holds, end[:200])
        for file, end in zip(files, found, strict=True)
        if not as_expected(file, end)
    ]
    assert not wrong
    assert not any(is_whole_book(path) for path in paths)


def as_expected(file: Hostile, end: str) -> bool:
    if file.ends in (ANY, ROWS):
        return (file.ends == ANY or not end.startswith("! ")) and file.holds in end
    return end.startswith("! ") and file.ends in end


def test_every_odd_workbook_ends_in_rows_or_a_sentence(shared_data: Path) -> None:
    paths = sorted((shared_data / "odd_workbooks").glob("*.*"))
    found = dict(zip((path.name for path in paths), side_by_side(paths), strict=True))
    assert len(found) >= 134
    assert sum(not end.startswith("! ") for end in found.values()) >= 110
    for name in ("date_1904.xlsx", "date_1904.xls", "date_1904.xlsb"):
        assert found[name] == found[name.replace("_1904", "")]
        assert read_file(shared_data / "odd_workbooks" / name).epoch == 1904


@pytest.mark.parametrize(
    "name", ["it's “a” list; $(x) & co %20.csv", "🫖 茶.csv", "-n.csv", "l" * 240 + ".csv", "a\nb.csv"]
)
def test_a_file_may_be_called_anything(tmp_path: Path, name: str) -> None:
    try:
        (tmp_path / name).write_text("number,name\nT1,Wang\n", encoding="utf-8")
    except OSError:
        pytest.skip("this system has no such names")
    assert ended(tmp_path / name).endswith("T1\nWang")


def test_a_sheet_may_be_asked_for_by_any_name(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(xlsx_parts(sheet_xml("<row><c><v>1</v></c></row>"))))
    for name in ("a\0b", "\ud800", "--sheet", '"'):
        with pytest.raises(UserError, match="no such sheet"):
            read_file(path, sheet=name)


@pytest.mark.skipif(os.name == "nt", reason="links and devices are otherwise there")
def test_what_only_looks_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    (tmp_path / "null.csv").symlink_to("/dev/null")
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    found = {path.name: ended(path) for path in tmp_path.iterdir()}
    assert found["link.csv"] == found["a.csv"] == "a\nb\n1\n2"
    assert "no file" in found["loop.csv"]
    for name in ("zero.csv", "null.csv", "pipe.csv", "folder.xlsx"):
        assert "not a workbook" in found[name], name


class _Meanwhile(Progress):
    """Does something to the file as soon as reading has begun."""

    def __init__(self, path: Path, what: str) -> None:
        self.path = path
        self.what = what

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        if done and self.what == "grow":
            with self.path.open("a") as file:
                file.write("3,4\n")
        elif done and self.path.exists():
            self.path.unlink()


@pytest.mark.parametrize(("what", "said"), [("grow", "was changed"), ("vanish", "no file")])
@pytest.mark.skipif(os.name == "nt", reason="an open file stays as it is")
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, what: str, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 60_000)
    with pytest.raises(UserError, match=said):
        read_file(path, progress=_Meanwhile(path, what))


def test_a_reader_that_is_faster_than_the_program_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "import json, os, struct\n"
        "said = json.dumps({'kind': 'csv', 'encoding': '', 'sheets': [], 'sheet': ''}).encode()\n"
        "while True:\n"
        "    os.write(1, b'S' + struct.pack('>I', len(said)) + said)\n"
    )
    command = [sys.executable, "-c", script]
    monkeypatch.setattr("desktop.exchange.reading.files.reader_command", lambda: command)
    monkeypatch.setattr("desktop.exchange.reading.files.MOST_TIME", 0.5)
    (tmp_path / "a.csv").write_text("a")
    with pytest.raises(UserError, match="too long"):
        read_file(tmp_path / "a.csv")


def test_a_system_that_starts_no_further_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.exchange.reading.files.reader_command", lambda: [str(tmp_path / "none")])
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UserError, match="starts no further program"):
        read_file(tmp_path / "a.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends it in another way")
def test_a_reader_that_aborts_leaves_no_dump() -> None:
    code = "from desktop.exchange.reading import child; import os; child._die_quietly(); os.abort()"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == signal.SIGABRT


@pytest.mark.parametrize("name", ["epoch.xlsx", "epoch.xls", "plain.xls", "plain.xlsx"])
def test_the_epoch_of_bare_numbers_is_told(tmp_path: Path, name: str) -> None:
    content = next(file.content for file in hostile_files() if file.name == name)
    (tmp_path / name).write_bytes(content)
    assert read_file(tmp_path / name).epoch == (1904 if "epoch" in name else 1900)
