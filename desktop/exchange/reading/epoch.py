"""From which year on a workbook counts its days: 1900, or 1904 as old Macs did."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

_DATE_1904 = re.compile(
    rb'<(?:\w{1,20}:)?workbookPr\b[^<>]{0,400}?\bdate1904\s{0,9}=\s{0,9}["\'](?:1|true|on)'
)
_LARGEST = 4 << 20
_SECTOR, _SHORT = 512, 4096
_EPOCH, _END = 0x22, 0x0A
_PROPERTIES = 153


def epoch_of(path: Path, kind: str) -> int:
    """1900 or 1904; 1900 where the file doesn't say, too."""
    try:
        if kind == "xlsx":
            return 1904 if _DATE_1904.search(_part(path, "workbook.xml")) else 1900
        if kind == "xlsb":
            return _of_records(_part(path, "workbook.bin"))
        return _of_stream(path) if kind == "xls" else 1900
    except (struct.error, IndexError, KeyError):
        return 1900


def _part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if part.filename.replace("\\", "/").lower().endswith(name) and part.file_size <= _LARGEST:
                return archive.read(part)
    return b""


def _of_records(content: bytes) -> int:
    """Of .xlsb: a record's kind and length in up to two and four bytes of seven bits each."""
    at = 0
    while at < len(content):
        kind = length = 0
        for place in range(2):
            kind |= (content[at] & 0x7F) << 7 * place
            at += 1
            if content[at - 1] < 0x80:
                break
        for place in range(4):
            length |= (content[at] & 0x7F) << 7 * place
            at += 1
            if content[at - 1] < 0x80:
                break
        if kind == _PROPERTIES:
            return 1904 if content[at] & 1 else 1900
        at += length
    return 1900


def _of_stream(path: Path) -> int:
    """Of .xls: the records from where the workbook's stream begins; a stream in pieces ends the search."""
    with path.open("rb") as file:
        content = file.read(_LARGEST)
    if struct.unpack_from("<H", content, 30)[0] != 9:
        return 1900
    first = _SECTOR * (struct.unpack_from("<I", content, 48)[0] + 1)
    (small,) = struct.unpack_from("<I", content, first + 116)
    for place in range(first, first + _SECTOR, 128):
        name = content[place : place + struct.unpack_from("<H", content, place + 64)[0]]
        if name.decode("utf-16-le", "replace").rstrip("\0").lower() in ("workbook", "book"):
            start, size = struct.unpack_from("<II", content, place + 116)
            # What is short stands in a stream of such, in sectors of 64 bytes.
            within = 64 * start + _SECTOR * small if size < _SHORT else _SECTOR * start
            return _of_globals(content, within + _SECTOR)
    return 1900


def _of_globals(content: bytes, at: int) -> int:
    kind, length = struct.unpack_from("<HH", content, at)
    while at < len(content) and kind != _END:
        if kind == _EPOCH and length == 2:
            return 1904 if content[at + 4] else 1900
        at += 4 + length
        kind, length = struct.unpack_from("<HH", content, at)
    return 1900
