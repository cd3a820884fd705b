"""Which entries of a file are new to the book, and the orders, complaints and customers they belong to."""

from __future__ import annotations

from desktop.core.text import fold
from desktop.core.translation import ntr, tr
from desktop.exchange.checking.records import Problem, Records
from desktop.exchange.comparing.cards import look_at_cards
from desktop.exchange.comparing.details import compare_details
from desktop.exchange.comparing.entry_comparison import EntryComparison
from desktop.exchange.comparing.entry_recognition import find_known
from desktop.exchange.comparing.identity import Identities
from desktop.exchange.vocabulary.subjects import ORDER_DETAILS, Subject
from desktop.models.book import Book
from desktop.queries import known, known_entries
from desktop.queries.known_entries import Named

__all__ = ["EntryComparison", "compare_entries"]


def compare_entries(
    book: Book, subject: Subject, records: Records, identities: Identities
) -> EntryComparison:
    """Compares entries with the book as it is now. `identities`: everybody known; nobody new is needed."""
    found = EntryComparison(customer=[0] * len(records.entries))
    if not len(records.entries):
        return found
    names = _References(book, records)
    found.links["order_id"] = names.orders()
    if subject.key == ORDER_DETAILS:
        compare_details(book, records, found)
        return found
    found.links["complaint_id"] = names.complaints()
    found.links["product_id"] = names.products()
    found.customer = names.owners()
    wrong = look_at_cards(book, records, found) if subject.key == "ratings" else set()
    find_known(book, subject, records, identities, found)
    seen = found.known.keys() | found.answers.keys() | wrong
    found.new = [at for at in range(len(records.entries)) if at not in seen]
    if subject.key == "points":
        _leave_out_nobodys(records, found)
    _note_unknown(records, found)
    return found


# --- what they name


class _References:
    """The orders, complaints and products that entries name, as the book has them."""

    def __init__(self, book: Book, records: Records) -> None:
        self.book = book
        self.records = records
        self.entries = records.entries
        self.named: dict[int, Named] = {}

    def orders(self) -> list[int]:
        """For each entry the order of its number: of its channel, or the only one."""
        numbers = self.entries.order_number
        there = known_entries.orders_called(self.book, {number for number in numbers if number})
        own = self.entries.values.get("channel", [None] * len(self.entries))
        found = [0] * len(self.entries)
        for at, number in enumerate(numbers):
            if number and number in there:
                one = _chosen(there[number], self.entries.order_channel[at] or own[at])
                if one is not None:
                    found[at] = one.id
                    self.named[at] = one
        return found

    def complaints(self) -> list[int]:
        """For each entry the complaint it is about; it tells more of whose the entry is than the order."""
        numbers = self.entries.complaint_number
        asked = {number for number in numbers if number}
        there = known_entries.complaints_called(self.book, asked)
        gone = known_entries.complaints_merged(self.book, asked - there.keys())
        there |= {number: [named] for number, named in gone.items()}
        found = [0] * len(self.entries)
        for at, number in enumerate(numbers):
            if number in there:
                found[at] = there[number][0].id
                if there[number][0].customer:
                    self.named[at] = there[number][0]
        return found

    def products(self) -> list[int]:
        """For each entry the product of the book that it names."""
        if not self.records.products:
            return [0] * len(self.entries)
        by_code, by_name, _ = known.products(self.book)
        ids = [by_code.get(code, 0) if code else by_name.get(name, 0) for code, name in self.records.products]
        return [ids[place] if place >= 0 else 0 for place in self.entries.product]

    def owners(self) -> list[int]:
        """Whose an entry is by what it names: where it names nobody, or somebody of that very name alone."""
        found = [0] * len(self.entries)
        for at, one in self.named.items():
            place = self.entries.person[at]
            if not one.customer:
                continue
            if place < 0:
                found[at] = one.customer
                continue
            person = self.records.people[place]
            if not person.points and fold(person.name) == fold(one.name):
                found[at] = one.customer
        return found


def _chosen(several: list[Named], channel: str | None) -> Named | None:
    """The order meant by a number: that of the channel, or the only one there is."""
    fitting = [one for one in several if one.channel == channel] if channel else []
    if fitting:
        return fitting[0]
    return several[0] if len(several) == 1 else None


# --- what is to be said of them


def _leave_out_nobodys(records: Records, found: EntryComparison) -> None:
    """Points belong to somebody: those of an unknown order that name nobody stay out."""
    entries = records.entries
    kept = []
    for at in found.new:
        if entries.person[at] >= 0 or found.customer[at]:
            kept.append(at)
            continue
        number = entries.order_number[at]
        if found.links["order_id"][at]:
            reason = tr("the order {number} belongs to nobody, and the row names nobody", number=number)
        else:
            reason = tr("the book has no order {number}, and the row names nobody", number=number)
        found.problems.append(Problem(entries.row[at], "", number, reason))
    found.new = kept


def _note_unknown(records: Records, found: EntryComparison) -> None:
    """Says how many rows come in without the order or complaint they name."""
    entries, links = records.entries, found.links
    orders = sum(1 for at in found.new if entries.order_number[at] and not links["order_id"][at])
    if orders:
        found.notes.append(
            ntr(
                "{n} row names an order that the book does not have and comes in without it.",
                "{n} rows name orders that the book does not have and come in without them.",
                orders,
            )
        )
    complaints = sum(1 for at in found.new if entries.complaint_number[at] and not links["complaint_id"][at])
    if complaints:
        found.notes.append(
            ntr(
                "{n} row names a complaint that the book does not have and comes in without it.",
                "{n} rows name complaints that the book does not have and come in without them.",
                complaints,
            )
        )
