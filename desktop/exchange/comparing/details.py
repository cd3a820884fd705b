"""Lines of known orders against those the book has: the same stay, others make way."""

from __future__ import annotations

from typing import Any

from desktop.core.translation import tr
from desktop.exchange.checking.records import Problem, Records
from desktop.exchange.comparing.entry_comparison import EntryComparison
from desktop.models.book import Book
from desktop.queries import known_entries


def compare_details(book: Book, records: Records, found: EntryComparison) -> None:
    """Orders whose lines are as the file has them stay; others get the file's lines in their place."""
    entries, orders = records.entries, found.links["order_id"]
    by_order: dict[int, list[int]] = {}
    for at, order in enumerate(orders):
        if order:
            by_order.setdefault(order, []).append(at)
        else:
            number = entries.order_number[at]
            reason = tr("the book has no order {number}: bring in the list of orders first", number=number)
            found.problems.append(Problem(entries.row[at], "", number, reason))
    there = known_entries.lines_of(book, by_order)
    names = {code: name for _, code, name in known_entries.product_names(book) if code}
    priced = entries.values["amount"][:1] != [None]
    for order, places in by_order.items():
        told = [_line(records, at, names) for at in places]
        held = [line if priced else line[:3] for line in there.get(order, [])]
        if not any(line[0] for line in told):
            held = [("", *line[1:]) for line in held]  # The book may know a code that the file does not give.
        if sorted(told) == sorted(held):
            found.known.update(dict.fromkeys(places, order))
        else:
            found.replaced.append(order)
            found.new += places
    found.new.sort()


def _line(records: Records, at: int, names: dict[str, str]) -> tuple[Any, ...]:
    """A line as the book would hold it; without price and amount where the file has none."""
    values, place = records.entries.values, records.entries.product[at]
    code, name = records.products[place] if place >= 0 else ("", "")
    title = values["title"][at] or names.get(code) or name or code
    if values["amount"][at] is None:
        return code, title, values["quantity"][at]
    return code, title, values["quantity"][at], values["unit_price"][at], values["amount"][at]
