"""Which complaints a filter holds, as SQL: a scope of the chips, facets, words, the ids behind a figure."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from desktop.core.days import iso
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.queries.customer_search import all_matches_sql

Scope = Literal["open", "today", "overdue", "waiting", "settled", "reopened", "rejected", "board", "all"]
"""open; due today, and before now; waiting for the customer; settled in the last 30 days; open again;
rejected; open and those lately settled; every one."""

SETTLED_DAYS = 30
NOBODY = 0
"""Among the clerks of a filter: complaints that nobody has taken."""
NO_PRODUCT = 0

NEVER = "9999-12-31 23:59:59"
"""Where complaints without a deadline stand among those with one; as the index complaint_urgency has it."""

# The plus: what was settled lately is few, and found by its own index.
_RECENT = "complaint.settled_at >= :recent AND +complaint.open = 0 AND +complaint.status <> 'rejected'"
_DUE_AT = f"coalesce(complaint.due_at, '{NEVER}')"
_DUE = f"complaint.open = 1 AND {_DUE_AT}"

URGENT = f"complaint.open DESC, {_DUE_AT}, complaint.received_at DESC, complaint.id DESC"
"""The overdue first, then what is due next, then what has no deadline; the columns of complaint_urgency."""
_LATELY = "complaint.settled_at DESC, complaint.id DESC"
_NEWEST = "complaint.received_at DESC, complaint.id DESC"

SCOPES: dict[Scope, tuple[tuple[str, str], ...]] = {
    "open": (("complaint.open = 1", URGENT),),
    "today": ((f"{_DUE} >= :now AND {_DUE_AT} < :tomorrow", URGENT),),
    "overdue": ((f"{_DUE} < :now", URGENT),),
    # Without a deadline that counts: the index of urgency has them together, the waiting among them.
    "waiting": ((f"{_DUE} = '{NEVER}' AND complaint.waiting_since IS NOT NULL", _NEWEST),),
    "settled": ((_RECENT, _LATELY),),
    "reopened": (("complaint.open = 1 AND complaint.reopened > 0", URGENT),),
    "rejected": (("complaint.status = 'rejected'", _NEWEST),),
    "board": (("complaint.open = 1", URGENT), (_RECENT, _LATELY)),
    "all": (("complaint.open = 1", URGENT), ("complaint.open = 0", URGENT)),
}
"""The parts of each scope, of which none holds what another does, each with its own order of urgency."""


WIDE = frozenset({"all", "rejected"})
"""Scopes that may hold nearly every complaint of the book."""
_HANDFUL = 100
_MANY = 2000
"""So many found are picked from the walk along an order; fewer are looked up and sorted."""
SCANNED = 20_000
"""So many complaints are gone through sooner than a text of all of them is kept in memory."""
SEARCHED = ("number", "title", "text", "detail", "dispute")
WHOLE = " || char(10) || ".join(f"complaint.{column}" for column in SEARCHED)
"""SQL for all columns that are searched, in one text: compared in a third of the time."""
_LIKE = "LIKE :like ESCAPE '\\'"
_ALIASES = f"SELECT complaint_id AS id FROM complaint_alias WHERE number {_LIKE}"


@dataclass(frozen=True, slots=True)
class ComplaintFilter:
    """What narrows a list of complaints; empty tuples narrow nothing.

    `staff` may hold NOBODY, `products` NO_PRODUCT. `among`: only these, the ids behind a figure.
    """

    scope: Scope = "board"
    text: str = ""
    severities: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    staff: tuple[int, ...] = ()
    products: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    customer_id: int | None = None
    among: tuple[int, ...] | None = None

    @property
    def facets(self) -> int:
        """How many of the drawer's kinds of conditions are set."""
        return sum(map(bool, (self.severities, self.subjects, self.staff, self.products)))

    @property
    def narrows(self) -> bool:
        """Whether anything but the scope leaves some out."""
        return (
            bool(self.facets or self.statuses or self.text.strip() or self.among is not None)
            or self.customer_id is not None
        )

    @property
    def few(self) -> bool:
        """Whether only a handful of complaints is asked, each quicker by itself than all together."""
        return self.among is not None and len(self.among) <= _HANDFUL

    def without_facets(self) -> ComplaintFilter:
        """The same, whatever the severity, subject, clerk and product."""
        return replace(self, severities=(), subjects=(), staff=(), products=())


@dataclass(frozen=True, slots=True)
class Part:
    """A condition on `complaint`, its parameters, and the order in which what it holds is urgent."""

    where: str
    params: dict[str, Any]
    urgency: str


def parts(book: Book, view: ComplaintFilter, now: datetime) -> list[Part]:
    """The parts of a filter, one after the other in urgency; none holds what another does."""
    also, params = _narrowed(book, view)
    known = {**moments(now), **params}
    return [
        Part(" AND ".join((scope, *also)), _used(scope, known), order) for scope, order in SCOPES[view.scope]
    ]


def whole(book: Book, view: ComplaintFilter, now: datetime) -> Part:
    """All parts of a filter in one."""
    also, params = _narrowed(book, view)
    scope = " OR ".join(one for one, _ in SCOPES[view.scope])
    # Nothing is asked of a complaint of any state, so that the index of an order can be walked.
    conditions = also if view.scope == "all" else [f"({scope})", *also]
    used = _used(scope, {**moments(now), **params})
    return Part(" AND ".join(conditions) or "true", used, URGENT)


def moments(now: datetime) -> dict[str, str]:
    """The moments that scopes compare with."""
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return {"now": iso(now), "tomorrow": iso(tomorrow), "recent": iso(now - timedelta(days=SETTLED_DAYS))}


def _used(scope: str, known: dict[str, Any]) -> dict[str, Any]:
    """A statement is given no moment that it does not name."""
    return {
        name: value
        for name, value in known.items()
        if name not in ("now", "tomorrow", "recent") or f":{name}" in scope
    }


def _narrowed(book: Book, view: ComplaintFilter) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    params: dict[str, Any] = {}

    def one_of(column: str, name: str, values: Sequence[Any], nothing: Any = None) -> None:
        if not values:
            return
        params[name] = json.dumps([value for value in values if value != nothing])
        # The plus keeps an index of few different values from being walked in place of the scope's.
        found = f"+complaint.{column} IN (SELECT value FROM json_each(:{name}))"
        if nothing is not None and nothing in values:
            found = f"({found} OR complaint.{column} IS NULL)"
        conditions.append(found)

    one_of("severity", "severities", view.severities)
    one_of("subject", "subjects", view.subjects)
    one_of("status", "statuses", view.statuses)
    one_of("staff_id", "staff", view.staff, NOBODY)
    one_of("product_id", "products", view.products, NO_PRODUCT)
    if view.customer_id is not None:
        conditions.append("complaint.customer_id = :customer")
        params["customer"] = view.customer_id
    if view.among is not None:
        conditions.append("complaint.id IN (SELECT value FROM json_each(:among))")
        params["among"] = as_json(view.among)
    if view.text.strip():
        words, more = _text_condition(book, view)
        conditions.append(words)
        params.update(more)
    return conditions, params


def _text_condition(book: Book, view: ComplaintFilter) -> tuple[str, dict[str, Any]]:
    """What a text finds: in numbers (also those of complaints merged), words, disputes, and customers."""
    if view.scope not in WIDE or view.few:
        customers, params = all_matches_sql(book, view.text)
        return (
            f"(complaint.customer_id IN ({customers}) OR complaint.id IN ({_ALIASES}) OR {WHOLE} {_LIKE})",
            {**params, "like": _pattern(view.text)},
        )
    # Nearly all have to be asked: once, however many statements follow.
    found = text_ids(book, view.text)
    walks = "+" if len(found) > _MANY else ""
    return f"{walks}complaint.id IN (SELECT value FROM json_each(:found))", {"found": as_json(found)}


def text_ids(book: Book, text: str) -> array[int]:
    """The ids of all complaints that a text finds, in no order."""
    customers, params = all_matches_sql(book, text)
    theirs = f"{_ALIASES} UNION SELECT id FROM complaint WHERE customer_id IN ({customers})"
    params = {**params, "like": _pattern(text)}
    if int(book.value("SELECT count(*) FROM complaint")) <= SCANNED:
        return id_list(book, f"SELECT id FROM complaint WHERE {WHOLE} {_LIKE} UNION {theirs}", params)
    from desktop.queries.complaint_texts import complaint_texts

    found = id_list(book, theirs, params)
    return array("q", {*complaint_texts(book).find(text.strip()).tolist(), *found})


def _pattern(text: str) -> str:
    typed = text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{typed}%"


def as_json(found: Sequence[int]) -> str:
    """Ids as a statement's parameter for json_each."""
    return f"[{','.join(map(str, found))}]"
