"""Key figures, overview and monthly report against a plain reckoning, the other screens, and thin books."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from desktop.analytics.rfm import SEGMENTS
from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.service import Rating
from desktop.queries.insight_channels import channel_report
from desktop.queries.insight_overview import overview_report
from desktop.queries.insight_repeat import repeat_report
from desktop.queries.insight_satisfaction import satisfaction_report
from desktop.queries.insight_scope import Narrowing, Scope, insight_scope
from desktop.queries.insight_segments import segment_report
from desktop.queries.key_figures import ROWS, WANTED, KeyCounts
from desktop.queries.monthly_report import monthly_report, months

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 0)
MONTH = date(2026, 10, 1).toordinal()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Eighty customers over a year and a half through two channels, ratings and complaints of some orders."""
    book = Book.create(tmp_path_factory.mktemp("overview") / "shop.shuke")
    dice = random.Random(6)
    with book.step("Fill") as step:
        for number in range(1, 81):
            step.insert(Customer, id=number, name=f"客{number}", created_at="2025-01-01 09:00:00")
            for _ in range(dice.choice([1, 2, 4, 8, 12])):
                day = DAY - timedelta(days=dice.randint(-3, 540))
                fate = dice.choice(["completed"] * 6 + ["cancelled", "returned"])
                paid = 0 if fate == "cancelled" else dice.randint(1, 90) * 100
                order = step.insert(
                    Order, customer_id=number if dice.random() < 0.95 else None,
                    channel=dice.choice(["shop", "wechat"]), status=fate, placed_at=f"{day} 10:00:00",
                    total=paid, paid=paid, refunded=paid // 2 if fate == "returned" else 0,
                )  # fmt: skip
                if dice.random() < 0.5:
                    told = dice.random() < 0.7
                    step.insert(
                        Rating, customer_id=number, order_id=order, asked_at=f"{day} 20:00:00",
                        rated_at=f"{day} 21:00:00" if told else None, ended_at=f"{day} 20:00:00",
                        perceived=dice.randint(1, 5) if told else None,
                        recommend=dice.randint(0, 10) if told else None,
                    )  # fmt: skip
                if dice.random() < 0.08:
                    step.insert(
                        Complaint, customer_id=number, order_id=order, number=f"C{order}", title="压扁",
                        received_at=f"{day} 22:00:00",
                    )  # fmt: skip
    yield book
    book.close()


def scope_of(book: Book, start: date, end: date, only: Narrowing = Narrowing()) -> Scope:  # noqa: B008
    return insight_scope(book, start=start.toordinal(), end=end.toordinal(), today=DAY, only=only)


@pytest.mark.parametrize("channel", [None, "wechat"])
def test_key_figures_are_counted_as_by_hand(shop: Book, channel: str | None) -> None:
    first, last = date(2026, 8, 1), date(2026, 11, 1)
    counts = KeyCounts(scope_of(shop, first, last, Narrowing(channel=channel)))
    start, end = first.toordinal(), last.toordinal()
    found = counts.figures(start, end)
    orders = [
        row
        for row in shop.rows(
            "SELECT id, customer_id, day, net, purchase, channel FROM orders ORDER BY day, id"
        )
        if channel in (None, row[5])
    ]
    inside = [row for row in orders if start <= row[2] < end]
    bought = [row for row in inside if row[4]]
    assert found.net.value == sum(row[3] for row in inside)
    assert found.orders.n == len(bought)
    assert found.basket.value == pytest.approx(sum(row[3] for row in bought) / len(bought))
    buyers = {row[1] for row in bought if row[1]}
    assert found.buyers.n == len(buyers)
    days: dict[int, list[int]] = {}
    for _, customer, day, _, purchase, _ in orders:
        if purchase and customer and day < end:
            days.setdefault(customer, []).append(day)
    back = {one for one in buyers if min(days[one]) < max(day for day in days[one] if start <= day)}
    assert (found.returning.hits, found.returning.n) == (len(back), len(buyers))
    firsts: dict[int, tuple[int, int, str]] = {}
    for order, customer, day, _, purchase, through in shop.rows(
        "SELECT id, customer_id, day, net, purchase, channel FROM orders"
    ):
        if purchase and customer:
            firsts[customer] = min(firsts.get(customer, (10**9, 0, "")), (day, order, through))
    new = {one for one, (day, _, by) in firsts.items() if start <= day < end and channel in (None, by)}
    assert found.gained.n == len(new)
    ids = {row[0] for row in inside}
    blamed = [row for (row,) in shop.rows("SELECT order_id FROM complaint") if row in ids]
    assert (found.per_hundred.n, found.per_hundred.value) == (len(inside), 100 * len(blamed) / len(inside))
    rated = [
        row
        for row in shop.rows("SELECT order_id, day, perceived, recommend, answered FROM rating")
        if start <= row[1] < end and (channel is None or row[0] in {one[0] for one in orders})
    ]
    stars = [row[2] for row in rated if row[2] is not None]
    assert found.perceived.value == pytest.approx(sum(stars) / len(stars))
    assert (found.csat.hits, found.csat.n) == (sum(star >= 4 for star in stars), len(stars))
    assert (found.response.hits, found.response.n) == (sum(row[4] for row in rated), len(rated))


def test_behind_each_figure_stand_its_rows(shop: Book) -> None:
    first, last = date(2026, 8, 1), date(2026, 11, 1)
    counts = KeyCounts(scope_of(shop, first, last))
    start, end = first.toordinal(), last.toordinal()
    found = counts.figures(start, end)
    for key in WANTED:
        rows = counts.rows_behind(key, start, end).tolist()
        assert len(rows) == len(set(rows))
        figure = found.figure(key)
        wanted = {"returning": found.returning.hits}.get(key, figure.n)
        if key == "per_hundred":
            wanted = round((figure.value or 0) * figure.n / 100)
        assert len(rows) == wanted, key
        table = {"customers": "customer", "orders": "orders", "ratings": "rating"}.get(ROWS[key], "complaint")
        there = {row for (row,) in shop.rows(f"SELECT id FROM {table}")}
        assert set(rows) <= there


def test_the_overview_says_what_the_tabs_say(shop: Book) -> None:
    scope = scope_of(shop, date(2025, 12, 1), date(2026, 11, 23))
    found = overview_report(scope)
    figures = {one.key: one.now for one in repeat_report(scope).figures}
    assert found.now.returning == figures["b"]
    satisfied = satisfaction_report(scope)
    assert found.now.perceived == satisfied.now.perceived
    assert found.now.response == satisfied.response
    assert found.satisfaction == satisfied.trend
    total = channel_report(scope).total
    for side, whole in ((found.now, total.now), (found.before, total.before)):
        assert (side.orders, side.gained) == (whole.orders, whole.gained)
        assert (side.net.value, side.net.n) == (whole.net.value, whole.net.n)
        assert (side.net.low, side.net.high) == pytest.approx((whole.net.low, whole.net.high))
        assert side.per_hundred == whole.per_hundred
        assert side.perceived == whole.perceived
    segments = segment_report(scope)
    assert list(found.segments) == segments.parts("segments")
    for code in SEGMENTS:
        assert sorted(found.members(code).tolist()) == sorted(segments.members("segments", code).tolist())


def test_a_filter_narrows_the_segments_within_the_whole_shop(shop: Book) -> None:
    scope = scope_of(shop, date(2025, 12, 1), date(2026, 11, 23), Narrowing(channel="wechat"))
    found = overview_report(scope)
    assert list(found.segments) == segment_report(scope).parts("segments")
    assert sum(part.customers for part in found.segments) == scope.past.ids.size


def test_a_monthly_report_agrees_with_the_screens(shop: Book) -> None:
    found = monthly_report(shop, month=MONTH + 14, now=NOW)
    assert (found.start, found.end) == (MONTH, date(2026, 11, 1).toordinal())
    assert found.whole
    scope = scope_of(shop, date(2026, 10, 1), date(2026, 11, 1))
    screen = overview_report(scope)
    assert (found.now, found.before) == (screen.now, screen.before)
    assert found.changes == screen.changes
    year = overview_report(scope_of(shop, date(2025, 10, 1), date(2025, 11, 1)))
    for key in ("net", "orders", "buyers", "gained", "returning", "perceived", "response", "per_hundred"):
        assert found.year.figure(key) == year.now.figure(key), key
    assert len(found.trend) == len(found.repeat_trend) == 12
    assert found.trend[-1].perceived == found.now.perceived
    assert found.segments == screen.segments
    assert found.at_stake >= sum(one.at_stake for one in found.leaving) > 0
    stakes = [one.at_stake for one in found.leaving]
    assert stakes == sorted(stakes, reverse=True)


def test_months_can_be_reported_from_the_first_to_this_one(shop: Book, book: Book) -> None:
    found = months(shop, DAY)
    assert date.fromordinal(found[0]) == date(2026, 11, 1)
    assert date.fromordinal(found[1]) == date(2026, 10, 1)
    assert date.fromordinal(found[-1]) <= date(2025, 7, 1)
    assert [date.fromordinal(one) for one in months(book, DAY)] == [date(2026, 11, 1), date(2026, 10, 1)]
    so_far = monthly_report(shop, month=found[0], now=NOW)
    assert (so_far.whole, so_far.end) == (False, DAY.toordinal() + 1)


ODD: dict[str, list[tuple[str, str, int, int]]] = {
    "nothing": [],
    "one order": [("2026-10-20", "completed", 500, 0)],
    "all on one day": [("2026-10-20", "completed", 500, 0)] * 4,
    "only in the future": [("2031-01-01", "completed", 500, 0)],
    "a slip of the pen": [("1901-01-01", "completed", 500, 0), ("2026-10-20", "completed", 500, 0)],
    "only given back": [("2026-10-20", "returned", 0, 900)],
    "more given back than paid": [("2026-10-01", "completed", 500, 0), ("2026-10-20", "returned", 0, 900)],
}


@pytest.mark.parametrize("orders", ODD.values(), ids=ODD.keys())
def test_thin_and_odd_books_are_counted_without_nonsense(
    book: Book, orders: list[tuple[str, str, int, int]]
) -> None:
    with book.step("Fill") as step:
        for number, (day, status, paid, refunded) in enumerate(orders):
            step.insert(Customer, id=number + 1, name=f"客{number}", created_at="2026-01-01 09:00:00")
            step.insert(
                Order, customer_id=1 if len(orders) < 3 else number + 1, status=status,
                placed_at=f"{day} 10:00:00", total=paid - refunded, paid=paid, refunded=refunded,
            )  # fmt: skip
    for first, last in ((date(2026, 10, 1), date(2026, 11, 1)), (date(2016, 12, 1), date(2026, 11, 23))):
        found = overview_report(scope_of(book, first, last))
        assert found.now.returning.value in (None, 0.0, 1.0)
        assert len(found.satisfaction) <= 120
        assert all(part.revenue_share is None or 0 <= part.revenue_share <= 1 for part in found.segments)
        assert found.findings.found == ()
    report = monthly_report(book, month=MONTH, now=NOW)
    assert report.now.net.value == sum(
        paid - refunded for day, _, paid, refunded in orders if day.startswith("2026-10")
    )
    assert len(months(book, DAY)) <= 120
