"""The columns of the customer list: the figures, the fields, and those the shop added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from desktop.core import words
from desktop.core.dates import format_day, relative_day
from desktop.core.money import format_money
from desktop.core.text import format_phone
from desktop.core.translation import language, mark, tr
from desktop.queries.customers import CustomFieldRow
from desktop.views.customers.own_field import own_text
from desktop.views.customers.words import days, display_name, since, state_name, state_tone
from desktop.views.kit.columns import NOTHING, Column

BUYS, SERVICE, LOYAL, WHO, REACH, OWN = (
    mark("Purchases"), mark("Service"), mark("Membership and word of mouth"), mark("Person"),
    mark("Ways to reach them"), mark("Own fields"),
)  # fmt: skip
GROUPS = (BUYS, SERVICE, LOYAL, WHO, REACH, OWN)
"""The subjects in the order in which a chooser has them."""
OWN_KEY = "custom:"
"""Before the names of the shop's own fields, which may be called like ours."""


def columns(currency: str, own: Sequence[CustomFieldRow] = ()) -> tuple[Column, ...]:
    """The list's columns; the key of each is an order of queries.customers."""
    return (*_first(currency), *_more(), *(_own(field) for field in own))


def _first(currency: str) -> tuple[Column, ...]:
    """What is shown until the owner chooses otherwise, and a few that stand beside."""
    return (
        Column(
            "name",
            mark("Customer"),
            154,
            "avatar",
            stretch=True,
            value=lambda row: row.name,
            text=lambda name: display_name(name),
        ),
        Column(
            "phone",
            mark("Phone"),
            148,
            "muted",
            text=lambda n: format_phone(n) or NOTHING,
            group=REACH,
            editable=True,
            copies=True,
        ),
        Column("state", mark("State"), 100, "tag", text=state_name, tone=state_tone, group=BUYS),
        _since(
            "last", mark("Last order"), lambda row: row.last_day, 96, group=BUYS, hidden=False, kind="text"
        ),
        Column("rhythm", mark("Rhythm"), 84, "muted", text=lambda gap: days(gap) or NOTHING, group=BUYS),
        Column("orders", mark("Orders"), 68, "number", high_first=True, group=BUYS),
        Column(
            "spend",
            mark("Spent"),
            90,
            "money",
            high_first=True,
            text=lambda minor: format_money(minor, currency, decimals=0),
            group=BUYS,
        ),
        Column("rating", mark("Satisfaction"), 96, "rating", high_first=True, group=SERVICE),
        Column("region", mark("Region"), 110, "muted", hidden=True, group=WHO, editable=True),
        Column("tags", mark("Tags"), 150, "muted", hidden=True, text=_joined, group=WHO, editable=True),
        Column("complaints", mark("Complaints"), 96, "number", high_first=True, hidden=True, group=SERVICE),
        _since("first", mark("First order"), lambda row: row.first_day, group=BUYS),
    )


def _more() -> tuple[Column, ...]:
    """What can be shown beside."""
    return (
        Column(
            "occasions", mark("Days with a purchase"), 96, "number", high_first=True, hidden=True, group=BUYS
        ),
        Column(
            "expected",
            mark("Expected"),
            110,
            "muted",
            hidden=True,
            value=lambda row: row.next_day,
            text=lambda day: since(day, date.today()) or NOTHING,
            group=BUYS,
        ),
        _since("last_contact", mark("Last contact"), lambda row: row.last_contact, group=SERVICE),
        _number("contacts", mark("Contacts"), SERVICE),
        _number("ratings", mark("Ratings"), SERVICE),
        _number("open_complaints", mark("Open complaints"), SERVICE),
        _number("cases", mark("Service cases"), SERVICE),
        _number("open_cases", mark("Open service cases"), SERVICE),
        _number("points", mark("Points"), LOYAL),
        _number("brought", mark("Brought in"), LOYAL),
        _text("source", mark("Came from"), LOYAL, editable=True),
        _text("referred_by", mark("Referred by"), LOYAL, value=lambda row: row.referrer, editable=True),
        _text(
            "kind", mark("Kind"), WHO, text=lambda code: words.name(words.CUSTOMER_KINDS, code), editable=True
        ),
        _text(
            "relation",
            mark("Relation"),
            WHO,
            text=lambda code: words.name(words.RELATIONS, code),
            editable=True,
        ),
        _text(
            "gender",
            mark("Gender"),
            WHO,
            text=lambda code: words.name(words.GENDERS, code) or NOTHING,
            editable=True,
        ),
        _text(
            "birthday",
            mark("Birthday"),
            WHO,
            190,
            value=lambda row: (row.birthday, row.birthday_calendar, bool(row.birthday_leap)),
            text=lambda told: birthday_text(*told, date.today(), language()),
            editable=True,
        ),
        _text("likes", mark("Likes"), WHO, 180, editable=True),
        _text("dislikes", mark("Dislikes and allergies"), WHO, 180, editable=True),
        _text("expectations", mark("Expects"), WHO, 180, editable=True),
        _text("family", mark("Family"), WHO, 150, editable=True),
        _text("notes", mark("Notes"), WHO, 200),
        _text("created", mark("Entered"), WHO, value=lambda row: row.created_at, text=format_day),
        _text(
            "checked_on",
            mark("Details checked"),
            WHO,
            text=lambda day: format_day(date.fromordinal(day)) if day else NOTHING,
        ),
        *(_reach(kind, words.CONTACT_KINDS[kind]) for kind in ("wechat", "email", "qq", "weibo", "address")),
        _reach("member", words.ACCOUNT_CHANNELS["member"]),
    )


def _number(key: str, title: str, group: str) -> Column:
    return Column(key, title, 96, "number", high_first=True, hidden=True, group=group)


def _text(
    key: str,
    title: str,
    group: str,
    width: int = 120,
    *,
    value: Callable[[Any], Any] | None = None,
    text: Callable[[Any], str] | None = None,
    editable: bool = False,
) -> Column:
    return Column(
        key, title, width, "muted", hidden=True, value=value, text=text, group=group, editable=editable
    )


def _reach(kind: str, title: str) -> Column:
    return Column(
        kind,
        title,
        140,
        "muted",
        hidden=True,
        value=lambda row: row.reach.get(kind, ""),
        group=REACH,
        copies=True,
    )


def _since(
    key: str,
    title: str,
    value: Callable[[Any], Any],
    width: int = 106,
    *,
    group: str,
    hidden: bool = True,
    kind: str = "muted",
) -> Column:
    return Column(
        key,
        title,
        width,
        "muted" if kind == "muted" else "text",
        high_first=True,
        hidden=hidden,
        value=value,
        text=lambda day: since(day, date.today()) or NOTHING,
        group=group,
    )


def _own(field: CustomFieldRow) -> Column:
    return Column(
        OWN_KEY + field.name,
        field.name,
        120,
        "number" if field.kind == "number" else "muted",
        hidden=True,
        value=lambda row: row.custom.get(field.name),
        text=lambda value: own_text(field, value) or NOTHING,
        own=True,
        group=OWN,
        editable=True,
    )


def _joined(tags: Sequence[str]) -> str:
    return tr(", ").join(tags) or NOTHING


@lru_cache(maxsize=4096)
def birthday_text(stored: str, calendar: str, leap: bool, today: date, _language: str) -> str:
    """A birthday and when it comes next: 15 Sep · in 12 d; kept for a day and a language."""
    # The lunar calendar is read with the first birthday shown.
    from desktop.core.birthdays import birthday_of, birthday_words, coming

    found = birthday_of(stored, calendar, leap)
    if found is None:
        return stored or NOTHING
    said = birthday_words(found)
    next_one = coming(found, today)
    if next_one is None:
        return said
    return tr("{birthday} · {when}", birthday=said, when=relative_day(next_one.day, today))
