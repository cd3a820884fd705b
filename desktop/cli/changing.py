"""The words that change the book by themselves: undo, and the sample shop."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from desktop.cli.output import Line, answer
from desktop.core.translation import language, tr
from desktop.models.book import Book


def undo(book: Book, arguments: Namespace, progress: Line) -> int:
    """Takes the newest step back; 1 when there is none."""
    step = book.next_undo()
    said = tr(step.label, **step.args) if step else None
    book.undo()
    if arguments.json:
        answer({"undone": said})
    else:
        print(tr("Undone: {step}", step=said) if said else tr("There is nothing to undo."))
    return 0 if step else 1


def demo(book: Book, arguments: Namespace, progress: Line) -> int:
    """Fills an empty book with the sample shop."""
    from desktop.operations.demo import SEED, make_demo

    seed = SEED if arguments.seed is None else arguments.seed
    make_demo(
        book,
        customers=arguments.customers,
        seed=seed,
        today=date.today(),
        language=language(),
        progress=progress,
    )
    progress.clear()
    made = {name: book.value(f"SELECT count(*) FROM {name}") for name in ("customers"[:-1], "orders")}
    if arguments.json:
        answer({"customers": made["customer"], "orders": made["orders"]})
    else:
        counted = tr(
            "Made {customers} customers and {orders} orders.",
            customers=f"{made['customer']:,}",
            orders=f"{made['orders']:,}",
        )
        print(counted)
    return 0
