"""What the cells of a list of ratings say, as ratings keep it."""

from __future__ import annotations

from desktop.core.card_codes import read_code
from desktop.core.rating_reasons import join, split
from desktop.exchange.checking.entries import Entries


def settle_ratings(entries: Entries) -> None:
    """Reasons are titles, one a line; a card's code is written in one way, and a wrong one stays as it is."""
    values = entries.values
    if "reasons" in values:
        values["reasons"] = [text and (join(split(text)) or None) for text in values["reasons"]]
    if "code" in values:
        values["code"] = [text and (read_code(text) or text) for text in values["code"]]
