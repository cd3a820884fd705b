"""Templates: columns are known again, words can be chosen, examples stay out, what is filled in comes in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from desktop.core.errors import UserError
from desktop.core.translation import set_language, tr
from desktop.exchange.matching.mapping import match_columns
from desktop.exchange.plan import make_plan
from desktop.exchange.reading.files import read_file
from desktop.exchange.template_columns import TEMPLATES
from desktop.exchange.templates import CODES, write_template
from desktop.exchange.vocabulary import fields, synonyms
from desktop.exchange.vocabulary.fields import FIELD
from desktop.exchange.vocabulary.ours import EXAMPLES, example_of, is_example
from desktop.exchange.vocabulary.subjects import TARGETS
from desktop.models.book import Book
from desktop.operations.importing import import_plan

LANGUAGES = ("en", "zh_CN")
BOTH = [(target, language) for target in TARGETS for language in LANGUAGES]


def fill(path: Path, *rows: dict[str, Any], over: int = 0) -> None:
    """Writes rows by their fields below the examples, or over the example of that row."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    target = next(key for key, subject in TARGETS.items() if tr(subject.title) == sheet.title)
    at = {column.field: number for number, column in enumerate(TEMPLATES[target], 1)}
    for row, values in enumerate(rows, over or 4):
        for field, value in values.items():
            sheet.cell(row, at[field], value)
    book.save(path)
    book.close()


@pytest.mark.parametrize(("target", "language"), BOTH)
def test_every_header_is_the_importers_own(target: str, language: str) -> None:
    set_language(language)
    known = fields.headers(target)
    for column in TEMPLATES[target]:
        assert known.get(synonyms.folded(tr(column.title))) == (column.field, "exact"), column.title


@pytest.mark.parametrize(("target", "language"), BOTH)
def test_a_template_is_known_and_its_examples_stay_out(
    book: Book, tmp_path: Path, target: str, language: str
) -> None:
    set_language(language)
    path = tmp_path / "template.xlsx"
    assert write_template(path, target) == 2
    table = read_file(path)
    mapping = match_columns(table)
    assert (mapping.target, mapping.layout) == (target, "")
    assert [column.field for column in mapping.columns] == [column.field for column in TEMPLATES[target]]
    with pytest.raises(UserError):
        make_plan(book, path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_subject_is_there_and_dressed(tmp_path: Path, language: str) -> None:
    set_language(language)
    assert set(TEMPLATES) == set(TARGETS)
    for target, columns in TEMPLATES.items():
        path = tmp_path / f"{target}.xlsx"
        write_template(path, target, currency="USD")
        book = openpyxl.load_workbook(path)
        (sheet,) = book.worksheets
        assert sheet.freeze_panes == "A2"
        rules = {str(rule.sqref).rstrip("0123456789"): rule for rule in sheet.data_validations.dataValidation}
        for at, column in enumerate(columns, 1):
            kind = FIELD[column.field].kind
            head = sheet.cell(1, at)
            letter = get_column_letter(at)
            rule = rules.get(f"{letter}2:{letter}")
            if kind in CODES:
                assert head.comment is not None
                assert rule is not None, column.title
                listed = rule.formula1.strip('"').split(",")
                assert listed == [tr(word) for word in CODES[kind].values() if word]
                for example in column.examples:
                    assert not example or tr(CODES[kind][str(example)]) in listed
            if kind in ("phone", "id", "birthday"):
                assert sheet.column_dimensions[letter].number_format == "@"
        examples = [sheet.cell(row, 1).value for row in (2, 3)]
        assert all(is_example(example) for example in examples)
        book.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_in_every_language_is_one(language: str) -> None:
    set_language(language)
    assert is_example(example_of("x"))
    assert example_of("x").startswith(EXAMPLES)
    assert all(is_example(f" {one} somebody") for one in EXAMPLES)
    assert not any(map(is_example, ("Example", "a [Example]", None, 3.0)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_customers_filled_in_come_in(book: Book, tmp_path: Path, language: str) -> None:
    set_language(language)
    path = tmp_path / "template.xlsx"
    write_template(path, "customers")
    fill(
        path,
        {"customer.name": "李红", "customer.phone": "13900139000", "customer.kind": tr("Company"),
         "customer.birthday": "05-06", "customer.gender": tr("Female"), "customer.tags": "VIP",
         "customer.created_at": datetime(2026, 1, 2)},
        {"customer.name": "Ann", "customer.email": "ann@example.com"},
    )  # fmt: skip
    plan = make_plan(book, path)
    assert (plan.customers_new, plan.left_out, list(plan.problems)) == (2, 2, [])
    import_plan(book, plan)
    assert book.rows("SELECT name, kind, gender, birthday FROM customer ORDER BY id") == [
        ("李红", "company", "female", "05-06"), ("Ann", "individual", "", ""),
    ]  # fmt: skip


def test_an_example_that_was_written_over_counts(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, "customers")
    fill(path, {"customer.name": "李红", "customer.phone": "13900139000"}, over=2)
    plan = make_plan(book, path)
    assert (plan.customers_new, plan.left_out) == (1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_orders_of_several_lines_come_in(book: Book, tmp_path: Path, language: str) -> None:
    set_language(language)
    path = tmp_path / "template.xlsx"
    write_template(path, "orders")
    head = {
        "order.number": "B7", "order.placed_at": datetime(2026, 11, 20, 9), "order.channel": tr("Shop"),
        "order.status": tr("Completed"), "customer.name": "李红", "customer.phone": "13900139000",
        "order.total": 304, "order.paid": 304,
    }  # fmt: skip
    fill(
        path,
        {**head, "line.title": "Tea", "line.quantity": 2, "line.unit_price": 73, "line.amount": 146},
        {**head, "line.title": "Pot", "line.quantity": 1, "line.unit_price": 158, "line.amount": 158},
    )
    plan = make_plan(book, path)
    assert list(plan.problems) == []
    import_plan(book, plan)
    assert book.rows("SELECT number, channel, status, total, paid FROM orders") == [
        ("B7", "shop", "completed", 30400, 30400)
    ]
    assert book.rows(
        "SELECT product.name, quantity, amount FROM order_line JOIN product ON product.id = product_id "
        "ORDER BY position"
    ) == [
        ("Tea", 2.0, 14600), ("Pot", 1.0, 15800),
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_themselves_would_come_in(book: Book, tmp_path: Path, language: str) -> None:
    """Without their mark the examples are rows without a fault: what they show is right."""
    set_language(language)
    # First what the others are about.
    for target in ("customers", "orders", *TARGETS):
        path = tmp_path / f"{target}.xlsx"
        write_template(path, target)
        shown = openpyxl.load_workbook(path)
        for row in (2, 3):
            cell = shown.worksheets[0].cell(row, 1)
            cell.value = str(cell.value).removeprefix(example_of("").strip()).strip()
        shown.save(path)
        shown.close()
        plan = make_plan(book, path)
        assert list(plan.problems) == [], target
        import_plan(book, plan)
        assert book.value(f'SELECT count(*) FROM "{TARGETS[target].table}"') > 0, target
