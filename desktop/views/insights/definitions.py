"""The five definitions of repeat purchase in the owner's words."""

from __future__ import annotations

from typing import get_args

from desktop.core.translation import mark, tr
from desktop.queries.insights import Definition

ALL: tuple[Definition, ...] = get_args(Definition)

_NAMES: dict[Definition, str] = {
    "a": mark("(a) Bought twice in the days"),
    "b": mark("(b) Had bought before"),
    "c": mark("(c) Repeat purchases per buyer"),
    "d": mark("(d) Ever bought twice"),
    "e": mark("(e) New customers' second purchase"),
}
_SHORT: dict[Definition, str] = {
    "a": mark("came twice in 90 and 30 days"),
    "b": mark("had bought before; 90 and 30 days"),
    "c": mark("repeats per buyer; 90 and 30 days"),
    "d": mark("ever bought twice or more"),
    "e": mark("newcomers back in 90 and 30 days"),
}
_WHOLE: dict[Definition, str] = {
    "a": mark("Customers with two or more purchase days in the days looked at ÷ buyers in those days."),
    "b": mark(
        "Buyers in the days looked at who had bought before them, or earlier in them ÷ buyers in those days. "
        "This is the headline."
    ),
    "c": mark(
        "Purchases after each buyer's first one in the days looked at ÷ buyers in those days. "
        "It can exceed 1."
    ),
    "d": mark("Customers with two or more purchase days up to then ÷ everybody who had ever bought."),
    "e": mark(
        "Of the customers who first bought in a month, those with a second purchase day within 90 (30) days. "
        "Months too young to judge are left blank."
    ),
}


def name(definition: Definition) -> str:
    """A definition in a menu."""
    return tr(_NAMES[definition])


def short(definition: Definition) -> str:
    """A definition below a title."""
    return tr(_SHORT[definition])


def whole(definition: Definition) -> str:
    """A definition in a sentence."""
    return tr(_WHOLE[definition])
