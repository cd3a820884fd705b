"""Reads the different values of a column as what its field means, each once; says why one cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from desktop.core import words
from desktop.core.dates import AmbiguousDate, DateError, parse_when
from desktop.core.money import AmountError, parse_amount, parse_price
from desktop.core.text import (
    PhoneFault,
    clean_cell,
    normalise_account,
    normalise_email,
    read_phone,
    split_values,
)
from desktop.core.translation import tr
from desktop.exchange import order_words, synonyms
from desktop.exchange.table import Cell, Column, cell_text

_RUINED = re.compile(r"\d(?:\.\d+)?[eE]\+\d{1,2}")
_NOTHING = frozenset({"", "-", "--", "—", "/", "null", "none", "nan", "n/a", "#n/a", "无"})
_ISO = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?", re.ASCII
)
_SLASHED = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})\b", re.ASCII)
_MONTH_DAY = re.compile(r"(?:--)?(\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_EXACT_DIGITS = 1e15
"""A spreadsheet keeps fifteen digits of a number; the rest of a longer one are lost."""


class Point(NamedTuple):
    """A way to reach somebody: what was written, and the form that recognises them."""

    kind: str
    channel: str
    value: str
    norm: str


class ValueFault(Exception):
    """A value cannot be read; `reason` says why in the user's language."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TwoWaysFault(ValueFault):
    """A date that can be read in two ways: the shop must say which."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What values are read by: the shop's currency and country, and the file's own ways."""

    currency: str = "CNY"
    country: str = "CN"
    channel: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A column's different values as read (None: nothing there), and why some codes could not be."""

    values: list[Any]
    faults: dict[int, str]
    two_ways: bool = False
    """Whether a date among the faults could be read once it is said which comes first, day or month."""


def check(column: Column, kind: str, reading: Reading) -> Checked:
    """Reads every different value of a column as `kind` (see fields.FIELDS)."""
    if kind == "when" and reading.day_first is None:
        reading = Reading(
            reading.currency, reading.country, reading.channel, reading.statuses, day_first_of(column.values)
        )
    read = _reader(kind)
    values: list[Any] = []
    faults: dict[int, str] = {}
    two_ways = False
    for code, cell in enumerate(column.values):
        try:
            values.append(None if cell is None else read(cell, reading))
        except ValueFault as fault:
            values.append(None)
            faults[code] = fault.reason
            two_ways |= isinstance(fault, TwoWaysFault)
    return Checked(values, faults, two_ways)


def _reader(kind: str) -> Callable[[Cell, Reading], Any]:
    if kind in _KINDS:
        return _KINDS[kind]
    from desktop.exchange.entry_values import KINDS  # It stands on this module.

    return KINDS[kind]


def day_first_of(cells: list[Cell]) -> bool | None:
    """Whether 03/04/2026 is the third of April, told by values that can be read one way only; else None."""
    for cell in cells:
        found = _SLASHED.match(cell) if isinstance(cell, str) else None
        if found and int(found[1]) > 12:
            return True
        if found and int(found[2]) > 12:
            return False
    return None


def _text(cell: Cell, _: Reading) -> str | None:
    return clean_cell(cell_text(cell)) or None


def _name(cell: Cell, reading: Reading) -> str | None:
    text = _text(cell, reading)
    return None if text is None or text.lower() in _NOTHING else " ".join(text.split())


def _id(cell: Cell, _: Reading) -> str | None:
    """A number or code as text, exactly; one that a spreadsheet rounded is a fault, not a value."""
    if isinstance(cell, float) and abs(cell) >= _EXACT_DIGITS:
        raise ValueFault(_ruined(cell_text(cell)))
    text = clean_cell(cell_text(cell))
    if text.lower() in _NOTHING:
        return None
    if _RUINED.fullmatch(text):
        raise ValueFault(_ruined(text))
    return text


def _ruined(text: str) -> str:
    return tr(
        "“{value}” was rounded by a spreadsheet and its last digits are lost: export the file again and "
        "import it without opening it first",
        value=text,
    )


def _when(cell: Cell, reading: Reading) -> str | None:
    if isinstance(cell, str):
        quick = _ISO.fullmatch(cell)
        try:
            if quick:
                year, month, day, hour, minute, second = (int(part or 0) for part in quick.groups())
                if 1900 <= year <= 2200:
                    return datetime(year, month, day, hour, minute, second).isoformat(" ")
        except ValueError:
            pass  # parse_when finds the words for it
        if clean_cell(cell).lower() in _NOTHING:
            return None
    try:
        return parse_when(cell, day_first=reading.day_first, excel_epoch=1900).isoformat(" ", "seconds")
    except AmbiguousDate as fault:
        raise TwoWaysFault(
            tr("“{value}” can mean two days: say which comes first, day or month", value=cell_text(cell))
        ) from fault
    except DateError as fault:
        raise ValueFault(tr("“{value}” is not a date", value=cell_text(cell))) from fault


def _amount(cell: Cell, reading: Reading) -> int | None:
    try:
        return parse_amount(clean_cell(cell) if isinstance(cell, str) else cell, reading.currency)
    except AmountError as fault:
        raise ValueFault(tr("“{value}” is not an amount", value=cell_text(cell))) from fault


def _price(cell: Cell, _: Reading) -> int | None:
    try:
        return parse_price(clean_cell(cell) if isinstance(cell, str) else cell)
    except AmountError as fault:
        raise ValueFault(tr("“{value}” is not a price", value=cell_text(cell))) from fault


def _quantity(cell: Cell, _: Reading) -> float | None:
    try:
        # A price has four decimals, which is as fine as anything is weighed.
        read = parse_price(clean_cell(cell).rstrip("件个份盒瓶袋包xX×") if isinstance(cell, str) else cell)
    except AmountError as fault:
        raise ValueFault(tr("“{value}” is not a quantity", value=cell_text(cell))) from fault
    return None if read is None else read / 10_000


def _phones(cell: Cell, reading: Reading) -> tuple[Point, ...] | None:
    """The phones in a cell; people write two of them with a slash between."""
    text = clean_cell(cell_text(cell))
    if text.lower() in _NOTHING:
        return None
    whole = read_phone(text, reading.country)
    parts = [text] if whole.number else split_values(text) or [text]
    return tuple(point for part in parts if (point := _phone(part, reading))) or None


def _phone(text: str, reading: Reading) -> Point | None:
    phone = read_phone(text, reading.country)
    if phone.number:
        return Point("phone", "", text, phone.number)
    if phone.fault in (PhoneFault.MASKED, PhoneFault.EMPTY) or "**" in text or "##" in text:
        return (
            None  # The platform keeps it to itself: no mistake of the file, but nobody is recognised by it.
        )
    if phone.fault is PhoneFault.RUINED:
        raise ValueFault(_ruined(text))
    digits = sum(map(str.isdigit, text))
    if reading.country == "CN" and text.startswith("1") and 5 < digits < 15:
        raise ValueFault(tr("“{value}” is not a phone: 11 digits expected, {n} found", value=text, n=digits))
    raise ValueFault(tr("“{value}” is not a phone number", value=text))


def _email(cell: Cell, _: Reading) -> tuple[Point, ...] | None:
    text = clean_cell(cell_text(cell))
    if text.lower() in _NOTHING or "**" in text:
        return None
    norm = normalise_email(text)
    if norm is None:
        raise ValueFault(tr("“{value}” is not an e-mail address", value=text))
    return (Point("email", "", text, norm),)


def _contact(kind: str) -> Callable[[Cell, Reading], tuple[Point, ...] | None]:
    def read(cell: Cell, reading: Reading) -> tuple[Point, ...] | None:
        text = _id(cell, reading)
        if text is None or "**" in text:
            return None
        if kind == "account" and re.fullmatch(r"\d+\.0", text):
            text = text[:-2]
        norm = normalise_account(kind, text, reading.country)
        if norm is None and kind == "qq":
            raise ValueFault(tr("“{value}” is not a QQ number", value=text))
        channel = reading.channel if kind == "account" else ""
        return (Point(kind, channel, text, norm),) if norm else None

    return read


def _birthday(cell: Cell, _: Reading) -> str | None:
    """YYYY-MM-DD, or MM-DD where no year is given."""
    text = clean_cell(cell_text(cell))
    if text.lower() in _NOTHING:
        return None
    try:
        if short := _MONTH_DAY.fullmatch(text):
            return date(2000, int(short[1]), int(short[2])).strftime("%m-%d")
        return parse_when(text if isinstance(cell, str) else cell, excel_epoch=1900).date().isoformat()
    except (DateError, ValueError) as fault:
        raise ValueFault(tr("“{value}” is not a birthday", value=text)) from fault


def _word(
    table: Mapping[str, str], more: Mapping[str, str], unknown: str
) -> Callable[[Cell, Reading], str | None]:
    def read(cell: Cell, _: Reading) -> str | None:
        text = synonyms.folded(cell_text(cell))
        if text in _NOTHING:
            return None
        found = order_words.code(table, more, text)
        if found is None:
            raise ValueFault(tr(unknown, value=cell_text(cell)))
        return found

    return read


def _status(cell: Cell, reading: Reading) -> str | None:
    text = synonyms.folded(cell_text(cell))
    if text in _NOTHING:
        return None
    found = reading.statuses.get(text) or order_words.code(words.ORDER_STATUSES, order_words.STATUSES, text)
    if found is None:
        raise ValueFault(tr("“{value}” is not a known order status", value=cell_text(cell)))
    return found


def _channel(cell: Cell, _: Reading) -> str | None:
    """A known channel's code, or the shop's own word for one."""
    text = clean_cell(cell_text(cell))
    if text.lower() in _NOTHING:
        return None
    return order_words.code(words.CHANNELS, order_words.CHANNELS, synonyms.folded(text)) or text


_KINDS: Mapping[str, Callable[[Cell, Reading], Any]] = {
    "text": _text, "name": _name, "id": _id, "when": _when, "amount": _amount, "price": _price,
    "quantity": _quantity, "phone": _phones, "email": _email, "wechat": _contact("wechat"),
    "qq": _contact("qq"), "weibo": _contact("weibo"), "account": _contact("account"), "birthday": _birthday,
    "status": _status, "channel": _channel,
    "customer_kind": _word(words.CUSTOMER_KINDS, order_words.KINDS, order_words.UNKNOWN_KIND),
    "relation": _word(words.RELATIONS, order_words.RELATIONS, order_words.UNKNOWN_RELATION),
    "gender": _word(words.GENDERS, order_words.GENDERS, order_words.UNKNOWN_GENDER),
}  # fmt: skip
