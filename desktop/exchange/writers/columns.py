"""What a column of a written workbook is: its title, the kind of its values, and where a row keeps them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

Kind = Literal["text", "id", "record", "number", "money", "price", "date", "when", "percent", "rating"]
"""text and id are written as text, record as a bare number; money is minor units, price ten-thousandths
of the currency unit; a date is an ordinal day, a date or ISO text; when is ISO text or a datetime; percent
is a fraction of 1."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column. Without `value` a row's attribute named `key` is written; None and "" stay empty."""

    key: str
    title: str
    kind: Kind = "text"
    value: Callable[[Any], Any] | None = None
    hidden: bool = False

    def getter(self) -> Callable[[Any], Any]:
        """The function that finds the column's value in a row."""
        return self.value or attrgetter(self.key)
