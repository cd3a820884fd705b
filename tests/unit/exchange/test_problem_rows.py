"""Rows that stay out go to a workbook as they were, with the reason; mended, they come in like any file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.core.translation import set_language
from desktop.exchange.plan import ImportPlan, make_plan
from desktop.exchange.problem_rows import write_problem_rows
from desktop.exchange.reading.table import Column, Table
from desktop.exchange.vocabulary.ours import is_reason
from desktop.models.book import Book
from desktop.operations.importing import import_plan

TAOBAO = (
    "订单编号,买家会员名,总金额,买家实际支付金额,订单状态,收货人姓名,收货地址 ,联系手机,订单创建时间,"
    "订单付款时间 ,宝贝标题 ,宝贝总数量,退款金额\n"
    "2193884100271,lihua_tea,536.00,536.00,交易成功,王丽华,浙江省 杭州市 龙井路1号,'13800138421,"
    "2026-11-09 20:14:33,2026-11-09 20:15:00,明前龙井 250g,2,0\n"
    "2193884100272,lihua_tea,免单,60.00,交易成功,王丽华,浙江省 杭州市 龙井路1号,'1380013842,"
    "2026-11-10 09:00:00,2026-11-10 09:01:00,茶漏,1,40.00\n"
)


def rows_of(path: Path) -> list[tuple[object, ...]]:
    book = load_workbook(path)
    found: list[tuple[object, ...]] = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return found


@pytest.mark.parametrize(
    ("language", "header"), [("en", "Why this row stayed out"), ("zh_CN", "未导入的原因")]
)
def test_mended_rows_are_recognised_as_their_file_was(
    book: Book, tmp_path: Path, language: str, header: str
) -> None:
    path = tmp_path / "taobao.csv"
    path.write_bytes(TAOBAO.encode("gb18030"))
    plan = make_plan(book, path)
    import_plan(book, plan)
    set_language(language)
    mended = tmp_path / "mend.xlsx"
    assert write_problem_rows(plan, mended) == 1
    headers, row = rows_of(mended)
    assert headers == (*(name.strip() for name in TAOBAO.splitlines()[0].split(",")), header)
    assert is_reason(header)
    # As they were read: the number is a text, the phone keeps its digits.
    assert row[:3] == ("2193884100272", "lihua_tea", "免单")
    reason = str(row[-1])
    assert "总金额" in reason
    assert "联系手机" in reason
    set_language("en")
    edited = load_workbook(mended)
    sheet = edited.worksheets[0]
    sheet["C2"], sheet["H2"] = "100.00", "13800138421"
    edited.save(mended)
    edited.close()
    again = make_plan(book, mended)
    assert (again.mapping.layout, again.orders_new, again.problems) == ("taobao-orders", 1, ())
    assert again.mapping.columns[-1].field == ""
    import_plan(book, again)
    assert book.row("SELECT count(*), sum(net) FROM orders") == (2, 53600 + 6000)
    assert book.value("SELECT count(*) FROM customer") == 1


def test_an_order_waits_whole_and_its_rows_go_out_together(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_text(
        "order id,order date,item,qty,price\nA1,2026-11-09,Tea,two,1\nA2,2026-11-09,Cup,1,3\n"
        "A1,2026-11-09,Cup,1,3\n",
        encoding="utf-8",
    )
    plan = make_plan(book, path)
    assert write_problem_rows(plan, tmp_path / "mend.xlsx") == 2
    _, *rows = rows_of(tmp_path / "mend.xlsx")
    assert [row[:3] for row in rows] == [("A1", "2026-11-09", "Tea"), ("A1", "2026-11-09", "Cup")]
    assert "row 2 of the same order" in str(rows[1][-1])


def test_dates_and_amounts_stay_what_they_are_and_numbers_of_things_are_texts(
    book: Book, tmp_path: Path
) -> None:
    cells = (
        ("order id", "order date", "paid at", "total", "phone", "x"),
        (1001.0, datetime(2026, 11, 9), datetime(2026, 11, 9, 20, 14), 1234.5, 138001384.0, 5.0),
        (1002.0, datetime(2026, 11, 10), None, 8.0, "=1+1", "y"),
    )  # fmt: skip
    table = Table(tmp_path / "a.xlsx", "xlsx", height=len(cells))
    for at in range(len(cells[0])):
        column = Column()
        for row in cells:
            column.values.append(row[at])
            column.codes.append(len(column.values) - 1)
        table.columns.append(column)
    plan: ImportPlan = make_plan(book, table)
    assert write_problem_rows(plan, tmp_path / "mend.xlsx") == 2
    _, *rows = rows_of(tmp_path / "mend.xlsx")
    assert [row[:6] for row in rows] == [
        ("1001", datetime(2026, 11, 9), datetime(2026, 11, 9, 20, 14), 1234.5, "138001384", "5"),
        ("1002", datetime(2026, 11, 10), None, 8, "=1+1", "y"),
    ]
