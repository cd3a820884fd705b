"""The words that only look: search, and the examination of the whole book."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from desktop.cli.output import Line, answer, table
from desktop.core import words
from desktop.core.money import CURRENCIES, format_money, plain_amount
from desktop.core.text import format_phone
from desktop.core.translation import ntr, tr
from desktop.models.book import Book


def search(book: Book, arguments: Namespace, progress: Line) -> int:
    """Customers for what was typed, best first; 1 when nobody is found."""
    from desktop.queries.customer_rows import customer_rows
    from desktop.queries.customer_search import search_ids

    ids = search_ids(book, " ".join(arguments.text), arguments.limit)
    rows = customer_rows(book, ids, date.today())
    found = [rows[one] for one in ids if one in rows]
    currency = str(book.setting("shop.currency"))
    if arguments.json:
        decimal = CURRENCIES[currency].decimals if currency in CURRENCIES else 2
        answer(
            {
                "customers": [
                    {
                        "id": row.id,
                        "name": row.name,
                        "phone": row.phone,
                        "region": row.region,
                        "state": row.state,
                        "orders": row.orders,
                        "spend": float(plain_amount(row.spend, currency)) if decimal else row.spend,
                        "last_day": date.fromordinal(row.last_day).isoformat() if row.last_day else None,
                    }
                    for row in found
                ]
            }
        )
    elif found:
        table(
            (
                (
                    row.name,
                    format_phone(row.phone) if row.phone else "",
                    row.region,
                    words.name(words.STATES, row.state),
                    ntr("{n} order", "{n} orders", row.orders),
                    format_money(row.spend, currency),
                    date.fromordinal(row.last_day).isoformat() if row.last_day else "",
                )
                for row in found
            ),
            right=(4, 5),
        )
    else:
        print(tr("Nobody found."))
    return 0 if found else 1


def check(book: Book, arguments: Namespace, progress: Line) -> int:
    """Examines the book from end to end; 1 when something is found."""
    from desktop.safekeeping.checks import check_book

    findings = check_book(book, progress=progress)
    progress.clear()
    if arguments.json:
        answer({"findings": [{"check": one.check, "count": one.count, "text": one.text} for one in findings]})
    elif findings:
        for one in findings:
            print(one.text)
    else:
        print(tr("The book is sound."))
    return 1 if findings else 0
