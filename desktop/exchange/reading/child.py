"""The process that reads one file for the program and may die doing so: a broken workbook kills nobody else.

Started as `python -m desktop.exchange.reading.child FILE [SHEET…]`, or by the frozen program; sheets are
named in JSON, for the names in a broken workbook may hold what no argument may. Writes frames to standard
output: one letter, four bytes of length, and the content. S: what was found (JSON); C: rows, as JSON of the
values not seen before in each column, then each column's codes; E: why not (JSON); Z: the end. Speaks in
codes: the program that asked puts them into the user's language.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import gc
import json
import signal
import struct
import sys
import zipfile
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from desktop.exchange.reading import kinds, zip_check
from desktop.exchange.reading.epoch import epoch_of

if TYPE_CHECKING:
    import python_calamine as calamine

CHUNK = 20_000
FIRST_CHUNK, CHUNK_CELLS = 200, 400_000
"""Of wide tables fewer rows travel at once; the first few tell how wide they are."""
MOST_KNOWN, NEARLY_ALL = 50_000, 0.8
"""So many values of a column are known by heart, unless that share of them is new all the time."""
MOST_TEXT = 1 << 30
"""Bytes that the different values of a table may take: the program holds them all."""
_LARGEST = 1 << 1000
"""Beyond it a whole number can't be a float."""
_VALUE = 60
"""What each costs beside its characters."""
MOST_COLUMNS = 16_384
"""As many as a workbook may have."""
MEMORY = 4 << 30
"""Bytes of address space; the parent stops the process well before by what it really uses."""


class _Codes(dict[Any, int]):
    """A column's values and their numbers; asking for a new one numbers it and notes it in `new`."""

    def __init__(self) -> None:
        super().__init__({"": 0})
        self.new: list[Any] = []

        self._before = 0

    def __missing__(self, value: Any) -> int:
        number = self[value] = self._before + len(self)
        self.new.append(value if type(value) is str else _plain(value))
        return number

    def taken(self, rows: int) -> list[Any]:
        """The new values of so many rows. Where nearly all are new, the known ones are forgotten."""
        new, self.new = self.new, []
        if len(self) > MOST_KNOWN and len(new) > NEARLY_ALL * rows:
            self._before += len(self) - 1
            self.clear()
            self[""] = 0
        return new


class _Refused(Exception):
    """The file cannot be read, for the reason that `code` names."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def main(arguments: Sequence[str]) -> int:
    """Reads the file named first, of it the sheets named then (none: the first that holds something)."""
    # A packaged program without a console has no sys.stdout, but it has the pipe it was started with.
    out: BinaryIO = sys.stdout.buffer if sys.stdout else open(1, "wb", closefd=False)  # noqa: SIM115
    # Nothing here makes circles, and looking for them among millions of cells costs a tenth of the time.
    gc.disable()
    _limit_memory()
    _die_quietly()
    try:
        _read(Path(arguments[0]), [json.loads(name) for name in arguments[1:]], out)
    except (_Refused, kinds.NotATableError) as fault:
        _frame(out, b"E", json.dumps({"code": fault.code}).encode())
    except zip_check.TooLargeError:
        _frame(out, b"E", b'{"code": "large"}')
    except zip_check.LockedError:
        _frame(out, b"E", b'{"code": "password"}')
    except MemoryError:
        _frame(out, b"E", b'{"code": "large"}')
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, UnicodeError, EOFError):
        _frame(out, b"E", b'{"code": "damaged"}')
    except PermissionError:
        _frame(out, b"E", b'{"code": "permission"}')
    except OSError as fault:
        gone = isinstance(fault, FileNotFoundError)
        _frame(out, b"E", json.dumps({"code": "missing" if gone else "damaged"}).encode())
    _frame(out, b"Z", b"")
    return 0


def _limit_memory() -> None:
    """Where the system can, makes an absurd allocation fail at once."""
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _die_quietly() -> None:
    """A workbook that makes calamine abort shows nobody the system's own window, and leaves no dump."""
    if sys.platform == "win32":
        # No boxes for critical errors, faults, and files that can't be opened.
        ctypes.WinDLL("kernel32").SetErrorMode(0x0001 | 0x0002 | 0x8000)
    else:
        library = ctypes.CDLL(None)
        library.signal.argtypes = [ctypes.c_int, ctypes.c_void_p]
        library.signal.restype = ctypes.c_void_p
        library.signal(signal.SIGABRT, ctypes.cast(library._exit, ctypes.c_void_p))


def _frame(out: BinaryIO, kind: bytes, content: bytes) -> None:
    out.write(kind + struct.pack(">I", len(content)) + content)
    out.flush()


def _read(path: Path, wanted: Sequence[str], out: BinaryIO) -> None:
    kind = kinds.kind_of(path)
    if kind == "csv":
        from desktop.exchange.reading import csv_reader

        encoding, told = csv_reader.encoding_of(path)
        _frame(out, b"S", json.dumps({"kind": kind, "encoding": told, "sheets": [], "sheet": ""}).encode())
        _send(csv_reader.rows_of(path, encoding), 0, out)
    elif kind == "vcf":
        from desktop.exchange.reading import vcard_reader

        _frame(out, b"S", json.dumps({"kind": kind, "encoding": "", "sheets": [], "sheet": ""}).encode())
        _send(vcard_reader.rows_of(path), 0, out)
    elif kind in ("html", "xml"):
        _read_markup(path, kind, wanted, out)
    else:
        _read_workbook(path, kind, wanted, out)


def _read_markup(path: Path, kind: str, wanted: Sequence[str], out: BinaryIO) -> None:
    from desktop.exchange.reading import markup_reader

    sheets = markup_reader.sheets_of(path, kind)
    shown = [sheet.name for sheet in sheets if sheet.shown and kind == "xml"]
    for sheet in markup_reader.chosen(sheets, wanted):
        found = {
            "kind": kind,
            "encoding": "",
            "sheets": shown,
            "sheet": sheet.name,
            "height": len(sheet.rows),
        }
        _frame(out, b"S", json.dumps(found).encode())
        _send(sheet.rows, 0, out)


def _read_workbook(path: Path, kind: str, wanted: Sequence[str], out: BinaryIO) -> None:
    import python_calamine as calamine

    sent = False
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        worksheet = calamine.SheetTypeEnum.WorkSheet
        visible = calamine.SheetVisibleEnum.Visible
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == worksheet]
        shown = [s.name for s in book.sheets_metadata if s.typ == worksheet and s.visible == visible]
        every = list(wanted) == [kinds.EVERY_SHEET]
        if not every and not set(wanted) <= set(names):
            raise _Refused("sheet")
        found = {"kind": kind, "encoding": "", "sheets": shown or names, "epoch": epoch_of(path, kind)}
        sheets: Iterable[calamine.CalamineSheet | None] = map(
            book.get_sheet_by_name, names if every else wanted
        )
        if not wanted:
            hidden = [name for name in names if name not in shown]
            # Hidden sheets only where no other says anything.
            first = _first_table(map(book.get_sheet_by_name, shown))
            sheets = [first or _first_table(map(book.get_sheet_by_name, hidden))]
        for sheet in sheets:
            if every and (sheet is None or sheet.end is None):
                continue
            if kind == "xlsx" and not sent and (sheet is None or sheet.end is None):
                # Parts written in UTF-16 look empty to calamine.
                _read_otherwise(path, wanted, out)
                return
            sent = True
            _send_sheet(sheet, found, out)
    except calamine.PasswordError as fault:
        raise _Refused("password") from fault
    except calamine.CalamineError as fault:
        if "cell limit" in str(fault).lower():
            raise _Refused("large") from fault
        if kind == "xls" and not sent:
            raise _Refused(kinds.ole_refusal(path)) from fault
        if sent or kind != "xlsx":
            raise _Refused("damaged") from fault
        _read_otherwise(path, wanted, out)


def _read_otherwise(path: Path, wanted: Sequence[str], out: BinaryIO) -> None:
    """The same with openpyxl, for what calamine refuses."""
    from desktop.exchange.reading.openpyxl_reader import OtherWorkbook

    try:
        sheets = OtherWorkbook(path).sheets(wanted)
        for name, shown, rows in sheets:
            found = {"kind": "xlsx", "encoding": "", "sheets": shown, "epoch": epoch_of(path, "xlsx")}
            _frame(out, b"S", json.dumps({**found, "sheet": name}).encode())
            _send(rows, 0, out)
    except (_Refused, kinds.NotATableError, MemoryError):
        raise
    except Exception as fault:
        # A broken file makes openpyxl raise anything at all, and here it can only mean that.
        raise _Refused("damaged") from fault


def _send_sheet(sheet: calamine.CalamineSheet | None, found: dict[str, Any], out: BinaryIO) -> None:
    if sheet is None or sheet.end is None:
        raise _Refused("blank")
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if height * width > zip_check.MOST_CELLS:
        raise _Refused("large")
    _frame(out, b"S", json.dumps({**found, "sheet": sheet.name, "height": height}).encode())
    _send(sheet.iter_rows(), sheet.start[1] if sheet.start else 0, out)


def _first_table(sheets: Iterable[calamine.CalamineSheet]) -> calamine.CalamineSheet | None:
    """The first sheet of rows and columns; a cover with a few words on it only when there is nothing else."""
    cover = None
    for sheet in sheets:
        if sheet.end is not None and sheet.width > 1 and sheet.height > 1:
            return sheet
        if sheet.end is not None and cover is None:
            cover = sheet
    return cover


def _send(rows: Iterable[Sequence[Any]], blank_columns: int, out: BinaryIO) -> None:
    """Sends all rows in chunks; `blank_columns` stand empty before the first one."""
    seen: list[_Codes] = []
    height = text = 0
    for chunk in _chunks(rows):
        height += len(chunk)
        columns = list(zip_longest(*chunk, fillvalue=""))
        # A text file tells its size only now; the program holds four bytes for each cell.
        if height * max(len(columns), len(seen)) > zip_check.MOST_CELLS:
            raise _Refused("large")
        while len(seen) < len(columns):
            seen.append(_Codes())
        new: list[list[Any]] = []
        codes: list[bytes] = []
        for column, known in zip(columns, seen, strict=False):
            cells: Iterable[Any] = column
            if bool in set(map(type, column)):
                # 1 and True are one key to a dictionary.
                cells = [
                    ("TRUE" if cell else "FALSE") if cell is True or cell is False else cell
                    for cell in column
                ]
            codes.append(array("i", map(known.__getitem__, cells)).tobytes())
            new.append(known.taken(len(chunk)))
            text += _VALUE * len(new[-1])
        head = json.dumps({"rows": len(chunk), "blank": blank_columns, "new": new}).encode()
        text += len(head)
        if text > MOST_TEXT:
            raise _Refused("large")
        _frame(out, b"C", struct.pack(">I", len(head)) + head + b"".join(codes))


def _chunks(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    """Rows in lists that are neither long nor large. Raises _Refused for a row that is too wide."""
    stream = iter(rows)
    length = FIRST_CHUNK
    while chunk := list(islice(stream, length)):
        width = max(map(len, chunk))
        if width > MOST_COLUMNS:
            raise _Refused("large")
        length = max(FIRST_CHUNK, min(CHUNK, CHUNK_CELLS // max(1, width)))
        yield chunk


def _plain(value: Any) -> Any:
    """A value as JSON can carry it; moments as a list of one text."""
    if isinstance(value, (str, float)):
        return value
    if isinstance(value, int):
        return value if abs(value) < _LARGEST else str(value)
    if isinstance(value, dt.datetime):
        return [value.isoformat(" ")]
    if isinstance(value, dt.date):
        return [f"{value.isoformat()} 00:00:00"]
    return str(value)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
