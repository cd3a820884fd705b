"""The orders that complaints are held against, and the complaints about them: one cohort for the ratio."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from desktop.models.book import Book
from desktop.queries.complaint_columns import ComplaintMoment
from desktop.queries.complaint_columns_parts import Ints
from desktop.queries.complaint_figures_cohorts import NONE_NOTED, ComplaintSlice, chosen


def orders_per_day(book: Book, moment: ComplaintMoment, only: ComplaintSlice, start: int, end: int) -> Ints:
    """How many orders of a slice's channel and product were placed on each day of [start, end)."""
    if only.product_id == NONE_NOTED:
        # Orders of no product in particular are not a thing that complaints could be held against.
        return np.zeros(max(end - start, 0), np.int64)
    return per_day(moment.orders.chosen(book, channel=only.channel, product=only.product_id), start, end)


def about_orders(moment: ComplaintMoment, only: ComplaintSlice) -> Ints:
    """The day of the order that each complaint of a slice is about; 0 where it is about none of them.

    A slice's channel means the orders' here, not how the customer complained, and its product one of theirs:
    numerator and denominator are of the same orders.
    """
    day, channel = moment.about
    inside = chosen(moment, replace(only, channel=None))
    if only.channel is not None:
        inside &= channel == moment.orders.channels.code(only.channel)
    if only.product_id is not None:
        inside &= only.product_id != NONE_NOTED
    return np.where(inside & (channel >= 0), day, 0)


def per_day(days: npt.NDArray[np.integer], start: int, end: int) -> Ints:
    """How often each day of [start, end) is among some ordinal days."""
    length = max(end - start, 0)
    inside = days[(days >= start) & (days < end)] - start
    return np.bincount(inside, minlength=length)[:length]
