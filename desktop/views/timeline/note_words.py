"""What the words of a note say besides: how long it took."""

from __future__ import annotations

import re

_MINUTES = re.compile(
    r"[\s,，;；、(（]*(\d{1,3})\s*(?:minutes?|mins?|分钟)\s*[)）]?\s*[.。]?$", re.IGNORECASE
)


def split_minutes(text: str) -> tuple[str, int | None]:
    """The words without "…, 8 min" at their end, and the minutes; words that are nothing else stay whole."""
    found = _MINUTES.search(text)
    if found is None or not text[: found.start()].strip():
        return text, None
    return text[: found.start()].rstrip(), int(found[1])
