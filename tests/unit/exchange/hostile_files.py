"""Files that no shop sends on purpose, made by code: what each is, and how reading it must end."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ROWS = "rows"
ANY = ""
"""Rows or a sentence: there is no right way to read it, only wrong ways to fail."""


class Hostile(NamedTuple):
    """A file; `ends` is ROWS, ANY or a piece of the sentence, `holds` a text that its rows must hold."""

    name: str
    content: bytes
    ends: str
    holds: str = ""


def hostile_files() -> Iterator[Hostile]:
    """All of them."""
    for make in (_texts, _others, _bombs, _packages, _sheets, _open_documents, _binary, _markup, _cut):
        yield from make()


# --- texts


def _texts() -> Iterator[Hostile]:
    table = "number,name\nT1,王丽华\n"
    yield Hostile("utf32.csv", table.encode("utf-32"), ROWS, "王丽华")
    yield Hostile("utf32be.csv", b"\0\0\xfe\xff" + table.encode("utf-32-be"), ROWS, "王丽华")
    yield Hostile("utf7.csv", b"+/v8-" + table.encode("utf-7"), "encoding")
    yield Hostile("ebcdic.txt", "NUMBER,NAME\x85T1,WANG\x85".encode("cp500") * 9, "encoding")
    yield Hostile("bom_inside.csv", table.encode("utf-8-sig") * 2, ROWS, "number")
    yield Hostile("lone_cr.csv", b"number,name\rT1,Wang\r", ROWS, "T1")
    yield Hostile("mixed_ends.csv", b"number,name\r\nT1,Wang\rT2,Li\nT3,Xu", ROWS, "T3")
    yield Hostile("bad_utf8.csv", b"number,name\nT1,\xff\xfe\xc3\n" * 3, ROWS)
    yield Hostile("nuls.csv", b"number,name\nT\x001,Wang of Hangzhou\nT2,Li of Beijing\n", ROWS, "T1")
    yield Hostile("zeros.csv", bytes(70_000), "not a workbook")
    yield Hostile("noise.csv", random.Random(4).randbytes(5_000), "not a workbook")
    yield Hostile("control.csv", bytes(range(1, 32)) * 20, "not a workbook")
    yield Hostile("large_cell.csv", b"a,b\n1," + b"x" * 3_900_000 + b"\n", ROWS)
    yield Hostile("larger_cell.csv", b"a,b\n1," + b"x" * 4_100_000 + b"\n", "too large")
    yield Hostile("two_million_columns.csv", b"," * 2_000_000, "too large")
    yield Hostile("wide.csv", ("," * 16_383 + "\n").encode() * 9, ANY)
    yield Hostile("quote.csv", b'a,b\n1,"open\n' + b"2,x\n" * 9, "quotation mark")
    yield Hostile("quotes.csv", b'"' * 9_999, ANY)
    yield Hostile("delimiters.csv", b",;|\t" * 3_000, ANY)
    yield Hostile("json.csv", b'[{"number": "T1"}]', "not a workbook")
    yield Hostile("spaces.csv", b" \n" * 50, ANY)
    yield Hostile("newlines.csv", b"\n" * 50, "is empty")
    yield Hostile("mark_only.csv", b"\xef\xbb\xbf", "is empty")
    yield Hostile("half_mark.csv", b"\xff\xfe", ANY)
    yield Hostile("odd_utf16.csv", "编号,姓名\n1,王\n".encode("utf-16") + b"\0", ROWS, "王")
    yield Hostile("surrogates.csv", b"\xff\xfea\0\n\0\x00\xd8b\0", ROWS)


# --- what is something else


def _others() -> Iterator[Hostile]:
    yield Hostile("a.xlsx", b"number,name\nT1,Wang\n", ROWS, "Wang")
    yield Hostile("b.xls", b"number\tname\nT1\tWang\n", ROWS, "Wang")
    yield Hostile("report.csv", b"%PDF-1.7\n1 0 obj\n", "not a workbook")
    yield Hostile("photo.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a workbook")
    yield Hostile("photo.csv", b"\xff\xd8\xff\xe0\x10JFIF", "not a workbook")
    yield Hostile("shop.xls", b"SQLite format 3\0" + bytes(200), "not a workbook")
    yield Hostile("letter.csv", rb"{\rtf1\ansi hello}", "not a workbook")
    for suffix, head in (("7z", b"7z\xbc\xaf\x27\x1c"), ("gz", b"\x1f\x8b\x08"), ("rar", b"Rar!\x1a\x07")):
        yield Hostile(f"{suffix}.xlsx", head + b"\x01" * 99, "an archive")
    yield Hostile("tar.csv", b"a.csv".ljust(257, b"\0") + b"ustar\x0000" + bytes(240), "an archive")
    yield Hostile("mail.xls", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", "a web page")
    yield Hostile("feed.xls", b'<?xml version="1.0"?><rss><channel/></rss>', "not a workbook")
    yield Hostile("zip.xlsx", zipped({"a.csv": b"1,2"}), "an archive")
    yield Hostile("no_parts.xlsx", zipped({}), ANY)
    word = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
    yield Hostile("letter.xlsx", zipped(word), "not a workbook")
    text = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
    yield Hostile("letter.ods", zipped(text), "not a workbook")
    yield Hostile("apple.numbers", zipped({"Index/Document.iwa": b"\0"}), "of Numbers")


# --- bombs


def _bombs() -> Iterator[Hostile]:
    zeros = bytes(120_000_000)
    yield Hostile("bomb.xlsx", zipped({"xl/workbook.xml": b"<workbook/>", "xl/media/a": zeros}), "too large")
    nested = zipped({"inner.zip": zipped({"a": bytes(9_000_000)})})
    yield Hostile("nested.xlsx", zipped({"xl/workbook.xml": b"<workbook/>", "xl/a.zip": nested}), ANY)
    many = {f"xl/{at}": b"" for at in range(20_001)}
    yield Hostile("many_parts.xlsx", zipped(many), "too large")
    # Names of thousands of parts that all are the same one: what is said to unpack is more than there is.
    shared = zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(4_000_000)})
    yield Hostile("overlapping.xlsx", _repeat_directory(shared, 900), "too large")
    lying = zipped(xlsx_parts(sheet_xml('<row><c r="A1"><v>1</v></c></row>' + " " * 900_000)))
    yield Hostile("lying.xlsx", _with_sizes(lying, 500), ANY)
    huge = _with_sizes(zipped(xlsx_parts(sheet_xml(""))), 0xFFFFFFF0)
    yield Hostile("lying_large.xlsx", huge, "too large")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    row = '<row><c r="A1" t="inlineStr"><is><t>&l11;</t></is></c></row>'
    yield Hostile("laughs.xlsx", zipped(xlsx_parts(sheet_xml(row, before=bomb))), ANY)
    outside = '<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/hostname">]>'
    row = '<row><c r="A1" t="inlineStr"><is><t>&out;</t></is></c></row>'
    yield Hostile("outside.xlsx", zipped(xlsx_parts(sheet_xml(row, before=outside))), ANY)
    tag = "<c " + 'r="A1" ' * 90_000 + "/>"
    yield Hostile("long_tag.xlsx", zipped(xlsx_parts(sheet_xml(f"<row>{tag}</row>"))), ANY)
    yield Hostile("open_tags.xlsx", zipped(xlsx_parts(sheet_xml("<c " * 200_000))), ANY)
    yield Hostile("deep.xlsx", zipped(xlsx_parts(sheet_xml("<a>" * 200_000))), ANY)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _repeat_directory(archive: bytes, times: int) -> bytes:
    """The last part named many times over, each name pointing at the same bytes."""
    end = archive.rindex(b"PK\x05\x06")
    first = archive.index(b"PK\x01\x02")
    last = archive.rindex(b"PK\x01\x02")
    directory = archive[first:end] + archive[last:end] * times
    count = 2 + times
    head = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), first, 0)
    return archive[:first] + directory + head


def _with_sizes(archive: bytes, size: int) -> bytes:
    """Every part said to unpack to so many bytes."""
    changed = bytearray(archive)
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + at : place + at + 4] = struct.pack("<I", size)
            place = changed.find(mark, place + 4)
    return bytes(changed)


# --- .xlsx


def sheet_xml(rows: str, *, before: str = "", space: str = MAIN) -> str:
    """A worksheet."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    )


def xlsx_parts(
    *sheets: str,
    states: tuple[str, ...] = (),
    strings: str = "",
    styles: str = "",
    facts: str = "",
    space: str = MAIN,
    relation: str = RELATION,
) -> dict[str, bytes | str]:
    """The parts of a workbook of these worksheets."""
    numbers = range(1, len(sheets) + 1)
    named = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"{states[n - 1] if states else ""}/>' for n in numbers
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{relation}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    more = {"sharedStrings": strings, "styles": styles}
    links += "".join(
        f'<Relationship Id="{name}" Type="{relation}/{name}" Target="{name}.xml"/>'
        for name, content in more.items()
        if content
    )
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{kind}.{word}+xml"/>'
        for name, word in (
            ("workbook", "sheet.main"),
            *((f"worksheets/sheet{n}", "worksheet") for n in numbers),
            *((name, name) for name, content in more.items() if content),
        )
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="b" '
        f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{relation}">{facts}'
        f"<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
        ),
        **{f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in zip(numbers, sheets, strict=True)},
        **{f"xl/{name}.xml": content for name, content in more.items() if content},
    }


def cell(place: str, value: object, kind: str = "", style: int = 0) -> str:
    """A cell as XML; a text goes in line."""
    if isinstance(value, str) and not kind:
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    told = (f' t="{kind}"' if kind else "") + (f' s="{style}"' if style else "")
    return f'<c r="{place}"{told}><v>{value}</v></c>'


DATES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>'


def _packages() -> Iterator[Hostile]:
    good = sheet_xml(f"<row>{cell('A1', 'number')}{cell('B1', 'paid')}</row><row>{cell('A2', 'T1')}</row>")
    empty = sheet_xml("")
    yield Hostile("plain.xlsx", zipped(xlsx_parts(good)), ROWS, "T1")
    yield Hostile("no_sheets.xlsx", zipped(xlsx_parts()), ANY)
    yield Hostile("macros.xlsm", zipped({**xlsx_parts(good), "xl/vbaProject.bin": b"\xd0\xcf"}), ROWS, "T1")
    link = {"xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>'}
    yield Hostile("links.xlsx", zipped({**xlsx_parts(good), **link}), ROWS, "T1")
    hidden = xlsx_parts(empty, good, states=("", ' state="veryHidden"'))
    yield Hostile("hidden.xlsx", zipped(hidden), ROWS, "T1")
    yield Hostile("all_hidden.xlsx", zipped(xlsx_parts(good, states=(' state="hidden"',))), ROWS, "T1")
    strict = sheet_xml(
        f"<row>{cell('A1', 'T1')}</row><row>{cell('A2', '2026-11-22', 'd')}</row>", space=STRICT
    )
    yield Hostile(
        "strict.xlsx", zipped(xlsx_parts(strict, space=STRICT, relation=STRICT_RELATION)), ROWS, "T1"
    )
    chart = xlsx_parts(good, good)
    chart["xl/_rels/workbook.xml.rels"] = str(chart["xl/_rels/workbook.xml.rels"]).replace(
        '/worksheet" Target="worksheets/sheet1', '/chartsheet" Target="worksheets/sheet1'
    )
    chart["xl/worksheets/sheet1.xml"] = f'<chartsheet xmlns="{MAIN}"/>'
    yield Hostile("chart_sheet.xlsx", zipped(chart), ROWS, "T1")
    for gone in xlsx_parts(good):
        left = {name: part for name, part in xlsx_parts(good).items() if name != gone}
        yield Hostile(f"without_{gone.rpartition('/')[2]}.xlsx", zipped(left), ANY)
    loop = xlsx_parts(good)
    loop["xl/_rels/workbook.xml.rels"] = str(loop["xl/_rels/workbook.xml.rels"]).replace(
        "worksheets/sheet1.xml", "workbook.xml"
    )
    yield Hostile("a_sheet_that_is_the_book.xlsx", zipped(loop), ANY)
    climbing = {**xlsx_parts(good), "../../../../tmp/evil.txt": b"x"}
    yield Hostile("climbing.xlsx", zipped(climbing), ROWS, "T1")
    locked = io.BytesIO(zipped(xlsx_parts(good)))
    flagged = bytearray(locked.getvalue())
    for at in range(len(flagged) - 10):
        if flagged[at : at + 4] == b"PK\x01\x02":
            flagged[at + 8] |= 1
    yield Hostile("locked_zip.xlsx", bytes(flagged), "password")


def _sheets() -> Iterator[Hostile]:
    def book(
        name: str, rows: str, ends: str = ROWS, holds: str = "", *, strings: str = "", styles: str = "",
        facts: str = "",
    ) -> Hostile:  # fmt: skip
        parts = xlsx_parts(sheet_xml(rows), strings=strings, styles=styles, facts=facts)
        return Hostile(f"{name}.xlsx", zipped(parts), ends, holds)

    yield book("corner", f"<row>{cell('A1', 1)}</row><row>{cell('XFD1048576', 1)}</row>", "too large")
    yield book("beyond", f"<row>{cell('A1', 1)}</row><row>{cell('XFE1048577', 1)}</row>", ANY)
    yield book("nowhere", f"<row>{cell('0', 1)}{cell('A', 1)}{cell('AAAAAAAA1', 1)}</row>", ANY)
    yield book("row_number", f'<row r="99999999999999999999">{cell("A1", 1)}</row>', ANY)
    wide = "".join(f"<c><v>{at}</v></c>" for at in range(16_384))
    yield book("wide", f"<row>{wide}</row>" * 3, ROWS, "16383")
    yield book("string_index", f"<row>{cell('A1', 7, 's')}{cell('B1', 'x')}</row>", ANY, strings="<sst/>")
    formulas = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c><c r="C1" t="str"><f>A1</f><v>q</v></c>'
    )
    yield book("formulas", f"<row>{formulas}</row>", ROWS, "q")
    errors = cell("A1", "#N/A", "e") + cell("B1", "#REF!", "e") + cell("C1", "#WHAT?", "e")
    yield book("errors", f"<row>{errors}</row><row>{cell('A2', 'T1')}</row>", ANY)
    rich = '<c r="A1" t="inlineStr"><is><r><t>ri</t></r><r><rPr><b/></rPr><t>ch</t></r></is></c>'
    yield book("rich", f"<row>{rich}{cell('B1', 'x')}</row>", ROWS, "rich")
    numbers = [
        cell(f"{'ABCDEFGH'[n]}1", v) for n, v in enumerate(("NaN", "INF", "1e999", "-1e-999", "9" * 400))
    ]
    plain = [
        one.replace(' t="inlineStr"', "").replace("<is><t>", "<v>").replace("</t></is>", "</v>")
        for one in numbers
    ]
    yield book("numbers", f"<row>{''.join(plain)}</row><row>{cell('A2', 'T1')}</row>", ANY)
    dates = "".join(
        cell(f"{'ABCDEF'[n]}1", v, style=1)
        for n, v in enumerate((45_983.843437, -5, 0, 60, 2_958_466, 1e300))
    )
    yield book("dates", f"<row>{dates}</row><row>{cell('A2', 'T1')}</row>", ROWS, "T1", styles=DATES)
    epoch = cell("A1", 44_521.5, style=1) + cell("B1", "x")
    facts = '<workbookPr date1904="1"/>'
    yield book("epoch", f"<row>{epoch}</row>", ROWS, "2025-11-22 12:00:00", styles=DATES, facts=facts)
    merge = "</sheetData><mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells><sheetData>"
    yield book("merged", f"<row>{cell('A1', 'T1')}</row>{merge}", ANY)
    yield book("long_text", f"<row>{cell('A1', 'x' * 4_000_000)}{cell('B1', 'y')}</row>", ROWS)
    yield book("control", f"<row>{cell('A1', '_x0000_&#x9;')}{cell('B1', 'y')}</row>", ROWS, "y")
    yield book("forbidden", f"<row>{cell('A1', chr(1) + '&#x0;')}{cell('B1', 'y')}</row>", ANY)
    yield book("unclosed", f"<row>{cell('A1', 'T1')}", ANY)
    yield book("crossed", f"<row><c r='A1'><v>1</row></v></c>{cell('B1', 'y')}", ANY)


# --- OpenDocument


def ods(rows: str, *, before: str = "") -> bytes:
    """A spreadsheet of OpenDocument with these rows."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


ODS_ROW = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>T1</text:p>'
    "</table:table-cell></table:table-row>"
)


def _open_documents() -> Iterator[Hostile]:
    yield Hostile("plain.ods", ods(ODS_ROW), ROWS, "T1")
    many = ODS_ROW.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">')
    wide = many.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')
    yield Hostile("repeated.ods", ods(wide), "too large")
    beyond = wide.replace("1048576", "4294967295").replace("16384", "4294967295")
    yield Hostile("repeated_more.ods", ods(beyond), ANY)
    yield Hostile("repeated_less.ods", ods(wide.replace("1048576", "-1")), ANY)
    yield Hostile("cut_off.ods", ods(ODS_ROW + "<table:table-row>"), ANY)


# --- .xls


def container(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, each padded to whole sectors of its own."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    blocks = b""
    table: list[int] = []
    entries = [("Root Entry", 5, end, 0)]
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        content += bytes(-len(content) % sector)
        first, count = len(table), len(content) // sector
        table += [*range(first + 1, first + count), end]
        blocks += content
        entries.append((name, 2, first, len(content)))
    entries += [("", 0, 0, 0)] * (-len(entries) % 4)
    directory = len(table)
    size = len(entries) // 4
    table += [*range(directory + 1, directory + size), end]
    fats = 1
    while fats * 128 < len(table) + fats:
        fats += 1
    place = len(table)
    table += [0xFFFFFFFD] * fats
    table += [free] * (-len(table) % 128)
    for at, (name, kind, first, length) in enumerate(entries):
        spelled = name.encode("utf-16-le")
        child = 1 if at == 0 and streams else free
        right = at + 1 if 0 < at < len(streams) else free
        blocks += spelled.ljust(64, b"\0") + struct.pack(
            "<HBBIII16sIQQIQ", len(spelled) + 2 if name else 0, kind, 1, free, right, child, b"", 0, 0, 0,
            first, length,
        )  # fmt: skip
    blocks += struct.pack(f"<{len(table)}I", *table)
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", bytes.fromhex("D0CF11E0A1B11AE1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, fats,
        directory, 0, 4096, end, 0, end, 0,
    )  # fmt: skip
    places = [*range(place, place + fats)]
    return head + struct.pack("<109I", *places, *[free] * (109 - fats)) + blocks


def record(kind: int, content: bytes = b"") -> bytes:
    """One record of a binary workbook."""
    return struct.pack("<HH", kind, len(content)) + content


def xls(*, epoch: bool = False, more: bytes = b"", cells: bytes = b"", version: int = 0x600) -> bytes:
    """A binary workbook with one sheet of these cell records; format 1 is of dates."""
    begin = struct.pack("<HHHHII", version, 5, 0x0DBB, 1996, 0, 6)
    formats = b"".join(record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 22))
    name = b"\x02\x00S1" if version == 0x600 else b"\x02S1"
    head = record(0x809, begin) + more + (record(0x22, b"\x01\x00") if epoch else b"") + formats
    at = len(head) + 4 + 6 + len(name) + 4
    head += record(0x85, struct.pack("<IH", at, 0) + name) + record(0x0A)
    sheet = record(0x809, struct.pack("<HHHHII", version, 0x10, 0x0DBB, 1996, 0, 6)) + cells + record(0x0A)
    return container({"Workbook" if version == 0x600 else "Book": head + sheet})


def label(row: int, column: int, text: str, version: int = 0x600) -> bytes:
    """A cell with a text."""
    if version == 0x600:
        return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))
    return record(0x204, struct.pack("<HHHH", row, column, 0, len(text)) + text.encode("latin-1"))


def number(row: int, column: int, value: float, form: int = 0) -> bytes:
    """A cell with a number."""
    return record(0x203, struct.pack("<HHHd", row, column, form, value))


def _binary() -> Iterator[Hostile]:
    cells = label(0, 0, "编号") + label(0, 1, "when") + label(1, 0, "T1") + number(1, 1, 44_521.5, 1)
    yield Hostile("plain.xls", xls(cells=cells), ROWS, "2021-11-21 12:00:00")
    yield Hostile("epoch.xls", xls(cells=cells, epoch=True), ROWS, "2025-11-22 12:00:00")
    old = label(0, 0, "T1", 0x500) + label(0, 1, "x", 0x500)
    yield Hostile("excel_95.xls", xls(cells=old, version=0x500), ROWS, "T1")
    for version, kind, size in ((2, 0x009, 4), (3, 0x209, 6), (4, 0x409, 6), (5, 0x809, 8), (8, 0x809, 16)):
        head = record(kind, struct.pack("<HH", 0, 0x10).ljust(size, b"\0"))
        yield Hostile(f"excel_{version}.xls", head + number(0, 0, 1) + record(0x0A), "before 1997")
    yield Hostile("corner.xls", xls(cells=label(0, 0, "a") + number(65_535, 65_535, 1)), ANY)
    yield Hostile("strings.xls", xls(cells=record(0xFD, struct.pack("<HHHI", 0, 0, 0, 4_000_000))), ANY)
    locked = record(0x2F, b"\1\0\1\0\1\0" + bytes(48))
    yield Hostile("encrypted.xls", xls(more=locked, cells=cells), "password")
    yield Hostile("short_record.xls", xls(cells=record(0x203, b"\0\0")), ANY)
    agile = {"EncryptionInfo": b"\4\0\4\0\x40\0\0\0<encryption/>", "EncryptedPackage": bytes(5_000)}
    yield Hostile("agile.xlsx", container(agile), "password")
    standard = {"EncryptionInfo": b"\3\0\2\0\x24\0\0\0", "EncryptedPackage": bytes(5_000)}
    yield Hostile("standard.xlsx", container(standard), "password")
    yield Hostile("letter.xls", container({"WordDocument": bytes(5_000)}), "not a workbook")
    yield Hostile("nothing.xls", container({}), ANY)
    looped = bytearray(xls(cells=cells))
    looped[-512:-508] = struct.pack("<I", 0)
    yield Hostile("looped.xls", bytes(looped), ANY)


# --- web pages and Excel 2003's XML


def excel_2003(rows: str, *, before: str = "") -> bytes:
    """A workbook of Excel 2003's XML."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>{before}<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="S">'
        f"<Table>{rows}</Table></Worksheet></Workbook>"
    ).encode()


def _markup() -> Iterator[Hostile]:
    page = "<html><table><tr><th>编号<th>姓名</tr><tr><td>T1<td>王丽华</table>"
    yield Hostile("page.xls", page.encode(), ROWS, "王丽华")
    gbk = page.replace("<html>", '<html><meta charset="gb2312">').encode("gbk")
    yield Hostile("gbk_page.xls", gbk, ROWS, "王丽华")
    yield Hostile("login.xls", b"<!DOCTYPE html><html><form>Log in</form></html>", "a web page")
    yield Hostile("spans.xls", b"<table><tr><td colspan=999999999 rowspan=9>1</table>", ROWS)
    yield Hostile("nested.xls", b"<table><tr><td>" * 3_000 + b"x", ANY)
    yield Hostile("open_tag.xls", b"<table><tr><td " + b"a=b " * 50_000, ANY)
    data = (
        '<Row><Cell><Data ss:Type="{}">{}</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="String">q</Data></Cell></Row>'
    )
    yield Hostile("2003.xml", excel_2003(data.format("DateTime", "2026-11-22T10:00:00.000")), ROWS, "q")
    yield Hostile("2003_wrong.xls", excel_2003(data.format("Number", "many")), ROWS, "many")
    far = '<Row ss:Index="1048576"><Cell ss:Index="16384"/></Row>'
    yield Hostile("2003_far.xls", excel_2003(data.format("Number", "1") + far), "too large")
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    yield Hostile("2003_laughs.xls", excel_2003(data.format("String", "&b;"), before=laughs), "damaged")
    yield Hostile("2003_cut.xls", excel_2003(data)[:-40], "damaged")


# --- the same, broken off


def _cut() -> Iterator[Hostile]:
    good = sheet_xml(f"<row>{cell('A1', 'number')}{cell('B1', 'paid')}</row><row>{cell('A2', 'T1')}</row>")
    whole: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: zipped(xlsx_parts(good)),
        "xls": lambda: xls(cells=label(0, 0, "a") + label(1, 0, "b")),
        "ods": lambda: ods(ODS_ROW),
        "csv": lambda: '订单编号,"买家"\r\nT1,"王丽华"\r\n'.encode(),
    }
    dice = random.Random(6)
    for suffix, make in whole.items():
        content = make()
        places = {1, 4, 30, len(content) // 2, len(content) - 1, len(content) - 22}
        places |= {dice.randrange(1, len(content)) for _ in range(6)}
        for at in sorted(places):
            if 0 < at < len(content):
                yield Hostile(f"cut_{at}.{suffix}", content[:at], ANY)
        for at in sorted(dice.randrange(len(content)) for _ in range(6)):
            flipped = bytearray(content)
            flipped[at] ^= 1 << dice.randrange(8)
            yield Hostile(f"flipped_{at}.{suffix}", bytes(flipped), ANY)
