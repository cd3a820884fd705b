"""Search agrees with a brute force over LIKE, whatever is typed."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.pinyin import name_readings
from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.models.orders import Order
from desktop.models.search_index import spaced
from desktop.queries.customer_search import search_ids

NAMES = (
    "王丽华",
    "王立",
    "单雄信",
    "曾小敏",
    "仇英",
    "Emma Carter",
    "emma wang",
    "解放",
    "李 Lily",
    "José Núñez",
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Sixty customers, and beside the index a plain table of their words for LIKE."""
    book = Book.create(tmp_path_factory.mktemp("search") / "shop.shuke")
    dice = random.Random(3)
    book.db.execute_sql("CREATE TABLE plain (id INTEGER, words TEXT, ends TEXT)")
    with book.step("Fill") as step:
        for number in range(1, 61):
            name = dice.choice(NAMES)
            phone = f"13{dice.randint(0, 9)}{dice.randint(0, 9999_9999):08}"
            region = dice.choice(["", "杭州西湖区", "上海"])
            wechat = f"tea_{number % 7}"
            step.insert(Customer, id=number, name=name, region=region, created_at="2024-01-01 09:00:00")
            points = (("phone", phone), ("wechat", f"{wechat}x{number}"))
            for kind, value in points:
                step.insert(ContactPoint, customer_id=number, kind=kind, value=value, norm=value, main=1)
            step.insert(
                Order, number=f"2026110{number:03}", customer_id=number, placed_at="2026-11-01 09:00:00"
            )
            readings = name_readings(name)
            words = [*readings.full, *readings.initials, *readings.given, phone]
            texts = [name, region, f"{wechat}x{number}"]
            plain = " ".join([*words, *(" ".join(split(text)) for text in texts)])
            step.execute("INSERT INTO plain VALUES (?, ?, ?)", (number, f" {plain}", f"{phone} "))
    yield book
    book.close()


def split(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in spaced(unaccented(text))).split()


def unaccented(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(char for char in parts if not unicodedata.combining(char)))


def oracle(book: Book, typed: str) -> set[int]:
    """Every word must begin a word of the customer, or as digits end their phone number."""
    found = {row for (row,) in book.rows("SELECT id FROM plain")}
    for word in split(typed):
        found &= {
            row
            for (row,) in book.rows(
                "SELECT id FROM plain WHERE words LIKE ? OR ends LIKE ?",
                (f"% {word}%", f"%{word} %" if word.isdigit() else "-"),
            )
        }
    return found if split(typed) else set()


typed = st.one_of(
    st.text("王丽华立单曾emawcrtlio", min_size=1, max_size=4),
    st.from_regex(r"\A[0-9]{1,5}\Z").filter(lambda text: not text.startswith("202")),
    st.sampled_from(
        ["wlh", "wanglihua", "lihua", "sxx", "shan", "杭州", "西湖", "上", "tea", "Emma c", "jose", "NÚÑEZ"]
    ),
    st.tuples(st.sampled_from(["王", "wlh", "emma", "杭"]), st.from_regex(r"\A[0-9]{1,3}\Z")).map(" ".join),
    st.text(max_size=6).filter(lambda text: text.isascii()),
)


@given(typed)
def test_search_finds_exactly_what_like_finds(shop: Book, text: str) -> None:
    if re.fullmatch(r"\d{3,}", text.strip()) and text.strip()[:3] == "202":
        return
    assert set(search_ids(shop, text, limit=1000)) == oracle(shop, text), text


def test_an_order_number_leads_to_who_ordered(shop: Book) -> None:
    assert list(search_ids(shop, "2026110017")) == [17]
    assert set(search_ids(shop, "202611001", limit=99)) == set(range(10, 20))


def test_the_exact_name_stands_first(shop: Book) -> None:
    found = search_ids(shop, "王立", limit=1000)
    names = [shop.value("SELECT name FROM customer WHERE id = ?", (row,)) for row in found]
    assert names[0] == "王立"
    exact = [name == "王立" for name in names]
    assert exact == sorted(exact, reverse=True)


def test_a_phone_number_as_it_is_shown_is_found(shop: Book) -> None:
    phone = shop.value("SELECT norm FROM contact_point WHERE kind = 'phone' AND customer_id = 9")
    for shown in (
        f"{phone[:3]} {phone[3:7]} {phone[7:]}",
        f"{phone[:3]}-{phone[3:7]}-{phone[7:]}",
        phone[-4:],
    ):
        assert 9 in search_ids(shop, shown), shown


def test_who_bought_last_stands_first(book: Book) -> None:
    with book.step("Fill") as step:
        for number, day in ((1, "2026-01-01"), (2, "2026-03-01"), (3, "2026-02-01")):
            step.insert(Customer, id=number, name=f"王{number}号", created_at="2024-01-01 09:00:00")
            step.insert(Order, customer_id=number, placed_at=f"{day} 09:00:00", total=1, paid=1)
    assert list(search_ids(book, "王")) == [2, 3, 1]


def test_nothing_typed_finds_nobody(shop: Book) -> None:
    assert not search_ids(shop, "  ")
    assert not search_ids(shop, "“”…")
