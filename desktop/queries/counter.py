"""What the counter's card says of a customer: all that matters while they stand there, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.core.birthdays import Coming, birthday_of, coming
from desktop.core.member_codes import CHANNEL
from desktop.models.book import Book
from desktop.models.summaries import state_sql
from desktop.queries.counter_matters import Matter, open_matters
from desktop.queries.line_titles import LINE_TITLE
from desktop.queries.promotions import LeftOut, left_out

PURCHASES = 3
MOST_LINES = 4
"""Lines shown of a purchase; the rest are counted."""
BIRTHDAY_DAYS = 14


@dataclass(frozen=True, slots=True)
class Purchase:
    """A purchase with its first lines (title, quantity); `left_out` counts the others; `net` minor units."""

    id: int
    number: str
    channel: str
    placed_at: str
    net: int
    lines: tuple[tuple[str, float], ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class CounterCard:
    """One customer. Days are ordinals, `rhythm` days, `spend` minor units; `photo` an attachment's id."""

    id: int
    name: str
    kind: str
    region: str
    likes: str
    dislikes: str
    expectations: str
    notes: str
    created_at: str
    checked_on: int | None
    state: str
    orders: int
    occasions: int
    spend: int
    first_day: int | None
    last_day: int | None
    rhythm: float | None
    next_day: int | None
    points: int
    rating: float | None
    phone: str = ""
    codes: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    birthday: Coming | None = None
    left_out: tuple[LeftOut, ...] = ()
    """Why they get no promotions."""
    photo: int | None = None
    note: tuple[str, str] | None = None
    """The pinned note, else the last one: when it was written, and its words."""
    matters: tuple[Matter, ...] = ()
    purchases: tuple[Purchase, ...] = ()


def counter_card(book: Book, customer_id: int, *, now: datetime) -> CounterCard | None:
    """The card of a customer, or None when there is none of that id; every part of it is bounded."""
    today = now.date()
    found = book.row(
        "SELECT c.id, c.name, c.kind, c.region, c.likes, c.dislikes, c.expectations, c.notes, c.created_at, "
        f"c.checked_on, {state_sql('?1', 's')}, s.orders, s.occasions, s.spend, s.first_day, s.last_day, "
        "s.rhythm, s.next_day, s.points, s.rating, c.birthday, c.birthday_calendar, c.birthday_leap, "
        "s.open_complaints, s.open_cases "
        "FROM customer AS c JOIN customer_summary AS s ON s.customer_id = c.id WHERE c.id = ?2",
        (today.toordinal(), customer_id),
    )
    if found is None:
        return None
    *head, birthday, calendar, leap, complaints, cases = found
    points = book.rows(
        "SELECT kind, channel, norm FROM contact_point "
        "WHERE customer_id = ? AND kind IN ('phone', 'account') ORDER BY main DESC, id LIMIT 40",
        (customer_id,),
    )
    more = (
        next((norm for kind, _, norm in points if kind == "phone"), ""),
        tuple(norm for kind, channel, norm in points if (kind, channel) == ("account", CHANNEL)),
        _tags(book, customer_id),
        _birthday(birthday, calendar, bool(leap), today),
        left_out(book, customer_id),
        None if _refused(book, customer_id, "photo") else _photo(book, customer_id),
        _note(book, customer_id),
        open_matters(book, customer_id, today, complaints=complaints, cases=cases),
        _purchases(book, customer_id),
    )
    return CounterCard(*(*head, *more))


def _birthday(stored: str, calendar: str, leap: bool, today: date) -> Coming | None:
    """The birthday, when it is near."""
    born = birthday_of(stored, calendar, leap) if stored else None
    near = coming(born, today) if born else None
    return near if near and near.days <= BIRTHDAY_DAYS else None


def _tags(book: Book, customer_id: int) -> tuple[tuple[str, str], ...]:
    rows = book.rows(
        "SELECT tag.name, tag.tone FROM customer_tag JOIN tag ON tag.id = tag_id WHERE customer_id = ? "
        "ORDER BY tag.name LIMIT 6",
        (customer_id,),
    )
    return tuple((name, tone) for name, tone in rows)


def _refused(book: Book, customer_id: int, purpose: str) -> bool:
    """Whether their last word on a purpose was no."""
    given = book.value(
        "SELECT given FROM consent WHERE customer_id = ? AND purpose = ? ORDER BY at DESC, id DESC LIMIT 1",
        (customer_id, purpose),
    )
    return bool(given == 0)


def _photo(book: Book, customer_id: int) -> int | None:
    """The newest picture kept with the customer."""
    found: int | None = book.value(
        "SELECT id FROM attachment WHERE subject = 'customer' AND subject_id = ? "
        "AND media_type LIKE 'image/%' ORDER BY added_at DESC, id DESC LIMIT 1",
        (customer_id,),
    )
    return found


def _note(book: Book, customer_id: int) -> tuple[str, str] | None:
    for pinned in (" AND pinned = 1", ""):
        found = book.row(
            "SELECT happened_at, title, text FROM interaction "
            f"WHERE customer_id = ?{pinned} ORDER BY happened_at DESC LIMIT 1",
            (customer_id,),
        )
        if found:
            return found[0], " · ".join(part for part in found[1:] if part)
    return None


def _purchases(book: Book, customer_id: int) -> tuple[Purchase, ...]:
    found = book.rows(
        "SELECT id, number, channel, placed_at, net FROM orders WHERE customer_id = ? AND purchase = 1 "
        f"ORDER BY day DESC, placed_at DESC, id DESC LIMIT {PURCHASES}",
        (customer_id,),
    )
    made = []
    for row in found:
        lines = book.rows(
            f"SELECT {LINE_TITLE}, quantity FROM order_line WHERE order_id = ? ORDER BY position, id LIMIT ?",
            (row[0], MOST_LINES + 1),
        )
        left_out = 0
        if len(lines) > MOST_LINES:
            lines = lines[:MOST_LINES]
            count = book.value("SELECT count(*) FROM order_line WHERE order_id = ?", (row[0],))
            left_out = count - MOST_LINES
        made.append(Purchase(*(*row, tuple(map(tuple, lines)), left_out)))
    return tuple(made)
