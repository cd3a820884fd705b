"""Reads the ways to reach somebody."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop.core.member_codes import CHANNEL as MEMBER
from desktop.core.member_codes import normalise_code
from desktop.core.text import (
    PhoneFault,
    is_masked,
    normalise_account,
    normalise_email,
    phone_abroad,
    read_phone,
    split_values,
)
from desktop.core.translation import tr
from desktop.exchange.reading.table import Cell
from desktop.exchange.values.base import Point, Reading, ValueFault, read_id, ruined, said


def read_phones(cell: Cell, reading: Reading) -> tuple[Point, ...] | None:
    """The phones in a cell; people write two of them with a slash between."""
    text = said(cell)
    if text is None:
        return None
    text = text.removeprefix("'")
    if point := _number_point(text, reading):
        return (point,)
    parts = split_values(text) or [text]
    return tuple(point for part in parts if (point := _phone(part, reading))) or None


def _number_point(text: str, reading: Reading) -> Point | None:
    """The point of a phone number, as it is known in the shop's country; None for what is none."""
    country = reading.written_in or reading.country
    number = read_phone(text, country).number
    if number and country != reading.country:
        number = phone_abroad(number, country, reading.country)
    return Point("phone", "", text, number) if number else None


def _phone(text: str, reading: Reading) -> Point | None:
    if point := _number_point(text, reading):
        return point
    country = reading.written_in or reading.country
    phone = read_phone(text, country)
    if phone.fault in (PhoneFault.MASKED, PhoneFault.EMPTY) or "**" in text or "##" in text:
        return (
            None  # The platform keeps it to itself: no mistake of the file, but nobody is recognised by it.
        )
    if phone.fault is PhoneFault.RUINED:
        raise ValueFault(ruined(text))
    digits = sum(map(str.isdigit, text))
    if country == "CN" and text.startswith("1") and 5 < digits < 15:
        raise ValueFault(tr("“{value}” is not a phone: 11 digits expected, {n} found", value=text, n=digits))
    raise ValueFault(tr("“{value}” is not a phone number", value=text))


def read_email(cell: Cell, _: Reading) -> tuple[Point, ...] | None:
    """The e-mail address in a cell. Raises ValueFault."""
    text = said(cell)
    if text is None or is_masked(text):
        return None
    norm = normalise_email(text)
    if norm is None:
        raise ValueFault(tr("“{value}” is not an e-mail address", value=text))
    return (Point("email", "", text, norm),)


def read_member(cell: Cell, reading: Reading) -> tuple[Point, ...] | None:
    """The code on a member's card."""
    text = read_id(cell, reading)
    norm = normalise_code(text) if text and not is_masked(text) else ""
    return (Point("account", MEMBER, text or "", norm),) if norm else None


def contact_reader(kind: str) -> Callable[[Cell, Reading], tuple[Point, ...] | None]:
    """Reads an account of that kind, or whatever else it is known by. The reader raises ValueFault."""

    def read(cell: Cell, reading: Reading) -> tuple[Point, ...] | None:
        text = read_id(cell, reading)
        if text is None or is_masked(text):
            return None
        if kind == "account" and re.fullmatch(r"\d+\.0", text):
            text = text[:-2]
        norm = normalise_account(kind, text, reading.country)
        if norm is None and kind == "qq":
            raise ValueFault(tr("“{value}” is not a QQ number", value=text))
        channel = reading.channel if kind == "account" else ""
        return (Point(kind, channel, text, norm),) if norm else None

    return read
