"""The words that carry: a file into the book, a workbook out of it."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from desktop.cli.output import Line, answer, table
from desktop.core.errors import UserError
from desktop.core.translation import ntr, tr
from desktop.models.book import Book

if TYPE_CHECKING:
    from desktop.exchange.checking.records import Problem
    from desktop.exchange.plan import ImportPlan

TEMPLATE = "template-"
SHOWN = 20
"""Problem rows that the words show; `--json` has them all."""


def bring(book: Book, arguments: Namespace, progress: Line) -> int:
    """Imports a file in one undoable step; 1 when there are problem rows, the good ones then are in."""
    from desktop.exchange.plan import Mode, make_plan
    from desktop.exchange.problem_rows import write_problem_rows
    from desktop.exchange.whole_book.book import is_whole_book
    from desktop.operations.importing import import_plan

    if is_whole_book(arguments.file):
        return _restore(book, arguments, progress)
    plan = make_plan(
        book,
        arguments.file,
        layout=arguments.layout,
        mapping=arguments.map or None,
        sheet=arguments.sheet,
        mode=Mode.named(arguments.mode) if arguments.mode else None,
        progress=progress,
    )
    if not arguments.dry_run:
        import_plan(book, plan, progress=progress)
    if arguments.problems and plan.problems:
        write_problem_rows(plan, arguments.problems, progress)
    progress.clear()
    if arguments.json:
        answer({**plan.summary(), "written": not arguments.dry_run})
        return 1 if plan.problems else 0
    table(_figures(plan))
    for note in plan.notes:
        print(note)
    for problem in plan.problems[:SHOWN]:
        print(_told(problem))
    more = len(plan.problems) - SHOWN
    if more > 0:
        print(ntr("and {n} more", "and {n} more", more))
    if arguments.problems and plan.problems:
        print(tr("Written: {file}", file=str(arguments.problems)))
    if arguments.dry_run:
        print(tr("Nothing was written."))
    return 1 if plan.problems else 0


def _told(problem: Problem) -> str:
    where = tr("Row {row}", row=problem.row)
    if problem.column:
        where = tr("Row {row} · {column}", row=problem.row, column=problem.column)
    reason = problem.reason
    if problem.value:
        reason = tr("{reason} ({value})", reason=reason, value=problem.value)
    return tr("{where}: {problem}", where=where, problem=reason)


def _figures(plan: ImportPlan) -> list[tuple[str, str]]:
    """What a plan comes to; kinds of records that the file does not bring are left out."""
    updates = plan.updates
    changed = updates.customers + updates.orders + updates.entries
    found: list[tuple[str, int, bool]] = [
        (tr("New customers"), plan.customers_new, True),
        (tr("Known customers"), plan.customers_matched, True),
        (tr("New orders"), plan.orders_new, plan.target == "orders"),
        (tr("Known orders"), plan.orders_known, plan.target == "orders"),
        (tr("Order lines"), plan.lines, plan.target == "orders"),
        (tr("New records"), plan.entries_new, bool(plan.entries_new)),
        (tr("Known records"), plan.entries_known, bool(plan.entries_known)),
        (tr("Changed records"), changed, bool(changed)),
        (tr("Not in the book, so not updated"), plan.not_there, bool(plan.not_there)),
        (tr("Perhaps the same customer"), len(plan.doubts), bool(plan.doubts)),
        (tr("Rows of no concern, left out"), plan.left_out, bool(plan.left_out)),
        (tr("Problems"), len(plan.problems), True),
    ]
    figures = [(name, f"{count:,}") for name, count, shown in found if shown]
    return [(tr("File"), plan.file_name), (tr("Rows"), f"{plan.rows:,}"), *figures]


def _restore(book: Book, arguments: Namespace, progress: Line) -> int:
    """A workbook of a whole book goes into an empty one as it is."""
    from desktop.operations.restoring import restore_book

    if arguments.dry_run:
        raise UserError(tr("A workbook of a whole book is brought in whole: there is nothing to try first."))
    restore_book(book, arguments.file, progress=progress)
    progress.clear()
    customers, orders, lines = book.row(
        "SELECT (SELECT count(*) FROM customer), (SELECT count(*) FROM orders), "
        "(SELECT count(*) FROM order_line)"
    )
    if arguments.json:
        answer(
            {
                "file": arguments.file.name,
                "sheet": "",
                "target": "book",
                "layout": "book",
                "rows": customers + orders + lines,
                "customers": {"new": customers, "matched": 0},
                "orders": {"new": orders, "known": 0},
                "lines": lines,
                "entries": {"new": 0, "known": 0},
                "mode": "add",
                "updated": {"customers": 0, "orders": 0, "entries": 0, "fields": 0},
                "not_there": 0,
                "left_out": 0,
                "doubts": 0,
                "notes": [],
                "problems": [],
                "mapping": {},
                "written": True,
            }
        )
    else:
        table(
            (
                (tr("Customers"), f"{customers:,}"),
                (tr("Orders"), f"{orders:,}"),
                (tr("Order lines"), f"{lines:,}"),
            )
        )
    return 0


def take(book: Book, arguments: Namespace, progress: Line) -> int:
    """Writes one list, or the whole book, as what the file's name says."""
    from desktop.exchange.whole_book.book import export_book

    if arguments.what.startswith(TEMPLATE):
        return take_template(arguments, str(book.setting("shop.currency")))
    suffix = arguments.file.suffix.lower()
    if arguments.what == "book" and suffix != ".xlsx":
        raise UserError(
            tr("The whole book becomes a workbook, not “{suffix}”.", suffix=suffix or arguments.file.name),
            tr("Choose a name that ends in .xlsx, or a list with --what."),
        )
    rows = export_book(book, arguments.file, what=arguments.what, progress=progress)
    progress.clear()
    return _written(arguments, rows)


def take_template(arguments: Namespace, currency: str) -> int:
    """Writes a workbook to be filled in, for which no book is needed."""
    from desktop.exchange.templates import write_template

    if arguments.file.suffix.lower() != ".xlsx":
        raise UserError(
            tr("A template is a workbook, not “{suffix}”.", suffix=arguments.file.suffix),
            tr("Choose a name that ends in .xlsx."),
        )
    target = arguments.what.removeprefix(TEMPLATE)
    return _written(arguments, write_template(arguments.file, target, currency=currency))


def _written(arguments: Namespace, rows: int) -> int:
    if arguments.json:
        answer({"file": str(arguments.file), "what": arguments.what, "rows": rows})
    else:
        print(tr("Written: {file}", file=str(arguments.file)))
    return 0
