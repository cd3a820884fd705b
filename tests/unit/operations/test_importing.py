"""Writing an import: one step, whole or not at all, whatever stops it; the same file twice is once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from desktop.analytics.intervals import rate
from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.exchange.plan import ImportPlan, make_plan
from desktop.models.book import Book
from desktop.operations.importing import import_plan
from desktop.queries.insight_cohorts import cohort_report
from desktop.queries.insight_products import product_report
from desktop.queries.insight_repeat import repeat_report
from desktop.queries.insight_scope import insight_scope
from desktop.queries.insight_segments import segment_report

ROOT = Path(__file__).resolve().parents[3]
TABLES = (
    "customer",
    "contact_point",
    "orders",
    "order_line",
    "product",
    "tag",
    "customer_tag",
    "custom_field",
    "staff",
)
CUSTOMERS = (
    "姓名,手机号,性别,生日,标签,城市,地址,备注,茶龄,注册时间\n"
    "王丽华,13800138421,女,1988-09-15,老客户;送礼,杭州,浙江省杭州市西湖区龙井路1号,只喝明前,12年,2024-03-01\n"
    "李雷,13900139000,男,,老客户,上海,,,3年,\n"
    ",,,,,,,无名,,\n"
)


def write(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def many_orders(folder: Path, orders: int = 30_000) -> Path:
    rows = "".join(f"A{n},2026-11-09 10:00:00,Tea {n % 50},2,1.5,Clerk,c{n % 900}\n" for n in range(orders))
    return write(folder, f"order id,order date,item,qty,price,clerk,account\n{rows}")


def counts(book: Book) -> dict[str, int]:
    return {table: book.value(f"SELECT count(*) FROM {table}") for table in TABLES}


def test_a_customer_list_goes_in_with_everything(book: Book, tmp_path: Path) -> None:
    plan = make_plan(book, write(tmp_path, CUSTOMERS), mapping=["茶龄=customer.custom"])
    assert (plan.target, plan.customers_new, plan.good_rows) == ("customers", 2, 2)
    assert [(problem.row, problem.reason) for problem in plan.problems] == [
        (4, "the row has neither a name nor a way to reach the customer")
    ]
    changes = import_plan(book, plan)
    assert changes.touches("customer", "contact_point", "customer_tag")
    columns = "name, gender, birthday, region, notes, custom, created_at"
    assert book.row(f"SELECT {columns} FROM customer WHERE id = 1") == (
        "王丽华", "female", "1988-09-15", "杭州", "只喝明前", '{"茶龄": "12年"}', "2024-03-01 00:00:00",
    )  # fmt: skip
    assert book.rows("SELECT kind, norm, main FROM contact_point WHERE customer_id = 1 ORDER BY id") == [
        ("phone", "13800138421", 1),
        ("address", "浙江省杭州市西湖区龙井路1号", 1),
    ]
    assert book.rows(
        "SELECT tag.name, count(*) FROM tag JOIN customer_tag ON tag_id = tag.id GROUP BY 1 ORDER BY 1"
    ) == [
        ("老客户", 2),
        ("送礼", 1),
    ]
    assert book.rows("SELECT name FROM custom_field") == [("茶龄",)]
    assert book.value("SELECT customer_id FROM customer_summary WHERE sort_name <> '' LIMIT 1") is not None


def test_an_import_remembers_its_file_and_is_one_step(book: Book, tmp_path: Path) -> None:
    before = counts(book)
    path = many_orders(tmp_path, 100)
    changes = import_plan(book, make_plan(book, path))
    assert (changes.label, changes.args) == ("Import {file}", {"file": "file.csv"})
    name, digest, target, kept, run_counts = book.row(
        "SELECT file_name, file_hash, target, mapping, counts FROM import_run"
    )
    assert (name, target, len(digest)) == ("file.csv", "orders", 64)
    assert json.loads(kept)["qty"] == "line.quantity"
    assert json.loads(run_counts) == {
        "rows": 100, "customers": {"new": 100, "matched": 0}, "orders": {"new": 100, "known": 0},
        "lines": 100, "problems": 0, "mode": "newest", "entries": {"new": 0, "known": 0}, "left_out": 0,
        "not_there": 0, "doubts": 0, "updated": {"customers": 0, "orders": 0, "entries": 0, "fields": 0},
    }  # fmt: skip
    assert (
        book.value("SELECT count(*) FROM orders WHERE import_run_id = 1 AND customer_id IS NOT NULL") == 100
    )
    assert book.value("SELECT sum(occasions) FROM customer_summary") == 100
    book.undo()
    assert counts(book) == before
    assert book.next_undo() is None
    book.redo()
    assert counts(book)["order_line"] == 100


def test_the_same_file_twice_changes_nothing(book: Book, tmp_path: Path) -> None:
    for path in (many_orders(tmp_path, 100), write(tmp_path, CUSTOMERS, "customers.csv")):
        import_plan(book, make_plan(book, path))
        before, step = counts(book), book.next_undo()
        plan = make_plan(book, path)
        assert (plan.customers_new, plan.orders_new, plan.lines) == (0, 0, 0)
        assert not import_plan(book, plan)
        assert counts(book) == before
        assert book.next_undo() == step


def test_a_plan_made_before_the_book_changed_brings_nothing_twice(book: Book, tmp_path: Path) -> None:
    first = make_plan(book, many_orders(tmp_path, 50))
    second = make_plan(book, many_orders(tmp_path, 60))
    import_plan(book, first)
    assert second.orders_new == 60
    import_plan(book, second)
    assert book.value("SELECT count(*) FROM orders") == 60
    assert book.value("SELECT count(*) FROM product") == 50


class _StopAt(Progress):
    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.heard: list[tuple[int, int]] = []

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        self.heard.append((done, total))
        if done >= self.rows:
            raise Cancelled


def test_cancelling_leaves_the_book_as_it_was(book: Book, tmp_path: Path) -> None:
    plan = make_plan(book, many_orders(tmp_path, 30_000))
    before = counts(book)
    stopping = _StopAt(25_000)
    with pytest.raises(Cancelled):
        import_plan(book, plan, progress=stopping)
    assert {total for _, total in stopping.heard} == {900 + 30_000 + 30_000}
    assert counts(book) == before
    assert book.next_undo() is None
    assert import_plan(book, plan)


def test_a_full_disk_is_told_and_leaves_the_book_as_it_was(book: Book, tmp_path: Path) -> None:
    plan = make_plan(book, many_orders(tmp_path, 5_000))
    pages = book.value("PRAGMA page_count")
    book.db.execute_sql(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(UserError, match="disk is full"):
        import_plan(book, plan)
    book.db.execute_sql("PRAGMA max_page_count = 1000000")
    assert not any(counts(book).values())
    assert import_plan(book, plan)


_IMPORT = """
import sys
from desktop.core.progress import Progress
from desktop.exchange.plan import make_plan
from desktop.models.book import Book
from desktop.operations.importing import import_plan

class Tell(Progress):
    def report(self, done, total=0, text=""):
        if done > 21_000:
            print("writing", flush=True)
            sys.stdin.read()

with Book.open(sys.argv[1]) as book:
    plan = make_plan(book, sys.argv[2])
    import_plan(book, plan, progress=Tell())
"""


def test_a_killed_import_leaves_the_book_whole(tmp_path: Path) -> None:
    path, file = tmp_path / "shop.shuke", many_orders(tmp_path)
    Book.create(path).close()
    child = subprocess.Popen(
        [sys.executable, "-c", _IMPORT, str(path), str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stdin is not None
    try:
        assert child.stdout.readline().strip() == b"writing"
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
        child.stdin.close()
    with Book.open(path) as book:
        assert not any(counts(book).values())
        assert book.value("PRAGMA quick_check") == "ok"
        assert book.next_undo() is None


@pytest.fixture(scope="module")
def retail_plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportPlan]:
    path = ROOT.parent / "shared" / "data" / "online_retail" / "online_retail.xlsx"
    if not path.is_file():
        pytest.skip("the shared data is not beside this checkout")
    file = tmp_path_factory.mktemp("retail") / "shop.shuke"
    with Book.create(file) as book:
        plan = make_plan(book, path)
        import_plan(book, plan)
    return file, plan


def test_the_figures_of_online_retail(retail_plan: tuple[Path, ImportPlan]) -> None:
    file, plan = retail_plan
    assert (plan.rows, plan.orders_new, plan.customers_new, plan.lines) == (541_909, 25_900, 4_372, 541_909)
    assert plan.problems == ()
    lines = "FROM order_line AS line JOIN orders ON orders.id = line.order_id"
    worth = "round(sum(unit_price / 10000.0 * quantity), 3)"
    with Book.open(file) as book:
        assert book.row(f"SELECT count(*), {worth} {lines}") == (541_909, 9_747_747.934)
        assert book.value("SELECT count(*) FROM orders") == 25_900
        assert book.value("SELECT count(*) FROM customer") == 4_372
        assert book.value(f"SELECT count(*) {lines} WHERE customer_id IS NULL") == 135_080
        assert book.row(f"SELECT count(*), count(DISTINCT order_id) {lines} WHERE status = 'returned'") == (
            9_288,
            3_836,
        )
        kept = "WHERE status <> 'returned' AND customer_id IS NOT NULL"
        assert book.row(f"SELECT count(*), count(DISTINCT customer_id), {worth} {lines} {kept}") == (
            397_924, 4_339, 8_911_407.904,
        )  # fmt: skip
        gross, refunds, net = book.row("SELECT sum(paid), sum(refunded), sum(net) FROM orders")
        assert gross - refunds == net == book.value("SELECT sum(amount) FROM order_line")
        assert net == 9_747_747_93
        assert book.row("SELECT kind, channel, norm FROM contact_point WHERE norm = '17850'") == (
            "account",
            "",
            "17850",
        )
        assert book.value("SELECT region FROM customer WHERE name = '17850'") == "United Kingdom"


def test_what_sells_together_in_online_retail(retail_plan: tuple[Path, ImportPlan]) -> None:
    file, _ = retail_plan
    end = date(2011, 12, 10)
    with Book.open(file) as book:
        scope = insight_scope(book, start=date(2010, 12, 1).toordinal(), end=end.toordinal(), today=end)
        report = product_report(scope)
        green, roses = (
            book.value("SELECT id FROM product WHERE code = ?", (code,)) for code in ("22697", "22699")
        )
        cups = report.companions(green)
        at = cups.second.tolist().index(roses)
        # The same cup in another colour: known from every study of this file.
        assert at <= 1
        counted = book.row(
            "WITH bought AS (SELECT iif(customer_id IS NULL, 'o' || orders.id, customer_id || ' ' || day) "
            "AS basket, product_id FROM orders JOIN order_line ON order_id = orders.id WHERE purchase = 1 "
            "GROUP BY 1, 2) SELECT (SELECT count(*) FROM bought AS a JOIN bought AS b USING (basket) "
            "WHERE a.product_id = ?1 AND b.product_id = ?2), "
            "(SELECT count(*) FROM bought WHERE product_id = ?1), "
            "(SELECT count(*) FROM bought WHERE product_id = ?2), (SELECT count(DISTINCT basket) FROM bought "
            "WHERE product_id IS NOT NULL)",
            (green, roses),
        )
        assert (cups.n[at], cups.of_first[at], cups.of_second[at], cups.total) == counted
        assert 0.6 < counted[0] / counted[1] < 0.9
        assert cups.low[at] > 10
        assert report.now.net.sum() == book.value(
            "SELECT sum(amount) FROM order_line JOIN orders ON order_id = orders.id WHERE purchase = 1"
        )


def test_online_retail_once_more_is_known_whole(retail_plan: tuple[Path, ImportPlan]) -> None:
    file, plan = retail_plan
    with Book.open(file) as book:
        begun = time.monotonic()
        again = make_plan(book, plan.table, mapping=plan.mapping)
        assert (again.orders_known, again.customers_matched, again.matched_by) == (
            25_900,
            4_372,
            {"account": 4_372},
        )
        assert not import_plan(book, again)
        assert time.monotonic() - begun < 30


def test_online_retail_through_the_scope(retail_plan: tuple[Path, ImportPlan]) -> None:
    """The published retention of its first cohort, customer for customer, and who came back, held to SQL."""
    file, _ = retail_plan
    with Book.open(file) as book:
        start, last = date(2010, 12, 1), date(2011, 12, 9)
        scope = insight_scope(book, start=start.toordinal(), end=last.toordinal() + 1, today=last)
        cohorts = cohort_report(scope).retention
        first = [885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445, 235]
        assert cohorts.active[0].tolist() == first
        assert cohorts.size.tolist() == [885, 417, 380, 452, 300, 284, 242, 188, 169, 299, 358, 324, 41]
        days = "SELECT customer_id, count(DISTINCT day) AS days FROM orders WHERE purchase = 1 " \
               "AND customer_id IS NOT NULL GROUP BY customer_id"  # fmt: skip
        twice, once_more = book.row(f"SELECT sum(days > 1), sum(days - 1) FROM ({days})")
        figures = {one.key: one.now for one in repeat_report(scope).figures}
        assert figures["b"] == figures["d"] == rate(twice, 4_339)
        assert figures["c"].value == pytest.approx(once_more / 4_339)
        segments = segment_report(scope)
        net = book.value("SELECT sum(net) FROM orders WHERE customer_id IN (SELECT customer_id FROM orders "
                         "WHERE purchase = 1)")  # fmt: skip
        assert (segments.ids.size, int(segments.spend.sum())) == (4_339, net)
        assert sum(part.customers for part in segments.parts("classes")) == 4_339
