"""The model that profile and insights share: what it is fitted to, how long it is kept, why there is none."""

from __future__ import annotations

import random
from datetime import timedelta

import numpy as np
import pytest

from desktop.analytics.fitting import FEWEST
from desktop.analytics.lifetime import Histories, histories
from desktop.analytics.lifetime_fit import fit_mbgnbd
from desktop.analytics.spend import fit_spend
from desktop.models.book import Book
from desktop.queries import lifetime_rows
from desktop.queries.insight_scope import Narrowing
from desktop.queries.lifetime import Lifetime, NoModel, ShopModel, lifetime, shop_model
from tests.unit.queries.leaving_shops import TODAY, Sale, regular_shop, scope_of, sell

REGULAR = regular_shop(random.Random(2))


def days_of(sales: list[Sale], until: int) -> dict[int, list[int]]:
    """Each customer's purchase days up to the evening of `until` days ago, as days ago, first one first."""
    found: dict[int, set[int]] = {}
    for customer, ago, amount, _ in sales:
        if amount >= 0 and ago >= until:
            found.setdefault(customer, set()).add(ago)
    return {customer: sorted(days, reverse=True) for customer, days in found.items()}


def fitted(sales: list[Sale], until: int) -> ShopModel:
    """The fit once more, from the sales."""
    days = days_of(sales, until)
    spent = dict.fromkeys(days, 0)
    for customer, ago, amount, _ in sales:
        if ago >= until:
            spent[customer] += amount
    x = np.array([len(one) - 1.0 for one in days.values()])
    t = np.array([float(one[0] - one[-1]) for one in days.values()])
    age = np.array([float(one[0] - until) for one in days.values()])
    each = np.array([spent[customer] / len(one) for customer, one in days.items()])
    model = fit_mbgnbd(Histories(x, t, age))
    money = fit_spend((x + 1)[x > 0], each[x > 0])
    day = (TODAY - timedelta(days=until)).toordinal()
    return ShopModel(model, money, "", x.size, day)


def same(found: ShopModel | NoModel, wanted: ShopModel) -> None:
    assert isinstance(found, ShopModel)
    assert (found.customers, found.day, found.no_money) == (wanted.customers, wanted.day, "")
    for name in ("r", "alpha", "a", "b"):
        assert getattr(found.model, name) == pytest.approx(getattr(wanted.model, name), rel=1e-4)
    for name in ("p", "q", "v"):
        assert getattr(found.money, name) == pytest.approx(getattr(wanted.money, name), rel=1e-4)


@pytest.mark.parametrize("until", [0, 200])
def test_it_is_fitted_to_the_whole_shop_as_it_stood(book: Book, until: int) -> None:
    sell(book, 160, REGULAR)
    found = shop_model(book, scope_of(book, until=until, only=Narrowing(channel="wechat")))
    same(found, fitted(REGULAR, until))


def test_the_insights_and_a_profile_share_a_fit(book: Book) -> None:
    sell(book, 160, REGULAR)
    scope = scope_of(book)
    model = shop_model(book, scope)
    assert isinstance(model, ShopModel)
    one = lifetime(book, customer_id=7, today=TODAY)
    assert isinstance(one, Lifetime)
    people = histories(scope.past, scope.end)
    place = scope.past.ids.tolist().index(7)
    assert one.alive == pytest.approx(model.alive(people)[place])
    assert one.purchases == pytest.approx(model.expected(people, 365.25)[place])
    spend = model.spend(people.x + 1, scope.purchases.spend(scope.past.ids) / (people.x + 1))
    assert spend is not None
    assert one.value == round(model.value(people, spend, 12, 0.01)[place])
    assert shop_model(book, scope_of(book, days=30)) is model


def test_it_is_kept_until_rhythm_or_day_change(book: Book) -> None:
    sell(book, 160, REGULAR)
    model = shop_model(book, scope_of(book))
    back = shop_model(book, scope_of(book, until=90))
    assert shop_model(book, scope_of(book)) is model
    assert shop_model(book, scope_of(book, until=90)) is back
    tomorrow = TODAY + timedelta(days=1)
    later = shop_model(book, scope_of(book, today=tomorrow))
    assert isinstance(later, ShopModel)
    assert later.day == tomorrow.toordinal()
    sell(book, 0, [(1, 0, 500, "shop")])
    assert shop_model(book, scope_of(book)) is not model


def test_rows_of_summaries_and_of_the_trade_are_the_same(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    sell(book, 160, REGULAR)
    for drawn in (20_000, 50):
        monkeypatch.setattr(lifetime_rows, "DRAWN", drawn)
        now = lifetime_rows.rows_now(book, TODAY.toordinal())
        before = lifetime_rows.rows_before(scope_of(book))
        assert now.shape[0] == (160 if drawn > 160 else 50)
        assert sorted(now.tolist()) == sorted(before.tolist())


def why(book: Book) -> NoModel | ShopModel:
    return shop_model(book, scope_of(book, days=4000))


def test_a_shop_without_buyers(book: Book) -> None:
    sell(book, 3, [])
    assert why(book) == NoModel(why="nobody")


def test_a_shop_whose_orders_lie_ahead(book: Book) -> None:
    sell(book, 60, [(n, -9, 100, "shop") for n in range(1, 61)])
    assert why(book) == NoModel(why="future")


def test_some_orders_ahead_disturb_nobody(book: Book) -> None:
    sell(book, 161, [*REGULAR, (161, -5, 100, "shop")])
    same(shop_model(book, scope_of(book)), fitted(REGULAR, 0))


def test_everybody_on_one_day(book: Book) -> None:
    sell(book, 80, [(n, 9, 100, "shop") for n in range(1, 81)])
    assert why(book) == NoModel(why="one-day")


def test_too_few_who_came_back(book: Book) -> None:
    sell(book, 70, [*((n, 90, 100, "shop") for n in range(1, 71)), (4, 20, 100, "shop"), (5, 2, 9, "shop")])
    assert why(book) == NoModel(2, FEWEST)


def test_customers_who_all_do_the_same(book: Book) -> None:
    # Each comes every ten days and nobody leaves: there is no spread of paces for the model to find.
    sell(book, 80, [(n, ago, 100, "shop") for n in range(1, 81) for ago in range(0, 300, 10)])
    assert why(book) == NoModel(why="unconverged")


def test_spend_that_follows_no_model(book: Book) -> None:
    returned: list[Sale] = [(n, 1, -10_000_000, "shop") for n in range(1, 161)]
    sell(book, 160, [*REGULAR, *returned])
    found = shop_model(book, scope_of(book))
    assert isinstance(found, ShopModel)
    assert (found.money, found.no_money) == (None, "few")
    assert found.spend(np.ones(1), np.ones(1)) is None
    one = lifetime(book, customer_id=7, today=TODAY)
    assert isinstance(one, Lifetime)
    assert one.value is None
