"""The ledger's running balance is the sum of what came before, however the entries were entered."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.membership import PointsEntry
from desktop.operations.membership import add_points
from desktop.operations.settings import set_book_setting
from desktop.queries.points import points_figures, points_ids, points_rows, points_rule

NOW = "2026-01-01 09:00:00"


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(-50, 50), st.booleans()), max_size=30))
def test_balances_against_adding_up_by_hand(
    tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[int, int, bool]]
) -> None:
    with Book.create(tmp_path_factory.mktemp("points") / "shop.shuke") as book:
        with book.step("Fill") as step:
            mine, other = (step.insert(Customer, name=name, created_at=NOW) for name in ("甲", "乙"))
            kept = []
            for day, points, is_mine in entries:
                at = f"2026-02-0{day} 10:00:00"
                row = step.insert(
                    PointsEntry,
                    customer_id=mine if is_mine else other,
                    at=at,
                    points=points,
                    reason="correction",
                )
                if is_mine:
                    kept.append((at, row, points))
        kept.sort()
        expected, total = {}, 0
        for _, row, points in kept:
            total += points
            expected[row] = total
        ids = points_ids(book, customer_id=mine)
        assert list(ids) == [row for _, row, _ in reversed(kept)]
        found = points_rows(book, ids, customer_id=mine)
        assert {row: one.balance for row, one in found.items()} == expected
        figures = points_figures(book, customer_id=mine)
        assert (figures.balance, figures.entries) == (total, len(kept))
        assert figures.came - figures.went == total
        some = list(ids)[::3]
        assert points_rows(book, some, customer_id=mine) == {row: found[row] for row in some}


def test_the_rule_and_an_empty_ledger(book: Book) -> None:
    assert points_figures(book, customer_id=1) == (0, 0, 0, 0, None)
    assert points_rule(book) == (0, 0)
    set_book_setting(book, key="points.per_unit", value=0.1)
    assert points_rule(book).per_unit == 0.1
    with book.step("Fill") as step:
        who = step.insert(Customer, name="甲", created_at=NOW)
    add_points(book, customer_id=who, points=7, reason="gift", at=datetime(2026, 3, 1), text="开业")
    (row,) = points_rows(book, points_ids(book, customer_id=who), customer_id=who).values()
    assert (row.points, row.reason, row.text, row.balance, row.at) == (
        7,
        "gift",
        "开业",
        7,
        "2026-03-01 00:00:00",
    )
