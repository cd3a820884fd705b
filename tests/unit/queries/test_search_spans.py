"""What was typed is marked where it stands in what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.queries.search_spans import Marks


def marked(spans: list[tuple[int, int]], text: str) -> list[str]:
    return [text[start : start + length] for start, length in spans]


@pytest.mark.parametrize(
    ("typed", "name", "parts"),
    [
        ("王", "王丽华", ["王"]), ("丽华", "王丽华", ["丽华"]), ("wlh", "王丽华", ["王丽华"]),
        ("lh", "王丽华", ["丽华"]),
        ("wanglh", "王丽华", ["王丽华"]), ("wang", "王丽华", ["王"]), ("wangl", "王丽华", ["王丽"]),
        ("王8421", "王丽华", ["王"]),
        ("王 lh", "王丽华", ["王丽华"]), ("dan", "单雄信", ["单"]), ("ＷＬＨ", "王丽华", ["王丽华"]),
        ("zhl", "张丽", ["张丽"]),
        ("ec", "Emma Carter", ["E", "C"]), ("carter", "Emma Carter", ["Carter"]),
        ("jose", "José Núñez", ["José"]),
        ("ecar", "Emma Carter", ["E", "Car"]), ("🐟", "🐟小鱼", ["🐟"]), ("xyu", "🐟小鱼", ["小鱼"]),
        ("lily", "王 Lily", ["Lily"]),
        ("hzxh", "杭州西湖龙井茶叶有限公司", ["杭州西湖"]),
        ("hangzhouxi", "杭州西湖龙井茶叶有限公司", ["杭州西"]), ("q", "王丽华", []),
    ],
)  # fmt: skip
def test_names(typed: str, name: str, parts: list[str]) -> None:
    assert marked(Marks(typed).name(name), name) == parts


@pytest.mark.parametrize(
    ("typed", "phone", "parts"),
    [
        ("8421", "138 0013 8421", ["8421"]), ("421", "138 0013 8421", ["421"]),
        ("138", "138 0013 8421", ["138"]),
        ("1380013", "138 0013 8421", ["138 0013"]), ("13800138421", "138 0013 8421", ["138 0013 8421"]),
        ("138 0013 8421", "138 0013 8421", ["138 0013 8421"]), ("0013", "138 0013 8421", ["0013"]),
        ("王 8421 138", "138 0013 8421", ["138", "8421"]),
        ("07700 900214", "+44 7700 900214", ["7700 900214"]),
        ("80", "138 0013 8421", []), ("wlh8421", "138 0013 8421", ["8421"]),
    ],
)  # fmt: skip
def test_phones(typed: str, phone: str, parts: list[str]) -> None:
    assert marked(Marks(typed).phone(phone), phone) == parts


@pytest.mark.parametrize(
    ("typed", "address", "parts"),
    [
        ("西湖", "杭州市西湖区龙井路8号", ["西湖"]), ("xihu", "杭州市西湖区龙井路8号", ["西湖"]),
        ("wlh hangzhou", "杭州市西湖区", ["杭州"]), ("王丽华西湖", "杭州市西湖区", ["西湖"]),
        ("high st", "12 High Street", ["High", "St"]),
    ],
)  # fmt: skip
def test_addresses(typed: str, address: str, parts: list[str]) -> None:
    assert marked(Marks(typed).place(address), address) == parts


def test_numbers_and_accounts() -> None:
    assert marked(Marks("王 tb2026").number("TB20261"), "TB20261") == ["TB2026"]
    assert marked(Marks("lihua-t").words("Lihua-Tea"), "Lihua-Tea") == ["Lihua-T"]
    assert marked(Marks("a.b@qq").words("a.b@qq.com"), "a.b@qq.com") == ["a.b@qq"]


@given(st.text(max_size=12), st.text(max_size=20))
def test_spans_lie_in_the_text_in_order_and_apart(typed: str, text: str) -> None:
    marks = Marks(typed)
    for spans in (
        marks.name(text),
        marks.phone(text),
        marks.place(text),
        marks.number(text),
        marks.words(text),
    ):
        end = -1
        for start, length in spans:
            assert start > end
            assert length > 0
            end = start + length - 1
        assert end < max(len(text), 1)
