"""A platform's table is brought into one row a line by its layout, and keeps the numbers of its rows."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.checking.columns import Columns, reading_of
from desktop.exchange.matching.mapping import ColumnMatch, Mapping, match_columns
from desktop.exchange.matching.reshape import Arranged, arrange
from desktop.exchange.plan import make_plan
from desktop.exchange.reading.table import Cell, Table, cell_text
from desktop.exchange.vocabulary import own_layouts
from desktop.exchange.vocabulary.layout_file import LayoutError, layout_of, matcher
from desktop.exchange.vocabulary.layouts import named
from desktop.models.book import Book
from tests.unit.exchange.tables import table_of

Rows = Sequence[Sequence[Cell]]


def layout(recognise: Sequence[str], said: str, target: str = "orders") -> None:
    """Puts a layout named "test" into the user's folder."""
    headers = ", ".join(f'"{header}"' for header in recognise)
    own_layouts.folder().mkdir(parents=True, exist_ok=True)
    (own_layouts.folder() / "test.toml").write_text(
        f'name = "test"\ntarget = "{target}"\nrecognise = [{headers}]\n{said}', encoding="utf-8"
    )


def shown(arranged: Arranged) -> dict[str, list[str]]:
    """The texts of each field, row by row."""
    return {
        cells.field: [cell_text(cells.values[code]) for code in cells.codes.tolist()]
        for cells in arranged.columns
    }


def arranged(rows: Rows) -> tuple[Arranged, Mapping, Table]:
    table = table_of(rows)
    mapping = match_columns(table)
    assert mapping.layout == "test"
    return arrange(table, mapping), mapping, table


def test_first_and_last_names_and_addresses_are_joined() -> None:
    layout(
        ["First Name", "Last Name", "Street"],
        """[join]
"customer.name" = ["First Name", "Middle", "Last Name"]
"customer.address" = ["Street", "City", "Zip"]
[columns]
"Company" = "customer.name"
""",
        "customers",
    )
    found, mapping, _ = arranged(
        [
            ["First Name", "Middle", "Last Name", "Company", "Street", "City", "Zip"],
            ["Emma", "J.", "Stone", "", "1 High St", None, 12345.0],
            ["丽华", None, "王", None, "龙井路1号", "杭州", None],
            [None, None, None, "Tea & Co", None, None, None],
        ]
    )
    assert shown(found) == {
        "customer.name": ["Emma J. Stone", "王丽华", "Tea & Co"],
        "customer.address": ["1 High St, 12345", "龙井路1号 杭州", ""],
    }
    # Who sends the city elsewhere takes it out of the address.
    city = next(column.index for column in mapping.columns if column.header == "City")
    moved = arrange(arranged_table(), mapping.with_field(city, "customer.region"))
    assert shown(moved)["customer.address"] == ["1 High St, 12345"]
    assert shown(moved)["customer.region"] == ["Leeds"]


def arranged_table() -> Table:
    return table_of(
        [
            ["First Name", "Middle", "Last Name", "Company", "Street", "City", "Zip"],
            ["Emma", "J.", "Stone", "", "1 High St", "Leeds", 12345.0],
        ]
    )


def test_rows_are_kept_and_dropped_and_counted() -> None:
    layout(
        ["交易时间", "收/支", "金额"],
        """[keep]
"收/支" = ["收入"]
[drop]
"^" = ["---*"]
"*" = ["* record(s) downloaded"]
"状态" = [""]
[columns]
"交易时间" = "order.placed_at"
"金额" = "order.total"
""",
    )
    found, _, _ = arranged(
        [
            ["账单"],
            ["交易时间", "收/支", "金额", "状态"],
            ["2026-11-09", "收入", 5.0, "成功"],
            ["2026-11-09", "支出", 6.0, "成功"],
            ["2026-11-10", " 收入\t", 7.0, "成功"],
            ["2026-11-10", "收入", 8.0, " \t"],
            ["\t", None, " ", None],
            ["------------"],
            [None, "83 record(s) downloaded", None, "成功"],
            ["交易时间", "收/支", "金额", "状态"],
            ["合计：", None, 12.0, None],
        ]
    )
    assert shown(found) == {"order.placed_at": ["2026-11-09", "2026-11-10"], "order.total": ["5", "7"]}
    assert found.row_numbers.tolist() == [3, 5]
    # One is an expense, one has no state, one is dashes; the record count holds nothing that is placed.
    assert found.left_out == 3


def test_later_lines_of_an_order_take_what_its_first_row_says() -> None:
    layout(
        ["订单编号", "买家会员名", "货品标题"],
        """fill_down = ["订单编号", "买家会员名", "备注"]
[columns]
"订单编号" = "order.number"
"买家会员名" = "customer.account"
"备注" = "order.note"
"货品标题" = "line.title"
""",
    )
    found, _, _ = arranged(
        [
            ["订单编号", "买家会员名", "备注", "货品标题"],
            ["1", "lihua", "-", "茶"],
            [None, None, None, "杯"],
            ["2", None, "快", "茶"],
            ["", " ", None, "壶"],
            ["2", None, None, "盖"],
            [None, None, "谢谢", None],
        ]
    )
    assert shown(found) == {
        "order.number": ["1", "1", "2", "2", "2", ""],
        # The second order has no account: nobody else's is taken.
        "customer.account": ["lihua", "lihua", "", " ", "", ""],
        "order.note": ["-", "", "快", "快", "快", "谢谢"],
        "line.title": ["茶", "杯", "茶", "壶", "盖", ""],
    }


def test_a_row_with_several_lines_becomes_as_many_rows() -> None:
    layout(
        ["order_number", "Product Item 1 Name"],
        """[columns]
"order_number" = "order.number"
[repeat]
"line.title" = "Product Item {n} Name"
"line.quantity" = "Product Item {n} Quantity"
""",
    )
    names = [f"Product Item {n} {what}" for n in (1, 2, 10) for what in ("Name", "Quantity")]
    found, mapping, table = arranged(
        [
            ["order_number", *names],
            ["A", "Tea", 1.0, "Cup", 2.0, None, None],
            [],
            ["B", None, None, None, None, "Pot", None],
            ["C"],
        ]
    )
    assert shown(found) == {
        "order.number": ["A", "A", "B", "C"],
        "line.title": ["Tea", "Cup", "Pot", ""],
        "line.quantity": ["1", "2", "", ""],
    }
    assert found.row_numbers.tolist() == [2, 2, 4, 5]
    columns = Columns(table, mapping, reading_of(named("test"), mapping, "CNY", "CN"))
    assert [columns.row_numbers[at] for at in range(columns.rows)] == [2, 2, 4, 5]


def test_a_bad_row_with_several_lines_is_one_problem(book: Book) -> None:
    layout(
        ["order_number", "Item 1"],
        """[columns]
"order_number" = "order.number"
"date" = "order.placed_at"
"total" = "order.total"
[repeat]
"line.title" = "Item {n}"
"line.quantity" = "Qty {n}"
""",
    )
    table = table_of(
        [
            ["order_number", "date", "total", "Item 1", "Qty 1", "Item 2", "Qty 2"],
            ["A", "2026-11-09", 5.0, "Tea", 1.0, "Cup", "two"],
            ["B", "2026-13-09", 5.0, "Tea", 1.0, "Cup", 2.0],
            ["C", "2026-11-09", 5.0, "Tea", 1.0, "Cup", 2.0],
        ]
    )
    plan = make_plan(book, table)
    assert [(problem.row, problem.column, problem.value) for problem in plan.problems] == [
        (2, "Qty 2", "two"), (3, "date", "2026-13-09"),
    ]  # fmt: skip
    assert (plan.rows, plan.good_rows, plan.orders_new, plan.lines) == (3, 1, 1, 2)


def test_a_further_column_overrules_the_state() -> None:
    layout(
        ["no", "state"],
        """[columns]
"no" = "order.number"
"state" = "order.status"
[status_of]
"after" = { "退款成功" = "returned", "退款*" = "completed" }
"cancelled at" = { "*" = "cancelled" }
""",
    )
    found, _, _ = arranged(
        [
            ["no", "state", "after", "cancelled at"],
            ["1", "已完成", "退款成功", None],
            ["2", "已完成", "退款成功", None],
            ["2", "已完成", "-", None],
            ["3", "已完成", None, "2026-11-09"],
            ["3", None, None, None],
            ["4", "已发货", "退款关闭", "2026-11-09"],
            ["5", "已发货", "-", "-"],
        ]
    )
    # Of the second order one line only was sent back; the later rows of the third say nothing.
    assert shown(found)["order.status"] == [
        *("returned", "已完成", "已完成", "cancelled", "cancelled", "completed", "已发货"),
    ]  # fmt: skip


def test_a_state_by_line_is_the_lines_own() -> None:
    layout(
        ["no", "state"],
        """[facts]
status_by_line = true
[columns]
"no" = "order.number"
"state" = "order.status"
[status_of."after"]
"退款成功" = "returned"
""",
    )
    found, _, _ = arranged([["no", "state", "after"], ["2", "已完成", "退款成功"], ["2", "已完成", "-"]])
    assert shown(found)["order.status"] == ["returned", "已完成"]


def test_of_several_columns_the_first_that_says_something_counts() -> None:
    layout(
        ["Shipping Name", "Billing Name"],
        """[columns]
"Shipping Name" = "customer.name"
"Billing Name" = "customer.name"
"Phone {n}" = "customer.phone"
[extract."order.refunded"]
column = "state"
pattern = "已退款[(]?[￥¥]?([0-9.,]+)"
""",
    )
    found, _, _ = arranged(
        [
            ["Billing Name", "Shipping Name", "Phone 1", "Phone 2", "state"],
            ["A", "B", "1", "2", "已退款(￥5.00)"],
            ["A", "****", "1", None, "成功"],
            ["A", " ", None, "2", None],
        ]
    )
    assert [(cells.field, cells.header) for cells in found.columns] == [
        ("customer.name", "Shipping Name"), ("customer.phone", "Phone 1"), ("customer.phone", "Phone 2"),
        ("order.refunded", "state"),
    ]  # fmt: skip
    assert shown(found)["customer.name"] == ["B", "A", "A"]
    assert shown(found)["order.refunded"] == ["5.00", "", ""]


def test_a_split_name_is_joined_in_any_file() -> None:
    table = table_of([["姓", "名", "手机"], ["王", "丽华", "13800138421"], ["Stone", "Emma", "13800138422"]])
    mapping = match_columns(table)
    assert shown(arrange(table, mapping))["customer.name"] == ["王丽华", "Emma Stone"]
    table = table_of([["客户", "称谓", "手机"], ["王丽华", "女士", "13800138421"]])
    mapping = match_columns(table).with_part(1, "customer.name")
    assert shown(arrange(table, mapping))["customer.name"] == ["王丽华女士"]


def test_totals_examples_and_repeated_headers_are_no_rows() -> None:
    rows: Rows = [
        ["序号", "订单号", "下单时间", "金额"],
        ["〔示例〕1", "X", "2026-11-09", 1.0],
        [1.0, "A", "2026-11-09", 5.0],
        ["序号", "订单号", "下单时间", "金额"],
        [None, "总计", None, 5.0],
        ["合计: 3 笔", None, None, 5.0],
        ["Total", None, None, 5.0],
        [2.0, "合计公司", "2026-11-09", 5.0],
    ]
    table = table_of(rows)
    found = arrange(table, match_columns(table))
    assert shown(found)["order.number"] == ["A", "合计公司"]
    assert (found.row_numbers.tolist(), found.left_out) == ([3, 8], 1)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"name": ""}, "“name”"),
        ({"target": "teapots"}, "no target “teapots”"),
        ({"recognise": []}, "recognise"),
        ({"recognise": 5}, "no list of texts"),
        ({"surprise": 1}, "“surprise”"),
        ({"facts": {"day_first": "yes"}}, "no bool"),
        ({"facts": {"amounts": "both"}}, "amounts"),
        ({"columns": {"a": "order.nothing"}}, "no field “order.nothing”"),
        ({"join": {"customer.name": "a"}, "columns": {"b": 3}}, "“b” of “columns”"),
        ({"repeat": {"line.title": "Item"}}, "where its number"),
        ({"statuses": {"x": "lost"}}, "no status “lost”"),
        ({"status_of": {"x": {"y": "lost"}}}, "no status “lost”"),
        ({"extract": {"order.note": {"column": "x", "pattern": "("}}}, "pattern"),
        ({"extract": {"order.note": {"column": "x", "pattern": "a"}}}, "no group"),
    ],
)
def test_a_badly_made_layout_says_what_is_wrong(said: dict[str, Any], wrong: str) -> None:
    good: dict[str, Any] = {"name": "x", "target": "orders", "recognise": ["a"]}
    assert layout_of(good).field_of("a") == ""
    with pytest.raises(LayoutError, match=wrong):
        layout_of({**good, **said})


def test_words_with_stars() -> None:
    assert matcher(("已退款*",))("已退款（￥5.00）")
    assert not matcher(("已退款*",))("未退款")
    assert matcher(("Seller ID : *",))("  seller id : tea ")
    assert matcher(("*",))("x")
    assert not matcher(("*",))(" - ")
    assert matcher(("",))("\t")


names = st.text(alphabet="ab丽华 -*#\t", max_size=4)


@given(st.lists(st.tuples(names, names, names, names), min_size=1, max_size=12))
def test_whatever_stands_there_rows_keep_their_numbers_and_texts(
    cells: list[tuple[str, str, str, str]],
) -> None:
    rows: Rows = [["First Name", "Last Name", "Notes", "Phone"], *cells]
    table = table_of(rows)
    mapping = match_columns(table)
    found = arrange(table, mapping)
    numbers = found.row_numbers.tolist()
    assert numbers == sorted(set(numbers))
    notes = next(cells for cells in found.columns if cells.field == "customer.notes")
    for at, number in enumerate(numbers):
        assert cell_text(notes.values[notes.codes[at]]) == table.text(number - 1, 2)
    blank = {n for n, row in enumerate(cells, start=2) if not "".join(row).strip()}
    assert set(numbers).isdisjoint(blank)


headers = st.sampled_from(["a", "b", "c", "d 1", "d 2", "d {n}", "e"])
words = st.lists(st.sampled_from(["x", "y*", "*", "", "-", "1"]), max_size=2)
layouts_said = st.fixed_dictionaries(
    {},
    optional={
        "columns": st.dictionaries(
            headers, st.sampled_from(["order.number", "order.status", "order.note", "line.title", ""])
        ),
        "join": st.dictionaries(
            st.sampled_from(["customer.name", "order.ship_to"]), st.lists(headers, min_size=1, max_size=3)
        ),
        "repeat": st.just({"line.product_code": "d {n}"}),
        "keep": st.dictionaries(headers, words, max_size=1),
        "drop": st.dictionaries(st.one_of(headers, st.sampled_from("*^")), words, max_size=2),
        "fill_down": st.lists(headers, max_size=3),
        "status_of": st.dictionaries(headers, st.just({"x": "paid", "y*": "returned"}), max_size=2),
        "extract": st.just({"order.refunded": {"column": "e", "pattern": "([0-9])"}}),
        "facts": st.fixed_dictionaries({"status_by_line": st.booleans()}),
    },
)


@given(
    layouts_said,
    st.lists(
        st.lists(
            st.sampled_from([None, "", " ", "x", "y1", "-", "****", 1.0, "合计", "王", "Ann"]), max_size=6
        ),
        max_size=10,
    ),
)
def test_any_shape_of_any_table_keeps_its_rows(said: dict[str, Any], cells: list[list[Cell]]) -> None:
    rows: Rows = [["a", "b", "c", "d 1", "d 2", "e"], *cells]
    table = table_of(rows)
    made = layout_of({"name": "x", "target": "orders", "recognise": ["a"], **said})
    columns = tuple(
        ColumnMatch(index, header, (), made.field_of(header))
        for index, header in enumerate(cast(Any, rows[0]))
    )
    found = arrange(table, Mapping("orders", "x", 0, columns, None, made.shape))
    numbers = found.row_numbers.tolist()
    assert numbers == sorted(numbers)
    assert all(2 <= number <= table.height for number in numbers)
    assert 0 <= found.left_out <= table.height - 1 - len(set(numbers))
    most = 2 if made.shape.repeat else 1
    assert all(numbers.count(number) <= most for number in numbers)
    for one in found.columns:
        assert len(one.codes) == len(numbers)
        assert all(0 <= code < len(one.values) for code in one.codes.tolist())


def test_half_a_million_rows_cost_little() -> None:
    layout(
        ["no", "state"],
        """fill_down = ["no"]
[columns]
"no" = "order.number"
"state" = "order.status"
"total" = "order.total"
[join]
"customer.name" = ["first", "last"]
[keep]
"kind" = ["sale"]
[repeat]
"line.title" = "item {n}"
[status_of."after"]
"refunded" = "returned"
""",
    )
    count = 200_000
    headers = ["no", "state", "total", "first", "last", "kind", "item 1", "item 2", "after"]
    table = table_of([headers, ["1", "done", 5.0, "A", "B", "sale", "Tea", "Cup", "refunded"]])
    turns = np.arange(count, dtype=np.int32)
    for column, header in zip(table.columns, headers, strict=True):
        different = count if header in ("no", "total") else 400
        column.values.extend(f"{header}{n}" for n in range(different))
        column.codes.frombytes((turns % different + 3).astype("<i4").tobytes())
    table.columns[5].codes[2:] = table.columns[5].codes[1:2] * count
    table.height += count
    mapping = match_columns(table)
    began = time.perf_counter()
    found = arrange(table, mapping)
    took = time.perf_counter() - began
    assert len(found.row_numbers) == 2 * (count + 1)
    assert took < 5
