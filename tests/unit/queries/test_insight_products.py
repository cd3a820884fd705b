"""Products: every figure against a slow count of the rows, filters, and what is behind a figure."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from statistics import mean, stdev
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.analytics.affinity import Pairs, bought_together
from desktop.analytics.baskets import Baskets
from desktop.models.book import Book
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.service import Rating
from desktop.queries import insight_products
from desktop.queries.insight_products import ProductReport, product_report
from desktop.queries.insight_scope import Narrowing, Scope, insight_scope
from desktop.queries.product_counts import BACK_DAYS
from tests.unit.queries.product_shops import PRODUCTS, TODAY, Bought, bought, fill

END = TODAY.toordinal() + 1


def scope(book: Book, start: int = END - 150, end: int = END, **only: Any) -> Scope:
    """The trade of a book over some days."""
    return insight_scope(book, start=start, end=end, today=TODAY, only=Narrowing(**only))


def check(report: ProductReport, orders: list[Bought], everything: list[Bought]) -> None:
    """Every row of a report is what counting the orders one by one gives."""
    start, end = report.scope.start, report.scope.end
    known = [one for one in everything if one.purchase and one.customer and one.day < end]
    days: dict[int, set[int]] = {}
    for one in known:
        days.setdefault(one.customer or 0, set()).add(one.day)
    kept = [one for one in orders if one.purchase]
    now = [one for one in kept if start <= one.day < end]
    before = [one for one in kept if report.scope.before[0] <= one.day < report.scope.before[1]]
    firsts = {(who, min(when)) for who, when in days.items()}
    for product in range(1, PRODUCTS + 1):
        at = report.place(product)
        own = [one for one in now if product in one.products]
        if at is None:
            assert not own
            continue
        row = report.row(at)
        assert row.orders == len(own)
        assert row.quantity == sum(q for one in own for p, q, _ in one.lines if p == product)
        assert row.net == sum(amount for one in own for p, _, amount in one.lines if p == product)
        assert row.orders_before == sum(product in one.products for one in before)
        times = Counter(who for who, _ in {(one.customer, one.day) for one in own if one.customer})
        assert (row.buyers, row.again.hits) == (len(times), sum(n > 1 for n in times.values()))
        won = {(one.customer, one.day) for one in own} & firsts
        assert (row.won.hits, row.won.n) == (len(won), len(times))
        stars = [s for one in kept if product in one.products for day, s in one.stars if start <= day < end]
        assert row.satisfaction.n == len(stars)
        if len(stars) > 1:
            assert row.satisfaction.value == pytest.approx(mean(stars))
            low = row.satisfaction.low
            assert low is not None
            assert low <= mean(stars) - 1.95 * stdev(stars) / len(stars) ** 0.5 + 1e-9
        blamed = sum(one.blamed.count(product) for one in now)
        assert row.complaints.value == (pytest.approx(100 * blamed / len(own)) if own else None)
        old = {(who, day) for who, day in firsts if day + BACK_DAYS < end}
        baskets = {(one.customer, one.day) for one in kept if product in one.products and one.day < end}
        chosen = {(one.customer, one.day) for one in kept if one.products and one.day < end} & old
        back = [sorted(days[who or 0])[1] - day <= BACK_DAYS if len(days[who or 0]) > 1 else False
                for who, day in chosen & baskets]  # fmt: skip
        assert (row.back.hits, row.back.n) == (sum(back), len(back))
        assert row.others.n == len(chosen) - len(back)
        months = report.months(product)
        assert sum(month.orders for month in months) == row.orders
        assert sum(month.net for month in months) == row.net
        assert report.orders(product).tolist() == [
            one.id for one in sorted(own, key=lambda one: (-one.day, -one.id))
        ]
        assert report.customers(product).tolist() == sorted(times)


@settings(max_examples=12)
@given(st.integers(0, 2**31))
def test_every_figure_is_what_counting_the_rows_gives(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    dice = random.Random(seed)
    with Book.create(tmp_path_factory.mktemp("goods") / "shop.shuke") as book:
        fill(book, dice)
        start, end = END - dice.choice([30, 150, 420]), END - dice.choice([0, 0, 40])
        everything = bought(book)
        check(product_report(scope(book, start, end)), everything, everything)
        # A product of the filter is left out: the others are to be seen beside it.
        check(product_report(scope(book, start, end, product=2)), everything, everything)
        check(product_report(scope(book, start, end, channel="wechat")), bought(book, "wechat"), everything)


def fill_tea(book: Book) -> None:
    """Tea and a cup go together, a fan comes ten days after the tea; pots are bought by chance."""
    with book.step("Fill") as step:
        for number, name in enumerate(("Tea", "Cup", "Fan", "Pot"), start=1):
            step.insert(Product, id=number, name=name)
        for customer in range(1, 61):
            step.execute(
                "INSERT INTO customer (id, name, created_at) VALUES (?, 'x', '2025-01-01 09:00:00')",
                (customer,),
            )
            day = END - 100
            for after, products in ((0, [1, 2] if customer <= 30 else [4]), (10 + customer % 3, [3, 4])):
                if after and customer > 30:
                    products = [4]
                order = step.insert(
                    Order, customer_id=customer, placed_at=f"{date.fromordinal(day + after)} 10:00:00",
                    total=100, paid=100,
                )  # fmt: skip
                for product in products:
                    step.insert(OrderLine, order_id=order, product_id=product, amount=50)


@pytest.fixture
def tea(book: Book) -> Book:
    """A book with tea in it."""
    fill_tea(book)
    return book


def test_what_goes_together_and_what_comes_next(tea: Book) -> None:
    report = product_report(scope(tea))
    companions = report.companions(2)
    assert (companions.second.tolist(), companions.n.tolist()) == ([1], [30])
    assert companions.share(0).value == 1
    followers = report.followers(1)
    assert followers.second.tolist() == [3]
    assert (followers.n[0], followers.of_first[0], followers.total, followers.days[0]) == (30, 30, 60, 11)
    assert report.customers(1, 3).tolist() == list(range(1, 31))
    assert product_report(scope(tea), within=9).followers(1).size == 0
    assert report.sold.size == 4
    assert report.values("again")[report.place(4) or 0] == pytest.approx(0.5)


def test_pairs_are_kept_until_enough_has_changed(tea: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(held: Baskets) -> Pairs:
        asked.append(held)
        return bought_together(held)

    monkeypatch.setattr(insight_products, "bought_together", counted)
    product_report(scope(tea))
    product_report(scope(tea))
    assert len(asked) == 1
    product_report(scope(tea, start=END - 99))
    assert len(asked) == 2
    with tea.step("Sell") as step:
        order = step.insert(Order, customer_id=1, placed_at=f"{TODAY} 10:00:00", total=1, paid=1)
        step.insert(OrderLine, order_id=order, product_id=1, amount=1)
    report = product_report(scope(tea))
    assert len(asked) == 3
    assert report.row(report.place(1) or 0).orders == 31


@settings(max_examples=10)
@given(st.integers(0, 2**31))
def test_after_changes_every_figure_is_still_what_counting_gives(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    dice = random.Random(seed)
    with Book.create(tmp_path_factory.mktemp("goods") / "shop.shuke") as book:
        fill(book, dice)
        product_report(scope(book))
        for _ in range(4):
            change(book, dice)
            everything = bought(book)
            check(product_report(scope(book)), everything, everything)
            check(product_report(scope(book, channel="wechat")), bought(book, "wechat"), everything)


def change(book: Book, dice: random.Random) -> None:
    """Something that happens in a shop."""
    orders = [row for (row,) in book.rows("SELECT id FROM orders")]
    if not orders:
        return
    chosen, product = dice.choice(orders), dice.randint(1, PRODUCTS)
    kind = dice.choice(["sale", "cancel", "line", "rating", "day", "delete", "undo"])
    if kind == "undo":
        book.undo()
        return
    with book.step(kind) as step:
        if kind == "sale":
            order = step.insert(
                Order, customer_id=dice.choice([None, 1, 2, 12]), total=1, paid=1, channel="wechat",
                placed_at=f"{date.fromordinal(END - dice.randint(1, 200))} 10:00:00",
            )  # fmt: skip
            step.insert(OrderLine, order_id=order, product_id=product, amount=7)
        elif kind == "cancel":
            step.update(Order, chosen, status="cancelled")
        elif kind == "line":
            step.insert(OrderLine, order_id=chosen, product_id=product, amount=300)
        elif kind == "rating":
            when = f"{date.fromordinal(END - 3)} 10:00:00"
            step.insert(Rating, order_id=chosen, ended_at=when, rated_at=when, perceived=2)
        elif kind == "day":
            step.update(Order, chosen, placed_at=f"{date.fromordinal(END - 10)} 10:00:00")
        else:
            step.delete(Order, [chosen])


def test_a_book_without_orders_and_one_with_a_single_order(book: Book) -> None:
    report = product_report(scope(book))
    assert (report.sold.size, report.together.size, report.total, report.months(1)) == (0, 0, 0, [])
    with book.step("Sell") as step:
        step.insert(Product, id=1, name="Tea")
        order = step.insert(Order, placed_at=f"{TODAY} 10:00:00", total=-1, paid=0)
        step.insert(OrderLine, order_id=order, product_id=1, amount=-100)
    report = product_report(scope(book))
    row = report.row(int(report.sold[0]))
    assert (row.orders, row.net, row.share, row.buyers, row.again.value) == (1, -100, None, 0, None)
    assert (row.back.value, row.back_differs.direction) == (None, None)
    assert np.isnan(report.values("again")).all()
