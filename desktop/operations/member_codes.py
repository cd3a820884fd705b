"""Giving customers the code by which the counter knows them."""

from __future__ import annotations

from desktop.core import member_codes
from desktop.core.translation import mark
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.customers import ContactPoint
from desktop.operations.contact_points import Point, check_points
from desktop.operations.membership import known_name


def give_member_code(book: Book, *, customer_id: int, code: str = "", instead: bool = False) -> Changes:
    """Give a customer a member's code: the next free one, or what stands on a card.

    `instead` takes their earlier codes away, as a lost card wants. Raises UserError when another customer
    holds the code, or the customer is gone.
    """
    name = known_name(book, customer_id)
    wanted = member_codes.normalise_code(code) or next_code(book)
    checked = check_points(book, [Point("account", wanted, member_codes.CHANNEL)], customer_id=customer_id)
    held = {norm: row for row, norm in book.rows(
        "SELECT id, norm FROM contact_point WHERE customer_id = ? AND kind = 'account' AND channel = ?",
        (customer_id, member_codes.CHANNEL),
    )}  # fmt: skip
    label = mark("Member code for {customer}") if name else mark("Member code")
    with book.step(label, **({"customer": name} if name else {})) as step:
        for point in checked:
            if instead:
                step.delete(ContactPoint, [row for norm, row in held.items() if norm != point.norm])
            if point.norm not in held:
                step.insert(ContactPoint, customer_id=customer_id, **point._asdict())
    return step.changes


def next_code(book: Book) -> str:
    """The first code after the highest given; when the range is at its end, the lowest that is free."""
    bounds = (member_codes.CHANNEL, member_codes.PREFIX, str(int(member_codes.PREFIX) + 1))
    highest = book.value(f"{_GIVEN} ORDER BY norm DESC LIMIT 1", bounds)
    number = 0 if highest is None else member_codes.number_of(highest) + 1
    if number == member_codes.NUMBERS:
        number = 0
        for (code,) in book.rows(f"{_GIVEN} ORDER BY norm", bounds):
            if member_codes.number_of(code) > number:
                break
            number = member_codes.number_of(code) + 1
    return member_codes.member_code(number)


# "kind <> 'address'" lets SQLite use the index of the points that are one person's.
_GIVEN = (
    "SELECT norm FROM contact_point WHERE kind = 'account' AND kind <> 'address' AND channel = ? "
    "AND norm >= ? AND norm < ? AND length(norm) = 13 AND norm NOT GLOB '*[^0-9]*'"
)
