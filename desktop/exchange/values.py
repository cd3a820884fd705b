"""Reads the different values of a column as what its field means, each once; says why one cannot be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from desktop.core import words
from desktop.core.dates import FIRST_YEAR, LAST_YEAR, AmbiguousDate, DateError, parse_when
from desktop.core.money import (
    AmountError,
    currencies_of,
    parse_amount,
    parse_price,
    tells_decimal_comma,
)
from desktop.core.text import (
    PhoneFault,
    clean_cell,
    fold,
    is_masked,
    normalise_account,
    normalise_email,
    phone_abroad,
    read_phone,
    split_values,
)
from desktop.core.translation import tr
from desktop.exchange import order_words, synonyms
from desktop.exchange.layout_file import Layout, matcher
from desktop.exchange.table import Cell, Column, cell_text

_RUINED = re.compile(r"\d(?:\.\d+)?[eE]\+\d{1,2}")
_NOTHING = frozenset({"", "-", "--", "—", "/", "null", "none", "nan", "n/a", "#n/a", "无"})
_ISO = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?", re.ASCII
)
_SLASHED = re.compile(r"[\s']*(\d{1,2})([-/.])(\d{1,2})\2(?:\d{4}|\d{2})\b", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_ALL_MASKED = re.compile(r"[*＊●•xX\s-]*[*＊●•][*＊●•xX\s-]*")
_STARRED = re.compile(r"[^\s*＊][*＊]|[*＊][^\s*＊]|[*＊•●]{2}")
_NO_DAY = re.compile(r"0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?:[ T][0:.]*)?")
_PREFIX = re.compile(r"^\((?:已?删除|已?锁定|锁定)\)\s*")
_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_MONTH_DAY = re.compile(r"(?:--)?(\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_HIDING = frozenset("#$*＊●•xX -")
"""What a text that a platform has masked whole begins with."""
_LONGEST_NOTHING = max(map(len, _NOTHING))
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
    short_year_first: bool = False
    """Whether 26/07/22 is of 2026, where the month comes before the day."""
    decimal_comma: bool | None = None
    """How "1,234" and "1.234" are meant; None: thousands and decimals."""
    written_in: str = ""
    """The country whose phones stand without their prefix in the file; "": the shop's."""
    stated_currency: str = ""
    """What the file's amounts are in where no column says it; "": the shop's currency."""
    multi: str = ""
    """What stands between several values of one cell."""
    layout: Layout | None = None
    epoch: int = 1900
    """From which year on the workbook counts its days."""


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
        [day for (kind, _), day in zip(columns, days, strict=True) if kind == "when"], reading.day_first
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
            short_year_first=kind in _DATES and _begins_with_short_year(cells, reading),
        )
        for (kind, cells), own_comma, own_day in zip(columns, commas, days, strict=True)
    ]


def _agreed(told: Iterable[bool | None], given: bool | None) -> bool | None:
    """What is given, or what all columns that tell anything tell."""
    said = set(told) - {None}
    return said.pop() if given is None and len(said) == 1 else given


def _begins_with_short_year(cells: Sequence[Cell], reading: Reading) -> bool:
    """Whether the owner says that months come first and no date can begin with one: the year does."""
    if reading.day_first is not False or (reading.layout and reading.layout.day_first is not None):
        return False
    found = [_SLASHED.match(cell) for cell in cells if isinstance(cell, str)]
    first = [int(one[1]) for one in found if one]
    return bool(first) and min(first) > 12


def says_something(cell: Cell) -> bool:
    """Whether a cell holds more than blanks, a dash, a word for nothing, or what is masked whole."""
    if not isinstance(cell, str):
        return cell is not None
    if cell.isalnum() and cell.isascii() and len(cell) > _LONGEST_NOTHING:
        return True
    return _said(cell) is not None


def _said(cell: Cell) -> str | None:
    """A cell's text without what exports wrap around it; None where it says nothing."""
    text = clean_cell(cell_text(cell))
    if len(text) <= _LONGEST_NOTHING and text.lower() in _NOTHING:
        return None
    return None if text[0] in _HIDING and _is_hidden(text) else text


def _is_hidden(text: str) -> bool:
    """Whether nothing is left to read: ****, ##密文##, $$密文$$."""
    return text.startswith(("##", "$$")) or _ALL_MASKED.fullmatch(text) is not None


def _reader(kind: str) -> Callable[[Cell, Reading], Any]:
    if kind in _KINDS:
        return _KINDS[kind]
    from desktop.exchange.entry_values import KINDS  # It stands on this module.

    return KINDS[kind]


def day_first_of(cells: Sequence[Cell]) -> bool | None:
    """Whether 03/04/2026 is the third of April, told by values that can be read one way only; else None."""
    told: set[bool] = set()
    for cell in cells:
        found = _SLASHED.match(cell) if isinstance(cell, str) else None
        if found is None or (int(found[1]) <= 12 and int(found[3]) <= 12):
            continue
        day = found[0].strip(" '")
        either = {_day_of(day, day_first) for day_first in (True, False)}
        if None not in either and len(either) == 1:
            told.add(int(found[1]) > 12 and int(found[1]) <= 31)
            if len(told) == 2:
                return None
    return told.pop() if told else None


def _day_of(text: str, day_first: bool) -> datetime | None:
    try:
        return parse_when(text, day_first=day_first)
    except DateError:
        return None


def decimal_comma_of(cells: Sequence[Cell]) -> bool | None:
    """Whether commas are decimal signs, told by amounts that can be read one way only; None: not told."""
    told: set[bool] = set()
    for cell in cells:
        if isinstance(cell, str) and (comma := tells_decimal_comma(cell)) is not None:
            told.add(comma)
            if len(told) == 2:
                return None
    return told.pop() if told else None


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
    text = _said(cell)
    if text and text[0] == "'" and "'" not in text[1:] and not text[1:2].isascii():
        return text[1:]
    return text


def _name(cell: Cell, _: Reading) -> str | None:
    """A name; of one that is masked in part (周**) too little is left to tell people apart by it."""
    text = _text(cell, _)
    return None if text is None or _STARRED.search(text) else " ".join(text.split())


def _id(cell: Cell, _: Reading) -> str | None:
    """A number or code as text, exactly; one that a spreadsheet rounded is a fault, not a value."""
    if isinstance(cell, float) and abs(cell) >= _EXACT_DIGITS:
        raise ValueFault(_ruined(cell_text(cell)))
    text = _said(cell)
    if text is None or (text.isascii() and text.isdigit()):
        return text
    text = text.removeprefix("'")
    if _WIDE.search(text):
        text = unicodedata.normalize("NFKC", text)
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
        try:
            if len(cell) == 19 and cell[10] == " " and cell[4] == "-" and cell[13] == ":":
                if FIRST_YEAR <= datetime.fromisoformat(cell).year <= LAST_YEAR:
                    return cell
            elif quick := _ISO.fullmatch(cell):
                year, month, day, hour, minute, second = (int(part or 0) for part in quick.groups())
                if FIRST_YEAR <= year <= LAST_YEAR:
                    return datetime(year, month, day, hour, minute, second).isoformat(" ")
        except ValueError:
            pass  # parse_when finds the words for it
        cell = _said(cell)
        if cell is None or _NO_DAY.fullmatch(cell):
            return None
        if _SERIAL.fullmatch(cell):
            cell = float(cell)
    try:
        when = _moment(cell, reading)
        return when.isoformat(" ", "seconds")
    except AmbiguousDate as fault:
        raise TwoWaysFault(_two_days(cell_text(cell))) from fault
    except DateError as fault:
        raise ValueFault(tr("“{value}” is not a date", value=cell_text(cell))) from fault


def _moment(cell: Cell, reading: Reading) -> datetime:
    return parse_when(
        cell,
        day_first=reading.day_first,
        short_year_first=reading.short_year_first,
        excel_epoch=reading.epoch,
    )


def _two_days(text: str) -> str:
    return tr("“{value}” can mean two days: say which comes first, day or month", value=text)


def _amount(cell: Cell, reading: Reading) -> int | None:
    said = _number(cell, reading)
    try:
        return parse_amount(said, reading.currency, decimal_comma=reading.decimal_comma)
    except AmountError as fault:
        raise ValueFault(tr("“{value}” is not an amount", value=cell_text(cell))) from fault


def _price(cell: Cell, reading: Reading) -> int | None:
    said = _number(cell, reading)
    try:
        return parse_price(said, decimal_comma=reading.decimal_comma)
    except AmountError as fault:
        raise ValueFault(tr("“{value}” is not a price", value=cell_text(cell))) from fault


def _number(cell: Cell, reading: Reading) -> Cell:
    """What to read an amount from. Raises ValueFault for one in another currency than the shop's."""
    said = _said(cell) if isinstance(cell, str) else cell
    if isinstance(said, str):
        currencies = currencies_of(said)
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
    return said


def _likeliest(currencies: frozenset[str]) -> str:
    """The currency to name where a sign is that of several."""
    return next((code for code in ("CNY", "USD", "JPY") if code in currencies), min(currencies))


def other_currency(found: str, shop: str) -> str:
    """Why an order stays out whose amounts are in another currency."""
    return tr("this order is in {currency} and the book is in {shop}", currency=found, shop=shop)


def _currency(cell: Cell, reading: Reading) -> str | None:
    """The code of a currency, written as such or with its sign. Raises ValueFault for any but the shop's."""
    text = _said(cell)
    if text is None:
        return None
    code = text.upper()
    if code == reading.currency:
        return code
    meant = currencies_of(text)
    if reading.currency in meant:
        return reading.currency
    raise ValueFault(other_currency(_likeliest(meant) if meant else code, reading.currency))


def _quantity(cell: Cell, reading: Reading) -> float | None:
    said = _said(cell) if isinstance(cell, str) else cell
    try:
        # A price has four decimals, which is as fine as anything is weighed.
        read = parse_price(
            said.rstrip("件个份盒瓶袋包xX×") if isinstance(said, str) else said,
            decimal_comma=reading.decimal_comma,
        )
    except AmountError as fault:
        raise ValueFault(tr("“{value}” is not a quantity", value=cell_text(cell))) from fault
    return None if read is None else read / 10_000


def _phones(cell: Cell, reading: Reading) -> tuple[Point, ...] | None:
    """The phones in a cell; people write two of them with a slash between."""
    text = _said(cell)
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
        raise ValueFault(_ruined(text))
    digits = sum(map(str.isdigit, text))
    if country == "CN" and text.startswith("1") and 5 < digits < 15:
        raise ValueFault(tr("“{value}” is not a phone: 11 digits expected, {n} found", value=text, n=digits))
    raise ValueFault(tr("“{value}” is not a phone number", value=text))


def _email(cell: Cell, _: Reading) -> tuple[Point, ...] | None:
    text = _said(cell)
    if text is None or is_masked(text):
        return None
    norm = normalise_email(text)
    if norm is None:
        raise ValueFault(tr("“{value}” is not an e-mail address", value=text))
    return (Point("email", "", text, norm),)


def _contact(kind: str) -> Callable[[Cell, Reading], tuple[Point, ...] | None]:
    def read(cell: Cell, reading: Reading) -> tuple[Point, ...] | None:
        text = _id(cell, reading)
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


def _birthday(cell: Cell, reading: Reading) -> str | None:
    """YYYY-MM-DD, or MM-DD where no year is given."""
    text = _said(cell)
    if text is None or _NO_DAY.fullmatch(text):
        return None
    try:
        if short := _MONTH_DAY.fullmatch(unicodedata.normalize("NFKC", text)):
            return date(2000, int(short[1]), int(short[2])).strftime("%m-%d")
        born: Cell = text if isinstance(cell, str) else cell
        if isinstance(born, str) and _SERIAL.fullmatch(born):
            born = float(born)
        when = _moment(born, reading)
    except AmbiguousDate as fault:
        raise TwoWaysFault(_two_days(text)) from fault
    except (DateError, ValueError) as fault:
        raise ValueFault(tr("“{value}” is not a birthday", value=text)) from fault
    return when.date().isoformat()


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
    whole = fold(clean_cell(cell_text(cell)))
    if synonyms.folded(whole) in _NOTHING:
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
    if text.lower() in _NOTHING:
        return None
    return order_words.code(words.CHANNELS, order_words.CHANNELS, synonyms.folded(text)) or text


_KINDS: Mapping[str, Callable[[Cell, Reading], Any]] = {
    "text": _text, "name": _name, "id": _id, "when": _when, "amount": _amount, "price": _price,
    "quantity": _quantity, "phone": _phones, "email": _email, "wechat": _contact("wechat"),
    "qq": _contact("qq"), "weibo": _contact("weibo"), "account": _contact("account"), "birthday": _birthday,
    "status": _status, "channel": _channel, "currency": _currency,
    "customer_kind": _word(words.CUSTOMER_KINDS, order_words.KINDS, order_words.UNKNOWN_KIND),
    "relation": _word(words.RELATIONS, order_words.RELATIONS, order_words.UNKNOWN_RELATION),
    "gender": _word(words.GENDERS, order_words.GENDERS, order_words.UNKNOWN_GENDER),
}  # fmt: skip
_DATES = frozenset({"when", "birthday"})
_NUMBERS = frozenset({"amount", "price", "quantity"})
_MULTI = frozenset({"text", "name", "phone", "email", "wechat", "qq", "weibo", "account", "birthday"})
"""Kinds of which a cell may hold several, where the layout says what stands between them."""
