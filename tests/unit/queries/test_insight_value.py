"""What customers are worth: the four values are the profile's, sums come out, thin data is no nonsense."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from desktop.analytics.lifetime import histories
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.service import Interaction, Rating
from desktop.queries.customer_values import customer_values
from desktop.queries.insight_scope import Narrowing, tier_of, tiers
from desktop.queries.insight_value import GROUPS, RANKINGS, value_report
from desktop.queries.lifetime import NoModel, ShopModel
from desktop.queries.relations import referral_tree
from desktop.queries.told_values import told_values
from tests.unit.queries.leaving_shops import TODAY, Sale, regular_shop, scope_of, sell
from tests.unit.queries.shops import new_shop


def tell(book: Book, dice: random.Random) -> None:
    """Public reviews, scores, suggestions and interviews of some of a book's customers."""
    everybody = [row for (row,) in book.rows("SELECT id FROM customer")]
    with book.step("Tell") as step:
        for _ in range(60):
            at = f"{TODAY} 10:00:00"
            score = dice.choice([None, *range(11)])
            stars = dice.choice([None, *range(1, 6)])
            step.insert(
                Rating, customer_id=dice.choice(everybody), ended_at=at,
                rated_at=at if dice.random() < 0.8 else None,
                perceived=stars, recommend=score, public=int(dice.random() < 0.4),
            )  # fmt: skip
            step.insert(
                Interaction, customer_id=dice.choice([None, *everybody]), stage="pre-sale", happened_at=at,
                gave=dice.choice(["", "suggestion", "interview"]),
            )  # fmt: skip


def brought(book: Book, customer: int, by: int) -> None:
    """Note who brought a customer."""
    with book.step("Note") as step:
        step.update(Customer, customer, referred_by=by)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_other_three_values_are_those_of_the_profile(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    with new_shop(tmp_path / "shop.shuke", seed) as book:
        tell(book, dice)
        circle = [row for (row,) in book.rows("SELECT id FROM customer WHERE referred_by IS NOT NULL")]
        brought(book, 1, circle[0])
        ids = np.array([row for (row,) in book.rows("SELECT id FROM customer ORDER BY id")], np.int64)
        found = told_values(scope_of(book), ids)
        for place, customer in enumerate(ids.tolist()):
            own = customer_values(book, customer_id=customer)
            assert found.ratings[place] == own.ratings
            assert found.suggestions[place] == own.suggestions
            assert found.interviews[place] == own.interviews
            assert found.mouth.recommended[place] == own.recommended
            assert found.mouth.public[place] == own.public
            for value, meant in (
                (found.mouth.recommend[place], own.recommend),
                (found.mouth.public_mean[place], own.public_mean),
            ):
                assert np.isnan(value) if meant is None else value == pytest.approx(meant)
            tree = referral_tree(book, customer_id=customer)
            assert found.crowd.customers[place] == tree.customers
            assert found.crowd.spend[place] == tree.spend
            assert found.crowd.straight[place] == tree.straight or customer in circle


def test_told_values_follow_the_book(book: Book) -> None:
    sell(book, 3, [(1, 10, 500, "shop"), (2, 9, 700, "shop")])
    ids = np.array([1, 2, 3])
    assert told_values(scope_of(book), ids).crowd.customers.tolist() == [0, 0, 0]
    brought(book, 2, 1)
    found = told_values(scope_of(book), ids)
    assert found.crowd.customers.tolist() == [1, 0, 0]
    assert found.crowd.spend.tolist() == [700, 0, 0]
    with book.step("Note") as step:
        step.insert(
            Interaction, customer_id=3, stage="pre-sale", happened_at=f"{TODAY} 10:00:00", gave="suggestion"
        )
    assert told_values(scope_of(book), ids).suggestions.tolist() == [0, 0, 1]
    book.undo()
    assert told_values(scope_of(book), ids).information.tolist() == [0, 0, 0]


def shop(book: Book, seed: int, outside: tuple[int, ...] = ()) -> list[Sale]:
    sales = regular_shop(random.Random(seed))
    sell(book, 160, sales, outside)
    return sales


def test_parts_tenths_and_bars_hold_everybody_once(book: Book) -> None:
    shop(book, 1, outside=(5,))
    report = value_report(scope_of(book))
    assert report.excluded == 1
    assert 5 not in report.ids.tolist()
    assert report.alive is not None
    assert sum(one.customers for one in report.tenths) == report.ids.size
    assert sum(one.total for one in report.tenths) == pytest.approx(report.total)
    assert report.alive_counts.sum() == report.ids.size
    assert sorted(np.concatenate([report.of_alive(bar) for bar in range(10)])) == report.ids.tolist()
    assert sorted(np.concatenate([report.of_tenth(part) for part in range(10)])) == report.ids.tolist()
    assert report.still_customers == pytest.approx(report.alive.sum())
    for group in GROUPS:
        parts = report.parts[group]
        assert sum(part.customers for part in parts) == report.ids.size
        assert sum(part.total for part in parts) == pytest.approx(report.total)
        assert sum(part.share or 0 for part in parts) == pytest.approx(1)
        for place, part in enumerate(parts):
            members = report.of_part(group, place)
            assert members.size == part.customers == part.mean.n
            money = report.expected[np.isin(report.ids, members)].sum()
            assert money == pytest.approx(part.total)


def test_groups_are_those_of_each_customer_by_themselves(book: Book) -> None:
    sales = shop(book, 2)
    report, scope = value_report(scope_of(book)), scope_of(book)
    names = scope.moment.channels
    for place, customer in enumerate(report.ids.tolist()):
        own = [sale for sale in sales if sale[0] == customer]
        first = max(ago for _, ago, _, _ in own)
        channel = next(channel for _, ago, _, channel in own if ago == first)
        assert names[report.groups["channel"][place]] == channel
        year = sum(amount for _, ago, amount, _ in own if 0 <= ago < 365)
        assert report.year[place] == year
        assert report.spent[place] == sum(amount for _, _, amount, _ in own)
        assert report.groups["tier"][place] == tier_of(np.array([year]), tiers(book))[0]


def test_rankings_begin_with_the_most(book: Book) -> None:
    shop(book, 3)
    tell(book, random.Random(3))
    for customer, by in ((9, 4), (10, 4), (11, 7), (12, 8)):
        brought(book, customer, by)
    report = value_report(scope_of(book))
    values = {
        "expected": report.expected,
        "spent": report.spent,
        "crowd": report.told.crowd.customers,
        "information": report.told.information,
        "mouth": np.nan_to_num(report.told.mouth.recommend, nan=-1),
    }
    for ranking in RANKINGS:
        places = report.ranked(ranking)
        assert places.size > 0
        assert (np.diff(values[ranking][places]) <= 0).all()
    spend = dict(zip(report.ids.tolist(), report.spent.tolist(), strict=True))
    assert report.ids[report.ranked("crowd")].tolist() == [4, *((7, 8) if spend[11] > spend[12] else (8, 7))]


def test_the_mean_of_the_period_before_is_of_who_was_there_then(book: Book) -> None:
    sales = shop(book, 4)
    report = value_report(scope_of(book, days=180))
    then = {customer for customer, ago, _, _ in sales if ago >= 180}
    assert report.before.n == len(then)
    assert report.mean.n == report.ids.size
    assert report.before.value == pytest.approx(report.total_before / len(then))


def test_a_filter_leaves_its_customers_with_all_that_they_are_worth(book: Book) -> None:
    sales = shop(book, 5)
    everybody = value_report(scope_of(book))
    some = value_report(scope_of(book, only=Narrowing(channel="wechat")))
    assert set(some.ids.tolist()) == {one for one, _, _, channel in sales if channel == "wechat"}
    worth = dict(zip(everybody.ids.tolist(), everybody.expected.tolist(), strict=True))
    assert some.expected.tolist() == pytest.approx([worth[one] for one in some.ids.tolist()])


@pytest.mark.parametrize(
    "sales",
    [
        [],
        [(1, 10, 5000, "shop")],
        [(1, 10, 5000, "shop"), (2, 10, 5000, "")],
        [(1, -10, 5000, "shop")],
        [(1, 300, 5000, "shop"), (1, 200, -9000, "shop")],
        [(1, 900, 5000, "shop"), (2, 900, 0, "shop")],
    ],
    ids=["nothing", "one order", "one day", "ahead", "negative", "long ago"],
)
def test_too_little_for_a_model(book: Book, sales: list[Sale]) -> None:
    sell(book, 2, sales)
    report = value_report(scope_of(book))
    assert isinstance(report.expectations.model, NoModel)
    assert report.basis == "year"
    assert report.alive is None
    assert report.still_customers is None
    assert report.alive_counts.sum() == 0
    assert report.total == sum(max(int(year), 0) for year in report.year)
    assert report.tenths == []
    assert all(part.share is None or 0 <= part.share <= 1 for group in GROUPS for part in report.parts[group])


def test_nobody_but_customers_who_are_none(book: Book) -> None:
    with book.step("Add") as step:
        step.insert(Customer, id=1, name="A", relation="not-a-customer", created_at="2026-01-01 09:00:00")
    sell_more(book, 1, 0, 100, "shop")
    report = value_report(scope_of(book))
    assert (report.ids.size, report.excluded) == (0, 1)
    assert report.mean.value is None


def sell_more(book: Book, customer: int, ago: int, amount: int, channel: str) -> None:
    """One order more, or a return."""
    with book.step("Sell") as step:
        step.insert(
            Order, customer_id=customer, channel=channel, status="completed" if amount > 0 else "returned",
            placed_at=f"{TODAY - timedelta(days=ago)} 09:00:00", total=amount, paid=max(amount, 0),
            refunded=max(-amount, 0),
        )  # fmt: skip


def test_the_first_channel_is_mended_as_it_would_be_read(tmp_path: Path) -> None:
    path = tmp_path / "shop.shuke"
    with Book.create(path) as book:
        sell(book, 4, [(1, 40, 500, "shop"), (2, 30, 500, "wechat"), (2, 30, 100, "shop")])
        value_report(scope_of(book))
        # An earlier day, a new customer, the same day again, and a return before the first purchase.
        for customer, ago, amount, channel in (
            (1, 50, 100, "wechat"), (3, 5, 100, "wechat"), (2, 30, 7, "shop"), (4, 60, -5, "shop"),
            (4, 8, 5, "wechat"),
        ):  # fmt: skip
            sell_more(book, customer, ago, amount, channel)
            mended = value_report(scope_of(book))
        found = [scope_of(book).moment.channels[at] for at in mended.groups["channel"]]
    with Book.open(path) as book:
        fresh = value_report(scope_of(book))
        again = [scope_of(book).moment.channels[at] for at in fresh.groups["channel"]]
    assert found == again == ["wechat"] * 4


def test_spend_that_hangs_on_how_often_they_come_has_no_model(book: Book) -> None:
    sales = regular_shop(random.Random(6))
    often = Counter(customer for customer, _, _, _ in sales)
    dearer = [(one, ago, round(amount * often[one] ** 0.7), channel) for one, ago, amount, channel in sales]
    sell(book, 160, dearer)
    report = value_report(scope_of(book))
    hopes = report.expectations
    assert isinstance(hopes.model, ShopModel)
    assert (report.basis, hopes.model.no_money) == ("average", "dependent")
    # Then it is what they are expected to buy at their own average, counted here customer by customer.
    past = scope_of(book).past
    average = []
    for customer in past.ids.tolist():
        days = {ago for one, ago, _, _ in dearer if one == customer}
        average.append(sum(amount for one, _, amount, _ in dearer if one == customer) / len(days))
    seen = histories(past, TODAY.toordinal() + 1)
    meant = hopes.model.value(seen, np.array(average), 12, 0.01)
    assert hopes.expected == pytest.approx(meant, rel=1e-4, abs=0.5)
