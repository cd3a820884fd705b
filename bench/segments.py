"""Segments over a million customers: the count of any two conditions, the first page of any order, memory."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bench.books import DAY, sample_book
from bench.large import _read_through
from bench.results import Options, Result, percentile
from desktop.core import words
from desktop.models.book import Book
from desktop.queries.conditions import Condition, Group, Join
from desktop.queries.conditions_fields import Field, Operator, fields
from desktop.queries.customer_columns import MOST_BYTES, MOST_WHILE_ASKED, columns_of
from desktop.queries.customer_filter import STATES, CustomerFilter
from desktop.queries.customer_rows import customer_rows
from desktop.queries.customers import ORDERS, count_customers, first_ids
from desktop.queries.field_order import FIELDS
from desktop.queries.filtered import keep_columns

COUNT, FIRST_PAGE = 100.0, 50.0
SEGMENTS = 200
_TODAY = DAY.toordinal()
_TEXTS = ("王", "丽华", "杭州", "tea", "茶", "猫", "emma", "138", "8421", "qq.com", "安静", "无")


def measure(options: Options) -> Iterator[Result]:
    """Counts and first pages of random segments of two conditions, warm and cold."""
    path = sample_book(options.folder, options.customers)
    _read_through(path)
    dice = random.Random(4)
    with Book.open(path) as book:
        known = fields(book)
        choices = _choices(book)
        columns = columns_of(book)
        # As while the filter builder is open.
        keep_columns(book, asking=True)
        cold: dict[str, float] = {}
        for key, field in known.items():
            tree = Group("and", (_condition(field, choices, dice),))
            cold[key] = _timed(partial(_count, book, tree))
        slowest = max(cold, key=lambda key: cold[key])
        yield Result(
            f"a condition the first time, p95 (slowest: {slowest})", percentile([*cold.values()]), "ms"
        )
        trees = [_segment(known, choices, dice) for _ in range(SEGMENTS)]
        first, second = [], []
        for tree in trees:
            first.append(_timed(partial(_count, book, tree)))
            second.append(_timed(partial(_count, book, tree)))
        worst = trees[max(range(SEGMENTS), key=lambda at: second[at])]
        yield Result("count of two conditions, as they come, p95", percentile(first), "ms")
        yield Result(
            f"count of two conditions, p95 (slowest: {_named(worst)})", percentile(second), "ms", COUNT
        )
        yield Result("  median", percentile(second, 0.5), "ms")
        pages = list(_pages(book, trees[:60], dice))
        yield Result("first page of a segment, any order, p95", percentile(pages), "ms", FIRST_PAGE)
        yield Result("columns held", columns.nbytes / 1e6, "MB", MOST_WHILE_ASKED / 1e6)
        keep_columns(book, asking=False)
        yield Result("  and with the builder closed", columns.nbytes / 1e6, "MB", MOST_BYTES / 1e6)
        yield Result("columns mended after a sale, p95", _mended(book), "ms")


def _pages(book: Book, trees: list[Group], dice: random.Random) -> Iterator[float]:
    """Milliseconds of the first rows of each segment, its columns and the order's known."""
    for tree in trees:
        order, descending = dice.choice([*ORDERS, *sorted(FIELDS)]), dice.random() < 0.5
        work = partial(_page, book, CustomerFilter(where=tree), order, descending)
        work()
        yield _timed(work)


def _page(book: Book, view: CustomerFilter, order: str, descending: bool) -> object:
    ids = first_ids(book, view=view, order=order, descending=descending, today=DAY)
    return customer_rows(book, ids, DAY)


def _mended(book: Book) -> float:
    """Milliseconds to read what changed for one customer, by columns that pretend to have missed it."""
    columns = columns_of(book)
    taken = []
    for number in range(1, 21):
        with columns.reading():
            tables = frozenset({"orders", "customer"})
            taken.append(_timed(partial(columns._mend, tables, frozenset({number * 37}))))
    return percentile(taken)


def _segment(known: dict[str, Field], choices: dict[str, list[Any]], dice: random.Random) -> Group:
    join: Join = dice.choice(["and", "or"])
    one, other = dice.sample(sorted(known), 2)
    return Group(join, (_condition(known[one], choices, dice), _condition(known[other], choices, dice)))


def _condition(field: Field, choices: dict[str, list[Any]], dice: random.Random) -> Condition:
    operator = dice.choice([*field.operators.values()])
    when = ("last", dice.choice([30, 90, 365])) if field.kind == "bought" and dice.random() < 0.5 else ()
    return Condition(field.key, operator.key, _values(field, operator, choices, dice), when)


def _values(
    field: Field, operator: Operator, choices: dict[str, list[Any]], dice: random.Random
) -> tuple[Any, ...]:
    if operator.takes == "nothing":
        return ()
    if operator.takes == "several":
        offered = choices.get(field.options) or list(_TEXTS)
        return tuple(dice.sample(offered, min(len(offered), dice.choice([1, 1, 2]))))
    some: dict[str, Callable[[], int]] = {
        "money": lambda: dice.choice([1000, 20_000, 50_000, 100_000]),
        "day": lambda: _TODAY - dice.randint(0, 700),
    }
    value = some.get(field.kind, lambda: dice.choice([0, 1, 2, 5, 30]))
    if operator.takes == "days":
        value = partial(dice.choice, [7, 30, 90, 365])
    return tuple(value() for _ in range(2 if operator.takes.startswith("two") else 1))


def _choices(book: Book) -> dict[str, list[Any]]:
    def column(sql: str) -> list[Any]:
        return [row for (row,) in book.rows(sql)]

    return {
        "states": [*STATES],
        "kinds": [*words.CUSTOMER_KINDS],
        "relations": [*words.RELATIONS],
        "genders": ["female", "male"],
        "months": [*range(1, 13)],
        "imports": column("SELECT id FROM import_run") or [1],
        "purposes": [*words.CONSENT_PURPOSES],
        "tags": column("SELECT id FROM tag"),
        "channels": column("SELECT DISTINCT channel FROM orders"),
        "products": column("SELECT id FROM product"),
        "categories": column("SELECT DISTINCT category FROM product"),
    }


def _named(tree: Group) -> str:
    return f" {tree.join} ".join(one.field for one in tree.parts if isinstance(one, Condition))


def _count(book: Book, tree: Group) -> int:
    return count_customers(book, view=CustomerFilter(where=tree), today=DAY)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)
