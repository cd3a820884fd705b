"""What a layout says, and how it is read from its file: resources/layouts/README.md is its description."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from desktop.core import words
from desktop.core.errors import ShukeError
from desktop.core.text import clean_cell, fold
from desktop.core.translation import language
from desktop.exchange.vocabulary import fields, synonyms

NUMBER = "{n}"
"""Stands for 1, 2, 3… in a header."""
ANY_CELL, FIRST_CELL = "*", "^"
"""Columns of `drop` that are no header."""

_KEYS = frozenset(
    {
        *("name", "target", "channel", "recognise", "whole_header", "title", "facts", "columns", "join"),
        *("join_with", "keep", "drop", "fill_down", "repeat", "statuses", "status_of"),
        *("words", "extract"),
    }
)
_FACTS: Mapping[str, type] = {
    "paid_is_net": bool, "paid_is_due": bool, "status_by_line": bool, "day_first": bool,
    "amounts": str, "currency": str, "country": str, "multi": str,
}  # fmt: skip


_ANYTHING = r"(?!(?:-+|—+|/|null|none|n/a|无)$)[\s\S]+"


class LayoutError(ShukeError):
    """A layout's file is not well made: says which file and what is wrong with it. For whoever wrote it."""


class Extract(NamedTuple):
    """A value that stands within the text of a column (header folded): the first group of a pattern."""

    column: str
    pattern: re.Pattern[str]
    form: str = ""
    r"""The value made of the groups, where it is not the first as it stands: 20\1-\2-\3."""

    def value(self, text: str) -> str | None:
        """What a text says, or None."""
        found = self.pattern.search(text)
        if found is None:
            return None
        return found.expand(self.form) if self.form else found[1]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a platform's table is brought into one row a line, before its columns are read.

    Headers are folded, save "*" and "^" of `drop`; words are as they were written and may hold `*`.
    """

    join: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Field → its values, each by the headers of its parts."""
    join_with: Mapping[str, str] = field(default_factory=dict)
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drop: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fill_down: tuple[str, ...] = ()
    repeat: Mapping[str, str] = field(default_factory=dict)
    """Field → the header of its columns, with {n}."""
    status_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    status_by_line: bool = False
    """Whether each row of an order has a state of its own."""
    extract: Mapping[str, Extract] = field(default_factory=dict)
    """Field → where it stands within another column's text."""
    order: tuple[str, ...] = ()
    """The headers as the layout names them: of several for one field, the earlier counts first."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One platform's export. Headers are folded; `statuses` are its words for the states of an order."""

    name: str
    titles: Mapping[str, str]
    target: str
    channel: str
    recognise: frozenset[str]
    columns: Mapping[str, str]
    statuses: Mapping[str, str]
    paid_is_net: bool | None = None
    """Whether the paid column is what remained after refunds; None: found out from the figures."""
    paid_is_due: bool = False
    """Whether the paid column is what is to be paid: nothing is paid yet of an order that waits for it."""
    amounts: str = ""
    """"order": the rows of an order repeat its amounts; "line": each has its share; "": looked at."""
    status_by_line: bool = False
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field → folded word of the platform → ours; "" says nothing."""
    day_first: bool | None = None
    currency: str = ""
    """What its amounts are in where no column says it; "": the shop's own."""
    country: str = ""
    """Where its phones without a prefix are; "": where the shop is."""
    multi: str = ""
    """What stands between several values in one cell."""
    shape: Shape = field(default_factory=Shape)
    whole_header: bool = False
    """Whether it is for files with hardly any header but those of `recognise`."""

    def title(self) -> str:
        """Its name in the user's language."""
        return self.titles.get(language()) or self.titles.get("en") or self.name

    def field_of(self, header: str) -> str:
        """Where a column of that header (folded) goes; "" for nowhere."""
        if header in self.columns:
            return self.columns[header]
        for key, values in self.shape.join.items():
            if any(numbered(part).fullmatch(header) for parts in values for part in parts):
                return key
        for key, pattern in (*self.shape.repeat.items(), *_turned(self.columns)):
            if numbered(pattern).fullmatch(header):
                return key
        return ""

    @property
    def headers(self) -> frozenset[str]:
        """Every header it speaks of, folded; those with a number as 1."""
        shape = self.shape
        said = [*self.columns, *shape.fill_down, *shape.keep, *shape.status_of, *shape.repeat.values()]
        said += [part for values in shape.join.values() for parts in values for part in parts]
        return self.recognise | {header.replace(NUMBER, "1") for header in said}


def _turned(columns: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(key, header) for header, key in columns.items() if NUMBER in header]


@lru_cache(maxsize=4096)
def numbered(header: str) -> re.Pattern[str]:
    """The headers that a folded one stands for, its number as a group where it has one."""
    return re.compile(re.escape(header).replace(re.escape(NUMBER), r"(\d{1,3})"), re.ASCII)


@lru_cache(maxsize=1024)
def matcher(said: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a cell's text is one of the words: folded; `*` stands for anything, alone for anything said."""
    patterns = []
    for word in said:
        pieces = [re.escape(fold(clean_cell(piece))) for piece in word.split("*")]
        patterns.append(_ANYTHING if word.strip() == "*" else r"[\s\S]*".join(pieces))
    found = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))

    def matches(text: str) -> bool:
        return found.fullmatch(fold(clean_cell(text))) is not None

    return matches


def read_layout(path: Path) -> Layout:
    """A layout from its file. Raises LayoutError for one that is not well made, OSError."""
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise LayoutError(f"{path.name}: {fault}") from fault
    try:
        return layout_of(said)
    except LayoutError as fault:
        raise LayoutError(f"{path.name}: {fault}") from fault


def layout_of(said: Mapping[str, Any]) -> Layout:
    """A layout from what its file says. Raises LayoutError."""
    if unknown := sorted(set(said) - _KEYS):
        raise LayoutError(f"nothing is known of “{unknown[0]}”")
    target = _text(said, "target")
    known = {place.key for place in fields.FIELDS if target in place.targets}
    if not known:
        raise LayoutError(f"there is no target “{target}”")
    facts = _facts(said.get("facts", {}))
    columns = _headed(_table(said, "columns", str))
    shape = _shape(said, columns)
    words_of = {
        key: {synonyms.folded(word): code for word, code in _table(said["words"], key, str).items()}
        for key in _table(said, "words", dict)
    }
    for key in (*columns.values(), *shape.join, *shape.repeat, *shape.join_with, *shape.extract, *words_of):
        if key and key not in known:
            raise LayoutError(f"{target} have no field “{key}”")
    statuses = {
        word if "*" in word else synonyms.folded(word): code
        for word, code in _table(said, "statuses", str).items()
    }
    codes = (code for told in (statuses, *shape.status_of.values()) for code in told.values())
    for code in codes:
        if target == fields.ORDERS and code not in words.ORDER_STATUSES:
            raise LayoutError(f"there is no status “{code}”")
    recognise = frozenset(map(synonyms.folded, _texts(said.get("recognise"), "recognise")))
    if not recognise:
        raise LayoutError("“recognise” names no header")
    return Layout(
        name=_text(said, "name"),
        titles=_table(said, "title", str) or {"en": _text(said, "name")},
        target=target,
        channel=_text(said, "channel", ""),
        recognise=recognise,
        columns=columns,
        statuses=statuses,
        shape=shape,
        words=words_of,
        whole_header=bool(said.get("whole_header", False)),
        **facts,
    )


def _shape(said: Mapping[str, Any], columns: Mapping[str, str]) -> Shape:
    join = {key: _values(parts, key) for key, parts in _table(said, "join", list).items()}
    repeat = {key: synonyms.folded(pattern) for key, pattern in _table(said, "repeat", str).items()}
    for key, pattern in repeat.items():
        if pattern.count(NUMBER) != 1:
            raise LayoutError(f"“{pattern}” of {key} says not once where its number {NUMBER} stands")
    drop = {
        header if header in (ANY_CELL, FIRST_CELL) else synonyms.folded(header): _texts(these, header)
        for header, these in _table(said, "drop", list).items()
    }
    keep = {
        synonyms.folded(header): _texts(these, header) for header, these in _table(said, "keep", list).items()
    }
    status_of = {
        synonyms.folded(header): _table(said["status_of"], header, str)
        for header in _table(said, "status_of", dict)
    }
    fill_down = said.get("fill_down", [])
    if isinstance(fill_down, dict):
        fill_down = fill_down.get("headers", [])
    parts = [part for values in join.values() for these in values for part in these]
    return Shape(
        join=join,
        join_with=_table(said, "join_with", str),
        keep=keep,
        drop=drop,
        fill_down=tuple(map(synonyms.folded, _texts(fill_down, "fill_down"))),
        repeat=repeat,
        status_of=status_of,
        status_by_line=bool(said.get("facts", {}).get("status_by_line", False)),
        extract=_extracts(said),
        order=(*parts, *repeat.values(), *columns),
    )


def _values(said: list[Any], key: str) -> tuple[tuple[str, ...], ...]:
    """The parts of a value, or of several."""
    several = said if said and all(isinstance(one, list) for one in said) else [said]
    return tuple(tuple(map(synonyms.folded, _texts(parts, key))) for parts in several)


def _extracts(said: Mapping[str, Any]) -> dict[str, Extract]:
    found: dict[str, Extract] = {}
    for key, how in _table(said, "extract", dict).items():
        try:
            pattern = re.compile(_text(how, "pattern"))
        except re.error as fault:
            raise LayoutError(f"the pattern of “{key}”: {fault}") from fault
        if pattern.groups < 1:
            raise LayoutError(f"the pattern of “{key}” has no group")
        form = _text(how, "as", "")
        try:
            # A form that names a group there is not is told now, with any text.
            re.compile(pattern.pattern + "|").sub(form, "")
        except (re.error, IndexError) as fault:
            raise LayoutError(f"the form of “{key}”: {fault}") from fault
        found[key] = Extract(synonyms.folded(_text(how, "column")), pattern, form)
    return found


def _headed(columns: Mapping[str, str]) -> dict[str, str]:
    """By folded header; of two that are one, the first that goes somewhere."""
    found: dict[str, str] = {}
    for header, key in columns.items():
        name = synonyms.folded(header)
        found[name] = found.get(name) or key
    return found


def _facts(said: Any) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise LayoutError("“facts” is no table")
    for name, value in said.items():
        if name not in _FACTS:
            raise LayoutError(f"nothing is known of the fact “{name}”")
        if not isinstance(value, _FACTS[name]):
            raise LayoutError(f"the fact “{name}” is no {_FACTS[name].__name__}")
    if said.get("amounts", "order") not in ("order", "line"):
        raise LayoutError("“amounts” is neither “order” nor “line”")
    return said


def _text(said: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = said.get(key, default)
    if not isinstance(value, str) or (default is None and not value):
        raise LayoutError(f"“{key}” is missing or no text")
    return value


def _texts(value: Any, key: str) -> tuple[str, ...]:
    """A list of texts; one text is a list of one."""
    these = [value] if isinstance(value, str) else value
    if not isinstance(these, list) or not all(isinstance(one, str) for one in these):
        raise LayoutError(f"“{key}” is no list of texts")
    return tuple(these)


def _table(said: Mapping[str, Any], key: str, of: type) -> dict[str, Any]:
    value = said.get(key, {})
    if not isinstance(value, dict):
        raise LayoutError(f"“{key}” is no table")
    for name, one in value.items():
        if not isinstance(one, of) and not (of is list and isinstance(one, str)):
            raise LayoutError(f"“{name}” of “{key}” is no {of.__name__}")
    return value
