"""The whole book as a workbook and back: not a field of any table is lost, in any language."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.core.translation import set_language
from desktop.exchange.whole_book.book import MARKER, WHAT, export_book, is_whole_book
from desktop.exchange.whole_book.subjects import SUBJECTS
from desktop.models.book import Book
from desktop.models.history import Step
from desktop.models.migrations import JOURNALLED
from desktop.operations.demo import make_demo
from desktop.operations.restoring import MODELS, is_empty, restore_book
from desktop.queries import everything

NOW = "2026-11-09 20:14:33"
NASTY = "=1+1\r\n\t<&>\x00\x1f_x0041_\ufffe 茶𠮷 '\"\\ "
LONG = "长\x01" * 40_000


def fill(step: Step) -> None:
    """At least one record in every table, with the values that are hardest to carry."""

    def add(table: str, **values: object) -> int:
        return step.insert(MODELS[table], **values)

    staff = add("staff", name="\\小李", role="", active=0)
    run = add("import_run", at=NOW, file_name="a.csv", target="orders", mapping='{"列": "x"}', staff_id=staff)
    add("setting", key="shop.name", value='"熟客茶铺"')
    add("setting", key="shop.currency", value='"JPY"')
    first = add("customer", name=NASTY, created_at="1899-12-30 00:00:01", import_run_id=run, notes=LONG)
    second = add(
        "customer", name="", kind="company", relation="not-a-customer", birthday="--07-07", birthday_leap=1,
        birthday_calendar="lunar", referred_by=first, custom='{"忌口": "花生"}', created_at=NOW,
        checked_on=739_000,
    )  # fmt: skip
    step.update(MODELS["customer"], first, referred_by=second)
    # Channels that bear the names of others, and one that looks like our own escape.
    for at, channel in enumerate(("wechat", "WeChat", "\\WeChat", "", "微信", "\\")):
        add(
            "contact_point", customer_id=second, kind="account", channel=channel, value=f" {at}", norm=str(at)
        )
    tag = add("tag", name="老客", tone="amber")
    add("customer_tag", customer_id=first, tag_id=tag)
    add("custom_field", name="忌口", type="yesno", options='["a"]', position=3)
    add("segment", name="远方", condition='{"region": "新疆"}')
    product = add("product", code="0012", name="明前龙井", price=35_001, active=1)
    add("product", code=None, name="nothing known", price=None)
    order = add(
        "orders", number="219388410027", channel="taobao", customer_id=first, status="returned",
        placed_at=NOW, total=-9_007_199_254_740_993, refunded=123_456_789, import_run_id=run, staff_id=staff,
    )  # fmt: skip
    step.delete(MODELS["orders"], [add("orders", placed_at=NOW)])
    add("order_line", order_id=order, product_id=product, quantity=0.1 + 0.2, unit_price=-1, amount=10**15)
    add("order_line", order_id=order, quantity=1e300, title="  ")
    case = add("service_case", number="S-1", customer_id=first, order_id=order, kind="repair", opened_at=NOW)
    add("case_step", case_id=case, title="x", done_at=NOW)
    complaint = add("complaint", number="C-1", customer_id=first, received_at=NOW, title="碎了", mood="")
    later = add("complaint", number="C-2", received_at=NOW, title="t", mood="vent", follows=complaint)
    step.update(MODELS["complaint"], complaint, follows=later)
    add("complaint_step", complaint_id=later, at=NOW, kind="waiting")
    add("complaint_subject", subject="contract", title=NASTY, active=0)
    add("complaint_alias", number="C-0", complaint_id=later)
    add("complaint_link", complaint_id=later, linked_id=complaint, kind="split")
    add("answer", title="=x", text=NASTY, place="complaint", mood="vent", uses=3, used_at=NOW)
    add("promise", complaint_id=later, text="t", made_at=NOW, due_at="9999-12-31 23:59:59", outcome="kept")
    add("remedy", complaint_id=later, kind="partial-refund", cost=0, given_at=NOW)
    add("interaction", customer_id=first, case_id=case, stage="in-sale", happened_at=NOW, minutes=0, pinned=1)
    add("rating", customer_id=first, complaint_id=later, ended_at=NOW, expected=5, recommend=0)
    add("task", title="x", customer_id=first, due_day=1, repeat="weekly", origin="rule", created_at=NOW)
    add("task", title="y", due_day=-3, created_at=NOW)
    add("lead", customer_id=second, found_at=NOW, status="converted", score=0, cost=1, converted_at=NOW)
    add("points_entry", customer_id=first, order_id=order, at=NOW, points=-(2**53) - 1, reason="expired")
    add("shipment", number="SF0012", customer_id=first, shipped_at=NOW, direction="back", import_run_id=run)
    add("visit", channel="taobao", at=NOW, path="/茶?a=1", seconds=0, bounced=1)
    taken = json.dumps({"name": ["a", NASTY]})
    add("merge", kept_id=first, gone_id=99, at=NOW, gone='{"customer": {}}', taken=taken)
    add("not_same", one_id=first, other_id=second, at=NOW)
    add("doubt", one_id=first, other_id=second, kind="phone", value="138", import_run_id=run)
    data = bytes(range(256)) * 500
    digest = hashlib.sha256(data).hexdigest()
    add(
        "attachment",
        subject="customer",
        subject_id=first,
        name="a.jpg",
        added_at=NOW,
        sha256=digest,
        data=data,
    )
    line = add("order_line", order_id=order, title="=2", quantity=2)
    add("case_item", case_id=case, order_line_id=line, product_id=product, quantity=1e-9, amount=-5)
    add("process_step", process="in-sale", title="x", hours=1, fact="paid")
    stage = add("checklist", stage="pre-sale", customer_id=second, order_id=order, opened_at=NOW)
    add("checklist_step", checklist_id=stage, title="x", fact="rated", done_at=NOW, note=NASTY)
    add("relationship", customer_id=first, related_id=second, kind="employer", note=NASTY)
    add("consent", customer_id=first, purpose="share", given=0, at=NOW, channel="wechat")
    add("privacy_request", kind="erase", name="=x", received_at=NOW, done_at=NOW)
    add("attachment", subject="customer", subject_id=99, name="empty", added_at=NOW, sha256="", data=b"")


@pytest.fixture
def full(book: Book) -> Book:
    """A book with hard values in every table."""
    with book.step("Fill") as step:
        fill(step)
    return book


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Book]:
    """The empty book that a workbook goes into."""
    other = Book.create(tmp_path / "fresh.shuke")
    yield other
    other.close()


def contents(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Every field of every journalled table."""
    return {
        table: book.rows(
            f"SELECT {', '.join(everything.stored_columns(book, table))} FROM {table} ORDER BY id".replace(
                " repeat,", ' "repeat",'
            )
        )
        for table in JOURNALLED
    }


def test_every_table_and_field_has_its_place(book: Book) -> None:
    assert {subject.table for subject in SUBJECTS} == set(JOURNALLED) == set(MODELS)
    for subject in SUBJECTS:
        kept = everything.stored_columns(book, subject.table)
        assert {field.key for field in subject.fields} == set(kept), subject.table


@pytest.mark.parametrize(("spoken", "heard"), [("en", "zh_CN"), ("zh_CN", "en")])
def test_the_whole_book_comes_back_equal(
    full: Book, fresh: Book, tmp_path: Path, spoken: str, heard: str
) -> None:
    path = tmp_path / "whole.xlsx"
    before = contents(full)
    assert all(before.values())
    set_language(spoken)
    assert export_book(full, path) == sum(map(len, before.values()))
    set_language(heard)
    assert is_whole_book(path)
    changes = restore_book(fresh, path)
    assert changes.touches("customer")
    assert contents(fresh) == before
    derived = "SELECT * FROM customer_summary ORDER BY customer_id"
    assert fresh.rows(derived) == full.rows(derived)
    fresh.undo()
    assert is_empty(fresh)
    fresh.redo()
    assert contents(fresh) == before


def test_the_sample_shop_comes_back_equal(book: Book, fresh: Book, tmp_path: Path) -> None:
    make_demo(book, customers=60, seed=7, today=date(2026, 11, 22), language="zh_CN")
    path = tmp_path / "whole.xlsx"
    export_book(book, path)
    restore_book(fresh, path)
    assert contents(fresh) == contents(book)


def test_a_book_that_is_not_empty_is_left_alone(full: Book, tmp_path: Path) -> None:
    path = tmp_path / "whole.xlsx"
    export_book(full, path)
    before = contents(full)
    with pytest.raises(UserError, match="not empty"):
        restore_book(full, path)
    assert contents(full) == before


def test_columns_and_rows_may_have_been_moved(full: Book, fresh: Book, tmp_path: Path) -> None:
    path = tmp_path / "whole.xlsx"
    export_book(full, path)
    book = openpyxl.load_workbook(path)
    sheet = book["Products"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    moved = [row[::-1] for row in [*rows[:2], *rows[:1:-1]]]
    for at, row in enumerate(moved, 1):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column).value = value
    book.save(path)
    restore_book(fresh, path)
    before, after = contents(full), contents(fresh)
    assert after["product"] == before["product"]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("Order lines", "C3", 77, "row 3"),
        ("Orders", "K3", "free", "Amount paid"),
        ("Customers", "A4", None, "no number"),
    ],
)
def test_a_workbook_that_no_longer_fits_is_refused_whole(
    full: Book, fresh: Book, tmp_path: Path, sheet: str, cell: str, value: object, said: str
) -> None:
    path = tmp_path / "whole.xlsx"
    export_book(full, path)
    book = openpyxl.load_workbook(path)
    book[sheet][cell].value = value
    book.save(path)
    with pytest.raises(UserError, match=said):
        restore_book(fresh, path)
    assert is_empty(fresh)


def test_a_whole_book_is_known_by_its_marker(full: Book, tmp_path: Path) -> None:
    assert not is_whole_book(tmp_path / "gone.xlsx")
    (tmp_path / "text.xlsx").write_text(MARKER)
    assert not is_whole_book(tmp_path / "text.xlsx")
    export_book(full, tmp_path / "orders.xlsx", what="orders")
    assert not is_whole_book(tmp_path / "orders.xlsx")
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as odd:
        odd.writestr("a", "b")
    assert not is_whole_book(tmp_path / "odd.zip")


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_each_list_is_written(full: Book, tmp_path: Path, what: str, language: str) -> None:
    set_language(language)
    path = tmp_path / f"{what}.xlsx"
    count = export_book(full, path, what=what, today=date(2026, 11, 22))
    book = openpyxl.load_workbook(path)
    if what != "book":
        assert book.worksheets[0].max_row == count + 1
    titles = [cell.value for cell in book.worksheets[0][2 if what == "book" else 1]]
    assert len(titles) == len(set(titles)) > 3
    assert all(titles)
    book.close()


class _Stopping(Progress):
    def report(self, done: int, total: int = 0, text: str = "") -> None:
        if "Order" in text:
            raise Cancelled


def test_cancelling_the_way_out_or_in_leaves_nothing(full: Book, fresh: Book, tmp_path: Path) -> None:
    path = tmp_path / "whole.xlsx"
    with pytest.raises(Cancelled):
        export_book(full, path, progress=_Stopping())
    assert not path.exists()
    export_book(full, path)
    with pytest.raises(Cancelled):
        restore_book(fresh, path, progress=_Stopping())
    assert is_empty(fresh)


HOSTILE = (
    "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r", "\n", " \u3000 ", "'0012", "\x00",
    "\x0b\x1f\x7f\x85", "_x0000_", "_x005F_x0041_", "a\r\nb\rc\nd", "茶" * 33_000, "x\x01" * 16_400,
    "\U0001f469\u200d\U0001f467\U0001f3f4\U000e0067\U000e007f", "\ufeff", "\ufffe\uffff", "\u202eabc",
    "1.38E+10", "TRUE", "#N/A", "2026-11-22", "<&>\"']]>", "\\", "\\\\x", "{not json", "e\u0301", "NULL",
    "\ud7ff\ue000",
)  # fmt: skip


@pytest.mark.parametrize(("spoken", "heard"), [("en", "zh_CN"), ("zh_CN", "en")])
def test_the_sample_shop_with_hostile_texts_comes_back_equal(
    book: Book, fresh: Book, tmp_path: Path, spoken: str, heard: str
) -> None:
    make_demo(book, customers=80, seed=9, today=date(2026, 11, 22), language=spoken)
    _make_hostile(book)
    before = contents(book)
    told = {text for rows in before.values() for row in rows for text in row}
    assert set(HOSTILE) <= told
    path = tmp_path / "whole.xlsx"
    set_language(spoken)
    export_book(book, path)
    set_language(heard)
    restore_book(fresh, path)
    after = contents(fresh)
    for table, rows in before.items():
        assert after[table] == rows, table


def _make_hostile(book: Book) -> None:
    """Every free text of every table is one of those above in some record."""
    turn = 0
    with book.step("Make hostile") as step:
        for subject in SUBJECTS:
            told = str(book.value("SELECT sql FROM sqlite_schema WHERE name = ?", (subject.table,)))
            free = [one.key for one in subject.fields if one.kind == "text"]
            ids = [row for (row,) in book.rows(f'SELECT id FROM "{subject.table}" ORDER BY id LIMIT 9')]
            for record in ids if free and subject.table != "setting" else ():
                values = {}
                for at, key in enumerate(free):
                    text = HOSTILE[(turn + at) % len(HOSTILE)]
                    # A number behind it keeps what must differ different.
                    text = f"{text}{record}" if key in ("number", "norm", "code", "name", "sha256") else text
                    values[key] = json.dumps({text: text}) if f"json_valid({key})" in told else text
                step.update(MODELS[subject.table], record, **values)
                turn += 1


def test_a_workbook_of_the_first_schema_still_comes_in(
    book: Book, fresh: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_demo(book, customers=60, seed=7, today=date(2026, 11, 22), language="zh_CN")
    later = {"lead", "points_entry", "shipment", "visit", "merge", "not_same", "doubt"}
    gained = {("product", "import_run_id"), ("complaint", "import_run_id"), ("rating", "import_run_id")}
    first = tuple(
        replace(one, fields=tuple(f for f in one.fields if (one.table, f.key) not in gained))
        for one in SUBJECTS
        if one.table not in later
    )
    path = tmp_path / "whole.xlsx"
    with monkeypatch.context() as patched:
        patched.setattr("desktop.exchange.whole_book.book.SUBJECTS", first)
        patched.setattr(Book, "schema", 1)
        export_book(book, path)
    restore_book(fresh, path)
    before, after = contents(book), contents(fresh)
    for table in set(before) - later:
        assert after[table] == before[table], table
    assert not any(after[table] for table in later)
