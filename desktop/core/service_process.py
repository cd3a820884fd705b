"""The service processes as the program brings them: what is done at each stage, and in each kind of case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from desktop.core.translation import mark
from desktop.core.words import CASE_KINDS, STAGES

FACTS: Mapping[str, str] = {
    "": mark("By hand"),
    "paid": mark("Order paid"),
    "shipped": mark("Parcel sent"),
    "arrived": mark("Parcel arrived"),
    "rated": mark("Rating given"),
}
"""What ticks a step by itself, and how that is said."""

TOLD_BY_FACTS = ("in-sale", "after-sale")
"""The stages of an order, of which the book knows something by itself."""

DAY = 24


class ProcessStep(NamedTuple):
    """One step: its words (as kept, translated where shown), the hours it may take since the opening (None:
    no deadline), and the fact that ticks it."""

    title: str
    hours: int | None = None
    fact: str = ""


BUILT_IN: Mapping[str, tuple[ProcessStep, ...]] = {
    "pre-sale": (
        ProcessStep(mark("Greet")),
        ProcessStep(mark("Understand the need")),
        ProcessStep(mark("Recommend what fits")),
        ProcessStep(mark("Settle doubts"), DAY),
        ProcessStep(mark("Close the sale, or set a follow-up"), 2 * DAY),
    ),
    "in-sale": (
        ProcessStep(mark("Confirm order and address"), 2),
        ProcessStep(mark("Payment received"), DAY, "paid"),
        ProcessStep(mark("Pack"), 2 * DAY),
        ProcessStep(mark("Ship"), 2 * DAY, "shipped"),
        ProcessStep(mark("Tell the customer"), 2 * DAY),
        ProcessStep(mark("Arrival confirmed"), 7 * DAY, "arrived"),
    ),
    "after-sale": (
        ProcessStep(mark("Ask how it was (rating)"), 3 * DAY, "rated"),
        ProcessStep(mark("Return, exchange or repair if needed"), 7 * DAY),
        ProcessStep(mark("Follow up"), 14 * DAY),
        ProcessStep(mark("Invite back"), 30 * DAY),
    ),
    "return": (
        ProcessStep(mark("Agree on the return"), DAY),
        ProcessStep(mark("Receive the goods"), 5 * DAY),
        ProcessStep(mark("Check the goods"), 6 * DAY),
        ProcessStep(mark("Give the money back"), 7 * DAY),
        ProcessStep(mark("Ask how it was")),
    ),
    "exchange": (
        ProcessStep(mark("Agree on the exchange"), DAY),
        ProcessStep(mark("Receive the goods"), 5 * DAY),
        ProcessStep(mark("Check the goods"), 6 * DAY),
        ProcessStep(mark("Send the replacement"), 7 * DAY),
        ProcessStep(mark("Ask how it was")),
    ),
    "repair": (
        ProcessStep(mark("Receive the item"), 3 * DAY),
        ProcessStep(mark("Find the fault"), 5 * DAY),
        ProcessStep(mark("Agree on the price"), 6 * DAY),
        ProcessStep(mark("Repair and test"), 12 * DAY),
        ProcessStep(mark("Hand it back"), 14 * DAY),
    ),
    "installation": (
        ProcessStep(mark("Agree on a time"), DAY),
        ProcessStep(mark("Install on site"), 3 * DAY),
        ProcessStep(mark("Explain how to use it"), 3 * DAY),
        ProcessStep(mark("Ask how it was")),
    ),
    "warranty": (
        ProcessStep(mark("Check the proof of purchase"), DAY),
        ProcessStep(mark("Find the fault"), 5 * DAY),
        ProcessStep(mark("Repair or replace"), 12 * DAY),
        ProcessStep(mark("Hand it back"), 14 * DAY),
    ),
}
"""The process of each stage and each kind of case, unless the shop has its own."""

PROCESSES: Mapping[str, str] = {**STAGES, **CASE_KINDS}
"""Every process with its name."""


def allowed_hours(steps: tuple[ProcessStep, ...]) -> int | None:
    """The hours in which the whole of a process is to be done: its latest deadline; None without any."""
    return max((step.hours for step in steps if step.hours is not None), default=None)
