"""What the counter says of a customer, word for word."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from desktop.core.birthdays import Coming
from desktop.queries.counter import CounterCard, Purchase
from desktop.queries.counter_matters import Matter
from desktop.views.counter import words

NOW = datetime(2026, 11, 22, 10, 30)
TODAY = NOW.date().toordinal()


def card(**values: Any) -> CounterCard:
    """A customer of whom nothing is known but the values."""
    known: dict[str, Any] = dict.fromkeys(("region", "likes", "dislikes", "expectations", "notes"), "")
    known |= dict.fromkeys(("orders", "occasions", "spend", "points"), 0)
    known |= dict.fromkeys(("checked_on", "first_day", "last_day", "rhythm", "next_day", "rating"))
    known |= {
        "id": 1,
        "name": "x",
        "kind": "individual",
        "created_at": "2026-01-05 09:00:00",
        "state": "none",
    }
    return CounterCard(**{**known, **values})


@pytest.mark.parametrize(
    ("values", "title", "note", "tone"),
    [
        ({}, "Has not bought anything yet", "", "grey"),
        ({"last_day": TODAY}, "Bought for the first time today", "", "grey"),
        ({"last_day": TODAY - 41}, "One purchase so far, 41 days ago", "", "grey"),
        (
            {"last_day": TODAY - 41, "rhythm": 23.4, "next_day": TODAY - 18, "state": "drifting"},
            "Usually every 23 days, today is day 41",
            "Was expected around 4 Nov, 18 d ago",
            "amber",
        ),
        (
            {"last_day": TODAY - 5, "rhythm": 11.0, "next_day": TODAY + 6, "state": "regular"},
            "Usually every 11 days, today is day 5",
            "Next expected around 28 Nov, in 6 d",
            "accent",
        ),
        (
            {"last_day": TODAY - 3, "rhythm": 0.7, "state": "lost"},
            "Usually every day, today is day 3",
            "",
            "red",
        ),
        ({"last_day": TODAY + 9, "rhythm": 23.0}, "The last order is dated ahead: 1 Dec 2026", "", "grey"),
        ({"last_day": TODAY, "rhythm": 23.0}, "Bought today; usually every 23 days", "", "accent"),
    ],
)
def test_rhythm(values: dict[str, Any], title: str, note: str, tone: str) -> None:
    said = words.rhythm(card(**values), NOW.date())
    assert (said.title, said.note, said.tone) == (title, note, tone)


@pytest.mark.parametrize(
    ("matter", "title", "note", "tone"),
    [
        (
            Matter(
                "complaint",
                1,
                "C-2026-0117",
                "Short weight",
                "received",
                "2026-11-22 14:30:00",
                None,
                "Chen",
                "tea",
            ),
            "Short weight",
            "C-2026-0117 · wants: tea · due today at 14:30 · Received · Chen",
            "red",
        ),
        (
            Matter("promise", 1, "", "call back", "", "2026-11-21 18:00:00", None, "Chen"),
            "Promised: call back",
            "was due yesterday · Chen",
            "red",
        ),
        (
            Matter("promise", 1, "", "call back", "", "2026-11-24 18:00:00", None),
            "Promised: call back",
            "due in 2 d",
            "amber",
        ),
        (
            Matter("case", 1, "S-2026-0001", "repair", "waiting", None, "2026-11-12 09:00:00"),
            "Repair",
            "S-2026-0001 · since 12 Nov · waiting for the customer",
            "blue",
        ),
        (
            Matter("order", 1, "A7", "", "paid", None, "2026-11-20 09:00:00"),
            "Order A7",
            "A7 · ordered 2 d ago · To be sent",
            "blue",
        ),
        (Matter("task", 1, "", "Call", "", "2026-11-22 23:59:00", None), "Call", "due today", "accent"),
    ],
)
def test_open_matters(matter: Matter, title: str, note: str, tone: str) -> None:
    said = words.matter(matter, NOW)
    assert (said.title, said.note, said.tone) == (title, note, tone)


@pytest.mark.parametrize(
    ("near", "title", "note"),
    [
        (Coming(date(2026, 11, 22), 0, 38), "Birthday today", "turns 38"),
        (Coming(date(2026, 11, 23), 1, None), "Birthday tomorrow", "23 Nov"),
        (Coming(date(2026, 11, 30), 8, 38), "Birthday in 8 days", "30 Nov · turns 38"),
    ],
)
def test_birthdays(near: Coming, title: str, note: str) -> None:
    said = words.birthday(card(birthday=near))
    assert said is not None
    assert (said.title, said.note) == (title, note)


def test_old_details_are_pointed_out() -> None:
    today = NOW.date()
    assert words.unchecked(card(), today) == ""
    assert (
        words.unchecked(card(created_at="2025-01-01 09:00:00"), today) == "Details never checked for accuracy"
    )
    assert words.unchecked(card(created_at="2020-01-01 09:00:00", checked_on=TODAY - 365), today) == ""
    assert words.unchecked(card(checked_on=TODAY - 800), today) == "Details last checked for accuracy 2 y ago"


def test_purchases() -> None:
    bought = Purchase(
        1, "A", "wechat", "2026-11-17 09:00:00", 100, (("tea", 1.0), ("pot", 2.0), ("leaf", 0.5)), 3
    )
    assert words.purchase_lines(bought) == ["tea", "pot ×2", "leaf ×0.5", "and 3 more"]
    assert words.purchase_when(bought, NOW.date()) == "5 d ago · WeChat"


def test_known_since_the_first_purchase_where_that_is_older() -> None:
    assert words.member_since(card()) == "since 5 Jan 2026"
    assert words.member_since(card(first_day=date(2024, 2, 17).toordinal())) == "since 17 Feb 2024"
