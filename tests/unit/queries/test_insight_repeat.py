"""Do they come back: the reports counted again from the sales in plain Python."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.analytics.intervals import Mean, Rate, mean, rate
from desktop.analytics.rfm import SEGMENTS
from desktop.models.book import Book
from desktop.operations.settings import set_book_setting
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customers import customer_ids
from desktop.queries.insight_cohorts import cohort_report
from desktop.queries.insight_repeat import GAPS, WITHIN, repeat_report
from desktop.queries.insight_scope import Narrowing
from desktop.queries.insight_segments import CODES, Table, segment_report
from desktop.queries.segment_conditions import boxes_of, segment_conditions
from tests.unit.queries.leaving_shops import TODAY, Sale, regular_shop, scope_of, sell

NOW = TODAY.toordinal()
SALE = st.tuples(
    st.integers(1, 5), st.integers(-3, 400), st.integers(-2_000, 9_000), st.sampled_from(("shop", "wechat"))
)
SALES = st.lists(SALE, max_size=30)


def purchases(sales: Iterable[Sale], channel: str = "") -> dict[int, list[int]]:
    """The purchase days of each customer, ascending, up to today."""
    days: dict[int, set[int]] = {}
    for customer, ago, amount, through in sales:
        if amount >= 0 and ago >= 0 and channel in ("", through):
            days.setdefault(customer, set()).add(NOW - ago)
    return {customer: sorted(found) for customer, found in sorted(days.items())}


class TestFigures:
    def test_by_hand(self, book: Book) -> None:
        # Ann: 100, 60 and 5 days ago; Bo: 20 (twice on the day); Cy: 150 and 10, the latter given back.
        sales = [(1, 100, 900, "shop"), (1, 60, 900, "shop"), (1, 5, 900, "shop"), (2, 20, 500, "shop"),
                 (2, 20, 500, "shop"), (3, 150, 700, "shop"), (3, 10, -700, "shop")]  # fmt: skip
        sell(book, 3, sales)
        found = repeat_report(scope_of(book, days=90))
        figures = {one.key: one.now for one in found.figures}
        assert figures["a"] == rate(1, 2)
        assert figures["b"] == rate(1, 2)
        assert figures["c"].value == 0.5
        assert figures["d"] == rate(1, 3)
        # Ninety days after the first purchase ended for Ann 10 days ago, for Cy 60 days ago.
        assert figures["e"] == rate(1, 2)
        assert figures[GAPS].value == 47.5
        assert found.behind("b").tolist() == found.behind("a").tolist() == [1]
        assert found.buyers_in(found.start, found.end).tolist() == [1, 2]
        assert found.of_gaps(49, 56).tolist() == [1]
        assert found.of_gaps(56, None).tolist() == []
        assert found.second.n == 1
        assert found.of_seconds(35, 42).tolist() == [1]

    @settings(max_examples=12)
    @given(SALES, st.integers(1, 300), st.sampled_from(("", "shop")))
    def test_against_plain_counting(self, sales: list[Sale], days: int, channel: str) -> None:
        with TemporaryDirectory() as folder, Book.create(Path(folder) / "shop.shuke") as book:
            sell(book, 5, sales)
            scope = scope_of(book, days=days, only=Narrowing(channel=channel or None))
            found = repeat_report(scope)
        bought = purchases(sales, channel)
        for start, end, side in ((*scope.before, 0), (scope.start, scope.end, 1)):
            inside = {who: [d for d in all_ if start <= d < end] for who, all_ in bought.items()}
            buyers = [who for who, own in inside.items() if own]
            told = {one.key: (one.now if side else one.before) for one in found.figures}
            twice = [who for who in buyers if len(inside[who]) > 1]
            again = [who for who in buyers if bought[who][0] < inside[who][-1]]
            assert told["a"] == rate(len(twice), len(buyers))
            assert told["b"] == rate(len(again), len(buyers))
            assert told["c"] == mean(np.array([len(inside[who]) - 1.0 for who in buyers]))
            ever = {who: [d for d in own if d < end] for who, own in bought.items() if own[0] < end}
            assert told["d"] == rate(sum(len(own) > 1 for own in ever.values()), len(ever))
            judged = [own for own in bought.values() if start <= own[0] + WITHIN < end]
            assert told["e"] == rate(sum(_second(own) <= WITHIN for own in judged), len(judged))
            if side:
                assert found.buyers == len(buyers)
                assert sorted(found.behind("a")) == twice
                assert sorted(found.behind("b")) == again
                assert sorted(found.behind("d")) == [who for who, own in ever.items() if len(own) > 1]
                assert sorted(found.buyers_in(start, end)) == buyers
                assert found.behind("e").size == _hits(told["e"])


def test_a_short_period_has_a_trend_of_twelve_months(book: Book) -> None:
    sell(book, 2, [(1, 500, 900, "shop"), (1, 40, 900, "shop"), (2, 3, 900, "shop")])
    found = repeat_report(scope_of(book, days=5))
    assert (len(found.trend), len(found.months)) == (12, 12)
    assert found.months[-1].new == 1
    long = repeat_report(scope_of(book, days=700))
    assert len(long.trend) == 24


def test_a_young_shop_has_a_trend_since_it_opened(book: Book) -> None:
    sell(book, 2, [(1, 70, 900, "shop"), (2, 3, 900, "shop")])
    found = repeat_report(scope_of(book, days=5))
    assert [one.new for one in found.months] == [1, 0, 1]


def test_a_channel_changes_what_is_looked_at_not_what_was_scored(book: Book) -> None:
    sell(book, 2, [(1, 50, 500, "shop"), (1, 9, 700, "wechat"), (2, 4, 900, "wechat")])
    report = segment_report(scope_of(book, only=Narrowing(channel="shop")))
    assert report.ids.tolist() == [1]
    assert (report.recency.tolist(), report.times.tolist()) == ([9], [2])
    assert report.spend.tolist() == report.year_net.tolist() == [500]


def _second(days: list[int]) -> float:
    return days[1] - days[0] if len(days) > 1 else float("inf")


def _hits(figure: Rate | Mean) -> int:
    assert isinstance(figure, Rate)
    return figure.hits


@pytest.mark.parametrize(
    "sales",
    [
        [],
        [(1, 0, 500, "shop")],
        [(1, 30, 500, "shop")],
        [(1, 3, 500, "shop"), (1, 9, 800, "shop")],
        [(number, 7, 500, "shop") for number in range(1, 6)],
        [(1, -5, 500, "shop"), (2, -400, 500, "shop")],
        [(1, 5, -500, "shop"), (2, 8, -900, "shop")],
        [(1, 5, 100, "shop"), (1, 4, -900, "shop"), (1, 3, 200, "shop")],
        [(1, 700_000, 500, "shop"), (1, 3, 500, "shop")],
    ],
    ids=["nothing", "today", "one", "one customer", "one day", "future", "returns", "negative", "year 110"],
)
def test_thin_shops(book: Book, sales: list[Sale]) -> None:
    """Whatever little there is, is counted without a fault and without a made-up figure."""
    sell(book, 5, sales)
    scope = scope_of(book, days=60)
    for definition in ("a", "b", "c", "d", "e"):
        report = repeat_report(scope, definition)
        assert all(one.month is None or one.month.n >= 0 for one in report.trend)
    for by in ("month", "quarter"):
        for measure in ("customers", "net"):
            cohorts = cohort_report(scope, by, measure)
            assert cohorts.retention.size.sum() <= len(purchases(sales))
    found = segment_report(scope)
    assert found.ids.tolist() == list(purchases(sales))
    assert sum(one.customers for one in found.parts("segments")) == found.ids.size
    shares = [one.revenue_share for one in found.parts("classes")]
    assert (None in shares) == (found.year_net.sum() <= 0)


def test_cohorts_by_hand(book: Book) -> None:
    # Two new customers in September, one of whom comes in October and November; one in October.
    first, second, third = ((TODAY - date(2026, month, 10)).days for month in (9, 10, 11))
    sales = [(1, first, 100, "shop"), (2, first, 300, "shop"), (1, second, 50, "shop"),
             (1, third, 70, "shop"), (3, second, 80, "shop")]  # fmt: skip
    sell(book, 3, sales)
    scope = scope_of(book, days=30)
    found = cohort_report(scope)
    assert found.retention.size.tolist() == [2, 1, 0]
    assert found.cell(0, 1) == rate(1, 2)
    assert found.cell(1, 1) == rate(0, 1)
    assert found.cell(2, 0) is None
    assert found.average[1] == rate(1, 2)
    assert found.members(0).tolist() == [1, 2]
    assert found.members(0, 2).tolist() == [1]
    assert [one.size for one in found.second] == [2, 1]
    assert found.came_back(0, 30).tolist() == [1]
    money = cohort_report(scope, measure="net")
    cell = money.cell(0, 1)
    assert cell is not None
    assert (cell.value, cell.n) == (25, 2)
    quarters = cohort_report(scope, "quarter")
    assert quarters.retention.size.tolist() == [2, 1]
    assert quarters.cell(0, 1) == rate(1, 2)


def _table(report_ids: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> list[int]:
    return sorted(report_ids.tolist())


@pytest.mark.parametrize("seed", range(4))
def test_a_filter_of_a_segment_leaves_its_members(book: Book, seed: int) -> None:
    """Saved as a filter, a segment holds whom the screen lists, by fifths and by bounds."""
    dice = random.Random(seed)
    sell(book, 60, regular_shop(dice, 60))
    if seed % 2:
        set_book_setting(book, key="rfm.way", value="bounds")
    scope = scope_of(book, days=365)
    report = segment_report(scope)
    seen = 0
    tables: tuple[Table, ...] = ("segments", "classes")
    for table in tables:
        for code in CODES[table]:
            tree = segment_conditions(scope, table, code)
            members = _table(report.members(table, code))
            seen += len(members)
            if tree is None:
                assert not members
            else:
                found = customer_ids(book, view=CustomerFilter(where=tree), today=TODAY)
                assert sorted(found) == members
    assert seen == 2 * report.ids.size


def test_boxes_hold_every_score_once() -> None:
    scores = {(r, f, m) for r in (1, 2) for f in (1, 3) for m in (2, 3, 5)}
    boxes = boxes_of(scores, [(1, 2, 3), (1, 3, 4), (2, 3, 4, 5)])
    assert boxes == [((1, 2), (1, 3), (2, 3)), ((1, 2), (1, 3), (5, 5))]


def test_segments_by_hand_and_their_moves(book: Book) -> None:
    set_book_setting(book, key="rfm.way", value="bounds")
    bounds = {"recency": [10, 20, 30, 40], "frequency": [2, 3, 4, 5], "money": [100, 200, 300, 400]}
    set_book_setting(book, key="rfm.bounds", value=bounds)
    # Ann bought five times, lastly 5 days ago; Bo once 38 days ago; Cy for the first time 2 days ago.
    sales = [(1, ago, 100, "shop") for ago in (95, 80, 65, 50, 5)]
    sales += [(2, 38, 150, "shop"), (3, 2, 90, "shop")]
    sell(book, 3, sales)
    report = segment_report(scope_of(book, days=30))
    named = dict(zip(report.ids.tolist(), (SEGMENTS[at] for at in report.scores.segment), strict=True))
    assert named == {1: "champions", 2: "about_to_sleep", 3: "new"}
    then = [SEGMENTS[at] if at >= 0 else "" for at in report.before.segment]
    # Thirty days ago Ann had come four times, 20 days before; Bo once, 8 days before.
    assert then == ["champions", "new", ""]
    moved = report.moved("segments")
    assert moved.sum() == 3
    assert moved[SEGMENTS.index("new"), SEGMENTS.index("about_to_sleep")] == 1
    assert moved[-1, SEGMENTS.index("new")] == 1
    assert report.moved_members("segments", "new", "about_to_sleep").tolist() == [2]
    assert report.moved_members("segments", "", "new").tolist() == [3]
    assert report.grid.customers[4, 4] == 1
    assert report.of_cell(5, 5).tolist() == [1]
    assert report.grid.money[4, 4] == 500


@settings(max_examples=12)
@given(SALES, st.integers(1, 300), st.sampled_from(("", "shop")))
def test_segments_against_plain_counting(sales: list[Sale], days: int, channel: str) -> None:
    with TemporaryDirectory() as folder, Book.create(Path(folder) / "shop.shuke") as book:
        sell(book, 5, sales)
        scope = scope_of(book, days=days, only=Narrowing(channel=channel or None))
        report = segment_report(scope)
    bought = purchases(sales)
    inside = purchases(sales, channel)
    assert report.ids.tolist() == list(inside)
    for at, (end, scores) in enumerate(((scope.start, report.before), (scope.end, report.scores))):
        known = {who: [d for d in own if d < end] for who, own in bought.items() if own[0] < end}
        spent = {
            who: sum(a for c, ago, a, _ in sales if c == who and ago >= 0 and NOW - ago < end)
            for who in known
        }
        recency = {who: own[-1] for who, own in known.items()}
        times = {who: len(own) for who, own in known.items()}
        for place, who in enumerate(inside):
            if who not in known:
                assert at == 0
                assert scores.segment[place] == scores.r[place] == -1
                continue
            for score, values in ((scores.r, recency), (scores.f, times), (scores.m, spent)):
                beaten = sum(other < values[who] for other in values.values())
                assert score[place] == 1 + 5 * beaten // len(values)
    year = [
        sum(a for c, ago, a, through in sales if c == who and 0 <= ago < 365 and channel in ("", through))
        for who in inside
    ]
    assert report.year_net.tolist() == year
    for table, codes in CODES.items():
        assert sum(report.members(table, code).size for code in codes) == len(inside)
