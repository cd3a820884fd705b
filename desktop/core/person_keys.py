"""A customer as duplicates are looked for: numbers, handles and addresses in the forms that meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from desktop.core.folding import fold, is_hanzi
from desktop.core.name_keys import NameKeys, name_keys
from desktop.core.scripts import simplified

_MOBILE = re.compile(r"1[3-9]\d{9}")
_NUMBER = re.compile(r"\d+")
_COUNTED = re.compile(r"([一二三四五六七八九])(?=号|楼|幢|栋|单元|层|室|座)")
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
_TOKEN = re.compile(r"[a-z]+|[^\W\da-z_]")
_ROOM_DIGITS = 4
_MOST_DIGITS = 20
_GENERIC_TEXT = (
    "info sales admin service contact mail office shop store test hello kontakt support webmaster postmaster "
    "noreply no-reply order orders user customer guest wechat weixin alipay taobao unknown none"
)
_GENERIC = frozenset(_GENERIC_TEXT.split())


class Address(NamedTuple):
    """An address: as written, its house and room numbers, its words, and the keys it shares with its like."""

    text: str
    numbers: frozenset[str]
    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Person:
    """One customer; made by `person`. Lean, because a sweep holds all of them.

    `numbers`: whole phone numbers, digits only, without leading zeros. `handles`: what a person is called
    where they have an account, or is written before the @. `held`: (kind, channel, normal form) of every
    contact point but the addresses, for what speaks against. `birthday` is "solar 1988-09-15" or
    "lunar 09-15", `day` the same without the year.
    """

    id: int
    name: NameKeys
    numbers: tuple[str, ...]
    handles: tuple[str, ...]
    held: tuple[tuple[str, str, str], ...]
    addresses: tuple[Address, ...]
    birthday: str
    day: str
    region: str
    gender: str
    kind: str
    written: str


def person(
    row: int,
    *,
    name: str,
    kind: str = "individual",
    gender: str = "",
    birthday: str = "",
    calendar: str = "solar",
    region: str = "",
    points: Iterable[tuple[str, str, str]] = (),
) -> Person:
    """A customer made comparable; `points` are (kind, channel, norm), of an address the text as written."""
    numbers: set[str] = set()
    handles: set[str] = set()
    held: list[tuple[str, str, str]] = []
    addresses: list[Address] = []
    for point in points:
        if point[0] == "address":
            if found := address(point[2]):
                addresses.append(found)
        else:
            held.append(point)
            _note(point[0], point[2], numbers, handles)
    digits = name.replace(" ", "").replace("-", "").lstrip("+")
    if digits.isascii() and digits.isdigit() and 7 <= len(digits) <= _MOST_DIGITS:
        numbers.add(digits.lstrip("0"))
    known = birthday.strip() and not birthday.endswith("01-01")
    return Person(
        row,
        name_keys(name),
        tuple(numbers),
        tuple(handles),
        tuple(held),
        tuple(addresses),
        f"{calendar} {birthday}" if known else "",
        f"{calendar} {birthday[-5:]}" if known else "",
        simplified(fold(region)),
        gender,
        kind,
        fold(name),
    )


def _note(kind: str, norm: str, numbers: set[str], handles: set[str]) -> None:
    """Where a contact point belongs: a WeChat id may be a phone number, an e-mail's name a QQ number."""
    if kind == "phone":
        # An extension tells apart the people behind one number.
        if "-" not in norm and 7 <= len(bare := norm.lstrip("+0")) <= _MOST_DIGITS:
            numbers.add(bare)
        return
    handle = norm
    if kind == "email":
        handle, _, host = norm.partition("@")
        handle = handle.partition("+")[0]
        if host == "qq.com" and handle.isdigit():
            handles.add(f"q{handle}")
            return
    if _MOBILE.fullmatch(handle):
        numbers.add(handle)
    elif kind == "qq" or (kind == "wechat" and handle.isascii() and handle.isdigit()):
        handles.add(f"q{handle}")
    elif len(handle) >= 4 and handle not in _GENERIC:
        handles.add(f"u{handle}")


def address(text: str) -> Address | None:
    """An address made comparable; None for one without a house number, which is a district, not a door."""
    folded = simplified(fold(text))
    folded = _COUNTED.sub(lambda found: found[1].translate(_DIGITS), folded)
    spans = [span for span in _NUMBER.finditer(folded) if len(span[0]) <= _ROOM_DIGITS]
    if not spans:
        return None
    numbers = sorted({span[0].lstrip("0") or "0" for span in spans})
    key = "-".join(numbers)
    if len(numbers) == 1:
        key += "/" + _beside(folded, spans[0].start(), spans[0].end())
    return Address(text, frozenset(numbers), " ".join(_TOKEN.findall(folded)), key)


def _beside(text: str, start: int, end: int) -> str:
    """What a single number belongs to: the two signs before it in Chinese, the word after it elsewhere."""
    before = [char for char in text[:start] if char.isalnum()]
    if before and is_hanzi(before[-1]):
        return "".join(before[-2:])
    after = _TOKEN.findall(text[end:]) or _TOKEN.findall(text[:start])
    return next((word for word in after if len(word) > 2), "")


def tails(number: str) -> Iterator[str]:
    """The shorter ways to write a whole number: without the code of its country or its town."""
    for length in range(7, len(number)):
        if number[-length] != "0":
            yield number[-length:]
