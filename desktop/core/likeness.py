"""How likely two customers are one person: evidence for and against, weighed in bits.

Evidence weighs as much as it is rare: a name that one customer in a thousand bears is worth ten bits, so
王伟 tells little in a large shop, and so does the town where all customers live. Two customers taken by
chance are one person about once in as many pairs as there are customers; the bits for and against are added
to that, and the sum is a probability. Birthdays and towns count only beside a name, a contact or an address.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from desktop.core.name_keys import Nearness, name_bits, nearness, part_of
from desktop.core.person_keys import Address, Person, tails
from desktop.core.translation import mark

THRESHOLD = 0.5
"""Pairs below it are not worth the owner's time."""
MOST_SHARING = 30
"""An account or an address that more customers share is a hotline or a depot and tells nothing."""
REGION_BITS, PART_BITS, SLIP_BITS = 3.0, 5.0, 8.0
_LEAST_CUSTOMERS = 1000
_SERIES = 3
_SAME_WORDS = 85.0
_AGAINST_ALL = -6.0
_OTHER_PHONE = -3.2
"""One person in nine who stands there twice does so with two phones: it outweighs a shared town."""

REASONS: Mapping[str, str] = {
    "phone": mark("Same phone number"),
    "phone-slip": mark("Phone numbers one digit apart"),
    "handle": mark("Same account name"),
    "name": mark("Same name"),
    "name-script": mark("Same name, written differently"),
    "name-sound": mark("Names sound the same"),
    "name-slip": mark("Names one letter apart"),
    "name-part": mark("One name is part of the other"),
    "address": mark("Same address"),
    "address-part": mark("Addresses fit together"),
    "birthday": mark("Same birthday"),
    "region": mark("Same region"),
    "other-name": mark("Different names"),
    "other-phone": mark("Different phones"),
    "other-account": mark("Different accounts"),
    "other-address": mark("Different addresses"),
    "other-birthday": mark("Different birthdays"),
    "other-gender": mark("Different genders"),
    "other-region": mark("Different regions"),
    "other-kind": mark("A person and a company"),
}
"""What speaks for (and, as "other-…", against) two customers being one."""


class Reason(NamedTuple):
    """One piece of evidence: a key of REASONS, what it is about ("" for nothing to show), and its bits."""

    code: str
    value: str
    bits: float


class Likeness(NamedTuple):
    """The probability, 0 to 1, and what it comes from, the strongest first."""

    score: float
    reasons: tuple[Reason, ...]


@dataclass
class Frequencies:
    """How many of the `customers` share each value; what one pair weighs depends on them."""

    customers: int = 0
    names: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    sounds: Counter[str] = field(default_factory=Counter)
    handles: Counter[str] = field(default_factory=Counter)
    addresses: Counter[str] = field(default_factory=Counter)
    birthdays: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    """Whole phone numbers, and those of them that are the end of longer ones."""
    stems: Counter[str] = field(default_factory=Counter)
    """Phone numbers without their last two digits: how many were given out in one series."""
    rare_words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, people: Sequence[Person]) -> Frequencies:
        """Counted over all customers of a book."""
        found = cls()
        for one in people:
            found.customers += 1
            found.names[one.name.key] += 1
            found.words.update(set(one.name.words))
            if one.name.sound:
                found.sounds[one.name.sound] += 1
            found.handles.update(one.handles)
            found.addresses.update({held.key for held in one.addresses})
            if one.birthday:
                found.birthdays.update({one.birthday, one.day})
            if one.region:
                found.regions[one.region] += 1
        whole = {number for one in people for number in one.numbers}
        for one in people:
            found.numbers.update(meeting_numbers(one, whole))
            found.stems.update({number[:-2] for number in one.numbers})
        found.rare_words = frozenset(word for word, count in found.words.items() if count == 1)
        return found

    @property
    def everybody(self) -> float:
        """Bits that a pair needs to be as likely one person as not."""
        return math.log2(max(self.customers, _LEAST_CUSTOMERS))

    def rarity(self, count: int) -> float:
        """Bits of a value that so many customers share; a value of two is as rare as can be told."""
        return max(0.0, self.everybody - math.log2(max(count - 1, 1)))

    def name_bits(self, one: Person) -> float:
        """What an equal name is worth."""
        return min(name_bits(one.name), self.rarity(self.names[one.name.key]))

    def birthday_bits(self, birthday: str) -> float:
        """What an equal birthday is worth, with its year or without; one that too many have is a default."""
        count = self.birthdays[birthday]
        whole = birthday[-6:-5] == "-"
        most = 100 if whole else max(60, self.customers // 73)
        if count > most:
            return 0.0
        return min(13.5, self.rarity(count)) if whole else 7.0

    def region_bits(self, region: str) -> float:
        """What an equal region is worth: nothing where everybody lives there."""
        share = self.regions[region] / max(self.customers, 1)
        return min(REGION_BITS, 0.7 * -math.log2(max(share, 1e-9)))


def likeness(one: Person, other: Person, known: Frequencies) -> Likeness:
    """How likely two customers are one; 0 without any evidence for it."""
    contacts = [*_phones(one, other, known), *_handles(one, other, known)]
    named, name = _names(one, other, known)
    same_name = named in ("name", "name-script")
    found = [*contacts, *name]
    places = _addresses(one, other, known, same_name=same_name)
    if same_name and not contacts and (slip := _phone_slip(one, other, known)):
        found.append(slip)
    found += [place for place in places if place.bits > 0]
    if not any(reason.bits > 0 for reason in found):
        return Likeness(0.0, ())
    found += _beside(one, other, known)
    against = [*(place for place in places if place.bits < 0), *_against(one, other, found)]
    bits = sum(reason.bits for reason in found) + max(_AGAINST_ALL, sum(reason.bits for reason in against))
    reasons = sorted((*found, *against), key=lambda reason: (reason.bits <= 0, -abs(reason.bits)))
    return Likeness(_probability(bits - known.everybody), tuple(reasons))


def _probability(bits: float) -> float:
    return round(1 / (1 + math.exp2(-max(-40.0, min(40.0, bits)))), 3)


def meeting_numbers(one: Person, whole: Collection[str]) -> set[str]:
    """A person's numbers and their ends that are `whole` numbers of somebody: what two people may share."""
    return {*one.numbers, *(end for number in one.numbers for end in tails(number) if end in whole)}


def _phones(one: Person, other: Person, known: Frequencies) -> list[Reason]:
    """The best match of two phone numbers, one of them perhaps without its country or town."""
    best = 0
    shown = ""
    for mine in one.numbers:
        for theirs in other.numbers:
            short, whole = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
            if len(short) > best and whole.endswith(short) and known.numbers[short] <= MOST_SHARING:
                best, shown = len(short), whole
    if not best:
        return []
    return [Reason("phone", shown, 22.0 if best >= 10 else 17.0 if best >= 8 else 14.0)]


def _handles(one: Person, other: Person, known: Frequencies) -> list[Reason]:
    found = []
    for key in set(one.handles).intersection(other.handles):
        count = known.handles[key]
        if count > MOST_SHARING:
            continue
        handle = key[1:]
        long = len(handle) >= 8 or (len(handle) >= 6 and any(map(str.isdigit, handle)))
        most = 20.0 if key[0] == "q" else 18.0 if long else 12.0
        # Rarer than can be told in a shop of this size: hardly two people in a million hit on one long name.
        found.append(Reason("handle", handle, min(most, known.rarity(count) + 6)))
    return sorted(found, key=lambda reason: (-reason.bits, reason.value))[:1]


def _phone_slip(one: Person, other: Person, known: Frequencies) -> Reason | None:
    """Two long numbers one digit apart, unless they are of one series of which many customers have one."""
    for mine in one.numbers:
        for theirs in other.numbers:
            if min(len(mine), len(theirs)) >= 10 and OSA.distance(mine, theirs, score_cutoff=1) <= 1:
                series = mine[:-2] == theirs[:-2] and known.stems[mine[:-2]] > _SERIES
                return None if series else Reason("phone-slip", "", SLIP_BITS)
    return None


def _names(one: Person, other: Person, known: Frequencies) -> tuple[str, list[Reason]]:
    """What the names say: the code of it, and the reason if there is one."""
    if not one.name.key or not other.name.key:
        return "", []
    if one.name.key == other.name.key:
        code = "name" if one.written == other.written else "name-script"
        return code, [Reason(code, "", known.name_bits(one))]
    near = nearness(one.name, other.name, known.rare_words)
    if near:
        return near.code, [Reason(near.code, "", near_bits(near, one, other, known))]
    return ("", []) if part_of(one.name, other.name) else ("other-name", [Reason("other-name", "", -4.0)])


def near_bits(near: Nearness, one: Person, other: Person, known: Frequencies) -> float:
    """What a near name is worth: less where many bear one of the two."""
    sounding = known.sounds[one.name.sound] if near.code == "name-sound" else 0
    count = max(known.names[one.name.key], known.names[other.name.key], sounding)
    return min(near.bits, known.rarity(count))


def _addresses(one: Person, other: Person, known: Frequencies, *, same_name: bool) -> list[Reason]:
    """The best match of two addresses; or, when both have one and none fit, that they differ."""
    if not one.addresses or not other.addresses:
        return []
    part = False
    for mine in one.addresses:
        for theirs in other.addresses:
            if mine.key == theirs.key and same_words(mine, theirs):
                count = known.addresses[mine.key]
                if count > MOST_SHARING:
                    return []
                return [
                    Reason("address", min(mine.text, theirs.text), max(7.0, min(13.0, known.rarity(count))))
                ]
            nested = mine.numbers <= theirs.numbers or theirs.numbers <= mine.numbers
            part = part or (same_name and nested and same_words(mine, theirs))
    return [Reason("address-part", "", PART_BITS)] if part else [Reason("other-address", "", -2.0)]


def same_words(one: Address, other: Address) -> bool:
    """Whether two addresses have the same words, some of which one may leave out."""
    return fuzz.token_set_ratio(one.words, other.words, score_cutoff=_SAME_WORDS) > 0


def _beside(one: Person, other: Person, known: Frequencies) -> list[Reason]:
    """What counts only beside something else: birthday and region."""
    found = []
    if one.birthday and other.birthday and one.birthday.split()[0] == other.birthday.split()[0]:
        if one.birthday == other.birthday or (
            one.day == other.day and one.day in (one.birthday, other.birthday)
        ):
            whole = one.birthday if one.birthday == other.birthday else one.day
            if bits := known.birthday_bits(whole):
                found.append(Reason("birthday", max(one.birthday, other.birthday, key=len).split()[1], bits))
        elif one.day == other.day or OSA.distance(one.birthday, other.birthday) <= 1:
            found.append(Reason("other-birthday", "", -1.0))
        else:
            found.append(Reason("other-birthday", "", -5.0))
    if one.region and one.region == other.region:
        if bits := known.region_bits(one.region):
            found.append(Reason("region", one.region, bits))
    elif one.region and other.region and one.region not in other.region and other.region not in one.region:
        found.append(Reason("other-region", "", -1.5))
    return found


def _against(one: Person, other: Person, found: list[Reason]) -> list[Reason]:
    """What speaks against it: other phones, other accounts on one platform, another gender, a company."""
    against = []
    if one.gender and other.gender and one.gender != other.gender:
        against.append(Reason("other-gender", "", -4.0))
    if (one.kind == "individual") != (other.kind == "individual"):
        against.append(Reason("other-kind", "", -2.0))
    known = {reason.code for reason in found}
    if not known & {"phone", "phone-slip"} and _both_have(one, other, "phone"):
        against.append(Reason("other-phone", "", _OTHER_PHONE))
    if "handle" not in known and _other_account(one, other):
        against.append(Reason("other-account", "", -2.0))
    return against


def _both_have(one: Person, other: Person, kind: str) -> bool:
    return any(held[0] == kind for held in one.held) and any(held[0] == kind for held in other.held)


def _other_account(one: Person, other: Person) -> bool:
    """Whether both have accounts on one platform and none of them in common."""
    mine: dict[tuple[str, str], set[str]] = {}
    for kind, channel, norm in one.held:
        if kind not in ("phone", "email"):
            mine.setdefault((kind, channel), set()).add(norm)
    theirs: dict[tuple[str, str], set[str]] = {}
    for kind, channel, norm in other.held:
        if (kind, channel) in mine:
            theirs.setdefault((kind, channel), set()).add(norm)
    return any(mine[key].isdisjoint(norms) for key, norms in theirs.items())
