"""The properties of a contact file, vCard 2.1 to 4.0, unfolded and decoded. Runs in the reading process.

Our own reader and no library, because every step has a bound: however long the lines, however often folded,
nested or never ended, time grows with the size of the file and memory does not.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO

LONGEST = 1 << 18
"""Bytes of a property that are kept; what is longer is a picture, or meant badly."""
_HEAD = 4_096
"""Bytes in which a property's name and parameters must end."""
_CHUNK = 1 << 16
_HIGH = re.compile(rb"[\x80-\xff]+")
_EDGE = re.compile(rb"(?:BEGIN|END):VCARD[ \t]*", re.I)
_PICTURES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-THUMBNAIL", "AGENT"})
_CHARSETS = re.compile(
    r"utf-?8|gb2312|gbk|gb18030|big5|hz-gb-2312|us-ascii|iso-?8859-?\d{1,2}|(?:windows-|cp)\d{3,4}|koi8-[ru]"
    r"|shift_jis|euc-(?:jp|kr|cn)|iso-2022-jp|macintosh",
    re.I | re.ASCII,
)
"""Those that a card may name: Python knows codecs that are no charsets."""
_BARE_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})


@dataclass(slots=True)
class Property:
    """One line of a card: `parameters` by upper-case name, `value` still with its backslashes."""

    name: str
    value: str
    parameters: dict[str, list[str]] = field(default_factory=dict)

    @property
    def types(self) -> frozenset[str]:
        """What it is for, in capitals: HOME, WORK, CELL, FAX."""
        return frozenset(part.upper() for said in self.parameters.get("TYPE", ()) for part in said.split(","))

    def first(self, parameter: str) -> str:
        """A parameter's first value, or ""."""
        return next(iter(self.parameters.get(parameter, ())), "")


def properties(file: BinaryIO) -> Iterator[Property]:
    """All properties of all cards, BEGIN, END and VERSION among them; lines that are none are passed over."""
    older = False
    for line in _unfolded(_physical(file)):
        found = _property(line, older)
        if found is None:
            continue
        if found.name == "VERSION":
            older = found.value.strip().startswith("2")
        elif found.name == "BEGIN":
            older = False
        yield found


def _physical(file: BinaryIO) -> Iterator[tuple[bytes, bool, bool]]:
    """Lines without their ends, as (text, begins, ends): one across blocks comes in pieces."""
    begins, after_return = True, False
    while block := file.read(_CHUNK):
        if after_return and block.startswith(b"\n"):
            block = block[1:]
        after_return = block.endswith(b"\r")
        *whole, rest = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for text in whole:
            yield text, begins, True
            begins = True
        if rest:
            yield rest, begins, False
            begins = False


def _unfolded(lines: Iterator[tuple[bytes, bool, bool]]) -> Iterator[bytes]:
    """Whole lines, no longer than LONGEST; NUL stands where one was folded by a blank."""
    parts: list[bytes] = []
    size = 0
    soft = False
    for text, begins, ends in lines:
        # Even a value that goes on and on ends where a card does.
        soft = soft and not _EDGE.fullmatch(text)
        folded = begins and not soft and text[:1] in (b" ", b"\t")
        if begins and not soft and not folded:
            if parts:
                yield b"".join(parts)
            parts, size = [], 0
        # Quoted-printable ends a line that goes on with an equals sign.
        soft = ends and text.endswith(b"=") and _is_quoted_printable(parts[0] if parts else text)
        if size < LONGEST:
            piece = b"\x00" + text[1:] if folded else text
            piece = (piece[:-1] if soft else piece)[: LONGEST - size]
            parts.append(piece)
            size += len(piece) + 1
    if parts:
        yield b"".join(parts)


def _is_quoted_printable(start: bytes) -> bool:
    return b"QUOTED-PRINTABLE" in start[:_HEAD].partition(b":")[0].upper()


def _property(line: bytes, older: bool) -> Property | None:
    """The property that an unfolded line holds; NUL marks where it was folded."""
    # A fold stands for nothing from 3.0 on; 2.1 folds at blanks and keeps them.
    line = line.replace(b"\x00", b" " if older else b"")
    colon = _colon(line[:_HEAD])
    if colon <= 0:
        return None
    name, parameters = _head(line[:colon])
    if not name:
        return None
    if name in _PICTURES:
        return Property(name, "", parameters)
    return Property(name, _value(line[colon + 1 :], parameters), parameters)


@lru_cache(maxsize=1024)
def _head(raw: bytes) -> tuple[str, dict[str, list[str]]]:
    """A property's name ("" for none) and parameters; cards say the same again and again."""
    name, *said = _split_quoted(_decoded(raw, ""))
    name = name.rpartition(".")[2].strip("\ufeff \t").upper()
    if not all(char.isalnum() or char == "-" for char in name):
        return "", {}
    return name, _parameters(said)


def _colon(head: bytes) -> int:
    """Where the value begins: the first colon outside of quotation marks, or the first at all."""
    first = head.find(b":")
    if b'"' not in head[: max(first, 0)]:
        return first
    inside = False
    for at, byte in enumerate(head):
        if byte == 0x22:
            inside = not inside
        elif byte == 0x3A and not inside:
            return at
    return first


def _split_quoted(head: str) -> list[str]:
    """A property's name and its parameters."""
    found, start, inside = [], 0, False
    for at, char in enumerate(head):
        if char == '"':
            inside = not inside
        elif char == ";" and not inside:
            found.append(head[start:at])
            start = at + 1
    return [*found, head[start:]]


def _parameters(said: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in said:
        name, equals, value = one.partition("=")
        name, value = name.strip().upper(), value.strip().strip('"')
        if not equals:
            # 2.1 leaves the names of parameters away: TEL;CELL, N;QUOTED-PRINTABLE.
            name, value = ("ENCODING", name) if name in _BARE_ENCODINGS else ("TYPE", name)
        if name:
            found.setdefault(name, []).append(value)
    return found


def _value(raw: bytes, parameters: dict[str, list[str]]) -> str:
    if not parameters and raw.isascii():
        return raw.decode("ascii")
    encoding = next(iter(parameters.get("ENCODING", ())), "").upper()
    if encoding == "QUOTED-PRINTABLE":
        raw = quopri.decodestring(raw)
    elif encoding in ("BASE64", "B"):
        try:
            raw = binascii.a2b_base64(raw)
        except binascii.Error:
            raw = b""
    return _decoded(raw, next(iter(parameters.get("CHARSET", ())), ""))


def _decoded(raw: bytes, charset: str) -> str:
    """Text in the charset said, else UTF-8, else what the bytes look like."""
    if raw.isascii() and not charset:
        return raw.decode("ascii")
    for name in (charset, "utf-8"):
        if _CHARSETS.fullmatch(name):
            # What is called GB2312 may be GBK, which is within GB18030.
            codec = "gb18030" if name.lower().startswith("gb") else name
            with suppress(LookupError, UnicodeError):
                return raw.decode(codec)
    # Chinese stands in pairs of high bytes, a western letter mostly alone among plain ones.
    chinese = all(len(run) % 2 == 0 for run in _HIGH.findall(raw))
    return raw.decode("gb18030" if chinese else "cp1252", "replace")
