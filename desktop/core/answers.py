"""Words at hand for writing to customers: how places in them are filled, and which the program brings.

A place is written {name} in English and {姓名} in Chinese and kept in English, so that an answer written in
one language is filled, and read, in the other. What is not known stays as it stands, to be written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from desktop.core.folding import fold
from desktop.core.translation import mark, tr

PLACEHOLDERS: Mapping[str, str] = {
    "name": mark("name"),
    "order": mark("order"),
    "shop": mark("shop"),
    "number": mark("number"),
    "product": mark("product"),
    "due": mark("due"),
    "clerk": mark("clerk"),
}
"""What can be filled in, and what people call it between the braces."""

MEANINGS: Mapping[str, str] = {
    "name": mark("The customer's name"),
    "order": mark("The number of the order"),
    "shop": mark("The shop's name"),
    "number": mark("The number of the complaint"),
    "product": mark("What was bought"),
    "due": mark("By when it is to be done"),
    "clerk": mark("Who writes"),
}
"""What each of them stands for."""

_ALSO: Mapping[str, str] = {
    "姓名": "name", "称呼": "name", "客户": "name", "订单": "order", "订单号": "order", "店名": "shop",
    "编号": "number", "投诉编号": "number", "商品": "product", "时限": "due", "时间": "due", "店员": "clerk",
}  # fmt: skip
_PLACE = re.compile(r"[{｛]\s*([^{}｛｝\s]{1,20})\s*[}｝]")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled from `values` by their English names; one without a value stays."""

    def filled(found: re.Match[str]) -> str:
        return values.get(_code(found[1]), "") or found[0]

    return _PLACE.sub(filled, text)


def places(text: str) -> list[tuple[int, int]]:
    """Where in a text there is a place still to be filled: (from, to) of each, braces included."""
    return [found.span() for found in _PLACE.finditer(text)]


def place(code: str) -> str:
    """A place as the user writes it: {name}, {姓名}."""
    return "{" + tr(PLACEHOLDERS[code]) + "}"


def shown(text: str) -> str:
    """A text as the user reads it: its places in their language."""
    return _PLACE.sub(
        lambda found: place(code) if (code := _code(found[1])) in PLACEHOLDERS else found[0], text
    )


def kept(text: str) -> str:
    """A text as a book keeps it: its places in English, whatever language they were written in."""

    def english(found: re.Match[str]) -> str:
        code = _code(found[1])
        return "{" + code + "}" if code in PLACEHOLDERS else found[0]

    return _PLACE.sub(english, text.strip())


def _code(name: str) -> str:
    """The English name of a place."""
    name = fold(name)
    return name if name in PLACEHOLDERS else _ALSO.get(name, "") or _spoken().get(name, name)


def _spoken() -> Mapping[str, str]:
    return _by_name(tuple(tr(name) for name in PLACEHOLDERS.values()))


@cache
def _by_name(names: tuple[str, ...]) -> Mapping[str, str]:
    return dict(zip(map(fold, names), PLACEHOLDERS, strict=True))
