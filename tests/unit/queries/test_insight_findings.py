"""Findings of a book: what was planted is found, outcomes are what slow counting gives, thin books say so."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.service import Rating
from desktop.queries import insight_findings
from desktop.queries.finding_outcomes import DAYS, SOON, Population
from desktop.queries.finding_splits import partings
from desktop.queries.insight_findings import Findings, findings
from desktop.queries.insight_scope import Narrowing, Scope, insight_scope
from tests.unit.queries.product_shops import TODAY, fill

END = TODAY.toordinal() + 1


def scope(book: Book, end: int = END, **only: Any) -> Scope:
    return insight_scope(book, start=end - 365, end=end, today=TODAY, only=Narrowing(**only))


def shop(book: Book, *, planted: bool) -> None:
    """400 customers of two channels, four regions and three products; of WeChat's twice as many come back."""
    dice = random.Random(8)
    with book.step("Fill") as step:
        for number in range(1, 4):
            step.insert(Product, id=number, name=f"Tea {number}")
        for number in range(1, 401):
            channel = dice.choice(["wechat", "shop"])
            step.insert(
                Customer, id=number, name="x", created_at="2025-01-01 09:00:00",
                region=dice.choice(["杭州", "上海", "北京", ""]), gender=dice.choice(["female", "male"]),
            )  # fmt: skip
            first = TODAY - timedelta(days=dice.randint(200, 500))
            back = dice.random() < (0.6 if planted and channel == "wechat" else 0.3)
            for after in (0, dice.randint(5, 150)) if back else (0,):
                order = step.insert(
                    Order, customer_id=number, channel=channel, total=5000, paid=5000,
                    placed_at=f"{first + timedelta(days=after)} 10:00:00",
                )  # fmt: skip
                step.insert(OrderLine, order_id=order, product_id=dice.randint(1, 3), amount=5000)


def test_what_was_planted_is_found(book: Book) -> None:
    shop(book, planted=True)
    found = findings(scope(book))
    assert len(found.found) == 1
    one = found.found[0]
    assert (one.split, one.outcome) == ("channel", "back")
    assert one.label in ("wechat", "shop")
    assert one.more == (one.label == "wechat")
    assert one.effect.value == pytest.approx(2 if one.more else 0.5, rel=0.25)
    assert found.customers == 400
    assert found.comparisons >= 20
    rows = book.rows(
        "SELECT customer_id FROM orders WHERE channel = ? GROUP BY customer_id ORDER BY 1", (one.label,)
    )
    assert one.customers.tolist() == [row for (row,) in rows]
    assert one.ours.n == len(rows)


def test_where_nothing_was_planted_nothing_is_found(book: Book) -> None:
    shop(book, planted=False)
    found = findings(scope(book))
    assert found.found == ()
    assert found.comparisons >= 20


def test_a_channel_that_is_looked_at_is_not_compared(book: Book) -> None:
    shop(book, planted=True)
    found = findings(scope(book, channel="wechat"))
    assert "channel" not in [one.split for one in found.found]
    assert found.customers == book.value(
        "SELECT count(DISTINCT customer_id) FROM orders WHERE channel = 'wechat'"
    )


def test_a_large_shop_keeps_its_findings_until_enough_has_changed(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insight_findings, "FEW_ORDERS", 0)
    shop(book, planted=True)
    first = findings(scope(book))
    assert findings(scope(book)) is first
    assert findings(scope(book, channel="shop")) is not first
    with book.step("Come back") as step:
        step.insert(Order, customer_id=1, placed_at=f"{TODAY} 10:00:00", total=1, paid=1)
    assert findings(scope(book)) is not first


def test_thin_books_have_no_findings(book: Book) -> None:
    assert findings(scope(book)) == Findings((), 0, 0)
    with book.step("Sell") as step:
        step.insert(Customer, id=1, name="x", created_at="2025-01-01 09:00:00")
        step.insert(Order, customer_id=1, placed_at=f"{TODAY} 10:00:00", total=-5, paid=0)
        step.insert(Rating, customer_id=1, ended_at=f"{TODAY} 10:00:00", rated_at=f"{TODAY} 10:00:00",
                    perceived=5)  # fmt: skip
        # Nobody knows who complained, and of nobody's order.
        step.insert(Complaint, number="1", title="x", received_at=f"{TODAY} 10:00:00")
    assert findings(scope(book)) == Findings((), 0, 0)
    with book.step("Sell tomorrow") as step:
        for number in range(2, 100):
            step.insert(Customer, id=number, name="x", created_at="2025-01-01 09:00:00")
            step.insert(Order, customer_id=number, placed_at=f"{TODAY + timedelta(days=9)} 10:00:00",
                        total=5, paid=5)  # fmt: skip
    assert findings(scope(book)).comparisons == 0


@settings(max_examples=12)
@given(st.integers(0, 2**31))
def test_every_outcome_is_what_counting_the_rows_gives(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    dice = random.Random(seed)
    with Book.create(tmp_path_factory.mktemp("found") / "shop.shuke") as book:
        fill(book, dice)
        people = Population(scope(book))
        values = {one.key: one.values for one in people.outcomes}
        days: dict[int, set[int]] = {}
        rows = [
            (who, date.fromisoformat(when[:10]).toordinal(), bool(purchase), net, refunded, status)
            for who, when, purchase, net, refunded, status in book.rows(
                "SELECT customer_id, placed_at, purchase, net, refunded, status FROM orders "
                "WHERE customer_id IS NOT NULL"
            )
        ]
        for who, day, purchase, *_ in rows:
            if purchase and day < END:
                days.setdefault(who, set()).add(day)
        assert people.past.ids.tolist() == sorted(days)
        complaints = [
            (who, date.fromisoformat(when[:10]).toordinal())
            for who, when in book.rows("SELECT customer_id, received_at FROM complaint")
        ]
        stars: dict[int, list[int]] = {}
        for who, when, perceived in book.rows(
            "SELECT customer_id, ended_at, perceived FROM rating "
            "WHERE rated_at IS NOT NULL AND perceived IS NOT NULL AND customer_id IS NOT NULL"
        ):
            if date.fromisoformat(when[:10]).toordinal() < END:
                stars.setdefault(who, []).append(perceived)
        for at, who in enumerate(sorted(days)):
            first, second = [*sorted(days[who]), 10**9][:2]
            judged = first + DAYS < END
            spent = sum(net for one, day, _, net, *_ in rows if one == who and first < day <= first + DAYS
                        and day < END)  # fmt: skip
            expected = {
                "back": second - first <= DAYS,
                "spend": spent,
                "complained": any(one == who and first <= day <= first + SOON for one, day in complaints),
                "refunded": any(
                    one == who and refunded > 0 and status != "cancelled" and first <= day <= first + SOON
                    for one, day, _, _, refunded, status in rows
                ),
            }
            for key, value in expected.items():
                if key in values:
                    assert (values[key][at] == float(value)) if judged else np.isnan(values[key][at])
            if "content" in values:
                mine = stars.get(who, [])
                mean = values["content"][at]
                assert (mean == pytest.approx(sum(mine) / len(mine))) if mine else np.isnan(mean)
            later = people.came_after(np.array([at]), np.array([first + 7]))[0]
            if first + 7 + DAYS < END:
                assert later == any(first + 7 < day <= first + 7 + DAYS for day in days[who])
            else:
                assert np.isnan(later)
        for one in partings(people):
            assert len(one.labels) >= int(one.split.group.max()) + 1
            if not one.split.several:
                assert np.unique(one.split.who).size == one.split.who.size
