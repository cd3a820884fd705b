"""Words of a file that stand for a code and that nobody knows: the owner says what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from desktop.exchange.checking.columns import Columns, Placed
from desktop.exchange.reading.table import cell_text
from desktop.exchange.values.code_words import CODES
from desktop.exchange.vocabulary import synonyms
from desktop.exchange.vocabulary.fields import FIELD

_LONGEST = 60
_MOST = 200
"""Of a column that holds more different words than that, none is a word for a code."""


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word of a column: how many rows have it, and what the owner said it means (None: nothing yet)."""

    field: str
    header: str
    word: str
    rows: int
    code: str | None = None


def unknown_words(columns: Columns, told: Mapping[str, Mapping[str, str]]) -> tuple[UnknownWord, ...]:
    """The words nobody knows and those that `told` (field → folded word → code) explains, by column."""
    found: list[UnknownWord] = []
    for placed in columns.every:
        if FIELD[placed.field].kind in CODES:
            found += _of(placed, told.get(placed.field, {}))
    return tuple(found)


def _of(placed: Placed, told: Mapping[str, str]) -> list[UnknownWord]:
    wanted = set(placed.faults)
    if told:
        wanted |= {at for at, cell in enumerate(placed.cells) if synonyms.folded(cell_text(cell)) in told}
    if not wanted or len(wanted) > _MOST:
        return []
    times = np.bincount(placed.codes, minlength=len(placed.cells))
    spelled: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for at in sorted(wanted):
        word = cell_text(placed.cells[at]).strip()
        if word and len(word) <= _LONGEST and times[at]:
            folded = synonyms.folded(word)
            spelled.setdefault(folded, word)
            counted[folded] += int(times[at])
    rows = [
        UnknownWord(placed.field, placed.header, word, counted[folded], told.get(folded))
        for folded, word in spelled.items()
    ]
    return sorted(rows, key=lambda one: (one.code is not None, -one.rows, one.word))
