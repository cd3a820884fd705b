"""What keeps a case from taking back more than was sold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.queries.returns import DIGITS, Returnable, ReturnLine, returnable

GIVEN_BACK = ("return", "exchange")
"""Kinds of cases in which the shop takes goods back."""


class Wanted(Protocol):
    """So much of an order's line."""

    @property
    def order_line_id(self) -> int | None: ...

    @property
    def quantity(self) -> float: ...


def check_items(
    book: Book, kind: str, order_id: int | None, items: Sequence[Wanted], case: Any | None = None
) -> None:
    """Refuse a return or an exchange of more than can still be given back, and any case about more than was
    bought. `case` is the one being corrected: what it holds already it may keep. Raises UserError.
    """
    wanted = _by_line(items)
    if not wanted:
        return
    case_id = case.id if case is not None else None
    found = returnable(book, order_id, but_case=case_id) if order_id is not None else None
    if found is None:
        raise UserError(tr("These lines are of no order."), tr("Choose the order they are of."))
    held = _held(book, case_id)
    lines = {line.id: line for line in found.lines}
    for line_id, quantity in wanted.items():
        line = lines.get(line_id)
        if line is None:
            raise UserError(
                tr("A line of the case is not of the order {number}.", number=found.number),
                tr("Choose the lines anew."),
            )
        most = line.left if kind in GIVEN_BACK else line.bought
        if quantity > max(most, held.get(line_id, 0.0)):
            raise _too_much(found, line) if kind in GIVEN_BACK else _never_bought(line)


def check_revival(book: Book, case: Any) -> None:
    """Refuse to take up a case again whose goods went back in another one meanwhile. Raises UserError.

    A return that is done holds its goods as an open one does; one that was called off, and an exchange that
    is done, hold them anew.
    """
    if case.kind not in GIVEN_BACK or (case.kind == "return" and case.status != "cancelled"):
        return
    found = returnable(book, case.order_id, but_case=case.id) if case.order_id is not None else None
    if found is None:
        return
    held = _held(book, case.id)
    for line in found.lines:
        if held.get(line.id, 0.0) > line.left:
            raise _too_much(found, line)


def _by_line(items: Sequence[Wanted]) -> dict[int, float]:
    found: dict[int, float] = {}
    for item in items:
        if item.order_line_id is not None:
            so_far = found.get(item.order_line_id, 0.0)
            found[item.order_line_id] = round(so_far + item.quantity, DIGITS)
    return found


def _held(book: Book, case_id: int | None) -> dict[int, float]:
    """What a case holds of each line already."""
    rows = book.rows(
        "SELECT order_line_id, sum(quantity) FROM case_item WHERE case_id IS ? "
        "AND order_line_id IS NOT NULL GROUP BY order_line_id",
        (case_id,),
    )
    return {line: round(quantity, DIGITS) for line, quantity in rows}


def _too_much(found: Returnable, line: ReturnLine) -> UserError:
    if found.over == "cancelled":
        return UserError(
            tr("The order {number} was cancelled: there is nothing to give back.", number=found.number)
        )
    if found.over == "refunded":
        return UserError(
            tr("The money of the order {number} was given back already.", number=found.number),
            tr("Correct the refund on the order if that is not so."),
        )
    if found.over == "returned" or line.left <= 0:
        return UserError(
            tr("Nothing of “{product}” is left to give back.", product=line.title),
            tr("It is in another return or exchange; see the service cases of the order."),
        )
    return UserError(
        tr("Only {n} of “{product}” can still be given back.", n=f"{line.left:g}", product=line.title),
        tr("The rest is in another return or exchange."),
    )


def _never_bought(line: ReturnLine) -> UserError:
    return UserError(
        tr("Only {n} of “{product}” was bought.", n=f"{line.bought:g}", product=line.title),
        tr("Write a smaller quantity."),
    )
