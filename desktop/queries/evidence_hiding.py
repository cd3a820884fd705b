"""Takes out of what is shown how to reach a customer: phones, addresses and the like, however written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from desktop.models.book import Book

_NAMES = frozenset({"number", "order_number", "dispute", "shop", "sha256", "media_type"})
"""Fields that name a thing and tell nothing of the customer."""
_HIDDEN = "•••"
_LEAST_DIGITS, _LEAST_LETTERS, _PHONE_DIGITS = 5, 3, 11
"""What is shorter tells nobody how to reach anybody; a phone number has its country before eleven digits."""


def secrets_of(book: Book, contacts: Iterable[str], order_id: int | None) -> list[re.Pattern[str]]:
    """What no text may tell: how to reach the customer, and where the order went."""
    said = set(contacts)
    if order_id is not None:
        said.add(str(book.value("SELECT ship_to FROM orders WHERE id = ?", (order_id,))))
        said |= {
            place for (place,) in book.rows("SELECT ship_to FROM shipment WHERE order_id = ?", (order_id,))
        }
    patterns = []
    for one in sorted(filter(None, (text.strip() for text in said)), key=len, reverse=True):
        digits = re.sub(r"\D", "", one)
        if len(digits) >= _LEAST_DIGITS and len(digits) * 2 > len(one):
            # As people write numbers: with blanks and dashes in them, with or without the country.
            spelled = r"[\s-]*".join(digits[-_PHONE_DIGITS:])
            patterns.append(re.compile(rf"(?<!\d)(?:\+?86[\s-]*)?{spelled}(?!\d)"))
        if len(one) >= _LEAST_LETTERS:
            patterns.append(re.compile(rf"(?<![0-9A-Za-z]){re.escape(one)}(?![0-9A-Za-z])", re.IGNORECASE))
    return patterns


def hide(value: Any, secrets: Sequence[re.Pattern[str]]) -> Any:
    """The same value, its texts with dots where they tell a secret; what dataclasses and tuples hold, too."""
    if isinstance(value, str):
        for secret in secrets:
            value = secret.sub(_HIDDEN, value)
        return value
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(hide(one, secrets) for one in value)
    if hasattr(value, "__dataclass_fields__"):
        texts = {
            one.name: hide(getattr(value, one.name), secrets)
            for one in fields(value)
            if one.name not in _NAMES
        }
        return replace(value, **texts)
    return value
