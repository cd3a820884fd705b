"""Counts of products that were put right after sales are those that counting anew gives."""

from __future__ import annotations

import random
from dataclasses import fields
from datetime import date

import numpy as np
import pytest

from desktop.models.book import Book
from desktop.queries import product_sales
from desktop.queries.insight_scope import Narrowing, insight_scope
from desktop.queries.product_counts import ProductCounts, Trade
from desktop.queries.product_sales import product_counts
from tests.unit.queries.test_shop_columns import CHANGES, add_order, fill

TODAY = date(2026, 9, 1)
END = TODAY.toordinal() + 1


@pytest.mark.parametrize("seed", range(4))
def test_put_right_after_sales_is_counted_anew(
    book: Book, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(product_sales, "LEAST_ORDERS", 0)
    dice = random.Random(seed)
    fill(book, dice, orders=60)
    put_right = 0
    moved = product_sales._moved

    def counting(counts: ProductCounts, then: Trade, now: Trade) -> ProductCounts:
        nonlocal put_right
        put_right += 1
        return moved(counts, then, now)

    monkeypatch.setattr(product_sales, "_moved", counting)
    for _ in range(12):
        with book.step("Sale") as step:
            for _ in range(dice.choice([1, 1, 3])):
                add_order(book, step, dice)
            if dice.random() < 0.2:
                dice.choice(CHANGES)(book, step, dice)
        for only in (Narrowing(), Narrowing(channel="shop")):
            scope = insight_scope(book, start=END - 120, end=END, today=TODAY, only=only)
            recent = Trade.of(scope).part(scope.before[0], scope.end)
            spans = (scope.start, scope.end), scope.before
            for found, span in zip(product_counts(scope, recent), spans, strict=True):
                anew = recent.count(*span)
                for field in fields(anew):
                    np.testing.assert_allclose(getattr(found, field.name), getattr(anew, field.name))
    assert put_right > 10
