"""The trade's columns: what they hold is what the rows say, and mended they are as if read anew."""

from __future__ import annotations

import gc
import random
import weakref
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop.core.progress import Cancelled, Progress
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.service import Rating
from desktop.models.shop import Staff
from desktop.operations.erasing import erase_customer
from desktop.operations.merging import merge_customers
from desktop.queries import shop_columns as columns
from desktop.queries import shop_columns_reading as reading
from desktop.queries.insight_scope import insight_scope
from desktop.queries.packed_reading import Packed, packed
from desktop.queries.shop_columns import ShopColumns, ShopMoment, shop_moment

Change = Callable[[Book, Any, random.Random], None]
CHANNELS = ("", "shop", "wechat", "a'b", *(f"channel {number}" for number in range(20)))
ODD_DAYS = ("0202-01-31", "9999-12-31", "1850-06-01")
STATUSES = ("completed", "completed", "completed", "paid", "cancelled", "returned", "unpaid")


def day(dice: random.Random) -> str:
    if dice.random() < 0.03:
        return dice.choice(ODD_DAYS)
    return (date(2026, 1, 1) + timedelta(days=dice.randrange(300))).isoformat()


def some(book: Book, dice: random.Random, table: str) -> int | None:
    ids = [row for (row,) in book.rows(f"SELECT id FROM {table}")]
    return dice.choice(ids) if ids else None


def add_order(book: Book, step: Any, dice: random.Random) -> None:
    order = step.insert(
        Order,
        channel=dice.choice(CHANNELS[:4]) if dice.random() < 0.8 else dice.choice(CHANNELS),
        customer_id=some(book, dice, "customer") if dice.random() < 0.9 else None,
        staff_id=some(book, dice, "staff") if dice.random() < 0.5 else None,
        placed_at=f"{day(dice)} 12:00:00",
        paid=dice.choice([0, 100, 123_456, 123_456, -50, 9_000_000_000_000_000]),
        refunded=dice.choice([0, 0, 0, 50, 10**6]),
        status=dice.choice(STATUSES),
    )
    for _ in range(dice.choice([0, 1, 1, 2, 3])):
        step.insert(
            OrderLine,
            order_id=order,
            product_id=some(book, dice, "product") if dice.random() < 0.9 else None,
            quantity=dice.choice([1, 2, 0.29, 0.1, -3, 80_995, 1e12]),
            amount=dice.choice([0, 999, -999, 7 * 10**13]),
        )


def rating_values(book: Book, dice: random.Random) -> dict[str, object]:
    def maybe(low: int, high: int) -> int | None:
        return dice.randint(low, high) if dice.random() < 0.8 else None

    at = f"{day(dice)} 13:00:00"
    return {
        "customer_id": some(book, dice, "customer"), "order_id": some(book, dice, "orders"),
        "channel": dice.choice(CHANNELS[:6]), "ended_at": at,
        "asked_at": dice.choice([None, at]), "skipped_at": dice.choice([None, None, at]),
        "rated_at": dice.choice([None, at, at]), "perceived": maybe(1, 5), "expected": maybe(1, 5),
        "effort": maybe(1, 7), "recommend": maybe(0, 10), "staff_id": some(book, dice, "staff"),
    }  # fmt: skip


def add_rating(book: Book, step: Any, dice: random.Random) -> None:
    step.insert(Rating, **rating_values(book, dice))


def rewrite_order(book: Book, step: Any, dice: random.Random) -> None:
    row = some(book, dice, "orders")
    if row is not None:
        values: dict[str, object] = dice.choice([
            {"customer_id": some(book, dice, "customer")}, {"placed_at": f"{day(dice)} 09:00:00"},
            {"channel": dice.choice(CHANNELS)}, {"status": dice.choice(STATUSES)}, {"refunded": 77},
            {"staff_id": None}, {"note": "nothing that counts"},
        ])  # fmt: skip
        step.update(Order, row, **values)


def rewrite_line(book: Book, step: Any, dice: random.Random) -> None:
    row = some(book, dice, "order_line")
    if row is not None:
        values: dict[str, object] = dice.choice([
            {"order_id": some(book, dice, "orders")}, {"product_id": some(book, dice, "product")},
            {"product_id": None}, {"quantity": 4.5, "amount": 12},
        ])  # fmt: skip
        step.update(OrderLine, row, **values)


def rewrite_rating(book: Book, step: Any, dice: random.Random) -> None:
    row = some(book, dice, "rating")
    if row is not None:
        step.update(Rating, row, **rating_values(book, dice))


def line_of_an_old_order(book: Book, step: Any, dice: random.Random) -> None:
    order = some(book, dice, "orders")
    if order is not None:
        step.insert(OrderLine, order_id=order, product_id=some(book, dice, "product"), amount=5)


def rename(book: Book, step: Any, dice: random.Random) -> None:
    row = some(book, dice, "product")
    if row is not None:
        step.update(Product, row, name=f"Renamed {dice.random()}")


def delete(model: type[Any]) -> Change:
    def change(book: Book, step: Any, dice: random.Random) -> None:
        row = some(book, dice, model._meta.table_name)
        if row is not None:
            step.delete(model, [row])

    return change


CHANGES: tuple[Change, ...] = (
    add_order, add_order, add_order, add_rating, rewrite_order, rewrite_order, rewrite_line, rewrite_rating,
    line_of_an_old_order, rename, *map(delete, (Order, OrderLine, Rating, Customer, Product, Staff)),
)  # fmt: skip


def fill(book: Book, dice: random.Random, orders: int = 30) -> None:
    with book.step("Fill") as step:
        for number in range(1, 9):
            step.insert(Customer, id=number, name=f"C{number}", created_at="2026-01-01 09:00:00")
            step.insert(Product, name=f"Product {number}")
        step.insert(Staff, name="Anna")
        for _ in range(orders):
            add_order(book, step, dice)
        for _ in range(orders // 2):
            add_rating(book, step, dice)


def nan(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else float(value)


def held(moment: ShopMoment) -> dict[str, object]:
    """What columns say, in plain words."""
    orders, lines, ratings = moment.orders, moment.lines, moment.ratings
    said = ratings.answers
    return {
        "orders": [
            (*(int(one) for one in row[:4]), bool(row[4]), moment.channels[row[5]], int(row[6]))
            for row in zip(orders.ids, orders.customer, orders.day, orders.net, orders.purchase,
                           orders.channel, orders.staff, strict=True)
        ],
        "lines": sorted(
            (int(orders.ids[order]), int(product), round(float(quantity), 3), int(amount))
            for order, product, quantity, amount in zip(
                lines.order, lines.product, lines.quantity, lines.amount, strict=True)
        ),
        "by order": bool((np.diff(lines.order) >= 0).all()),
        "ratings": [
            (*(int(one) for one in row[:4]), moment.channels[row[4]], bool(row[5]), bool(row[6]), int(row[7]),
             *(nan(one) for one in row[8:]))
            for row in zip(ratings.ids, ratings.customer, ratings.order, ratings.staff, ratings.channel,
                           ratings.asked, ratings.answered, said.day, said.perceived, said.expected,
                           said.effort, said.recommend, strict=True)
        ],
    }  # fmt: skip


def trade(moment: ShopMoment, end: int, channel: str | None) -> tuple[object, object]:
    chosen = None if channel is None else moment.orders.channel == moment.channel(channel)
    seen = moment.trade.seen(chosen, end)
    bought = zip(
        seen.customer.tolist(), seen.day.tolist(), seen.net.tolist(), seen.purchase.tolist(), strict=True
    )
    return [*bought], [*zip(seen.occasions.customer.tolist(), seen.occasions.day.tolist(), strict=True)]


def trade_told(book: Book, end: int, channel: str | None) -> tuple[list[Any], list[Any]]:
    only = "FROM orders WHERE customer_id IS NOT NULL AND day < ? AND (? IS NULL OR channel = ?)"
    asked = (end, channel, channel)
    return (
        [(*row[:3], bool(row[3])) for row in book.rows(
            f"SELECT customer_id, day, net, purchase {only} AND (purchase OR net) ORDER BY day, id", asked)],
        book.rows(f"SELECT DISTINCT customer_id, day {only} AND purchase ORDER BY 1, 2", asked),
    )  # fmt: skip


def assert_days(book: Book, moment: ShopMoment) -> None:
    days = [row for (row,) in book.rows("SELECT DISTINCT day FROM orders")]
    spans = [(day, day + 1) for day in days[:5]] + [
        (date(2026, 3, 1).toordinal(), date(2026, 6, 1).toordinal())
    ]
    for start, end in spans:
        rows = book.rows(
            "SELECT id, day, purchase, net FROM orders WHERE day >= ? AND day < ? ORDER BY id", (start, end)
        )
        found = moment.days.among(start, end)
        assert found is None or moment.orders.ids[found].tolist() == [row[0] for row in rows]
        bought, moved = moment.days.sums(start, end)
        assert bought.tolist() == [sum(row[2] for row in rows if row[1] == day) for day in range(start, end)]
        assert moved.tolist() == [sum(row[3] for row in rows if row[1] == day) for day in range(start, end)]


def assert_trade(book: Book, moment: ShopMoment) -> None:
    assert_days(book, moment)
    known, places = moment.trade.firsts
    rows = book.rows(
        "SELECT customer_id, id FROM orders WHERE purchase AND customer_id IS NOT NULL "
        "ORDER BY day DESC, id DESC"
    )
    assert {
        int(who): int(moment.orders.ids[at]) for who, at in zip(known, places, strict=True) if at >= 0
    } == dict(rows)
    for end, channel in ((10**7, None), (date(2026, 6, 1).toordinal(), None), (10**7, "wechat")):
        bought, past = trade_told(book, end, channel)
        assert trade(moment, end, channel) == (bought, past)
        chosen = None if channel is None else moment.orders.channel == moment.channel(channel)
        seen, ids = moment.trade.seen(chosen, end), np.array([0, 1, 3, 4, 7, 99], np.int64)
        days: list[tuple[int, int | None]] = [(0, None)]
        days.append((date(2026, 3, 1).toordinal(), date(2026, 5, 1).toordinal()))
        for first, last in days:
            assert seen.spend(ids, first, last).tolist() == [
                sum(net for who, day, net, _ in bought if who == one and first <= day < (last or 10**9))
                for one in ids
            ]


def told(book: Book) -> dict[str, object]:
    """What the rows say."""
    rated = book.rows(
        "SELECT r.id, ifnull(r.customer_id, 0), ifnull(r.order_id, 0), ifnull(r.staff_id, 0), "
        "CASE WHEN o.channel <> '' THEN o.channel ELSE r.channel END, "
        "asked_at IS NOT NULL AND skipped_at IS NULL, answered, r.day, iif(answered, perceived, NULL), "
        "iif(answered, expected, NULL), iif(answered, effort, NULL), iif(answered, recommend, NULL) "
        "FROM rating r LEFT JOIN orders o ON o.id = r.order_id ORDER BY r.id"
    )
    return {
        "orders": [
            (*row[:4], bool(row[4]), *row[5:])
            for row in book.rows(
                "SELECT id, ifnull(customer_id, 0), day, net, purchase, channel, ifnull(staff_id, 0) "
                "FROM orders ORDER BY id"
            )
        ],
        "lines": sorted(
            (order, product, round(quantity, 3), amount)
            for order, product, quantity, amount in book.rows(
                "SELECT order_id, product_id, quantity, amount FROM order_line WHERE product_id IS NOT NULL"
            )
        ),
        "by order": True,
        "ratings": [
            (*row[:5], bool(row[5]), bool(row[6]), row[7], *(nan(one) for one in row[8:])) for row in rated
        ],
    }


@pytest.mark.parametrize("seed", range(6))
def test_mended_columns_are_what_the_rows_say(book: Book, seed: int) -> None:
    dice = random.Random(seed)
    fill(book, dice, orders=dice.choice([0, 1, 30, 60]))
    store = ShopColumns(book)
    assert held(store.now()) == told(book)
    old = store.now()
    before = held(old)
    for _ in range(25):
        way = dice.random()
        if way < 0.2:
            book.undo()
        elif way < 0.25:
            book.redo()
        else:
            with book.step("Change") as step:
                for _ in range(dice.choice([1, 1, 1, 4])):
                    dice.choice(CHANGES)(book, step, dice)
        if dice.random() < 0.8:
            assert held(store.now()) == told(book)
            assert_trade(book, store.now())
    assert held(store.now()) == told(book)
    # What somebody still looks at has not changed under their eyes.
    assert held(old) == before


def test_mended_after_merging_and_erasing_somebody(book: Book) -> None:
    dice = random.Random(3)
    fill(book, dice)
    store = ShopColumns(book)
    store.now().lines  # noqa: B018 - read, so that it is mended
    merge_customers(book, kept=1, gone=[2])
    assert held(store.now()) == told(book)
    erase_customer(book, customer_id=3, at=datetime(2026, 6, 1))
    assert held(store.now()) == told(book)
    book.undo()
    assert held(store.now()) == told(book)


def test_mended_and_not_read_again(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(5)
    fill(book, dice)
    store = ShopColumns(book)
    store.now().lines  # noqa: B018 - read, so that it is mended
    monkeypatch.setattr(columns, "together", None)
    for _ in range(40):
        with book.step("Sale") as step:
            add_order(book, step, dice)
        assert held(store.now()) == told(book)
        assert_trade(book, store.now())
    assert store.now() is store.now()


def test_an_import_is_read_again(book: Book) -> None:
    dice = random.Random(6)
    fill(book, dice)
    store = ShopColumns(book)
    store.now()
    with book.step("Import") as step:
        step.insert_many(
            Order, ("placed_at", "paid"), (("2026-05-01 10:00:00", number) for number in range(3000))
        )
    assert held(store.now()) == told(book)


def test_read_inside_a_step(book: Book) -> None:
    dice = random.Random(7)
    fill(book, dice)
    with book.step("Sale") as step:
        add_order(book, step, dice)
        assert held(ShopColumns(book).now())["orders"] == told(book)["orders"]


@pytest.mark.parametrize("cores", [1, 3])
def test_read_in_many_pieces(book: Book, monkeypatch: pytest.MonkeyPatch, cores: int) -> None:
    monkeypatch.setattr(reading, "_PIECE", 7)
    monkeypatch.setattr(reading, "_MOST_CORES", cores)
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    dice = random.Random(8)
    fill(book, dice, orders=80)
    with book.step("Far away") as step:
        step.insert(Order, id=3_000_000_000, placed_at="2026-05-01 10:00:00", paid=5)
    assert held(ShopColumns(book).now()) == told(book)
    # Whoever helped has closed its connection.
    assert len(book.db._connections) == 1


def test_stopped(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_PIECE", 5)

    class Stopped(Progress):
        def check(self) -> None:
            raise Cancelled

    fill(book, random.Random(9))
    store = ShopColumns(book)
    with pytest.raises(Cancelled):
        store.now(Stopped())
    assert held(store.now()) == told(book)


def test_an_encrypted_book(tmp_path: Path) -> None:
    with Book.create(tmp_path / "locked.shuke", "words to remember") as book:
        fill(book, random.Random(10))
        assert held(shop_moment(book)) == told(book)


def test_the_columns_go_with_their_book(tmp_path: Path) -> None:
    with Book.create(tmp_path / "gone.shuke") as book:
        fill(book, random.Random(11))
        held(shop_moment(book))
        known = weakref.ref(book)
    del book
    gc.collect()
    assert known() is None


@pytest.mark.parametrize("value", [0, 1, 2**21, 2**22 - 1, 2**30, 2**31, 2**52, 2**62, -1, -(2**62)])
def test_what_does_not_fit_is_read_as_it_is(book: Book, value: int) -> None:
    with book.step("Points") as step:
        customer = step.insert(Customer, name="C", created_at="2026-01-01 09:00:00")
        for number, points in enumerate((7, value, 9)):
            step.execute(
                "INSERT INTO points_entry (id, customer_id, at, points) "
                "VALUES (?, ?, '2026-01-01 09:00:00', ?)",
                (10 + number, customer, points),
            )
    found = packed(book, [Packed("customer_id", 22), Packed("points", least=22)], "points_entry", 5, 50)
    assert [column.tolist() for column in found] == [[10, 11, 12], [customer] * 3, [7, value, 9]]


def test_orders_of_days_to_come_are_in_no_figure_before(book: Book) -> None:
    today = date(2026, 6, 15)
    with book.step("Orders") as step:
        customer = step.insert(Customer, name="C", created_at="2026-01-01 09:00:00")
        for at in ("2026-06-01", "2026-06-15", "2026-06-16", "2027-01-01"):
            order = step.insert(Order, customer_id=customer, placed_at=f"{at} 10:00:00", paid=100)
            step.insert(
                Rating, order_id=order, rated_at=f"{at} 11:00:00", ended_at=f"{at} 11:00:00", perceived=1
            )
    end = today.toordinal() + 1
    scope = insight_scope(book, start=end - 30, end=end, today=today)
    assert scope.past.day.max() < end
    assert scope.past.size == 2
    assert scope.purchases.net.sum() == 200
    assert scope.purchases.spend(scope.past.ids).tolist() == [200]
    assert scope.orders_in(scope.start, scope.end).size == 2
    assert scope.ratings.between(scope.start, scope.end).day.size == 2
    assert scope.scores.r.size == 1
