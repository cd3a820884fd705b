"""Findings: effects and tests against other people's, chance that stays chance, and tales told once."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.analytics.contrasts import (
    difference_of_means,
    holm,
    mean_tests,
    rank_tests,
    ratio_of_shares,
    rough_ratio,
    share_tests,
    shared_ranks,
)
from desktop.analytics.findings import Floats, Ints, Looked, Outcome, Split, look
from desktop.analytics.intervals import Mean, rate

stats = pytest.importorskip("scipy.stats")
ALL = ("back", "spend")


def whole(*values: int) -> Ints:
    return np.array(values, np.int64)


def test_the_interval_of_a_ratio_is_as_published() -> None:
    # Koopman (1984), Biometrics 40, p. 515: 36 of 40 against 16 of 80.
    found = ratio_of_shares(rate(36, 40), rate(16, 80))
    assert found.value == pytest.approx(4.5)
    assert found.low == pytest.approx(2.94, abs=0.005)
    assert found.high == pytest.approx(7.15, abs=0.005)


def test_a_ratio_without_hits_on_one_side_is_open() -> None:
    none = ratio_of_shares(rate(0, 40), rate(16, 80))
    assert (none.value, none.low) == (0, 0)
    assert none.high == pytest.approx(0.44, abs=0.02)
    all_of_it = ratio_of_shares(rate(16, 80), rate(0, 40))
    assert (all_of_it.value, all_of_it.high) == (inf, inf)
    assert all_of_it.low == pytest.approx(1 / (none.high or 1))
    assert ratio_of_shares(rate(0, 5), rate(0, 5)).value is None
    assert ratio_of_shares(rate(5, 5), rate(5, 5)).value == 1


def test_the_interval_of_a_ratio_covers_what_it_should() -> None:
    dice = np.random.default_rng(3)
    inside = 0
    for mine, theirs in zip(dice.binomial(60, 0.12, 700), dice.binomial(900, 0.08, 700), strict=True):
        found = ratio_of_shares(rate(int(mine), 60), rate(int(theirs), 900))
        assert found.low is not None
        assert found.high is not None
        inside += found.low <= 1.5 <= found.high
    assert inside / 700 == pytest.approx(0.95, abs=0.025)


def test_the_rough_interval_of_a_ratio_is_that_of_katz() -> None:
    found = rough_ratio(rate(36, 40), rate(16, 80))
    expected = stats.contingency.relative_risk(36, 40, 16, 80)
    assert found.value == pytest.approx(expected.relative_risk)
    assert [found.low, found.high] == pytest.approx([*expected.confidence_interval(0.95)])
    assert (rough_ratio(rate(0, 40), rate(16, 80)).low, rough_ratio(rate(5, 9), rate(0, 80)).high) == (0, inf)


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_p_of_shares_is_that_of_scipy(n: int, other_n: int, data: st.DataObject) -> None:
    hits, others = data.draw(st.integers(0, n)), data.draw(st.integers(0, other_n))
    table = np.array([[hits, n - hits], [others, other_n - others]])
    found = share_tests(whole(hits), whole(n), whole(others), whole(other_n))[0]
    if stats.contingency.expected_freq(table).min() < 40:
        assert found == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-6)
    else:
        assert found == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue, rel=1e-9)


@given(
    st.lists(st.floats(0, 100).map(lambda x: round(x, 3)), min_size=2, max_size=40),
    st.lists(st.floats(0, 100).map(lambda x: round(x, 3)), min_size=2, max_size=40),
)
def test_a_difference_of_means_is_that_of_scipy(one: list[float], other: list[float]) -> None:
    mine, theirs = np.array(one), np.array(other)
    if min(mine.std(), theirs.std()) < 1e-3:
        return
    expected = stats.ttest_ind(mine, theirs, equal_var=False)
    sides = [
        (whole(side.size), np.array([side.mean()]), np.array([side.std(ddof=1)])) for side in (mine, theirs)
    ]
    assert mean_tests(*sides[0], sides[1])[0] == pytest.approx(expected.pvalue, rel=1e-6, abs=1e-12)
    found = difference_of_means(
        Mean(float(mine.mean()), mine.size, None, None), Mean(float(theirs.mean()), theirs.size, None, None),
        (float(mine.std(ddof=1)), float(theirs.std(ddof=1))),
    )  # fmt: skip
    low, high = expected.confidence_interval(0.95)
    assert [found.low, found.high] == pytest.approx([low, high], abs=1e-6)


@given(
    st.lists(st.integers(0, 6), min_size=3, max_size=40), st.lists(st.integers(0, 9), min_size=3, max_size=40)
)
def test_ranks_are_tested_as_scipy_does(one: list[int], other: list[int]) -> None:
    values = np.array([*one, np.nan, *other], np.float64)
    ranks = shared_ranks(values)
    assert ranks[~np.isnan(values)].tolist() == stats.rankdata([*one, *other]).tolist()
    mine, theirs = ranks[: len(one)], ranks[len(one) + 1 :]
    p = rank_tests(
        whole(mine.size), np.array([mine.sum()]), whole(theirs.size), np.array([theirs.sum()]),
        np.array([(mine**2).sum() + (theirs**2).sum()]),
    )[0]  # fmt: skip
    if len({*one, *other}) > 1:
        expected = stats.mannwhitneyu(one, other, method="asymptotic", use_continuity=False).pvalue
        assert p == pytest.approx(expected, rel=1e-9)
    else:
        assert p == 1


def test_holm_as_worked_by_hand() -> None:
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.03, 0.06, 0.06, 0.02])


# -- looking


def shop(dice: np.random.Generator, size: int = 1500) -> tuple[Floats, Floats, list[Split]]:
    """Who came back, what they spent later (skewed as in life), and eight partings by chance."""
    back = (dice.random(size) < 0.3).astype(np.float64)
    spend = np.where(back == 1, np.rint(dice.lognormal(9, 1, size)), 0)
    splits = []
    for number in range(8):
        groups = int(dice.integers(2, 9))
        group = dice.choice(groups, size, p=dice.dirichlet(np.full(groups, 2.0)))
        splits.append(Split(f"split {number}", np.arange(size), group.astype(np.int64), groups, ALL))
    return back, spend, splits


def told(back: Floats, spend: Floats, splits: list[Split]) -> Looked:
    return look(
        splits,
        [Outcome("back", back, True, 1.2, "coming back"), Outcome("spend", spend, False, 500, "coming back")],
    )


def test_where_nothing_differs_hardly_ever_anything_is_found() -> None:
    dice = np.random.default_rng(20)
    runs = 150
    looked = [told(*shop(dice)) for _ in range(runs)]
    assert sum(len(one.found) > 0 for one in looked) / runs <= 0.1
    assert min(one.comparisons for one in looked) >= 30


def test_what_was_planted_is_found_and_told_once() -> None:
    dice = np.random.default_rng(4)
    back, spend, splits = shop(dice, 4000)
    group = (np.arange(4000) % 5).astype(np.int64)
    own = group == 2
    back[own] = dice.random(int(own.sum())) < 0.5
    planted = Split("channel", np.arange(4000), group, 5, ALL)
    same = Split("first product", np.flatnonzero(own), np.zeros(int(own.sum()), np.int64), 1, ALL, own | True)
    half = Split("half", np.arange(4000), own.astype(np.int64), 2, ALL)
    looked = told(back, spend, [*splits, planted, same, half])
    assert len(looked.found) == 1
    one = looked.found[0]
    assert one.outcome == "back"
    assert (one.effect.value or 0) ** (1 if one.more else -1) == pytest.approx(0.5 / 0.3, rel=0.15)
    assert one.ours.n in (800, 3200)
    assert one.p <= one.adjusted <= 0.05


def test_both_halves_are_one_comparison_and_small_groups_none() -> None:
    values = Outcome("back", np.tile([0.0, 1.0], 50), True, 1.2, "x")
    halves = Split("gender", np.arange(100), np.repeat([0, 1], 50), 2, ("back",))
    assert look([halves], [values]).comparisons == 1
    small = Split("gender", np.arange(100), np.repeat([0, 1], [71, 29]), 2, ("back",))
    assert look([small], [values]).comparisons == 0
    unknown = Outcome("back", np.where(np.arange(100) < 40, np.nan, values.values), True, 1.2, "x")
    assert look([halves], [unknown]).comparisons == 0
    assert look([], []).comparisons == 0


def test_a_clear_difference_that_is_not_worth_saying_is_not_said() -> None:
    size = 200_000
    back = (np.arange(size) % 100 < 50).astype(np.float64)
    group = np.repeat([0, 1], size // 2)
    back[: size // 2] = np.arange(size // 2) % 100 < 53
    looked = look(
        [Split("gender", np.arange(size), group, 2, ("back",))], [Outcome("back", back, True, 1.2, "x")]
    )
    assert (looked.found, looked.comparisons) == ((), 1)


def test_nobody_of_a_group_came_back() -> None:
    back = np.array([0.0] * 60 + [1.0, 0.0] * 200)
    group = np.array([0] * 60 + [1] * 400)
    looked = look(
        [Split("source", np.arange(460), group, 2, ("back",))], [Outcome("back", back, True, 1.2, "x")]
    )
    assert looked.found[0].effect.value == 0
    assert not looked.found[0].more
    assert looked.found[0].members.tolist() == list(range(60))


@settings(max_examples=25)
@given(st.integers(0, 2**31), st.booleans())
def test_each_comparison_is_what_plain_counting_gives(seed: int, several: bool) -> None:
    dice = np.random.default_rng(seed)
    size = 400
    back = np.where(dice.random(size) < 0.2, np.nan, (dice.random(size) < 0.3).astype(np.float64))
    who = np.sort(dice.choice(size, 300, replace=several))
    group = dice.integers(0, 3, 300)
    if several:
        kept = np.unique(who * 3 + group)
        who, group = kept // 3, kept % 3
    back[who[group == 1]] = np.where(dice.random(int((group == 1).sum())) < 0.9, 1, 0)
    looked = look(
        [Split("tag", who, group, 3, ("back",), several=several)], [Outcome("back", back, True, 1.2, "x")]
    )
    pairs = {(int(a), int(b)) for a, b in zip(who, group, strict=True)}
    p = {}
    for number in range(3):
        own = {a for a, b in pairs if b == number and not np.isnan(back[a])}
        rest = {a for a, _ in pairs if not np.isnan(back[a])} - own
        if min(len(own), len(rest)) >= 30:
            hits, others = (sum(int(back[a]) for a in side) for side in (own, rest))
            table = np.array([[hits, len(own) - hits], [others, len(rest) - others]])
            small = stats.contingency.expected_freq(table).min() < 40
            tested = stats.fisher_exact(table) if small else stats.chi2_contingency(table, correction=False)
            p[number] = (tested.pvalue, hits, len(own), others, len(rest))
    assert looked.comparisons == len(p)
    for one in looked.found:
        value, hits, n, others, rest_n = p[one.group]
        assert one.p == pytest.approx(value, rel=1e-6)
        assert (one.ours, one.others) == (rate(hits, n), rate(others, rest_n))
        rank = sorted(value for value, *_ in p.values()).index(value)
        assert one.adjusted >= value * (len(p) - rank) - 1e-12
