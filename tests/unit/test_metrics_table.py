"""The table of figures in METRICS.md: the code and the tests that it names are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_NAMED = re.compile(r"`([^`]+)`")


def rows() -> list[list[str]]:
    """The cells of every row that stands for a figure."""
    lines = (ROOT / "METRICS.md").read_text(encoding="utf-8").splitlines()
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [cells for cells in found if cells[0] != "Figure" and set(cells[0]) != {"-"}]


def missing(cell: str, folder: Path) -> list[str]:
    """What a cell names and is not there; a name without a file is of the file before."""
    lacking, source = [], ""
    for named in _NAMED.findall(cell):
        path, _, name = named.rpartition(":") if ":" in named or "/" not in named else (named, "", "")
        if path:
            file = folder / path
            if not file.is_file():
                lacking.append(path)
                continue
            source = file.read_text(encoding="utf-8")
        if name and not re.search(rf"^def {re.escape(name)}\(", source, re.MULTILINE):
            lacking.append(named)
    return lacking


@pytest.mark.parametrize("cells", rows(), ids=lambda cells: cells[0])
def test_every_figure_has_its_code_and_its_test(cells: list[str]) -> None:
    figure, counted, source, code, tests = cells
    assert counted
    assert source
    assert code
    assert _NAMED.search(tests) or tests == "the same", figure
    assert missing(code, ROOT / "desktop") == []
    assert missing(tests, ROOT / "tests/unit") == []


def test_the_table_is_long() -> None:
    assert len(rows()) > 40
