"""Shares, changes and large amounts as short words."""

from __future__ import annotations

import pytest

from desktop.core.figures import fine_percent, moved_points, percent, score, short_money, signed
from desktop.core.translation import set_language

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, "—"), (0.0, f"0{SPACE}%"), (0.001, f"<1{SPACE}%"), (0.41, f"41{SPACE}%"),
        (0.999, f">99{SPACE}%"), (1.0, f"100{SPACE}%"),
    ],
)  # fmt: skip
def test_a_little_is_not_nothing_and_nearly_all_is_not_all(share: float | None, words: str) -> None:
    assert percent(share) == words


def test_decimals_stand_where_they_tell_something() -> None:
    assert (fine_percent(0.875), fine_percent(0.9)) == (f"87.5{SPACE}%", f"90{SPACE}%")
    assert (score(4.0), score(4.25), score(4.333)) == ("4.0", "4.25", "4.33")
    assert (signed(0.126, 2), signed(-3.2), signed(0.001, 1)) == ("+0.13", "−3", "0.0")


def test_a_change_of_shares_is_in_points() -> None:
    assert moved_points(0.03, "up") == "▲ 3 pts"
    assert moved_points(-0.01, "down") == "▼ 1 pt"
    assert moved_points(0.0074, "up") == "▲ 0.7 pts"
    assert moved_points(-0.1234, "down") == "▼ 12 pts"


@pytest.mark.parametrize(
    ("minor", "english", "chinese"),
    [
        (86_000, "¥860", "¥860"),
        (860_000, "¥8,600", "¥8,600"),
        (8_600_000, "¥86k", "¥8.6 万"),
        (123_456_789, "¥1.2M", "¥123 万"),
        (12_345_678_900, "¥123M", "¥1.2 亿"),
        (-8_600_000, "-¥86k", "-¥8.6 万"),
    ],
)
def test_money_is_grasped_at_a_glance(minor: int, english: str, chinese: str) -> None:
    assert short_money(minor) == english
    set_language("zh_CN")
    assert short_money(minor) == chinese
    set_language("en")


def test_money_without_decimals_is_shortened_too() -> None:
    assert short_money(86_000, "JPY") == "JP¥86k"
