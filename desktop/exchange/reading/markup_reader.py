"""Reads what exports call .xls: web pages' tables and Excel 2003's XML. Runs in the reading process."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.parsers import expat

from desktop.exchange.reading import csv_reader, zip_check
from desktop.exchange.reading.kinds import NotATableError

_BLOCK = 1 << 16
_MOST_BYTES = 400_000_000
_MOST_COLUMNS = 16_384
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_CHARSET = re.compile(rb"""<meta\b[^<>]{0,200}?\bcharset\s{0,9}=\s{0,9}["']?([\w-]{1,20})""", re.I)
_BREAKS = frozenset({"br", "p", "div", "li"})
_SILENT = frozenset({"script", "style", "title"})


@dataclass(slots=True)
class MarkupSheet:
    """One sheet, or all tables of a web page one below the other; "" is an empty cell."""

    name: str
    rows: list[list[Any]] = field(default_factory=list)
    shown: bool = True
    _width: int = 1

    @property
    def says_something(self) -> bool:
        """Whether any cell is filled."""
        return any(cell != "" for row in self.rows for cell in row)

    def add(self, row: list[Any]) -> None:
        """One more row. Raises NotATableError when there would be too many cells."""
        self._width = max(self._width, len(row))
        if self._width > _MOST_COLUMNS or len(self.rows) * self._width > zip_check.MOST_CELLS:
            raise NotATableError("large")
        self.rows.append(row)

    def reach(self, height: int) -> None:
        """Empty rows up to a height."""
        if height * self._width > zip_check.MOST_CELLS:
            raise NotATableError("large")
        while len(self.rows) < height:
            self.rows.append([])


def sheets_of(path: Path, kind: str) -> list[MarkupSheet]:
    """The sheets of a file of kind html or xml. Raises NotATableError."""
    if path.stat().st_size > _MOST_BYTES:
        raise NotATableError("large")
    return _workbook(path) if kind == "xml" else [_page(path)]


# --- web pages


def _page(path: Path) -> MarkupSheet:
    parser = _Page()
    with path.open(encoding=_encoding(path), errors="replace") as file:
        while block := file.read(_BLOCK):
            parser.feed(block)
    parser.close()
    if not parser.tables:
        raise NotATableError("web")
    return parser.sheet


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        said = _CHARSET.search(file.read(4_096))
    name = said[1].decode("ascii").lower() if said else ""
    if name in ("gb2312", "gbk", "gb18030"):
        return "gb18030"
    return csv_reader.encoding_of(path)[0]


class _Page(HTMLParser):
    """The cells of every table; a table within a cell is part of its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheet = MarkupSheet("")
        self.tables = 0
        self._depth = 0
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._held: dict[int, int] = {}
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            self.tables += 1
        elif tag in _SILENT:
            self._silent = tag
        elif tag in _BREAKS and self._cell:
            self._cell.append("\n")
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            self._row = []
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            said = dict(attrs)
            self._span = _count(said.get("colspan")), _count(said.get("rowspan"))
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            if self._depth == 1:
                self._end_row()
                self._held.clear()
            self._depth = max(0, self._depth - 1)
        elif tag == self._silent:
            self._silent = ""
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        if self._row is None:
            self._row = []
        self._skip_held(self._row)
        lines = (" ".join(line.split()) for line in "".join(self._cell).split("\n"))
        text = "\n".join(line for line in lines if line)
        across, down = self._span
        for at in range(across):
            if down > 1:
                self._held[len(self._row)] = down
            self._row.append("" if at else text)
        self._cell = None
        if len(self._row) > _MOST_COLUMNS:
            raise NotATableError("large")

    def _skip_held(self, row: list[str]) -> None:
        """Leaves empty what a cell of a row above reaches into."""
        while self._held.get(len(row)):
            row.append("")

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._skip_held(self._row)
            self.sheet.add(self._row)
            self._held = {at: left - 1 for at, left in self._held.items() if left > 1}
            self._row = None


def _count(said: str | None) -> int:
    return min(int(said), _MOST_COLUMNS) if said and said.isascii() and said[:6].isdigit() else 1


# --- Excel 2003's XML


def _workbook(path: Path) -> list[MarkupSheet]:
    found = _Workbook()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(_BLOCK), b""):
            found.feed(block)
        found.feed(b"", last=True)
    return found.sheets


class _Workbook:
    """Takes a workbook's XML as it comes; entities of its own are refused, for they can be bombs."""

    def __init__(self) -> None:
        self.sheets: list[MarkupSheet] = []
        self._row: list[Any] | None = None
        self._kind = ""
        self._text: list[str] | None = None
        self._column = self._across = 0
        self._begun = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.EntityDeclHandler = self._entity

    def feed(self, block: bytes, *, last: bool = False) -> None:
        """Raises NotATableError."""
        try:
            self._parser.Parse(block, last)
        except expat.ExpatError as fault:
            raise NotATableError("damaged" if self._begun else "other") from fault

    def _entity(self, *_: object) -> None:
        raise NotATableError("damaged")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        said = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if not self._begun:
            if (space, tag) != (_SPREADSHEET, "Workbook"):
                raise NotATableError("other")
            self._begun = True
        elif tag == "Worksheet":
            self.sheets.append(MarkupSheet(said.get("Name", "")))
        elif not self.sheets:
            return
        elif tag == "Row":
            self.sheets[-1].reach(_place(said.get("Index")))
            self._row, self._column = [], 0
        elif tag == "Cell" and self._row is not None:
            self._place_cell(self._row, said)
        elif tag == "Visible" or (tag == "Data" and self._row):
            self._text, self._kind = [], said.get("Type", "String")

    def _place_cell(self, row: list[Any], said: dict[str, str]) -> None:
        self._column = _place(said.get("Index")) or self._column
        self._across = _place(said.get("MergeAcross"), 0)
        if self._column >= _MOST_COLUMNS:
            raise NotATableError("large")
        row += [""] * (self._column + 1 - len(row))

    def _data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        text = "".join(self._text or ())
        if tag == "Data" and self._row and self._text is not None:
            self._row[self._column], self._text = _value(text, self._kind), None
        elif tag == "Cell" and self._row is not None:
            self._column += 1 + self._across
        elif tag == "Row" and self._row is not None:
            self.sheets[-1].add(self._row)
            self._row = None
        elif tag == "Visible" and self.sheets:
            self.sheets[-1].shown, self._text = text.strip() == "SheetVisible", None


def _place(said: str | None, less: int = 1) -> int:
    """A number counted from 1, from 0; 0 for none. Raises NotATableError for one that can't be."""
    if said is None:
        return 0
    if not said.isascii() or not said.isdigit() or not 0 <= int(said[:9]) - less < 1 << 20:
        raise NotATableError("damaged")
    return int(said) - less


def _value(text: str, kind: str) -> Any:
    readers: dict[str, Callable[[str], Any]] = {
        "Number": float,
        "DateTime": datetime.fromisoformat,
        "Boolean": lambda said: said.strip() not in ("0", "false", ""),
    }
    try:
        return readers.get(kind, str)(text)
    except ValueError:
        return text


def chosen(sheets: list[MarkupSheet], wanted: Sequence[str]) -> Iterator[MarkupSheet]:
    """The sheets named, or the first with a table on it. Raises NotATableError where there is none."""
    by_name = {sheet.name: sheet for sheet in sheets}
    if not set(wanted) <= set(by_name):
        raise NotATableError("sheet")
    if wanted:
        yield from (by_name[name] for name in wanted)
        return
    # Hidden sheets only where no other says anything.
    for shown in (True, False):
        filled = [sheet for sheet in sheets if sheet.shown is shown and sheet.says_something]
        tables = [sheet for sheet in filled if len(sheet.rows) > 1 and max(map(len, sheet.rows)) > 1]
        if filled:
            yield (tables or filled)[0]
            return
    raise NotATableError("blank")
