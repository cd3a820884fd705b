"""The search index follows every change of a customer's words and its undo."""

from __future__ import annotations

import pytest

from desktop.core.text import normalise_phone
from desktop.core.tokens import tokens
from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.models.search_index import matching_sql, newest_matching_sql, rebuild
from desktop.models.search_words import END, PARTING, PLACE, entry

PEOPLE = {
    "王丽华": ("138 0013 8421", "lihua-tea", "杭州市西湖区龙井路 8 号"),
    "单雄信": ("139 2271 1248", "", "长安"),
    "Emma Carter": ("+44 7700 900214", "emma.c", "12 High Street, Leeds"),
}


@pytest.fixture
def shop(book: Book) -> Book:
    with book.step("Fill") as step:
        for name, (phone, account, address) in PEOPLE.items():
            who = step.insert(Customer, name=name, created_at="2026-01-01 00:00:00")
            points = {"phone": (phone, normalise_phone(phone)), "address": (address, address)}
            if account:
                points["wechat"] = (account, account)
            for kind, (value, norm) in points.items():
                step.insert(ContactPoint, customer_id=who, kind=kind, value=value, norm=norm)
    return book


def found(book: Book, match: str) -> list[str]:
    sql = f"SELECT name FROM customer WHERE id IN ({matching_sql()}) ORDER BY id"
    return [name for (name,) in book.rows(sql, {"match": match})]


def test_an_entry_holds_the_fields_apart_and_what_may_be_typed_for_them() -> None:
    points = (
        ("phone", "138 0013 8421", "13800138421"),
        ("wechat", "Lihua-Tea", "lihua-tea"),
        ("address", "杭州市西湖区龙井路8号", "杭州市西湖区龙井路8号"),
    )
    made = entry("王丽华", "杭州", points)
    assert made.words == " 王 丽 华 ‖ 杭 州 ‖ lihua tea ‖ 杭 州 市 西 湖 区 龙 井 路 8 号 "
    assert set(made.forms.split()) == {
        *("wanglihua", "wanglhua", "wlihua", "wlhua", "lihua", "lhua", "hua"),
        *("13800138421", "00138421", "8421", "‹12483100831"),
        *("§hangzhou", "§hangzhoushi", "§xihuqu", "§longjinglu"),
    }


def test_the_signs_of_an_entry_cannot_be_typed_as_words() -> None:
    assert [tokens(sign) for sign in (PARTING, END, PLACE)] == [[], [], []]


def test_the_index_follows_every_change_and_its_undo(shop: Book) -> None:
    with shop.step("Rename") as step:
        step.update(Customer, 1, name="李小龙", region="苏州")
        step.execute("DELETE FROM contact_point WHERE customer_id = 3 AND kind = 'phone'")
        step.delete(Customer, [2])
    searched = ('"王"', '"lxl"*', '"‹4120"*', '"shan"*', '"苏 州"')
    assert [found(shop, match) for match in searched] == [[], ["李小龙"], [], [], ["李小龙"]]
    shop.undo()
    assert [found(shop, match) for match in searched] == [["王丽华"], [], ["Emma Carter"], ["单雄信"], []]


def test_the_newest_come_first_and_no_more_than_wanted(shop: Book) -> None:
    rows = shop.rows(newest_matching_sql(), {"match": '"1"* OR "4"*', "limit": 2})
    assert [row for (row,) in rows] == [3, 2]


def test_a_lost_index_is_rebuilt(shop: Book) -> None:
    with shop.step("Rebuild") as step:
        rebuild(step.db)
        step.update(Customer, 1, notes="x")
    assert found(shop, '"wlh"*') == ["王丽华"]
