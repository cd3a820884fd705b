"""The figures of channels and of finding methods: their titles, how each is counted, and what is behind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop.core import words
from desktop.core.figures import percent
from desktop.core.translation import mark, ntr, tr
from desktop.views.figures.lines import Unit
from desktop.views.figures.ratio_table import Ratio

if TYPE_CHECKING:
    from desktop.analytics.intervals import Change, Figure
    from desktop.queries.channel_counts import Key, Rows
    from desktop.queries.finding_methods import MethodRow
    from desktop.queries.insight_channels import ChannelRow

OPEN: dict[Rows, str] = {
    "customers": mark("Show the customers"), "orders": mark("Show the orders"),
    "ratings": mark("Show the ratings"), "complaints": mark("Show the complaints"),
}  # fmt: skip
BEHIND: dict[Key, str] = {
    "gained": mark("Customers gained: {channel}"), "orders": mark("Purchases: {channel}"),
    "net": mark("Orders with revenue: {channel}"), "returning": mark("Buyers who came back: {channel}"),
    "again": mark("Bought again within 90 days: {channel}"), "perceived": mark("Ratings: {channel}"),
    "per_hundred": mark("Complaints about orders: {channel}"),
    "first_reply": mark("Complaints replied to: {channel}"),
}  # fmt: skip
"""What the list behind a figure is called."""


def channel_name(channel: str) -> str:
    """A channel in the user's words."""
    return words.name(words.CHANNELS, channel) or tr("Channel not noted")


def method_name(method: str) -> str:
    """A finding method as it was written."""
    return method or tr("Method not noted")


def _of(key: Key, row: ChannelRow) -> Figure:
    return row.now.figure(key)


def _before(key: Key, row: ChannelRow) -> Figure:
    return row.before.figure(key)


def _moved(key: Key, row: ChannelRow) -> Change:
    return row.changes[key]


def _share(row: ChannelRow) -> str:
    return "" if row.share is None else percent(row.share)


def _share_gained(row: ChannelRow) -> str:
    return "" if row.share_gained is None else percent(row.share_gained)


def _no_n(row: object) -> str:
    """A count is its own n."""
    return ""


_CHANNELS: tuple[tuple[Key, str, Unit, int, str, Callable[[ChannelRow], str] | None], ...] = (
    ("gained", mark("Gained"), "count", 80,
     mark("Customers whose first purchase of all came through it in the period."), _share_gained),
    ("orders", mark("Purchases"), "count", 98,
     mark("Purchases through it in the period; cancelled and refunded orders are none."), _no_n),
    ("net", mark("Net revenue"), "money", 92,
     mark("What was paid less what was given back, of the orders placed in the period."), _share),
    ("returning", mark("Repeat rate"), "share", 84,
     mark("Buyers of the period who had bought through it before, or earlier in it ÷ buyers (b)."), None),
    ("again", mark("Again in 90 days"), "share", 84,
     mark("Of the customers gained at least 90 days ago: who bought again within 90 days, wherever."), None),
    ("perceived", mark("Satisfaction"), "stars", 106,
     mark("Mean of the ratings from 1 to 5 of its orders, and of what else was rated through it."), None),
    ("per_hundred", mark("Complaints in 100"), "ratio", 106,
     mark("Complaints about its orders of the period, whenever they came, for each 100 of them."), None),
    ("first_reply", mark("First reply"), "minutes", 90,
     mark("Half of those who complained through it in the period heard back within this time."), None),
)  # fmt: skip

CHANNELS = tuple(
    Ratio(
        key, title, unit, width, sentence, partial(_of, key), partial(_before, key), partial(_moved, key),
        below,
    )
    for key, title, unit, width, sentence, below in _CHANNELS
)  # fmt: skip
"""The columns of the table of channels."""

TOGETHER: dict[Key, tuple[str, str]] = {
    "gained": (mark("New customers"), mark("Customers whose first purchase of all was made in the period.")),
    "orders": (mark("Purchases"), mark("Purchases in the period; cancelled and refunded orders are none.")),
    "net": (
        mark("Net revenue"),
        mark("What was paid less what was given back, of the orders placed in the period."),
    ),
    "returning": (
        mark("Repeat rate"),
        mark("Buyers of the period who had bought before it, or earlier in it ÷ buyers (b)."),
    ),
    "again": (
        mark("Again in 90 days"),
        mark("Of the customers gained at least 90 days ago: who bought again within 90 days."),
    ),
    "per_hundred": (
        mark("Complaints in 100"),
        mark("Complaints about the orders of the period, whenever they came, for each 100 of them."),
    ),
}
"""The tiles of all channels together: what each is called, and how it is counted."""


def _cost(row: MethodRow) -> Figure:
    """What one conversion came to, with the number of leads whose cost is known."""
    from desktop.analytics.intervals import Mean

    return Mean(row.leads.each, row.leads.cost.n, None, None)


def _leads(row: MethodRow) -> Figure:
    from desktop.analytics.intervals import counted

    return counted(row.leads.leads)


def _gained(row: MethodRow) -> Figure:
    from desktop.analytics.intervals import counted

    return counted(row.customers)


def _spent(row: MethodRow) -> str:
    return ntr("{n} lead", "{n} leads", row.leads.cost.n) if row.leads.each is not None else ""


METHODS = (
    Ratio("leads", mark("Leads"), "count", 76, mark("Leads found this way in the period."), _leads,
          below=_no_n),
    Ratio("converted", mark("Became customers"), "share", 96,
          mark("Of the leads found in the period, those that have become customers by today."),
          lambda row: row.leads.converted, lambda row: row.leads_before.converted,
          lambda row: row.converted_change),
    Ratio("days", mark("Days to convert"), "days", 84,
          mark("Half of the leads that converted needed no more days than this."),
          lambda row: row.leads.days),
    Ratio("cost", mark("Cost per conversion"), "money", 100,
          mark("Cost of the leads whose cost was noted ÷ those of them that became customers."), _cost,
          below=_spent),
    Ratio("customers", mark("Customers gained"), "count", 102,
          mark("Customers who first bought in the period and were found this way."), _gained, below=_no_n),
    Ratio("value", mark("Spent so far, each"), "money", 112,
          mark("Net spend so far of each customer gained in the period who was found this way, on average."),
          lambda row: row.value, lambda row: row.value_before, lambda row: row.value_change),
    Ratio("expected", mark("Yet expected, each"), "money", 122,
          mark("What each of them will probably spend from now on, by the model of the shop."),
          lambda row: row.expected),
)  # fmt: skip
"""The columns of the table of finding methods."""
