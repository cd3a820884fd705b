"""A dossier as a workbook: a sheet a part with every row, real values, and no sheet for what was left out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.exchange.writers.dossier_book import write_dossier_book
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.queries.dossier import PARTS, dossier
from desktop.queries.timeline_entries import TimelineEntry
from tests.unit.queries.test_dossier import SECRETS, TODAY, fill


def say(entry: TimelineEntry) -> tuple[str, str]:
    return entry.kind, entry.text


def written(book: Book, path: Path, parts: list[str] | None = None) -> dict[str, Worksheet]:
    found = dossier(book, customer_id=1, today=TODAY, parts=list(PARTS) if parts is None else parts)
    assert found is not None
    write_dossier_book(path, found, say, currency="CNY")
    return {sheet.title: sheet for sheet in load_workbook(path).worksheets}


def test_the_sheets_hold_every_row(book: Book, tmp_path: Path) -> None:
    fill(book, orders=700)
    sheets = written(book, tmp_path / "dossier.xlsx")
    assert list(sheets) == [
        "About the customer", "Orders", "Order lines", "Complaints", "Complaint steps", "Promises",
        "Remedies given", "Service cases", "Case steps", "Ratings", "Tasks", "Points", "Shipments",
        "Timeline",
    ]  # fmt: skip
    assert sheets["Orders"].max_row == 701
    assert sheets["Order lines"].max_row == 1401
    numbers = {
        row[0] for row in sheets["Orders"].iter_rows(min_row=2, min_col=2, max_col=2, values_only=True)
    }
    assert numbers == {f"DD-2026-{nth + 7}" for nth in range(700)}
    assert isinstance(sheets["Orders"]["A2"].value, datetime)
    assert sheets["Orders"]["H2"].value == 300
    assert sheets["Order lines"]["E2"].value == 150
    assert sheets["Remedies given"]["D2"].value == 20
    assert [cell.value for cell in sheets["Points"][2]][:4] == [
        datetime(2026, 8, 2, 10), "Redeemed", -100, 200,
    ]  # fmt: skip
    about = {(row[1], row[2]) for row in sheets["About the customer"].iter_rows(values_only=True)}
    assert ("Name", "王丽华") in about
    assert ("Birthday", "5 Mar 1988") in about
    assert ("Dislikes and allergies", "花生过敏") in about
    assert ("Phone number", "138 0013 8000") in about


def test_what_was_left_out_has_no_sheet_and_no_cell(book: Book, tmp_path: Path) -> None:
    fill(book)
    sheets = written(book, tmp_path / "dossier.xlsx", ["who", "orders"])
    assert list(sheets) == ["About the customer", "Orders", "Order lines"]
    said = {str(cell.value) for sheet in sheets.values() for row in sheet.iter_rows() for cell in row}
    for part, secret in SECRETS.items():
        assert any(secret in text for text in said) == (part in ("who", "orders"))


def test_a_customer_without_anything_is_one_sheet(book: Book, tmp_path: Path) -> None:
    with book.step("Add") as step:
        step.insert(Customer, id=1, name="=新客", created_at="2026-01-01 09:00:00")
    sheets = written(book, tmp_path / "dossier.xlsx")
    assert list(sheets) == ["About the customer"]
    assert sheets["About the customer"]["C2"].value == "=新客"
    assert sheets["About the customer"]["C2"].data_type == "s"
