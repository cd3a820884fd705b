"""What a plan says of a file before anything is written: who is known, what is new, which rows stay out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.exchange.plan import ImportPlan, make_plan
from desktop.models.book import Book
from desktop.operations.importing import import_plan

Plan = Callable[..., ImportPlan]


@pytest.fixture
def plan(book: Book, tmp_path: Path) -> Plan:
    def make(text: str, *words: str, name: str = "file.csv", encoding: str = "utf-8") -> ImportPlan:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return make_plan(book, path, mapping=words or None)

    return make


TAOBAO = "\n".join(
    (
        "订单编号,买家会员名,总金额,买家实际支付金额,订单状态,收货人姓名,收货地址 ,联系手机,"
        "订单创建时间,订单付款时间 ,宝贝标题 ,宝贝总数量,退款金额",
        '="2193884100271",lihua_tea,536.00,536.00,交易成功,王丽华,浙江省 杭州市 龙井路1号,\'13800138421,'
        "2026-11-09 20:14:33,2026-11-09 20:15:00,明前龙井 250g,2,0",
        '="2193884100272",lihua_tea,100.00,60.00,交易成功,王丽华,浙江省 杭州市 龙井路1号,\'13800138421,'
        "2026-11-10 09:00:00,2026-11-10 09:01:00,茶漏,1,40.00",
        '="2193884100273",leilei,20.00,0.00,等待买家付款,李雷,上海,\'13900139000,'
        "2026-11-11 09:00:00,,茶杯,1,0\n",
    )
)


def test_a_taobao_export_in_gbk(plan: Plan) -> None:
    made = plan(TAOBAO, encoding="gb18030")
    assert (made.mapping.layout, made.target, made.problems) == ("taobao-orders", "orders", ())
    assert made.summary() | {"mapping": {}} == {
        "file": "file.csv", "sheet": "", "target": "orders", "layout": "taobao-orders", "rows": 3,
        "customers": {"new": 2, "matched": 0}, "orders": {"new": 3, "known": 0}, "lines": 3,
        "entries": {"new": 0, "known": 0}, "mode": "newest", "left_out": 0, "not_there": 0, "doubts": 0,
        "updated": {"customers": 0, "orders": 0, "entries": 0, "fields": 0}, "notes": [],
        "problems": [], "mapping": {}, "unknown_words": [],
    }  # fmt: skip
    orders = made.records.orders
    assert orders.number == ["2193884100271", "2193884100272", "2193884100273"]
    assert list(zip(orders.status, orders.total, orders.paid, orders.refunded, strict=True)) == [
        ("completed", 53600, 53600, 0), ("completed", 10000, 10000, 4000), ("unpaid", 2000, 0, 0),
    ]  # fmt: skip
    lines = made.records.lines
    assert lines is not None
    assert lines.unit_price.tolist() == [2_680_000, 1_000_000, 200_000]
    assert [point.kind for point in made.records.people[0].points] == ["account", "phone"]
    assert made.records.people[0].points[0].channel == "taobao"


def test_good_rows_go_in_and_bad_ones_are_named(plan: Plan) -> None:
    made = plan(
        "订单号,下单时间,金额,手机\n1,2026-13-05,5,\n2,2026-11-09,免单,\n3,2026-11-09,5,138001384\n"
        "1.38E+10,2026-11-09,5,\n,2026-11-09,5,\n6,,5,\n7,2026-11-09,5,13800138421\n合计,,30,\n"
    )
    assert [(problem.row, problem.column, problem.value) for problem in made.problems] == [
        (2, "下单时间", "2026-13-05"), (3, "金额", "免单"), (4, "手机", "138001384"),
        (5, "订单号", "1.38E+10"), (6, "订单号", ""), (7, "下单时间", ""),
    ]  # fmt: skip
    assert made.problems[2].reason.endswith("11 digits expected, 9 found")
    assert (made.rows, made.good_rows, made.orders_new) == (7, 1, 1)


def test_lines_of_an_order_share_what_its_first_row_says(plan: Plan) -> None:
    made = plan(
        "order id,order date,item,qty,price,customer,phone\n"
        "A1,2026-11-09 10:00,Tea,2,1.255,Wang,13800138421\nA1,,Cup,1,3,,\n"
        "A2,2026-11-10,Tea,-1,1.255,Wang,13800138421\n"
    )
    orders, lines = made.records.orders, made.records.lines
    assert lines is not None
    assert orders.placed_at == ["2026-11-09 10:00:00", "2026-11-10 00:00:00"]
    # 2 × 1.255 is 2.51; −1 × 1.255 rounds away from zero.
    assert lines.amount.tolist() == [251, 300, -126]
    assert lines.position.tolist() == [1, 2, 1]
    assert list(zip(orders.status, orders.total, orders.paid, orders.refunded, strict=True)) == [
        ("completed", 551, 551, 0), ("returned", -126, 0, 126),
    ]  # fmt: skip
    assert made.records.products == [("", "Tea"), ("", "Cup")]
    assert made.customers_new == 1


def test_an_order_comes_in_whole_or_not_at_all(plan: Plan) -> None:
    made = plan(
        "order id,date,item,qty,price\nA1,2026-11-09,Tea,two,1\nA1,2026-11-09,Cup,1,3\n"
        "A2,2026-11-09,Cup,1,3\n"
    )
    assert [(problem.row, problem.value) for problem in made.problems] == [(2, "two"), (3, "A1")]
    assert "row 2 of the same order" in made.problems[1].reason
    assert made.records.orders.number == ["A2"]


def test_refunds_of_a_gross_column_are_not_added_again(plan: Plan) -> None:
    made = plan(
        "order id,date,total,paid,refund\n1,2026-11-09,10,10,4\n2,2026-11-09,8,8,8\n3,2026-11-09,5,5,0\n"
    )
    assert list(made.records.orders.paid) == [1000, 800, 500]
    assert list(made.records.orders.refunded) == [400, 800, 0]


def test_amounts_of_an_order_split_among_its_rows_are_summed(plan: Plan) -> None:
    made = plan(
        "主订单编号,订单创建时间,标题,买家实际支付金额\n1,2026-11-09,茶,10\n1,2026-11-09,杯,5\n2,2026-11-09,茶,10\n"
    )
    assert list(made.records.orders.paid) == [1500, 1000]


def test_orders_without_a_number_are_known_again(plan: Plan, book: Book) -> None:
    text = "日期,客户,金额\n2026-11-09,王丽华,5\n2026-11-09,王丽华,5\n2026-11-10,李雷,8\n"
    made = plan(text)
    assert (made.orders_new, made.customers_new) == (3, 2)
    import_plan(book, made)
    again = plan(text)
    assert (again.orders_new, again.orders_known, again.customers_new) == (0, 3, 0)


def test_a_known_phone_is_the_same_customer_and_another_account_is_not(plan: Plan, book: Book) -> None:
    import_plan(book, plan("姓名,手机号,微信号\n王丽华,138-0013-8421,lihua\n"))
    made = plan(
        "order id,date,total,account,phone\n1,2026-11-09,5,tea1,13800138421\n"
        "2,2026-11-09,5,tea2,13800138421\n"
    )
    assert (made.customers_matched, made.customers_new, made.matched_by) == (1, 1, {"phone": 1})
    import_plan(book, made)
    kinds = "SELECT kind, norm FROM contact_point WHERE customer_id = ? ORDER BY kind"
    assert book.rows(kinds, (1,)) == [("account", "tea1"), ("phone", "13800138421"), ("wechat", "lihua")]
    assert book.rows(kinds, (2,)) == [("account", "tea2")]


def test_a_date_that_reads_two_ways_is_asked_about(plan: Plan, book: Book) -> None:
    made = plan("order id,date,total\n1,03/04/2026,5\n2,05/06/2026,5\n")
    assert (made.two_ways, made.orders_new, len(made.problems)) == (True, 0, 2)
    told = make_plan(book, made.table, mapping=made.mapping.with_day_first(True))
    assert (told.two_ways, told.records.orders.placed_at[0]) == (False, "2026-04-03 00:00:00")


def test_what_must_be_placed_is_asked_for(plan: Plan) -> None:
    with pytest.raises(UserError, match="when the orders were placed"):
        plan("order id,date,total\n1,2026-11-09,5\n", "date=")
    with pytest.raises(UserError, match="what the orders came to"):
        plan("order id,date,total\n1,2026-11-09,5\n", "total=")
    with pytest.raises(UserError, match="could be recognised"):
        plan("x,y\nfoo,bar\n", "x=", "y=")


def test_the_readme_of_tmall(shared_data: Path, book: Book) -> None:
    made = make_plan(book, shared_data / "tmall" / "tmall_order_report.csv")
    assert (made.mapping.layout, made.rows, made.orders_new, made.problems) == (
        "taobao-orders",
        28_010,
        28_010,
        (),
    )
    import_plan(book, made)
    figures = "count(*), sum(total), sum(net), sum(refunded), sum(refunded > 0)"
    assert book.row(f"SELECT {figures} FROM orders") == (
        28_010, 2_995_760_61, 1_902_487_15, 572_335_92, 5_646,
    )  # fmt: skip
    assert book.value("SELECT count(*) FROM orders WHERE status = 'unpaid'") == 3_923
    assert book.value("SELECT count(*) FROM orders WHERE purchase") == 28_010 - 3_923 - 5_132


@pytest.mark.parametrize(
    "row", ["T1,2026-11-09,茶,90000000000,90000000000,", "T1,2026-11-09,茶,0.0001,,9000000000000"]
)
def test_a_quantity_that_makes_what_no_book_can_hold(plan: Plan, row: str) -> None:
    made = plan(f"order id,order date,item,qty,price,line total\n{row}\nT2,2026-11-09,茶,2,1.5,3\n")
    assert [(problem.row, problem.reason) for problem in made.problems] == [(2, "the amount is too large")]
    assert made.orders_new == 1
