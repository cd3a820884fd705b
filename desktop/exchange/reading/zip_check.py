"""Looks into a zipped workbook before anything unpacks it: what kind it is, and whether it is a bomb.

The reader holds a sheet as one dense rectangle, so two cells at opposite corners of a tiny file would ask for
terabytes; the rectangle is measured here first.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

MOST_BYTES = 3_000_000_000
"""Unpacked, all parts together: a sheet of a million rows and forty columns."""
MOST_CELLS = 60_000_000
MOST_PARTS = 20_000
_SUSPICIOUS_BYTES = 100_000_000
_SUSPICIOUS_RATIO = 250
_SCANNED = 16_000_000
"""Larger sheets are not scanned for far cells: they are watched while they are read."""
# Cells that only carry a style close themselves and are not held. Bounded, so that no tag takes long.
_CELL = re.compile(rb'<(?:\w{1,20}:)?c\b[^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}(?<!/)>')
# Up to column BE a million rows are few enough; further columns and rows are looked at.
_FAR = re.compile(rb'r="(?:[A-Z]{3}|[C-Z][A-Z]|B[F-Z]|[A-Z]{1,2}\d{7})')
_PLACE = re.compile(rb'r="([A-Z]{1,3})(\d{1,7})"')
_WORKSHEET = re.compile(rb"<(?:\w{1,20}:)?worksheet\b")
_ROOT_WITHIN = 2_000
_SPREADSHEET = b"spreadsheet"


class TooLargeError(Exception):
    """The workbook would unpack to more than a shop's computer should hold."""


class LockedError(Exception):
    """The archive is protected by a password."""


def kind_of(path: Path) -> str:
    """xlsx, xlsb or ods; "archive", "numbers" or "other" for what is no workbook, though a zip.

    Raises BadZipFile and the errors above.
    """
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        names = {part.filename.replace("\\", "/").lstrip("/").lower() for part in parts}
        if any(part.flag_bits & 1 for part in parts):
            raise LockedError
        unpacked = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts) + 1
        bomb = unpacked > _SUSPICIOUS_BYTES and unpacked / packed > _SUSPICIOUS_RATIO
        if len(parts) > MOST_PARTS or unpacked > MOST_BYTES or bomb:
            raise TooLargeError
        if any(name.endswith("workbook.bin") for name in names):
            return "xlsb"
        if "content.xml" in names:
            # Texts and drawings of the same family are put together in the same way.
            return "ods" if _says_spreadsheet(archive, names) else "other"
        if not any(name.endswith("workbook.xml") or name.startswith("xl/") for name in names):
            return _other_kind(names)
        for part in parts:
            if part.file_size <= _SCANNED and part.filename.lower().endswith(".xml"):
                _measure_sheet(archive, part)
    return "xlsx"


def _says_spreadsheet(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if "mimetype" not in names:
        return True
    with archive.open(archive.getinfo("mimetype")) as file:
        return _SPREADSHEET in file.read(200)


def _other_kind(names: set[str]) -> str:
    if any(name.endswith(".iwa") for name in names) or "index.zip" in names:
        return "numbers"
    return "other" if "[content_types].xml" in names or "mimetype" in names else "archive"


def _measure_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Measures a part that is a worksheet, wherever it lies."""
    with archive.open(part) as file:
        head = file.read(_ROOT_WITHIN)
        if "sheet" in part.filename.lower() or _WORKSHEET.search(head):
            _measure(head + file.read())


def _measure(sheet: bytes) -> None:
    """Raises TooLargeError when the rectangle around a sheet's cells is too large."""
    # What is quick comes first; which of the cells have something in them, only where it matters.
    if _FAR.search(sheet) and _is_large(_PLACE.findall(sheet)) and _is_large(_CELL.findall(sheet)):
        raise TooLargeError


def _is_large(places: list[tuple[bytes, bytes]]) -> bool:
    if not places:
        return False
    rows = [int(row) for row in {row for _, row in places}]
    columns = [_number(letters) for letters in {letters for letters, _ in places}]
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) > MOST_CELLS


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
