"""Every figure of complaints is what the rows say, whatever they say: counted once more, slowly."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.analytics.intervals import Mean, Rate
from desktop.analytics.periods import period_before
from desktop.core.words import MOODS, NATURES, SEVERITIES, SUBJECTS
from desktop.models.book import Book
from desktop.queries.complaint_figures import WANTED, ComplaintReport, Side, complaint_report
from desktop.queries.complaint_figures_cohorts import EVERYTHING, ComplaintSlice
from desktop.queries.complaint_figures_tables import By, complaint_heat, complaint_pareto, complaint_table
from tests.unit.queries.complaint_oracle import Shop, Slow, day_of, quantile, slow_figures
from tests.unit.queries.complaint_shops import CHANNELS, DETAILS, FIRST, NOW, fill

RATES = ("communicative", "replies_in_time", "settled_in_time", "reopened", "happy", "response", "recovery",
         "promises", "remedied")  # fmt: skip
DAY = FIRST.toordinal()
EARLIER = datetime(2026, 4, 20, 11)
BY: tuple[By, ...] = ("subject", "detail", "product", "channel", "clerk", "severity", "nature", "mood")


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.none(), st.none(), values)


slices = st.builds(
    ComplaintSlice,
    subject=maybe(st.sampled_from([*SUBJECTS][:4])),
    detail=maybe(st.sampled_from([*DETAILS, "never"])),
    product_id=maybe(st.integers(0, 5)),
    channel=maybe(st.sampled_from([*CHANNELS, "never"])),
    staff_id=maybe(st.integers(0, 4)),
    severity=maybe(st.sampled_from([*SEVERITIES])),
    nature=maybe(st.sampled_from([*NATURES])),
    mood=maybe(st.sampled_from([*MOODS])),
)
periods = st.one_of(
    st.sampled_from([(date(2026, m, 1).toordinal(), date(2026, m + n, 1).toordinal())
                     for m in range(1, 8) for n in (1, 3, 5)]),
    st.tuples(st.integers(DAY - 30, DAY + 240), st.integers(0, 200)).map(lambda p: (p[0], p[0] + p[1])),
)  # fmt: skip


@contextmanager
def shop_of(seed: int) -> Iterator[Book]:
    with TemporaryDirectory() as folder:
        book = Book.create(Path(folder) / "shop.shuke")
        try:
            fill(book, random.Random(seed))
            yield book
        finally:
            book.close()


def check_side(report: ComplaintReport, side: Side, wanted: Slow, *, before: bool) -> None:
    h = side.handling
    assert (h.n, side.open, h.cost) == (wanted.n, wanted.open, wanted.cost)
    for name in RATES:
        figure = getattr(h, name)
        assert isinstance(figure, Rate)
        assert (name, figure.hits, figure.n) == (name, *wanted.rates[name])
        assert figure.value == (figure.hits / figure.n if figure.n else None)
    for name, expected in wanted.durations.items():
        found = getattr(h, name)
        assert found.median.value == pytest.approx(quantile(expected, 0.5))
        assert found.late.value == pytest.approx(quantile(expected, 0.9))
        assert (name, found.n, found.unknown) == (name, len(expected), len(wanted.rows[name, "unknown"]))
    assert h.satisfaction.n == len(wanted.ratings)
    assert h.satisfaction.value == (pytest.approx(fmean(wanted.ratings)) if wanted.ratings else None)
    assert h.cost_each.value == (pytest.approx(wanted.cost / wanted.n) if wanted.n else None)
    assert side.per_hundred.n == wanted.orders
    assert side.per_hundred.value == (
        pytest.approx(100 * wanted.about / wanted.orders) if wanted.orders else None
    )
    for (key, part), ids in wanted.rows.items():
        rows = report.rows_behind(key, part=part, before=before)
        assert (key, part, len(rows), set(rows)) == (key, part, len(ids), ids)
    for key in WANTED:
        figure = side.figure(key)
        assert (figure.value is None) == (figure.n == 0 and key != "received")
        if figure.low is not None and figure.high is not None and figure.value is not None:
            assert figure.low <= figure.value <= figure.high


@settings(max_examples=15)
@given(st.integers(0, 10**9), periods, slices, st.sampled_from([NOW, NOW, EARLIER]))
def test_every_figure_agrees_with_the_rows(
    seed: int, period: tuple[int, int], only: ComplaintSlice, now: datetime
) -> None:
    with shop_of(seed) as book:
        shop = Shop(book)
        for start, end, filters in ((*period, EVERYTHING), (*period, only)):
            report = complaint_report(book, start=start, end=end, now=now, filters=filters)
            assert period_before(start, end) == (report.before.cohort.start, report.before.cohort.end)
            check_side(report, report.current, slow_figures(shop, start, end, now, filters), before=False)
            earlier = slow_figures(shop, *period_before(start, end), now, filters)
            check_side(report, report.before, earlier, before=True)
            assert report.unlinked == len(report.rows_behind("unlinked"))


@settings(max_examples=8)
@given(st.integers(0, 10**9), periods, slices, st.sampled_from(BY))
def test_tables_bars_and_months_are_slices(
    seed: int, period: tuple[int, int], only: ComplaintSlice, by: By
) -> None:
    with shop_of(seed) as book:
        shop, (start, end) = Shop(book), period
        report = complaint_report(book, start=start, end=end, now=NOW, filters=only)
        table, bars = complaint_table(book, report, by), complaint_pareto(book, report, by)
        assert sum(row.handling.n for row in table) == sum(bar.count for bar in bars) == report.n
        assert [row.handling.n for row in table] == sorted((row.handling.n for row in table), reverse=True)
        for row, bar in zip(table, bars, strict=True):
            wanted = row.group.within.within(only)
            slow = slow_figures(shop, start, end, NOW, wanted)
            assert row.group == bar.group
            assert (row.handling.n, bar.count, bar.share.n) == (slow.n, slow.n, report.n)
            for name in RATES:
                rate = getattr(row.handling, name)
                assert (by, name, rate.hits, rate.n) == (by, name, *slow.rates[name])
            assert row.handling.settling.median.value == pytest.approx(
                quantile(slow.durations["settling"], 0.5)
            )
            assert row.per_hundred.n == slow.orders
            assert row.per_hundred.value == (
                pytest.approx(100 * slow.about / slow.orders) if slow.orders else None
            )
            earlier = slow_figures(shop, *period_before(start, end), NOW, wanted)
            assert row.before is not None
            assert (row.before.n, bar.before) == (earlier.n, earlier.n)
            assert (
                set(report.rows_behind("received", within=row.group.within)) == slow.rows["received", "all"]
            )
        if bars:
            assert bars[-1].cumulative == pytest.approx(1)
        for month, row in zip(report.trend, complaint_table(book, report, "month"), strict=True):
            slow = slow_figures(shop, month.start, month.end, NOW, only)
            assert row.group.days == (month.start, month.end)
            assert (month.received.value, month.settled.value) == (slow.n, slow.settled)
            assert (month.per_hundred.n, row.handling.n) == (slow.orders, slow.n)
            assert set(report.rows_behind("settled", days=row.group.days)) == slow.rows["settled", "all"]
            assert set(report.rows_behind("received", days=row.group.days)) == slow.rows["received", "all"]
        assert sum(month.received.n for month in report.trend) == report.n


@settings(max_examples=8)
@given(st.integers(0, 10**9), st.integers(0, 5))
def test_the_heat_counts_what_is_there(seed: int, most: int) -> None:
    with shop_of(seed) as book:
        report = complaint_report(book, start=DAY, end=DAY + 200, now=NOW)
        heat = complaint_heat(book, report, most)
        rows = [c for c in Shop(book).complaints if day_of(c["received_at"]) < DAY + 200]
        assert int(heat.counts.sum()) + heat.others + heat.unknown == len(rows)
        assert heat.unknown == sum(c["product_id"] is None for c in rows)
        assert len(heat.products) <= most
        for i, product in enumerate(heat.products):
            assert product.name == f"Product {product.key}"
            for j, subject in enumerate(heat.subjects):
                wanted = {
                    c["id"] for c in rows if (c["product_id"], c["subject"]) == (product.key, subject.key)
                }
                assert heat.counts[i, j] == len(wanted)
                assert set(report.rows_behind("received", within=heat.within(i, j))) == wanted
                assert heat.share(i, j).n == sum(c["product_id"] == product.key for c in rows)


@settings(max_examples=10)
@given(st.integers(0, 10**9))
def test_rows_come_in_a_telling_order(seed: int) -> None:
    with shop_of(seed) as book:
        report = complaint_report(book, start=DAY, end=DAY + 200, now=NOW)
        shop = Shop(book)
        by_id = {c["id"]: c for c in shop.complaints}
        newest = [by_id[row]["received_at"] for row in report.rows_behind("received")]
        assert newest == sorted(newest, reverse=True)
        slowest = [
            shop.worked(by_id[row], by_id[row]["settled_at"]) for row in report.rows_behind("settling")
        ]
        assert slowest == sorted(slowest, reverse=True)
        given_to = dict.fromkeys(by_id, 0)
        for remedy in shop.remedies:
            given_to[remedy["complaint_id"]] += remedy["cost"] * (remedy["state"] == "given")
        costliest = [given_to[row] for row in report.rows_behind("cost")]
        assert costliest == sorted(costliest, reverse=True)


def test_thin_data_says_what_is_missing(book: Book) -> None:
    report = complaint_report(book, start=DAY, end=DAY, now=NOW)
    assert report.trend == ()
    report = complaint_report(book, start=DAY, end=DAY + 31, now=NOW)
    assert (report.n, report.open, report.unlinked) == (0, 0, 0)
    for key in WANTED:
        figure, moved = report.figure(key), report.changes[key]
        assert (figure.n, moved.direction, moved.good) == (0, None, None)
        assert key == "received" or figure.value is None
        assert list(report.rows_behind(key)) == []
    assert [month.per_hundred for month in report.trend] == [Mean(None, 0, None, None)]
    assert not complaint_pareto(book, report)
    assert not complaint_table(book, report, "product")
    assert complaint_heat(book, report).counts.shape == (0, len(SUBJECTS))
    with pytest.raises(KeyError):
        report.rows_behind("weather")


def test_a_verdict_needs_enough_and_an_interval_without_nothing(book: Book) -> None:
    from desktop.models.complaints import Complaint

    def received(day: date, count: int, kept: int) -> None:
        with book.step("Add") as step:
            for at in range(count):
                replied = f"{day} 10:30:00" if at < kept else f"{day} 15:00:00"
                step.insert(Complaint, number=f"{day}-{at}", title="Late", received_at=f"{day} 10:00:00",
                            replied_at=replied, reply_due_at=f"{day} 11:00:00")  # fmt: skip

    def moved() -> tuple[str | None, bool | None]:
        report = complaint_report(book, start=date(2026, 5, 1).toordinal(), end=date(2026, 6, 1).toordinal(),
                                  now=datetime(2026, 6, 5))  # fmt: skip
        change = report.changes["replies_in_time"]
        return change.direction, change.good

    received(date(2026, 4, 3), 29, 0)
    received(date(2026, 5, 3), 40, 40)
    assert moved() == (None, None), "29 before are too few"
    received(date(2026, 4, 4), 1, 0)
    assert moved() == ("up", True)
    received(date(2026, 4, 5), 200, 199)
    assert moved() == (None, None) or moved()[0] == "up"
    received(date(2026, 5, 5), 200, 10)
    assert moved() == ("down", False)
