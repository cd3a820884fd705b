"""Reads cells of lists that are no orders: scores, lengths of time, points, yes and no, and coded words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from desktop.core.text import clean_cell
from desktop.core.translation import tr
from desktop.exchange.reading.table import Cell, cell_text
from desktop.exchange.values.amounts import read_amount
from desktop.exchange.values.code_words import EACH, SATISFACTION, WORDS, YES_NO, Words
from desktop.exchange.values.complaint_words import read_subject
from desktop.exchange.values.moments import read_when
from desktop.exchange.values.reader import Reading, ValueFault
from desktop.exchange.vocabulary import synonyms

_NOTHING = frozenset({"", "-", "--", "—", "/", "null", "none", "nan", "n/a", "#n/a"})
_WHOLE = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.0*)?", re.ASCII)
_OF_SCALE = re.compile(
    r"(\d{1,3})(?:\.0+)?\s*(?:分|颗星|星|级|stars?|points?|pts|(?:/|out of|of)\s*(\d{1,3})(?:\s*分)?)?",
    re.ASCII,
)
_STARS = re.compile(r"([★⭐🌟*✦]{1,10})[☆✩\s\ufe0f]*")
_HANZI_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:\.\d+)?", re.ASCII)
_AMOUNT = r"(\d{1,9}(?:\.\d{1,6})?)"
_PARTS = re.compile(
    rf"(?:{_AMOUNT}\s*(?:小时|时|hours?|hrs?|h)\s*)?"
    rf"(?:{_AMOUNT}\s*(?:分钟|分|minutes?|mins?|min|m|′|')\s*)?"
    rf"(?:{_AMOUNT}\s*(?:秒钟|秒|seconds?|secs?|sec|s|″|\"))?",
    re.ASCII,
)
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)
_LONGEST = 10_000_000
"""Seconds; four months is no visit any more."""


def _plain(cell: Cell) -> str:
    """A cell's text as readers compare it; "" for nothing."""
    text = unicodedata.normalize("NFKC", clean_cell(cell_text(cell))).strip().lower()
    return "" if text in _NOTHING else text


def _whole(text: str) -> int | None:
    found = _WHOLE.fullmatch(text)
    return int(found[1] + found[2].replace(",", "")) if found else None


def _score(low: int, high: int) -> Callable[[Cell, Reading], int | None]:
    def read(cell: Cell, _: Reading) -> int | None:
        text = _plain(cell)
        if not text:
            return None
        said = _said_score(text, high)
        if said is None or not low <= said <= high:
            text = cell_text(cell)
            raise ValueFault(
                tr("“{value}” is not a whole number from {low} to {high}", value=text, low=low, high=high)
            )
        return said

    return read


def _said_score(text: str, high: int) -> int | None:
    """The number that "4", "4分", "4/5", "四星", "★★★★☆" or a word of satisfaction stands for."""
    if found := _OF_SCALE.fullmatch(text):
        return int(found[1]) if found[2] is None or int(found[2]) == high else None
    if found := _STARS.fullmatch(text):
        return len(found[1])
    if len(text) <= 3 and text[0] in _HANZI_DIGITS and text[1:] in ("", "分", "星", "颗星", "级"):
        return _HANZI_DIGITS[text[0]]
    return SATISFACTION.get(synonyms.folded(text)) if high == 5 else None


def _integer(negative: bool) -> Callable[[Cell, Reading], int | None]:
    def read(cell: Cell, _: Reading) -> int | None:
        text = _plain(cell).removesuffix("积分").removesuffix("分").removesuffix("次").strip()
        if not text:
            return None
        said = _whole(text.replace("−", "-"))
        if said is None:
            raise ValueFault(tr("“{value}” is not a whole number", value=cell_text(cell)))
        if said < 0 and not negative:
            raise ValueFault(tr("“{value}” is below nothing", value=cell_text(cell)))
        return said

    return read


def _length(unit: int, out: int) -> Callable[[Cell, Reading], int | None]:
    """A length of time; a bare number counts `unit` seconds, the value is in units of `out` seconds."""

    def read(cell: Cell, _: Reading) -> int | None:
        if isinstance(cell, datetime):
            # A spreadsheet's time of day: what was typed as 0:12:30.
            return _rounded(Fraction(cell.hour * 3600 + cell.minute * 60 + cell.second), out)
        text = _plain(cell)
        if not text:
            return None
        seconds = _seconds(text, unit)
        if seconds is None or seconds > _LONGEST:
            raise ValueFault(tr("“{value}” is not a length of time", value=cell_text(cell)))
        return _rounded(seconds, out)

    return read


def _seconds(text: str, unit: int) -> Fraction | None:
    if _NUMBER.fullmatch(text):
        return Fraction(text) * unit
    if found := _CLOCK.fullmatch(text):
        whole = [int(part or 0) for part in found.groups()]
        return Fraction(whole[0] * 3600 + whole[1] * 60 + whole[2])
    found = _PARTS.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    parts = [Fraction(part or 0) for part in found.groups()]
    return parts[0] * 3600 + parts[1] * 60 + parts[2]


def _rounded(seconds: Fraction, out: int) -> int:
    """Rounded half up; what lasted at all lasted one unit at least."""
    return max(int(seconds / out + Fraction(1, 2)), 1 if seconds > 0 else 0)


def _yes_no(cell: Cell, _: Reading) -> bool | None:
    text = _plain(cell)
    if not text:
        return None
    answer = YES_NO.get(synonyms.folded(text.removesuffix(".0")))
    if answer is None:
        raise ValueFault(tr("“{value}” is neither yes nor no", value=cell_text(cell)))
    return answer


def _coded(known: Words) -> Callable[[Cell, Reading], str | None]:
    def read(cell: Cell, _: Reading) -> str | None:
        text = _plain(cell).removesuffix(".0")
        if not text:
            return None
        code = known.code(text)
        if code is None:
            raise ValueFault(tr(known.unknown, value=cell_text(cell)))
        return code

    return read


def _each_line(read: Callable[[Cell, Reading], Any]) -> Callable[[Cell, Reading], tuple[Any, ...] | None]:
    """Reads a cell that may hold several values, one below the other; None where none says anything."""

    def read_lines(cell: Cell, reading: Reading) -> tuple[Any, ...] | None:
        parts = cell.strip().splitlines() if isinstance(cell, str) and "\n" in cell.strip() else [cell]
        found = tuple(read(part, reading) for part in parts)
        return None if all(one is None for one in found) else found

    return read_lines


KINDS: Mapping[str, Callable[[Cell, Reading], Any]] = {
    "score5": _score(1, 5), "score7": _score(1, 7), "score10": _score(0, 10), "score100": _score(0, 100),
    "points": _integer(negative=True), "count": _integer(negative=False), "yesno": _yes_no,
    "seconds": _length(1, 1), "minutes": _length(60, 60), "minutes_of_seconds": _length(1, 60),
    **{kind: _coded(known) for kind, known in WORDS.items()},
    **{kind: _each_line(_coded(WORDS[one])) for kind, one in EACH.items()},
    "complaint_subject": read_subject,
    "whens": _each_line(read_when), "amounts": _each_line(read_amount),
}  # fmt: skip
"""How each kind of field that no order has is read."""
