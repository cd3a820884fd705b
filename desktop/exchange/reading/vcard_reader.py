"""Contact files as rows, a card each, with the headers of the layout "vcard". Runs in the reading process.

Cards are taken as they come: without an end, with another card inside, in several charsets. What a card says
wrongly (a birthday that is none) stands in its row as it is, so that the importer names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, cast

from desktop.core.folding import is_hanzi
from desktop.core.member_codes import CHANNEL as MEMBER
from desktop.exchange.reading.kinds import utf16_of
from desktop.exchange.reading.vcard_lines import Property, properties

HEADERS = (
    *("vCard", "Name", "Kind", "Phone", "E-mail", "WeChat", "QQ", "Weibo", "Account", "Channel"),
    *("Member card", "Address", "Region", "Birthday", "Birthday calendar", "Gender", "Company"),
    *("Job title", "Tags", "Notes"),
)
BETWEEN = " ::: "
"""What stands between several values of a cell, as in the layout."""
_MOST_PROPERTIES = 2_000
_MOST_VALUES = 100
_SAMPLE = 1 << 16
_NO_PHONES = ("FAX", "PAGER", "MODEM", "BBS", "ISDN", "TELEX")
_SPOKEN = frozenset({"VOICE", "CELL", "MSG", "TEXT"})
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?", re.ASCII | re.DOTALL)
_NO_YEAR = re.compile(r"--(\d{2})-?(\d{2})(?:T.*)?", re.ASCII | re.DOTALL)
_GENDERS = {"M": "male", "MALE": "male", "2": "male", "F": "female", "FEMALE": "female", "1": "female"}
_MESSENGERS = {
    "WeChat": ("wechat", "weixin", "微信"),
    "QQ": ("qq", "tencent", "qq号"),
    "Weibo": ("weibo", "sinaweibo", "微博"),
}
_OWN_PROPERTIES = {
    "X-WECHAT": "WeChat", "X-WEIXIN": "WeChat", "X-QQ": "QQ", "X-TENCENT-QQ": "QQ", "X-WEIBO": "Weibo",
    "X-SINA-WEIBO": "Weibo",
}  # fmt: skip


@dataclass(slots=True)
class _Card:
    version: str = ""
    said: dict[str, list[Property]] = field(default_factory=dict)
    count: int = 0
    last: str = ""

    def add(self, one: Property) -> None:
        self.last = one.name
        self.count += 1
        these = self.said.setdefault(one.name, [])
        if self.count <= _MOST_PROPERTIES and len(these) < _MOST_VALUES:
            these.append(one)

    def all(self, *names: str) -> list[Property]:
        return [one for name in names for one in self.said.get(name, ())]

    def text(self, *names: str) -> str:
        """The first of these properties that says something, as plain text."""
        return next((text for one in self.all(*names) if (text := _plain(one.value))), "")


class _Recoded:
    """A file in UTF-16 or UTF-32, read as UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._text = TextIOWrapper(file, encoding=encoding, errors="replace", newline="")

    def read(self, size: int) -> bytes:
        return self._text.read(size).encode("utf-8", "replace")


def rows_of(path: Path) -> Iterator[list[str]]:
    """The headers, then a row for each card that says something."""
    yield list(HEADERS)
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        file.seek(0)
        encoding = _wide(head)
        source = cast(BinaryIO, _Recoded(file, encoding)) if encoding else file
        for card in _cards(source):
            row = _row(card)
            if any(row[1:]):
                yield row


def _wide(head: bytes) -> str:
    if head.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    return "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else utf16_of(head)


def _cards(source: BinaryIO) -> Iterator[_Card]:
    card: _Card | None = None
    inside = 0
    for one in properties(source):
        mark = one.value.strip().upper() if one.name in ("BEGIN", "END") else ""
        if inside:
            # An agent is a card within the card: 2.1 puts it there whole.
            inside += (mark == "VCARD") * (1 if one.name == "BEGIN" else -1)
        elif mark == "VCARD" and one.name == "BEGIN":
            if card is not None and card.last == "AGENT":
                inside = 1
                card.last = ""
                continue
            if card is not None:
                yield card
            card = _Card()
        elif mark == "VCARD":
            if card is not None:
                yield card
            card = None
        elif card is not None:
            card.add(one)
    if card is not None:
        yield card


def _row(card: _Card) -> list[str]:
    if card.text("KIND", "X-ADDRESSBOOKSERVER-KIND").lower() in ("group", "location"):
        return [""] * len(HEADERS)
    company, title = _organisation(card)
    mails = [_without(_plain(one.value), "mailto:") for one in card.all("EMAIL")]
    name = _name(card) or card.text("NICKNAME").partition(",")[0]
    nobody = name in ("", company) or not any(_fields_of(card.all("N")[:1]))
    firm = _is_firm(card) or (bool(company) and nobody)
    said = {
        "vCard": card.text("VERSION") or "?",
        "Name": name or company or next(iter(mails), ""),
        "Kind": "company" if firm else "",
        "Phone": _joined(map(_phone, card.all("TEL"))),
        "E-mail": _joined(mails),
        "Birthday": _birthday(card),
        "Birthday calendar": "lunar" if _is_lunar(card) else "",
        "Gender": _gender(card),
        "Company": "" if company == name else company,
        "Job title": title,
        "Tags": _joined(
            part for one in card.all("CATEGORIES") for part in _split(one.value, ",") if part != "myContacts"
        ),
        "Notes": "\n".join(_unique(_plain(one.value) for one in card.all("NOTE"))),
        **{kind: _joined(values) for kind, values in _messengers(card).items()},
        **_account(card),
        **_place(card),
    }
    return [said.get(header, "") for header in HEADERS]


def _plain(value: str) -> str:
    r"""A value as it was meant: \n is a line break, and a comma or semicolon no structure."""
    if "\\" in value:
        value = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return value.strip()


def _split(value: str, by: str) -> list[str]:
    """The parts of a value; a part with a backslash before the sign holds it."""
    if "\\" not in value:
        return [part.strip() for part in value.split(by)]
    parts, start, at = [], 0, 0
    while (found := _next(value, by, at)) >= 0:
        parts.append(_plain(value[start:found]))
        start = at = found + 1
    return [*parts, _plain(value[start:])]


def _next(value: str, by: str, at: int) -> int:
    """Where the sign stands next without a backslash, or -1."""
    while at < len(value):
        if value[at] == "\\":
            at += 2
        elif value[at] == by:
            return at
        else:
            at += 1
    return -1


def _unique(values: Iterator[str] | map[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _joined(values: Iterator[str] | map[str] | list[str]) -> str:
    return BETWEEN.join(" ".join(value.replace(":::", ":").split()) for value in _unique(iter(values)))


def _fields_of(these: list[Property]) -> list[str]:
    return _split(these[0].value, ";") if these else []


def _name(card: _Card) -> str:
    """The whole name: as the card has it, but a Chinese one without a blank and the family's first."""
    family, given, more, *_ = (*_fields_of(card.all("N")[:1]), "", "", "")
    whole = " ".join(card.text("FN").split())
    chinese = bool(family and given) and all(map(is_hanzi, family + given))
    if chinese and whole.replace(" ", "") in ("", given + family, family + given):
        return family + given
    if whole and not (("@" in whole) and (family or given)):
        return whole
    return " ".join(part for part in (given, more, family) if part)


def _is_firm(card: _Card) -> bool:
    return "COMPANY" in card.text("X-ABSHOWAS").upper() or card.text("KIND").lower() == "org"


def _organisation(card: _Card) -> tuple[str, str]:
    """The firm, and what somebody does there."""
    return next(iter(_fields_of(card.all("ORG")[:1])), ""), card.text("TITLE", "ROLE")


def _phone(one: Property) -> str:
    if any(said.endswith(_NO_PHONES) for said in one.types) and not one.types & _SPOKEN:
        return ""
    number, _, rest = _without(_plain(one.value), "tel:").partition(";")
    extension = re.match(r"ext=(\d{1,6})", rest)
    return f"{number} ext. {extension[1]}" if extension else number


def _without(text: str, scheme: str) -> str:
    return text[len(scheme) :] if text[: len(scheme)].lower() == scheme else text


def _birthday(card: _Card) -> str:
    """YYYY-MM-DD or MM-DD, or what else the card says."""
    one = next(iter(card.all("BDAY", "X-LUNAR-BDAY")), None)
    text = _plain(one.value) if one else ""
    if found := _NO_YEAR.fullmatch(text):
        return f"{found[1]}-{found[2]}"
    if found := _DAY.fullmatch(text):
        # Apple's address book writes 1604 where it knows no year.
        without = found[1] in ("1604", "0000") or (one and one.first("X-APPLE-OMIT-YEAR") == found[1])
        return f"{found[2]}-{found[3]}" if without else f"{found[1]}-{found[2]}-{found[3]}"
    return text


def _is_lunar(card: _Card) -> bool:
    """Whether the birthday told is a day of the lunar calendar: our own property, for BDAY is a solar day."""
    return not card.all("BDAY") and bool(card.all("X-LUNAR-BDAY"))


def _gender(card: _Card) -> str:
    said = card.text("GENDER", "X-GENDER", "X-WAB-GENDER").partition(";")[0].upper()
    return _GENDERS.get(said, "")


def _messengers(card: _Card) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {kind: [] for kind in _MESSENGERS}
    for name, kind in _OWN_PROPERTIES.items():
        found[kind] += [_plain(one.value) for one in card.all(name)]
    for one in card.all("IMPP", "X-SOCIALPROFILE", "X-SERVICE-TYPE"):
        value = _plain(one.value)
        scheme, colon, rest = value.partition(":")
        service = one.first("X-SERVICE-TYPE") or next(iter(one.parameters.get("TYPE", ())), "")
        for said in (service.lower(), scheme.lower() if colon else ""):
            kind = next((kind for kind, names in _MESSENGERS.items() if said in names), "")
            if kind:
                user = one.first("X-USER") or (rest if colon and not rest.startswith("//") else value)
                found[kind].append(user)
                break
    return found


def _account(card: _Card) -> dict[str, str]:
    """Accounts as our own cards name them: a row has room for one platform's and the shop's own card."""
    found: dict[str, str] = {}
    for one in card.all("X-SHUKE-ACCOUNT"):
        code = " ".join(_plain(one.value).split())
        if one.first("X-CHANNEL") == MEMBER:
            found.setdefault("Member card", code)
        elif "Account" not in found:
            found |= {"Account": code, "Channel": one.first("X-CHANNEL")}
    return found


def _place(card: _Card) -> dict[str, str]:
    """Where somebody lives; our own cards hold whole addresses, others the parts of one."""
    ours = "Shuke" in card.text("PRODID")
    for one in card.all("ADR"):
        box, more, street, city, region, code, country = (*_split(one.value, ";"), *[""] * 7)[:7]
        parts = [street, more, box, city, region, code, country]
        if ours and any((street, region)):
            return {"Address": street, "Region": region}
        if any(parts):
            if any(map(is_hanzi, street + city + region)):
                # A Chinese address goes from the large to the small.
                whole = "".join(dict.fromkeys(part for part in (region, city, street, more) if part))
            else:
                whole = ", ".join(part for part in parts if part)
            return {"Address": " ".join(whole.split()), "Region": region or country}
    return {"Address": " ".join(card.text("LABEL").split())}
