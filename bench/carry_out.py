"""Lists and the whole book on their way out and in again, beside openpyxl and calamine doing the bare least.

`python -m bench.carry_out WORD …` is one such process; it prints the seconds that it took.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.books import DAY, sample_book
from bench.processes import output
from bench.results import Options, Result

LIST, SHOP = 100_000, 1_200


def measure(options: Options) -> Iterator[Result]:
    """A long list, and the sample shop's whole book there and back."""
    customers = LIST // 10 if options.quick else LIST
    book = sample_book(options.folder, customers)
    file, bare = options.folder / "list.xlsx", options.folder / "bare.xlsx"
    taken = _seconds("list", book, file)
    floor = _seconds("bare", file, bare)
    yield Result(f"export of {customers:,} customers ÷ openpyxl write_only", taken, "s", 1.3, floor)

    book, file = sample_book(options.folder, SHOP), options.folder / "whole.xlsx"
    taken = _seconds("whole", book, file)
    floor = _seconds("bare", file, bare)
    yield Result("export of the sample shop's whole book ÷ the same", taken, "s", 1.3, floor)
    for old in options.folder.glob("restored.shuke*"):
        old.unlink()
    taken = _seconds("restore", file, options.folder / "restored.shuke")
    floor = _seconds("read", file, file)
    yield Result("import of that workbook ÷ calamine reading it", taken, "s", 3, floor)


def _seconds(word: str, source: Path, target: Path) -> float:
    return float(output("-m", "bench.carry_out", word, str(source), str(target)))


def _list(source: Path, target: Path) -> float:
    return _export(source, target, "customers")


def _whole(source: Path, target: Path) -> float:
    return _export(source, target, "book")


def _export(source: Path, target: Path, what: str) -> float:
    from desktop.exchange.whole_book.book import export_book
    from desktop.models.book import Book

    with Book.open(source) as book:
        begun = time.perf_counter()
        export_book(book, target, what=what, today=DAY)
        return time.perf_counter() - begun


def _bare(source: Path, target: Path) -> float:
    """The cells of a workbook written once more with nothing but their values."""
    import openpyxl
    import python_calamine

    read = python_calamine.CalamineWorkbook.from_path(source)
    sheets = [(name, read.get_sheet_by_name(name).to_python()) for name in read.sheet_names]
    begun = time.perf_counter()
    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            # What begins so would be taken for a formula.
            sheet.append([None if cell == "" or str(cell).startswith("=") else cell for cell in row])
    book.save(target)
    return time.perf_counter() - begun


def _restore(source: Path, target: Path) -> float:
    from desktop.models.book import Book
    from desktop.operations.restoring import restore_book

    with Book.create(target) as book:
        begun = time.perf_counter()
        restore_book(book, source)
        return time.perf_counter() - begun


def _read(source: Path, _: Path) -> float:
    begun = time.perf_counter()
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(source)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
    return time.perf_counter() - begun


_WORDS: dict[str, Callable[[Path, Path], float]] = {
    "list": _list, "whole": _whole, "bare": _bare, "restore": _restore, "read": _read,
}  # fmt: skip

if __name__ == "__main__":
    print(_WORDS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3])))
