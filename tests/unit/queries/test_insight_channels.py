"""Channels and finding methods are what the rows say: counted once more, slowly."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import fmean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.leads import Lead
from desktop.models.orders import Order
from desktop.queries.channel_counts import WANTED, ChannelSide
from desktop.queries.complaint_figures import complaint_report
from desktop.queries.complaint_figures_cohorts import ComplaintSlice
from desktop.queries.insight_channels import ChannelReport, channel_report
from desktop.queries.insight_scope import Narrowing, Scope, insight_scope
from tests.unit.queries.feel_shops import CHANNELS, TODAY, add_order, moment, shop_of
from tests.unit.queries.satisfaction_rows import all_ratings, chosen

START, END = date(2026, 3, 1).toordinal(), date(2026, 6, 1).toordinal()
EVERYTHING = Narrowing()
NARROWINGS = st.one_of(
    st.just(EVERYTHING),
    st.builds(Narrowing, channel=st.sampled_from([*CHANNELS, "never"])),
    st.builds(Narrowing, product=st.integers(1, 5)),
    st.builds(Narrowing, tier=st.integers(0, 1)),
    st.builds(Narrowing, channel=st.just("shop"), segment=st.just("lost")),
)


def scope_of(book: Book, only: Narrowing = EVERYTHING) -> Scope:
    return insight_scope(book, start=START, end=END, today=TODAY, only=only)


@dataclass(frozen=True)
class Bought:
    id: int
    customer: int
    day: int
    net: int
    purchase: bool
    channel: str
    products: frozenset[int]


class Slow:
    """The rows of a book, and the figures of METRICS.md by going through them one by one."""

    def __init__(self, book: Book, only: Narrowing, members: set[int] | None) -> None:
        lines: dict[int, set[int]] = {}
        for order, product in book.rows("SELECT order_id, product_id FROM order_line WHERE product_id > 0"):
            lines.setdefault(order, set()).add(product)
        self.every = [
            Bought(row, who or 0, day, net, bool(purchase), via, frozenset(lines.get(row, ())))
            for row, who, day, net, purchase, via in book.rows(
                "SELECT id, customer_id, day, net, purchase, channel FROM orders ORDER BY id"
            )
        ]
        self.only, self.members = only, members
        self.left = [one for one in self.every if self.fits(one)]
        answered = [one for one in all_ratings(book) if one.answered and one.row[1] == one.row[1]]
        self.rated = chosen(answered, only, members)
        self.complaints = book.rows(
            "SELECT id, customer_id, order_id, product_id, channel, received_at, replied_at FROM complaint"
        )
        self.first: dict[int, Bought] = {}
        self.days: dict[int, list[int]] = {}
        for one in sorted(self.every, key=lambda one: (one.day, one.id)):
            if one.purchase and one.customer and one.day < END:
                self.first.setdefault(one.customer, one)
                days = self.days.setdefault(one.customer, [])
                if one.day not in days:
                    days.append(one.day)

    def fits(self, one: Bought) -> bool:
        return (
            (self.only.channel is None or one.channel == self.only.channel)
            and (self.only.product is None or self.only.product in one.products)
            and (self.members is None or one.customer in self.members)
        )

    def gained(self, channel: str | None, start: int, end: int) -> list[int]:
        return [
            who
            for who, one in self.first.items()
            if start <= one.day < end and self.fits(one) and channel in (None, one.channel)
        ]

    def came_again(self, gained: Iterable[int]) -> tuple[list[int], int]:
        old = [who for who in gained if self.first[who].day + 90 < END]
        quick = [
            who for who in old if len(self.days[who]) > 1 and self.days[who][1] - self.days[who][0] <= 90
        ]
        return quick, len(old)

    def check(self, side: ChannelSide, found: ChannelReport, channel: str | None, *, before: bool) -> None:
        start, end = found.scope.before if before else (START, END)
        via = [one for one in self.left if channel in (None, one.channel)]
        inside = [one for one in via if start <= one.day < end]
        behind: dict[str, set[int]] = {}
        gained = self.gained(channel, start, end)
        behind["gained"] = set(gained)
        assert side.gained.value == side.gained.n == len(gained)
        quick, old = self.came_again(gained)
        assert (side.again.hits, side.again.n) == (len(quick), old)
        behind["again"] = set(quick)
        behind["orders"] = {one.id for one in inside if one.purchase}
        assert side.orders.value == len(behind["orders"])
        behind["net"] = {one.id for one in inside if one.net}
        assert (side.net.value, side.net.n) == (sum(one.net for one in inside), len(behind["net"]))
        days: dict[int, set[int]] = {}
        for one in via:
            if one.purchase and one.customer and one.day < end:
                days.setdefault(one.customer, set()).add(one.day)
        buyers = {who for who, seen in days.items() if max(seen) >= start}
        behind["returning"] = {who for who in buyers if len(days[who]) > 1}
        assert (side.returning.hits, side.returning.n) == (len(behind["returning"]), len(buyers))
        rated = [r for r in self.rated if start <= r.day < end and channel in (None, r.channel)]
        behind["perceived"] = {one.id for one in rated}
        assert side.perceived.n == len(rated)
        assert side.perceived.value == (pytest.approx(fmean(r.row[1] for r in rated)) if rated else None)
        orders = {one.id for one in inside}
        product = self.only.product
        behind["per_hundred"] = {c[0] for c in self.complaints if c[2] in orders and product in (None, c[3])}
        assert side.per_hundred.n == len(orders)
        if orders:
            assert side.per_hundred.value == pytest.approx(100 * len(behind["per_hundred"]) / len(orders))
        told = [c for c in self.complaints if self.told(c, channel, start, end) and c[6]]
        behind["first_reply"] = {c[0] for c in told}
        waits = [
            (datetime.fromisoformat(c[6]) - datetime.fromisoformat(c[5])).total_seconds() / 60 for c in told
        ]
        assert side.first_reply.n == len(waits)
        assert side.first_reply.value == (pytest.approx(median(waits)) if waits else None)
        for key in WANTED:
            rows = found.rows_behind(key, channel, before=before).tolist()
            assert (key, len(rows), set(rows)) == (key, len(behind[key]), behind[key])

    def told(self, row: tuple[object, ...], channel: str | None, start: int, end: int) -> bool:
        _, who, _, product, via, received, _ = row
        return (
            start <= date.fromisoformat(str(received)[:10]).toordinal() < end
            and channel in (None, via)
            and self.only.channel in (None, via)
            and self.only.product in (None, product)
            and (self.members is None or who in self.members)
        )


@settings(max_examples=14)
@given(st.integers(0, 10**9), NARROWINGS)
def test_every_figure_agrees_with_the_rows(seed: int, only: Narrowing) -> None:
    with shop_of(seed) as book:
        scope = scope_of(book, only)
        members = None if scope.members is None else {int(row) for row in scope.members}
        slow, found = Slow(book, only, members), channel_report(scope)
        for row in found.rows:
            slow.check(row.now, found, row.channel, before=False)
            slow.check(row.before, found, row.channel, before=True)
        slow.check(found.total.now, found, None, before=False)
        slow.check(found.total.before, found, None, before=True)
        shown = {row.channel for row in found.rows}
        assert {one.channel for one in slow.left if START <= one.day < END and one.purchase} <= shown
        if found.total.now.net.value and found.total.now.net.value > 0:
            assert sum(row.share or 0 for row in found.rows) == pytest.approx(1)


@settings(max_examples=8)
@given(st.integers(0, 10**9))
def test_what_is_kept_goes_on_with_the_book(seed: int) -> None:
    with shop_of(seed) as book:
        dice = random.Random(seed)
        who = [row for (row,) in book.rows("SELECT id FROM customer")]
        for number in range(4):
            channel_report(scope_of(book))
            with book.step("Sell") as step:
                if number == 2:
                    step.insert(Customer, id=900, name="N", created_at="2026-01-01 09:00:00", source="fair")
                    step.insert(Lead, customer=900, method="fair", status="converted", found_at=moment(dice))
                order = add_order(step, dice, [*who, *([900] if number >= 2 else [])])
            if number == 1:
                with book.step("Change") as step:
                    step.update(Order, order, channel="jd", status="completed", paid=700, refunded=0)
            if number == 3:
                book.undo()
        slow, found = Slow(book, EVERYTHING, None), channel_report(scope_of(book))
        for row in found.rows:
            slow.check(row.now, found, row.channel, before=False)
        slow.check(found.total.now, found, None, before=False)
        brought = sum(row.leads.leads for row in found.methods.rows)
        inside = "SELECT count(*) FROM lead WHERE found_at >= '2026-03-01' AND found_at < '2026-06-01'"
        assert brought == book.value(inside)


@settings(max_examples=6)
@given(st.integers(0, 10**9))
def test_complaints_of_a_channel_are_those_of_their_own_figures(seed: int) -> None:
    with shop_of(seed) as book:
        found = channel_report(scope_of(book))
        now = datetime.combine(TODAY, datetime.max.time())
        for row in found.rows:
            only = ComplaintSlice(channel=row.channel)
            told = complaint_report(book, start=START, end=END, now=now, filters=only)
            assert row.now.per_hundred == told.per_hundred
            assert row.now.first_reply == told.handling.first_reply.median


@settings(max_examples=8)
@given(st.integers(0, 10**9))
def test_finding_methods_agree_with_the_rows(seed: int) -> None:
    with shop_of(seed) as book:
        slow, found = Slow(book, EVERYTHING, None), channel_report(scope_of(book)).methods
        leads = book.rows(
            "SELECT customer_id, method, status, found_at, converted_at, cost FROM lead ORDER BY found_at, id"
        )
        method = {who: source.strip().lower() for who, source in book.rows("SELECT id, source FROM customer")}
        for who, via, status, *_ in leads:
            if status == "converted" and not method[who]:
                method[who] = via.strip().lower()
        gained = slow.gained(None, START, END)
        told = {row.method.lower(): row for row in found.rows}
        for via in {"", "referral", "advertising", "fair"}:
            mine = [x for x in leads if x[1].strip().lower() == via and START <= day(x[3]) < END]
            brought = [who for who in gained if method[who] == via]
            if not (mine or brought):
                assert via not in told or not (told[via].customers or told[via].leads.leads)
                continue
            row = told[via]
            won = [one for one in mine if one[2] == "converted"]
            assert (row.leads.leads, row.leads.converted.hits) == (len(mine), len(won))
            took = [day(one[4]) - day(one[3]) for one in won if one[4]]
            assert row.leads.days.value == (pytest.approx(median(took)) if took else None)
            costs = [one[5] for one in mine if one[5] is not None]
            assert (row.leads.spent, row.leads.cost.n) == (sum(costs), len(costs))
            spent = [sum(o.net for o in slow.every if o.customer == who and o.day < END) for who in brought]
            assert (row.customers, row.total) == (len(brought), sum(spent))
            assert row.value.value == (pytest.approx(fmean(spent)) if spent else None)
            assert set(found.customers_behind(row.method).tolist()) == set(brought)
            assert set(found.leads_behind(row.method).tolist()) == {one[0] for one in mine}
            assert set(found.leads_behind(row.method, converted=True).tolist()) == {one[0] for one in won}


def day(at: str) -> int:
    return date.fromisoformat(at[:10]).toordinal()


def test_an_empty_book_has_no_channels(book: Book) -> None:
    found = channel_report(scope_of(book))
    assert (found.rows, found.methods.rows) == ((), ())
    assert found.total.now.returning.value is None
    assert found.rows_behind("gained").size == 0
    assert found.rows_behind("per_hundred").size == 0


def test_what_one_customer_brings(book: Book) -> None:
    """Worked by hand: found at a fair, first bought in the shop, then twice through WeChat."""
    with book.step("Fill") as step:
        step.insert(Customer, id=1, name="A", created_at="2026-01-01 09:00:00")
        for at, via, paid in (("03-02", "shop", 700), ("03-20", "wechat", 1000), ("05-31", "wechat", 300)):
            step.insert(
                Order, customer=1, channel=via, status="completed", paid=paid, placed_at=f"2026-{at} 10:00:00"
            )
        step.insert(
            Lead, customer=1, method="Fair", status="converted", cost=2000, found_at="2026-03-01 09:00:00",
            converted_at="2026-03-02 10:00:00",
        )  # fmt: skip
    found = channel_report(scope_of(book))
    told = {row.channel: row for row in found.rows}
    assert list(told) == ["wechat", "shop"]
    assert (told["shop"].now.gained.n, told["wechat"].now.gained.n) == (1, 0)
    # 2 March + 90 days is 31 May, the last day seen: they had the time, and took it.
    assert told["shop"].now.again.value == 1
    assert told["shop"].now.returning.value == 0
    assert told["wechat"].now.returning.value == 1
    assert told["wechat"].share == pytest.approx(0.65)
    (fair,) = found.methods.rows
    assert (fair.method, fair.leads.days.value, fair.leads.each, fair.total) == ("Fair", 1, 2000, 2000)
