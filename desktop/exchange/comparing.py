"""What of a file's records is new to the book: said in the preview, and once more when they are written."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.exchange.identity import Identities, identify
from desktop.exchange.records import Records
from desktop.models.book import Book
from desktop.queries import known


@dataclass(slots=True)
class Comparison:
    """Places in the records' orders that are new, how many were known, and who everybody is."""

    new_orders: list[int]
    known_orders: int
    identities: Identities


def compare(book: Book, records: Records) -> Comparison:
    """Compares the records with the book as it is now. Orders are known by channel and number."""
    orders = records.orders
    if not len(orders):
        return Comparison([], 0, identify(book, records.people))
    asked: dict[str, list[str]] = {}
    for channel, number in zip(orders.channel, orders.number, strict=True):
        asked.setdefault(channel, []).append(number)
    there = {
        channel: known.order_numbers(book, channel=channel, numbers=numbers)
        for channel, numbers in asked.items()
    }
    new = [
        at
        for at, (channel, number) in enumerate(zip(orders.channel, orders.number, strict=True))
        if number not in there[channel]
    ]
    wanted = {orders.person[at] for at in new}
    return Comparison(new, len(orders) - len(new), identify(book, records.people, wanted))
