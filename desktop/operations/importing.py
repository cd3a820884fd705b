"""Writes an import plan into the book: one step to undo, however large; cancelled or broken off, nothing."""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import replace

from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark
from desktop.exchange.comparing.compare import Comparison, compare
from desktop.exchange.comparing.modes import ASK, Key
from desktop.exchange.plan import ImportPlan
from desktop.exchange.vocabulary.subjects import CUSTOMERS, ORDERS, TARGETS
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.shop import ImportRun
from desktop.operations.import_writing import Writing
from desktop.operations.importing_customers import write_customers, write_doubts
from desktop.operations.importing_entries import write_entries
from desktop.operations.importing_orders import write_orders
from desktop.operations.importing_updates import touched, write_updates
from desktop.queries import known


def import_plan(
    book: Book, plan: ImportPlan, *, accepted: Container[Key] = (), progress: Progress = SILENT
) -> Changes:
    """Writes what a plan brings, compared once more with the book when that changed since.

    `accepted` is for mode "ask": the keys of the differences (FieldChange.key) that the owner takes from the
    file; blanks are filled anyway. Falsy Changes when everything was there already. Raises Cancelled (nothing
    is written) and UserError.
    """
    with book.step(mark("Import {file}"), file=plan.file_name) as step:
        found = plan.found
        if found.book is not book or found.moment != known.moment(book):
            found = compare(book, plan.records, plan.target, plan.mode, progress)
        writing = Writing(book, step, plan, found, accepted, progress)
        if found.brings_something and (_adds(found) or _updates(writing)):
            _run(writing)
    return step.changes


def _adds(found: Comparison) -> bool:
    """Whether records are added."""
    who, entries = found.identities, found.entries
    return bool(
        found.new_orders or who.new or who.doubts or entries.new or entries.answers or entries.replaced
    )


def _updates(writing: Writing) -> bool:
    """Whether any change is made: with mode ask, that is for the owner to say."""
    updates = writing.found.updates
    if writing.plan.mode.update != ASK or len(updates) > updates.conflicts:
        return bool(updates)
    return any(next(touched(writing, part), None) is not None for part in updates.parts)


def _run(writing: Writing) -> None:
    """Writes everything."""
    plan, step = writing.plan, writing.step
    mapping = {column.header: column.field for column in plan.mapping.columns if column.field}
    counts = {**replace(plan, found=writing.found).counts(), "problems": len(plan.problems)}
    writing.run_id = step.insert(
        ImportRun,
        at=writing.at,
        file_name=plan.file_name,
        file_hash=plan.table.hash,
        target=plan.target,
        layout=plan.mapping.layout,
        mapping=json.dumps(mapping, ensure_ascii=False),
        counts=json.dumps(counts, ensure_ascii=False),
        staff=writing.book.clerk_id(),
    )
    write_customers(writing)
    if plan.target == ORDERS:
        write_orders(writing)
    elif plan.target != CUSTOMERS:
        write_entries(writing, TARGETS[plan.target], writing.found.entries)
    counts["updated"] = write_updates(writing)
    write_doubts(writing)
    step.update(ImportRun, writing.run_id, counts=json.dumps(counts, ensure_ascii=False))
