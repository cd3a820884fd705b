"""What a file really is, by its first bytes; its name is only a hint. Runs in the reading process."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from desktop.exchange.reading import zip_check

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
# A sheet's first record, outside of any container: Excel 2, 3, 4 and 5.
_OLD_EXCEL = tuple(
    bytes.fromhex(head) for head in ("09000400", "09000600", "09020600", "09040600", "09080800", "09081000")
)
_WEB = (b"<html", b"<!doctype", b"<table", b"<head", b"<meta", b"<div", b"<style", b"<!--", b"<tr", b"<body")
_EXCEL_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_ARCHIVES = (
    b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"Rar!\x1a\x07",
    b"MSCF\0\0", b"\x04\x22\x4d\x18",
)  # fmt: skip
_OTHERS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"SQLite format 3")
_VCARD = re.compile(r"\s*BEGIN[ \t]*:[ \t]*VCARD", re.I)
_JSON = re.compile(rb'(?:\{\s*["}]|\[\s*[\[{])')
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF32_BE = b"\0\0\xfe\xff"
_UTF7 = (b"+/v8", b"+/v9", b"+/v+", b"+/v/")
_EBCDIC_ENDS = "\x85\t\r\n"
_TEXT_NAMES = (".csv", ".txt", ".tsv")
# Without a byte order mark; the one that is meant decodes to lines without control characters.
_UTF16_GUESSES = ("utf-16-le", "utf-16-be")
_CONTROL = frozenset(map(chr, (*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF)))
_CONTROL_BYTES = bytes((*range(9), *range(14, 26), *range(28, 32)))
_CONTROL_SHARE = 100
"""Of so many bytes of a text one may be a control character."""
_SAMPLE = 4_096
_HEAD = 65_536
_OLE_READ = 16 << 20
# Streams by which other programs' files of the same container are known.
_OLE_OTHERS = tuple(
    name.encode("utf-16-le")
    for name in ("WordDocument", "PowerPoint Document", "__properties_version1.0", "VisioDocument")
)
_OLE_LOCKED = "EncryptedPackage".encode("utf-16-le")


EVERY_SHEET = "\0"
"""Asks for all sheets that hold something; none can be called so."""


class NotATableError(Exception):
    """The file holds no table that can be read; `code` says what it is instead."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_of(path: Path) -> str:
    """xlsx, xls, xlsb, ods, csv, vcf, html or xml (Excel 2003's). Raises NotATableError and zip_check's."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise NotATableError("empty")
    if head.startswith(b"PK"):
        kind = zip_check.kind_of(path)
        if kind not in ("xlsx", "xlsb", "ods"):
            raise NotATableError(kind)
        return kind
    if head.startswith(_OLE):
        return "xls"
    if head.startswith(_OLD_EXCEL):
        raise NotATableError("old")
    if kind := _markup(head):
        return kind
    if _is_contacts(head):
        return "vcf"
    _refuse_what_is_no_text(head)
    if b"\0" in head and not head.startswith((*_UTF16, _UTF32_BE)) and not utf16_of(head):
        stray = path.suffix.lower() in _TEXT_NAMES and _is_text(head.replace(b"\0", b""))
        if not stray or head.count(b"\0") * 20 > len(head):
            raise NotATableError("other")
    return "csv"


def _markup(head: bytes) -> str:
    """html or xml where a text begins so, else "". Raises NotATableError for other XML and saved mails."""
    if head.startswith(_UTF16):
        head = head[: len(head) // 2 * 2].decode("utf-16", "ignore").encode()
    start = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith(b"<?xml"):
        if _EXCEL_2003 in start:
            return "xml"
        if b"<html" not in start and b"<table" not in start:
            raise NotATableError("other")
        return "html"
    if start.startswith(b"mime-version:"):
        raise NotATableError("web")
    return "html" if start.startswith(_WEB) else ""


def _is_contacts(head: bytes) -> bool:
    """Whether a text begins as a card does, in whatever encoding."""
    start = head[:_SAMPLE]
    wide = "utf-16" if start.startswith(_UTF16) else utf16_of(start)
    text = start.decode(wide, "ignore") if wide else start.decode("latin-1").removeprefix("ï»¿")
    return _VCARD.match(text.removeprefix("\ufeff")) is not None


def _refuse_what_is_no_text(head: bytes) -> None:
    """Raises NotATableError for what begins as something else begins."""
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        raise NotATableError("archive")
    if head.startswith(_OTHERS) or _JSON.match(head.removeprefix(codecs.BOM_UTF8).lstrip()):
        raise NotATableError("other")
    if head.startswith(_UTF7):
        raise NotATableError("encoding")
    if b"\0" not in head and not head.startswith(_UTF16):
        if _is_of_a_mainframe(head):
            raise NotATableError("encoding")
        if _CONTROL_SHARE * (len(head) - len(head.translate(None, _CONTROL_BYTES))) > len(head):
            raise NotATableError("other")


def _is_of_a_mainframe(head: bytes) -> bool:
    """Whether a text is in EBCDIC: letters and digits are high bytes, and read as such it is plain."""
    sample = head[:_SAMPLE]
    if b"\n" in sample or 2 * sum(byte >= 0x80 for byte in sample) < len(sample):
        return False
    text = sample.decode("cp500")
    plain = sum(char in _EBCDIC_ENDS or (char.isascii() and char.isprintable()) for char in text)
    return plain > 0.9 * len(text)


def ole_refusal(path: Path) -> str:
    """Why a container of Excel 97 that holds no workbook can't be read: password, other or damaged."""
    with path.open("rb") as file:
        content = file.read(_OLE_READ)
    if _OLE_LOCKED in content:
        return "password"
    return "other" if any(name in content for name in _OLE_OTHERS) else "damaged"


def utf16_of(head: bytes) -> str:
    """Which UTF-16 a text without a byte order mark is in, "" for none; `head` is its beginning."""
    if b"\0" not in head:
        return ""
    for name in _UTF16_GUESSES:
        try:
            text = codecs.getincrementaldecoder(name)("strict").decode(head)
        except UnicodeDecodeError:
            continue
        if "\n" in text and _CONTROL.isdisjoint(text):
            return name
    return ""


def _is_text(head: bytes) -> bool:
    return _CONTROL.isdisjoint(head.decode("latin-1"))
