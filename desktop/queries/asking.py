"""Whom to ask for a rating today: what ended some days ago, and askings that nobody has answered.

Asking is service, not advertising: refused promotions do not hold it back. What does is an open complaint, a
word that they are not to be asked or contacted, a request to restrict the use of their data, and a question
asked lately.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any, Literal

from desktop.core.days import iso
from desktop.models.book import Book

Kind = Literal["order", "case", "complaint", "waiting"]

BACK_DAYS = 30
"""What ended longer ago is not asked about any more: who remembers?"""
MOST = 40
"""More are not looked for: that many nobody asks in a day."""
_SLOWEST_DAYS = 45
"""An order that was placed longer before its end is not found; bounds how far back is read."""
_LONGEST_CASE_DAYS = 365
_LOOKED_THROUGH = 6000
"""Orders looked through at most: where all are asked about already, there is no end before that."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Something to ask about: an order, case or complaint that ended, or an asking without an answer.

    `title` is its number, or what it was about; `at` when it ended, or, of one that waits, was asked, as
    stored. `rating_id` is the row that waits, None where nothing was asked yet.
    """

    kind: Kind
    at: str
    customer_id: int
    customer_name: str
    title: str
    order_id: int | None = None
    case_id: int | None = None
    complaint_id: int | None = None
    rating_id: int | None = None
    channel: str = ""


_HELD = (
    "(EXISTS (SELECT 1 FROM complaint AS x WHERE x.customer_id = {who} AND x.open = 1) "
    "OR EXISTS (SELECT 1 FROM consent AS n WHERE n.customer_id = {who} "
    "AND n.purpose IN ('rating', 'contact') AND n.given = 0 "
    "AND NOT EXISTS (SELECT 1 FROM consent AS m WHERE m.customer_id = {who} "
    "AND m.purpose = n.purpose AND (m.at > n.at OR (m.at = n.at AND m.id > n.id)))) "
    "OR EXISTS (SELECT 1 FROM privacy_request AS q WHERE q.customer_id = {who} "
    "AND q.kind IN ('restrict', 'object') AND NOT EXISTS (SELECT 1 FROM consent AS y "
    "WHERE y.customer_id = {who} AND y.purpose IN ('rating', 'contact') AND y.given = 1 "
    "AND y.at > q.received_at)))"
)
"""That a customer is not to be asked now."""
_LATELY = (
    "EXISTS (SELECT 1 FROM rating AS g WHERE g.customer_id = {who} "
    "AND (g.asked_at >= :gap OR g.rated_at >= :gap OR g.skipped_at >= :gap))"
)
"""That somebody was asked, answered or was left alone within the gap."""

_COMPLAINTS = f"""
SELECT 'complaint', t.settled_at, t.customer_id, c.name, t.number, t.order_id, NULL, t.id, NULL, t.channel
FROM complaint AS t JOIN customer AS c ON c.id = t.customer_id
WHERE t.settled_at >= :since AND t.settled_at < :until AND t.open = 0
AND NOT EXISTS (SELECT 1 FROM rating WHERE complaint_id = t.id)
AND NOT {_LATELY.format(who="t.customer_id")} AND NOT {_HELD.format(who="t.customer_id")}
ORDER BY t.settled_at DESC, t.id DESC LIMIT :most
"""
_CASES = f"""
SELECT 'case', t.closed_at, t.customer_id, c.name, t.number, t.order_id, t.id, NULL, NULL, ''
FROM service_case AS t JOIN customer AS c ON c.id = t.customer_id
WHERE t.opened_at >= :long_ago AND t.status = 'done' AND t.closed_at >= :since AND t.closed_at < :until
AND NOT EXISTS (SELECT 1 FROM rating WHERE case_id = t.id)
AND NOT {_LATELY.format(who="t.customer_id")} AND NOT {_HELD.format(who="t.customer_id")}
ORDER BY t.closed_at DESC, t.id DESC LIMIT :most
"""
_END = (
    "coalesce(t.ended_at, "
    "(SELECT max(arrived_at) FROM shipment WHERE order_id = t.id AND direction = 'out'), "
    "CASE t.status WHEN 'completed' THEN t.placed_at END)"
)
"""When an order ended: as it says, when its parcel arrived, or at once where it was handed over."""
_ORDERS = f"""
SELECT 'order', {_END} AS at, t.customer_id, c.name, t.number, t.id, NULL, NULL, NULL, t.channel
FROM (SELECT * FROM orders WHERE day >= :first_day AND day <= :last_day AND purchase = 1
    ORDER BY day DESC LIMIT :looked) AS t JOIN customer AS c ON c.id = t.customer_id
WHERE t.status IN ('shipped', 'completed') AND {_END} >= :since AND {_END} < :until
AND NOT EXISTS (SELECT 1 FROM rating WHERE order_id = t.id AND (asked_at IS NOT NULL OR rated_at IS NOT NULL
    OR skipped_at IS NOT NULL))
AND NOT {_LATELY.format(who="t.customer_id")} AND NOT {_HELD.format(who="t.customer_id")}
ORDER BY t.day DESC LIMIT :most
"""
_SAMPLE = f"""
SELECT EXISTS (SELECT 1 FROM (SELECT * FROM orders WHERE day = :day AND purchase = 1 LIMIT 30) AS t
WHERE {_END} < :until)
"""
"""Whether orders of a day ended in time, by a few of them."""
_WAITING = f"""
SELECT 'waiting', t.asked_at, t.customer_id, c.name,
    coalesce(k.number, s.number, o.number, ''), t.order_id, t.case_id, t.complaint_id, t.id, t.channel
FROM rating AS t JOIN customer AS c ON c.id = t.customer_id
LEFT JOIN orders AS o ON o.id = t.order_id LEFT JOIN service_case AS s ON s.id = t.case_id
LEFT JOIN complaint AS k ON k.id = t.complaint_id
WHERE t.rated_at IS NULL AND t.skipped_at IS NULL AND t.asked_at >= :oldest AND t.asked_at < :remind
AND NOT {_HELD.format(who="t.customer_id")}
ORDER BY t.asked_at DESC, t.id DESC LIMIT :most
"""


def askings(book: Book, *, now: datetime) -> list[Asking]:
    """Whom to ask, at most MOST of each kind, each customer once; the kinds take turns, the newest first.

    Nothing while the setting `ratings.ask_after_days` is 0; askings are brought to mind unless
    `ratings.remind_days` is 0.
    """
    after = int(book.setting("ratings.ask_after_days"))
    gap, remind = (int(book.setting(f"ratings.{name}_days")) for name in ("ask_gap", "remind"))
    if after <= 0:
        return []
    # Whole days: what ended today becomes due with a midnight, not in the middle of a day.
    today = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    until, since = today - timedelta(days=after), today - timedelta(days=BACK_DAYS + after)
    params: dict[str, Any] = {
        "since": iso(since), "until": iso(until), "gap": iso(now - timedelta(days=gap)) if gap else "~",
        "looked": _LOOKED_THROUGH, "long_ago": iso(since - timedelta(days=_LONGEST_CASE_DAYS)), "most": MOST,
        "first_day": since.toordinal() - _SLOWEST_DAYS, "last_day": until.toordinal(),
        "oldest": iso(today - timedelta(days=remind + BACK_DAYS)),
        "remind": iso(today - timedelta(days=remind)),
    }  # fmt: skip
    params["last_day"] = _newest_day(book, params)
    queries = [_COMPLAINTS, _CASES, _ORDERS, *([_WAITING] if remind > 0 else [])]
    found = [[Asking(*row) for row in book.rows(query, _used(query, params))] for query in queries]
    seen: set[int] = set()
    chosen: list[Asking] = []
    for one in (one for turn in zip_longest(*found) for one in turn if one is not None):
        if one.customer_id not in seen:
            seen.add(one.customer_id)
            chosen.append(one)
    return chosen


def _newest_day(book: Book, params: dict[str, Any]) -> int:
    """About the newest day whose orders have ended by now; a busy shop need not look through the others."""
    last, step = int(params["last_day"]), 5
    count = book.value(
        "SELECT count(*) FROM (SELECT 1 FROM orders WHERE day >= ? AND day <= ? AND purchase = 1 LIMIT ?)",
        (params["first_day"], last, _LOOKED_THROUGH + 1),
    )
    if count <= _LOOKED_THROUGH:
        return last
    for day in range(last, params["first_day"], -step):
        if book.value(_SAMPLE, {"day": day, "until": params["until"]}):
            return min(last, day + step)
    return last


def may_be_asked(book: Book, customer_id: int) -> bool:
    """Whether nothing forbids to ask a customer: no open complaint, refusal or restriction."""
    return not book.value(f"SELECT {_HELD.format(who=':who')}", {"who": customer_id})


def _used(query: str, params: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if f":{name}" in query}
