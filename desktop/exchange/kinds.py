"""What a file really is, by its first bytes; its name is only a hint. Runs in the reading process."""

from __future__ import annotations

from pathlib import Path

from desktop.exchange import zip_check

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_OLD_EXCEL = tuple(
    bytes.fromhex(head) for head in ("09000400", "09000600", "09020600", "09040600", "09080800")
)
_WEB = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta", b"<div")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
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
    if not head.startswith(_UTF16) and (b"\0" in head or start.startswith((b"%pdf", b"{\\rtf"))):
        raise NotATableError("other")
    return "csv"
