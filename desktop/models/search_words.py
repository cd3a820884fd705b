"""What the search index holds of one customer, as two texts of tokens.

`words` are the fields as they were written, parted by a sign that nobody can type as a word, so that what
stood together is found together. `forms` are what may be typed for them: the name in pinyin, phones from each
of their groups and from their end, and the parts of an address in pinyin. The last two carry a sign before
them, for only some of what is typed means them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from desktop.core.contacts import format_phone
from desktop.core.folding import is_hanzi
from desktop.core.name_forms import name_forms
from desktop.core.pinyin import place_reading
from desktop.core.tokens import tokens

PARTING = " ‖ "
END, PLACE = "‹", "§"
"""Before the reversed digits of a phone, and before a place in pinyin."""

PLACES = re.compile(r"[^省市区县區縣镇鎮乡鄉村路街道巷弄]*[省市区县區縣镇鎮乡鄉村路街道巷弄]?")
_NOT_DIGITS = re.compile(r"\D+")

Point = tuple[str, str, str]
"""Kind, value and norm of a contact point."""


class Entry(NamedTuple):
    """A customer's words and forms, each token between blanks."""

    words: str
    forms: str


@functools.lru_cache(maxsize=16_384)
def entry(name: str, region: str, points: tuple[Point, ...]) -> Entry:
    """The texts of a customer; a pure function, so that those looked at often are made once."""
    written, forms = [name, region], dict.fromkeys(name_forms(name))
    forms.update(dict.fromkeys(place_forms(region)))
    for kind, value, norm in points:
        if kind == "phone":
            forms.update(dict.fromkeys(phone_forms(norm)))
            continue
        written.append(value)
        if kind == "address":
            forms.update(dict.fromkeys(place_forms(value)))
        elif norm != value:
            written.append(norm)
    texts = [" ".join(cut) for text in written if text and (cut := tokens(text))]
    return Entry(f" {PARTING.join(dict.fromkeys(texts))} ", f" {' '.join(forms)} ")


def phone_forms(norm: str) -> Iterator[str]:
    """The number's digits from the start of each of its groups, and its digits backwards."""
    groups = [digits for part in format_phone(norm).split() if (digits := _NOT_DIGITS.sub("", part))]
    for at in range(len(groups)):
        yield "".join(groups[at:])
    yield END + "".join(groups)[::-1]


@functools.lru_cache(maxsize=16_384)
def place_forms(text: str) -> tuple[str, ...]:
    """The parts of an address in pinyin: 杭州市西湖区 → hangzhoushi, xihuqu."""
    if text.isascii():
        return ()
    parts = ("".join(filter(is_hanzi, part)) for part in PLACES.findall(text))
    return tuple(PLACE + read for part in parts if len(part) > 1 and (read := place_reading(part)))
