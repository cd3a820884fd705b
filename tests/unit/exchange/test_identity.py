"""Who is who: recognised by any contact point, never joined in silence, and every doubt noted once."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.exchange.checking.records import Person
from desktop.exchange.comparing.identity import Identities, identify
from desktop.exchange.comparing.modes import Mode
from desktop.exchange.plan import make_plan
from desktop.exchange.values.reader import Point
from desktop.models.book import Book
from desktop.operations.importing import import_plan


def point(text: str) -> Point:
    """ "taobao:tea" is an account there, "phone 138" a phone."""
    if " " in text:
        kind, value = text.split()
        return Point(kind, "", value, value)
    channel, value = text.split(":")
    return Point("account", channel, value, value)


def person(name: str, *points: str) -> Person:
    return Person(name, tuple(map(point, points)))


@pytest.fixture
def shop(book: Book, tmp_path: Path) -> Book:
    """1 王丽华: phone 13800138421; 2 李雷: mail; 3 and 4 of one name and place, known by nothing else."""
    path = tmp_path / "people.csv"
    path.write_text("姓名,手机号,邮箱\n王丽华,13800138421,\n李雷,,a@b.cn\n赵云,,\n", encoding="utf-8")
    import_plan(book, make_plan(book, path))
    with book.step("x") as step:
        step.execute("INSERT INTO customer (name, created_at) VALUES ('赵云', '2026-11-22 10:00:00')")
        step.execute(
            "INSERT INTO contact_point (customer_id, kind, channel, value, norm) "
            "VALUES (1, 'account', 'taobao', 'tea1', 'tea1')"
        )
    return book


def doubts(found: Identities) -> list[tuple[int, int, str]]:
    return [(one.one, one.other, one.kind) for one in found.doubts]


def test_any_contact_point_recognises_across_channels(shop: Book) -> None:
    found = identify(shop, [person("x", "phone 13800138421", "jd:w"), person("y", "jd:w"), person("赵云")])
    assert (found.customer, found.new, found.matched_by) == ([1, 1, 3], [], {"phone": 1, "name": 1})
    assert [(who, one.norm) for who, one in found.added] == [(1, "w")]


def test_another_account_on_the_same_platform_is_somebody_else_and_a_doubt(shop: Book) -> None:
    people = [
        person("x", "taobao:tea2", "phone 13800138421"),
        person("x", "taobao:tea2", "phone 13800138421"),
    ]
    found = identify(shop, people)
    assert (found.customer, len(found.new), doubts(found)) == ([-1, -1], 1, [(-1, 1, "phone")])
    assert [one.norm for one in found.new[0].points] == ["tea2"]


def test_a_row_that_names_two_customers_joins_neither(shop: Book) -> None:
    found = identify(shop, [person("x", "phone 13800138421", "email a@b.cn")])
    assert (found.customer, doubts(found)) == ([1], [(1, 2, "email")])


def test_two_of_the_file_that_share_a_phone(shop: Book) -> None:
    people = [person("x", "taobao:a", "phone 13900139000"), person("y", "taobao:b", "phone 13900139000")]
    found = identify(shop, people)
    assert (found.customer, doubts(found)) == ([-1, -2], [(-2, -1, "phone")])


def test_several_of_one_name_are_a_doubt_among_themselves(shop: Book) -> None:
    found = identify(shop, [person("赵云"), person("赵 云"), person("王丽华")])
    assert (found.customer[0], found.customer[2]) == (3, -2)
    # The name alone brings somebody new, who may be she whose phone is known.
    assert doubts(found) == [(3, 4, "name"), (-2, 1, "name")]


def test_pairs_that_wait_or_are_told_apart_are_no_news(shop: Book) -> None:
    with shop.step("x") as step:
        step.execute("INSERT INTO doubt (one_id, other_id, kind) VALUES (1, 2, 'email')")
        step.execute("INSERT INTO not_same (one_id, other_id, at) VALUES (3, 4, '2026-11-22 10:00:00')")
    found = identify(shop, [person("x", "phone 13800138421", "email a@b.cn"), person("赵云")])
    assert doubts(found) == []


def test_whoever_is_not_wanted_is_nobody_and_gives_only_what_is_lacking(shop: Book) -> None:
    people = [
        person("new", "phone 13700137000"),
        person("x", "phone 13800138421", "wechat w1", "wechat w2"),
        person("y", "email a@b.cn", "phone 13600136000"),
    ]
    found = identify(shop, people, set())
    assert (found.customer, found.new, found.doubts) == ([0, 1, 2], [], [])
    assert [(who, one.norm) for who, one in found.added] == [(1, "w1"), (2, "13600136000")]
    wanted = identify(shop, people, {0, 1})
    assert [(who, one.norm) for who, one in wanted.added] == [(1, "w1"), (1, "w2"), (2, "13600136000")]
    assert wanted.customer == [-1, 1, 2]


def test_modes_say_who_comes_in_and_who_gains(shop: Book) -> None:
    people = [person("new", "phone 13700137000"), person("x", "phone 13800138421", "wechat w1")]
    only_adding = identify(shop, people, None, Mode(update=""))
    assert (len(only_adding.new), only_adding.added) == (1, [])
    only_updating = identify(shop, people, None, Mode(add=False))
    assert (only_updating.customer, only_updating.new, len(only_updating.added)) == ([0, 1], [], 1)
