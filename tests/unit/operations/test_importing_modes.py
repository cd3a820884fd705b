"""Whatever a file and a mode do to a book, undo takes back, and the same file again changes nothing."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.comparing.modes import Key
from desktop.exchange.plan import ImportPlan, Mode, make_plan
from desktop.exchange.reading.table import Column, Table
from desktop.models.book import Book
from desktop.operations.importing import import_plan

MODES = [Mode(add, update) for add in (True, False) for update in ("", "fill", "newest", "ask")]
KEPT = (
    "customer", "contact_point", "tag", "customer_tag", "custom_field", "product", "orders", "order_line",
    "staff", "import_run", "doubt", "customer_summary", "interaction", "complaint", "complaint_step",
    "rating", "lead", "points_entry", "shipment", "visit",
)  # fmt: skip
PEOPLE = ("姓名", "手机号", "会员名", "邮箱", "性别", "生日", "城市", "地址", "标签", "备注", "客户类型")
PURCHASES = (
    "订单号", "下单时间", "付款时间", "状态", "总额", "实付金额", "退款金额", "收货地址", "店员", "备注",
    "商品", "数量", "姓名", "手机号", "会员名",
)  # fmt: skip
ENTRIES = {
    "products": ("商品编码", "商品名称", "分类", "售价", "在售"),
    "interactions": ("时间", "内容", "阶段", "渠道", "订单号", "姓名", "手机号"),
    "complaints": (
        "投诉单号", "投诉时间", "投诉标题", "投诉状态", "严重程度", "首次回复时间", "解决时间", "结案时间",
        "订单号", "姓名", "手机号",
    ),
    "ratings": ("评价时间", "满意度", "评价内容", "订单号", "姓名", "手机号"),
    "leads": ("线索编号", "线索状态", "意向", "转化时间", "姓名", "手机号"),
    "points": ("积分", "积分时间", "手机号", "姓名"),
    "shipments": ("运单号", "快递公司", "物流状态", "发货时间", "签收时间", "订单号", "姓名", "手机号"),
    "order-details": ("订单号", "商品", "数量", "单价"),
}  # fmt: skip
CELLS: dict[str, tuple[str, ...]] = {
    "姓名": ("王丽华", "李雷", "", "wang", "Wang"),
    "手机号": ("", "", "13800138421", "13900139000", "13700137000"),
    "会员名": ("", "", "tea1", "tea2", "王丽华"),
    "邮箱": ("", "a@b.cn", "c@d.cn"),
    "性别": ("", "女", "男"),
    "生日": ("", "1988-09-15", "09-15"),
    "城市": ("", "杭州", "上海"),
    "地址": ("", "浙江省杭州市西湖区龙井路1号", "上海市黄浦区南京路2号"),
    "标签": ("", "老客户", "老客户;送礼"),
    "备注": ("", "只喝明前", "不要打电话"),
    "客户类型": ("", "企业", "个人"),
    "订单号": ("1", "2", "3"),
    "下单时间": ("2026-11-09 10:00:00",),
    "付款时间": ("", "2026-11-09 10:05:00", "2026-11-10 11:00:00"),
    "状态": ("", "待付款", "已付款", "已发货", "已完成", "已取消", "已退货"),
    "总额": ("", "100", "80"),
    "实付金额": ("", "0", "100", "60"),
    "退款金额": ("", "0", "40"),
    "收货地址": ("", "浙江省杭州市西湖区龙井路1号", "杭州"),
    "店员": ("", "小陈", "小李"),
    "商品": ("", "龙井", "茶杯"),
    "数量": ("1", "2"),
    "单价": ("5", "8"),
    "商品编码": ("", "T1", "T2"),
    "商品名称": ("龙井", "茶杯", ""),
    "分类": ("", "茶", "器"),
    "售价": ("", "5", "8"),
    "在售": ("", "是", "否"),
    "时间": ("2026-11-09 10:00:00", "2026-11-10 11:00:00"),
    "内容": ("问价", "催发货"),
    "阶段": ("", "售前", "售后"),
    "渠道": ("", "微信", "电话"),
    "投诉单号": ("", "T1", "T2"),
    "投诉时间": ("2026-11-09 10:00:00", "2026-11-10"),
    "投诉标题": ("漏水", "迟到"),
    "投诉状态": ("", "已受理", "处理中", "已解决", "已结案", "驳回"),
    "严重程度": ("", "高", "低"),
    "首次回复时间": ("", "2026-11-09 12:00:00"),
    "解决时间": ("", "2026-11-12 09:00:00"),
    "结案时间": ("", "2026-11-13 09:00:00"),
    "评价时间": ("2026-11-09 10:00:00", "2026-11-10 11:00:00"),
    "满意度": ("", "1", "5"),
    "评价内容": ("好", "差", ""),
    "线索编号": ("", "L1", "L2"),
    "线索状态": ("", "新线索", "已转化", "已流失"),
    "意向": ("", "龙井", "茶杯"),
    "转化时间": ("", "2026-11-12 09:00:00"),
    "积分": ("5", "-3"),
    "积分时间": ("2026-11-09 10:00:00", "2026-11-10 11:00:00"),
    "运单号": ("", "SF1", "SF2"),
    "快递公司": ("", "顺丰", "中通"),
    "物流状态": ("", "已发货", "已签收"),
    "发货时间": ("", "2026-11-09 18:00:00"),
    "签收时间": ("", "2026-11-11 18:00:00"),
}  # fmt: skip
_numbers = itertools.count()


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table as if read from a file."""
    lines = [tuple(headers), *rows]
    made = Table(Path("file.csv"), "csv", height=len(lines))
    for column in range(len(headers)):
        held = Column()
        for line in lines:
            cell = line[column] or None
            if cell not in held.values:
                held.values.append(cell)
            held.codes.append(held.values.index(cell))
        made.columns.append(held)
    return made


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A small file of some subject with some of the columns it may have."""
    subject = draw(st.sampled_from(("orders", "orders", "customers", "customers", *ENTRIES)))
    every = {"orders": PURCHASES, "customers": PEOPLE, **ENTRIES}[subject]
    needed = {"orders": {"订单号", "下单时间", "总额"}, "customers": {"姓名"}}.get(
        subject, {*every[:3], *every[-2:]}
    )
    headers = [one for one in every if one in needed or draw(st.booleans())]
    row = st.tuples(*(st.sampled_from(CELLS[header]) for header in headers))
    return table(headers, draw(st.lists(row.filter(any), min_size=1, max_size=6)))


def all_of(book: Book) -> dict[str, list[Any]]:
    """Every row of every table that an import may touch."""
    return {name: book.rows(f"SELECT * FROM {name} ORDER BY 1") for name in KEPT}


def keys_of(plan: ImportPlan) -> set[Key]:
    return {change.key for change in plan.updates.preview(0, len(plan.updates)) if change.conflict}


@given(
    before=st.lists(tables(), max_size=2), file=tables(), mode=st.sampled_from(MODES), takes_all=st.booleans()
)
def test_an_import_in_any_mode_is_once_and_undone_whole(
    tmp_path: Path, before: list[Table], file: Table, mode: Mode, takes_all: bool
) -> None:
    with Book.create(tmp_path / f"{next(_numbers)}.shuke") as book:
        for one in before:
            import_plan(book, make_plan(book, one))
        was, step = all_of(book), book.next_undo()
        plan = make_plan(book, file, mode=mode)
        accepted = keys_of(plan) if takes_all else set()
        shown = plan.updates.preview(0, len(plan.updates))
        assert len(shown) == len(plan.updates)
        assert sum(change.conflict for change in shown) == plan.updates.conflicts
        changes = import_plan(book, plan, accepted=accepted)
        became = all_of(book)
        assert bool(changes) == (became != was)
        told = mode.update == "ask" and not takes_all and plan.updates.conflicts
        if not told:
            assert bool(changes) == plan.found.brings_something
            again = make_plan(book, file, mode=mode)
            assert not again.found.brings_something
        assert not import_plan(book, make_plan(book, file, mode=mode))
        assert all_of(book) == became
        if changes:
            book.undo()
            assert all_of(book) == was
            assert book.next_undo() == step
            book.redo()
            assert all_of(book) == became


def orders(*rows: str) -> Table:
    headers, *lines = rows
    return table(headers.split(","), [line.split(",") for line in lines])


def bring(book: Book, file: Table, mode: Mode | None = None, *accepted: Key) -> ImportPlan:
    plan = make_plan(book, file, mode=mode)
    import_plan(book, plan, accepted=accepted)
    return plan


STATE = "SELECT status, total, paid, refunded, paid_at, ended_at, net, purchase FROM orders WHERE number = ?"


def test_an_order_moves_on_and_an_older_file_takes_nothing_back(book: Book) -> None:
    headers = "订单号,下单时间,付款时间,状态,总额,实付金额,退款金额"
    first = orders(headers, "1,2026-11-09,,待付款,100,0,", "2,2026-11-09,2026-11-09 10:00:00,已发货,50,50,0")
    later = orders(
        headers,
        "1,2026-11-09,2026-11-10 09:00:00,已完成,100,100,40",
        "2,2026-11-09,2026-11-09 10:00:00,已完成,50,50,0",
    )
    bring(book, first)
    assert book.row(STATE, ("1",)) == ("unpaid", 10000, 0, 0, None, None, 0, 0)
    plan = bring(book, later)
    assert (plan.updates.orders, plan.orders_new, plan.orders_known) == (2, 0, 2)
    done = ("completed", 10000, 10000, 4000, "2026-11-10 09:00:00", None, 6000, 1)
    assert book.row(STATE, ("1",)) == done
    # The older file again: nothing goes back, whatever the mode.
    for mode in MODES:
        assert not import_plan(book, make_plan(book, first, mode=mode))
    # The same state with fewer refunds is older, too.
    assert not make_plan(book, orders(headers, "1,2026-11-09,,已完成,100,100,0")).updates
    assert book.row(STATE, ("1",)) == done
    told = json.loads(book.value("SELECT counts FROM import_run ORDER BY id DESC LIMIT 1"))
    assert told["updated"] == {"customers": 0, "orders": 2, "entries": 0, "fields": 5}
    assert (told["mode"], told["orders"]) == ("newest", {"new": 0, "known": 2})


def test_a_state_alone_brings_its_money_along(book: Book) -> None:
    bring(book, orders("订单号,下单时间,状态,总额", "1,2026-11-09,待付款,100", "2,2026-11-09,已完成,30"))
    bring(book, orders("订单号,下单时间,状态,总额", "1,2026-11-09,已付款,100", "2,2026-11-09,已退货,30"))
    assert book.row(STATE, ("1",))[:4] == ("paid", 10000, 10000, 0)
    assert book.row(STATE, ("2",))[:4] == ("returned", 3000, 3000, 3000)


def test_what_the_file_does_not_say_is_not_overruled(book: Book) -> None:
    bring(book, orders("订单号,下单时间,状态,总额,实付金额", "1,2026-11-09,已发货,100,80"))
    # Neither a state nor what was paid: both would be guesses here.
    assert not make_plan(book, orders("订单号,下单时间,总额", "1,2026-11-09,100")).updates


def test_filling_leaves_what_is_there(book: Book) -> None:
    headers = "订单号,下单时间,状态,总额,收货地址,店员,备注"
    bring(book, orders(headers, "1,2026-11-09,已付款,100,,小陈,"))
    file = orders(headers, "1,2026-11-09,已完成,90,杭州市西湖区龙井路1号,小李,送礼")
    plan = bring(book, file, Mode(update="fill"))
    assert (len(plan.updates), plan.updates.conflicts) == (2, 0)
    assert book.row("SELECT status, total, ship_to, note FROM orders") == (
        "paid", 10000, "杭州市西湖区龙井路1号", "送礼",
    )  # fmt: skip
    assert book.value("SELECT staff.name FROM orders JOIN staff ON staff.id = staff_id") == "小陈"


def test_asking_takes_what_the_owner_takes_and_an_order_s_money_as_a_whole(book: Book) -> None:
    headers = "订单号,下单时间,状态,总额,实付金额,备注"
    bring(book, orders(headers, "1,2026-11-09,待付款,100,0,a", "2,2026-11-09,待付款,100,0,"))
    file = orders(headers, "1,2026-11-09,已付款,90,90,b", "2,2026-11-09,已付款,90,90,c")
    plan = make_plan(book, file, mode=Mode(update="ask"))
    shown = plan.updates.preview(0, 99)
    assert [(change.who, change.field, change.old, change.new, change.conflict) for change in shown] == [
        ("Order 1", "status", "Unpaid", "Paid", True), ("Order 1", "total", "¥100.00", "¥90.00", True),
        ("Order 1", "paid", "¥0.00", "¥90.00", True), ("Order 1", "note", "a", "b", True),
        ("Order 2", "status", "Unpaid", "Paid", True), ("Order 2", "total", "¥100.00", "¥90.00", True),
        ("Order 2", "paid", "¥0.00", "¥90.00", True), ("Order 2", "note", "", "c", False),
    ]  # fmt: skip
    assert len({change.key for change in shown[:3]}) == 1
    import_plan(book, plan, accepted=[shown[0].key])
    assert book.rows("SELECT status, total, paid, note FROM orders ORDER BY number") == [
        ("paid", 9000, 9000, "a"), ("unpaid", 10000, 0, "c"),
    ]  # fmt: skip


def test_lines_go_to_an_order_that_has_none(book: Book) -> None:
    bring(book, orders("订单号,下单时间,总额", "1,2026-11-09,7", "2,2026-11-09,5"))
    lines = orders("订单号,下单时间,商品,数量,单价", "1,2026-11-09,龙井,2,2", "1,2026-11-09,茶杯,1,3")
    plan = make_plan(book, lines)
    assert (plan.lines, plan.updates.orders) == (2, 1)
    assert [(change.field, change.new) for change in plan.updates.preview(0, 9)] == [
        ("order lines", "2 lines")
    ]
    import_plan(book, plan)
    assert book.rows("SELECT order_id, position, amount FROM order_line") == [(1, 1, 400), (1, 2, 300)]
    other = orders("订单号,下单时间,商品,数量,单价", "1,2026-11-09,铁观音,9,9")
    assert not import_plan(book, make_plan(book, other))


def test_an_order_of_nobody_finds_its_customer_but_brings_nobody_back(book: Book) -> None:
    bring(book, orders("订单号,下单时间,总额", "1,2026-11-09,7", "2,2026-11-09,7"))
    named = orders(
        "订单号,下单时间,总额,姓名,手机号", "1,2026-11-09,7,王丽华,13800138421", "2,2026-11-09,7,,"
    )
    plan = bring(book, named)
    assert (plan.customers_new, plan.updates.orders) == (1, 1)
    assert book.rows("SELECT number, customer_id FROM orders ORDER BY number") == [("1", 1), ("2", None)]
    with book.step("Delete") as step:
        from desktop.models.customers import Customer

        step.delete(Customer, [1])
    assert not import_plan(book, make_plan(book, named))


PERSON = "姓名,手机号,性别,生日,城市,地址,标签,备注"


def test_a_list_of_customers_fills_overrules_and_adds(book: Book) -> None:
    bring(book, orders("姓名,手机号,城市,地址,标签", "王丽华,13800138421,,浙江省杭州市龙井路1号,老客户"))
    file = orders(PERSON, "王丽花,13800138421,女,1988-09-15,上海,上海市南京路2号,送礼,早上打")
    told = "SELECT name, gender, birthday, region, notes FROM customer"
    filled = make_plan(book, file)
    assert (filled.mode, filled.updates.customers, filled.updates.conflicts) == (Mode(), 1, 0)
    assert [(one.field, one.new) for one in filled.updates.preview(0, 9)] == [
        ("gender", "Female"), ("birthday", "1988-09-15"), ("region", "上海"), ("notes", "早上打"),
        ("tag", "送礼"), ("address", "上海市南京路2号"),
    ]  # fmt: skip
    import_plan(book, filled)
    assert book.row(told) == ("王丽华", "female", "1988-09-15", "上海", "早上打")
    assert book.value("SELECT count(*) FROM contact_point WHERE kind = 'address'") == 2
    assert book.rows("SELECT value FROM contact_point WHERE kind = 'address' AND main") == [
        ("浙江省杭州市龙井路1号",)
    ]
    # A birthday without its year is not news.
    newest = orders("姓名,手机号,生日,城市", "王丽花,13800138421,09-15,杭州", "新人,13900139000,,")
    plan = bring(book, newest, Mode(add=False, update="newest"))
    assert (plan.customers_new, plan.not_there, len(plan.updates), plan.updates.conflicts) == (0, 1, 2, 2)
    assert book.rows(told) == [("王丽花", "female", "1988-09-15", "杭州", "早上打")]


def test_adding_only_leaves_everybody_as_they_are(book: Book) -> None:
    bring(book, orders("姓名,手机号", "王丽华,13800138421"))
    file = orders("姓名,手机号,邮箱,城市", "王丽华,13800138421,a@b.cn,杭州", "李雷,13900139000,,")
    plan = bring(book, file, Mode(update=""))
    assert (plan.customers_new, len(plan.updates), plan.contacts_new) == (1, 0, 0)
    assert book.value("SELECT count(*) FROM contact_point") == 2


def test_own_fields_are_filled_one_by_one(book: Book, tmp_path: Path) -> None:
    def plan(text: str) -> ImportPlan:
        path = tmp_path / "own.csv"
        path.write_text(text, encoding="utf-8")
        return make_plan(book, path, mapping=["茶龄=customer.custom", "口味=customer.custom"])

    import_plan(book, plan("姓名,手机号,茶龄,口味\n王丽华,13800138421,12年,\n"))
    more = plan("姓名,手机号,茶龄,口味\n王丽华,13800138421,3年,淡\n")
    assert [(one.field, one.new) for one in more.updates.preview(0, 9)] == [("口味", "淡")]
    import_plan(book, more)
    assert json.loads(book.value("SELECT custom FROM customer")) == {"茶龄": "12年", "口味": "淡"}


def test_a_shared_phone_with_another_account_waits_as_a_doubt(book: Book) -> None:
    bring(book, orders("订单号,下单时间,总额,会员名,手机号,姓名", "1,2026-11-09,5,tea1,13800138421,王丽华"))
    plan = bring(
        book, orders("订单号,下单时间,总额,会员名,手机号,姓名", "2,2026-11-09,5,tea2,13800138421,王花")
    )
    (doubt,) = plan.doubts
    assert (doubt.name, doubt.row, doubt.customer_id, doubt.customer_name, doubt.kind, doubt.value) == (
        "王花", 2, 1, "王丽华", "phone", "13800138421",
    )  # fmt: skip
    assert book.rows("SELECT one_id, other_id, kind, import_run_id FROM doubt") == [(1, 2, "phone", 2)]
    book.undo()
    assert book.rows("SELECT * FROM doubt") == []


@pytest.mark.parametrize("known", [(), ("not_same",), ("doubt",)])
def test_one_row_naming_two_customers_is_a_doubt_unless_they_are_told_apart(
    book: Book, known: tuple[str, ...]
) -> None:
    bring(book, orders("姓名,手机号,邮箱", "王丽华,13800138421,", "李雷,,a@b.cn"))
    for name in known:
        extra = (", at", ", '2026-11-22 10:00:00'") if name == "not_same" else (", kind", ", 'email'")
        with book.step("x") as step:
            step.execute(f"INSERT INTO {name} (one_id, other_id{extra[0]}) VALUES (1, 2{extra[1]})")
    plan = bring(book, orders("姓名,手机号,邮箱", "王丽华,13800138421,a@b.cn"))
    assert [(doubt.customer_id, doubt.kind) for doubt in plan.doubts] == ([] if known else [(2, "email")])
    assert book.value("SELECT count(*) FROM customer") == 2


def test_a_name_alone_that_others_have_too_is_a_doubt(book: Book) -> None:
    bring(book, orders("姓名,手机号", "王丽华,13800138421"))
    plan = bring(book, orders("姓名,城市", "王丽华,杭州"))
    assert (plan.customers_new, [doubt.kind for doubt in plan.doubts]) == (1, ["name"])
    assert not make_plan(book, orders("姓名,城市", "王丽华,杭州")).found.brings_something


def test_thousands_of_updated_fields_are_taken_back_at_once(book: Book) -> None:
    headers = "订单号,下单时间,状态,总额,会员名,姓名"
    count = 3_000
    bring(book, orders(headers, *(f"{n},2026-11-09,待付款,10,c{n % 400}," for n in range(count))))
    was = all_of(book)
    file = orders(headers, *(f"{n},2026-11-09,已完成,10,c{n % 400},客户{n % 400}" for n in range(count)))
    plan = make_plan(book, file)
    assert (plan.updates.orders, plan.updates.customers) == (count, 400)
    page = plan.updates.preview(400 + 2 * 1_500 - 1, 4)
    assert [(one.who, one.field, one.new) for one in page] == [
        ("Order 1499", "paid", "¥10.00"), ("Order 1500", "status", "Completed"),
        ("Order 1500", "paid", "¥10.00"), ("Order 1501", "status", "Completed"),
    ]  # fmt: skip
    import_plan(book, plan)
    assert book.value("SELECT count(*) FROM orders WHERE purchase") == count
    assert book.value("SELECT sum(spend) FROM customer_summary") == count * 1000
    book.undo()
    assert all_of(book) == was
