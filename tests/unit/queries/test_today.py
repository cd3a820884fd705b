"""Today's figures against a plain reckoning in Python, and the order of what to do."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.analytics.repeat import repeat_by_month, repeat_purchase
from desktop.core.days import iso
from desktop.models.book import Book
from desktop.models.complaints import Complaint, Promise
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.privacy import PrivacyRequest
from desktop.models.service import CaseStep, Interaction, Rating, ServiceCase, Task
from desktop.queries.customer_filter import CustomerFilter
from desktop.queries.customers import count_customers
from desktop.queries.insight_days import span
from desktop.queries.presence import has_ratings, is_empty
from desktop.queries.purchases import channels, first_day, purchases, recent_occasions
from desktop.queries.ratings import rating_rows, ratings, responses
from desktop.queries.today import drifting, figures, today
from desktop.queries.todos import Drifting, Todo, todos

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 0)
END = DAY.toordinal() + 1
CUSTOMERS = 120


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A hundred and twenty customers over two years, two channels, ratings of some orders."""
    book = Book.create(tmp_path_factory.mktemp("today") / "shop.shuke")
    dice = random.Random(22)
    with book.step("Fill") as step:
        for number in range(1, CUSTOMERS + 1):
            step.insert(Customer, id=number, name=f"客{number}", created_at="2024-11-01 09:00:00")
            day = DAY - timedelta(days=dice.randint(0, 200))
            gap = dice.randint(7, 60)
            for _ in range(dice.choice([0, 1, 1, 3, 6, 10])):
                fate = dice.choice(["completed"] * 6 + ["cancelled", "returned"])
                paid = 0 if fate == "cancelled" else dice.randint(1, 90) * 100
                order = step.insert(
                    Order,
                    customer_id=number,
                    channel=dice.choice(["shop", "wechat", "shop"]),
                    status=fate,
                    placed_at=f"{day} 1{dice.randint(0, 9)}:00:00",
                    total=paid,
                    paid=paid,
                    refunded=paid if fate == "returned" else 0,
                )
                if fate == "completed" and dice.random() < 0.6:
                    answered = dice.random() < 0.7
                    step.insert(
                        Rating,
                        customer_id=number,
                        order_id=order,
                        asked_at=f"{day} 20:00:00",
                        rated_at=f"{day} 21:00:00" if answered else None,
                        ended_at=f"{day} 20:00:00",
                        perceived=dice.randint(2, 5) if answered else None,
                        expected=dice.choice([None, 4]) if answered else None,
                    )
                day -= timedelta(days=dice.randint(0, 2 * gap))
    yield book
    book.close()


def bought(shop: Book) -> dict[int, list[int]]:
    """The purchase days of each customer, by hand."""
    days: dict[int, set[int]] = defaultdict(set)
    for customer, placed, status in shop.rows("SELECT customer_id, placed_at, status FROM orders"):
        if status == "completed":
            days[customer].add(date.fromisoformat(placed[:10]).toordinal())
    return {customer: sorted(found) for customer, found in days.items()}


def gone_quiet(shop: Book, few: int = 5) -> Drifting:
    """The drifting regulars of the day."""
    return drifting(shop, purchases(shop, start=END - 365, end=END), today=DAY, few=few)


def test_repeat_purchase_is_counted_as_by_hand(shop: Book) -> None:
    start = END - 90
    buyers = returning = 0
    for days in bought(shop).values():
        inside = [day for day in days if start <= day < END]
        buyers += bool(inside)
        returning += bool(inside) and days[0] < inside[-1]
    found = figures(shop, today=DAY)
    assert (found.repeat.n, found.repeat.hits) == (buyers, returning)
    assert found.repeat_months[-1].windows[0] == found.repeat


def test_a_part_of_the_past_gives_the_figures_of_the_whole(shop: Book) -> None:
    whole = purchases(shop, end=END).occasions
    recent = purchases(shop, start=END - 300, end=END)
    part = recent_occasions(shop, recent, start=END - 300, end=END)
    assert part.size < whole.size
    for start in (END - 90, END - 200):
        one, other = repeat_purchase(whole, start, END), repeat_purchase(part, start, END)
        assert (one.buyers, one.twice, one.returning) == (other.buyers, other.twice, other.returning)
    assert repeat_by_month(whole, END - 200, END) == repeat_by_month(part, END - 200, END)


def test_satisfaction_is_that_of_the_last_thirty_days(shop: Book) -> None:
    since = (DAY - timedelta(days=29)).isoformat()
    rows = shop.rows(
        "SELECT perceived FROM rating WHERE perceived IS NOT NULL AND ended_at >= ? AND ended_at < ?",
        (since, (DAY + timedelta(days=1)).isoformat()),
    )
    perceived = figures(shop, today=DAY).satisfaction.now.perceived
    assert perceived.n == len(rows)
    assert perceived.value == pytest.approx(sum(value for (value,) in rows) / len(rows))


def test_drifting_agrees_with_the_customer_list_and_their_orders(shop: Book) -> None:
    found = gone_quiet(shop, few=1000)
    assert found.count == count_customers(shop, view=CustomerFilter(states=("drifting",)), today=DAY) > 0
    values = [one.value for one in found.first]
    assert values == sorted(values, reverse=True)
    assert found.at_stake == sum(max(0, value) for value in values)
    year = DAY.toordinal() - 365
    first = found.first[0]
    assert first.value == shop.value(
        "SELECT sum(net) FROM orders WHERE customer_id = ? AND day > ?", (first.id, year)
    )
    last = shop.value("SELECT last_day FROM customer_summary WHERE customer_id = ?", (first.id,))
    assert first.silent == DAY.toordinal() - last > 1.5 * first.rhythm - 1


def test_a_channel_narrows_purchases_and_a_period_ratings(shop: Book) -> None:
    everything, wechat = purchases(shop, end=END), purchases(shop, end=END, channel="wechat")
    assert 0 < wechat.customer.size < everything.customer.size
    assert wechat.net.sum() == shop.value("SELECT sum(net) FROM orders WHERE channel = 'wechat'")
    assert channels(shop) == ["shop", "wechat"]
    assert ratings(shop, end=END - 100).day.size < ratings(shop, end=END).day.size
    answered = responses(shop, start=END - 200, end=END)
    assert 0 < answered.hits < answered.n
    told = "SELECT id FROM rating WHERE answered = 1 AND asked_at IS NOT NULL AND day >= ? AND day < ?"
    ids = [row for (row,) in shop.rows(told, (END - 200, END))]
    assert len(ids) == answered.hits
    assert rating_rows(shop, ids[:3])[ids[0]].perceived in (2, 3, 4, 5)


def test_all_months_begin_with_the_first_purchase(shop: Book) -> None:
    opened = first_day(shop)
    assert opened == min(days[0] for days in bought(shop).values())
    assert date.fromordinal(span(None, DAY, opened).start) == date.fromordinal(opened).replace(day=1)


def test_an_empty_book_gives_figures_without_values(book: Book) -> None:
    assert is_empty(book)
    assert not has_ratings(book)
    found = today(book, now=NOW)
    assert found.figures.repeat.value is None
    assert found.figures.complaints_per_hundred.value is None
    assert (found.todo, found.more) == ((), {})


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Book]:
    """Two drifting regulars, complaints, promises and tasks around now."""
    with Book.create(tmp_path / "busy.shuke") as book:
        with book.step("Fill") as step:
            for number, paid in ((1, 1000), (2, 9000), (3, 500)):
                step.insert(Customer, id=number, name=f"客{number}", created_at="2025-01-01 09:00:00")
                for nth in range(6):
                    placed = f"{DAY - timedelta(days=(60 if number < 3 else 2) + 20 * nth)} 10:00:00"
                    step.insert(Order, customer_id=number, placed_at=placed, total=paid, paid=paid)
            for number, due in ((1, "2026-11-22 10:18:00"), (2, "2026-11-25 12:00:00")):
                step.insert(
                    Complaint, id=number, number=f"C-2026-{number:04}", customer_id=3, title=f"事{number}",
                    received_at="2026-11-22 09:00:00", reply_due_at=due,
                )  # fmt: skip
            step.insert(
                Promise, id=1, complaint_id=2, text="回电", made_at="2026-11-21 09:00:00",
                due_at="2026-11-22 09:30:00",
            )  # fmt: skip
            for number, days in ((1, -3), (2, 0), (3, 4)):
                due_day = DAY.toordinal() + days
                step.insert(
                    Task, id=number, title=f"办{number}", due_day=due_day, created_at="2026-11-01 09:00:00"
                )
        yield book


def kinds(found: tuple[Todo, ...]) -> list[tuple[str, int]]:
    return [(one.kind, one.id) for one in found]


def test_what_cannot_wait_stands_first_then_value(busy: Book) -> None:
    found, more = todos(busy, now=NOW, drifting=gone_quiet(busy))
    assert kinds(found) == [
        ("promise", 1), ("complaint", 1), ("task", 1), ("drifting", 2), ("drifting", 1), ("task", 2),
        ("complaint", 2),
    ]  # fmt: skip
    assert more == {}
    assert found[1].first_reply
    assert found[0].customer_name == "客3"


def test_who_was_spoken_to_lately_need_not_be_called(busy: Book) -> None:
    with busy.step("Speak") as step:
        step.insert(
            Interaction, customer_id=2, stage="after-sale", happened_at="2026-11-20 09:00:00", text="好"
        )
    found = gone_quiet(busy)
    assert found.count == 2
    assert [one.id for one in found.first] == [1]


def test_what_does_not_fit_is_counted(busy: Book) -> None:
    found, more = todos(busy, now=NOW, drifting=gone_quiet(busy, few=1))
    assert [one.id for one in found if one.kind == "drifting"] == [2]
    assert more == {"drifting": 1}


ODD: dict[str, list[tuple[str, str, int, int]]] = {
    "one order": [("2026-11-20", "completed", 500, 0)],
    "all on one day": [("2026-11-20", "completed", 500, 0)] * 4,
    "only in the future": [("2031-01-01", "completed", 500, 0)],
    "a slip of the pen": [("1901-01-01", "completed", 500, 0), ("2026-11-20", "completed", 500, 0)],
    "only given back": [("2026-11-20", "returned", 0, 900)],
    "more given back than paid": [("2026-11-01", "completed", 500, 0), ("2026-11-20", "returned", 0, 900)],
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
    now = today(book, now=NOW).figures
    assert now.repeat.value in (None, 0.0, 1.0)


def test_a_case_is_due_with_its_step_and_not_while_it_waits(busy: Book) -> None:
    def case(number: str, status: str, due: datetime) -> int:
        with busy.step("Case") as step:
            return step.insert(
                ServiceCase,
                number=number,
                kind="repair",
                status=status,
                opened_at=iso(NOW - timedelta(days=9)),
                due_at=iso(due),
            )

    late = case("S-1", "open", NOW - timedelta(hours=3))
    case("S-2", "waiting", NOW - timedelta(days=3))
    case("S-3", "open", NOW + timedelta(days=3))
    tonight = case("S-4", "open", NOW.replace(hour=20))
    with busy.step("Step") as step:
        stepped = step.insert(
            ServiceCase, number="S-5", kind="repair", opened_at=iso(NOW), due_at=iso(NOW + timedelta(9))
        )
        step.insert(CaseStep, case_id=stepped, title="x", due_at=iso(NOW + timedelta(hours=1)))
    found, more = todos(busy, now=NOW, drifting=gone_quiet(busy))
    assert [row for kind, row in kinds(found) if kind == "case"] == [late, stepped, tonight]
    assert "case" not in more


def test_a_request_about_data_is_due(busy: Book) -> None:
    who = int(busy.value("SELECT min(id) FROM customer"))
    with busy.step("Requests") as step:
        for due, done in ((NOW - timedelta(1), None), (NOW + timedelta(9), None), (NOW, NOW)):
            step.insert(
                PrivacyRequest,
                customer_id=who,
                kind="access",
                received_at=iso(NOW - timedelta(30)),
                due_at=iso(due),
                done_at=iso(done) if done else None,
            )
    found, _ = todos(busy, now=NOW, drifting=gone_quiet(busy))
    (asked,) = [one for one in found if one.kind == "request"]
    assert (asked.text, asked.customer_id, asked.due_at) == ("access", who, NOW - timedelta(1))
