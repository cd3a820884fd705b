"""The pinyin by which a name is found and sorted; a million names take seconds, not minutes."""

from __future__ import annotations

import functools
import importlib.util
import json
import re
import unicodedata
from itertools import product
from pathlib import Path
from typing import NamedTuple

from desktop.core import surnames
from desktop.core.folding import fold, is_hanzi

MOST_READINGS = 8
"""No name gets more readings than this, however many of its characters have several."""

_FAMILIAR = frozenset("老小阿大")
"""老王, 小单: the character after these is a surname."""

_WORDS = re.compile(r"[a-z0-9]+")
_PARTS = re.compile(r"[㐀-䶿一-鿿〇𠀀-𲎯]+|[^\W_㐀-䶿一-鿿〇𠀀-𲎯]+")
"""The Chinese and the other words of a name that mixes them."""

_LEADING_SIGNS = re.compile(r"^[\W_]+")
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


class Readings(NamedTuple):
    """How a name may be typed in Latin letters; the likeliest reading stands first in each.

    `full` is without spaces ("wanglihua"), `initials` the first letters ("wlh"), `given` the
    full reading without the surname ("lihua"; empty for names that are not Chinese).
    ü is written v, as on a keyboard.
    """

    full: tuple[str, ...]
    initials: tuple[str, ...]
    given: tuple[str, ...] = ()


def name_readings(name: str) -> Readings:
    """All the readings of a person's or a shop's name worth finding it by."""
    if name.isascii():
        return _latin(name)
    options, surname = _options(name)
    if not options:
        return Readings((), ())
    if max(map(len, options)) == 1:
        # The usual case, and so the short way.
        syllables = [option[0] for option in options]
        rest = "".join(syllables[surname:]) if surname else ""
        return Readings(
            ("".join(syllables),), ("".join([one[0] for one in syllables]),), (rest,) if rest else ()
        )
    return _combined(options, surname)


def spellings(name: str) -> list[tuple[str, ...]]:
    """Every reading of a name, each as its syllables and Latin words in order; [] when there is none."""
    if name.isascii():
        parts = tuple(_WORDS.findall(name.lower()))
        return [parts] if parts else []
    options, _ = _options(name)
    return _choices(options) if options else []


def unit_spans(name: str) -> list[tuple[int, int]]:
    """Where each syllable or Latin word of `spellings` stands in the name: (from, to)."""
    if name.isascii():
        return [match.span() for match in _WORDS.finditer(name.lower())]
    if all(map(_tables().plain.__getitem__, name)):
        return [(at, at + 1) for at in range(len(name))]
    spans: list[tuple[int, int]] = []
    for part in _PARTS.finditer(name):
        if all(_tables().plain[char] for char in part[0]):
            spans += [(at, at + 1) for at in range(*part.span())]
        elif _plain_letters(part[0]):
            spans.append(part.span())
    return spans


@functools.lru_cache(maxsize=16_384)
def place_reading(text: str) -> str:
    """The pinyin of a part of an address without blanks, as it is usually read: 西湖区 → "xihuqu"."""
    tables = _tables()
    read = [reading[0] if (reading := tables.plain[char]) else "" for char in text]
    for word in tables.words_pattern.finditer(text):
        read[word.start() : word.end()] = tables.words[word[0]]
    return "".join(read)


def _choices(options: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    # The surname varies slowest: its likeliest reading goes with every reading of the rest first.
    count = 1
    for at, option in enumerate(options):
        count *= len(option)
        if count > MOST_READINGS:
            # One pass: a name may be a text of ten thousand characters that somebody pasted.
            options = options[:at] + [some[:1] for some in options[at:]]
            break
    return list(product(*options))


def _combined(options: list[tuple[str, ...]], surname: int) -> Readings:
    choices = _choices(options)
    full = dict.fromkeys("".join(choice) for choice in choices)
    initials = dict.fromkeys("".join([one[0] for one in choice]) for choice in choices)
    given = dict.fromkeys("".join(choice[surname:]) for choice in choices) if surname else {}
    given.pop("", None)
    return Readings(tuple(full), tuple(initials), tuple(given))


def _latin(name: str) -> Readings:
    parts = _WORDS.findall(name.lower())
    if not parts:
        return Readings((), ())
    return Readings(("".join(parts),), ("".join([part[0] for part in parts]),))


def _options(name: str) -> tuple[list[tuple[str, ...]], int]:
    """For each character or Latin word its readings; and how many of them are the surname."""
    tables = _tables()
    plain = tables.plain
    options: list[tuple[str, ...]] = []
    for char in name:
        reading = plain[char]
        if not reading:
            return _mixed_options(name)
        options.append(reading)
    surname = _read_surname(name, options, tables)
    if tables.words_pattern.search(name):
        for word in tables.words_pattern.finditer(name):
            if word.start() or not surname or word.end() < len(name):
                options[word.start() : word.end()] = [(one,) for one in tables.words[word[0]]]
    return options, surname


def _read_surname(name: str, options: list[tuple[str, ...]], tables: _Tables) -> int:
    """Put the surname's readings at its place; returns how many characters it has."""
    if compound := tables.compound.get(name[:2]):
        first = tables.surnames.get(name[0], (compound[0],))
        options[0] = tuple(dict.fromkeys((compound[0], *first))) if len(name) == 3 else (compound[0],)
        options[1] = tuple(dict.fromkeys((compound[1], *options[1][:1])))
        return 2
    if len(name) == 2 and name[0] == name[1]:
        return 0  # 乐乐 is a pet name
    at = 1 if len(name) == 2 and name[0] in _FAMILIAR else 0
    if several := tables.surnames.get(name[at]):
        options[at] = several
    return 1


def _mixed_options(name: str) -> tuple[list[tuple[str, ...]], int]:
    """A name that is not Chinese characters alone: 王Lily, José, ~小鱼儿~, 王 丽华."""
    options: list[tuple[str, ...]] = []
    surname = 0
    for part in _PARTS.findall(name):
        if all(_tables().plain[char] for char in part):
            more, length = _options(part)
            if options:
                # Not at the beginning: these are no surname, unless a Latin name precedes it.
                more = [_tables().plain[char] for char in part] if surname else more
            else:
                surname = length
            options += more
        elif folded := _plain_letters(part):
            options.append((folded,))
    return options, surname


@functools.lru_cache(maxsize=65_536)
def _plain_letters(text: str) -> str:
    """Folded and without accents: "José" → "jose"."""
    folded = unicodedata.normalize("NFD", fold(text))
    return "".join(char for char in folded if char.isalnum() and not unicodedata.combining(char))


def sort_key(name: str) -> str:
    """A key that puts names into the order of a Chinese address book.

    Chinese characters sort by pinyin, then tone, then character, so that one surname stays
    together, and among the Latin names; signs before a name do not count; names without a letter,
    and empty ones, come after the Latin alphabet.
    """
    if name.isascii():
        key = " ".join(name.lower().split())
    else:
        tables = _tables()
        units = [tables.sorting[char] for char in name]
        if compound := tables.compound_sorting.get(name[:2]):
            units[:2] = compound
        elif special := tables.surname_sorting.get(name[0]):
            units[0] = special
        key = " ".join("".join(units).split())
    if key and (key[0].isalnum()):
        return key
    bare = _LEADING_SIGNS.sub("", name)
    return sort_key(bare) if bare and bare != name else "~" + key


class _Plain(dict[str, tuple[str, ...]]):
    """Character → its readings without tones; () for what is not a Chinese character."""

    def __init__(self, source: _Source) -> None:
        self.source = source

    def __missing__(self, char: str) -> tuple[str, ...]:
        readings = self.source.readings(char)
        self[char] = tuple(dict.fromkeys(map(_toneless, readings)))
        return self[char]


class _Sorting(dict[str, str]):
    """Character → its part of a sort key: "wang2王" for Chinese, folded for the rest."""

    def __init__(self, source: _Source) -> None:
        self.source = source

    def __missing__(self, char: str) -> str:
        readings = self.source.readings(char)
        self[char] = _sort_unit(readings[0], char) if readings else _plain_letters(char) or fold(char) or " "
        return self[char]


class _Source:
    """The character dictionary of pypinyin, read from its file.

    Importing the package would load its 47,000 phrases too, which names do not need: ten
    times the time and memory.
    """

    def __init__(self) -> None:
        package = importlib.util.find_spec("pypinyin")
        if package is None or package.origin is None:
            raise ModuleNotFoundError("pypinyin", name="pypinyin")
        path = Path(package.origin).with_name("pinyin_dict.json")
        self._common: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        self._given = surnames.given_readings()

    def readings(self, char: str) -> tuple[str, ...]:
        """The readings in a given name with tone marks; a single one but for the known exceptions."""
        if not is_hanzi(char):
            return ()
        if special := self._given.get(char):
            return special
        common = self._common.get(str(ord(char)), "")
        return (common.partition(",")[0],) if common else ()


class _Tables:
    """All the tables, made once, when the first name is read."""

    def __init__(self) -> None:
        source = _Source()
        self.plain = _Plain(source)
        self.sorting = _Sorting(source)
        singles = surnames.single_surnames()
        self.surnames = {
            char: tuple(dict.fromkeys([*map(_toneless, readings), *self._usual(source, char)]))
            for char, readings in singles.items()
        }
        self.surname_sorting = {char: _sort_unit(readings[0], char) for char, readings in singles.items()}
        compounds = surnames.compound_surnames()
        self.compound = {name: tuple(map(_toneless, readings)) for name, readings in compounds.items()}
        self.compound_sorting = {
            name: [_sort_unit(reading, char) for reading, char in zip(readings, name, strict=True)]
            for name, readings in compounds.items()
        }
        self.words = {word: tuple(map(_toneless, readings)) for word, readings in surnames.words().items()}
        self.words_pattern = re.compile("|".join(self.words))

    @staticmethod
    def _usual(source: _Source, char: str) -> list[str]:
        """What someone who does not know the surname would type."""
        return [_toneless(reading) for reading in source.readings(char)]


@functools.cache
def _tables() -> _Tables:
    return _Tables()


def _toneless(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(char for char in parts if char.isascii())


def _sort_unit(reading: str, char: str) -> str:
    parts = unicodedata.normalize("NFD", reading)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), "5")
    return f"{_toneless(reading)}{tone}{char}"
