"""What all readers of values share: what they read by, how they refuse, and what a cell says at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.core.text import clean_cell
from desktop.core.translation import tr
from desktop.exchange.reading.table import Cell, cell_text
from desktop.exchange.vocabulary.layout_file import Layout

NOTHING = frozenset({"", "-", "--", "—", "/", "null", "none", "nan", "n/a", "#n/a", "无"})
"""Words, in small letters, that say nothing."""
_LONGEST_NOTHING = max(map(len, NOTHING))
_HIDING = frozenset("#$*＊●•xX -")
"""What a text that a platform has masked whole begins with."""
_ALL_MASKED = re.compile(r"[*＊●•xX\s-]*[*＊●•][*＊●•xX\s-]*")
_RUINED = re.compile(r"\d(?:\.\d+)?[eE]\+\d{1,2}")
_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
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
    details: Mapping[str, str] = field(default_factory=dict)
    """What stands below a subject of complaints in this shop, folded → the subject."""


def says_something(cell: Cell) -> bool:
    """Whether a cell holds more than blanks, a dash, a word for nothing, or what is masked whole."""
    if not isinstance(cell, str):
        return cell is not None
    if cell.isalnum() and cell.isascii() and len(cell) > _LONGEST_NOTHING:
        return True
    return said(cell) is not None


def said(cell: Cell) -> str | None:
    """A cell's text without what exports wrap around it; None where it says nothing."""
    text = clean_cell(cell_text(cell))
    if len(text) <= _LONGEST_NOTHING and text.lower() in NOTHING:
        return None
    return None if text[0] in _HIDING and _is_hidden(text) else text


def _is_hidden(text: str) -> bool:
    """Whether nothing is left to read: ****, ##密文##, $$密文$$."""
    return text.startswith(("##", "$$")) or _ALL_MASKED.fullmatch(text) is not None


def read_id(cell: Cell, _: Reading) -> str | None:
    """A number or code as text, exactly; one that a spreadsheet rounded is a fault, not a value."""
    if isinstance(cell, float) and abs(cell) >= _EXACT_DIGITS:
        raise ValueFault(ruined(cell_text(cell)))
    text = said(cell)
    if text is None or (text.isascii() and text.isdigit()):
        return text
    text = text.removeprefix("'")
    if _WIDE.search(text):
        text = unicodedata.normalize("NFKC", text)
    if _RUINED.fullmatch(text):
        raise ValueFault(ruined(text))
    return text


def ruined(text: str) -> str:
    """Why a rounded number stays out."""
    return tr(
        "“{value}” was rounded by a spreadsheet and its last digits are lost: export the file again and "
        "import it without opening it first",
        value=text,
    )
