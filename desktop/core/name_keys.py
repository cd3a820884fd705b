"""A customer's name as it is compared: without titles, in one script, words in one order; and near names."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import OSA

from desktop.core.folding import fold, is_hanzi
from desktop.core.pinyin import name_readings
from desktop.core.scripts import simplified

_ASIDE = re.compile(r"[(\[【「〔（].*?[)\]】」〕）]")
_TITLES = (
    "mr mrs ms miss dr prof sir madam herr frau mme mlle ltd inc llc co gmbh limited company corp the and"
)
_CALLED = re.compile(r"(?:女士|先生|小姐|老师|同学|太太|阿姨|师傅|医生|经理|老板|老总|客户)$")
_FIRM = re.compile(r"(?:股份|有限|责任|集团|公司|总店|分店)+$")
_NOBODY = (
    "散客 匿名 匿名用户 匿名买家 客户 顾客 未知 无名 无 测试 "
    "test unknown guest anonymous none n a na customer walkin walk in"
)
_NO_WORDS, _NO_NAMES = frozenset(_TITLES.split()), frozenset(_NOBODY.split())
_LONGEST = 48
"""Characters of a name in which slips are looked for; what is longer is a text."""
_WORD = re.compile(r"[^\W\d_]+")


class NameKeys(NamedTuple):
    """What a name is compared by.

    `key` equal: the same name. `words` of a Latin name, sorted; () for a Chinese one. `sound` is the pinyin
    of a Chinese one.
    """

    key: str = ""
    words: tuple[str, ...] = ()
    sound: str = ""


class Nearness(NamedTuple):
    """How two different names resemble each other: a reason's code, and what it is worth in bits."""

    code: str
    bits: float


@functools.lru_cache(maxsize=65_536)
def name_keys(name: str) -> NameKeys:
    """The keys of a name as it is written; all empty when it names nobody (a number, "guest", 散客)."""
    text = simplified(_ASIDE.sub(" ", fold(name)))
    if any(map(is_hanzi, text)):
        return _chinese(text)
    words = tuple(sorted(word for word in map(_bare, _WORD.findall(text)) if word and word not in _NO_WORDS))
    if not words or set(words) <= _NO_NAMES:
        return NameKeys()
    return NameKeys(" ".join(words), words)


def _chinese(text: str) -> NameKeys:
    key = "".join(char for char in text if char.isalnum())
    key = _CALLED.sub("", key) or key
    short = _FIRM.sub("", key)
    key = short if len(short) >= 3 else key
    if key in _NO_NAMES:
        return NameKeys()
    readings = name_readings(key).full
    sound = readings[0] if readings and len(key) > 1 else ""
    return NameKeys(key, (), sound)


def near_keys(keys: NameKeys) -> Iterator[tuple[str, float]]:
    """The keys of which names that are near each other share one, each with the most bits it may lead to."""
    if len(keys.key) > _LONGEST:
        return
    if keys.words:
        yield from _near_latin(keys.words)
        return
    length = len(keys.key)
    if keys.sound:
        yield f"s{keys.sound}", _sound_bits(length)
    if length >= 3:
        # The other name may be longer by one.
        bits = _slip_bits(length + 1)
        yield f"d{keys.key}", bits
        for one in _without_one(keys.key):
            yield f"d{one}", bits


def _near_latin(words: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    joined = "".join(words)
    if len(joined) >= 6:
        yield f"d{joined}", 13.0
        for one in _without_one(joined):
            yield f"d{one}", 13.0
    if len(words) == 2:
        yield f"t{words[0]} {words[1]}", 9.0
        for at in (0, 1):
            yield f"i{words[at]} {words[1 - at][0]}", 5.0
    elif len(words) == 3:
        for at in range(3):
            yield f"t{' '.join(words[:at] + words[at + 1 :])}", 9.0


def _sound_bits(length: int) -> float:
    return (0.0, 0.0, 4.0, 6.0, 10.0)[min(length, 4)]


def _slip_bits(length: int) -> float:
    return 4.0 if length < 5 else 9.0 if length < 7 else 12.0


def _without_one(text: str) -> set[str]:
    return {text[:at] + text[at + 1 :] for at in range(len(text))}


def _bare(word: str) -> str:
    """Without accents: "müller" is found by "muller"."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def name_bits(keys: NameKeys) -> float:
    """How much a name tells at the most: 10 bits: one person in a thousand is called so."""
    if keys.words:
        letters = sum(map(len, keys.words))
        return 4.0 if letters < 4 else (8.0, 14.0, 16.0)[min(len(keys.words), 3) - 1]
    return (0.0, 4.0, 9.5, 13.0, 15.0)[min(len(keys.key), 4)]


def nearness(one: NameKeys, other: NameKeys, rare: frozenset[str]) -> Nearness | None:
    """How two names that are not equal resemble each other; None when they don't.

    `rare` are the words that only one customer's name holds: a slip of the pen makes such a word, whereas
    Joan and John are two names.
    """
    if max(len(one.key), len(other.key)) > _LONGEST:
        return None
    if one.words and other.words:
        return _near_words(one.words, other.words, rare)
    if one.words or other.words:
        return None
    length = min(len(one.key), len(other.key))
    if one.sound and one.sound == other.sound:
        return Nearness("name-sound", _sound_bits(length))
    if length >= 3 and OSA.distance(one.key, other.key, score_cutoff=1) <= 1:
        return Nearness("name-slip", _slip_bits(length))
    return None


def _near_words(one: tuple[str, ...], other: tuple[str, ...], rare: frozenset[str]) -> Nearness | None:
    a, b = "".join(one), "".join(other)
    if min(len(a), len(b)) >= 6 and OSA.distance(a, b, score_cutoff=1) <= 1:
        slip = bool(rare & set(one).symmetric_difference(other))
        if slip or a == b:
            return Nearness("name-slip", 13.0 if len(a) >= 10 else 9.0)
        return Nearness("name-slip", 2.0)
    few, many = (one, other) if len(one) < len(other) else (other, one)
    if len(few) == 2 and len(many) == 3 and set(few) < set(many):
        return Nearness("name-part", 9.0)
    if len(one) == 2 and len(other) == 2 and _initialled(one, other):
        return Nearness("name-part", 5.0)
    return None


def _initialled(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one word is the same and the others are a first name and its initial."""
    for word in set(one) & set(other):
        mine, theirs = _other_word(one, word), _other_word(other, word)
        if mine[0] == theirs[0] and 1 in (len(mine), len(theirs)):
            return True
    return False


def _other_word(words: tuple[str, ...], word: str) -> str:
    return words[1] if words[0] == word else words[0]


def part_of(one: NameKeys, other: NameKeys) -> bool:
    """Whether a name may be the shorter form of another: 王 (女士) of 王丽华, Emma of Emma Clark."""
    if one.words and other.words:
        few, many = sorted((set(one.words), set(other.words)), key=len)
        return few < many
    if one.words or other.words:
        return True  # 王丽华 and Lily: nothing is said.
    few_signs, many_signs = sorted((one.key, other.key), key=len)
    return few_signs in many_signs
