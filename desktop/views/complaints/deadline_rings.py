"""Deadlines and promises of complaints, as they ring: when they come up, and when they have passed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from desktop.core.dates import format_short_day
from desktop.core.translation import mark, ntr, tr
from desktop.queries.deadlines import Ring, next_ring, ringing
from desktop.views.kit.context import Context
from desktop.views.tasks.reminders import Notice

_TITLES: Mapping[tuple[str, bool], str] = {
    ("reply", False): mark("First reply due by {when}"),
    ("reply", True): mark("First reply late since {when}"),
    ("settlement", False): mark("To be settled by {when}"),
    ("settlement", True): mark("Settlement late since {when}"),
    ("promise", False): mark("Promised by {when}"),
    ("promise", True): mark("Promise overdue since {when}"),
}


class DeadlineRings:
    """Each rings once when it comes up and once when it has passed, for as long as its moment is the same.

    What waits for the customer has no deadline and is silent. One that is moved while it rings (the shop's
    hours were changed) is not told of again; one that was moved out of sight and comes up anew is.
    """

    tables: tuple[str, ...] = ("complaint", "promise", "setting")

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._told: dict[tuple[str, bool, int], datetime] = {}
        self._ringing: set[tuple[str, bool, int]] = set()

    def look(self, now: datetime) -> list[Notice]:
        """What came up or passed since the last look, the latest last."""
        found = ringing(self._ctx.book, now=now)
        news = [
            ring for ring in found if ring.key not in self._ringing and self._told.get(ring.key) != ring.due
        ]
        self._ringing = {ring.key for ring in found}
        self._told |= {ring.key: ring.due for ring in found}
        return [self._notice(ring, now) for ring in news]

    def following(self, now: datetime) -> datetime | None:
        """When something comes up or passes next; now, if it did while nobody looked."""
        for ring in ringing(self._ctx.book, now=now):
            if ring.key not in self._ringing and self._told.get(ring.key) != ring.due:
                return now
        return next_ring(self._ctx.book, now=now)

    def _notice(self, ring: Ring, now: datetime) -> Notice:
        when = f"{ring.due:%H:%M}"
        if ring.due.date() != now.date():
            when = tr("{day}, {time}", day=format_short_day(ring.due), time=when)
        who = " · ".join(part for part in (ring.number, ring.customer_name) if part)
        title = tr(_TITLES[ring.what, ring.late], when=when)
        return Notice(
            ring.at,
            title,
            tr("{text} · {who}", text=ring.text, who=who) if who else ring.text,
            tr("{title}: {who}", title=title, who=who or ring.text),
            _several(ring),
            self._way(ring),
        )

    def _way(self, ring: Ring) -> Callable[[], object]:
        if ring.complaint_id is not None:
            return partial(self._ctx.navigate, "complaints", complaint=ring.complaint_id)
        if ring.customer_id is not None:
            return partial(self._ctx.navigate, "profile", customer=ring.customer_id)
        return partial(self._ctx.navigate, "today")


def _several(ring: Ring) -> Callable[[int], str]:
    if ring.what == "promise":
        return _promises_late if ring.late else _promises_soon
    return _late if ring.late else _soon


def _soon(count: int) -> str:
    return ntr("{n} complaint is due soon", "{n} complaints are due soon", count)


def _late(count: int) -> str:
    return ntr("{n} complaint is late", "{n} complaints are late", count)


def _promises_soon(count: int) -> str:
    return ntr("{n} promise is due soon", "{n} promises are due soon", count)


def _promises_late(count: int) -> str:
    return ntr("{n} promise is overdue", "{n} promises are overdue", count)
