"""What of a file is new to the book, and what it changes there: said in the preview, then written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.core.progress import SILENT, Progress
from desktop.exchange.identity import Identities, identify
from desktop.exchange.modes import Mode
from desktop.exchange.records import Records
from desktop.exchange.updates import CustomerTouches, OrderTouches, Updates
from desktop.models.book import Book
from desktop.queries import known

_CHECK_EVERY = 10_000


@dataclass(slots=True)
class Comparison:
    """What an import would do to the book as it is at `moment`."""

    book: Book
    moment: int
    new_orders: list[int]
    """Places in the records' orders that will be written."""
    known_orders: int
    not_there: int
    """Orders or customers of the file that the book does not have and that an update leaves out."""
    identities: Identities
    updates: Updates
    lines: int = 0
    """Order lines that will be written."""
    orders: OrderTouches | None = None

    @property
    def brings_something(self) -> bool:
        """Whether anything would be written."""
        who = self.identities
        return bool(self.new_orders or who.new or who.doubts or self.updates)


def compare(book: Book, records: Records, mode: Mode, progress: Progress = SILENT) -> Comparison:
    """Compares the records with the book as it is now. Orders are known by channel and number."""
    moment = known.moment(book)
    orders = records.orders
    if not len(orders):
        who = identify(book, records.people, None, mode)
        touched = CustomerTouches(book, records, who, mode, listed=True)
        missing = sum(customer == 0 for customer in who.customer)
        return Comparison(book, moment, [], 0, missing, who, Updates(book, who, mode, touched))
    touches = OrderTouches(book, records, mode)
    for row, at in _known(book, records):
        touches.look_at(row, at)
        if touches.seen % _CHECK_EVERY == 0:
            progress.check()
    new = [at for at, order in enumerate(touches.known) if not order] if mode.add else []
    gone = known.let_go(book, [touches.known[at] for at in touches.nobodys])
    ours = [at for at in touches.nobodys if touches.known[at] not in gone]
    who = identify(book, records.people, {orders.person[at] for at in (*new, *ours)}, mode)
    touches.give_customers(ours, who)
    touched = CustomerTouches(book, records, who, mode, listed=False)
    missing = 0 if mode.add else len(orders) - touches.seen
    updates = Updates(book, who, mode, touched, touches)
    lines = touches.lines + sum(touches.lined[at] for at in new)
    return Comparison(book, moment, new, touches.seen, missing, who, updates, lines, touches)


def _known(book: Book, records: Records) -> Iterable[tuple[known.KnownOrder, int]]:
    """The orders that the book has, each with its place in the file."""
    asked: dict[str, dict[str, int]] = {}
    for at, (channel, number) in enumerate(zip(records.orders.channel, records.orders.number, strict=True)):
        asked.setdefault(channel, {})[number] = at
    for channel, places in asked.items():
        for row in known.orders_numbered(book, channel=channel, numbers=places):
            yield row, places[row.number]
