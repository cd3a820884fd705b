"""Rows of a text file whatever its encoding and delimiter. Runs in the reading process; knows no language."""

from __future__ import annotations

import codecs
import csv
import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_LONGEST_CELL = 4_000_000
_DELIMITERS = ",\t;|"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# After these comes what nothing else can be: every byte of Windows' western page means something.
_GUESSES = (("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("cp1252", "Windows-1252"))


def encoding_of(path: Path) -> tuple[str, str]:
    """(Python's name, people's name) of the file's encoding: the byte order mark, UTF-8, then GB18030."""
    with path.open("rb") as file:
        head = file.read(4)
    for bom, name, told in _BOMS:
        if head.startswith(bom):
            return name, told
    for name, told in _GUESSES:
        if _decodes(path, name):
            return name, told
    return "latin-1", "ISO-8859-1"


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def delimiter_of(sample: str) -> str:
    """The delimiter by which the sample's lines fall into the most regular table."""
    first = sample.partition("\n")[0].strip().lower().strip('"')
    if first.startswith("sep=") and len(first) >= 5:
        return first[4]
    if first == "sep=":
        return "\t"

    def regularity(delimiter: str) -> tuple[float, int]:
        rows = itertools.islice(csv.reader(sample.splitlines(), delimiter=delimiter), 200)
        widths = Counter(len(row) for row in rows if row)
        wide = [(count * (width - 1), width) for width, count in widths.items() if width > 1]
        return max(wide, default=(0, 0))

    return max(_DELIMITERS, key=regularity)


def rows_of(path: Path, encoding: str) -> Iterator[list[str]]:
    """The file's rows, with quoted line breaks inside cells; a first line "sep=;" is an empty row."""
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(_SAMPLE)
        file.seek(0)
        whole = sample if len(sample) < _SAMPLE else sample.rpartition("\n")[0]
        for number, row in enumerate(csv.reader(file, delimiter=delimiter_of(whole))):
            if number == 0 and "".join(row).strip().lower().startswith("sep="):
                yield []
            else:
                yield row
