"""The satisfaction report is what the rows say, whatever they say: counted once more, slowly."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.analytics.periods import Period
from desktop.analytics.satisfaction import MEASURES, Satisfaction
from desktop.models.book import Book
from desktop.models.service import Rating
from desktop.queries.insight_satisfaction import SatisfactionReport, Side, satisfaction_report
from desktop.queries.insight_scope import Narrowing, Scope, insight_scope
from desktop.queries.rating_parts import PartBy
from tests.unit.analytics.satisfaction_oracle import slow_satisfaction
from tests.unit.queries.feel_shops import CHANNELS, TODAY, shop_of
from tests.unit.queries.satisfaction_rows import Rated, all_ratings, chosen

START, END = date(2026, 3, 1).toordinal(), date(2026, 6, 1).toordinal()
EVERYTHING = Narrowing()
NARROWINGS = st.one_of(
    st.just(Narrowing()),
    st.builds(Narrowing, channel=st.sampled_from([*CHANNELS, "never"])),
    st.builds(Narrowing, product=st.integers(1, 5)),
    st.builds(Narrowing, tier=st.integers(0, 1)),
    st.builds(Narrowing, channel=st.just("shop"), product=st.just(1), segment=st.just("lost")),
)


def scope_of(book: Book, only: Narrowing = EVERYTHING) -> Scope:
    return insight_scope(book, start=START, end=END, today=TODAY, only=only)


def same(found: Satisfaction, rows: list[Rated]) -> None:
    slow = slow_satisfaction([one.row for one in rows], found.start, found.end)
    assert found.n == slow["n"][0]
    for name in MEASURES:
        figure = found.measure(name)
        told = np.array([figure.value, figure.low, figure.high, figure.n], dtype=np.float64)
        assert told == pytest.approx(slow[name], abs=1e-6, nan_ok=True), name


@settings(max_examples=14)
@given(
    st.integers(0, 10**9),
    NARROWINGS,
    st.sampled_from(["day", "week", "month", "quarter"]),
    st.sampled_from(["channel", "product", "clerk", "reason"]),
)
def test_every_figure_agrees_with_the_rows(seed: int, only: Narrowing, by: Period, part: PartBy) -> None:
    with shop_of(seed) as book:
        scope = scope_of(book, only)
        members = None if scope.members is None else {int(row) for row in scope.members}
        left = chosen(all_ratings(book), only, members)
        answered = [one for one in left if one.answered]
        found = satisfaction_report(scope, by, part)
        same(found.now, answered)
        same(found.before, answered)
        assert (found.before.start, found.before.end) == scope.before
        for period in found.trend[:6]:
            same(period, answered)
        inside = [one for one in left if START <= one.day < END]
        asked = [one for one in inside if one.asked]
        assert (found.response.n, found.response.hits) == (len(asked), sum(one.answered for one in asked))
        check_parts(found, answered, part)
        check_rows(found, [one for one in inside if one.answered])
        assert set(found.ratings_behind("asked")) == {one.id for one in asked}
        newest = sorted(
            (one for one in inside if one.answered and one.row[1] < 4 and one.text),
            key=lambda one: (-one.day, -one.id),
        )
        assert [row.id for row in found.words] == [one.id for one in newest][:8]


def check_parts(found: SatisfactionReport, answered: list[Rated], part: PartBy) -> None:
    def keys(one: Rated) -> Iterable[str | int]:
        if part == "product":
            return one.products or [0]
        if part == "reason":
            return one.reasons or [""]
        return [one.channel if part == "channel" else one.clerk]

    of: dict[object, list[Rated]] = {}
    for one in answered:
        if found.before.start <= one.day < END:
            for key in keys(one):
                of.setdefault(key, []).append(one)
    told = {row.key: row for row in found.rows}
    assert {key for key, rows in of.items() if any(some_answer(one) for one in rows)} == set(told)
    for key, row in told.items():
        same(row.now, of[key])
        same(row.before, of[key])
        behind = {one.id for one in of[key] if one.day >= START}
        assert set(found.ratings_behind(part=row.key)) == behind


def check_rows(found: SatisfactionReport, inside: list[Rated]) -> None:
    assert list(found.ratings_behind()) == [
        one.id for one in sorted(inside, key=lambda one: (-one.day, one.id))
    ]
    got = [one.row[1] for one in inside if not math.isnan(one.row[1])]
    assert [share.hits for share in found.stars] == [got.count(stars) for stars in range(1, 6)]
    for stars in range(1, 6):
        assert len(found.ratings_behind(stars=stars)) == got.count(stars)
    both = [one for one in inside if not math.isnan(one.row[1] + one.row[2])]
    sides: tuple[tuple[Side, set[int]], ...] = (
        ("worse", {one.id for one in both if one.row[1] < one.row[2]}),
        ("met", {one.id for one in both if one.row[1] == one.row[2]}),
        ("better", {one.id for one in both if one.row[1] > one.row[2]}),
        ("unhappy", {one.id for one in inside if one.row[1] < 4}),
        ("told", {one.id for one in inside if not math.isnan(one.row[2])}),
    )
    for side, rows in sides:
        assert set(found.ratings_behind(side)) == rows
    against = found.against
    assert against.worse.hits + against.met.hits + against.better.hits == against.met.n == len(both)
    for mood, wanted in (("unhappy", (1, 2, 3)), ("happy", (4, 5))):
        mine = [one for one in inside if one.row[1] in wanted and one.reasons]
        named = found.reasons.unhappy if mood == "unhappy" else found.reasons.happy
        titles = {title for one in mine for title in one.reasons}
        assert {found.titles[row.code]: row.count for row in named} == {
            title: sum(title in one.reasons for one in mine) for title in titles
        }
        for row in named:
            behind = found.ratings_behind("unhappy" if mood == "unhappy" else "happy", reason=row.code)
            assert len(behind) == row.count


def some_answer(one: Rated) -> bool:
    return any(not math.isnan(answer) for answer in one.row[1:])


def test_tiers_are_those_of_the_customers(book: Book) -> None:
    from desktop.models.customers import Customer
    from desktop.models.orders import Order

    with book.step("Fill") as step:
        for who, paid in ((1, 100), (2, 600_000)):
            step.insert(Customer, id=who, name=f"C{who}", created_at="2026-01-01 09:00:00")
            step.insert(Order, customer=who, placed_at="2026-04-02 10:00:00", status="completed", paid=paid)
        for rater, got in ((1, 2), (2, 5), (2, 4), (None, 1)):
            step.insert(
                Rating, customer=rater, ended_at="2026-04-03 10:00:00", rated_at="2026-04-03 10:00:00",
                perceived=got,
            )  # fmt: skip
    found = satisfaction_report(scope_of(book), "month", "tier")
    told = {(row.key, row.name): (row.now.n, row.now.perceived.value) for row in found.rows}
    assert told == {(0, "regular"): (1, 2.0), (2, "gold"): (2, 4.5), (-1, ""): (1, 1.0)}


def test_an_expectation_alone_is_no_rating(book: Book) -> None:
    with book.step("Expect") as step:
        step.insert(
            Rating, ended_at="2026-04-03 10:00:00", expected_at="2026-04-03 10:00:00", expected=5,
            reasons="",
        )  # fmt: skip
    found = satisfaction_report(scope_of(book))
    assert (found.now.n, found.now.expected.n, found.rows, found.response.n) == (0, 0, (), 0)
    assert found.ratings_behind().size == 0


def test_reasons_follow_what_is_written_and_undone(book: Book) -> None:
    def unhappy() -> dict[str, int]:
        found = satisfaction_report(scope_of(book), "month", "reason")
        return {found.titles[row.code]: row.count for row in found.reasons.unhappy}

    with book.step("One") as step:
        first = step.insert(
            Rating, ended_at="2026-04-03 10:00:00", rated_at="2026-04-03 10:00:00", perceived=2,
            reasons="Slow delivery\nSmells odd",
        )  # fmt: skip
    assert unhappy() == {"Slow delivery": 1, "Smells odd": 1}
    with book.step("Two") as step:
        step.insert(
            Rating, ended_at="2026-04-04 10:00:00", rated_at="2026-04-04 10:00:00", perceived=1,
            reasons="物流慢, Smells odd",
        )  # fmt: skip
        step.update(Rating, first, reasons="Slow delivery")
    assert unhappy() == {"Slow delivery": 2, "Smells odd": 1}
    book.undo()
    assert unhappy() == {"Slow delivery": 1, "Smells odd": 1}


def test_nothing_gives_no_figures(book: Book) -> None:
    found = satisfaction_report(scope_of(book), "day", "product")
    assert found.now.perceived.value is None
    assert found.response.value is None
    assert found.words == ()
    assert len(found.trend) == END - START
