"""Reads moments and birthdays, and finds out in which order a column writes day and month."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from desktop.core.dates import FIRST_YEAR, LAST_YEAR, AmbiguousDate, DateError, parse_when
from desktop.core.translation import tr
from desktop.exchange.reading.table import Cell, cell_text
from desktop.exchange.values.base import Reading, TwoWaysFault, ValueFault, said

_ISO = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?", re.ASCII
)
_SLASHED = re.compile(r"[\s']*(\d{1,2})([-/.])(\d{1,2})\2(?:\d{4}|\d{2})\b", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:时](\d{2})(?:[:分](\d{2}))?[分秒]?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_NO_DAY = re.compile(r"0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?:[ T][0:.]*)?")
_MONTH_DAY = re.compile(r"(?:--)?(\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)


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


def begins_with_short_year(cells: Sequence[Cell], reading: Reading) -> bool:
    """Whether the owner says that months come first and no date can begin with one: the year does."""
    if reading.day_first is not False or (reading.layout and reading.layout.day_first is not None):
        return False
    found = [_SLASHED.match(cell) for cell in cells if isinstance(cell, str)]
    first = [int(one[1]) for one in found if one]
    return bool(first) and min(first) > 12


def read_when(cell: Cell, reading: Reading) -> str | None:
    """A moment as YYYY-MM-DD HH:MM:SS. Raises ValueFault, TwoWaysFault."""
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
        cell = said(cell)
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


def read_later(cell: Cell, reading: Reading) -> str | None:
    """A moment that follows another one of its row; a mere time of day as "T14:30:00", of that one's day."""
    if isinstance(cell, datetime) and cell.year < FIRST_YEAR:
        return cell.strftime("T%H:%M:%S")
    if isinstance(cell, float) and 0 < cell < 1:
        seconds = round(cell * 86_400) % 86_400
        return f"T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    text = said(cell) if isinstance(cell, str) else None
    found = _CLOCK.fullmatch(unicodedata.normalize("NFKC", text)) if text else None
    if found is None:
        return read_when(cell, reading)
    hour, minute, second = (int(part or 0) for part in found.groups())
    if hour > 23 or minute > 59 or second > 59:
        raise ValueFault(tr("“{value}” is not a date", value=cell_text(cell)))
    return f"T{hour:02}:{minute:02}:{second:02}"


def settled_later(first: str, later: str) -> str:
    """The moment of a time of day ("T…") after a moment: on its day, or the next where it is earlier."""
    day, clock = first[:10], later[1:]
    if clock >= first[11:]:
        return f"{day} {clock}"
    return f"{date.fromisoformat(day) + timedelta(days=1)} {clock}"


def _moment(cell: Cell, reading: Reading) -> datetime:
    return parse_when(
        cell,
        day_first=reading.day_first,
        short_year_first=reading.short_year_first,
        excel_epoch=reading.epoch,
    )


def _two_days(text: str) -> str:
    return tr("“{value}” can mean two days: say which comes first, day or month", value=text)


def read_birthday(cell: Cell, reading: Reading) -> str | None:
    """YYYY-MM-DD, or MM-DD where no year is given. Raises ValueFault, TwoWaysFault."""
    text = said(cell)
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
