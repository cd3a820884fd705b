"""Imported entries are what operations would have made of them; our own lists come in as they went out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.translation import set_language
from desktop.exchange.plan import Mode, make_plan
from desktop.exchange.whole_book.book import export_book
from desktop.models.book import Book
from desktop.operations.complaint_moves import advance_complaint
from desktop.operations.complaint_words import record_reply
from desktop.operations.demo import make_demo
from desktop.operations.importing import import_plan
from desktop.safekeeping.checks import check_book

LISTS = {
    "products": ("product", "code, name, category, unit, price"),
    "interactions": (
        "interaction", "happened_at, stage, channel, title, text, minutes, customer_id IS NULL, "
        "order_id IS NULL, staff_id IS NULL",
    ),
    "complaints": (
        "complaint", "number, received_at, status, severity, title, text, wants, channel, nature, subject, "
        "detail, mood, reply_due_at, replied_at, settle_due_at, settled_at, closed_at, reopened, "
        "rejected_because, customer_id IS NULL, order_id IS NULL, product_id IS NULL",
    ),
    "ratings": (
        "rating", "rated_at, asked_at, ended_at, expected, perceived, effort, recommend, reasons, text, "
        "channel, customer_id IS NULL, order_id IS NULL, complaint_id IS NULL",
    ),
    "points": ("points_entry", "at, points, reason, text, order_id IS NULL, staff_id IS NULL"),
    "shipments": (
        "shipment", "number, carrier, direction, status, shipped_at, arrived_at, cost, ship_to, note, "
        "customer_id IS NULL, order_id IS NULL",
    ),
    "visits": ("visit", "at, channel, path, came_from, seconds, bounced, customer_id IS NULL"),
}  # fmt: skip
"""Each list with its table and what of it a list for people keeps."""


def write(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def bring(book: Book, path: Path, mode: Mode | None = None) -> int:
    """Imports a file; the number of entries that were new."""
    plan = make_plan(book, path, mode=mode)
    assert not plan.problems
    import_plan(book, plan)
    return plan.entries_new


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_our_own_lists_come_in_as_they_went_out(book: Book, tmp_path: Path, language: str) -> None:
    set_language(language)
    make_demo(book, customers=60, today=date(2026, 11, 22), language=language)
    with Book.create(tmp_path / "other.shuke") as other:
        for what in ("customers", "orders"):
            export_book(book, tmp_path / f"{what}.xlsx", what=what)
            import_plan(other, make_plan(other, tmp_path / f"{what}.xlsx"))
        people = other.value("SELECT count(*) FROM customer")
        for what, (table, columns) in LISTS.items():
            path = tmp_path / f"{what}.xlsx"
            export_book(book, path, what=what)
            assert make_plan(other, path).target == what
            bring(other, path)
            whole = f"SELECT {columns} FROM {table} ORDER BY {columns}"
            if what != "products":
                assert other.rows(whole) == book.rows(whole)
            # Where a parcel went may be an address that its customer lacked; more there is not to learn.
            assert bring(book, path) == 0
            for shop in (other, book):
                step = shop.next_undo()
                assert bring(shop, path, Mode(update="newest")) == 0
                assert shop.next_undo() == step, what
        assert other.value("SELECT count(*) FROM customer") == people
        assert not check_book(other)


def test_lists_alone_bring_the_people_they_name(book: Book, tmp_path: Path) -> None:
    make_demo(book, customers=40, today=date(2026, 11, 22), language="en")
    for what in LISTS:
        export_book(book, tmp_path / f"{what}.xlsx", what=what)
    with Book.create(tmp_path / "other.shuke") as other:
        for what, (table, _) in LISTS.items():
            assert bring(other, tmp_path / f"{what}.xlsx") == book.value(f"SELECT count(*) FROM {table}")
        counted = {table: other.value(f"SELECT count(*) FROM {table}") for table, _ in LISTS.values()}
        people = other.value("SELECT count(*) FROM customer")
        for what in LISTS:
            assert bring(other, tmp_path / f"{what}.xlsx") == 0
        assert people == other.value("SELECT count(*) FROM customer")
        assert counted == {table: other.value(f"SELECT count(*) FROM {table}") for table, _ in LISTS.values()}
        while other.next_undo():
            other.undo()
        assert not any(other.value(f"SELECT count(*) FROM {table}") for table, _ in LISTS.values())


COMPLAINTS = (
    "投诉编号,投诉时间,标题,处理状态,程度,首次回复时间,解决时间,结案时间,驳回理由,手机号\n"
    "K1,2026-11-02 10:00,新的,待处理,紧急,,,,,13800138421\n"
    "K2,2026-11-02 10:00,提了方案,已提方案,中,,,,,\n"
    "K3,2026-11-02 10:00,已解决,已解决,高,2026-11-02 11:00,,,,\n"
    "K4,2026-11-02 10:00,只知结案,已结案,高,,,2026-11-02,,\n"
    "K5,2026-11-02 10:00,什么都不知,已结案,高,,,,,\n"
    "K6,2026-11-02 10:00,驳回的,,低,,,2026-11-05,不属实,\n"
    "K7,2026-11-02 10:00,又开了,处理中,低,,2026-11-04,2026-11-05,,\n"
)


def test_complaints_are_consistent_with_their_state(book: Book, tmp_path: Path) -> None:
    bring(book, write(tmp_path, COMPLAINTS))
    rows = book.rows(
        "SELECT number, status, replied_at, settled_at, closed_at, reply_due_at IS NOT NULL, "
        "settle_due_at IS NOT NULL, open FROM complaint ORDER BY number"
    )
    ten = "2026-11-02 10:00:00"
    assert rows == [
        ("K1", "received", None, None, None, 1, 1, 1),
        ("K2", "offered", None, None, None, 0, 1, 1),
        ("K3", "settled", "2026-11-02 11:00:00", "2026-11-02 11:00:00", None, 0, 0, 0),
        ("K4", "closed", None, ten, ten, 0, 0, 0),
        ("K5", "closed", None, None, ten, 0, 0, 0),
        ("K6", "rejected", None, None, "2026-11-05 00:00:00", 0, 0, 0),
        ("K7", "investigating", None, None, None, 0, 1, 1),
    ]
    assert book.value("SELECT settle_due_at FROM complaint WHERE number = 'K1'") == "2026-11-02 12:00:00"
    steps = "SELECT kind, at FROM complaint_step WHERE complaint_id = ? ORDER BY id"
    assert book.rows(steps, (3,)) == [
        ("received", ten), ("reply", "2026-11-02 11:00:00"), ("settled", "2026-11-02 11:00:00"),
    ]  # fmt: skip
    assert book.rows(steps, (6,)) == [("received", ten), ("rejected", "2026-11-05 00:00:00")]
    assert book.value("SELECT open_complaints FROM customer_summary WHERE customer_id = 1") == 1


def test_operations_go_on_with_an_imported_complaint(book: Book, tmp_path: Path) -> None:
    bring(book, write(tmp_path, COMPLAINTS))
    record_reply(book, complaint_id=1, at=datetime(2026, 11, 2, 10, 5))
    advance_complaint(book, complaint_id=1, to="settled", at=datetime(2026, 11, 2, 11))
    assert book.row("SELECT status, settled_at FROM complaint WHERE id = 1") == (
        "settled",
        "2026-11-02 11:00:00",
    )
    # The file knew less than the book does now; it changes nothing without being asked to.
    assert not import_plan(book, make_plan(book, tmp_path / "list.csv", mode=Mode(update="fill")))


def test_a_later_file_completes_what_the_book_knows(book: Book, tmp_path: Path) -> None:
    bring(book, write(tmp_path, "投诉编号,投诉时间,标题,处理状态\nK1,2026-11-02 10:00,迟到,处理中\n"))
    row = "K1,2026-11-02 10:00,迟到,已结案,2026-11-04 09:00,退运费"
    path = write(tmp_path, f"投诉编号,投诉时间,标题,处理状态,结案时间,诉求\n{row}\n")
    assert bring(book, path, Mode(update="newest")) == 0
    assert book.row("SELECT status, settled_at, closed_at, wants FROM complaint") == (
        "closed", "2026-11-04 09:00:00", "2026-11-04 09:00:00", "退运费",
    )  # fmt: skip
    book.undo()
    assert book.row("SELECT status, settled_at, wants FROM complaint") == ("investigating", None, "")


def test_a_lead_never_makes_less_of_a_customer(book: Book, tmp_path: Path) -> None:
    import_plan(book, make_plan(book, write(tmp_path, "姓名,手机号,客户关系\n李雷,13900139000,流失客户\n")))
    rows = "李雷,13900139000,新线索,茶,\n韩梅,13700137000,已成交,茶,2026-11-03\n"
    path = write(tmp_path, f"姓名,手机号,线索状态,意向,成交时间\n{rows}")
    bring(book, path, Mode(update="newest"))
    assert book.rows("SELECT name, relation FROM customer ORDER BY id") == [
        ("李雷", "lost"),
        ("韩梅", "active"),
    ]
    assert book.rows("SELECT customer_id, status, found_at FROM lead ORDER BY id")[1] == (
        2, "converted", "2026-11-03 00:00:00",
    )  # fmt: skip
    assert bring(book, path) == 0


def test_update_only_brings_no_entries(book: Book, tmp_path: Path) -> None:
    path = write(tmp_path, "访问时间,页面\n2026-11-01,/tea\n")
    assert bring(book, path, Mode(add=False)) == 0
    assert not book.value("SELECT count(*) FROM visit")
    assert bring(book, path) == 1


def test_many_visits_are_one_step(book: Book, tmp_path: Path) -> None:
    rows = "".join(
        f"2026-11-01 {n // 3600:02}:{n // 60 % 60:02}:{n % 60:02},/p{n % 90},{n % 7}\n" for n in range(30_000)
    )
    path = write(tmp_path, f"Visited at,Page,Dwell seconds\n{rows}")
    assert bring(book, path) == 30_000
    assert book.value("SELECT count(*) FROM change WHERE tbl = 'visit'") <= 2
    assert make_plan(book, path).entries_new == 0
    book.undo()
    assert not book.value("SELECT count(*) FROM visit")
