"""What was noted on complaints, against a count by hand; and what the figures can be narrowed to."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.orders import Product
from desktop.models.shop import Staff
from desktop.queries.complaint_causes import CauseSlice, Noted, causes, key_of, noted_ids
from desktop.queries.complaint_columns import complaint_columns
from desktop.queries.complaint_narrowing import MOST_PRODUCTS, narrowing, products_with_complaints

FIRST = date(2026, 3, 1)
NOTES = ("", "", "The courier", "the  courier ", "ＷＥＴ tins", "漏气", "漏气 ")
STATUSES = ("received", "investigating", "settled", "closed", "rejected")


def fill(book: Book, dice: random.Random, count: int) -> None:
    with book.step("Fill") as step:
        for number in (1, 2):
            step.insert(Product, id=number, name=f"P{number}")
            step.insert(Staff, id=number, name=f"S{number}")
        for number in range(1, count + 1):
            day = FIRST + timedelta(days=dice.randrange(60))
            step.insert(
                Complaint, id=number, number=f"C{number}", title="x", received_at=f"{day} 10:00:00",
                subject=dice.choice(["quality", "delivery"]), product_id=dice.choice([None, 1, 2]),
                channel=dice.choice(["", "shop"]), staff_id=dice.choice([None, 1, 2]),
                severity=dice.choice(["high", "low"]), status=dice.choice(STATUSES),
                cause=dice.choice(NOTES), prevention=dice.choice(NOTES),
            )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    start=st.integers(0, 30),
    subject=st.sampled_from(["", "quality"]),
    product=st.sampled_from([None, 1]),
    channel=st.sampled_from(["", "shop"]),
    staff=st.sampled_from([None, 2]),
    severity=st.sampled_from(["", "low"]),
)
def test_notes_are_counted_as_by_hand(
    tmp_path_factory: object, seed: int, start: int, subject: str, product: int | None, channel: str,
    staff: int | None, severity: str,
) -> None:  # fmt: skip
    folder: Path = tmp_path_factory.mktemp("causes")  # type: ignore[attr-defined]  # pytest's own
    wanted = CauseSlice(
        FIRST.toordinal() + start, FIRST.toordinal() + start + 30, subject, product, channel, staff, severity
    )
    with Book.create(folder / "b.shuke") as book:
        fill(book, random.Random(seed), 40)
        kept = [
            row
            for row in book.rows(
                "SELECT id, date(received_at), subject, product_id, channel, staff_id, severity, status, "
                "cause, prevention FROM complaint"
            )
            if wanted.start <= date.fromisoformat(row[1]).toordinal() < wanted.end
            and (not subject or row[2] == subject)
            and (product is None or row[3] == product)
            and (not channel or row[4] == channel)
            and (staff is None or row[5] == staff)
            and (not severity or row[6] == severity)
        ]
        found = causes(book, wanted)
        ended = [row for row in kept if row[7] in ("settled", "closed")]
        assert found.ended == len(ended)
        silent = {row[0] for row in ended if not row[8] and not row[9]}
        assert found.unexplained == len(silent)
        assert set(noted_ids(book, wanted, "cause", "")) == silent
        for noted, column, shown in (("cause", 8, found.causes), ("prevention", 9, found.preventions)):
            by_hand = Counter(key_of(row[column]) for row in kept if row[column])
            assert {key_of(text): count for text, count in shown} == by_hand
            counts = [count for _, count in shown]
            assert counts == sorted(counts, reverse=True)
            for text, count in shown:
                kind: Noted = "cause" if noted == "cause" else "prevention"
                ids = noted_ids(book, wanted, kind, text)
                assert set(ids) == {row[0] for row in kept if key_of(row[column]) == key_of(text)}
                assert len(ids) == count


def test_the_commonest_products_are_offered_and_the_chosen_one(book: Book) -> None:
    with book.step("Fill") as step:
        for number in range(1, MOST_PRODUCTS + 6):
            step.insert(Product, id=number, name=f"P{number:02}")
            for nth in range(number):
                step.insert(
                    Complaint, number=f"C{number}-{nth}", title="x", received_at="2026-03-01 10:00:00",
                    product_id=number, channel="shop" if nth else "wechat",
                )  # fmt: skip
    moment = complaint_columns(book)
    found = narrowing(book, moment)
    assert len(found.products) == MOST_PRODUCTS
    assert found.products[0] == (MOST_PRODUCTS + 5, f"P{MOST_PRODUCTS + 5}")
    assert found.channels == ("shop", "wechat")
    assert found.clerks == ()
    assert 1 not in dict(found.products)
    assert found.more_products == 5
    assert narrowing(book, moment, product_id=1).products[0] == (1, "P01")
    every = products_with_complaints(book, moment)
    assert [row for row, _ in every] == list(range(1, MOST_PRODUCTS + 6))
