"""Every platform's made-up export comes in as the expectation beside it says; again it leaves no trace.

tests/data/layouts holds the files as platforms write them, quirks and encodings included, and beside each
what has to become of it: FILE.toml. The names of real columns come from ../shared.
"""

from __future__ import annotations

import json
import tomllib
from array import array
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.core.progress import SILENT
from desktop.exchange.matching.mapping import match_columns
from desktop.exchange.plan import ImportPlan, make_plan
from desktop.exchange.problem_rows import write_problem_rows
from desktop.exchange.reading.files import read_file
from desktop.exchange.reading.table import Column, Table
from desktop.exchange.vocabulary import layouts, own_layouts, synonyms
from desktop.exchange.vocabulary.layout_file import ANY_CELL, FIRST_CELL, Layout, numbered
from desktop.models.book import Book
from desktop.operations.importing import import_plan
from desktop.operations.settings import set_book_setting

SAMPLES = Path(__file__).parent.parent.parent / "data" / "layouts"
EXPECTED = {path.name.removesuffix(".toml"): path for path in sorted(SAMPLES.glob("*.toml"))}
HEADERS = {
    "taobao_tmall_ExportOrderList_csv": "taobao-orders",
    "taobao_tmall_ExportOrderDetailList_csv": "taobao-order-details",
    "taobao_tmall_sales_detail_new": "tmall-sales-detail",
    "jd_orders_csv": "jd-orders",
    "pdd_orders": "pinduoduo-orders",
    "douyin_orders_csv": "douyin-orders",
    "1688_orders_xls": "1688-orders",
    "youzan_orders_csv_partial": "youzan-orders",
    "youzan_customers_csv_partial": "youzan-customers",
    "wechat_pay_bill_csv": "wechat-pay-bill",
    "alipay_bill_csv": "alipay-bill",
    "shopify_orders_export": "shopify-orders",
    "shopify_customers_export": "shopify-customers",
    "shopify_customers_import_template_old": "shopify-customers-template",
    "etsy_sold_orders": "etsy-orders",
    "etsy_sold_order_items": "etsy-order-items",
    "ebay_orders_report": "ebay-orders",
    "woocommerce_webtoffee_orders": "woocommerce-orders",
    "google_contacts_2024": "google-contacts",
    "outlook_com_contacts": "outlook-contacts",
    "hubspot_contacts_partial": "hubspot-contacts",
}
"""The real header rows of headers.json, and the layout that each is of."""
_OF_ORDERS = (
    *("number", "status", "placed_at", "paid_at", "ended_at", "total", "paid", "refunded", "ship_to"),
    "note",
)
_OF_CUSTOMERS = ("id", "gender", "birthday", "region", "source", "relation", "notes", "created_at", "custom")


def _expected(name: str) -> dict[str, Any]:
    return tomllib.loads(EXPECTED[name].read_text(encoding="utf-8"))


def _minor(amount: str) -> int:
    return int(Decimal(amount) * 100)


def _import(book: Book, name: str) -> ImportPlan:
    plan = make_plan(book, SAMPLES / name)
    import_plan(book, plan)
    return plan


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_comes_in_as_expected_and_again_changes_nothing(name: str, book: Book) -> None:
    expected = _expected(name)
    for key, value in expected.get("book", {}).items():
        set_book_setting(book, key=f"shop.{key}", value=value)
    for before in expected.get("after", ()):
        _import(book, before)
    plan = _import(book, name)
    _check_plan(expected, plan)
    _check_book(expected, book, plan)
    there = _everything(book)
    again = make_plan(book, plan.table)
    assert not again.brings_something
    assert not import_plan(book, again)
    assert _everything(book) == there


@pytest.mark.parametrize("name", [name for name in EXPECTED if _expected(name).get("problems")])
def test_the_problem_rows_of_a_sample_are_known_again(name: str, book: Book, tmp_path: Path) -> None:
    expected = _expected(name)
    for key, value in expected.get("book", {}).items():
        set_book_setting(book, key=f"shop.{key}", value=value)
    plan = make_plan(book, SAMPLES / name)
    written = write_problem_rows(plan, tmp_path / "mend.xlsx", SILENT)
    again = make_plan(book, tmp_path / "mend.xlsx")
    assert again.mapping.layout == plan.mapping.layout
    assert again.rows == written
    assert [(one.column, one.value) for one in again.problems] == [
        (one.column, one.value) for one in plan.problems
    ]


def test_a_refund_of_one_line_or_of_a_part_is_learnt_from_a_later_file(book: Book, tmp_path: Path) -> None:
    set_book_setting(book, key="shop.currency", value="USD")
    later = (SAMPLES / "etsy-orders.csv").read_text("utf-8")
    earlier = tmp_path / "etsy.csv"
    earlier.write_text(later.replace("$40.00", "").replace("$0.00", "").replace("Refunded", "Paid"), "utf-8")
    import_plan(book, make_plan(book, earlier))
    assert _money(book, "3000000002", "3000000003") == [("completed", 5500, 0), ("paid", 2100, 0)]
    _import(book, "etsy-orders.csv")
    assert _money(book, "3000000002", "3000000003") == [("completed", 5500, 1500), ("returned", 2100, 2100)]

    set_book_setting(book, key="shop.currency", value="CNY")
    earlier.write_text(
        (SAMPLES / "douyin-orders.csv").read_text("utf-8-sig").replace("退款成功", "-"), "utf-8"
    )
    import_plan(book, make_plan(book, earlier))
    whole, part = "6900000000000000003", "6900000000000000004"
    assert _money(book, whole, part) == [("completed", 6000, 0), ("completed", 5000, 0)]
    _import(book, "douyin-orders.csv")
    assert _money(book, whole, part) == [("returned", 6000, 6000), ("completed", 5000, 2000)]


def _money(book: Book, *numbers: str) -> list[tuple[Any, ...]]:
    rows = book.rows("SELECT number, status, paid, refunded FROM orders")
    found = {row[0]: tuple(row)[1:] for row in rows}
    return [found[number] for number in numbers]


def test_each_sample_has_an_expectation_and_each_layout_a_sample() -> None:
    files = {path.name for path in SAMPLES.iterdir() if path.suffix != ".toml"}
    assert files == set(EXPECTED)
    # Contact files have samples of their own (test_vcards.py): their headers are ours.
    platforms = {one.name for one in layouts.shipped()} - {"vcard"}
    assert {_expected(name)["layout"] for name in EXPECTED} == platforms


def _check_plan(expected: dict[str, Any], plan: ImportPlan) -> None:
    assert plan.mapping.layout == expected["layout"]
    assert plan.target == expected.get("target", "orders")
    said = {
        "problems": [(one.row, one.column) for one in plan.problems],
        "left_out": plan.left_out,
        "rows": plan.rows,
    }
    problems = expected.get("problems", [])
    assert said == {
        "problems": [(row, column) for row, column, _ in problems],
        "left_out": expected.get("left_out", 0),
        "rows": expected["rows"],
    }
    for one, (_, _, reason) in zip(plan.problems, problems, strict=True):
        assert reason in one.reason


def _check_book(expected: dict[str, Any], book: Book, plan: ImportPlan) -> None:
    if expected.get("target", "orders") == "orders":
        _check_orders(expected, book)
    elif plan.target == "customers":
        assert book.value("SELECT count(*) FROM customer") == expected["customers"]
    for number, lines in expected.get("lines_of", {}).items():
        assert _lines(book, number) == {
            title: [code, quantity, _minor(amount)] for title, (code, quantity, amount) in lines.items()
        }
    if plan.target == "order-details":
        assert sum(len(_lines(book, number)) for number in _numbers(book, plan)) == expected["lines"]
    _check_customers(expected, book)


def _check_orders(expected: dict[str, Any], book: Book) -> None:
    rows = book.rows(
        f"SELECT {', '.join(f'o.{name}' for name in _OF_ORDERS)}, coalesce(c.name, ''), coalesce(s.name, '')"
        " FROM orders o LEFT JOIN customer c ON c.id = o.customer_id LEFT JOIN staff s ON s.id = o.staff_id"
    )
    names = (*_OF_ORDERS, "customer", "clerk")
    orders: dict[str, dict[str, Any]] = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    assert {
        "orders": len(orders),
        "customers": book.value("SELECT count(*) FROM customer"),
        "lines": book.value("SELECT count(*) FROM order_line"),
        "statuses": dict(Counter(order["status"] for order in orders.values())),
        **{name: sum(order[name] for order in orders.values()) for name in ("total", "paid", "refunded")},
    } == {
        **{name: expected[name] for name in ("orders", "customers", "lines", "statuses")},
        **{name: _minor(expected[name]) for name in ("total", "paid", "refunded")},
    }
    for number, wanted in expected.get("order", {}).items():
        wanted = {name: _told(name, value) for name, value in wanted.items()}
        assert {name: orders[number][name] for name in wanted} == wanted


def _told(name: str, value: str) -> str | int:
    return _minor(value) if name in ("total", "paid", "refunded") else value


def _numbers(book: Book, plan: ImportPlan) -> set[str]:
    """The orders of the book that the plan's lines are of."""
    return set(plan.records.entries.order_number) & {row[0] for row in book.rows("SELECT number FROM orders")}


def _lines(book: Book, number: str) -> dict[str, list[Any]]:
    rows = book.rows(
        "SELECT coalesce(nullif(l.title, ''), p.name), coalesce(p.code, ''), l.quantity, l.amount"
        " FROM order_line l JOIN orders o ON o.id = l.order_id LEFT JOIN product p ON p.id = l.product_id"
        " WHERE o.number = ?",
        (number,),
    )
    return {row[0]: list(row)[1:] for row in rows}


def _check_customers(expected: dict[str, Any], book: Book) -> None:
    for name, wanted in expected.get("customer", {}).items():
        row = book.row(f"SELECT {', '.join(_OF_CUSTOMERS)} FROM customer WHERE name = ?", (name,))
        assert row, name
        said = dict(zip(_OF_CUSTOMERS, row, strict=True))
        said["custom"] = json.loads(said["custom"])
        tags = book.rows(
            "SELECT t.name FROM tag t JOIN customer_tag c ON c.tag_id = t.id WHERE c.customer_id = ?",
            (said["id"],),
        )
        said["tags"] = sorted(tag[0] for tag in tags)
        assert {key: said[key] for key in wanted} == {**wanted, **_sorted_tags(wanted)}
    for name, wanted in expected.get("contacts", {}).items():
        found: dict[str, list[str]] = {}
        for kind, value in book.rows(
            "SELECT p.kind, p.value FROM contact_point p JOIN customer c ON c.id = p.customer_id"
            " WHERE c.name = ?",
            (name,),
        ):
            if kind in wanted or kind != "address":
                found.setdefault(kind, []).append(value)
        assert {kind: sorted(values) for kind, values in found.items()} == {
            kind: sorted(values) for kind, values in wanted.items()
        }


def _sorted_tags(wanted: dict[str, Any]) -> dict[str, list[str]]:
    return {"tags": sorted(wanted["tags"])} if "tags" in wanted else {}


def _everything(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    tables = ("customer", "contact_point", "customer_tag", "orders", "order_line", "product", "import_run")
    return {name: [tuple(row) for row in book.rows(f"SELECT * FROM {name}")] for name in tables}


@pytest.mark.parametrize("key", HEADERS)
def test_a_real_header_row_is_recognised_whole(key: str, shared_data: Path) -> None:
    headers = json.loads((shared_data / "platform_headers" / "headers.json").read_text("utf-8"))[key]["cols"]
    layout = layouts.recognise(headers)
    assert layout is not None
    assert layout.name == HEADERS[key]
    known = _spoken_of(layout)
    unknown = [
        header for header in headers if not any(one.fullmatch(synonyms.folded(header)) for one in known)
    ]
    assert unknown == [], "neither mapped nor named as left out"


def _spoken_of(layout: Layout) -> list[Any]:
    shape = layout.shape
    said = {*layout.columns, *shape.keep, *shape.drop, *shape.fill_down, *shape.status_of}
    said |= set(shape.repeat.values()) | {one.column for one in shape.extract.values()}
    said |= {part for values in shape.join.values() for parts in values for part in parts}
    return [numbered(header) for header in said - {ANY_CELL, FIRST_CELL}]


def test_no_layout_takes_what_another_is_for() -> None:
    # Each is told by its own headers alone, whatever order they are looked at in.
    for one in layouts.shipped():
        found = layouts.recognise(one.recognise)
        assert found is not None
        assert found.name == one.name


def test_the_form_of_a_value_goes_along_and_names_groups_that_there_are(tmp_path: Path) -> None:
    table = read_file(SAMPLES / "pinduoduo-orders.csv")
    kept = own_layouts.save(match_columns(table), table, "Mine")
    assert kept.shape.extract["order.placed_at"].value("260517-1") == "2026-05-17"
    path = tmp_path / "a.toml"
    path.write_text(
        'name = "a"\ntarget = "orders"\nrecognise = ["x"]\n'
        "[extract.'order.note']\ncolumn = 'x'\npattern = '(.)'\nas = '\\2'\n"
    )
    with pytest.raises(layouts.LayoutError, match="form"):
        layouts.read_layout(path)


_CELLS = st.one_of(
    st.sampled_from(
        [
            *("", " ", "-", "/", "\t\t", "****", "##密文", "$$密文", "王**", "1*******890", "138****0000"),
            *('="2026050100001"', "'13800000001", "1.23E+18", "1.38E+10", "\t6900000000000001", "No:SF1"),
            *(
                "12.50",
                "¥1,433.66",
                "-$45.00",
                "99.00元",
                "1,5",
                "1e400",
                "½",
                "０１２",
                "none",
                "nan",
                "inf",
            ),
            *("2026-05-01 10:00:00", "2026/5/23 22:02", "Jul-21-25", "05/13/26", "13/05/26", "0/0/00"),
            *(
                "2024-05-01 10:00:00 +0000",
                "31 February 2026",
                "45000.5",
                "9999-99-99",
                "交易成功",
                "退款成功",
            ),
            *("(删除)等待出库", "已退款(￥20.00)", "refunded", "fulfilled", "USD", "收入", "支出", "Refund"),
            *("a@example.com", "+1 202-555-0101 ::: x", "* myContacts ::: vip", "83 record(s) downloaded"),
        ]
    ),
    st.text(max_size=12),
)


@given(st.data())
def test_any_cells_under_a_platforms_headers_are_rows_or_problems(book: Book, data: st.DataObject) -> None:
    layout = data.draw(st.sampled_from(layouts.shipped()))
    headers = sorted(_names_of(layout))
    width, height = len(headers), data.draw(st.integers(1, 4))
    few = st.lists(st.tuples(st.integers(0, width - 1), st.integers(1, height), _CELLS), max_size=3 * width)
    table = Table(Path("any.csv"), "csv", columns=[Column() for _ in headers], height=height + 1)
    cells = {(place, row): cell for place, row, cell in data.draw(few)}
    for place, (column, header) in enumerate(zip(table.columns, headers, strict=True)):
        column.values = [None, header, *(cells.get((place, row)) or None for row in range(1, height + 1))]
        column.codes = array("i", [1, *range(2, height + 2)])
    mapping = match_columns(table, layout.name)
    assert mapping.layout == layout.name
    refusal = ""
    try:
        plan = make_plan(book, table, mapping=mapping)
    except UserError as fault:
        refusal = str(fault)
    if refusal:
        assert "headers but no rows" in refusal
        return
    assert {one.row for one in plan.problems} <= set(range(2, height + 2))
    assert 0 <= plan.good_rows <= plan.rows <= height


def _names_of(layout: Layout) -> set[str]:
    shape = layout.shape
    said = {*layout.columns, *shape.keep, *shape.status_of, *shape.repeat.values(), *layout.recognise}
    said |= {part for values in shape.join.values() for parts in values for part in parts}
    return {header.replace("{n}", "1") for header in said}
