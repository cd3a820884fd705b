"""One door to everything that makes text comparable: folding, cleaning, phones and accounts."""

from __future__ import annotations

from desktop.core.contacts import (
    Phone,
    PhoneFault,
    format_phone,
    is_masked,
    is_ruined_number,
    normalise_account,
    normalise_email,
    normalise_phone,
    phone_abroad,
    read_phone,
    split_values,
)
from desktop.core.folding import clean_cell, fold, initials_of_avatar, is_hanzi

__all__ = [
    "Phone",
    "PhoneFault",
    "clean_cell",
    "fold",
    "format_phone",
    "initials_of_avatar",
    "is_hanzi",
    "is_masked",
    "is_ruined_number",
    "normalise_account",
    "normalise_email",
    "normalise_phone",
    "phone_abroad",
    "read_phone",
    "split_values",
]
