"""Who is chosen in a list when what was chosen leaves it."""

from __future__ import annotations

from collections.abc import Sequence


def neighbour(ids: Sequence[int], leaving: Sequence[int]) -> int | None:
    """Who is chosen when these ids leave a list: the one after the last of them, else the one before."""
    gone = set(leaving)
    last = max((line for line, one in enumerate(ids) if one in gone), default=-1)
    after = (one for one in ids[last + 1 :] if one not in gone)
    before = (one for one in reversed(ids[: max(last, 0)]) if one not in gone)
    return next(after, next(before, None))
