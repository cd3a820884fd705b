"""What a file really is, by its first bytes; its name is only a hint. Runs in the reading process."""

from __future__ import annotations

import codecs
from pathlib import Path

from desktop.exchange import zip_check

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_OLD_EXCEL = tuple(
    bytes.fromhex(head) for head in ("09000400", "09000600", "09020600", "09040600", "09080800")
)
_WEB = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta", b"<div")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_TEXT_NAMES = (".csv", ".txt", ".tsv")
# Without a byte order mark; the one that is meant decodes to lines without control characters.
_UTF16_GUESSES = ("utf-16-le", "utf-16-be")
_CONTROL = frozenset(map(chr, (*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF)))
_HEAD = 65_536


class NotATableError(Exception):
    """The file holds no table that can be read; `code` says what it is instead."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_of(path: Path) -> str:
    """xlsx, xls, xlsb, ods or csv. Raises NotATableError and what zip_check raises."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise NotATableError("empty")
    if head.startswith(b"PK"):
        kind = zip_check.kind_of(path)
        if not kind:
            raise NotATableError("archive")
        return kind
    if head.startswith(_OLE):
        return "xls"
    if head.startswith(_OLD_EXCEL):
        raise NotATableError("old")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    if start.startswith(_WEB):
        raise NotATableError("web")
    if start.startswith((b"%pdf", b"{\\rtf")):
        raise NotATableError("other")
    if b"\0" in head and not head.startswith(_UTF16) and not utf16_of(head):
        stray = path.suffix.lower() in _TEXT_NAMES and _is_text(head.replace(b"\0", b""))
        if not stray or head.count(b"\0") * 20 > len(head):
            raise NotATableError("other")
    return "csv"


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
