"""Brings a workbook of a whole book into an empty book, every field as it was, in one undoable step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from peewee import Model

from desktop.core.errors import UserError
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark, tr
from desktop.exchange.whole_book.reading import SheetOfBook, read_whole_book
from desktop.models import (
    complaints,
    customers,
    leads,
    membership,
    orders,
    privacy,
    processes,
    recognition,
    service,
    shipping,
    shop,
    visits,
)
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.engine import FAULT
from desktop.models.history import Step
from desktop.queries import everything

MODELS: Mapping[str, type[Model]] = {
    model._meta.table_name: model
    for model in (
        shop.Setting, shop.Staff, shop.ImportRun, customers.Customer, customers.ContactPoint,
        customers.Tag, customers.CustomerTag, shop.CustomField, shop.Segment, orders.Product,
        orders.Order, orders.OrderLine, service.ServiceCase, service.CaseStep, service.CaseItem,
        complaints.Complaint, complaints.ComplaintStep, complaints.Promise, complaints.Remedy,
        complaints.ComplaintSubject, complaints.ComplaintAlias, complaints.ComplaintLink, complaints.Answer,
        service.Interaction, service.Rating, service.Task, processes.ProcessStep, processes.Checklist,
        processes.ChecklistStep, customers.Relationship, privacy.Consent, privacy.PrivacyRequest,
        shop.Attachment, leads.Lead, membership.PointsEntry, shipping.Shipment, visits.Visit,
        recognition.Merge, recognition.NotSame, recognition.Doubt,
    )
}  # fmt: skip
"""Every table that a whole-book workbook carries, those before that others refer to."""

_INWARD = {"customer": "referred_by", "complaint": "follows"}
"""References within a table: filled in when all its records are there."""


def restore_book(book: Book, path: str | Path, *, progress: Progress = SILENT) -> Changes:
    """Imports a workbook that `export_book` wrote of a whole book; the records keep their numbers.

    Raises UserError when the book is not empty or the workbook was changed so that it no longer fits
    together, and Cancelled; then the book is as it was.
    """
    _refuse_unless_empty(book)
    path = Path(path)
    sheets: dict[str, list[SheetOfBook]] = {}
    for sheet in read_whole_book(path, progress=progress):
        sheets.setdefault(sheet.table, []).append(sheet)
    total, done = sum(sheet.height for held in sheets.values() for sheet in held), 0
    with book.step(mark("Import {file}"), file=path.name) as step:
        step.delete(shop.Setting, [row for (row,) in book.rows("SELECT id FROM setting")])
        for table, model in MODELS.items():
            nullable = _nullable(book, table)
            for sheet in sheets.get(table, ()):
                _Filling(step, model, sheet, nullable, progress, done, total).fill()
                done += sheet.height
        progress.report(total, total)
    return step.changes


def is_empty(book: Book) -> bool:
    """Whether a book holds nothing but settings."""
    return not any(
        book.value(f'SELECT EXISTS (SELECT 1 FROM "{table}")') for table in MODELS if table != "setting"
    )


def _refuse_unless_empty(book: Book) -> None:
    if not is_empty(book):
        raise UserError(
            tr("This workbook holds a whole book, and the book that is open is not empty."),
            tr("Make a new, empty book and import the workbook there."),
        )


def _nullable(book: Book, table: str) -> frozenset[str]:
    return frozenset(everything.nullable_columns(book, table))


class _Filling:
    """One sheet going into its table."""

    def __init__(
        self,
        step: Step,
        model: type[Model],
        sheet: SheetOfBook,
        nullable: frozenset[str],
        progress: Progress,
        done: int,
        total: int,
    ) -> None:
        self._step, self._model, self._sheet, self._nullable = step, model, sheet, nullable
        self._progress, self._done, self._total = progress, done, total
        self._row = 0
        self._inward: list[tuple[int, int, int]] = []

    def fill(self) -> None:
        """Inserts every record. Raises UserError naming the row that the book refuses."""
        try:
            self._step.insert_many(self._model, self._sheet.columns, self._rows())
            key = _INWARD.get(self._sheet.table, "")
            for row, record, other in self._inward:
                self._row = row
                self._step.update(self._model, record, **{key: other})
        except FAULT as fault:
            if "constraint" not in str(fault).lower() and "cannot store" not in str(fault).lower():
                raise
            why = tr("The book can't keep this record: a value is missing, doubled or refers to nothing.")
            raise self._sheet.wrong(self._row - 1, why) from fault

    def _rows(self) -> Iterator[list[Any]]:
        text = tr("Bringing in {sheet}…", sheet=self._sheet.data.sheet)
        columns = self._sheet.columns
        inward = _INWARD.get(self._sheet.table, "")
        at = columns.index(inward) if inward in columns else -1
        key = columns.index("id") if "id" in columns else 0
        for count, (row, values) in enumerate(self._sheet.rows(self._nullable)):
            self._row = row
            if count % 1000 == 0:
                self._progress.report(self._done + count, self._total, text)
            if at >= 0 and values[at] is not None:
                self._inward.append((self._row, values[key], values[at]))
                values[at] = None
            yield values
