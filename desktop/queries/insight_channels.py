"""Where good customers come from: each channel's customers, orders, revenue, service, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.analytics.intervals import Change, Mean, change, counts_change
from desktop.queries.channel_counts import WANTED, ChannelCounts, ChannelSide, Key
from desktop.queries.complaint_columns import complaint_columns
from desktop.queries.finding_methods import MethodReport, method_report
from desktop.queries.insight_scope import Scope
from desktop.queries.shop_columns import Ints


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel ("" not known) now, in the period before, and how each figure moved.

    `share` is its part of the net revenue of all, None where there is none or it is not above 0;
    `share_gained` its part of the customers gained.
    """

    channel: str
    now: ChannelSide
    before: ChannelSide
    changes: Mapping[Key, Change]
    share: float | None = None
    share_gained: float | None = None


@dataclass(frozen=True)
class ChannelReport:
    """The channels of a scope: those with anything in either period, most revenue first, and all together.

    `methods` are the ways customers were found.
    """

    scope: Scope
    rows: tuple[ChannelRow, ...]
    total: ChannelRow
    methods: MethodReport
    _counts: ChannelCounts

    def rows_behind(self, key: Key, channel: str | None = None, *, before: bool = False) -> Ints:
        """The ids of what stands behind a figure (see ROWS) of a channel, or of all (None)."""
        start, end = self.scope.before if before else (self.scope.start, self.scope.end)
        return self._counts.behind(key, channel, start, end)


def channel_report(scope: Scope) -> ChannelReport:
    """The channels and finding methods of a scope. Ask in the worker. Raises Cancelled."""
    moment = complaint_columns(scope.book, scope.progress)
    scope.progress.check()
    counts = ChannelCounts(scope, moment)
    now, before = counts.sides(scope.start, scope.end), counts.sides(*scope.before)
    scope.progress.check()
    rows = [_row(scope, name, *sides) for name, *sides in zip(counts.names, now, before, strict=False)]
    total = _row(scope, "", now[-1], before[-1])
    shown = [_shared(row, total) for row in rows if _something(row)]
    shown.sort(key=lambda row: (-(row.now.net.value or 0), -row.now.orders.n, row.channel))
    return ChannelReport(scope, tuple(shown), total, method_report(scope, counts.first), counts)


def _row(scope: Scope, channel: str, now: ChannelSide, before: ChannelSide) -> ChannelRow:
    first, last = scope.before
    moved: dict[Key, Change] = {}
    for key, wanted in WANTED.items():
        one, other = now.figure(key), before.figure(key)
        if isinstance(one, Mean) and isinstance(other, Mean) and key in ("gained", "orders", "net"):
            moved[key] = counts_change(one, other, scope.end - scope.start, last - first, wanted)
        else:
            moved[key] = change(one, other, wanted)
    return ChannelRow(channel, now, before, moved)


def _shared(row: ChannelRow, total: ChannelRow) -> ChannelRow:
    net, gained = total.now.net.value, total.now.gained.n
    return ChannelRow(
        row.channel,
        row.now,
        row.before,
        row.changes,
        (row.now.net.value or 0.0) / net if net is not None and net > 0 else None,
        row.now.gained.n / gained if gained else None,
    )


def _something(row: ChannelRow) -> bool:
    return any(
        side.orders.n or side.net.n or side.perceived.n or side.per_hundred.n or side.first_reply.n
        for side in (row.now, row.before)
    )
