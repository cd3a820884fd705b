"""The months of a shop, counted once more order by order; what lies ahead, and what thin data lack."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from desktop.analytics.forecast import MOST, REACH, forecast
from desktop.models.book import Book
from desktop.models.orders import Order
from desktop.queries.insight_forecast import TOLD, ForecastReport, forecast_report, month_rows
from desktop.queries.insight_scope import Narrowing
from tests.unit.queries.leaving_shops import TODAY, Sale, regular_shop, scope_of, sell


def months_of(sales: list[Sale], until: int, channel: str = "") -> dict[str, Counter[str]]:
    """Each series by month ("2026-11"), up to the evening of `until` days ago."""
    found: dict[str, Counter[str]] = {name: Counter() for name in TOLD}
    seen: dict[int, int] = {}
    counted: set[tuple[int, int]] = set()
    for customer, ago, amount, through in sorted(sales, key=lambda one: -one[1]):
        if ago < until or (channel and through != channel):
            continue
        month = f"{TODAY - timedelta(days=ago):%Y-%m}"
        found["revenue"][month] += amount
        if amount < 0:
            continue
        found["orders"][month] += 1
        if customer not in seen:
            seen[customer] = ago
            found["new"][month] += 1
        elif seen[customer] != ago and (customer, ago) not in counted:
            counted.add((customer, ago))
            found["returning"][month] += 1
    return found


@pytest.mark.parametrize(("until", "channel"), [(0, ""), (0, "wechat"), (100, ""), (21, "shop")])
def test_months_are_those_of_the_orders(book: Book, until: int, channel: str) -> None:
    dice = random.Random(4)
    sales = [*regular_shop(dice), *((n, dice.randint(0, 600), -500, "shop") for n in range(1, 40))]
    sell(book, 160, sales)
    scope = scope_of(book, days=60, until=until, only=Narrowing(channel=channel or None))
    report = forecast_report(scope)
    wanted = months_of(sales, until, channel)
    end = TODAY - timedelta(days=until - 1)
    names = [f"{date.fromordinal(day):%Y-%m}" for day in report.months.tolist()]
    assert names[-1] == f"{end.replace(day=1) - timedelta(days=1):%Y-%m}"
    assert date.fromordinal(int(report.ahead[0])) == end.replace(day=1)
    assert report.under_way == (end.day > 1)
    for name, course in report.courses.items():
        assert course.past.tolist() == [wanted[name][month] for month in names]
        assert course.so_far == wanted[name][f"{end:%Y-%m}"]
        own = forecast(course.past, REACH, counts=name != "revenue")
        assert course.next.middle[1:] == pytest.approx(own.middle[1:])
        begun = course.so_far if report.under_way else float("-inf")
        assert course.next.middle[0] == pytest.approx(max(own.middle[0], begun))
        assert course.next.low95[0] == pytest.approx(max(own.low95[0], begun))
        for start, after, month in zip(
            report.months, [*report.months[1:], report.ahead[0]], names, strict=True
        ):
            behind = month_rows(scope, name, int(start), int(after)).tolist()
            assert len(behind) == len(set(behind))
            if name in ("orders", "new"):
                assert len(behind) == wanted[name][month]


def test_a_month_in_which_the_shop_began_is_left_out(book: Book) -> None:
    # The first order was on the 20th of March.
    begun = (TODAY - date(2026, 3, 20)).days
    sell(book, 9, [(1 + ago % 9, ago, 100, "shop") for ago in range(begun + 1)])
    report = forecast_report(scope_of(book))
    assert date.fromordinal(int(report.months[0])) == date(2026, 4, 1)
    assert report.courses["orders"].past.tolist() == [30, 31, 30, 31, 31, 30, 31]
    assert report.courses["orders"].so_far == 22


def test_a_month_under_way_brings_no_less_than_it_has(book: Book) -> None:
    sell(book, 9, [(1, ago, 100, "shop") for ago in range(400) for _ in range(1 if ago else 900)])
    report = forecast_report(scope_of(book))
    course = report.courses["orders"]
    assert (course.so_far, course.next.middle[0], course.next.low95[0]) == (921, 921, 921)
    assert course.next.middle[1] < 100


def test_a_month_that_is_over_is_whole(book: Book) -> None:
    sell(book, 9, [(1, ago, 100, "shop") for ago in range(400)])
    report = forecast_report(scope_of(book, until=22))
    assert date.fromordinal(int(report.ahead[0])) == date(2026, 11, 1)
    assert not report.under_way


def test_orders_of_nobody_count_and_orders_ahead_do_not(book: Book) -> None:
    sell(book, 1, [(1, ago, 100, "shop") for ago in range(-40, 300)])
    with book.step("Nobody's") as step:
        moment = f"{TODAY} 08:00:00"
        step.insert(Order, placed_at=moment, channel="shop", status="completed", total=100, paid=100)
    report = forecast_report(scope_of(book, until=-60))
    assert report.courses["orders"].so_far == 23
    assert report.courses["returning"].so_far == 22


def lacks(book: Book) -> ForecastReport:
    report = forecast_report(scope_of(book, days=4000))
    assert report.missing
    return report


def test_a_mistyped_year_makes_no_century_of_months(book: Book) -> None:
    sell(book, 160, [*regular_shop(random.Random(4)), (1, 45_000, 900, "shop")])
    report = forecast_report(scope_of(book))
    assert len(report.months) == MOST
    assert report.courses["orders"].past[-3:].min() > 0
    assert report.courses["orders"].past[:80].max() == 0


def test_thin_books_lack_months(book: Book) -> None:
    assert lacks(book).months.size == 0
    sell(book, 80, [(n, 150, 100, "shop") for n in range(1, 81)])
    # Everybody on one day, the 25th of June: July to October are whole.
    assert lacks(book).months.size == 4


def test_a_book_of_the_future_lacks_everything(book: Book) -> None:
    sell(book, 2, [(1, -50, 100, "shop"), (2, -300, 100, "shop")])
    assert lacks(book).months.size == 0


def test_filters_of_customers_are_told(book: Book) -> None:
    sell(book, 9, [(1, ago, 100, "shop") for ago in range(400)])
    assert forecast_report(scope_of(book, only=Narrowing(tier=0))).picked
    assert not forecast_report(scope_of(book, only=Narrowing(channel="shop"))).picked
