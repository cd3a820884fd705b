"""Values as the XML of a worksheet's cells: texts never become formulas, dates and amounts are real ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache, partial
from math import isfinite
from typing import Any

from desktop.core.money import CURRENCIES, DEFAULT_CURRENCY, PRICE_DECIMALS
from desktop.exchange.writers.columns import Kind

LONGEST_TEXT = 32_767
"""UTF-16 code units that a cell may hold."""

_EPOCH = date(1899, 12, 30).toordinal()
# Spreadsheets believe in a 29 February 1900; before it no two of them agree.
_FIRST_DAY = date(1900, 3, 1).toordinal()
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

Maker = Callable[[Any], str]
"""Gives what follows a cell's address: style, type and content, or "" for an empty cell."""


def clean_text(text: str) -> str:
    """A text as a list shows it: lines end in one way, control characters are gone, too long is cut."""
    text = without_controls(text)
    return cut(text, LONGEST_TEXT - 1) + "…" if units(text) > LONGEST_TEXT else text


def without_controls(text: str) -> str:
    """A text whose lines end in one way and that has no control characters."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def whole_text(text: str) -> str:
    """A text with its control characters in the way workbooks spell them, so that none is lost."""
    return _CONTROLS.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))


def units(text: str) -> int:
    """How long a workbook thinks a text is: UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> str:
    """The longest beginning of a text of at most that many code units."""
    if units(text) <= most:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")


def serial_of(value: object) -> float | int | None:
    """A day or moment as a workbook counts it, None when it is none or too early for one."""
    if isinstance(value, str):
        return _serial_of_text(value)
    if isinstance(value, datetime):
        return _serial_of_text(value.isoformat(" ", "seconds")[:19])
    ordinal = value.toordinal() if isinstance(value, date) else value
    if isinstance(ordinal, int) and _FIRST_DAY <= ordinal <= date.max.toordinal():
        return ordinal - _EPOCH
    return None


@lru_cache(maxsize=20_000)
def _serial_of_text(text: str) -> float | int | None:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    if when.toordinal() < _FIRST_DAY:
        return None
    seconds = when.hour * 3600 + when.minute * 60 + when.second
    days = when.toordinal() - _EPOCH
    return days + seconds / 86_400 if seconds else days


def text_cell(style: int, text: str) -> str:
    """A cell that holds exactly this text; "" is an empty cell."""
    if not text:
        return ""
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{text.translate(_MARKUP)}</t></is></c>'


def number_cell(style: int, number: float) -> str:
    """A cell that holds a number, to its last digit."""
    return f' s="{style}"><v>{number!r}</v></c>'


def _text(style: int, value: Any) -> str:
    if value is None or value == "":
        return ""
    text = value if type(value) is str else str(value)
    if text.isascii() and text.isprintable() and len(text) < LONGEST_TEXT and "_x" not in text:
        return text_cell(style, text)
    return text_cell(style, _LOOKS_ESCAPED.sub("_x005F_", clean_text(text)))


def _scaled(style: int, plain: int, scale: int, value: Any) -> str:
    if type(value) is not int:
        return _text(plain, value)
    return f' s="{style}"><v>{value / scale!r}</v></c>' if scale > 1 else number_cell(style, value)


def _dated(style: int, plain: int, value: Any) -> str:
    if value is None or value == "":
        return ""
    serial = serial_of(value)
    if serial is not None:
        return number_cell(style, serial)
    early = isinstance(value, int) and 0 < value < _FIRST_DAY
    return _text(plain, date.fromordinal(value) if early else value)


def _number(whole: int, broken: int, plain: int, value: Any) -> str:
    if value is None or value == "":
        return ""
    if (
        type(value) is bool
        or not isinstance(value, (int, float))
        or value != value
        or abs(value) == float("inf")
    ):
        return _text(plain, value)
    if value == int(value) and abs(value) < 1e15:
        return number_cell(whole, int(value))
    return number_cell(broken, float(value))


def _fraction(style: int, plain: int, value: Any) -> str:
    known = isinstance(value, (int, float)) and isfinite(value)
    return number_cell(style, float(value)) if known else _text(plain, value)


def maker(kind: Kind, styles: Mapping[str, int], currency: str = DEFAULT_CURRENCY) -> Maker:
    """The function that makes the cells of a column; `styles` gives each look's number in the workbook."""
    plain = styles["text"]
    if kind in ("money", "price"):
        known = CURRENCIES.get(currency)
        decimals = PRICE_DECIMALS if kind == "price" else known.decimals if known else 2
        return partial(_scaled, styles[kind], plain, 10**decimals)
    if kind in ("date", "when"):
        return partial(_dated, styles[kind], plain)
    if kind == "record":
        return partial(_number, styles["record"], styles["record"], plain)
    if kind == "number":
        return partial(_number, styles["number"], styles["broken"], plain)
    if kind in ("percent", "rating"):
        return partial(_fraction, styles[kind], plain)
    return partial(_text, plain)
