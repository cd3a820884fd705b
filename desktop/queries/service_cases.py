"""Service cases: which there are, their rows for a list, what is due, how many, and where they are served."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from desktop.core.days import iso
from desktop.core.words import CASE_KINDS, CASE_REASONS
from desktop.models.book import Book

Scope = Literal["open", "waiting", "overdue", "done", "all"]
"""Going on (waiting ones too); waiting for the customer; past a deadline; ended in the last 30 days; all."""

SCOPES: tuple[Scope, ...] = ("open", "waiting", "overdue", "done", "all")
DONE_DAYS = 30

# What is due next: the case itself or its earliest step that is not done; nothing while it waits.
_DUE = """(CASE WHEN c.status = 'open' THEN min(coalesce(c.due_at, '9999'), coalesce(
    (SELECT min(due_at) FROM case_step WHERE case_id = c.id AND done_at IS NULL), '9999')) END)"""
_GOING = "c.status IN ('open', 'waiting')"

_WHERE: dict[Scope, str] = {
    "open": _GOING,
    "waiting": "c.status = 'waiting'",
    "overdue": f"c.status = 'open' AND {_DUE} < :now",
    # The plus keeps SQLite from fetching every ended case by the index of its status.
    "done": "+c.status IN ('done', 'cancelled') AND c.closed_at >= :recent",
    "all": "true",
}


def _rank(column: str, codes: Iterable[str]) -> str:
    """SQL that numbers the codes of a column in the order of our word table."""
    whens = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(codes))
    return f"CASE c.{column} {whens} END"


ORDERS: dict[str, tuple[str, ...]] = {
    "due": (
        f"NOT ({_GOING})", "c.status = 'waiting'", f"coalesce({_DUE}, '9999')", "c.closed_at DESC",
        "c.opened_at DESC", "c.id DESC",
    ),
    "number": ("substr(c.number, 1, 7)", "length(c.number)", "c.number"),
    "title": ("c.title",),
    "customer": ("(SELECT sort_name FROM customer_summary WHERE customer_id = c.customer_id)",),
    "kind": (_rank("kind", CASE_KINDS),),
    "reason": (_rank("reason", CASE_REASONS),),
    "status": (_rank("status", ("open", "waiting", "done", "cancelled")),),
    "opened": ("c.opened_at",),
    "closed": ("c.closed_at",),
    "place": ("c.place = ''", "c.place"),
    "cost": ("c.cost + c.refunded",),
}  # fmt: skip
"""What the list can be sorted by; "due": what is due first, then who is waited for, then the ended ones."""


class CaseRow(NamedTuple):
    """A case as a list shows it.

    `due_at` is its next deadline (None: it has none, waits or has ended); `steps` of which `done`, and the
    `next_step` as stored; `cost` to the shop and what was `refunded` in minor units; `perceived` its rating.
    """

    id: int
    number: str
    kind: str
    status: str
    title: str
    reason: str
    outcome: str
    place: str
    customer_id: int | None
    customer_name: str
    order_number: str
    opened_at: str
    closed_at: str | None
    waiting_since: str | None
    due_at: str | None
    steps: int
    done: int
    next_step: str
    cost: int
    refunded: int
    perceived: int | None
    staff: str

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.status in ("open", "waiting")


class Counts(NamedTuple):
    """How many cases each filter holds."""

    open: int
    waiting: int
    overdue: int
    done: int
    all: int


_ROW = f"""
SELECT c.id, c.number, c.kind, c.status, c.title, c.reason, c.outcome, c.place, c.customer_id,
    coalesce(customer.name, ''), coalesce(orders.number, ''), c.opened_at, c.closed_at, c.waiting_since,
    nullif({_DUE}, '9999'),
    (SELECT count(*) FROM case_step WHERE case_id = c.id),
    (SELECT count(*) FROM case_step WHERE case_id = c.id AND done_at IS NOT NULL),
    coalesce((SELECT title FROM case_step WHERE case_id = c.id AND done_at IS NULL
        ORDER BY position, id LIMIT 1), ''),
    c.cost, c.refunded,
    (SELECT perceived FROM rating WHERE case_id = c.id AND perceived IS NOT NULL ORDER BY id DESC LIMIT 1),
    coalesce(staff.name, '')
FROM service_case AS c LEFT JOIN customer ON customer.id = c.customer_id
    LEFT JOIN orders ON orders.id = c.order_id LEFT JOIN staff ON staff.id = c.staff_id
"""


def _moments(now: datetime) -> dict[str, str]:
    return {"now": iso(now), "recent": iso(now - timedelta(days=DONE_DAYS))}


def case_ids(
    book: Book,
    *,
    now: datetime,
    scope: Scope = "open",
    kind: str = "",
    text: str = "",
    customer_id: int | None = None,
    order_id: int | None = None,
    sort: str = "due",
    descending: bool = False,
) -> array[int]:
    """The ids of the cases that a filter holds, in an order of `ORDERS`.

    `text` looks in number, title, words, place, the order's number, what it is about and the customer's name.
    """
    if sort == "due" and scope == "all":
        # What goes on is little and pressing, what has ended is much and only by its day: sorted apart.
        parts = (_GOING, f"NOT ({_GOING})")
        return _ids(book, now, parts[0], kind, text, customer_id, order_id, ORDERS["due"]) + _ids(
            book, now, parts[1], kind, text, customer_id, order_id, ("c.closed_at DESC", "c.id DESC")
        )
    order = ORDERS[sort]
    if sort != "due":
        order = tuple(f"{term} DESC" if descending else term for term in (*order, "c.id"))
    return _ids(book, now, _WHERE[scope], kind, text, customer_id, order_id, order)


def _ids(
    book: Book,
    now: datetime,
    where: str,
    kind: str,
    text: str,
    customer_id: int | None,
    order_id: int | None,
    order: tuple[str, ...],
) -> array[int]:
    conditions, params = [where], dict[str, Any]()
    for name, condition, value in (
        ("kind", "c.kind = :kind", kind),
        ("customer", "c.customer_id = :customer", customer_id),
        ("order", "c.order_id = :order", order_id),
    ):
        if value:
            conditions.append(condition)
            params[name] = value
    if text.strip():
        conditions.append(
            "(c.number LIKE :like OR c.title LIKE :like OR c.text LIKE :like OR c.place LIKE :like "
            "OR c.customer_id IN (SELECT id FROM customer WHERE name LIKE :like) "
            "OR c.order_id IN (SELECT id FROM orders WHERE number LIKE :like) "
            "OR c.id IN (SELECT case_id FROM case_item WHERE title LIKE :like))"
        )
        params["like"] = f"%{text.strip()}%"
    sql = f"SELECT c.id FROM service_case AS c WHERE {' AND '.join(conditions)} ORDER BY {', '.join(order)}"
    wanted = {name: value for name, value in _moments(now).items() if f":{name}" in sql}
    return array("q", (row for (row,) in book.rows(sql, {**wanted, **params})))


def case_rows(book: Book, ids: Sequence[int]) -> dict[int, CaseRow]:
    """The rows of these ids; those gone meanwhile are left out."""
    marks = ", ".join("?" * len(ids))
    return {row[0]: CaseRow(*row) for row in book.rows(f"{_ROW} WHERE c.id IN ({marks})", tuple(ids))}


def counts(book: Book, *, now: datetime, kind: str = "") -> Counts:
    """How many cases each filter holds, of one kind or of all ("")."""
    params = {**_moments(now), "kind": kind}
    of_kind = " AND c.kind = :kind" if kind else ""

    def count(what: str, where: str) -> Any:
        sql = f"SELECT {what} FROM service_case AS c WHERE {where}{of_kind}"
        return book.row(sql, {name: value for name, value in params.items() if f":{name}" in sql})

    # The index holds those that go on together.
    waiting, overdue = (f"count(*) FILTER (WHERE {_WHERE[scope]})" for scope in ("waiting", "overdue"))
    going = count(f"count(*), {waiting}, {overdue}", _GOING)
    (done,), (every,) = count("count(*)", _WHERE["done"]), count("count(*)", "true")
    return Counts(*(*going, done, every))


def kind_counts(book: Book, *, now: datetime, scope: Scope) -> dict[str, int]:
    """How many cases of each kind a filter holds."""
    sql = f"SELECT c.kind, count(*) FROM service_case AS c WHERE {_WHERE[scope]} GROUP BY c.kind"
    return dict(book.rows(sql, {n: v for n, v in _moments(now).items() if f":{n}" in sql}))


def open_count(book: Book) -> int:
    """How many cases go on: the number beside their place in the sidebar."""
    return int(book.value("SELECT count(*) FROM service_case WHERE status IN ('open', 'waiting')"))


def places(book: Book, limit: int = 30) -> list[str]:
    """Where cases were served before, the most used first."""
    rows = book.rows(
        "SELECT place FROM service_case WHERE place <> '' GROUP BY place ORDER BY count(*) DESC, place "
        "LIMIT ?",
        (limit,),
    )
    return [place for (place,) in rows]


def asks_for_ratings(book: Book, customer_id: int) -> bool:
    """Whether a customer may be asked for a rating: unless their last word on it was no."""
    given = book.value(
        "SELECT given FROM consent WHERE customer_id = ? AND purpose = 'rating' ORDER BY at DESC, id DESC",
        (customer_id,),
    )
    return given is None or bool(given)
