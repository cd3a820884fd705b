"""Which customers are worth comparing: those who share something that could make them one.

Comparing everybody with everybody is hopeless; comparing all who share a name is, too, where thousands bear
it. Each kind of evidence has a most that it can weigh (core/likeness.py), so a block of customers who share a
value is compared whole only where that value could be enough, beside a birthday or a town; otherwise only
those in it who share a second thing as well. Nothing above the threshold is missed, and hostile books stay
bounded: a value that more share than could count makes no pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from desktop.core.likeness import (
    MOST_SHARING,
    PART_BITS,
    REGION_BITS,
    SLIP_BITS,
    Frequencies,
    meeting_numbers,
    near_bits,
)
from desktop.core.name_keys import near_keys, nearness
from desktop.core.person_keys import Person
from desktop.core.progress import Progress

Pair = tuple[int, int]
"""Two places in the list of people, the smaller first."""
BIRTHDAY_BITS = 13.5
_MOST_NEAR = 400
"""Names that may be compared with one another for one shared key."""
_LONG_NUMBER = 10


def candidates(people: Sequence[Person], known: Frequencies, progress: Progress) -> set[Pair]:
    """Every pair that could score at or above the threshold, and some more."""
    found: set[Pair] = set()
    for number, part in enumerate((_by_contact, _by_address, _by_name, _by_near_name, _by_birthday)):
        progress.check()
        for block in part(people, known):
            found.update(combinations(block, 2))
            progress.check()
        progress.report(number + 1, 5)
    return found


def _blocks(
    places: Iterable[int], keys: Callable[[int], Iterable[str]], most: int = 0
) -> Iterator[list[int]]:
    """Groups of two and more places that share a key, each group in the order of its places."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at in places:
        for key in keys(at):
            groups[key].append(at)
    for group in groups.values():
        if len(group) > 1 and (not most or len(group) <= most):
            yield group


def _by_contact(people: Sequence[Person], known: Frequencies) -> Iterator[list[int]]:
    everybody = range(len(people))
    # What is counted once only meets nobody.
    shared = {number for number, count in known.numbers.items() if 1 < count <= MOST_SHARING}
    yield from _blocks(everybody, lambda at: meeting_numbers(people[at], shared) & shared)
    handles = {handle for handle, count in known.handles.items() if 1 < count <= MOST_SHARING}
    yield from _blocks(everybody, lambda at: handles.intersection(people[at].handles))


def _by_address(people: Sequence[Person], known: Frequencies) -> Iterator[list[int]]:
    shared = {key for key, count in known.addresses.items() if 1 < count <= MOST_SHARING}
    return _blocks(
        range(len(people)), lambda at: {held.key for held in people[at].addresses if held.key in shared}
    )


def _by_name(people: Sequence[Person], known: Frequencies) -> Iterator[list[int]]:
    """Who bears one name: all of them while it is rare, else those who share something beside it."""
    needed = known.everybody
    for block in _blocks(
        (at for at, one in enumerate(people) if known.names[one.name.key] > 1),
        lambda at: (people[at].name.key,) if people[at].name.key else (),
    ):
        bits = known.name_bits(people[block[0]])
        if bits <= 0:
            continue
        if bits + REGION_BITS >= needed:
            yield block
            continue
        if bits + REGION_BITS + BIRTHDAY_BITS >= needed:
            yield from _by_day(people, known, block)
        if bits + REGION_BITS + PART_BITS + SLIP_BITS >= needed:
            yield from _blocks(block, lambda at: _slips(people[at]))
        if bits + REGION_BITS + PART_BITS >= needed:
            yield from _blocks(block, lambda at: {n for held in people[at].addresses for n in held.numbers})


def _by_day(people: Sequence[Person], known: Frequencies, block: Sequence[int]) -> Iterator[list[int]]:
    """Who of a block was born on one day: the same day where that tells something, else the same date."""
    born = [at for at in block if people[at].birthday]
    for group in _blocks(born, lambda at: (people[at].day,)):
        if known.birthday_bits(people[group[0]].day):
            yield group
        else:
            for same in _blocks(group, lambda at: (people[at].birthday,)):
                if known.birthday_bits(people[same[0]].birthday):
                    yield same


def _slips(one: Person) -> set[str]:
    """A long phone number without one of its digits: numbers one digit apart share one of these."""
    keys: set[str] = set()
    for number in one.numbers:
        if len(number) >= _LONG_NUMBER:
            keys.add(number)
            keys.update(number[:at] + number[at + 1 :] for at in range(len(number)))
    return keys


def _by_near_name(people: Sequence[Person], known: Frequencies) -> Iterator[list[int]]:
    """Who bears names that are near each other, where that could be enough beside the same town."""
    needed = known.everybody
    bearers: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(people):
        if one.name.key:
            bearers[one.name.key].append(at)
    few = 2 ** (REGION_BITS + 1) + 1
    firsts = [block[0] for block in bearers.values() if len(block) <= few]
    for block in _blocks(
        firsts,
        lambda at: (key for key, bits in near_keys(people[at].name) if bits + REGION_BITS >= needed),
        _MOST_NEAR,
    ):
        for mine, theirs in combinations(block, 2):
            one, other = people[mine], people[theirs]
            near = nearness(one.name, other.name, known.rare_words)
            if near and near_bits(near, one, other, known) + REGION_BITS >= needed:
                for of in bearers[one.name.key]:
                    for to in bearers[other.name.key]:
                        yield sorted((of, to))


def _by_birthday(people: Sequence[Person], known: Frequencies) -> Iterator[list[int]]:
    """Who bears near names and was born on one day."""
    needed = known.everybody
    told = {day for day in known.birthdays if known.birthday_bits(day)}
    born = [at for at, one in enumerate(people) if one.day in told or one.birthday in told]

    def keys(at: int) -> Iterator[str]:
        one = people[at]
        for key, bits in near_keys(one.name):
            if bits + REGION_BITS + BIRTHDAY_BITS >= needed:
                yield f"{one.day if one.day in told else one.birthday} {key}"

    return _blocks(born, keys)
