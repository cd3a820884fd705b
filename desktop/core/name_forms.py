"""How a name may be typed in letters: whole syllables, first letters, or a mixture, from any syllable on.

王丽华 is found by what begins one of wanglihua, wlihua, wanglhua, wlhua, lihua, lhua, hua.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from itertools import product

from desktop.core.pinyin import spellings
from desktop.core.tokens import stands_alone

MOST_MIXED = 4
"""Longer rests of a name are typed in whole syllables or in first letters throughout."""
MOST_JOINED = 8
"""No more syllables than this are looked for as one word."""


def shortenings(unit: str) -> tuple[str, ...]:
    """What may stand for a syllable or a Latin word that others follow: "zhang" → zhang, z, zh."""
    if unit[:2] in ("zh", "ch", "sh") and len(unit) > 2:
        return unit, unit[0], unit[:2]
    return (unit, unit[0]) if len(unit) > 1 else (unit,)


def readings(name: str) -> list[tuple[str, ...]]:
    """`spellings`, and ü typed as u beside v."""
    found = spellings(name)
    return found + [
        tuple("u".join(unit.split("v")) if unit in _UMLAUTS else unit for unit in one)
        for one in found
        if not _UMLAUTS.isdisjoint(one)
    ]


_UMLAUTS = frozenset(("lv", "nv", "lve", "nve"))


@functools.lru_cache(maxsize=16_384)
def name_forms(name: str) -> tuple[str, ...]:
    """Every form of which the beginning may be typed for a name."""
    forms: dict[str, None] = {}
    for units in readings(name):
        for run in _latin_runs(units):
            for start in range(len(run)):
                forms.update(dict.fromkeys(_from(run[start : start + MOST_JOINED])))
    return tuple(forms)


def _from(units: Sequence[str]) -> Iterator[str]:
    """The forms that begin with the first of some units, of which there are MOST_JOINED at most."""
    if len(units) > MOST_MIXED:
        yield "".join(units)
        yield "".join([unit[0] for unit in units])
        return
    last = units[-1]
    for begun in product(*map(shortenings, units[:-1])):
        yield "".join(begun) + last


def _latin_runs(units: Sequence[str]) -> Iterator[list[str]]:
    """The runs of neighbouring units that are typed in letters; kana stand for themselves."""
    run: list[str] = []
    for unit in units:
        if stands_alone(unit[0]):
            if run:
                yield run
            run = []
        else:
            run.append(unit)
    if run:
        yield run
