"""The search index finds what a counter types: characters, pinyin, initials, both ends of a number."""

import pytest

from desktop.core.text import normalise_phone
from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.models.search_index import match_expression, matching_sql, rebuild

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


def found(book: Book, text: str) -> list[str]:
    match = match_expression(text)
    sql = f"SELECT name FROM customer WHERE id IN ({matching_sql()}) ORDER BY id"
    return [name for (name,) in book.rows(sql, {"match": match})] if match else []


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("王", "王丽华"), ("丽华", "王丽华"), ("wlh", "王丽华"), ("WangLi", "王丽华"), ("lihua", "王丽华"),
        ("wang lihua", "王丽华"), ("8421", "王丽华"), ("1380013", "王丽华"), ("1248", "单雄信"),
        ("lihua-tea", "王丽华"), ("西湖", "王丽华"), ("龙井 wlh 8421", "王丽华"), ("shan", "单雄信"),
        ("danxiong", "单雄信"), ("emma", "Emma Carter"), ("carter leeds", "Emma Carter"),
        ("0214", "Emma Carter"), ("ec", "Emma Carter"),
    ],
)  # fmt: skip
def test_a_counters_words_find_the_one_customer(shop: Book, typed: str, who: str) -> None:
    assert found(shop, typed) == [who]


@pytest.mark.parametrize(
    "typed", ["", "  ", '"', "*", "OR", "name:x", "王 AND", "(", "杭州 北京", "%", "'; --"]
)
def test_nothing_typed_is_query_syntax(shop: Book, typed: str) -> None:
    assert found(shop, typed) == []


def test_the_index_follows_every_change_and_its_undo(shop: Book) -> None:
    with shop.step("Rename") as step:
        step.update(Customer, 1, name="李小龙")
        step.execute("DELETE FROM contact_point WHERE customer_id = 3 AND kind = 'phone'")
        step.delete(Customer, [2])
    assert (found(shop, "王"), found(shop, "lxl"), found(shop, "0214"), found(shop, "shan")) == (
        [],
        ["李小龙"],
        [],
        [],
    )
    shop.undo()
    assert (found(shop, "wlh"), found(shop, "lxl")) == (["王丽华"], [])
    assert (found(shop, "0214"), found(shop, "shan")) == (["Emma Carter"], ["单雄信"])


def test_a_lost_index_is_rebuilt(shop: Book) -> None:
    with shop.step("Rebuild") as step:
        rebuild(step.db)
        step.update(Customer, 1, notes="x")
    assert found(shop, "wlh") == ["王丽华"]
