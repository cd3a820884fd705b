"""Whatever a list holds, it comes in whole or is refused row by row; twice is once, and undo is as before."""

from __future__ import annotations

import csv
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.exchange.matching.mapping import match_columns
from desktop.exchange.plan import Mode, make_plan
from desktop.exchange.reading.files import read_file
from desktop.exchange.values.code_words import WORDS
from desktop.exchange.vocabulary import fields
from desktop.exchange.vocabulary.fields import CUSTOM, Field
from desktop.exchange.vocabulary.subjects import ENTRIES, TARGETS
from desktop.models.book import Book
from desktop.operations.importing import import_plan
from desktop.safekeeping.checks import check_book

CELLS = {
    "when": ["2026-11-01 10:00", "2026-11-01", "1899-01-01", "9999-12-31", "31/12/2026", "45000"],
    "text": ["a", "b\nc", "'x", "=1+1", "龙井茶", "a" * 300],
    "id": ["A1", "A2", "C-2026-0001", "1.5E+10", " A1 ", "a1"],
    "channel": ["taobao", "门店", "街边"],
    "amount": ["1", "-3", "9999999999999"],
    "price": ["1", "-3", "0.00001"],
    "quantity": ["1", "-1", "0", "0.333"],
    "name": ["王丽华", "李雷", "Ann"],
    "phone": ["13800138421", "13900139000", "138****8421"],
    "score5": ["1", "0", "好评"], "score7": ["7", "8"], "score10": ["0", "10"], "score100": ["100", "101"],
    "yesno": ["yes", "否", "1"], "points": ["5", "-5", "0"], "count": ["0", "-1"],
    "seconds": ["0", "1:30"], "minutes": ["0", "12"], "minutes_of_seconds": ["61"],
    **{kind: [*list(known.codes)[:5], "？？"] for kind, known in WORDS.items()},
}  # fmt: skip
ORDERS = "订单号,下单时间,金额,客户,手机号\nA1,2026-11-01,5,王丽华,13800138421\nA2,2026-11-01,5,,\n"
TABLES = (
    "customer", "contact_point", "order_line", "product", "interaction", "complaint", "complaint_step",
    "rating", "lead", "points_entry", "shipment", "visit", "staff", "import_run", "doubt",
)  # fmt: skip


@st.composite
def lists(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    """A target and a list for it: some of its columns, those it needs among them, and rows of odd cells."""
    target = draw(st.sampled_from(ENTRIES))
    offered = [field for field in fields.fields_of(target) if field.key != CUSTOM]
    needed = [fields.FIELD[draw(st.sampled_from(group))] for group in TARGETS[target].needs]
    chosen = draw(st.lists(st.sampled_from(offered), max_size=8, unique_by=lambda field: field.key))
    columns: list[Field] = list({field.key: field for field in (*needed, *chosen)}.values())
    row = st.tuples(*(st.sampled_from(["", *CELLS.get(field.kind, ["x", "123456"])]) for field in columns))
    rows = draw(st.lists(row, min_size=1, max_size=8))
    return target, [[fields.heading(target, field.key) for field in columns], *map(list, rows)]


def counts(book: Book) -> list[int]:
    return [book.value(f'SELECT count(*) FROM "{table}"') for table in TABLES]


@settings(max_examples=20)
@given(made=lists(), mode=st.sampled_from([Mode(), Mode(update=""), Mode(update="newest"), Mode(add=False)]))
def test_any_list(tmp_path: Path, made: tuple[str, list[list[str]]], mode: Mode) -> None:
    target, rows = made
    path, shop = tmp_path / "list.csv", tmp_path / "shop.shuke"
    shop.unlink(missing_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    with Book.create(shop) as book:
        orders = tmp_path / "orders.csv"
        orders.write_text(ORDERS, "utf-8")
        import_plan(book, make_plan(book, orders))
        before = counts(book)
        table = read_file(path)
        mapping = match_columns(table).with_target(table, target)
        try:
            plan = make_plan(book, table, mapping=mapping, mode=mode)
        except UserError:
            return
        assert plan.good_rows + len({problem.row for problem in plan.problems}) == plan.rows
        changes = import_plan(book, plan)
        assert not import_plan(book, make_plan(book, table, mapping=mapping, mode=mode))
        assert not check_book(book)
        if changes:
            book.undo()
        assert counts(book) == before
