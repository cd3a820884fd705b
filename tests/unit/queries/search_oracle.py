"""What searching for a customer means, said a second time: slowly, over plain values, one by one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.core.contacts import format_phone
from desktop.core.pinyin import place_reading, sort_key, spellings

LETTER, SIGN, GLUE = "letter", "sign", "glue"
ADMINISTRATIVE = "省市区县區縣镇鎮乡鄉村路街道巷弄"


@dataclass
class Person:
    """A customer as the tests make one; days are ordinals, 0 for never."""

    id: int
    name: str
    region: str = ""
    phones: list[str] = field(default_factory=list)
    accounts: list[tuple[str, str]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)
    bought: int = 0
    contacted: int = 0


def ranked(people: Sequence[Person], typed: str) -> list[int]:
    """The ids of everybody who matches, best first."""
    together = {
        tuple(part)
        for word in unicodedata.normalize("NFKC", typed.strip()[:200]).split()
        for part in parts_of(word)
        if any(in_field(person, part, begins=False) for person in people)
    }
    found = [person for person in people if matches(person, typed, together)]
    exact = sort_key(typed.strip())
    found.sort(key=lambda one: (sort_key(one.name) == exact, max(one.bought, one.contacted), one.id))
    return [person.id for person in reversed(found)]


def matches(person: Person, typed: str, together: set[tuple[str, ...]]) -> bool:
    """Whether a customer is meant by what was typed; `together`: the parts that somebody has in one field."""
    typed = typed.strip()
    if not typed:
        return False
    if sort_key(person.name) == sort_key(typed):
        return True
    words = unicodedata.normalize("NFKC", typed[:200]).split()
    if holds_all(person, words, together):
        return True
    for at, word in enumerate(words):
        rest = words[:at] + words[at + 1 :]
        if is_number_of(person, word) and (not any(map(parts_of, rest)) or holds_all(person, rest, together)):
            return True
    return False


def is_number_of(person: Person, word: str) -> bool:
    word = word.strip("#.,:;()\0")
    if not any(char.isdigit() for char in word):
        return False
    for number in person.orders:
        for cased in (word, word.upper(), word.lower()):
            if number == cased or (len(cased) >= 5 and number[: len(cased)] == cased):
                return True
    return False


def holds_all(person: Person, words: list[str], together: set[tuple[str, ...]]) -> bool:
    """Every word is held; numbers that follow one another may also be one number."""
    asked = False
    at = 0
    while at < len(words):
        until = at
        while until < len(words) and is_digits_in_groups(words[until]):
            until += 1
        if until > at:
            groups = [group for word in words[at:until] for part in parts_of(word) for group in part]
            joined = "".join(groups)
            if not (digits_held(person, joined) or all(digits_held(person, group) for group in groups)):
                return False
            asked, at = True, until
            continue
        for part in parts_of(words[at]):
            asked = True
            if not part_held(person, part, together):
                return False
        at += 1
    return asked


def is_digits_in_groups(word: str) -> bool:
    bare = word.lstrip("+(")
    return (
        bare[:1].isdecimal()
        and all(char.isdecimal() or char in "().+/-" for char in bare)
        and word == word[: len(word) - len(bare)] + bare
    )


def part_held(person: Person, part: list[str], together: set[tuple[str, ...]]) -> bool:
    """One part of a word: characters that stand alone, a word, or words joined by signs."""
    if kind_of(part[0][0]) == SIGN:
        cuts = range(2, len(part) - 1)
        if tuple(part) in together or not cuts:
            return in_field(person, part, begins=False)
        return any(
            in_field(person, part[:cut], begins=False) and in_field(person, part[cut:], begins=False)
            for cut in cuts
        )
    if len(part) > 1:
        if all(token.isdigit() for token in part):
            return digits_held(person, "".join(part)) or all(digits_held(person, token) for token in part)
        return in_field(person, part, begins=True)
    return word_held(person, part[0])


def word_held(person: Person, token: str) -> bool:
    if token.isdigit():
        return digits_held(person, token)
    if begins_something(person, token):
        return True
    runs = digit_and_other_runs(token)
    if len(runs) > 1:
        return all(word_held(person, run) for run in runs)
    return len(token) >= 3 and any(place.startswith(token) for place in places(person))


def digits_held(person: Person, digits: str) -> bool:
    ways = [digits]
    for before, least in (("0086", 11), ("86", 11), ("00", 8), ("0", 8)):
        if digits.startswith(before) and len(digits) >= len(before) + least:
            ways.append(digits[len(before) :])
    return any(
        begins_something(person, way) or any(only_digits(phone).endswith(way) for phone in person.phones)
        for way in ways
    )


def begins_something(person: Person, token: str) -> bool:
    return (
        in_field(person, [token], begins=True)
        or is_spelled(person.name, token)
        or any(phone_begun(phone, token) for phone in person.phones)
    )


def phone_begun(phone: str, token: str) -> bool:
    """Whether the token begins one of the number's groups as it is written."""
    groups = [only_digits(group) for group in format_phone(phone).split()]
    return any(groups[at] and "".join(groups[at:]).startswith(token) for at in range(len(groups)))


def is_spelled(name: str, token: str) -> bool:
    """Whether the token reads some of the name's syllables in turn, whole or shortened, the last as begun."""
    for units in spellings(name):
        for variant in (
            units,
            tuple({"lv": "lu", "nv": "nu", "lve": "lue", "nve": "nue"}.get(u, u) for u in units),
        ):
            for start in range(len(variant)):
                run = []
                for unit in variant[start:]:
                    if kind_of(unit[0]) == SIGN:
                        break
                    run.append(unit)
                if run and reads(token, run):
                    return True
    return False


def reads(token: str, units: list[str]) -> bool:
    if len(units) > 4:
        units = units[:8]
        return "".join(units).startswith(token) or "".join(unit[0] for unit in units).startswith(token)
    if units[0].startswith(token):
        return True
    if len(units) == 1:
        return False
    short = {units[0], units[0][0]} | ({units[0][:2]} if units[0][:2] in ("zh", "ch", "sh") else set())
    return any(token.startswith(one) and reads_on(token[len(one) :], units[1:]) for one in short)


def reads_on(token: str, units: list[str]) -> bool:
    return not token or reads(token, units)


def places(person: Person) -> list[str]:
    found = []
    for text in (person.region, *person.addresses):
        if text.isascii():
            continue
        part = ""
        for char in text + ADMINISTRATIVE[0]:
            part += char
            if char in ADMINISTRATIVE:
                hanzi = "".join(c for c in part if is_chinese(c))
                # The end that was added here is no part of the address.
                found.append(hanzi)
                part = ""
        found[-1] = found[-1][:-1]
    return [place_reading(one) for one in found if len(one) > 1]


def in_field(person: Person, wanted: list[str], *, begins: bool) -> bool:
    """Whether neighbouring words of one field are the wanted ones, the last perhaps only begun."""
    fields = [person.name, person.region, *person.addresses]
    for value, norm in person.accounts:
        fields += [value, norm]
    for text in fields:
        found = cut(text)
        for at in range(len(found) - len(wanted) + 1):
            here = found[at : at + len(wanted)]
            if here[:-1] == wanted[:-1] and (
                here[-1].startswith(wanted[-1]) if begins else here[-1] == wanted[-1]
            ):
                return True
    return False


# --- characters


def folded(text: str) -> str:
    """Lower case, no accents, no width."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold()).casefold()
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    text = "".join(char for char in text if not 0x300 <= ord(char) <= 0x36F)
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold()).casefold()
    return unicodedata.normalize("NFKC", text)


def is_chinese(char: str) -> bool:
    return char == "〇" or "㐀" <= char <= "䶿" or "一" <= char <= "鿿" or char >= "\U00020000"


def kind_of(char: str) -> str:
    """SIGN stands alone, LETTER makes words, GLUE joins them, "-" is left out, " " parts."""
    category = unicodedata.category(char)
    if is_chinese(char) or 0x3041 <= ord(char) <= 0x30FF or category == "So":
        return SIGN
    if char.isalnum():
        return LETTER
    if category in ("Mn", "Mc", "Me", "Cf"):
        return "-"
    return GLUE if char in ".@_-'’&+" else " "


def cut(text: str) -> list[str]:
    """The words of a field."""
    found: list[str] = []
    open_word = False
    for char in folded(text):
        kind = kind_of(char)
        if kind == SIGN:
            found.append(char)
            open_word = False
        elif kind == LETTER:
            letter = str(unicodedata.decimal(char)) if char.isdecimal() else char
            if open_word:
                found[-1] += letter
            else:
                found.append(letter)
            open_word = True
        elif kind != "-":
            open_word = False
    return found


def parts_of(word: str) -> list[list[str]]:
    """A typed word as its parts: runs of characters that stand alone, and runs of the others."""
    parts: list[str] = [""]
    before = " "
    for char in folded(word):
        kind = kind_of(char)
        sort = " " if kind == " " else SIGN if kind == SIGN else LETTER
        if sort != before or sort == " ":
            parts.append("")
        if sort != " ":
            parts[-1] += char
        before = sort
    return [words for part in parts if (words := cut(part))]


def only_digits(text: str) -> str:
    return "".join(char for char in text if char in "0123456789")


def digit_and_other_runs(token: str) -> list[str]:
    runs: list[str] = []
    for at, char in enumerate(token):
        if at and char.isdecimal() == token[at - 1].isdecimal():
            runs[-1] += char
        else:
            runs.append(char)
    return runs
