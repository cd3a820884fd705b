"""What of a file is new to the book, and what it changes there: said in the preview, then written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.core.progress import SILENT, Progress
from desktop.exchange.checking.records import Records
from desktop.exchange.comparing.entries import EntryComparison, compare_entries
from desktop.exchange.comparing.entry_changes import EntryTouches
from desktop.exchange.comparing.identity import Identities, identify
from desktop.exchange.comparing.modes import Mode
from desktop.exchange.comparing.updates import CustomerTouches, OrderTouches, Updates
from desktop.exchange.vocabulary.subjects import CUSTOMERS, ORDER_DETAILS, ORDERS, TARGETS, Subject
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
    entries: EntryComparison = field(default_factory=EntryComparison)
    """Of a file that is neither of orders nor of customers."""

    @property
    def brings_something(self) -> bool:
        """Whether anything would be written."""
        who = self.identities
        entries = self.entries.new or self.entries.answers or self.entries.replaced
        return bool(self.new_orders or who.new or entries or who.doubts or self.updates)


def compare(book: Book, records: Records, target: str, mode: Mode, progress: Progress = SILENT) -> Comparison:
    """Compares the records with the book as it is now."""
    if target == ORDERS:
        return _compare_orders(book, records, mode, progress)
    if target == CUSTOMERS:
        return _compare_customers(book, records, mode, progress)
    return _compare_entries(book, records, TARGETS[target], mode, progress)


def _compare_customers(book: Book, records: Records, mode: Mode, progress: Progress) -> Comparison:
    moment = known.moment(book)
    who = identify(book, records.people, None, mode)
    touched = CustomerTouches(book, records, who, mode, listed=True, progress=progress)
    missing = sum(customer == 0 for customer in who.customer)
    return Comparison(book, moment, [], 0, missing, who, Updates(book, who, mode, touched))


def _compare_entries(
    book: Book, records: Records, subject: Subject, mode: Mode, progress: Progress
) -> Comparison:
    """An entry that the book knows brings nobody back, so the people are looked at twice."""
    moment = known.moment(book)
    found = compare_entries(book, subject, records, identify(book, records.people, set(), mode))
    missing = 0
    if subject.key == ORDER_DETAILS:
        _hold_to_mode(book, found, mode)
    elif not mode.add:
        missing, found.new, found.answers = len(found.new) + len(found.answers), [], {}
    places = records.entries.person
    wanted = {places[at] for at in found.new if places[at] >= 0 and not found.customer[at]}
    who = identify(book, records.people, wanted, mode)
    people = CustomerTouches(book, records, who, mode, listed=False, progress=progress)
    progress.check()
    touched = EntryTouches(book, subject, records, found, who, mode)
    updates = Updates(book, who, mode, people, touched)
    lines = len(found.new) if subject.key == ORDER_DETAILS else 0
    return Comparison(book, moment, [], 0, missing, who, updates, lines, None, found)


def _hold_to_mode(book: Book, found: EntryComparison, mode: Mode) -> None:
    """Lines belong to orders the book has: without updates only orders without any get some."""
    if mode.update:
        return
    bare: set[int] = set()
    if mode.add:
        bare = {row.id for rows in known.orders(book, found.replaced) for row in rows if row.bare}
    found.replaced = [order for order in found.replaced if order in bare]
    found.new = [at for at in found.new if found.links["order_id"][at] in bare]


def _compare_orders(book: Book, records: Records, mode: Mode, progress: Progress) -> Comparison:
    """Orders are known by channel and number."""
    moment = known.moment(book)
    orders = records.orders
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
    touched = CustomerTouches(book, records, who, mode, listed=False, progress=progress)
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
