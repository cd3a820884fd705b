"""The report: sums by their definitions, agreement with what the screens count, and a day in the past."""

import json
from datetime import date, datetime

import pytest

from desktop.core.translation import mark
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine
from desktop.operations.demo import make_demo
from desktop.queries.complaints import counts
from desktop.queries.customers import customer_counts
from desktop.queries.report import Report, report
from desktop.queries.report_json import as_plain
from desktop.queries.today import complaints_per_hundred

TODAY = date(2026, 11, 22)


def order(
    book: Book, placed: str, status: str, total: int, paid: int, refunded: int, customer: int | None
) -> None:
    with book.step(mark("Add order")) as step:
        row = step.insert(
            Order, channel="shop", customer_id=customer, status=status, placed_at=f"{placed} 10:00:00",
            total=total, paid=paid, refunded=refunded,
        )  # fmt: skip
        step.insert(OrderLine, order_id=row, quantity=1, unit_price=100 * total, amount=total)


@pytest.fixture
def small(book: Book) -> Book:
    with book.step(mark("Add customers")) as step:
        for name in ("王丽华", "陈志强", "Emma Carter"):
            step.insert(Customer, name=name, created_at="2026-01-01 09:00:00")
    order(book, "2026-03-01", "completed", 10000, 10000, 0, 1)
    order(book, "2026-03-01", "completed", 500, 500, 0, 1)
    order(book, "2026-04-01", "completed", 20000, 20000, 5000, 1)
    order(book, "2026-05-01", "completed", 3000, 3000, 0, 2)
    order(book, "2026-06-01", "unpaid", 7000, 0, 0, 2)
    order(book, "2026-06-02", "cancelled", 900, 900, 900, 3)
    order(book, "2026-06-03", "returned", -3000, 0, 3000, 2)
    order(book, "2026-06-04", "cancelled", 0, 0, 0, None)
    order(book, "2026-07-01", "completed", 111, 111, 0, None)
    return book


def test_sums_follow_their_definitions(small: Book) -> None:
    sums = report(small, as_of=TODAY).sums
    assert (sums.customers, sums.buyers, sums.orders, sums.lines) == (3, 2, 9, 9)
    assert (sums.gross, sums.refunds, sums.net) == (33611, 8000, 25611)
    assert sums.gross - sums.refunds == sums.net
    assert sums.ordered == 38511
    assert (sums.unpaid, sums.refunded) == (1, 3)
    # A correction of the stock, worth nothing, is no cancelled order.
    assert (sums.cancelled, sums.cancelled_lines) == (2, 2)
    assert sums.lines_without_customer == 2


def test_repeat_purchase_counts_occasions(small: Book) -> None:
    found = report(small, as_of=TODAY)
    assert (found.repeat.buyers, found.repeat.returning.hits, found.repeat.twice.hits) == (2, 1, 1)
    assert found.transactions.value == 0.5
    assert found.repeat.lifetime.hits == 1
    assert (found.second[60].hits, found.second[60].n) == (1, 2)


def test_a_day_in_the_past_knows_nothing_later(small: Book) -> None:
    past = report(small, as_of=date(2026, 3, 31))
    assert (past.sums.orders, past.sums.buyers, past.sums.net) == (2, 1, 10500)
    assert past.repeat.returning.hits == 0
    before = report(small, as_of=date(2025, 12, 31))
    assert (before.sums.customers, before.sums.orders) == (0, 0)
    assert before.repeat.returning.value is None


def test_an_empty_book_reports_nothing_and_does_not_fail(book: Book) -> None:
    found = report(book, as_of=TODAY)
    assert found.sums.customers == 0
    assert found.sums.net == 0
    json.dumps(as_plain(found), allow_nan=False)


@pytest.fixture
def sample(book: Book) -> Report:
    make_demo(book, customers=250, today=TODAY)
    return report(book, as_of=TODAY, now=datetime(2026, 11, 22, 10))


def test_the_screens_count_the_same(book: Book, sample: Report) -> None:
    of_state = customer_counts(book, TODAY)
    assert dict(sample.states) == dict(of_state.states)
    assert sample.sums.customers == of_state.everybody
    assert sample.complaints.open == counts(book, now=datetime(2026, 11, 22, 10)).open
    assert sample.sums.net == book.value("SELECT sum(spend) FROM customer_summary")
    days = {"start": sample.period.start, "end": sample.period.end}
    assert sample.complaints.per_hundred == complaints_per_hundred(book, **days)
    assert sample.complaints.per_hundred.n > 0


def test_the_json_has_its_keys_and_exact_cents(sample: Report) -> None:
    plain = json.loads(json.dumps(as_plain(sample), allow_nan=False))
    wanted = {"customers", "buyers", "orders", "lines", "gross", "refunds", "net", "repeat", "satisfaction",
              "complaints", "states", "ordered", "unpaid", "refunded_orders", "cancelled",
              "lines_without_customer", "currency", "as_of", "rhythm"}  # fmt: skip
    assert wanted <= plain.keys()
    assert round(100 * plain["net"]) == sample.sums.net
    assert plain["net"] == sample.sums.net / 100
    assert set("abcde") <= plain["repeat"].keys()
    complaints, handled = plain["complaints"], sample.complaints.handling
    assert (complaints["happy"]["hits"], complaints["happy"]["n"]) == (handled.happy.hits, handled.happy.n)
    assert complaints["settled_minutes"]["median"] == handled.settling.median.value
    assert plain["satisfaction"]["perceived"]["n"] == sample.satisfaction.perceived.n
    assert sum(plain["states"].values()) == plain["customers"]
