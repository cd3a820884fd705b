"""What sells together and next: a worked case, and against plain counting of every basket."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise
from math import erfc, exp, log, sqrt
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.analytics import affinity
from desktop.analytics.affinity import Pairs, bought_next, bought_together
from desktop.analytics.association import benjamini_hochberg, lift_interval, log_likelihood
from desktop.analytics.baskets import Baskets, baskets

Lines = list[tuple[int, int, list[int]]]
"""(customer, day, products) of each order."""
ORDERS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(100, 130), st.lists(st.integers(1, 6), max_size=4)), max_size=60
)


def held(orders: Lines) -> Baskets:
    """The baskets of some orders."""
    lines = [(at, product) for at, (_, _, products) in enumerate(orders) for product in products]
    table = np.array(lines, np.int64).reshape(-1, 2)
    customer, day = (np.array([one[at] for one in orders], np.int64) for at in (0, 1))
    return baskets(customer, day, table[:, 0], table[:, 1])


def plain_baskets(orders: Lines) -> list[tuple[Any, int, set[int]]]:
    """(customer, day, products) of each basket, by customer and day."""
    found: dict[tuple[Any, int], set[int]] = defaultdict(set)
    for at, (customer, day, products) in enumerate(orders):
        found[(customer or f"nobody {at}", day)].update(products)
    baskets = [(who, day, products) for (who, day), products in found.items() if products]
    return sorted(baskets, key=lambda one: (str(one[0]), one[1]))


def judged(tables: dict[tuple[int, int], tuple[int, int, int]], total: int, looked: int) -> dict[Any, Any]:
    """Lift, interval and corrected p of (n, of first, of second), counted out one by one."""
    raw = {}
    for pair, (n, a, b) in tables.items():
        cells = [(n, a * b), (a - n, a * (total - b)), (b - n, (total - a) * b)]
        cells.append((total - a - b + n, (total - a) * (total - b)))
        g = 2 * sum(seen * log(seen / (expected / total)) for seen, expected in cells if seen)
        lift = n * total / (a * b)
        half = 1.96 * sqrt(max(0.0, 1 / n - 1 / a - 1 / b + (2 * lift - 1) / total))
        raw[pair] = (lift, lift * exp(-half), lift * exp(half), erfc(sqrt(max(g, 0) / 2)))
    order = sorted(raw, key=lambda pair: raw[pair][3])
    adjusted, least = {}, 1.0
    for rank in range(len(order), 0, -1):
        least = min(least, raw[order[rank - 1]][3] * looked / rank)
        adjusted[order[rank - 1]] = least
    return {pair: (*raw[pair][:3], adjusted[pair]) for pair in raw}


def check(
    found: Pairs, expected: dict[Any, Any], tables: dict[Any, Any], buyers: dict[Any, set[Any]]
) -> None:
    """What was found is what plain counting finds."""
    kept = {
        pair
        for pair, (_, low, _, p) in expected.items()
        if p <= affinity.ALPHA and low > 1 and len(buyers[pair]) >= 2
    }
    assert set(zip(found.first.tolist(), found.second.tolist(), strict=True)) == kept
    for at in range(found.size):
        pair = (int(found.first[at]), int(found.second[at]))
        assert (found.n[at], found.of_first[at], found.of_second[at]) == tables[pair]
        assert found.buyers[at] == len(buyers[pair])
        lift, low, high, p = expected[pair]
        assert found.lift[at] == pytest.approx(lift)
        assert (found.low[at], found.high[at]) == pytest.approx((low, high), rel=1e-3)
        assert found.p[at] == pytest.approx(p, rel=1e-6, abs=1e-12)
    assert (np.diff(found.low) <= 1e-12).all()


@pytest.fixture
def _much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random shops are small: let them be sure of more."""
    monkeypatch.setattr(affinity, "ALPHA", 0.9)


@given(ORDERS)
@pytest.mark.usefixtures("_much")
def test_together_is_what_plain_counting_finds(orders: Lines) -> None:
    plain = plain_baskets(orders)
    there = {p: sum(p in products for _, _, products in plain) for p in range(1, 7)}
    frequent = [p for p in there if there[p] >= 2]
    tables, buyers = {}, defaultdict(set)
    for pair in combinations(frequent, 2):
        both = [who for who, _, products in plain if {*pair} <= products]
        if len(both) >= 2:
            tables[pair] = (len(both), there[pair[0]], there[pair[1]])
            buyers[pair] = set(both)
    found = bought_together(held(orders), least=2, buyers=2)
    looked = len(frequent) * (len(frequent) - 1) // 2
    assert found.looked == looked
    check(found, judged(tables, len(plain), looked), tables, buyers)


@given(ORDERS, st.integers(1, 20), st.integers(90, 115), st.integers(110, 140))
@pytest.mark.usefixtures("_much")
def test_next_is_what_plain_counting_finds(orders: Lines, within: int, start: int, end: int) -> None:
    known = [one for one in plain_baskets(orders) if not isinstance(one[0], str)]
    steps = [
        (who, day, after - day, products, then)
        for (who, day, products), (other, after, then) in pairwise(known)
        if who == other and after - day <= within and start <= after < end
    ]
    counted = {(who, day) for who, day, *_ in steps} | {(who, day + gap) for who, day, gap, *_ in steps}
    there = [products for who, day, products in known if (who, day) in counted]
    frequent = [p for p in range(1, 7) if sum(p in products for products in there) >= 2]
    tables, buyers, gaps = {}, defaultdict(set), defaultdict(list)
    for pair in ((a, b) for a in frequent for b in frequent):
        both = [step for step in steps if pair[0] in step[3] and pair[1] in step[4]]
        if len(both) >= 2:
            of_first = sum(pair[0] in products for _, _, _, products, _ in steps)
            of_second = sum(pair[1] in products for _, _, _, _, products in steps)
            tables[pair] = (len(both), of_first, of_second)
            buyers[pair], gaps[pair] = {step[0] for step in both}, [step[2] for step in both]
    found = bought_next(held(orders), within=within, start=start, end=end, least=2, buyers=2)
    check(found, judged(tables, len(steps), len(frequent) ** 2), tables, buyers)
    for at in range(found.size):
        assert found.days[at] == median(gaps[(int(found.first[at]), int(found.second[at]))])


def shop() -> Lines:
    """100 baskets: 20 with tea and cup, 10 with tea alone, 10 with a cup alone, 60 with a fan."""
    tea, cup, fan = 7, 11, 30
    each = [[tea, cup]] * 20 + [[tea]] * 10 + [[cup]] * 10 + [[fan]] * 60
    return [(at + 1, 500, products) for at, products in enumerate(each)]


def test_a_worked_case() -> None:
    found = bought_together(held(shop()))
    assert found.size == 1
    assert (found.first[0], found.second[0], found.n[0], found.total, found.looked) == (7, 11, 20, 100, 3)
    share = found.share(0)
    assert share.value == pytest.approx(2 / 3)
    assert share.n == 30
    assert found.back(0).value == pytest.approx(2 / 3)
    assert found.chance(0) == pytest.approx(0.3)
    # 20 · 100 ÷ (30 · 30); ln's variance 1/20 − 1/30 − 1/30 + (2 · 2.2222 − 1)/100 = .017778.
    times = found.times(0)
    assert times.value == pytest.approx(2.2222, abs=1e-4)
    assert times.low == pytest.approx(2.2222 * exp(-1.96 * sqrt(0.0177778)), abs=1e-3)
    # G² = 2·(20 ln(20/9) + 2·10 ln(10/21) + 60 ln(60/49)).
    n, a, b = np.array([[20], [30], [30]])
    assert log_likelihood(n, a, b, 100)[0] == pytest.approx(26.5657, abs=1e-4)
    assert found.buyers[0] == 20
    turned = found.joined(found.turned()).after(11)
    assert (turned.first.tolist(), turned.second.tolist()) == ([11], [7])


def test_two_orders_of_one_day_are_one_basket_and_nobodys_are_their_own() -> None:
    found = held([(5, 9, [2]), (5, 9, [1, 2]), (0, 9, [1]), (0, 9, [2]), (5, 8, [])])
    assert found.customer.tolist() == [0, 0, 5]
    assert found.day.tolist() == [9, 9, 9]
    assert [found.products[found.product[a:b]].tolist() for a, b in pairwise(found.starts)] == [
        [1],
        [2],
        [1, 2],
    ]


def test_one_customer_who_always_orders_the_same_proves_nothing() -> None:
    orders: Lines = [(1, 400 + at, [7, 11]) for at in range(40)]
    orders += [(at + 2, 500, [30]) for at in range(60)]
    assert bought_together(held(orders)).size == 0


def test_an_empty_shop_and_one_basket_have_no_pairs() -> None:
    few: list[Lines] = [[], [(1, 5, [1, 2])], [(0, 5, [])]]
    for orders in few:
        assert bought_together(held(orders)).size == 0
        assert bought_next(held(orders), within=30, start=0, end=100).size == 0


def test_ids_far_apart_are_counted_as_well() -> None:
    orders = [(who * 10**9, day, [p * 10**9 for p in products]) for who, day, products in shop()]
    assert bought_together(held(orders)).n.tolist() == [20]


def test_the_interval_of_the_lift_covers_what_it_should() -> None:
    dice = np.random.default_rng(6)
    chances = [0.02, 0.06, 0.08, 0.84]  # lift .02 ÷ (.08 · .1) = 2.5
    cells = dice.multinomial(3000, chances, size=2000)
    n, a, b = cells[:, 0], cells[:, 0] + cells[:, 1], cells[:, 0] + cells[:, 2]
    _, low, high = lift_interval(n, a, b, 3000)
    assert float(((low <= 2.5) & (high >= 2.5)).mean()) == pytest.approx(0.95, abs=0.012)


def test_correction_by_benjamini_and_hochberg_as_published() -> None:
    # The fifteen p values of Benjamini & Hochberg (1995), section 3.2: four stay below .05.
    small = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p = [*small, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    found = benjamini_hochberg(np.array(p), 15)
    assert int((found <= 0.05).sum()) == 4
    assert found[3] == pytest.approx(0.0095 * 15 / 4)


@settings(max_examples=15)
@given(st.integers(0, 2**31))
def test_products_bought_at_random_hardly_ever_make_a_pair(seed: int) -> None:
    dice = np.random.default_rng(seed)
    orders: Lines = [(at + 1, 5, np.flatnonzero(dice.random(12) < 0.2).tolist()) for at in range(600)]
    assert bought_together(held(orders)).size <= 3
