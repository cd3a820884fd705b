"""Columns of complaints that were mended after changes are what reading them anew gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.settings import to_text
from desktop.models.book import Book
from desktop.models.complaints import Complaint, ComplaintStep, Promise, Remedy
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.service import Rating
from desktop.models.shop import Setting, Staff
from desktop.operations.erasing import erase_customer
from desktop.queries import complaint_columns as columns
from desktop.queries import complaint_columns_reading as reading
from desktop.queries.complaint_columns import ComplaintColumns, ComplaintMoment, complaint_columns
from desktop.queries.complaint_figures import ComplaintReport, complaint_report
from tests.unit.queries.complaint_shops import (
    CUSTOMERS,
    FIRST,
    HOURS,
    NOW,
    add_complaint,
    add_order,
    add_promise,
    add_rating,
    add_step,
    fill,
    moment,
    text,
)

Change = Callable[[Book, Any, random.Random], None]


def some(book: Book, dice: random.Random, table: str) -> int | None:
    ids = [row for (row,) in book.rows(f"SELECT id FROM {table}")]
    return dice.choice(ids) if ids else None


def on_complaint(book: Book, step: Any, dice: random.Random) -> None:
    row = some(book, dice, "complaint")
    if row is not None:
        add = dice.choice([add_step, add_promise, add_rating])
        add(step, dice, row, moment(dice))


def rewrite(book: Book, step: Any, dice: random.Random) -> None:
    row = some(book, dice, "complaint")
    if row is not None:
        values: dict[str, object] = dice.choice([
            {"status": "closed", "closed_at": text(moment(dice))}, {"replied_at": text(moment(dice))},
            {"customer_id": some(book, dice, "customer")}, {"order_id": some(book, dice, "orders")},
            {"subject": "incident", "detail": "fire"}, {"channel": "a new one"}, {"product_id": None},
        ])  # fmt: skip
        step.update(Complaint, row, **values)


def move_remedy(book: Book, step: Any, dice: random.Random) -> None:
    row, to = some(book, dice, "remedy"), some(book, dice, "complaint")
    if row is not None:
        step.update(Remedy, row, complaint_id=to, state="given")


def move_order(book: Book, step: Any, dice: random.Random) -> None:
    row = some(book, dice, "orders")
    if row is not None:
        step.update(Order, row, customer_id=some(book, dice, "customer"), placed_at=text(moment(dice)),
                    channel=dice.choice(["shop", "jd"]))  # fmt: skip


def move_line(book: Book, step: Any, dice: random.Random) -> None:
    row = some(book, dice, "order_line")
    if row is not None:
        step.update(OrderLine, row, product_id=some(book, dice, "product"))


def delete(model: type[Any]) -> Change:
    def change(book: Book, step: Any, dice: random.Random) -> None:
        row = some(book, dice, model._meta.table_name)
        if row is not None:
            step.delete(model, [row])

    return change


def other_hours(book: Book, step: Any, dice: random.Random) -> None:
    value = to_text("shop.opening", dice.choice(HOURS[1:])["shop.opening"])
    row = book.value("SELECT id FROM setting WHERE key = 'shop.opening'")
    if row is None:
        step.insert(Setting, key="shop.opening", value=value)
    else:
        step.update(Setting, row, value=value)


def more(book: Book, step: Any, dice: random.Random) -> None:
    dice.choice([add_complaint, add_order])(step, dice)


CHANGES: tuple[Change, ...] = (
    more, more,
    on_complaint, on_complaint, rewrite, rewrite, move_remedy, move_order, move_line, other_hours,
    *map(delete, (Complaint, Order, OrderLine, ComplaintStep, Promise, Remedy, Rating)),
    *map(delete, (Customer, Product, Staff)),
)  # fmt: skip


def plain(now: ComplaintMoment) -> dict[str, object]:
    """What the columns say, however they number their words."""
    found: dict[str, object] = {
        field.name: getattr(now.complaints, field.name) for field in fields(now.complaints)
    }
    channels, details, through = now.channels.texts(), now.details.texts(), now.orders.channels.texts()
    found["channel"] = [channels[code] for code in now.complaints.channel]
    found["detail"] = [details[code] for code in now.complaints.detail]
    found["orders"] = [(row, day, through[code]) for row, day, code in
                       zip(now.orders.ids, now.orders.day, now.orders.channel, strict=True)]  # fmt: skip
    promises = now.promises
    found["promises"] = sorted(zip(promises.complaint, promises.due, promises.outcome, strict=True))
    found["hours"] = now.hours
    return found


@settings(max_examples=12)
@given(
    st.integers(0, 10**9),
    st.lists(st.sampled_from(["change", "change", "undo", "redo", "erase"]), max_size=12),
)
def test_mended_is_what_is_read_anew(seed: int, script: list[str]) -> None:
    dice = random.Random(seed)
    with TemporaryDirectory() as folder:
        book = Book.create(Path(folder) / "shop.shuke")
        try:
            fill(book, dice, 15)
            follow(book, dice, script)
        finally:
            book.close()


def follow(book: Book, dice: random.Random, script: list[str]) -> None:
    products = range(1, 5)
    for act in script:
        now = complaint_columns(book)
        for product in products:
            now.orders.with_product(book, product)
        if act == "undo":
            book.undo()
        elif act == "redo":
            book.redo()
        elif act == "erase":
            erase(book, dice)
        else:
            with book.step("Change") as step:
                for _ in range(dice.choice([1, 1, 4])):
                    dice.choice(CHANGES)(book, step, dice)
        now, fresh = complaint_columns(book), ComplaintColumns(book).now()
        found, wanted = plain(now), plain(fresh)
        for name, value in wanted.items():
            if isinstance(value, np.ndarray):
                np.testing.assert_array_equal(found[name], value, name)
            else:
                assert found[name] == value, name
        for product in products:
            assert now.orders.with_product(book, product).tolist() == (
                fresh.orders.with_product(book, product).tolist()
            )


def erase(book: Book, dice: random.Random) -> None:
    row = dice.randrange(1, CUSTOMERS + 1)
    if book.value("SELECT 1 FROM customer WHERE id = ?", (row,)):
        erase_customer(book, customer_id=row, at=NOW)


def test_one_change_reads_one_complaint(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(book, random.Random(3), 40)
    with book.step("Add") as step:
        row = add_complaint(step, random.Random(4))
    complaint_columns(book)
    read: list[list[int]] = []
    whole = reading.read_complaints

    def noted(*args: Any, **named: Any) -> Any:
        read.append(args[3].tolist())
        return whole(*args, **named)

    monkeypatch.setattr(columns, "read_complaints", noted)
    complaint_columns(book)
    with book.step("Note") as step:
        step.insert(ComplaintStep, complaint_id=row, kind="note", at=text(FIRST))
    complaint_columns(book)
    complaint_columns(book)
    assert read == [[row]]


def test_a_report_stays_what_it_was(book: Book) -> None:
    fill(book, random.Random(5), 10)
    with book.step("Add") as step:
        row = add_complaint(step, random.Random(6))

    def counted() -> ComplaintReport:
        start = FIRST.toordinal()
        return complaint_report(book, start=start, end=start + 300, now=datetime(2026, 7, 1))

    report = counted()
    before = list(report.rows_behind("received"))
    with book.step("Delete") as step:
        step.delete(Complaint, [row])
    assert list(report.rows_behind("received")) == before
    assert row not in counted().rows_behind("received")
