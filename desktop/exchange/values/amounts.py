"""Reads amounts, prices and quantities, and finds out which decimal sign a column uses."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.money import (
    AmountError,
    currencies_of,
    parse_amount,
    parse_price,
    tells_decimal_comma,
)
from desktop.core.translation import tr
from desktop.exchange.reading.table import Cell, cell_text
from desktop.exchange.values.base import Reading, ValueFault, said


def decimal_comma_of(cells: Sequence[Cell]) -> bool | None:
    """Whether commas are decimal signs, told by amounts that can be read one way only; None: not told."""
    told: set[bool] = set()
    for cell in cells:
        if isinstance(cell, str) and (comma := tells_decimal_comma(cell)) is not None:
            told.add(comma)
            if len(told) == 2:
                return None
    return told.pop() if told else None


def read_amount(cell: Cell, reading: Reading) -> int | None:
    """An amount in minor units. Raises ValueFault."""
    text = _number(cell, reading)
    try:
        return parse_amount(text, reading.currency, decimal_comma=reading.decimal_comma)
    except AmountError as fault:
        raise ValueFault(tr("“{value}” is not an amount", value=cell_text(cell))) from fault


def read_price(cell: Cell, reading: Reading) -> int | None:
    """A unit price in ten-thousandths. Raises ValueFault."""
    text = _number(cell, reading)
    try:
        return parse_price(text, decimal_comma=reading.decimal_comma)
    except AmountError as fault:
        raise ValueFault(tr("“{value}” is not a price", value=cell_text(cell))) from fault


def _number(cell: Cell, reading: Reading) -> Cell:
    """What to read an amount from. Raises ValueFault for one in another currency than the shop's."""
    text = said(cell) if isinstance(cell, str) else cell
    if isinstance(text, str):
        currencies = currencies_of(text)
        if currencies and reading.currency not in currencies:
            stated = reading.stated_currency
            meant = stated if stated in currencies else _likeliest(currencies)
            raise ValueFault(
                tr(
                    "“{value}” is in {currency} and the book is in {shop}",
                    value=cell_text(cell),
                    currency=meant,
                    shop=reading.currency,
                )
            )
    return text


def _likeliest(currencies: frozenset[str]) -> str:
    """The currency to name where a sign is that of several."""
    return next((code for code in ("CNY", "USD", "JPY") if code in currencies), min(currencies))


def other_currency(found: str, shop: str) -> str:
    """Why an order stays out whose amounts are in another currency."""
    return tr(
        "this order is in {currency} and the book in {shop} (Settings say which currency the shop uses)",
        currency=found,
        shop=shop,
    )


def read_currency(cell: Cell, reading: Reading) -> str | None:
    """The code of a currency, written as such or with its sign. Raises ValueFault for any but the shop's."""
    text = said(cell)
    if text is None:
        return None
    code = text.upper()
    if code == reading.currency:
        return code
    meant = currencies_of(text)
    if reading.currency in meant:
        return reading.currency
    raise ValueFault(other_currency(_likeliest(meant) if meant else code, reading.currency))


def read_quantity(cell: Cell, reading: Reading) -> float | None:
    """How many, or how much. Raises ValueFault."""
    text = said(cell) if isinstance(cell, str) else cell
    if isinstance(text, str):
        text = text.rstrip("件个份盒瓶袋包xX×")
    try:
        # A price has four decimals, which is as fine as anything is weighed.
        read = parse_price(text, decimal_comma=reading.decimal_comma)
    except AmountError as fault:
        raise ValueFault(tr("“{value}” is not a quantity", value=cell_text(cell))) from fault
    return None if read is None else read / 10_000
