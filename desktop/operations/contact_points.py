"""Contact points as people write them, made into what the book recognises a customer by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from desktop.core import words
from desktop.core.errors import UserError
from desktop.core.text import PhoneFault, clean_cell, format_phone, normalise_account, read_phone
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.models.customers import ContactPoint
from desktop.models.history import Step


class Point(NamedTuple):
    """One way to reach a customer as it was written; `channel` names the platform of an account."""

    kind: str
    value: str
    channel: str = ""
    main: bool = False


class KnownPoint(NamedTuple):
    """A point in the form the book keeps, with what it is recognised by."""

    kind: str
    channel: str
    value: str
    norm: str
    main: bool


def check_points(book: Book, points: Iterable[Point], *, customer_id: int | None = None) -> list[KnownPoint]:
    """The points without blanks and repetitions; the first of a kind is the main one if none is said to be.

    Raises UserError for one that can't be read, or that another customer than `customer_id` holds.
    """
    known: dict[tuple[str, str, str], KnownPoint] = {}
    country = str(book.setting("shop.country"))
    for point in points:
        value = clean_cell(point.value)
        if not value:
            continue
        norm = _norm(point.kind, value, country)
        key = (point.kind, point.channel, norm)
        if key not in known:
            known[key] = KnownPoint(point.kind, point.channel, value, norm, point.main)
    for one in known.values():
        holder = holder_of(book, one.kind, one.norm, channel=one.channel)
        if holder and holder[0] != customer_id:
            raise UserError(
                tr("“{value}” already belongs to {customer}.", value=one.value, customer=holder[1]),
                tr("Open that customer, or check the number."),
            )
    with_main = {point.kind for point in known.values() if point.main}
    found: list[KnownPoint] = []
    for one in known.values():
        main = one.main if one.kind in with_main else one.kind not in {other.kind for other in found}
        found.append(one._replace(main=main))
    return found


class Reading(NamedTuple):
    """What the book makes of a point as it is being written.

    `shown` is how it will be shown, "" where it can't be read; `fault` says why, `holder` who has it already.
    """

    shown: str = ""
    fault: UserError | None = None
    holder: tuple[int, str] | None = None


def read_point(book: Book, point: Point, *, customer_id: int | None = None) -> Reading:
    """What becomes of a point of `customer_id`, asked at each keystroke; nothing is raised or kept."""
    value = clean_cell(point.value)
    if not value:
        return Reading()
    try:
        norm = _norm(point.kind, value, str(book.setting("shop.country")))
    except UserError as fault:
        return Reading(fault=fault)
    holder = holder_of(book, point.kind, norm, channel=point.channel)
    shown = format_phone(norm) if point.kind == "phone" else norm if point.kind == "email" else value
    return Reading(shown, holder=holder if holder and holder[0] != customer_id else None)


def holder_of(book: Book, kind: str, norm: str, *, channel: str = "") -> tuple[int, str] | None:
    """The id and name of the customer who holds a point, by its normal form; addresses are anybody's."""
    if kind == "address":
        return None
    found = book.row(
        "SELECT c.id, c.name FROM contact_point AS p JOIN customer AS c ON c.id = p.customer_id "
        "WHERE p.kind <> 'address' AND p.kind = ? AND p.channel = ? AND p.norm = ?",
        (kind, channel, norm),
    )
    return (found[0], found[1] or tr("a customer without a name")) if found else None


def write_points(step: Step, customer_id: int, points: list[KnownPoint]) -> None:
    """Make these the customer's points: what stays is left alone, so that the history says what changed."""
    wanted = {(point.kind, point.channel, point.norm): point for point in points}
    kept = set()
    rows = step.execute(
        "SELECT id, kind, channel, norm, value, main FROM contact_point WHERE customer_id = ?", (customer_id,)
    ).fetchall()
    for row, kind, channel, norm, value, main in rows:
        point = wanted.get((kind, channel, norm))
        if point is None:
            step.delete(ContactPoint, [row])
            continue
        kept.add((kind, channel, norm))
        if (point.value, point.main) != (value, bool(main)):
            step.update(ContactPoint, row, value=point.value, main=point.main)
    for key, point in wanted.items():
        if key not in kept:
            step.insert(ContactPoint, customer_id=customer_id, **point._asdict())


def _norm(kind: str, value: str, country: str) -> str:
    norm = normalise_account(kind, value, country)
    if norm:
        return norm
    name = words.name(words.CONTACT_KINDS, kind)
    if kind == "phone" and read_phone(value, country).fault is PhoneFault.MASKED:
        raise UserError(
            tr("“{value}” hides some of its digits, so it recognises nobody.", value=value),
            tr("Leave it out, or write the whole number."),
        )
    raise UserError(
        tr("“{value}” can't be read as: {kind}.", value=value, kind=name),
        tr("Check it, or leave it out."),
    )
