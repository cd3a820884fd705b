"""How each field of the book stands in a workbook's cell, and how it is read back without loss."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from desktop.core.money import CURRENCIES, PRICE_DECIMALS
from desktop.core.translation import tr
from desktop.exchange.reading.table import Cell, cell_text
from desktop.exchange.whole_book.subjects import FLAGS, Field, FieldKind
from desktop.exchange.writers import cells
from desktop.exchange.writers.columns import Kind

KINDS: Mapping[FieldKind, Kind] = {
    "record": "record", "text": "text", "code": "text", "flag": "text", "number": "number",
    "money": "money", "price": "price", "day": "date", "when": "when", "data": "number",
}  # fmt: skip
PART = 30_000
"""Code units of each cell of what is too long for one."""
_ESCAPE = "\\"
# Beyond this a workbook's numbers, which are floats, no longer tell neighbours apart.
_EXACT = 10**15


def names_of(field: Field) -> dict[str, str]:
    """The word of each code in the user's language; codes whose word another has already are left out."""
    table = FLAGS if field.kind == "flag" else field.words or {}
    names: dict[str, str] = {}
    for code, word in table.items():
        shown = tr(word) if word else ""
        if shown not in names.values() and not shown.startswith(_ESCAPE):
            names[code] = shown
    return names


def encoder(field: Field, decimals: int) -> Callable[[Any], Any] | None:
    """What turns a stored value into what is written; None where it is written as it is."""
    if field.kind in ("code", "flag"):
        names = names_of(field)
        taken = set(names.values())

        def code(value: Any) -> str:
            text = str(value)
            if text in names:
                return names[text]
            return _ESCAPE + text if text in taken or text.startswith(_ESCAPE) else text

        return code
    if field.kind == "text":
        return _beginning
    if field.kind in ("money", "price", "number"):
        places = {"money": decimals, "price": PRICE_DECIMALS}.get(field.kind, 0)

        def number(value: Any) -> Any:
            if isinstance(value, int) and abs(value) > _EXACT:
                return str(Decimal(value).scaleb(-places))
            return value

        return number
    return None


def elsewhere(value: Any) -> bool:
    """Whether a text does not fit into one cell, or no cell can spell it."""
    if not isinstance(value, str):
        return False
    if len(value) >= cells.LONGEST_TEXT // 7 and cells.units(cells.whole_text(value)) > cells.LONGEST_TEXT:
        return True
    return _unspeakable(value)


def parts_of(value: str | bytes) -> Iterator[tuple[str, str]]:
    """(coding, text) of each cell that together hold a long value: "text", or base 64 of text or bytes."""
    coded = isinstance(value, bytes) or _unspeakable(value)
    if isinstance(value, bytes):
        coding, whole = "bytes", b64encode(value).decode("ascii")
    elif coded:
        coding, whole = "base64", b64encode(value.encode("utf-8")).decode("ascii")
    else:
        coding, whole = "text", value
    # A character of a text may become an escape of seven.
    size = PART if coded else PART // 7
    for start in range(0, len(whole), size):
        yield coding, whole[start : start + size]


def whole_of(coding: str, parts: Iterable[str]) -> str | bytes:
    """What `parts_of` took apart. Raises ValueError."""
    whole = "".join(parts)
    if coding == "bytes":
        return b64decode(whole, validate=True)
    return b64decode(whole, validate=True).decode("utf-8") if coding == "base64" else whole


def _unspeakable(text: str) -> bool:
    # Workbooks spell every other forbidden character as _x0000_, but readers stop short of these two.
    return "\ufffe" in text or "\uffff" in text


def _beginning(value: Any) -> Any:
    return cells.cut(value, cells.LONGEST_TEXT // 7) + "…" if elsewhere(value) else value


def decimals_of(currency: str) -> int:
    """How many decimals the amounts of a currency have."""
    known = CURRENCIES.get(currency)
    return known.decimals if known else 2


def decoder(kind: FieldKind, codes: Mapping[str, str], decimals: int) -> Callable[[Cell], Any]:
    """What turns a cell that is not empty into the stored value; it raises ValueError for a wrong one.

    `codes` gives the code of each word, as the workbook itself tells.
    """
    if kind in ("code", "flag"):

        def code(cell: Cell) -> Any:
            text = cell_text(cell)
            plain = codes.get(text, text.removeprefix(_ESCAPE))
            return int(plain) if kind == "flag" else plain

        return code
    if kind in ("money", "price"):
        places = decimals if kind == "money" else PRICE_DECIMALS
        return lambda cell: round(
            Decimal(repr(cell) if isinstance(cell, float) else _number(cell)).scaleb(places)
        )
    if kind in ("record", "number"):
        return _plain_number
    return {"day": _day, "when": _when}.get(kind, cell_text)


def _number(cell: Cell) -> str:
    text = cell_text(cell)
    if not text.strip().lstrip("+-").replace(".", "", 1).isdigit():
        raise ValueError(text)
    return text


def _plain_number(cell: Cell) -> int | float:
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) <= _EXACT else cell
    return int(cell_text(cell))


def _day(cell: Cell) -> int:
    if isinstance(cell, datetime):
        return cell.toordinal()
    text = cell_text(cell)
    return date.fromisoformat(text).toordinal() if "-" in text[1:] else int(text)


def _when(cell: Cell) -> str:
    return cell.isoformat(" ", "seconds") if isinstance(cell, datetime) else cell_text(cell)
