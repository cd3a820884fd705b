"""Lists of every subject go in, in Chinese and in English: once, whole, and back out with one undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.exchange.matching.mapping import match_columns
from desktop.exchange.plan import ImportPlan, make_plan
from desktop.exchange.reading.files import read_file
from desktop.models.book import Book
from desktop.operations.importing import import_plan

ORDERS = (
    "订单号,下单时间,金额,客户,手机号,宝贝标题,宝贝总数量\n"
    "A1,2026-11-01 09:00,53.60,王丽华,13800138421,龙井茶 等2种,3\nA2,2026-11-02 10:00,20,李雷,13900139000,"
    "白瓷杯,1\n"
)
FILES = {
    "products": (
        "商品编码,商品名称,分类,单位,售价,是否在售\nT1,龙井茶,茶叶,盒,26.80,是\nC1,白瓷杯,茶具,只,20,否\n",
        "SKU,Product name,Category,Unit,Price,On sale\nT1,Longjing,Tea,box,26.80,yes\nC1,Cup,Ware,pc,20,no\n",
    ),
    "interactions": (
        "跟进时间,阶段,渠道,客户姓名,手机号,沟通内容,通话时长,订单号,客服\n"
        "2026-11-03 10:00,售前,微信,王丽华,13800138421,问明前茶何时到,5分30秒,,小陈\n"
        "2026-11-04 11:00,售后,电话,李雷,13900139000,杯子有瑕疵，已安抚,12:30,A2,小陈\n",
        "Date,Stage,Channel,Customer,Phone,What happened,Minutes,Order no.,Clerk\n"
        "2026-11-03 10:00,Pre-sale,WeChat,Wang Lihua,13800138421,Asked for spring tea,6,,Chen\n"
        "2026-11-04 11:00,After-sale,Phone,Li Lei,13900139000,A flaw in the cup,13,A2,Chen\n",
    ),
    "complaints": (
        "投诉编号,投诉时间,客户,手机号,订单号,商品名称,投诉内容,投诉类型,严重程度,处理状态,结案时间,处理人\n"
        "TS-1,2026-11-05 09:00,李雷,13900139000,A2,白瓷杯,杯口有缺口，要求换一只,商品质量,高,已结案,"
        "2026-11-06,小陈\n"
        "TS-2,2026-11-06 09:00,王丽华,13800138421,A1,,迟迟不发货,物流,紧急,处理中,,小陈\n",
        "Complaint no.,Received at,Customer,Phone,Order no.,Product,Details,Category,Priority,Status,"
        "Closed at,Clerk\n"
        "TS-1,2026-11-05 09:00,Li Lei,13900139000,A2,Cup,The rim is chipped,Quality,High,Closed,2026-11-06,"
        "Chen\n"
        "TS-2,2026-11-06 09:00,Wang,13800138421,A1,,Not sent yet,Delivery,Critical,In progress,,Chen\n",
    ),
    "ratings": (
        "评价时间,客户,手机号,订单号,评分,期望,推荐意愿,评价内容,评价标签\n"
        "2026-11-07 12:00,王丽华,13800138421,A1,非常满意,4,9,茶很香,香;快\n"
        "2026-11-08 12:00,李雷,13900139000,A2,★★☆☆☆,5,3,杯子有缺口,\n",
        "Rated at,Customer,Phone,Order no.,Rating,Expected,NPS,Review,Reasons\n"
        "2026-11-07 12:00,Wang Lihua,13800138421,A1,5,4,9,Fragrant,fast\n"
        "2026-11-08 12:00,Li Lei,13900139000,A2,2,5,3,Chipped,\n",
    ),
    "leads": (
        "姓名,手机号,线索来源,意向,线索状态,线索评分,创建时间,负责人\n"
        "韩梅梅,13700137000,抖音直播,茶礼盒,有意向,80,2026-11-01,小陈\n"
        "王丽华,13800138421,老客介绍,茶具,新线索,,2026-11-02,小陈\n",
        "Name,Phone,Lead source,Interested in,Lead status,Lead score,Created at,Owner\n"
        "Han Meimei,13700137000,Fair,Gift box,Qualified,80,2026-11-01,Chen\n"
        "Wang Lihua,13800138421,A friend,Tea set,New,,2026-11-02,Chen\n",
    ),
    "points": (
        "变动时间,会员姓名,手机号,变动积分,变动类型,订单号,备注\n"
        "2026-11-01 09:00,王丽华,13800138421,53,消费获得,A1,\n2026-11-03 09:00,王丽华,13800138421,20,兑换,,"
        "换茶样\n",
        "Date,Customer,Phone,Points,Reason,Order no.,Note\n"
        "2026-11-01 09:00,Wang,13800138421,53,Earned,A1,\n2026-11-03 09:00,Wang,13800138421,20,Redeemed,,"
        "Sample\n",
    ),
    "shipments": (
        "快递单号,快递公司,订单号,收件人,手机号,发货时间,签收时间,物流状态,运费,收件地址\n"
        "SF1001,顺丰,A1,王丽华,13800138421,2026-11-02 18:00,2026-11-04,已签收,12,"
        "浙江省杭州市西湖区龙井路1号\n"
        "YT2002,圆通,A2,李雷,13900139000,2026-11-03 18:00,,运输中,6.5,\n",
        "Tracking number,Carrier,Order no.,Recipient,Phone,Shipped at,Delivered at,Status,Shipping cost,"
        "Ship to\n"
        "SF1001,SF,A1,Wang,13800138421,2026-11-02 18:00,2026-11-04,Delivered,12,1 Longjing Road\n"
        "YT2002,YTO,A2,Li Lei,13900139000,2026-11-03 18:00,,In transit,6.5,\n",
    ),
    "visits": (
        "访问时间,访问页面,来源,停留时长,是否跳出,手机号\n"
        "2026-11-01 08:00:01,/tea,百度,45,否,13800138421\n2026-11-01 08:00:02,/cup,,1分5秒,是,\n",
        "Visited at,Page,Referrer,Dwell seconds,Bounced,Phone\n"
        "2026-11-01 08:00:01,/tea,Baidu,45,no,13800138421\n2026-11-01 08:00:02,/cup,,65,yes,\n",
    ),
    "order-details": (
        "订单编号,标题,价格,购买数量,商家编码\nA1,龙井茶,26.80,1,T1\nA1,竹茶匙,13.40,2,S1\nA2,白瓷杯,20,1,"
        "C1\n",
        "Order ID,Item name,Price,Quantity,SKU\nA1,Longjing,26.80,1,T1\nA1,Spoon,13.40,2,S1\nA2,Cup,20,1,"
        "C1\n",
    ),
}
TABLES = (
    "customer", "contact_point", "orders", "order_line", "product", "interaction", "complaint",
    "complaint_step", "rating", "lead", "points_entry", "shipment", "visit", "staff", "import_run",
)  # fmt: skip
CASES = [
    pytest.param(target, text, id=f"{target}-{at}")
    for target in FILES
    for at, text in enumerate(FILES[target])
]


@pytest.fixture
def shop(book: Book, tmp_path: Path) -> Book:
    """A book that knows two customers and their orders."""
    import_plan(book, make_plan(book, write(tmp_path, ORDERS, "orders.csv")))
    return book


def write(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def everything(book: Book) -> dict[str, list[tuple[object, ...]]]:
    return {table: book.rows(f'SELECT * FROM "{table}" ORDER BY id') for table in TABLES}


def bring(book: Book, folder: Path, text: str) -> ImportPlan:
    plan = make_plan(book, write(folder, text))
    import_plan(book, plan)
    return plan


@pytest.mark.parametrize(("target", "text"), CASES)
def test_a_list_goes_in_once_and_out_again(shop: Book, tmp_path: Path, target: str, text: str) -> None:
    before = everything(shop)
    plan = bring(shop, tmp_path, text)
    assert (plan.target, plan.problems, plan.notes) == (target, (), ())
    known = 1 if "白瓷杯,茶具" in text else 0  # The cup of an order, which had no code so far.
    lines = 3 if target == "order-details" else 0
    assert (plan.entries_new, plan.entries_known, plan.lines) == (2 - known if not lines else 0, known, lines)
    after = everything(shop)
    assert after != before
    again = make_plan(shop, tmp_path / "list.csv")
    assert (again.entries_new, again.entries_known, again.lines) == (0, plan.entries_new + known, 0)
    assert again.customers_new == 0
    assert not import_plan(shop, again)
    assert everything(shop) == after
    shop.undo()
    assert everything(shop) == before
    shop.redo()
    assert everything(shop) == after


@pytest.mark.parametrize(("target", "text"), CASES)
def test_a_list_goes_into_an_empty_book(book: Book, tmp_path: Path, target: str, text: str) -> None:
    plan = bring(book, tmp_path, text)
    if target == "order-details":
        assert len(plan.problems) == 3
        assert plan.problems[0].reason == "the book has no order A1: bring in the list of orders first"
        return
    assert (plan.entries_new, plan.problems) == (2, ())
    assert bool(plan.notes) == ("A1" in text or "A2" in text)
    assert not import_plan(book, make_plan(book, tmp_path / "list.csv"))
    # What the orders were for comes later: the same list is known all the same.
    import_plan(book, make_plan(book, write(tmp_path, ORDERS, "orders.csv")))
    assert make_plan(book, tmp_path / "list.csv").entries_new == 0


@pytest.mark.parametrize("at", [0, 1])
def test_what_lists_say(shop: Book, tmp_path: Path, at: int) -> None:
    for target, texts in FILES.items():
        if target != "order-details":
            bring(shop, tmp_path, texts[at])
    known = "SELECT {} FROM {} ORDER BY id"
    # The cup that an order had brought stays on sale: nothing was blank there.
    assert shop.rows("SELECT code, price, active FROM product WHERE code <> '' ORDER BY code") == [
        ("C1", 200_000, int(at == 0)), ("T1", 268_000, 1),
    ]  # fmt: skip
    columns = "customer_id, order_id, stage, channel, minutes, staff_id"
    assert shop.rows(known.format(columns, "interaction")) == [
        (1, None, "pre-sale", "wechat", 6, 1), (2, 2, "after-sale", "phone", 13, 1),
    ]  # fmt: skip
    columns = (
        "number, customer_id, order_id, subject, severity, status, settled_at, closed_at, "
        "reply_due_at IS NULL, settle_due_at IS NULL, title <> ''"
    )
    assert shop.rows(known.format(columns, "complaint")) == [
        ("TS-1", 2, 2, "quality", "high", "closed", "2026-11-06 00:00:00", "2026-11-06 00:00:00", 1, 1, 1),
        ("TS-2", 1, 1, "delivery", "urgent", "investigating", None, None, 1, 0, 1),
    ]  # fmt: skip
    columns = "customer_id, order_id, perceived, expected, recommend, rated_at, ended_at"
    assert shop.rows(known.format(columns, "rating")) == [
        (1, 1, 5, 4, 9, "2026-11-07 12:00:00", "2026-11-01 09:00:00"),
        (2, 2, 2, 5, 3, "2026-11-08 12:00:00", "2026-11-02 10:00:00"),
    ]  # fmt: skip
    assert shop.rows(known.format("customer_id, order_id, points, reason", "points_entry")) == [
        (1, 1, 53, "earned"), (1, None, -20, "redeemed"),
    ]  # fmt: skip
    columns = "number, order_id, customer_id, status, shipped_at, arrived_at, cost, direction"
    assert shop.rows(known.format(columns, "shipment")) == [
        ("SF1001", 1, 1, "arrived", "2026-11-02 18:00:00", "2026-11-04 00:00:00", 1200, "out"),
        ("YT2002", 2, 2, "underway", "2026-11-03 18:00:00", None, 650, "out"),
    ]  # fmt: skip
    assert shop.rows(known.format("customer_id, path, seconds, bounced", "visit")) == [
        (1, "/tea", 45, 0), (None, "/cup", 65, 1),
    ]  # fmt: skip
    assert shop.rows(known.format("customer_id, status, score", "lead")) == [
        (3, "qualified", 80),
        (1, "new", None),
    ]
    assert shop.rows("SELECT relation FROM customer ORDER BY id") == [("active",), ("active",), ("prospect",)]


def test_details_take_the_place_of_a_summary(shop: Book, tmp_path: Path) -> None:
    assert shop.rows("SELECT order_id, title, quantity FROM order_line ORDER BY id")[0][0] == 1
    bring(shop, tmp_path, FILES["order-details"][0])
    lines = (
        "SELECT order_id, position, code, name, quantity, unit_price, amount FROM order_line AS l "
        "JOIN product AS p ON p.id = l.product_id ORDER BY order_id, position"
    )
    assert shop.rows(lines) == [
        (1, 1, "T1", "龙井茶", 1.0, 268_000, 2680), (1, 2, "S1", "竹茶匙", 2.0, 134_000, 2680),
        (2, 1, "C1", "白瓷杯", 1.0, 200_000, 2000),
    ]  # fmt: skip
    # The cup of the summary is the one with a code now; "龙井茶 等2种" is no product any more.
    assert shop.rows("SELECT name FROM product ORDER BY code") == [("白瓷杯",), ("竹茶匙",), ("龙井茶",)]
    assert make_plan(shop, write(tmp_path, "订单编号,标题,价格,购买数量\nA2,白瓷杯,20,1\n")).lines == 0
    bring(shop, tmp_path, "订单编号,标题,购买数量\nA2,白瓷杯,1\nA2,杯垫,1\n")
    assert shop.value("SELECT count(*) FROM product WHERE name = '白瓷杯'") == 1
    assert shop.value("SELECT count(*) FROM order_line WHERE order_id = 2") == 2
    bring(shop, tmp_path, "订单编号,标题,购买数量\nA2,茶席,2\n")
    assert shop.rows("SELECT quantity, unit_price, amount FROM order_line WHERE order_id = 2") == [
        (2.0, 100_000, 2000)
    ]


def test_rows_that_say_too_little_stay_out(shop: Book, tmp_path: Path) -> None:
    reasons = {
        "评价时间,评分,内容,手机号\n2026-11-07,,,13800138421\n,5,好,\n2026-11-07,7,,\n": [
            "the rating has neither a score nor a text",
            "the rating has no date",
            "“7” is not a whole number from 1 to 5",
        ],
        "投诉编号,投诉时间,投诉标题,结案时间\nT1,2026-11-07,迟到,2026-11-05\nT2,2026-11-07,,\n"
        "T3,2026-11-07,一,\nT3,2026-11-07,二,\nT4,2026-11-07,三,\nT4,2026-11-07,三,\n": [
            "“结案时间” is before “投诉时间”",
            "the complaint has neither a title nor a text",
            "row 4 of the file has this number already",
        ],
        "变动时间,变动积分,手机号,订单号\n2026-11-07,0,13800138421,\n2026-11-07,5,,\n2026-11-07,5,,A9\n"
        "2026-11-07,5,,A1\n": [
            "the row moves no points",
            "nothing says whose points they are",
            "the book has no order A9, and the row names nobody",
        ],
        "快递单号,快递公司,订单号,运费\nSF1,顺丰,,-3\n,顺丰,,\n": [
            "an amount below nothing",
            "the parcel has neither a number nor an order",
        ],
    }
    for text, expected in reasons.items():
        plan = bring(shop, tmp_path, text)
        assert [problem.reason for problem in plan.problems] == expected
        assert plan.good_rows == plan.rows - len(expected)


def test_what_must_be_placed_is_asked_for(shop: Book, tmp_path: Path) -> None:
    plan = make_plan(shop, write(tmp_path, FILES["visits"][1]))
    unplaced = plan.mapping.with_field(0, "")
    with pytest.raises(UserError, match="lacks a column for Visits"):
        make_plan(shop, plan.table, mapping=unplaced)


def test_somebody_named_only_is_who_the_order_says(shop: Book, tmp_path: Path) -> None:
    rows = "2026-11-07,王丽华,A1,5\n2026-11-07,,A2,4\n2026-11-07,王丽华,A2,4\n"
    plan = bring(shop, tmp_path, f"评价时间,客户,订单号,评分\n{rows}")
    assert plan.customers_new == 1
    assert shop.rows("SELECT customer_id FROM rating ORDER BY id") == [(1,), (2,), (3,)]


def test_a_complaint_without_a_number_gets_the_next_of_its_year(shop: Book, tmp_path: Path) -> None:
    rows = "C-2025-0001,2025-03-01,甲\n,2025-03-02,乙\n,2025-03-03,丙\n,2026-03-03,丁\n"
    text = f"投诉编号,投诉时间,投诉内容\n{rows}"
    bring(shop, tmp_path, text)
    assert shop.rows("SELECT number, title FROM complaint ORDER BY id") == [
        ("C-2025-0001", "甲"), ("C-2025-0002", "乙"), ("C-2025-0003", "丙"), ("C-2026-0001", "丁"),
    ]  # fmt: skip
    assert not import_plan(shop, make_plan(shop, tmp_path / "list.csv"))


def test_the_same_row_twice_in_a_file_is_two_and_stays_two(shop: Book, tmp_path: Path) -> None:
    text = "访问时间,访问页面\n2026-11-01 08:00,/tea\n2026-11-01 08:00,/tea\n2026-11-02,/tea\n"
    bring(shop, tmp_path, text)
    assert shop.value("SELECT count(*) FROM visit") == 3
    assert make_plan(shop, tmp_path / "list.csv").entries_new == 0
    assert make_plan(shop, write(tmp_path, text + "2026-11-01 08:00,/tea\n")).entries_new == 1


def test_ratings_that_came_before_their_orders_are_known_again(book: Book, tmp_path: Path) -> None:
    text = "评价时间,订单号,评分,内容\n2026-11-07,A1,5,好\n2026-11-07,A2,4,好\n"
    bring(book, tmp_path, text)
    import_plan(book, make_plan(book, write(tmp_path, ORDERS, "orders.csv")))
    plan = bring(book, tmp_path, text)
    assert (plan.entries_new, plan.entries_known) == (0, 2)
    assert book.rows("SELECT order_id, customer_id FROM rating ORDER BY id") == [(1, 1), (2, 2)]
    assert not import_plan(book, make_plan(book, tmp_path / "list.csv"))


def test_a_namesake_who_came_with_the_list_takes_nobodys_place(book: Book, tmp_path: Path) -> None:
    import_plan(book, make_plan(book, write(tmp_path, "姓名,手机号\n王丽华,13800138421\n", "people.csv")))
    bring(book, tmp_path, "时间,客户,手机号,内容\n2026-11-07,王丽华,13800138421,问茶\n")
    named = "时间,客户,内容\n2026-11-07,王丽华,问茶\n2026-11-08,王丽华,问杯\n"
    assert bring(book, tmp_path, named).entries_new == 1
    assert bring(book, tmp_path, named).entries_new == 0


def test_a_product_without_a_code_is_not_guessed(book: Book, tmp_path: Path) -> None:
    plan = bring(book, tmp_path, "商品编码,商品名称,售价\nT1,龙井茶,5\n,龙井茶,6\n,白瓷杯,7\n")
    assert [(problem.row, problem.reason) for problem in plan.problems] == [
        (3, "row 2 gives a product of this name a code: give one here, too")
    ]


def test_orders_that_nothing_was_sent_for_are_no_parcels(shop: Book, tmp_path: Path) -> None:
    path = write(tmp_path, "订单编号,物流单号,物流公司,订单状态\nA1,No:SF1001,顺丰,已发货\nA2,,,已发货\n")
    table = read_file(path)
    plan = make_plan(shop, table, mapping=match_columns(table).with_target(table, "shipments"))
    assert (plan.entries_new, plan.left_out, plan.rows, plan.good_rows) == (1, 1, 1, 1)
    import_plan(shop, plan)
    assert shop.rows("SELECT number, carrier, order_id FROM shipment") == [("SF1001", "顺丰", 1)]


def test_lines_that_no_book_can_hold_stay_out(shop: Book, tmp_path: Path) -> None:
    plan = bring(shop, tmp_path, "订单编号,标题,价格,购买数量\nA1,茶,90000000000,90000000000\nA2,杯,20,1\n")
    assert [(problem.row, problem.reason) for problem in plan.problems] == [(2, "the amount is too large")]
    bring(shop, tmp_path, "订单编号,标题,购买数量\nA1,茶,0.0001\n")
    assert shop.value("SELECT amount FROM order_line WHERE order_id = 1") == 5360
