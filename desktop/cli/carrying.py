"""The words that carry: a file into the book, a workbook out of it."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli.output import Line, answer, table
from desktop.core.errors import UserError
from desktop.core.translation import ntr, tr
from desktop.models.book import Book

SHOWN = 20
"""Problem rows that the words show; `--json` has them all."""


def bring(book: Book, arguments: Namespace, progress: Line) -> int:
    """Imports a file in one undoable step; 1 when there are problem rows, the good ones then are in."""
    from desktop.exchange.plan import make_plan
    from desktop.exchange.whole_book import is_whole_book
    from desktop.operations.importing import import_plan

    if is_whole_book(arguments.file):
        return _restore(book, arguments, progress)
    plan = make_plan(
        book,
        arguments.file,
        layout=arguments.layout,
        mapping=arguments.map or None,
        sheet=arguments.sheet,
        progress=progress,
    )
    if not arguments.dry_run:
        import_plan(book, plan, progress=progress)
    progress.clear()
    if arguments.json:
        answer({**plan.summary(), "written": not arguments.dry_run})
        return 1 if plan.problems else 0
    table(
        (
            (tr("File"), plan.file_name),
            (tr("Rows"), f"{plan.rows:,}"),
            (tr("New customers"), f"{plan.customers_new:,}"),
            (tr("Known customers"), f"{plan.customers_matched:,}"),
            (tr("New orders"), f"{plan.orders_new:,}"),
            (tr("Known orders"), f"{plan.orders_known:,}"),
            (tr("Order lines"), f"{plan.lines:,}"),
            (tr("Problems"), f"{len(plan.problems):,}"),
        )
    )
    for problem in plan.problems[:SHOWN]:
        print(
            tr(
                "Row {row}, {column}: {reason} ({value})",
                row=problem.row,
                column=problem.column,
                reason=problem.reason,
                value=problem.value,
            )
        )
    more = len(plan.problems) - SHOWN
    if more > 0:
        print(ntr("and {n} more", "and {n} more", more))
    if arguments.dry_run:
        print(tr("Nothing was written."))
    return 1 if plan.problems else 0


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
    from desktop.exchange.whole_book import export_book

    suffix = arguments.file.suffix.lower()
    if arguments.what == "book" and suffix != ".xlsx":
        raise UserError(
            tr("The whole book becomes a workbook, not “{suffix}”.", suffix=suffix or arguments.file.name),
            tr("Choose a name that ends in .xlsx, or a list with --what."),
        )
    rows = export_book(book, arguments.file, what=arguments.what, progress=progress)
    progress.clear()
    if arguments.json:
        answer({"file": str(arguments.file), "what": arguments.what, "rows": rows})
    else:
        print(tr("Written: {file}", file=str(arguments.file)))
    return 0
