"""The customer list's order, filters and counts, against a plain reckoning in Python."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.book import Book
from desktop.models.customers import ContactPoint, Customer, CustomerTag, Tag
from desktop.models.orders import Order
from desktop.queries import customers
from desktop.queries.conditions import Condition, Group
from desktop.queries.customer_filter import STATES, CustomerFilter
from desktop.queries.customer_order import statements
from desktop.queries.customer_rows import CustomerRow, customer_rows
from desktop.queries.customers import ORDERS, customer_ids, first_ids

TODAY = date(2026, 11, 22)
N = 300


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Three hundred customers of every state, some tagged, some from companies."""
    book = Book.create(tmp_path_factory.mktemp("list") / "shop.shuke")
    dice = random.Random(7)
    with book.step("Fill") as step:
        for number in range(1, N + 1):
            step.insert(
                Customer,
                id=number,
                name="".join(dice.choices("王李张刘陈丽华志强", k=3)),
                kind=dice.choice(["individual", "individual", "company"]),
                created_at="2024-01-01 09:00:00",
            )
            phone = f"138{number:08d}"
            step.insert(ContactPoint, customer_id=number, kind="phone", value=phone, norm=phone, main=1)
            day = TODAY - timedelta(days=dice.randint(0, 300))
            for _ in range(dice.choice([0, 1, 1, 2, 5])):
                paid = dice.randint(1, 9) * 1000
                placed = f"{day} 10:00:00"
                step.insert(Order, customer_id=number, placed_at=placed, total=paid, paid=paid)
                day -= timedelta(days=dice.randint(5, 40))
        step.insert(Tag, id=1, name="VIP")
        for number in range(5, N, 11):
            step.insert(CustomerTag, customer_id=number, tag_id=1)
    yield book
    book.close()


def everyone(book: Book) -> dict[int, CustomerRow]:
    return customer_rows(book, range(1, N + 1), TODAY)


def key_of(order: str, row: CustomerRow, drift: int | None) -> object:
    return {
        "last": row.last_day, "first": row.first_day, "rhythm": row.rhythm, "orders": row.orders,
        "spend": row.spend, "rating": row.rating, "complaints": row.complaints,
        "state": (STATES.index(row.state), drift or 0),
        "expected": row.next_day, "points": row.points, "last_contact": row.last_contact,
    }[order]  # fmt: skip


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("order", sorted(set(ORDERS) - {"name", "state"}))
def test_every_order_sorts_with_the_id_as_tie_break_and_blanks_last(
    shop: Book, order: str, descending: bool
) -> None:
    ids = customer_ids(shop, view=CustomerFilter(), order=order, descending=descending, today=TODAY)
    rows = everyone(shop)
    keys = [(key_of(order, rows[one], None), one) for one in ids]
    known = [key for key in keys if key[0] is not None]
    assert keys[: len(known)] == sorted(known, reverse=descending)
    blank = [one for key, one in keys if key is None]
    assert blank == sorted(blank, reverse=descending)
    assert sorted(ids) == list(range(1, N + 1))


def test_names_sort_as_an_address_book(shop: Book) -> None:
    rows = everyone(shop)
    ids = customer_ids(shop, view=CustomerFilter(), order="name", today=TODAY)
    surnames = [rows[one].name[0] for one in ids]
    given_first = [name for name in dict.fromkeys(surnames) if name in "陈李刘王张"]
    assert given_first == list("陈李刘王张")


@pytest.mark.parametrize("descending", [False, True])
def test_states_stand_together_in_their_order(shop: Book, descending: bool) -> None:
    rows = everyone(shop)
    ids = customer_ids(shop, view=CustomerFilter(), order="state", descending=descending, today=TODAY)
    states = list(dict.fromkeys(rows[one].state for one in ids))
    wanted = [state for state in STATES if state in {row.state for row in rows.values()}]
    assert states == (wanted[::-1] if descending else wanted)
    assert sorted(ids) == list(range(1, N + 1))
    assert len(wanted) > 4


views = st.builds(
    CustomerFilter,
    text=st.sampled_from(["", "", "王", "wlh", "138", "zhang"]),
    states=st.lists(st.sampled_from(STATES), max_size=2, unique=True).map(tuple),
    new_this_month=st.booleans(),
    complained=st.booleans(),
    where=st.sampled_from(
        [None, None, Group("and", (Condition("tags", "any", (1,)), Condition("spend", "le", (12000,))))]
    ),
)


@given(view=views, order=st.sampled_from([*ORDERS, ""]), descending=st.booleans())
def test_the_first_screenful_and_the_count_agree_with_the_whole_list(
    shop: Book, view: CustomerFilter, order: str, descending: bool
) -> None:
    ids = customer_ids(shop, view=view, order=order, descending=descending, today=TODAY)
    first = first_ids(shop, view=view, order=order, descending=descending, today=TODAY, limit=40)
    assert first == ids[:40]
    assert customers.count_customers(shop, view=view, today=TODAY) == len(ids)


@given(view=views)
def test_filters_leave_exactly_whom_they_say(shop: Book, view: CustomerFilter) -> None:
    rows = everyone(shop)
    found = customer_ids(shop, view=view.without_text(), today=TODAY)
    assert set(found) == {one for one, row in rows.items() if fits(view, row)}


def fits(view: CustomerFilter, row: CustomerRow) -> bool:
    this_month = row.first_day is not None and row.first_day >= TODAY.replace(day=1).toordinal()
    return (
        (not view.states or row.state in view.states)
        and (view.where is None or ("VIP" in row.tags and row.spend <= 12000))
        and (not view.complained or row.complaints > 0)
        and (not view.new_this_month or this_month)
    )


def test_counts_say_what_the_chips_would_list(shop: Book) -> None:
    counts = customers.customer_counts(shop, TODAY)
    states = [row.state for row in everyone(shop).values()]
    assert counts.everybody == N == sum(counts.states.values())
    assert counts.states == {state: states.count(state) for state in STATES}


@given(view=views)
def test_a_filter_survives_the_book(view: CustomerFilter) -> None:
    assert CustomerFilter.from_json(view.to_json()) == view


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("order", sorted(ORDERS))
def test_the_first_screenful_is_never_a_full_sort(shop: Book, order: str, descending: bool) -> None:
    for state in ((), ("regular",)):
        view = CustomerFilter(states=state)
        for sql, params in statements(shop, view, order, descending, TODAY, walk=True):
            plan = " ".join(row[3] for row in shop.rows(f"EXPLAIN QUERY PLAN {sql} LIMIT 60", params))
            assert "INDEX summary_" in plan, plan
            assert "TEMP B-TREE" not in plan, plan


def test_the_rows_of_a_page_come_by_keys(shop: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    original = shop.rows

    def listen(sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
        told.append(" ".join(row[3] for row in original(f"EXPLAIN QUERY PLAN {sql}", params)))
        return original(sql, params)

    monkeypatch.setattr(shop, "rows", listen)
    rows = customer_rows(shop, [3, 1, 999_999], TODAY)
    assert set(rows) == {1, 3}
    assert rows[3].phone == "13800000003"
    assert len(told) == 3
    assert not any(plan.startswith("SCAN") for plan in told), told
