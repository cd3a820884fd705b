"""The columns of the complaints screen go out to a file and come back without changing anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.core.translation import set_language
from desktop.exchange.plan import Mode, make_plan
from desktop.exchange.writers.table_file import write_table_file
from desktop.models.book import Book
from desktop.operations.demo import make_demo
from desktop.operations.importing import import_plan
from desktop.queries.complaints import complaint_rows
from desktop.views.complaints.list_columns import export_columns


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_the_list_shows_comes_back(book: Book, tmp_path: Path, language: str) -> None:
    set_language(language)
    make_demo(book, customers=60, today=date(2026, 11, 22), language=language)
    ids = [row for (row,) in book.rows("SELECT id FROM complaint ORDER BY id")]
    path = tmp_path / "complaints.xlsx"
    write_table_file(path, "Complaints", export_columns(), complaint_rows(book, ids), currency="CNY")
    step = book.next_undo()
    for mode in (Mode(update="fill"), Mode(update="newest")):
        plan = make_plan(book, path, mode=mode)
        assert (plan.target, list(plan.problems), plan.entries_new) == ("complaints", [], 0)
        assert [(one.who, one.field, one.old, one.new) for one in plan.updates.preview(0, 5)] == []
        assert not import_plan(book, plan)
    assert book.next_undo() == step
