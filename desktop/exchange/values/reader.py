"""Reads the different values of a column as what its field means, each once; says why one cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.core import words
from desktop.core.text import clean_cell, fold
from desktop.core.translation import tr
from desktop.exchange.reading.table import Cell, Column, cell_text
from desktop.exchange.values import order_words
from desktop.exchange.values.amounts import (
    decimal_comma_of,
    other_currency,
    read_amount,
    read_currency,
    read_price,
    read_quantity,
)
from desktop.exchange.values.base import (
    NOTHING,
    Point,
    Reading,
    TwoWaysFault,
    ValueFault,
    read_id,
    said,
    says_something,
)
from desktop.exchange.values.contacts import contact_reader, read_email, read_member, read_phones
from desktop.exchange.values.moments import (
    begins_with_short_year,
    day_first_of,
    read_birthday,
    read_later,
    read_when,
)
from desktop.exchange.vocabulary import synonyms
from desktop.exchange.vocabulary.layout_file import matcher

__all__ = [
    "Checked",
    "Point",
    "Reading",
    "TwoWaysFault",
    "ValueFault",
    "check",
    "check_settled",
    "other_currency",
    "says_something",
    "settled",
]

_STARRED = re.compile(r"[^\s*＊][*＊]|[*＊][^\s*＊]|[*＊•●]{2}")
_PREFIX = re.compile(r"^\((?:已?删除|已?锁定|锁定)\)\s*")


@dataclass(frozen=True, slots=True)
class Checked:
    """A column's different values as read (None: nothing there), and why some codes could not be."""

    values: list[Any]
    faults: dict[int, str]
    two_ways: bool = False
    """Whether a date among the faults could be read once it is said which comes first, day or month."""


def check(column: Column, kind: str, reading: Reading) -> Checked:
    """Reads every different value of a column as `kind` (see fields.FIELDS), by what it says itself."""
    return check_settled(column.values, kind, settled(reading, [(kind, column.values)])[0])


def check_settled(cells: Sequence[Cell], kind: str, reading: Reading) -> Checked:
    """The same by a reading that nothing is to be found out for any more."""
    read = _reader(kind)
    if reading.multi and kind in _MULTI:
        read = _several(read, reading.multi)
    values: list[Any] = []
    faults: dict[int, str] = {}
    two_ways = False
    for code, cell in enumerate(cells):
        try:
            values.append(None if cell is None else read(cell, reading))
        except ValueFault as fault:
            values.append(None)
            faults[code] = fault.reason
            two_ways |= isinstance(fault, TwoWaysFault)
    return Checked(values, faults, two_ways)


def settled(reading: Reading, columns: Sequence[tuple[str, Sequence[Cell]]]) -> list[Reading]:
    """For each column of a file, (kind, values), how to read what can be read in two ways.

    What can be read in one way only decides: that of the column itself, else that of the others.
    """
    commas = [decimal_comma_of(cells) if kind in _NUMBERS else None for kind, cells in columns]
    days = [
        day_first_of(cells) if kind in _DATES and reading.day_first is None else None
        for kind, cells in columns
    ]
    comma = _agreed(commas, reading.decimal_comma)
    # Birthdays are typed by people, each in their own way.
    day_first = _agreed(
        [day for (kind, _), day in zip(columns, days, strict=True) if kind != "birthday"],
        reading.day_first,
    )
    return [
        replace(
            reading,
            decimal_comma=own_comma if own_comma is not None else comma,
            day_first=own_day
            if own_day is not None
            else reading.day_first
            if kind == "birthday"
            else day_first,
            short_year_first=kind in _DATES and begins_with_short_year(cells, reading),
        )
        for (kind, cells), own_comma, own_day in zip(columns, commas, days, strict=True)
    ]


def _agreed(told: Iterable[bool | None], given: bool | None) -> bool | None:
    """What is given, or what all columns that tell anything tell."""
    said = set(told) - {None}
    return said.pop() if given is None and len(said) == 1 else given


def _reader(kind: str) -> Callable[[Cell, Reading], Any]:
    if kind in _KINDS:
        return _KINDS[kind]
    from desktop.exchange.values.entry_values import KINDS  # It stands on this module.

    return KINDS[kind]


def _several(read: Callable[[Cell, Reading], Any], between: str) -> Callable[[Cell, Reading], Any]:
    """Reads each value of a cell with several: all the contact points, all the words, else the first."""

    def read_all(cell: Cell, reading: Reading) -> Any:
        if not isinstance(cell, str) or between not in cell:
            return read(cell, reading)
        parts = (part.strip() for part in cell.split(between))
        # Google marks the groups that it made itself with a star.
        found = [value for part in parts if not part.startswith("* ") and (value := read(part, reading))]
        if not found:
            return None
        if isinstance(found[0], tuple):
            return tuple(point for points in found for point in points)
        return ", ".join(found) if read is _text else found[0]

    return read_all


def _text(cell: Cell, _: Reading) -> str | None:
    text = said(cell)
    if text and text[0] == "'" and "'" not in text[1:] and not text[1:2].isascii():
        return text[1:]
    return text


def _name(cell: Cell, _: Reading) -> str | None:
    """A name; of one that is masked in part (周**) too little is left to tell people apart by it."""
    text = _text(cell, _)
    return None if text is None or _STARRED.search(text) else " ".join(text.split())


def _word(
    table: Mapping[str, str], more: Mapping[str, str], unknown: str
) -> Callable[[Cell, Reading], str | None]:
    def read(cell: Cell, _: Reading) -> str | None:
        text = synonyms.folded(cell_text(cell))
        if text in NOTHING:
            return None
        found = order_words.code(table, more, text)
        if found is None:
            raise ValueFault(tr(unknown, value=cell_text(cell)))
        return found

    return read


def _status(cell: Cell, reading: Reading) -> str | None:
    whole = fold(clean_cell(cell_text(cell)))
    if synonyms.folded(whole) in NOTHING:
        return None
    if told := _told_status(whole, reading):
        return told
    text = synonyms.folded(_PREFIX.sub("", whole))
    found = reading.statuses.get(text) or order_words.code(words.ORDER_STATUSES, order_words.STATUSES, text)
    if found is None:
        raise ValueFault(tr("“{value}” is not a known order status", value=cell_text(cell)))
    return found


def _told_status(text: str, reading: Reading) -> str | None:
    """What the layout says of a whole word, or of all that are like it."""
    if found := reading.statuses.get(synonyms.folded(text)):
        return found
    alike = (code for word, code in reading.statuses.items() if "*" in word and matcher((word,))(text))
    return next(alike, None)


def _channel(cell: Cell, _: Reading) -> str | None:
    """A known channel's code, or the shop's own word for one."""
    text = clean_cell(cell_text(cell))
    if text.lower() in NOTHING:
        return None
    return order_words.code(words.CHANNELS, order_words.CHANNELS, synonyms.folded(text)) or text


_KINDS: Mapping[str, Callable[[Cell, Reading], Any]] = {
    "text": _text, "name": _name, "id": read_id, "when": read_when,
    "later": read_later, "birthday": read_birthday,
    "amount": read_amount, "price": read_price, "quantity": read_quantity, "phone": read_phones,
    "email": read_email, "wechat": contact_reader("wechat"), "qq": contact_reader("qq"),
    "weibo": contact_reader("weibo"), "account": contact_reader("account"),
    "member": read_member,
    "status": _status, "channel": _channel, "currency": read_currency,
    "customer_kind": _word(words.CUSTOMER_KINDS, order_words.KINDS, order_words.UNKNOWN_KIND),
    "relation": _word(words.RELATIONS, order_words.RELATIONS, order_words.UNKNOWN_RELATION),
    "gender": _word(words.GENDERS, order_words.GENDERS, order_words.UNKNOWN_GENDER),
}  # fmt: skip
_DATES = frozenset({"when", "later", "whens", "birthday"})
_NUMBERS = frozenset({"amount", "amounts", "price", "quantity"})
_MULTI = frozenset({"text", "name", "phone", "email", "wechat", "qq", "weibo", "account", "birthday"})
"""Kinds of which a cell may hold several, where the layout says what stands between them."""
