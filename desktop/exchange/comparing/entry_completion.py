"""What follows from what a row says, so that every row of the book is consistent with itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop.core.complaint_process import FIRST_WORD, OPEN
from desktop.exchange.comparing.entry_content import title_of

Row = Mapping[str, Any]


def completed(subject: str, row: Row) -> dict[str, Any]:
    """The columns to set beside what a row of a subject (a word of TARGETS) says; empty when it is whole.

    `row` holds the columns of the subject's table with None or "" for what nobody said. Called for new rows,
    and for those of the book that a later file has changed.
    """
    complete = _COMPLETING.get(subject)
    found = complete(row) if complete else {}
    return {name: value for name, value in found.items() if row.get(name) != value}


def _interaction(row: Row) -> dict[str, Any]:
    return {"stage": row.get("stage") or ("after-sale" if row.get("order_id") else "pre-sale")}


def _complaint(row: Row) -> dict[str, Any]:
    received = row["received_at"]
    replied, settled, closed = (
        # A day without a time is not before the moment of the same day.
        max(said, received) if (said := row.get(name)) else None
        for name in ("replied_at", "settled_at", "closed_at")
    )
    status = row.get("status") or _complaint_status(row)
    last = replied or received
    if status in OPEN:
        settled = closed = None
    elif status == "settled":
        settled = settled or closed or last
    else:
        # Where only the closing is known, that is when it was settled; where nothing is, no time is made up
        # that the figures would count.
        settled = settled or (closed if status == "closed" else None)
        closed = max(closed or settled or last, settled or "")
    found = {
        "status": status, "replied_at": replied, "settled_at": settled, "closed_at": closed,
        "title": row.get("title") or title_of(row.get("text") or ""),
    }  # fmt: skip
    waiting = row.get("waiting_since")
    found["waiting_since"] = max(waiting, received) if waiting and status in OPEN else None
    if status in FIRST_WORD and not replied:
        found["reply_due_at"] = None  # Somebody spoke to the customer, nobody knows when.
    return found


def _complaint_status(row: Row) -> str:
    """The state that the moments and reasons of a complaint tell."""
    if row.get("rejected_because"):
        return "rejected"
    for moment, status in (
        ("closed_at", "closed"),
        ("settled_at", "settled"),
        ("replied_at", "acknowledged"),
    ):
        if row.get(moment):
            return status
    return "received"


def _lead(row: Row) -> dict[str, Any]:
    converted = row.get("converted_at")
    return {
        "status": row.get("status") or ("converted" if converted else "new"),
        "converted_at": max(converted, row["found_at"]) if converted else None,
    }


def _points(row: Row) -> dict[str, Any]:
    return {"reason": row.get("reason") or ("earned" if row["points"] > 0 else "redeemed")}


def _product(row: Row) -> dict[str, Any]:
    return {"name": row.get("name") or row.get("code") or ""}


def _shipment(row: Row) -> dict[str, Any]:
    arrived = row.get("arrived_at")
    return {
        "status": row.get("status") or ("arrived" if arrived else "sent"),
        "arrived_at": max(arrived, row["shipped_at"]) if arrived else None,
    }


_COMPLETING: Mapping[str, Callable[[Row], dict[str, Any]]] = {
    "interactions": _interaction, "complaints": _complaint, "leads": _lead, "points": _points,
    "products": _product, "shipments": _shipment,
}  # fmt: skip
