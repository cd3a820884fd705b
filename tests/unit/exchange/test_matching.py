"""Columns find their fields by layout, by header in two languages, and by content."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.exchange.matching.mapping import Mapping, mapping_from_words, match_columns
from desktop.exchange.reading.table import Cell, letters
from desktop.exchange.vocabulary import fields, layouts
from tests.unit.exchange.tables import table_of


def placed(mapping: Mapping) -> dict[str, tuple[str, str]]:
    return {column.header: (column.field, column.confidence) for column in mapping.columns if column.field}


def test_headers_in_english_whatever_their_case_and_blanks() -> None:
    mapping = match_columns(table_of([["Order No. ", "ORDER DATE", "ｔｏｔａｌ", "Mobile", "x"], ["1"]]))
    assert mapping.target == "orders"
    assert placed(mapping) == {
        "Order No.": ("order.number", "exact"),
        "ORDER DATE": ("order.placed_at", "exact"),
        "ｔｏｔａｌ": ("order.total", "exact"),
        "Mobile": ("customer.phone", "exact"),
    }


def test_a_header_under_a_title_and_its_rows() -> None:
    rows: list[list[Cell]] = [
        ["二〇二六年订单"],
        [],
        ["订单号", "下单时间", "实付金额", "微信号"],
        ["1", "2026-11-09", "5", "lihua"],
    ]
    mapping = match_columns(table_of(rows))
    assert mapping.header_row == 2
    assert placed(mapping)["微信号"] == ("customer.wechat", "exact")
    assert mapping.columns[2].samples == ("5",)


def test_columns_without_known_headers_go_by_content() -> None:
    rows: list[list[Cell]] = [
        ["编码甲", "谁", "哪里", "何时", "多少"],
        ["SO20261109001", "王丽华", "13800138421", "2026-11-09 20:14", "536.00"],
        ["SO20261109002", "李雷", "13900139000", "2026-11-10 09:00", "¥12"],
    ]
    mapping = match_columns(table_of(rows))
    assert placed(mapping) == {
        "编码甲": ("order.number", "guess"),
        "谁": ("customer.name", "guess"),
        "哪里": ("customer.phone", "guess"),
        "何时": ("order.placed_at", "guess"),
        "多少": ("order.total", "guess"),
    }


def test_customers_are_told_from_orders() -> None:
    mapping = match_columns(
        table_of([["姓名", "手机号", "生日", "标签", "注册时间"], ["王丽华", "13800138421"]])
    )
    assert mapping.target == "customers"
    assert [column.field for column in mapping.columns] == [
        "customer.name", "customer.phone", "customer.birthday", "customer.tags", "customer.created_at",
    ]  # fmt: skip


def test_without_headers_columns_are_called_by_their_letters() -> None:
    mapping = match_columns(table_of([["13800138421", "王丽华"], ["13900139000", "李雷"]]))
    assert mapping.header_row == -1
    assert [column.header for column in mapping.columns] == ["A", "B"]
    assert letters(701) == "ZZ"


def test_corrections_as_typed() -> None:
    mapping = match_columns(table_of([["订单号", "日期", "金额", "口令"], ["1", "2026-11-09", "5", "abc"]]))
    mapping = mapping_from_words(mapping, ["口令=customer.wechat", "日期=paid at", "金额="])
    assert [column.field for column in mapping.columns] == [
        "order.number",
        "order.paid_at",
        "",
        "customer.wechat",
    ]
    with pytest.raises(UserError, match="no column “没有”"):
        mapping_from_words(mapping, ["没有=order.number"])
    with pytest.raises(UserError, match="no field “nothing”"):
        mapping_from_words(mapping, ["金额=nothing"])
    with pytest.raises(UserError, match="Write it as"):
        mapping_from_words(mapping, ["金额"])


def test_a_field_of_one_column_leaves_its_old_one() -> None:
    mapping = match_columns(table_of([["订单号", "下单时间", "合计", "实付", "手机", "电话"]]))
    mapping = mapping.with_field(2, "order.paid")
    assert [column.field for column in mapping.columns][2:4] == ["order.paid", ""]
    assert [column.field for column in mapping.columns][4:] == ["customer.phone"] * 2


def test_a_part_sent_where_it_goes_already_moves_no_other() -> None:
    mapping = match_columns(
        table_of([["First name", "Last name", "Phone"], ["Emma", "Stone", "13800138421"]])
    )
    assert mapping.with_field(0, "customer.name") == mapping
    moved = mapping.with_field(0, "customer.notes").with_field(0, "customer.name")
    assert [column.field for column in moved.columns] == ["customer.name", "", "customer.phone"]


def test_layouts_are_well_made() -> None:
    for layout in layouts.layouts():
        placed = {field for field in layout.columns.values() if field}
        assert all(layout.target in fields.FIELD[field].targets for field in placed)
        assert layout.recognise <= layout.headers
        assert {"en", "zh_CN"} <= set(layout.titles)
        assert layouts.named(layout.name) is layout
    with pytest.raises(UserError, match=r"Known layouts: .*taobao-orders"):
        layouts.named("nothing")


def test_the_headers_of_platforms(shared_data: Path) -> None:
    known = json.loads((shared_data / "platform_headers" / "headers.json").read_text(encoding="utf-8"))
    taobao = match_columns(table_of([known["taobao_tmall_ExportOrderList_csv"]["cols"]]))
    assert taobao.layout == "taobao-orders"
    assert placed(taobao)["买家会员名"] == ("customer.account", "exact")
    for platform in (
        "jd_orders_csv",
        "pdd_orders",
        "douyin_orders_csv",
        "1688_orders_xls",
        "ebay_orders_report",
    ):
        found = {field for field, _ in placed(match_columns(table_of([known[platform]["cols"]]))).values()}
        assert {"order.number", "order.placed_at", "line.title"} <= found
        assert {"order.total", "order.paid", "line.amount"} & found


@pytest.mark.parametrize(
    ("target", "headers"),
    [
        ("products", "商品名称|商品编码|价格|分类|库存"),
        ("products", "商品名称|价格|库存"),
        ("interactions", "时间|客户|手机|沟通方式|内容|客服"),
        ("complaints", "投诉编号|客户姓名|手机号|投诉时间|投诉内容|状态"),
        ("complaints", "Date received|Product|Issue|Consumer complaint narrative|Complaint ID"),
        ("ratings", "评价时间|客户|满意度|推荐意愿|评价内容"),
        ("leads", "线索编号|姓名|手机|来源|意向产品"),
        ("points", "会员号|积分|时间|原因"),
        ("shipments", "运单号|快递公司|订单号|发货时间|签收时间"),
        ("visits", "访问时间|页面|停留时长|客户"),
        ("customers", "会员卡号|姓名|手机号|积分|累计消费|注册时间|生日"),
        ("orders", "日期|谁|多少|备注一"),
        ("customers", "日期|谁|备注一"),
        ("customers", "Name|Email|Phone|Company|Notes"),
        ("orders", "订单号|日期|客户|手机|金额|商品|数量|备注"),
        ("orders", "订单号|下单时间|收货人|手机|地址|商品|数量|金额|快递公司|快递单号|发货时间"),
        ("orders", "日期|品名|数量|单价|金额|顾客"),
        ("order-details", "订单编号|标题|价格|购买数量|商品属性"),
        ("order-details", "订单编号|会员名|宝贝标题|购买数量|单价"),
    ],
)
def test_what_a_file_brings_is_told_by_its_columns(target: str, headers: str) -> None:
    names = headers.split("|")
    row = [_cell(name) for name in names]
    assert match_columns(table_of([names, row, row])).target == target


def _cell(header: str) -> Cell:
    if any(word in header for word in ("时间", "日期", "Date")):
        return "2026-11-09 10:00"
    if "手机" in header or header == "Phone":
        return "13800138421"
    return 5.0 if header in ("金额", "价格", "单价", "数量", "积分", "满意度", "多少", "购买数量") else "甲乙"


def test_a_row_of_data_is_no_header() -> None:
    rows: list[list[Cell]] = [
        ["王丽华", "Phone", "投诉", "2026-11-09 20:14"],
        ["李雷", "Phone", "回访", "2026-11-10 20:14"],
    ]
    assert match_columns(table_of(rows)).header_row == -1


def test_the_reasons_beside_problem_rows_are_not_brought_in() -> None:
    rows = table_of([["订单号", "下单时间", "金额", "未导入的原因"], ["1", "2026-11-09", 5.0, "手机号不对"]])
    mapping = match_columns(rows)
    assert [column.field for column in mapping.columns][3] == ""
    assert mapping.target == "orders"
