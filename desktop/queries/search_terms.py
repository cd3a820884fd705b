"""What was typed into a search as conditions on a customer's words: for the index, and for one by one.

Each word typed must be found. A run of Chinese characters stands together in one field (or, if nobody has
that, falls into two such parts); letters begin a word, a name's pinyin or, from three on, a place's pinyin;
digits begin a number or end a phone. What mixes these without blanks is taken apart where they meet. Nothing
typed is query syntax.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from desktop.core.tokens import bare, stands_alone, tokens
from desktop.models.search_words import END, PLACE, Entry

MOST_TYPED = 200
"""Characters of what was typed that are looked at."""

_GLUE = frozenset(".@_-'’&+")
"""These join what stands beside them to one thing: lihua-tea, emma.c@example.com, 138-0013."""
_NUMBER = re.compile(r"[+(]*\d[\d().+/-]*")
_RUNS = re.compile(r"\d+|\D+")
_FEWEST_LETTERS_OF_A_PLACE = 3
_LONG_RUN = 4
_INDEXED = 4
"""The longest beginnings that the full-text index holds as such."""


class Term(NamedTuple):
    """Neighbouring tokens; the last may be a beginning. `written`: in a field, not in a name's pinyin."""

    text: str
    begins: bool = True
    written: bool = False

    def fts(self) -> str:
        """For FTS5."""
        return f'{"words : " if self.written else ""}"{self.text}"{"*" if self.begins else ""}'

    def holds(self, entry: Entry) -> bool:
        """Whether a customer has it; the same answer as the index gives."""
        wanted = f" {self.text}" if self.begins else f" {self.text} "
        return wanted in entry.words or (not self.written and wanted in entry.forms)


class Every(NamedTuple):
    """All of these."""

    parts: tuple[Node, ...]

    def fts(self) -> str:
        """For FTS5."""
        return f"({' AND '.join([part.fts() for part in self.parts])})"

    def holds(self, entry: Entry) -> bool:
        """Whether a customer has all of them."""
        return all(part.holds(entry) for part in self.parts)


class Either(NamedTuple):
    """One of these is enough."""

    parts: tuple[Node, ...]

    def fts(self) -> str:
        """For FTS5."""
        return f"({' OR '.join([part.fts() for part in self.parts])})"

    def holds(self, entry: Entry) -> bool:
        """Whether a customer has one of them."""
        return any(part.holds(entry) for part in self.parts)


Node = Term | Every | Either


class Query(NamedTuple):
    """`node`: what words must hold, None when nothing typed is a word; `numbers`: the words that may be an
    order's number instead, each with what the other words ask."""

    node: Node | None
    numbers: tuple[tuple[str, Node | None], ...]


Known = Callable[[Node], bool]
"""Whether anybody at all, or very many, hold something."""


def read(typed: str, known: Known) -> Query:
    """What was typed, understood; a long run of characters is taken apart when nobody has it together."""
    words = unicodedata.normalize("NFKC", typed[:MOST_TYPED]).split()
    node = _together(words, known)
    numbers = []
    for at, word in enumerate(words):
        number = word.strip("#.,:;()\0")
        if number and any(map(str.isdigit, number)):
            numbers.append((number, _together([*words[:at], *words[at + 1 :]], known)))
    return Query(node, tuple(numbers))


def quick_part(node: Node, common: Known) -> Node | None:
    """What of several words the full-text index finds quickly; None when that is all of them, or nothing.

    Long runs of characters are slow, and beginnings of places that very many share (`common`).
    """
    if not isinstance(node, Every):
        return None
    quick = [part for part in node.parts if not _slow(part, common)]
    return _every(quick) if len(quick) < len(node.parts) else None


def _slow(node: Node, common: Known) -> bool:
    if isinstance(node, Term):
        if node.text.startswith(PLACE):
            return common(Term(node.text[:_INDEXED]))
        return not node.begins and node.text.count(" ") >= _LONG_RUN - 1
    return any(_slow(part, common) for part in node.parts)


def _together(words: Sequence[str], known: Known) -> Node | None:
    parts: list[Node] = []
    digits: list[str] = []
    for word in [*words, ""]:
        if word and _NUMBER.fullmatch(word):
            digits.append(word)
            continue
        if digits:
            parts += _number_in_groups(digits)
            digits = []
        parts += _word(word, known)
    return _every(parts)


def _number_in_groups(words: list[str]) -> Iterator[Node]:
    """Numbers typed one after the other: each, or all of them as one: 138 0013 8421."""
    groups = [group for word in words for group in tokens(word)]
    each = _every([_digits(group) for group in groups])
    if each:
        yield Either((_digits("".join(groups)), each)) if len(groups) > 1 else each


def _word(word: str, known: Known) -> Iterator[Node]:
    run, alone = "", False
    for char in bare(word) + "\0":
        now_alone = stands_alone(char)
        kind = unicodedata.category(char)
        joins = char.isalnum() or char in _GLUE or kind[0] == "M" or kind == "Cf"
        if run and (now_alone != alone or not (now_alone or joins)):
            yield from _run(run, alone, known)
            run = ""
        if now_alone or joins:
            run, alone = run + char, now_alone


def _run(run: str, alone: bool, known: Known) -> Iterator[Node]:
    cut = tokens(run)
    if alone:
        yield _characters(cut, known)
    elif len(cut) == 1:
        yield _token(cut[0])
    elif cut and all(map(str.isdigit, cut)):
        yield from _number_in_groups(cut)
    elif cut:
        yield Term(" ".join(cut), written=True)


def _characters(cut: list[str], known: Known) -> Node:
    whole = Term(" ".join(cut), begins=False)
    if len(cut) < _LONG_RUN or known(whole):
        return whole
    return _either(
        [
            Every((Term(" ".join(cut[:at]), begins=False), Term(" ".join(cut[at:]), begins=False)))
            for at in range(2, len(cut) - 1)
        ]
    )


def _token(token: str) -> Node:
    runs = _RUNS.findall(token)
    if len(runs) > 1:
        apart = _every([_token(run) for run in runs])
        return Either((Term(token), apart)) if apart else Term(token)
    if token.isdigit():
        return _digits(token)
    if len(token) < _FEWEST_LETTERS_OF_A_PLACE:
        return Term(token)
    return Either((Term(token), Term(PLACE + token)))


def _digits(digits: str) -> Node:
    """The digits at the beginning of a number, or at the end of a phone."""
    return _either(
        [term for dialled in _dialled(digits) for term in (Term(dialled), Term(END + dialled[::-1]))]
    )


def _dialled(digits: str) -> Iterator[str]:
    """A number as it was typed, and without what is dialled before it: 0086, 86, 00, a trunk's 0."""
    yield digits
    for before, least in (("0086", 11), ("86", 11), ("00", 8), ("0", 8)):
        if digits.startswith(before) and len(digits) - len(before) >= least:
            yield digits[len(before) :]


def _every(parts: Sequence[Node]) -> Node | None:
    return None if not parts else parts[0] if len(parts) == 1 else Every(tuple(parts))


def _either(parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Either(tuple(parts))
