"""Customers as contacts for phones and mail programs: vCard 3.0, which all of them read.

A card holds the name and only those `parts` that were asked for. A lunar birthday is no BDAY, which is a
solar day; it stands in a property of its own, which other programs pass over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from desktop.core import surnames
from desktop.core.folding import is_hanzi
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.exchange.writers.content_lines import escaped, line, quoted, uid
from desktop.exchange.writers.saving import written_beside
from desktop.models.book import Book
from desktop.queries.contacts import Contact, all_customer_ids, contacts

PARTS = frozenset(
    {"phones", "wechat", "qq", "weibo", "email", "account", "address", "region", "birthday", "tags", "notes"}
)
"""Everything a card may hold beside the name; "phone" is the main number alone."""
_EVERY = 500
_FAMILIAR = frozenset("老小阿大")
_OTHERS = {"wechat": "X-WECHAT", "qq": "X-QQ", "weibo": "X-WEIBO"}


def write_contacts(
    book: Book,
    path: str | Path,
    *,
    ids: Sequence[int] | None = None,
    parts: frozenset[str] = PARTS,
    progress: Progress = SILENT,
) -> int:
    """Writes customers (everybody without `ids`) and returns how many; raises as `write_table`."""
    wanted = all_customer_ids(book) if ids is None else ids
    count = 0
    with written_beside(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        for contact in contacts(book, wanted):
            file.write(card(contact, parts))
            count += 1
            if count % _EVERY == 0:
                progress.report(count, len(wanted))
    return count


def card(contact: Contact, parts: frozenset[str] = PARTS) -> str:
    """One contact's card."""
    return "".join(_lines(contact, parts))


def _lines(contact: Contact, parts: frozenset[str]) -> Iterator[str]:
    company = contact.kind in ("company", "distributor")
    name = " ".join(contact.name.split())
    family, given = ("", "") if company else split_name(name)
    yield "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Shuke//Shuke//EN\r\n"
    yield line("UID", uid("customer", contact.id, contact.created_at))
    yield line("N", f"{escaped(family)};{escaped(given)};;;")
    yield line("FN", escaped(name or tr("No name")))
    if company:
        yield line("ORG", escaped(name))
    phones = contact.of_kind("phone")
    for at, point in enumerate(phones if "phones" in parts else phones[:1] if "phone" in parts else []):
        yield line(f"TEL;TYPE={'WORK' if company else 'CELL'}{',PREF' if at == 0 else ''}", point.norm)
    if "email" in parts:
        for point in contact.of_kind("email"):
            yield line("EMAIL;TYPE=INTERNET", escaped(point.value))
    yield from _places(contact, parts, "WORK" if company else "HOME")
    for kind, title in _OTHERS.items():
        for point in contact.of_kind(kind) if kind in parts else []:
            yield line(title, escaped(point.value))
    for point in contact.of_kind("account") if "account" in parts else []:
        of_channel = f";X-CHANNEL={quoted(point.channel)}" if point.channel else ""
        yield line(f"X-SHUKE-ACCOUNT{of_channel}", escaped(point.value))
    if contact.birthday and "birthday" in parts:
        yield _birthday(contact)
    if contact.tags and "tags" in parts:
        yield line("CATEGORIES", ",".join(map(escaped, contact.tags)))
    if contact.notes and "notes" in parts:
        yield line("NOTE", escaped(contact.notes))
    yield "END:VCARD\r\n"


def _places(contact: Contact, parts: frozenset[str], kind: str) -> Iterator[str]:
    """Addresses are one line each, as shops write them; the region alone where there is none."""
    region = escaped(contact.region) if "region" in parts else ""
    points = contact.of_kind("address") if "address" in parts else []
    for point in points:
        yield line(f"ADR;TYPE={kind}", f";;{escaped(point.value)};;{region};;")
    if region and not points:
        yield line(f"ADR;TYPE={kind}", f";;;;{region};;")


def _birthday(contact: Contact) -> str:
    day = contact.birthday if len(contact.birthday) == 10 else f"--{contact.birthday[-5:]}"
    if contact.lunar:
        return line(f"X-LUNAR-BDAY{';LEAP=1' if contact.leap else ''}", day)
    return line("BDAY", day)


@cache
def _compound_surnames() -> frozenset[str]:
    return frozenset(surnames.compound_surnames())


def split_name(name: str) -> tuple[str, str]:
    """(family, given) of a person's name: 欧阳娜娜 is 欧阳 and 娜娜, Ann Marie Lee is Lee and Ann Marie."""
    if name and all(map(is_hanzi, name)):
        if len(name) > 2 and name[:2] in _compound_surnames():
            return name[:2], name[2:]
        # 老王 and 乐乐 are how somebody is called, five characters and more what a shop is called.
        a_name = 1 < len(name) < 5 and name[0] not in _FAMILIAR and name[0] != name[1]
        return (name[0], name[1:]) if a_name else ("", name)
    given, _, family = name.rpartition(" ")
    return (family, given) if given else ("", name)
