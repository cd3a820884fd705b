"""What complaints can be sorted by, as terms of SQL; blanks stand last, whichever way it goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.core.words import CHANNELS, COMPLAINT_STATUSES, SEVERITIES, SUBJECTS


def _rank(column: str, codes: Iterable[str]) -> str:
    """SQL that numbers the codes of a column in the order of our word table."""
    whens = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(codes))
    return f"CASE complaint.{column} {whens} END"


DUE = "due"
"""The order in which complaints are urgent; see complaint_filter.SCOPES."""

PLAIN: Mapping[str, str] = {"received": "complaint.received_at", "number": "complaint.number"}
"""Orders whose values are never blank and stand in an index."""

RANKED: Mapping[str, str] = {
    "subject": _rank("subject", SUBJECTS),
    "status": _rank("status", COMPLAINT_STATUSES),
    "severity": _rank("severity", SEVERITIES),
}

_BLANK: Mapping[str, str] = {
    "title": "complaint.title",
    "customer": "(SELECT sort_name FROM customer_summary WHERE customer_id = complaint.customer_id)",
    "channel": _rank("channel", (code for code in CHANNELS if code)),
    "staff": "(SELECT name FROM staff WHERE id = complaint.staff_id)",
    "product": "(SELECT name FROM product WHERE id = complaint.product_id)",
    "detail": "nullif(complaint.detail, '')",
    "cause": "nullif(complaint.cause, '')",
    "settlement": "nullif(complaint.settlement, '')",
    "dispute": "nullif(complaint.dispute, '')",
    "settled": "complaint.settled_at",
    "reopened": "nullif(complaint.reopened, 0)",
}

GATHERED: Mapping[str, str] = {
    "cost": "SELECT complaint_id, sum(cost) AS value FROM remedy WHERE state = 'given' GROUP BY complaint_id "
    "HAVING sum(cost) > 0",
    "rating": "SELECT complaint_id, perceived AS value FROM rating WHERE id IN (SELECT max(id) FROM rating "
    "WHERE complaint_id IS NOT NULL AND perceived IS NOT NULL GROUP BY complaint_id)",
    "promise": "SELECT complaint_id, min(due_at) AS value FROM promise "
    "WHERE outcome = '' AND complaint_id IS NOT NULL GROUP BY complaint_id",
}
"""What is gathered from other tables, of the complaints that have it: gone through once, where a list holds
nearly all complaints."""

_EACH: Mapping[str, str] = {
    "cost": "nullif((SELECT sum(cost) FROM remedy WHERE complaint_id = complaint.id AND state = 'given'), 0)",
    "rating": "(SELECT perceived FROM rating WHERE complaint_id = complaint.id AND perceived IS NOT NULL "
    "ORDER BY id DESC LIMIT 1)",
    "promise": "(SELECT min(due_at) FROM promise WHERE complaint_id = complaint.id AND outcome = '')",
}
"""The same asked for each of a few complaints."""

ORDERS: tuple[str, ...] = (DUE, *PLAIN, *RANKED, *_BLANK, *GATHERED)


def order_by(order: str, *, descending: bool) -> str:
    """The terms of an order of a complaint's own values; the id breaks ties. Raises KeyError for another."""
    way = " DESC" if descending else ""
    if order in _BLANK or order in _EACH:
        value = _BLANK.get(order) or _EACH[order]
        return f"{value}{way} NULLS LAST, complaint.id{way}"
    value = PLAIN[order] if order in PLAIN else RANKED[order]
    return f"{value}{way}, complaint.id{way}"
