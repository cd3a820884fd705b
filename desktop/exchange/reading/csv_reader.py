"""Rows of a text file whatever its encoding and delimiter. Runs in the reading process; knows no language."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop.exchange.reading.formula_guard import unguarded
from desktop.exchange.reading.kinds import NotATableError, utf16_of

_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_LONGEST_CELL = 4_000_000
_LONGEST_ROW = 2_000
"""Lines of the file in one row: beyond it somebody forgot to close a quotation mark."""
_DELIMITERS = ",\t;|"
_QUOTED = re.compile(r'(?:^|(?<=[,\t;|]))"(?:[^"]|"")*"', re.MULTILINE)
_DAMAGE = 0.01
"""Share of its characters that may be broken in a text that is UTF-8 all the same."""
# The long marks first: that of UTF-32 begins as the one of UTF-16.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# After these comes what nothing else can be: every byte of Windows' western page means something.
_GUESSES = (("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("cp1252", "Windows-1252"))


def encoding_of(path: Path) -> tuple[str, str]:
    """(Python's name, people's name) of the file's encoding: the byte order mark, UTF-8, then GB18030."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    for bom, name, told in _BOMS:
        if head.startswith(bom):
            return name, told
    if name := utf16_of(head):
        return name, "UTF-16"
    for name, told in _GUESSES:
        if _decodes(path, name) or (name == "utf-8" and _is_damaged_utf8(path)):
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


def _is_damaged_utf8(path: Path) -> bool:
    """Whether a few broken bytes stand in a text that is UTF-8 otherwise; of GBK nearly all are broken."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    broken = foreign = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            text = decoder.decode(block)
            broken += text.count("\ufffd")
            foreign += len(text) - len(text.encode("ascii", "ignore"))
    return broken < _DAMAGE * foreign


def delimiter_of(sample: str) -> str:
    """The delimiter by which the sample's lines fall into the most regular table."""
    first = sample.partition("\n")[0].strip().lower().strip('"')
    if first.startswith("sep=") and len(first) >= 5:
        return first[4]
    if first == "sep=":
        return "\t"

    # What stands between quotation marks parts nothing, however many lines it has.
    lines = [line for line in _QUOTED.sub('""', sample).splitlines() if line.strip()][:200]

    def regularity(delimiter: str) -> tuple[int, int]:
        widths = Counter(line.count(delimiter) + 1 for line in lines)
        return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))

    return max(_DELIMITERS, key=regularity)


def rows_of(path: Path, encoding: str) -> Iterator[list[str]]:
    """The file's rows, with quoted line breaks inside cells; a first line "sep=;" is an empty row.

    Raises NotATableError where a quotation mark that is never closed swallows the rows after it.
    """
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        sample = file.read(_SAMPLE)
        file.seek(0)
        whole = sample if len(sample) < _SAMPLE else sample.rpartition("\n")[0]
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=delimiter_of(whole))
        before = height = 0
        try:
            for number, row in enumerate(reader):
                before, height = reader.line_num, reader.line_num - before
                if height > _LONGEST_ROW:
                    raise NotATableError("quote")
                if number == 0 and "".join(row).strip().lower().startswith("sep="):
                    yield []
                else:
                    yield [unguarded(cell) for cell in row] if lines.marked else row
                lines.marked = False
        except csv.Error as fault:
            # A cell beyond all bounds: mostly what a quotation mark that is never closed makes.
            raise NotATableError("quote" if lines.quotes % 2 else "large") from fault
        if height > 1 and lines.quotes % 2:
            raise NotATableError("quote")


class _Lines:
    """A file's lines without NUL bytes and the byte order marks of joined files; counts quotation marks."""

    def __init__(self, file: Iterable[str]) -> None:
        self._file = iter(file)
        self.quotes = 0
        self.marked = False
        """Whether a line since this was last set to False has an apostrophe, and so perhaps a guard."""

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self.quotes += line.count('"')
            self.marked |= "'" in line
            if "\0" in line or "\ufeff" in line:
                line = line.replace("\0", "").replace("\ufeff", "")
            yield line
