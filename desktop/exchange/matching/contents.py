"""What a column seems to hold, by looking at its values: for the columns whose headers say nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from desktop.core.dates import AmbiguousDate, DateError, parse_when
from desktop.core.money import AmountError, parse_amount
from desktop.core.text import normalise_email, normalise_phone
from desktop.exchange.reading.table import Cell, cell_text

_MOST = 200
_ENOUGH = 0.9
_ORDER_NUMBER = re.compile(r"(?=.*\d{4})[A-Za-z0-9_#-]{6,32}")
_ADDRESS = re.compile(r"省|市|区|县|路|街|号|\b(?:street|road|avenue|lane)\b|\d+ \w+ (?:st|rd|ave)\b", re.I)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")


def kind_of(values: Sequence[Cell]) -> str:
    """phone, email, when, amount, number (an id), address, name, text or "" (nothing there).

    Looks at up to 200 different values; a kind is said when nine in ten are of it.
    """
    seen = [value for value in values if value is not None and cell_text(value).strip()][:_MOST]
    if not seen:
        return ""
    for kind, holds in _TESTS:
        if sum(map(holds, seen)) >= _ENOUGH * len(seen):
            return kind
    return "text"


def _is_when(value: Cell) -> bool:
    if isinstance(value, datetime):
        return True
    if not isinstance(value, str) or len(value) < 6:
        return False
    try:
        parse_when(value)
    except AmbiguousDate:
        return True
    except DateError:
        return False
    return True


def _is_phone(value: Cell) -> bool:
    text = cell_text(value)
    return len(re.sub(r"\D", "", text)) >= 10 and normalise_phone(text) is not None


def _is_email(value: Cell) -> bool:
    return isinstance(value, str) and "@" in value and normalise_email(value) is not None


def _is_amount(value: Cell) -> bool:
    if isinstance(value, float):
        return True
    if not isinstance(value, str) or len(value) > 20:
        return False
    try:
        return parse_amount(value) is not None
    except AmountError:
        return False


def _is_number(value: Cell) -> bool:
    text = cell_text(value).strip()
    return bool(_ORDER_NUMBER.fullmatch(text)) and (
        not isinstance(value, float) or value == int(value) >= 10**7
    )


def _is_address(value: Cell) -> bool:
    return isinstance(value, str) and len(value) >= 6 and bool(_ADDRESS.search(value))


def _is_name(value: Cell) -> bool:
    return isinstance(value, str) and bool(_HAN_NAME.fullmatch(value.strip()))


_TESTS = (
    ("email", _is_email),
    ("phone", _is_phone),
    ("when", _is_when),
    ("number", _is_number),
    ("amount", _is_amount),
    ("address", _is_address),
    ("name", _is_name),
)
