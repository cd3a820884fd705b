"""Search finds exactly whom a brute force finds, in its order, whatever is in the book and is typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.contacts import normalise_phone
from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer
from desktop.models.orders import Order
from desktop.models.service import Interaction
from desktop.queries import customer_search
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customer_search import all_matches_sql, search_ids, some_matches
from desktop.queries.customers import customer_ids, first_ids
from tests.unit.queries.search_oracle import Person, ranked

DAY = date(2026, 11, 22)
NAMES = (
    "王丽华", "王立", "王", "单雄信", "曾小敏", "仇英", "欧阳娜娜", "解放", "李 Lily", "吕布", "张长乐",
    "诸葛亮",
    "Emma Carter", "emma wang", "José Núñez", "O’Neil-Smith", "Иван Петров", "さくら", "田中さくら",
    "~小鱼儿~",
    "🐟鱼", "👩‍👧妈妈", "杭州西湖龙井茶叶有限公司", "ＶＩＰ老单", "Zoë", "محمد", "ß", "***", "",
)  # fmt: skip
PHONES = (
    "138 0013 8421", "+86 139-2271-1248", "0571-88881234", "+44 7700 900214", "400 800 1234", "02088889999",
    "13900000000", "+1 202 555 0117", "15912341234-22",
)  # fmt: skip
ACCOUNTS = (
    "lihua-tea",
    "Lihua_88",
    "tb0017",
    "emma.c@example.com",
    "wlh8421",
    "M-1042",
    "茶友👍2",
    "10001",
    "élan",
)
ADDRESSES = (
    "杭州市西湖区龙井路8号", "重庆市渝中区民生路 138 号", "12 High Street, Leeds", "浙江省", "西湖",
    "上海", "京都市さくら町",
)  # fmt: skip
NUMBERS = ("2026110017", "2026-0117", "TB20261", "a77", "8421", "王1", "2900000181", "#12/7")
NOISE = (
    '"', "'", "*", "OR", "AND", "NOT", "NEAR(", "name:", "words : x", "^", "\0", "%", "--", "(", ")",
    "\u202e",
    "\u200b", "¦", "‖", "§hangzhou", "‹1248", "\u0301", "½", "٣", "①", "，", "ﬁ", "-", "+", "＋８６", "0086",
)  # fmt: skip
TYPED = (
    "wlh", "wanglihua", "lihua", "wanglh", "wlihua", "lh", "sxx", "shan", "dan", "zhang", "zcl", "zhcl",
    "zyl", "lv",
    "lu", "lvb", "ouyang", "oyn", "hangzhou", "xihu", "chongqing", "hzxhlj", "jose", "NÚÑEZ", "ec",
    "ecarter", "oneil",
    "龙井", "西湖区", "王丽华西湖", "杭州市西湖区", "丽华", "华丽", "8421", "1248", "0013", "138",
    "13800138421", "900214",
    "07700900214", "8613800138421", "王8421", "wlh8421", "王lh", "wang lh", "lihua hangzhou 138",
    "138 0013 8421",
    "8421 138", "2026110017", "20261", "2026", "tb20261", "王 2026110017", "2026110017 8421 wlh", "vip",
    "ＷＬＨ", "王 8421",
    "emma.c@example.com", "lihua-tea", "tea", "M-1042", "さくら", "くら", "🐟", "петров", "小鱼儿",
)  # fmt: skip


def several(values: tuple[str, ...], most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


def person() -> st.SearchStrategy[Person]:
    name = st.one_of(st.sampled_from(NAMES), st.text("王丽华单曾emaé🐟 さй", max_size=5))
    days = st.one_of(st.just(0), st.integers(738000, 738003))
    return st.builds(
        lambda name, region, phones, accounts, addresses, orders, bought, contacted: Person(
            0, name, region,
            [norm for phone in phones if (norm := normalise_phone(phone))],
            [(account, account.lower()) for account in accounts],
            addresses, orders, bought if orders else 0, contacted,
        ),
        name, st.sampled_from(["", "", *ADDRESSES]), several(PHONES), several(ACCOUNTS),
        several(ADDRESSES, 1),
        several(NUMBERS), days, days,
    )  # fmt: skip


def pieces() -> st.SearchStrategy[str]:
    words = (*TYPED, *NAMES, *PHONES, *ACCOUNTS, *ADDRESSES, *NUMBERS, *NOISE)
    piece = st.one_of(
        st.sampled_from(words),
        st.tuples(st.sampled_from(words), st.integers(0, 6), st.integers(1, 8)).map(
            lambda cut: cut[0][cut[1] : cut[1] + cut[2]]
        ),
        st.from_regex(r"\A[0-9]{1,5}\Z"),
        st.text(max_size=4),
    )
    return st.tuples(
        st.lists(piece, min_size=1, max_size=4), st.sampled_from(["", " ", "  ", "-", "、"])
    ).map(lambda made: made[1].join(made[0]))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with Book.create(tmp_path_factory.mktemp("search") / "shop.shuke") as book:
        yield book


def fill(book: Book, people: list[Person]) -> None:
    """Makes these the only customers; gives them their ids."""
    taken: set[str] = set()

    def free(norm: str) -> bool:
        # A phone or an account is one customer's.
        known = norm in taken
        taken.add(norm)
        return not known

    for one in people:
        one.phones = list(filter(free, one.phones))
        one.accounts = [account for account in one.accounts if free(account[1])]
        one.addresses = list(filter(free, one.addresses))
    with book.step("Fill") as step:
        for table in ("interaction", "orders", "contact_point", "customer"):
            step.execute(f"DELETE FROM {table}")
        for number, one in enumerate(people, 1):
            one.id = number
            step.insert(
                Customer, id=number, name=one.name, region=one.region, created_at="2024-01-01 09:00:00"
            )
            points = [("phone", phone, phone) for phone in one.phones]
            points += [("wechat", *account) for account in one.accounts]
            points += [("address", address, address.replace(" ", "")) for address in one.addresses]
            for kind, value, norm in points:
                step.insert(ContactPoint, customer_id=number, kind=kind, value=value, norm=norm)
            for order in one.orders:
                bought = bool(one.bought)
                day = date.fromordinal(one.bought or 738000)
                step.insert(
                    Order, channel=f"c{number}", number=order, customer_id=number,
                    placed_at=f"{day} 09:00:00",
                    status="paid" if bought else "cancelled", total=int(bought), paid=int(bought),
                )  # fmt: skip
            if one.contacted:
                at = f"{date.fromordinal(one.contacted)} 10:00:00"
                step.insert(Interaction, customer_id=number, happened_at=at, stage="after-sale", text="x")


@settings(max_examples=120)
@given(st.lists(person(), min_size=1, max_size=8), st.lists(pieces(), min_size=1, max_size=12))
def test_search_agrees_with_a_brute_force(shop: Book, people: list[Person], texts: list[str]) -> None:
    fill(shop, people)
    for typed in texts:
        wanted = ranked(people, typed)
        assert some_matches(shop, typed) == wanted, typed
        assert list(search_ids(shop, typed, 2)) == wanted[:2], typed
        sql, params = all_matches_sql(shop, typed)
        assert {row for (row,) in shop.rows(sql, params)} == set(wanted), typed
        if typed.strip():
            view = CustomerFilter(text=typed)
            assert list(customer_ids(shop, view=view, order="", today=DAY)) == wanted, typed
            assert list(first_ids(shop, view=view, order="", today=DAY, limit=3)) == wanted[:3], typed


@pytest.mark.parametrize("way", ["walked", "asked", "sorted"])
def test_every_way_to_the_best_is_the_same(shop: Book, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customer_search, "_ASKED_FIRST", 1)
    monkeypatch.setattr(customer_search, "_ASKED_NEXT", 2)
    monkeypatch.setattr(customer_search, "_SORTED", {"walked": 0, "asked": 0, "sorted": 100}[way])
    monkeypatch.setattr(customer_search, "_SORTED_AFTER_ALL", 0)
    monkeypatch.setattr(customer_search, "_STEPS", 2)
    monkeypatch.setattr(customer_search, "_WALKED", {"walked": 100, "asked": 0, "sorted": 100}[way])
    monkeypatch.setattr(customer_search, "_COMMON", 0)

    @settings(max_examples=25)
    @given(st.lists(person(), min_size=3, max_size=8), st.lists(pieces(), min_size=1, max_size=8))
    def agrees(people: list[Person], texts: list[str]) -> None:
        fill(shop, people)
        for typed in texts:
            wanted = ranked(people, typed)
            assert [some_matches(shop, typed, most) for most in (1, 2, 9)] == [
                wanted[:1], wanted[:2], wanted,
            ], typed  # fmt: skip

    agrees()


LIHUA = Person(
    1,
    "王丽华",
    "杭州",
    ["13800138421"],
    [("lihua-tea", "lihua-tea")],
    ["杭州市西湖区龙井路8号"],
    ["2026-0117"],
)
SHAN = Person(2, "单雄信", "西安", ["13922711248"], [("M1042", "m1042")], [], ["TB20261"])
EMMA = Person(
    3, "Emma Carter", "", ["+447700900214"], [("emma.c@qq.com", "emma.c@qq.com")], ["12 High Street, Leeds"]
)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("8421", 1), ("王", 1), ("华", 1), ("丽华", 1), ("wlh", 1), ("WangLi", 1), ("lihua", 1),
        ("wang lihua", 1),
        ("wang lh", 1), ("wanglh", 1), ("王lh", 1), ("wlihua", 1), ("王 8421", 1), ("王8421", 1),
        ("wlh8421", 1),
        ("wlh 西湖", 1), ("lihua hangzhou 138", 1), ("138 0013 8421", 1), ("+86 138-0013-8421", 1),
        ("0013", 1),
        ("lihua-tea", 1), ("ｗｌｈ", 1), ("王丽华西湖", 1), ("2026-0117", 1), ("2026-0117 王", 1),
        ("xihu wlh", 1),
        ("shan", 2), ("danxiong", 2), ("1248", 2), ("m1042", 2), ("tb20261", 2), ("单TB20261", 2),
        ("sxx TB20261", 2),
        ("emma", 3), ("ec", 3), ("carter leeds", 3), ("0214", 3), ("07700 900214", 3), ("emma.c@qq.com", 3),
    ],
)  # fmt: skip
def test_a_counters_words_find_the_one_customer(shop: Book, typed: str, who: int) -> None:
    fill(shop, [LIHUA, SHAN, EMMA])
    if typed == "单TB20261":
        # Where an order's number begins is not to be seen: it wants a blank before it.
        assert not search_ids(shop, typed)
        return
    assert list(search_ids(shop, typed)) == [who]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "\0",
        '"',
        "*",
        "OR",
        "name:x",
        "“”…",
        "王 AND",
        "(",
        "杭州 北京",
        "%",
        "'; --",
        "1238",
        "wx",
        "0138",
    ],
)
def test_what_nobody_has_finds_nobody(shop: Book, typed: str) -> None:
    fill(shop, [LIHUA, SHAN, EMMA])
    assert not search_ids(shop, typed)


@pytest.mark.parametrize(
    "typed", ["王" * 10_000, "8" * 10_000, "ab " * 4000, "a-" * 5000, "a1" * 5000, "1 " * 5000, '"' * 9999]
)
def test_endless_texts_are_answered(shop: Book, typed: str) -> None:
    fill(shop, [LIHUA, SHAN, EMMA])
    assert not search_ids(shop, typed) or typed.startswith("1 ")


def test_the_exact_name_stands_first_then_who_was_here_or_in_touch_last(book: Book) -> None:
    people = [
        Person(0, "王立", bought=0), Person(0, "王立华", orders=["1"], bought=738001),
        Person(0, "王立军", contacted=738002), Person(0, "王立人"),
    ]  # fmt: skip
    fill(book, people)
    assert list(search_ids(book, "王立")) == [1, 3, 2, 4]
    assert list(search_ids(book, "wl")) == [3, 2, 4, 1]


def test_a_changed_region_is_found_at_once(book: Book) -> None:
    fill(book, [Person(0, "王立", "杭州")])
    with book.step("Move") as step:
        step.update(Customer, 1, region="苏州")
    assert (list(search_ids(book, "suzhou")), list(search_ids(book, "杭州"))) == ([1], [])
