"""A platform's export with bad rows: the good ones in, the bad ones mended and in, everything back again."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt

from desktop.models.book import Book
from desktop.views.exchange.done_page import DonePage
from desktop.views.exchange.importer import Importer
from desktop.views.exchange.view import ExchangeView
from tests.journeys.owner import Owner, answer, choose
from tests.screens import Stage

# As Taobao writes them, blanks at their ends and all.
HEADERS = (
    "订单编号", "买家会员名", "买家支付宝账号", "买家应付货款", "总金额", "买家实际支付金额", "订单状态",
    "买家留言", "收货人姓名", "收货地址 ", "联系电话 ", "联系手机", "订单创建时间", "订单付款时间 ",
    "宝贝标题 ", "宝贝总数量", "订单备注", "店铺名称", "退款金额", "确认收货时间", "打款商家金额",
)  # fmt: skip
ORDERS, BAD = 60, 20
NAMES = ("王丽华", "陈志强", "刘晓燕", "张伟", "李娜", "赵敏", "孙悦", "周杰", "吴磊", "郑爽", "冯楠")
START = datetime(2026, 9, 1, 10, 0)

# (column, what spoils it) for every third order, in turn.
SPOILT: tuple[tuple[str, str], ...] = (
    ("订单创建时间", "2026-13-05 09:30:00"),
    ("总金额", "免单"),
    ("联系手机", "'1380000"),
    ("订单编号", "1.23E+18"),
    ("订单状态", "天上飞"),
)


def order(number: int) -> dict[str, str]:
    """One good order as the platform gives it."""
    who = number % len(NAMES)
    placed = START + timedelta(hours=7 * number)
    paid, back = 100 + number, 10 if number % 10 == 0 else 0
    return {
        "订单编号": f'="{4100000000000000000 + number}"', "买家会员名": f"tb_{who:03d}",
        "买家支付宝账号": f"buyer{who}@example.com", "买家应付货款": f"{paid}.00", "总金额": f"{paid}.00",
        "买家实际支付金额": f"{paid - back}.00", "订单状态": "交易成功", "买家留言": "null",
        "收货人姓名": NAMES[who], "收货地址 ": f"浙江省 杭州市 西湖区 龙井路{who}号", "联系电话 ": "",
        "联系手机": f"'138001{who + 1:05d}", "订单创建时间": placed.strftime("%Y-%m-%d %H:%M:%S"),
        "订单付款时间 ": (placed + timedelta(minutes=3)).strftime("%Y-%m-%d %H:%M:%S"),
        "宝贝标题 ": "明前龙井 50g", "宝贝总数量": "1", "订单备注": "", "店铺名称": "一叶茶铺",
        "退款金额": f"{back}.00", "确认收货时间": "", "打款商家金额": f"{paid - back}.00元",
    }  # fmt: skip


def spoilt(number: int) -> tuple[str, str] | None:
    """What is wrong with an order of the file; None for a good one."""
    return SPOILT[number // 3 % len(SPOILT)] if number % 3 == 0 else None


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Sixty orders in the platform's encoding, twenty of them with something wrong."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADERS, lineterminator="\r\n")
    writer.writeheader()
    for number in range(ORDERS):
        wrong = spoilt(number)
        writer.writerow(order(number) | (dict([wrong]) if wrong else {}))
    path = tmp_path / "ExportOrderList202611221000.csv"
    path.write_bytes(text.getvalue().encode("gbk"))
    return path


def mend(path: Path) -> None:
    """What the owner does in a spreadsheet: every spoilt cell gets its right value, the rest stays."""
    workbook = openpyxl.load_workbook(path)
    sheet: Any = workbook.active
    at = {str(cell.value).strip(): cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        moment = sheet.cell(row, at["订单付款时间"]).value
        paid = moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))
        number = round((paid - timedelta(minutes=3) - START) / timedelta(hours=7))
        wrong = spoilt(number)
        assert wrong is not None
        good = order(number)[wrong[0]]
        sheet.cell(row, at[wrong[0].strip()]).value = good.strip('="').lstrip("'")
    workbook.save(path)


def test_twenty_bad_rows_are_mended_and_everything_can_be_taken_back(
    stage: Stage, book: Book, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = Owner(stage)
    choose(monkeypatch, export)
    owner.click("Choose a file…")
    importer = owner.page(ExchangeView).front
    assert isinstance(importer, Importer)
    assert importer.plan is not None
    assert importer.plan.mapping.layout == "taobao-orders"
    assert "GB18030" in importer.banner._facts.whole()
    assert (importer.plan.good_rows, importer.plan.rows) == (ORDERS - BAD, ORDERS)

    # A look at what is wrong, then the good rows in.
    owner.click("See them in a list")
    assert importer.check.problems.model.rowCount() == BAD
    owner.click(f"Import {ORDERS - BAD} rows")
    done = owner.page(ExchangeView).front
    assert isinstance(done, DonePage)
    assert book.value("SELECT count(*) FROM orders") == ORDERS - BAD
    before = book.value("SELECT count(*) FROM customer")

    # The bad ones to a workbook, mended there, and in again.
    mending = tmp_path / "mend.xlsx"
    answer(monkeypatch, "getSaveFileName", mending)
    owner.click("Save the problem rows…")
    stage.settle()
    mend(mending)
    choose(monkeypatch, mending)
    owner.click("Import another file")
    owner.click("Choose a file…")
    importer = owner.page(ExchangeView).front
    assert isinstance(importer, Importer)
    assert importer.plan is not None
    assert importer.plan.mapping.layout == "taobao-orders"
    assert (importer.plan.orders_new, len(importer.plan.problems)) == (BAD, 0)
    owner.click(f"Import {BAD} rows")
    assert book.value("SELECT count(*) FROM orders") == ORDERS
    assert book.value("SELECT count(*) FROM customer") == before
    gross, back = book.row("SELECT sum(paid), sum(refunded) FROM orders")
    assert gross == sum(100 * (100 + number) for number in range(ORDERS))
    assert back == 1000 * (ORDERS // 10)
    digits = {number for (number,) in book.rows("SELECT number FROM orders")}
    assert digits == {str(4100000000000000000 + number) for number in range(ORDERS)}

    # One Undo for each file.
    owner.click("Undo")
    stage.settle()
    assert book.value("SELECT count(*) FROM orders") == ORDERS - BAD
    owner.key(Qt.Key.Key_Z, control=True)
    stage.settle()
    for table in ("orders", "customer", "contact_point", "import_run"):
        assert book.value(f"SELECT count(*) FROM {table}") == 0, table
