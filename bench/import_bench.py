"""The import of half a million order lines, beside python-calamine merely reading the same file.

By turns, each in a process of its own. Uses UCI Online Retail where it stands beside the checkout, else a
workbook of the same shape made for the purpose; `python -m bench.import_bench FILE BOOK` is one such process.
"""

from __future__ import annotations

import json
import random
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import carry_out, peers, taobao
from bench.processes import ROOT, output
from bench.results import Options, Result, median

RETAIL = ROOT.parent / "shared" / "data" / "online_retail" / "online_retail.xlsx"
_LINES = 541_909
_READ = """
import sys, time
begun = time.perf_counter()
import python_calamine
rows = python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(time.perf_counter() - begun)
"""
_READ_TEXT = """
import sys, time
begun = time.perf_counter()
import csv
with open(sys.argv[1], encoding="gb18030", newline="") as file:
    for row in csv.reader(file):
        pass
print(time.perf_counter() - begun)
"""


def measure(options: Options) -> Iterator[Result]:
    """Half a million lines and 300,000 orders of Taobao in, peers on the same file, lists and books out."""
    file = RETAIL if RETAIL.is_file() else _look_alike(options.folder / "half_a_million_lines.xlsx")
    runs, floor = _by_turns(file, options, _READ)
    yield Result(f"import of {file.name} ÷ calamine reading it", _middle(runs, "import"), "s", 3, floor)
    yield Result("  of that: reading", _middle(runs, "read"), "s", 0, floor)
    yield Result("  of that: checking", _middle(runs, "check"), "s")
    yield Result("  of that: writing", _middle(runs, "write"), "s")
    yield Result(
        "the same file again ÷ its first import", _middle(runs, "again"), "s", 1, _middle(runs, "import")
    )
    yield Result("undo of it ÷ its import", _middle(runs, "undo"), "s", 1, _middle(runs, "import"))
    yield from _memory(runs)
    if not options.quick:
        yield from peers.measure(file, floor)
    orders = 30_000 if options.quick else 300_000
    file = taobao.make(options.folder / f"taobao-{orders}.csv", orders)
    runs, floor = _by_turns(file, options, _READ_TEXT)
    yield Result(
        f"import of {orders:,} Taobao orders ÷ csv reading them", _middle(runs, "import"), "s", 0, floor
    )
    yield Result(
        "the same file again ÷ its first import", _middle(runs, "again"), "s", 1, _middle(runs, "import")
    )
    yield Result("undo of it ÷ its import", _middle(runs, "undo"), "s", 1, _middle(runs, "import"))
    yield from _memory(runs)
    yield from carry_out.measure(options)


def _by_turns(file: Path, options: Options, read: str) -> tuple[list[dict[str, float]], float]:
    """The figures of each import, and the median of merely reading the file between them."""
    book = options.folder / "import.shuke"
    floors: list[float] = []
    runs: list[dict[str, float]] = []
    for _ in range(1 if options.quick else 3):
        floors.append(float(output("-c", read, str(file))))
        for old in options.folder.glob("import.shuke*"):
            old.unlink()
        runs.append(json.loads(output("-m", "bench.import_bench", str(file), str(book))))
    return runs, median(floors)


def _middle(runs: list[dict[str, float]], name: str) -> float:
    return median([run[name] for run in runs])


def _memory(runs: list[dict[str, float]]) -> Iterator[Result]:
    if runs[0]["memory"]:
        yield Result("  memory of the import and its reader", _middle(runs, "memory"), "MB", 600)


def import_once(file: Path, path: Path) -> dict[str, float]:
    """Seconds of each part of an import into a new book, and the megabytes that it took at its peak."""
    from desktop.exchange.plan import make_plan
    from desktop.exchange.reading.files import read_file
    from desktop.models.book import Book
    from desktop.operations.importing import import_plan

    figures: dict[str, float] = {}
    with Book.create(path) as book:
        begun = time.perf_counter()
        table = read_file(file)
        read = time.perf_counter()
        reading = sum(_peak_memory())
        plan = make_plan(book, table)
        checked = time.perf_counter()
        import_plan(book, plan)
        written = time.perf_counter()
        figures |= {"read": read - begun, "check": checked - read, "write": written - checked}
        figures |= {"import": written - begun, "memory": max(reading, _peak_memory()[0])}
        import_plan(book, make_plan(book, file))
        again = time.perf_counter()
        figures["again"] = again - written
        book.undo()
        figures["undo"] = time.perf_counter() - again
    return figures


def _peak_memory() -> tuple[float, float]:
    """Megabytes that this process and its child held at most; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0.0, 0.0
    import resource

    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_maxrss / unit, child.ru_maxrss / unit


def _look_alike(path: Path) -> Path:
    """A workbook with as many lines, orders, products and customers as Online Retail, made once."""
    if path.is_file():
        return path
    dice = random.Random(352)
    goods = [
        (f"{20_000 + n}{dice.choice('ABC ').strip()}", f"GOODS NUMBER {n} IN A BOX") for n in range(4_070)
    ]
    namespace = "http://schemas.openxmlformats.org"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relation = f"{namespace}/officeDocument/2006/relationships"
    part = path.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{namespace}/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        )
        _relate(archive, "_rels/.rels", f"{relation}/officeDocument", "xl/workbook.xml")
        _relate(archive, "xl/_rels/workbook.xml.rels", f"{relation}/worksheet", "worksheets/sheet1.xml")
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{namespace}/spreadsheetml/2006/main" xmlns:r="{relation}"><sheets>'
            '<sheet name="Online Retail" sheetId="1" r:id="one"/></sheets></workbook>',
        )
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{namespace}/spreadsheetml/2006/main"><sheetData>'.encode())
            headers = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice")
            sheet.write(_row((*headers, "CustomerID", "Country")))
            for line in range(_LINES):
                order = line * 25_900 // _LINES
                code, name = dice.choice(goods)
                when = (
                    f"2011-{order // 2159 + 1:02}-{order % 28 + 1:02} {order % 12 + 8:02}:{order % 60:02}:00"
                )
                customer = 12_000 + order % 4_372
                price = dice.randrange(40, 2000) / 100
                sheet.write(
                    _row(
                        (
                            str(536_365 + order),
                            code,
                            name,
                            dice.randrange(1, 24),
                            when,
                            price,
                            customer,
                            "Here",
                        )
                    )
                )
            sheet.write(b"</sheetData></worksheet>")
    part.replace(path)
    return path


def _relate(archive: zipfile.ZipFile, name: str, kind: str, target: str) -> None:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = f'<Relationship Id="one" Type="{kind}" Target="{target}"/>'
    archive.writestr(name, f'<Relationships xmlns="{space}">{link}</Relationships>')


def _row(cells: tuple[Any, ...]) -> bytes:
    told = (
        f'<c t="inlineStr"><is><t>{cell}</t></is></c>' if isinstance(cell, str) else f"<c><v>{cell}</v></c>"
        for cell in cells
    )
    return f"<row>{''.join(told)}</row>".encode()


if __name__ == "__main__":
    print(json.dumps(import_once(Path(sys.argv[1]), Path(sys.argv[2]))))
