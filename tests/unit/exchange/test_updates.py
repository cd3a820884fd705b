"""The preview of changes: any page of it, in the words of the language spoken, whatever is changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.translation import set_language
from desktop.exchange.plan import ImportPlan, Mode, make_plan
from desktop.models.book import Book
from desktop.operations.importing import import_plan
from desktop.operations.settings import set_book_setting

CUSTOMERS = "姓名,手机号,性别,城市,客户类型,标签\n"
ORDERS = "order id,order date,status,total,paid,paid at,phone,name\n"


@pytest.fixture
def shop(book: Book, tmp_path: Path) -> Book:
    people = "".join(f"客户{n},1380013{n:04},,,,\n" for n in range(5))
    import_plan(book, plan_of(book, tmp_path, CUSTOMERS + people))
    orders = "".join(f"{n},2026-11-09 10:00,pending,1234.5,0,,1380013{n:04},\n" for n in range(5))
    import_plan(book, plan_of(book, tmp_path, ORDERS + orders))
    return book


def plan_of(book: Book, folder: Path, text: str, mode: Mode | None = None) -> ImportPlan:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return make_plan(book, path, mode=mode)


def test_every_page_is_a_part_of_the_whole(shop: Book, tmp_path: Path) -> None:
    text = ORDERS + "".join(
        f"{n},2026-11-09 10:00,completed,1234.5,1000,2026-11-10 08:30,1380013{n:04},\n" for n in range(5)
    )
    updates = plan_of(shop, tmp_path, text).updates
    assert (len(updates), updates.orders, updates.customers, updates.conflicts) == (15, 5, 0, 10)
    whole = updates.preview(0, 99)
    assert [(one.field, one.old, one.new) for one in whole[:3]] == [
        ("status", "Unpaid", "Completed"), ("paid", "¥0.00", "¥1,000.00"),
        ("paid at", "", "2026-11-10 08:30"),
    ]  # fmt: skip
    for first in range(16):
        for count in (0, 1, 2, 7):
            assert updates.preview(first, count) == whole[first : first + count]


def test_customers_come_before_orders_in_every_language(shop: Book, tmp_path: Path) -> None:
    set_book_setting(shop, key="shop.currency", value="GBP")
    people = CUSTOMERS + "王丽华,13800130000,女,杭州,企业,老客户\n"
    ask = plan_of(shop, tmp_path, people, Mode(update="ask"))
    assert [(one.who, one.field, one.old, one.new, one.conflict) for one in ask.updates.preview(0, 9)] == [
        ("客户0", "name", "客户0", "王丽华", True),
        ("客户0", "kind", "Individual", "Company", True),
        ("客户0", "gender", "", "Female", False),
        ("客户0", "region", "", "杭州", False),
        ("客户0", "tag", "", "老客户", False),
    ]
    set_language("zh_CN")
    shown = ask.updates.preview(1, 2)
    assert [(one.old, one.new) for one in shown] == [("个人", "企业"), ("", "女")]
    both = plan_of(shop, tmp_path, ORDERS + "0,2026-11-09 10:00,paid,99.5,99.5,,13800130000,王丽华\n")
    (one, other) = both.updates.preview(1, 2)
    assert (one.table, one.new, other.new) == ("orders", "£99.50", "£99.50")


def test_pages_over_two_tables(shop: Book, tmp_path: Path) -> None:
    shop.db.execute_sql("UPDATE customer SET name = '' WHERE id < 4")
    text = ORDERS + "".join(f"{n},2026-11-09 10:00,paid,1234.5,,,1380013{n:04},N{n}\n" for n in range(5))
    updates = plan_of(shop, tmp_path, text).updates
    whole = updates.preview(0, 99)
    assert [one.table for one in whole] == ["customer"] * 3 + ["orders"] * 10
    for first in range(14):
        assert updates.preview(first, 4) == whole[first : first + 4]


def test_a_preview_of_a_book_that_changed_meanwhile_is_shorter_but_never_wrong(
    shop: Book, tmp_path: Path
) -> None:
    plan = plan_of(shop, tmp_path, ORDERS + "0,2026-11-09 10:00,paid,1234.5,1234.5,,,\n")
    assert len(plan.updates.preview(0, 9)) == 2
    import_plan(shop, plan)
    assert (len(plan.updates), plan.updates.preview(0, 9)) == (2, [])
    # The plan is compared once more, and nothing is done twice.
    assert not import_plan(shop, plan)


def test_a_complaint_moves_on_consistently_and_only_once(book: Book, tmp_path: Path) -> None:
    head = "complaint number,complaint date,title,complaint status,severity,settled at,phone,name\n"
    import_plan(
        book, plan_of(book, tmp_path, head + "T1,2026-11-09 10:00,Leaks,received,low,,13800138421,W\n")
    )
    later = head + "T1,2026-11-09 10:00,Leaks,settled,high,2026-11-12 09:00,13800138421,W\n"
    fill = plan_of(book, tmp_path, later)
    # A moment alone would make no sense while the complaint is open.
    assert (fill.target, fill.entries_known, len(fill.updates)) == ("complaints", 1, 0)
    plan = plan_of(book, tmp_path, later, Mode(update="newest"))
    assert [(one.who, one.field, one.old, one.new) for one in plan.updates.preview(0, 9)] == [
        ("T1", "severity", "Low", "High"), ("T1", "status", "Received", "Settled"),
        ("T1", "settled at", "", "2026-11-12 09:00"),
    ]  # fmt: skip
    assert import_plan(book, plan)
    assert book.row("SELECT status, severity, settled_at FROM complaint") == (
        "settled", "high", "2026-11-12 09:00:00",
    )  # fmt: skip
    assert not import_plan(book, plan_of(book, tmp_path, later, Mode(update="newest")))
    book.undo()
    assert book.row("SELECT status, severity, settled_at FROM complaint") == ("received", "low", None)
