"""Who is leaving: counted again customer by customer, what is at stake, and what thin data can't say."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from desktop.analytics.rhythm import Factors
from desktop.models.book import Book
from desktop.operations.settings import set_book_setting
from desktop.queries.customers import customer_counts
from desktop.queries.insight_drifting import (
    LEAVING,
    MULTIPLIERS,
    DriftingReport,
    Leaving,
    drifting_report,
)
from desktop.queries.insight_scope import Narrowing
from desktop.queries.lifetime import NoModel, lifetime
from tests.unit.queries.leaving_shops import TODAY, Sale, regular_shop, scope_of, sell


def shop(book: Book, seed: int, outside: tuple[int, ...] = ()) -> list[Sale]:
    sales = regular_shop(random.Random(seed))
    sell(book, 160, sales, outside)
    return sales


def days_of(sales: list[Sale], until: int = -1) -> dict[int, list[int]]:
    """Each customer's different days (ago) on the evening of `until` days ago, the first one first."""
    found: dict[int, set[int]] = {}
    for customer, ago, amount, _ in sales:
        if amount >= 0 and ago >= until:
            found.setdefault(customer, set()).add(ago)
    return {customer: sorted(days, reverse=True) for customer, days in found.items()}


def slow_leaving(days: list[int], on: int, report: DriftingReport, multiplier: float) -> Leaving | None:
    """What a customer is on the evening of `on` days ago, by the rhythm of a report's shop."""
    silent = days[-1] - on
    if len(days) == 1:
        late = "gone" if silent > report.shop.second_late else "once"
        return late if silent > report.shop.second_median else None  # type: ignore[return-value]
    rhythm = (days[0] - days[-1] + 2 * report.shop.median_gap) / (len(days) + 1)
    if silent > max(3.0, multiplier) * rhythm:
        return "lost"
    if silent > multiplier * rhythm:
        return "alarming" if silent > max(2.0, multiplier) * rhythm else "drifting"
    return None


def listed(report: DriftingReport, multiplier: float) -> dict[int, str]:
    found = report.listed(multiplier)
    return {
        int(report.people.ids[place]): LEAVING[kind]
        for place, kind in zip(found.places, found.leaving, strict=True)
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_who_leaves_is_told_customer_by_customer(book: Book, seed: int) -> None:
    sales = shop(book, seed, outside=(3, 77))
    report = drifting_report(scope_of(book))
    assert report.excluded == 2
    for multiplier in (1.0, 1.5, 2.6, 4.0):
        slow = {
            customer: leaving
            for customer, days in days_of(sales).items()
            if customer not in (3, 77) and (leaving := slow_leaving(days, 0, report, multiplier))
        }
        assert listed(report, multiplier) == slow


def test_the_list_agrees_with_the_customer_list(book: Book) -> None:
    shop(book, 3)
    report = drifting_report(scope_of(book))
    found, states = report.listed(1.5), customer_counts(book, TODAY).states
    assert found.count("drifting") + found.count("alarming") == states["drifting"]
    assert found.count("lost") + found.count("gone") == states["lost"]
    assert found.count("once") == states["one-time"]


def test_what_is_at_stake_is_what_the_profile_expects_of_them(book: Book) -> None:
    shop(book, 4)
    report = drifting_report(scope_of(book))
    people = report.people
    assert report.basis in ("model", "average")
    assert people.alive is not None
    stakes = people.at_stake[report.listed(1.5).places]
    assert (np.diff(stakes) <= 0).all()
    for place in range(0, people.ids.size, 20):
        own = lifetime(book, customer_id=int(people.ids[place]), today=TODAY)
        assert own is not None
        assert not isinstance(own, NoModel)
        assert people.alive[place] == pytest.approx(own.alive)
        if own.value is not None:
            assert people.expected[place] == pytest.approx(own.value, abs=1)
        assert people.at_stake[place] == pytest.approx((1 - own.alive) * people.expected[place])
    everybody = np.arange(people.ids.size)
    assert report.total_at_stake(everybody) == round(float(people.at_stake.sum()))


def test_the_horizon_and_the_discount_are_the_shop_s(book: Book) -> None:
    shop(book, 4)
    year = drifting_report(scope_of(book)).people.expected.sum()
    set_book_setting(book, key="value.months", value=24)
    longer = drifting_report(scope_of(book))
    assert longer.expectations.months == 24
    assert longer.people.expected.sum() > year
    own = lifetime(book, customer_id=int(longer.people.ids[5]), today=TODAY)
    assert own is not None
    assert not isinstance(own, NoModel)
    assert (own.months, own.discount) == (24, 1.0)
    assert own.value is not None
    assert longer.people.expected[5] == pytest.approx(own.value, abs=1)
    set_book_setting(book, key="value.discount", value=3.0)
    assert year < drifting_report(scope_of(book)).people.expected.sum() < longer.people.expected.sum()


def test_filters_choose_whom_and_not_how_often_they_come(book: Book) -> None:
    sales = shop(book, 5)
    everybody = drifting_report(scope_of(book))
    some = drifting_report(scope_of(book, only=Narrowing(channel="wechat")))
    through = {customer for customer, _, _, channel in sales if channel == "wechat"}
    assert set(some.people.ids.tolist()) == through & set(everybody.people.ids.tolist())
    assert listed(some, 1.5) == {one: how for one, how in listed(everybody, 1.5).items() if one in through}


def test_the_period_before_is_counted_as_it_stood_then(book: Book) -> None:
    sales = shop(book, 6)
    then = drifting_report(scope_of(book, until=180))
    now = drifting_report(scope_of(book))
    assert now.moved["drifting"].before == then.moved["drifting"].now
    assert now.moved["lost"].before == then.moved["lost"].now
    found = then.listed(1.5)
    assert then.moved["drifting"].now.hits == found.count("drifting") + found.count("alarming")
    warned = [one for one, how in listed(then, 1.5).items() if how in ("drifting", "alarming")]
    back = [one for one in warned if days_of(sales)[one][-1] < 180]
    assert (now.moved["returned"].now.hits, now.moved["returned"].now.n) == (len(back), len(warned))
    here = [
        one
        for one, days in days_of(sales, 180).items()
        if len(days) > 1 and listed(then, 1.5).get(one) != "lost"
    ]
    left = [one for one in here if listed(now, 1.5).get(one) == "lost"]
    assert (now.moved["lost"].now.hits, now.moved["lost"].now.n) == (len(left), len(here))


def test_the_slider_has_a_replay_for_each_step(book: Book) -> None:
    shop(book, 7)
    report = drifting_report(scope_of(book))
    assert tuple(one.factor for one in report.tests) == MULTIPLIERS
    assert report.no_test == ""
    flagged = [one.flagged.hits for one in report.tests]
    assert flagged == sorted(flagged, reverse=True)
    recall = [one.rhythm.recall.hits for one in report.tests]
    assert recall == sorted(recall, reverse=True)
    test = report.test(1.52)
    assert test is not None
    assert test.factor == 1.5
    # What happened after the replay's morning is in the book and was kept from the warning.
    assert test.until == report.day + 1


def test_a_multiplier_beyond_the_others_pushes_them(book: Book) -> None:
    shop(book, 8)
    report = drifting_report(scope_of(book), Factors(1.2, 1.4, 1.6))
    assert set(listed(report, 4.0).values()) <= {"lost", "once", "gone"}


def test_factors_that_do_not_rise_are_not_taken(book: Book) -> None:
    shop(book, 8)
    set_book_setting(book, key="rhythm.drifting", value=2.5)
    assert drifting_report(scope_of(book)).kept == Factors()


# -- thin data


def test_an_empty_book(book: Book) -> None:
    report = drifting_report(scope_of(book))
    assert report.people.ids.size == 0
    assert report.listed(1.5).places.size == 0
    assert report.tests == ()
    assert report.no_test == "short"
    assert report.moved["drifting"].now.value is None


@pytest.mark.parametrize(
    "sales",
    [
        [(1, 10, 5000, "shop")],
        [(1, 10, 5000, "shop"), (1, 10, 300, "shop"), (2, 10, 100, "shop")],
        [(1, -30, 5000, "shop"), (2, -3, 5000, "shop")],
        [(1, 300, 5000, "shop"), (1, 200, -9000, "shop"), (1, 100, 5000, "shop")],
        [(1, 900, 0, "shop"), (1, 899, 0, "shop")],
    ],
    ids=["one order", "one day", "ahead", "negative", "nothing paid"],
)
def test_too_little_for_a_model_stands_on_the_year_s_spend(book: Book, sales: list[Sale]) -> None:
    sell(book, 2, sales)
    report = drifting_report(scope_of(book))
    assert isinstance(report.expectations.model, NoModel)
    assert report.basis == "year"
    assert report.people.alive is None
    assert (report.people.expected == np.maximum(report.people.year, 0)).all()
    assert (report.people.at_stake == report.people.expected).all()
    assert report.tests == ()


def test_what_lies_ahead_is_not_known_yet(book: Book) -> None:
    sell(book, 2, [(1, 100, 100, "shop"), (1, 60, 100, "shop"), (2, -30, 5000, "shop")])
    report = drifting_report(scope_of(book))
    assert report.people.ids.tolist() == [1]


def test_a_replay_needs_some_to_judge(book: Book) -> None:
    sell(book, 3, [(one, ago, 100, "shop") for one in (1, 2, 3) for ago in (700, 600, 30)])
    report = drifting_report(scope_of(book))
    assert report.no_test == "few"
    assert report.test(1.5) is None


def test_the_same_whether_asked_again_or_in_a_book_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / "shop.shuke"
    with Book.create(path) as book:
        shop(book, 9)
        drifting_report(scope_of(book))
        sell_once_more(book)
        mended = drifting_report(scope_of(book))
    with Book.open(path) as book:
        fresh = drifting_report(scope_of(book))
    assert mended.people.ids.tolist() == fresh.people.ids.tolist()
    assert mended.people.expected.tolist() == pytest.approx(fresh.people.expected.tolist())
    assert listed(mended, 1.5) == listed(fresh, 1.5)


def sell_once_more(book: Book) -> None:
    """One order more of a customer who has been silent."""
    with book.step("Sell") as step:
        from desktop.models.orders import Order

        placed = f"{TODAY - timedelta(days=1)} 10:00:00"
        step.insert(Order, customer_id=11, status="completed", placed_at=placed, total=900, paid=900)
