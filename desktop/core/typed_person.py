"""What was typed in search of somebody unknown, put into the fields of a new customer."""

from __future__ import annotations

import re
from typing import NamedTuple

from desktop.core.contacts import normalise_email, normalise_phone
from desktop.core.folding import clean_cell, fold, is_hanzi
from desktop.core.member_codes import is_ean13

_PHONE = re.compile(r"[+(]?\d[\d\s().+-]*\d")
_ACCOUNT = re.compile(r"[A-Za-z][A-Za-z0-9_-]{4,}")
"""As WeChat has them: a letter first, and no shorter."""
_FEWEST_DIGITS = 4
"""A run of digits from here on is part of a phone rather than of a name."""


class TypedPerson(NamedTuple):
    """What each field gets; "" where nothing was typed for it."""

    name: str = ""
    phone: str = ""
    wechat: str = ""
    email: str = ""
    code: str = ""


def read_typed(text: str, country: str = "CN") -> TypedPerson:
    """Sort "王丽华 138 0013 8421" or "lihua_88" into the fields that a new customer has.

    Digits make a phone (a code where they are an EAN-13 and no phone), "@" an e-mail address, Latin letters
    with digits or underlines a WeChat id; everything else is the name, as it was typed.
    """
    text = " ".join(clean_cell(text).split())
    numbers = [found[0] for found in _PHONE.finditer(text) if _digits(found[0]) >= _FEWEST_DIGITS]
    fields: dict[str, str] = {}
    for number in numbers:
        bare = re.sub(r"\D", "", number)
        if is_ean13(bare) and normalise_phone(number, country) is None:
            kind = "code"
        elif _stands_alone(text, number):
            kind = "phone"
        else:
            continue
        if kind not in fields:
            fields[kind] = number.strip()
            text = text.replace(number, " ", 1)
    rest = []
    for word in text.split():
        kind = _kind(word)
        if kind and kind not in fields:
            fields[kind] = word
        else:
            rest.append(word)
    return TypedPerson(name=" ".join(rest), **fields)


def _kind(word: str) -> str:
    if normalise_email(word):
        return "email"
    if _ACCOUNT.fullmatch(word) and re.search(r"[\d_]", word):
        return "wechat"
    return ""


def _stands_alone(text: str, number: str) -> bool:
    """Whether a number is no part of a word: lihua1984 has none, 王丽华13800138421 has."""
    at = text.index(number)
    before, after = text[at - 1 : at], text[at + len(number) : at + len(number) + 1]
    return all(
        not char or is_hanzi(char) or not (char.isalnum() or char in "_@") for char in fold(before + after)
    )


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)
