"""What the record of a complaint may hold, as it comes from a form or a call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desktop.core import words
from desktop.core.days import iso
from desktop.core.errors import UserError
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.operations.present_customer import present_customer

_TEXTS = frozenset({
    "text", "wants", "detail", "dispute", "cause", "prevention", "settlement", "alternatives",
    "rejected_because",
})  # fmt: skip
_CODES: Mapping[str, Mapping[str, str]] = {
    "nature": words.NATURES,
    "subject": words.SUBJECTS,
    "mood": words.MOODS,
    "severity": words.SEVERITIES,
}
_NAMES: Mapping[str, str] = {
    "title": mark("title"), "received_at": mark("received on"), "customer_id": mark("customer"),
    "order_id": mark("order"), "product_id": mark("product"), "staff_id": mark("clerk"),
    "channel": mark("channel"), "text": mark("what the customer says"),
    "wants": mark("what the customer wants"),
    "nature": mark("nature"), "subject": mark("subject"), "detail": mark("subject in the shop's words"),
    "mood": mark("mood"), "severity": mark("severity"), "dispute": mark("the platform's number"),
    "cause": mark("cause"), "prevention": mark("prevention"), "settlement": mark("settlement"),
    "alternatives": mark("what else the customer can do"),
    "rejected_because": mark("reason of the rejection"),
}  # fmt: skip
"""What may be corrected, as it is called in a sentence."""
_RECORDS: Mapping[str, tuple[str, str]] = {
    "order_id": ("orders", mark("This order is no longer in the book.")),
    "product_id": ("product", mark("This product is no longer in the book.")),
    "staff_id": ("staff", mark("This clerk is no longer in the book.")),
}


def cleaned(book: Book, *, check: bool = True, **values: Any) -> dict[str, Any]:
    """Values as the book keeps them. Raises UserError for no title and, if asked to, for what is gone."""
    for name, value in values.items():
        if name not in _NAMES:
            raise KeyError(name)
        if name in _TEXTS or name == "title":
            values[name] = value.strip()
        elif name == "received_at" and isinstance(value, datetime):
            values[name] = iso(value)
        elif name in _CODES and value not in _CODES[name]:
            raise UserError(tr("There is no “{code}” in this list.", code=value))
        elif name == "customer_id" and check:
            values[name] = present_customer(book, value)
        elif name in _RECORDS and check and value is not None:
            table, gone = _RECORDS[name]
            if not book.value(f"SELECT 1 FROM {table} WHERE id = ?", (value,)):
                raise UserError(tr(gone), tr("It was deleted meanwhile; undo brings it back."))
    if values.get("title") == "" and check:
        raise UserError(tr("The complaint has no title."), tr("Write in a few words what it is about."))
    return values


def refuse_unseen(complaint: Any, changed: Mapping[str, Any], shown: Mapping[str, Any]) -> None:
    """Refuse to overwrite what the form did not show because somebody else changed it meanwhile."""
    unseen = [name for name in changed if name in shown and getattr(complaint, name) != shown[name]]
    if unseen:
        raise UserError(
            tr(
                "Complaint {number} was changed meanwhile: {fields}.",
                number=complaint.number,
                fields=tr(", ").join(tr(_NAMES[name]) for name in unseen),
            ),
            tr("Nothing was overwritten. Open it again and see what it says now."),
        )
