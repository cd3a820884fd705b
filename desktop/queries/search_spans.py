"""Which characters of a shown text are meant by what was typed: as written, as pinyin, as digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desktop.core.folding import is_hanzi
from desktop.core.name_forms import MOST_JOINED, MOST_MIXED, readings, shortenings
from desktop.core.pinyin import place_reading, unit_spans
from desktop.core.tokens import stands_alone, tokens
from desktop.models.search_words import END, PLACE, PLACES
from desktop.queries.search_terms import Node, Term, read

Span = tuple[int, int]
"""Where it begins, and how many characters it has."""

_PHONE = re.compile(r"[+(\d][\d\s().+/·-]*")
_LONGEST = 200
"""Longer texts are marked no further than this."""


class Marks:
    """What was typed once, to be found in many texts."""

    def __init__(self, typed: str) -> None:
        found = read(typed, lambda _: False)
        self._terms = tuple(dict.fromkeys(_terms(found.node))) if found.node else ()
        self._numbers = tuple(dict.fromkeys(number.casefold() for number, _ in found.numbers))

    def name(self, text: str) -> list[Span]:
        """In a name: as written, or as its pinyin."""
        marked = self._written(text)
        letters = [
            term.text
            for term in self._terms
            if term.begins and " " not in term.text and not term.text[0].isdigit()
        ]
        for typed in letters:
            if not marked.issuperset(spelled := _spelled(text, typed)):
                marked |= spelled
        return _spans(marked)

    def phone(self, text: str) -> list[Span]:
        """In a phone number however it is grouped: from the start of a group, or at its end."""
        places = [at for at, char in enumerate(text[:_LONGEST]) if char.isdecimal()]
        digits = "".join(text[at] for at in places)
        begins = [at for at, place in enumerate(places) if place == 0 or not text[place - 1].isdecimal()]
        marked: set[int] = set()
        for term in self._terms:
            if term.text[:1] == END and digits[::-1].startswith(term.text[1:]):
                marked.update(_between(places, len(digits) - len(term.text) + 1, len(digits)))
            elif term.begins and term.text.isdecimal():
                for at in begins:
                    if digits.startswith(term.text, at):
                        marked.update(_between(places, at, at + len(term.text)))
                        break
        return _spans(marked)

    def place(self, text: str) -> list[Span]:
        """In an address: as written, or in pinyin."""
        marked = self._written(text)
        for term in self._terms:
            if term.text[0] == PLACE:
                marked |= _read_as_place(text, term.text[1:])
        return _spans(marked)

    def number(self, text: str) -> list[Span]:
        """In the number of a record, from its beginning."""
        folded = text.casefold()
        longest = max((len(one) for one in self._numbers if folded.startswith(one)), default=0)
        return [(0, longest)] if longest else _spans(self._written(text))

    def words(self, text: str) -> list[Span]:
        """In any other text, as written."""
        return _spans(self._written(text))

    def any(self, text: str) -> list[Span]:
        """In a text of which nothing is known: a phone if it looks like one, else a name or an address."""
        return self.phone(text) if _PHONE.fullmatch(text) else self.name(text) or self.place(text)

    def _written(self, text: str) -> set[int]:
        marked: set[int] = set()
        placed = list(_placed(text[:_LONGEST]))
        for term in self._terms:
            wanted = term.text.split(" ")
            for at in range(len(placed) - len(wanted) + 1):
                if (span := _here(placed[at : at + len(wanted)], wanted, begins=term.begins)) is not None:
                    marked.update(span)
        return marked


class _Placed(NamedTuple):
    """A token of a text, and which of its characters each character of the token came from."""

    token: str
    places: tuple[int, ...]


def _placed(text: str) -> Iterator[_Placed]:
    token = ""
    places: list[int] = []
    for at, char in enumerate(text + " "):
        cut = tokens(char)
        alone = bool(cut) and stands_alone(cut[0][0])
        if token and (alone or not (cut or _joins(char))):
            yield _Placed(token, tuple(places))
            token, places = "", []
        if alone:
            yield from (_Placed(one, (at,)) for one in cut)
        else:
            for one in cut:
                token += one
                places += [at] * len(one)


def _joins(char: str) -> bool:
    """Whether a character that is no part of a word does not part words either, as a mark on a letter."""
    return len(tokens(f"a{char}a")) == 1


def _here(placed: list[_Placed], wanted: list[str], *, begins: bool) -> range | None:
    *before, last = placed
    if [one.token for one in before] != wanted[:-1]:
        return None
    if last.token != wanted[-1] and not (begins and last.token.startswith(wanted[-1])):
        return None
    return range(placed[0].places[0], last.places[len(wanted[-1]) - 1] + 1)


def _terms(node: Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    else:
        for part in node.parts:
            yield from _terms(part)


def _spelled(name: str, typed: str) -> set[int]:
    """The characters of a name that letters stand for, from the first syllable on that they can."""
    if len(name) > _LONGEST:
        return set()
    spans = unit_spans(name)
    for units in readings(name):
        for start in range(len(units)):
            if letters := _reads(typed, units[start:]):
                marked: set[int] = set()
                for (first, stop), count in zip(spans[start:], letters, strict=False):
                    # Of a Latin word the letters that were typed; of a character all.
                    marked.update(range(first, min(stop, first + count)))
                return marked
    return set()


def _reads(typed: str, units: tuple[str, ...]) -> list[int]:
    """How many letters of each syllable are typed, [] if they are not: as in `name_forms`."""
    if units[0].startswith(typed):
        return [len(typed)]
    if len(units) > MOST_MIXED:
        units = units[:MOST_JOINED]
        if "".join([unit[0] for unit in units]).startswith(typed):
            return [1] * len(typed)
        return _in_turn(len(typed), units) if "".join(units).startswith(typed) else []
    if len(units) == 1:
        return []
    for short in shortenings(units[0]):
        if typed.startswith(short) and (more := _reads(typed[len(short) :], units[1:])):
            return [len(short), *more]
    return []


def _in_turn(letters: int, units: Iterable[str]) -> list[int]:
    """So many letters given to syllables one after the other."""
    given: list[int] = []
    for unit in units:
        if letters <= 0:
            break
        given.append(min(letters, len(unit)))
        letters -= len(unit)
    return given


def _read_as_place(text: str, typed: str) -> set[int]:
    at = 0
    for part in PLACES.findall(text[:_LONGEST]):
        hanzi = [at + place for place, char in enumerate(part) if is_hanzi(char)]
        at += len(part)
        read = [place_reading(text[place]) for place in hanzi]
        whole = place_reading("".join(text[place] for place in hanzi))
        if len(hanzi) < 2 or not whole.startswith(typed):
            continue
        return set(hanzi[: len(_in_turn(len(typed), read))])
    return set()


def _between(places: list[int], start: int, stop: int) -> range:
    return range(places[start], places[stop - 1] + 1)


def _spans(marked: set[int]) -> list[Span]:
    spans: list[Span] = []
    for at in sorted(marked):
        if spans and sum(spans[-1]) == at:
            spans[-1] = (spans[-1][0], spans[-1][1] + 1)
        else:
            spans.append((at, 1))
    return spans
