"""Filters as sentences."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.book import Book
from desktop.models.customers import Tag
from desktop.models.orders import Product
from desktop.models.shop import CustomField
from desktop.queries.conditions import Condition, Group
from desktop.queries.conditions_fields import DAY, fields
from desktop.queries.conditions_options import Vocabulary, vocabulary
from desktop.queries.customer_filter import CustomerFilter
from desktop.views.customers.filter_words import condition_words, filter_words

DAY_9 = date(2026, 11, 9).toordinal()
BETWEEN = "details last checked between 9 Nov 2026 and 10 Nov 2026"
SPENT = Condition("spend", "ge", (100_000,))
AWAY = Condition("state", "is", ("drifting", "lost"))


@pytest.fixture
def known(book: Book) -> Vocabulary:
    with book.step("Fill") as step:
        step.insert(Tag, id=1, name="VIP")
        step.insert(Tag, id=2, name="tea")
        step.insert(Product, id=1, name="Longjing")
        step.insert(CustomField, name="Shoe size", type="number")
        step.insert(CustomField, name="Skin", type="choice", options='["dry", "oily"]', position=1)
    return vocabulary(book)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (SPENT, "spent ≥ ¥1,000"),
        (Condition("spend", "between", (100, 250)), "spent ¥1 to ¥2.50"),
        (Condition("rating", "lt", (3.5,)), "satisfaction < 3.5"),
        (AWAY, "drifting or lost"),
        (Condition("gender", "not", ("female",)), "gender is not female"),
        (Condition("name", "contains", ("王", "li")), "customer's name contains “王” or “li”"),
        (Condition("wechat", "filled"), "WeChat id is not empty"),
        (Condition("tags", "all", (1, 2)), "tags VIP and tea"),
        (Condition("tags", "any", (1, 9)), "tags VIP or one that is gone"),
        (Condition("product", "none", (1,), ("last", 90)), "not bought product Longjing in the last 90 days"),
        (Condition("channel", "any", ("taobao",)), "bought through Taobao"),
        (Condition("last", "older", (1,)), "last order more than 1 day ago"),
        (Condition("first", "on", (DAY_9,)), "first order on 9 Nov 2026"),
        (Condition("checked", "between", (DAY_9 + 1, DAY_9)), BETWEEN),
        (Condition("birthday", "month", (2, 3)), "birthday in February or March"),
        (Condition("referred", "no"), "not: came through another customer"),
        (Condition("custom:Shoe size", "eq", (38.5,)), "Shoe size = 38.5"),
        (Condition("custom:Skin", "is", ("dry",)), "Skin is dry"),
        (Condition("custom:Hat size", "eq", (7,)), "a field that is not in this book: Hat size"),
        (Condition("spend", "near", (7,)), "spent: a condition of a newer version"),
    ],
)  # fmt: skip
def test_a_condition_says_what_it_means(known: Vocabulary, condition: Condition, said: str) -> None:
    assert condition_words(condition, known) == said


def test_brackets_stand_where_they_are_needed(known: Vocabulary) -> None:
    points = Condition("points", "gt", (5,))
    sentences = {
        Group("and", (SPENT, AWAY)): "Spent ≥ ¥1,000 and (drifting or lost)",
        Group("or", (SPENT, AWAY)): "Spent ≥ ¥1,000 or drifting or lost",
        Group("and", (AWAY,)): "Drifting or lost",
        Group("and", (SPENT, Group("or", (points, AWAY)))): (
            "Spent ≥ ¥1,000 and (points balance > 5 or drifting or lost)"
        ),
        Group("or", (Group("and", (SPENT, points)), AWAY)): (
            "(Spent ≥ ¥1,000 and points balance > 5) or drifting or lost"
        ),
    }
    for tree, said in sentences.items():
        assert filter_words(CustomerFilter(where=tree), known).casefold() == said.casefold()
    both = CustomerFilter(text="wang", where=Group("or", (SPENT, points)))
    assert filter_words(both, known) == "(spent ≥ ¥1,000 or points balance > 5) and found by “wang”"
    assert filter_words(CustomerFilter(), known) == ""
    assert "newer version" in filter_words(CustomerFilter(unread="{}"), known)


def test_every_operator_of_every_field_can_be_said(known: Vocabulary, book: Book) -> None:
    takes = {"nothing": (), "two": (1, 2), "two days": (DAY_9, DAY_9), "day": (DAY_9,)}
    for field in fields(book).values():
        for operator in field.operators.values():
            values = takes.get(operator.takes, (30,))
            for when in ((), ("this-month",)) if field.kind == "bought" else ((),):
                said = condition_words(Condition(field.key, operator.key, values, when), known)
                assert "newer" not in said, (field.key, operator.key)
    assert len(DAY) == 10
