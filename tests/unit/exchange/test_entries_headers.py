"""Lists as other programs head them are told from one another, and each column finds its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.exchange.matching.mapping import match_columns
from desktop.exchange.reading.files import read_file

LISTS = {
    "calls": (
        "来电时间,来电号码,通话时长(秒),接待人,通话内容\n2026-11-01 09:00,13800138421,125,小陈,问价格\n",
        "interactions: happened_at customer.phone seconds staff text",
    ),
    "follow-ups": (
        "客户姓名,手机,跟进时间,跟进方式,跟进内容,跟进人\n王丽华,13800138421,2026-11-03 10:00,微信,"
        "发了图片,小陈\n",
        "interactions: customer.name customer.phone happened_at channel text staff",
    ),
    "authority": (
        "Date received,Product,Sub-product,Issue,Sub-issue,Consumer complaint narrative,State,Submitted via,"
        "Complaint ID\n07/29/2026,Loan,Vehicle,The lease,,Charged twice,VA,Phone,468882\n",
        "complaints: received_at product.name - title detail text - channel number",
    ),
    "tickets": (
        "Ticket ID,Subject,Description,Priority,Status,Requester,Requester email,Created at,Solved at\n"
        "1,Broken cup,It broke,High,Solved,Ann,ann@x.com,2026-11-01 10:00,2026-11-02 10:00\n",
        "complaints: number title text severity status customer.name customer.email received_at settled_at",
    ),
    "work orders": (
        "工单编号,创建时间,客户姓名,联系电话,问题描述,优先级,处理状态,处理人,完成时间\n"
        "G1,2026-11-03 10:00,王丽华,13800138421,杯子破了,高,处理中,小陈,\n",
        "complaints: number received_at customer.name customer.phone text severity status staff closed_at",
    ),
    "reviews": (
        "订单编号,评价时间,买家昵称,商品名称,评价等级,评价内容\n123456,2026-11-03 10:00,tb_abc,龙井茶,好评,"
        "很香\n",
        "ratings: order.number rated_at customer.account - perceived text",
    ),
    "reviewers": (
        "Date Reviewed,Star Rating,Message,Reviewer,Order ID\n11/14/2026,5,Lovely,annlee,1001\n",
        "ratings: rated_at perceived text customer.name order.number",
    ),
    "survey": (
        "提交答卷时间,手机号,满意度,推荐度,意见建议\n2026/11/3 10:00,13800138421,4,9,再快些\n",
        "ratings: rated_at customer.phone perceived recommend text",
    ),
    "ledger": (
        "会员手机号,变动时间,变动积分,变动类型,积分说明\n13800138421,2026-11-01 10:00,+10,消费获得,订单\n",
        "points: customer.phone at points reason text",
    ),
    "labels": (
        "Order Number,Tracking Number,Carrier,Ship Date,Recipient,Shipping Cost,Delivery Status\n"
        "1001,1Z999,UPS,11/14/2026,Ann Lee,7.50,Delivered\n",
        "shipments: order.number number carrier shipped_at customer.name cost status",
    ),
    "parcels": (
        "运单号,快递公司,收件人,收件人电话,收件人地址,寄件时间,签收时间,状态\n"
        "SF1,顺丰,王丽华,13800138421,浙江省杭州市西湖区龙井路1号,2026-11-02 18:00,2026-11-04 09:00,已签收\n",
        "shipments: number carrier customer.name customer.phone ship_to shipped_at arrived_at status",
    ),
    "pages": (
        "日期,页面路径,来源,浏览时长,跳出\n2026-11-01,/a,google,30,否\n",
        "visits: at path came_from seconds bounced",
    ),
    "stock": (
        "商品编码,商品名称,规格,单位,分类,零售价,库存\nT1,龙井茶,250g,盒,茶叶,26.80,100\n",
        "products: code name - unit category price -",
    ),
    "catalogue": (
        "Handle,Title,Vendor,Type,Tags,Published,Variant SKU,Variant Price\ntea,Longjing,Us,Tea,green,TRUE,"
        "T1,26.80\n",
        "products: - name - category - active code price",
    ),
    "lines": (
        "订单编号,标题,价格,购买数量,外部系统编号,商品属性,商家编码\n123,龙井茶,26.80,1,,,T1\n",
        "order-details: order.number title unit_price quantity - - product_code",
    ),
}
GROUPS = {
    "interactions": "interaction", "complaints": "complaint", "ratings": "rating", "points": "points",
    "shipments": "shipment", "visits": "visit", "products": "product", "order-details": "line",
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_told_by_its_headers(tmp_path: Path, name: str) -> None:
    text, expected = LISTS[name]
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    mapping = match_columns(read_file(path))
    target, _, places = expected.partition(": ")
    group = GROUPS[target]
    told = [column.field.removeprefix(f"{group}.") or "-" for column in mapping.columns]
    assert (mapping.target, told) == (target, places.split())
