"""Every field a list can be sorted by puts customers where a slow sort of their rows would."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.core import words
from desktop.core.pinyin import sort_key
from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer, CustomerTag, Tag
from desktop.models.shop import CustomField
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customer_order import at_hand
from desktop.queries.customer_rows import CustomerRow, customer_rows
from desktop.queries.customers import customer_ids, first_ids
from desktop.queries.field_order import FIELDS

TODAY = date(2026, 11, 22)
N = 60
OWN = {"age": "number", "size": "choice", "vip": "yesno", "since": "date", "备注": "text"}
SIZES = ["small", "middle", "large"]
TEXTS = ["", "", "杭州", "上海", "Berlin", "amsterdam", "重庆", "长沙"]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Sixty customers with something in about half of every field."""
    path: Path = tmp_path_factory.mktemp("orders") / "shop.shuke"
    draw = random.Random(4)
    with Book.create(path) as book:
        with book.step("Fill") as step:
            for name, kind in OWN.items():
                options = json.dumps(SIZES if kind == "choice" else [])
                step.insert(CustomField, subject="customer", name=name, type=kind, options=options)
            for name in ("VIP", "茶友", "安静"):
                step.insert(Tag, name=name)
            for number in range(1, N + 1):
                custom: dict[str, Any] = {
                    "age": draw.choice([18, 7.5, 101]), "size": draw.choice(SIZES),
                    "vip": draw.random() < 0.5, "since": f"20{draw.randint(10, 25)}-0{draw.randint(1, 9)}-11",
                    "备注": draw.choice(TEXTS[2:]),
                }  # fmt: skip
                step.insert(
                    Customer,
                    id=number,
                    name=draw.choice("王李单曾") + draw.choice("丽明"),
                    kind=draw.choice(list(words.CUSTOMER_KINDS)),
                    relation=draw.choice(list(words.RELATIONS)),
                    gender=draw.choice(list(words.GENDERS)),
                    region=draw.choice(TEXTS),
                    source=draw.choice(TEXTS),
                    likes=draw.choice(TEXTS),
                    referred_by=draw.choice([None, draw.randint(1, number - 1)]) if number > 1 else None,
                    birthday=draw.choice(["", "1990-03-05", "12-01", "11-22", "1980-11-21"]),
                    created_at=f"2024-{draw.randint(1, 12):02}-03 09:00:00",
                    checked_on=draw.choice([None, 739000, 739100]),
                    custom=json.dumps({k: v for k, v in custom.items() if draw.random() < 0.6}),
                )
                if draw.random() < 0.6:
                    phone = f"138{draw.randint(10**7, 10**8 - 1)}"
                    step.insert(ContactPoint, customer_id=number, kind="phone", value=phone, norm=phone)
                for tag in (1, 2, 3):
                    if draw.random() < 0.3:
                        step.insert(CustomerTag, customer_id=number, tag_id=tag)
        yield book


def slow_key(field: str, row: CustomerRow, rows: dict[int, CustomerRow]) -> Any:
    """What a field is sorted by, None for none."""
    if field.startswith("custom:"):
        name = field.removeprefix("custom:")
        value = row.custom.get(name)
        if value is None or OWN[name] in ("number", "yesno", "date"):
            return value
        return SIZES.index(value) if OWN[name] == "choice" else sort_key(value)
    if field in ("kind", "relation", "gender"):
        codes = {"kind": words.CUSTOMER_KINDS, "relation": words.RELATIONS, "gender": words.GENDERS}[field]
        return list(codes).index(getattr(row, field)) if getattr(row, field) else None
    if field == "tags":
        return min(map(sort_key, row.tags), default=None)
    if field == "referred_by":
        # The id breaks ties among referrers of one name, as in the list by name.
        return (sort_key(rows[row.referred_by].name), row.referred_by) if row.referred_by else None
    if field == "birthday":
        day = row.birthday[-5:]
        return (day < "11-22", day) if day else None
    if field == "phone":
        return row.phone or None
    if field == "created":
        return row.created_at[:10]
    value = getattr(row, field)
    return (sort_key(value) if value else None) if isinstance(value, str) else value


OTHERS = {"wechat", "email", "qq", "weibo", "address", "member"}
ASKED = sorted((FIELDS - OTHERS) | {f"custom:{name}" for name in OWN})


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("field", ASKED)
def test_every_field_sorts_with_blanks_last(shop: Book, field: str, descending: bool) -> None:
    rows = customer_rows(shop, range(1, N + 1), TODAY)
    keys = {one: slow_key(field, row, rows) for one, row in rows.items()}
    known = sorted((one for one in rows if keys[one] is not None), key=lambda one: (keys[one], one))
    blank = [one for one in rows if keys[one] is None]
    wanted = known[::-1] + blank[::-1] if descending else known + blank
    ids = customer_ids(shop, view=CustomerFilter(), order=field, descending=descending, today=TODAY)
    assert list(ids) == wanted
    first = first_ids(shop, view=CustomerFilter(), order=field, descending=descending, today=TODAY, limit=9)
    assert list(first) == wanted[:9]
    assert not at_hand(field)


def test_surnames_are_read_as_surnames(book: Book) -> None:
    names = ["种一", "区二", "朴三", "仇四", "单五", "解六", "曾七", "查八", "翟九", "Abel", "王十"]
    with book.step("Fill") as step:
        for number, name in enumerate(sorted(names), 1):
            step.insert(Customer, id=number, name=name, created_at="2024-01-01 09:00:00")
    ids = customer_ids(book, view=CustomerFilter(), order="name", today=TODAY)
    rows = customer_rows(book, ids, TODAY)
    wanted = ["Abel", "种一", "区二", "朴三", "仇四", "单五", "王十", "解六", "曾七", "查八", "翟九"]
    assert [rows[one].name for one in ids] == wanted


def test_a_field_that_is_gone_sorts_by_nothing(shop: Book) -> None:
    ids = customer_ids(shop, view=CustomerFilter(), order="custom:gone", today=TODAY)
    assert list(ids) == list(range(1, N + 1))
    with pytest.raises(KeyError):
        customer_ids(shop, view=CustomerFilter(), order="nonsense", today=TODAY)
