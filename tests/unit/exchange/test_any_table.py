"""Whatever stands in a table: a plan is made of it or one sentence says why not, and no row is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.exchange.matching.mapping import match_columns
from desktop.exchange.plan import make_plan
from desktop.exchange.reading.table import Cell, Column, Table
from desktop.models.book import Book
from desktop.operations.importing import import_plan

HEADERS = (
    "order id", "order date", "paid at", "total", "paid", "refund", "status", "channel", "sku", "item", "qty",
    "price", "小计", "姓名", "手机", "微信号", "邮箱", "会员名", "客户编号", "城市", "地址", "生日", "性别",
    "标签", "备注", "店员", "?",
)  # fmt: skip
USUAL: dict[str, tuple[Cell, ...]] = {
    "order id": ("1", "2", 3.0, "A1", "C536379"),
    "order date": ("2026-11-09", "2026/11/9 8:05", datetime(2026, 11, 9, 20, 14)),
    "paid at": ("2026-11-09 09:00", None),
    "total": (5.0, "¥1,234.50", "-5", 0.0),
    "paid": (5.0, "0", None),
    "refund": (0.0, "5", None),
    "qty": (1.0, -1.0, "2"),
    "price": (5.0, "0.001", 0.0),
    "手机": ("13800138421", "13900139000", "138****8421"),
    "会员名": ("lihua", "leilei", None),
}
ODD: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.sampled_from(
        (
            "03/04/2026",
            "免单",
            "王丽华",
            "1.38E+10",
            "a@b.cn",
            "已完成",
            "交易关闭",
            "天猫",
            "合计",
            " ",
            "女",
            "9-15",
        )
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1899, 1, 1), datetime(2300, 1, 1)),
    st.text(max_size=12),
)
STARTS = (
    (),
    (),
    ("order id", "order date", "total"),
    ("order id", "order date", "qty", "price"),
    ("order date", "paid"),
)


@pytest.fixture(scope="module")
def open_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with Book.create(tmp_path_factory.mktemp("books") / "shop.shuke") as book:
        yield book


@st.composite
def tables(draw: st.DrawFn) -> Table:
    start = draw(st.sampled_from(STARTS))
    headers = [*start, *draw(st.lists(st.sampled_from(HEADERS), min_size=0 if start else 1, max_size=4))]
    usual = [st.sampled_from(USUAL[header]) if header in USUAL else ODD for header in headers]
    row = st.tuples(*(st.one_of(good, good, good, ODD) if good is not ODD else ODD for good in usual))
    rows = draw(st.lists(row, max_size=8))
    columns = []
    for at in range(len(headers)):
        column = Column()
        for cell in (headers[at], *(row[at] for row in rows)):
            column.codes.append(len(column.values) if cell is not None else 0)
            if cell is not None:
                column.values.append(cell)
        columns.append(column)
    return Table(Path("any.csv"), "csv", columns=columns, height=len(rows) + 1)


@given(table=tables())
def test_any_table(open_book: Book, table: Table) -> None:
    try:
        plan = make_plan(open_book, table)
    except UserError:
        return
    assert len({problem.row for problem in plan.problems}) + plan.good_rows == plan.rows
    assert all(problem.reason and 1 <= problem.row <= table.height for problem in plan.problems)
    changes = import_plan(open_book, plan)
    assert bool(changes) == bool(plan.orders_new or plan.customers_new) or changes.touches("contact_point")
    again = make_plan(open_book, table)
    assert (again.orders_new, again.customers_new) == (0, 0)
    assert not import_plan(open_book, again)
    gross, refunds, net = open_book.row(
        "SELECT coalesce(sum(paid), 0), coalesce(sum(refunded), 0), coalesce(sum(net), 0) FROM orders "
        "WHERE status NOT IN ('unpaid', 'cancelled')"
    )
    assert gross - refunds == net
    if changes:
        open_book.undo()


@given(table=tables())
def test_columns_of_any_table_are_shown(table: Table) -> None:
    mapping = match_columns(table)
    assert [column.index for column in mapping.columns] == list(range(table.width))
    for target in ("orders", "customers"):
        other = mapping.with_target(table, target)
        assert other.target == target
        assert other.header_row == mapping.header_row
