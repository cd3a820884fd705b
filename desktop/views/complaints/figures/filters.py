"""What the figures of complaints look at: a period and five filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from desktop.core import words
from desktop.core.translation import mark, tr
from desktop.queries.complaint_narrowing import Narrowing
from desktop.views.complaints.words import SHORT_SUBJECTS
from desktop.views.figures import wanted as general
from desktop.views.figures.period import Kind
from desktop.views.figures.wanted import Choices, FilterField

PERIODS: tuple[Kind, ...] = ("month", "quarter", "year", "twelve", "own")
NOTHING = Narrowing((), 0, (), ())


@dataclass(frozen=True)
class Wanted(general.Wanted):
    """What the figures look at; "" and None leave nothing out."""

    FIELDS: ClassVar[Mapping[str, FilterField]] = {
        "subject": FilterField(mark("Subject"), mark("All subjects")),
        "product": FilterField(
            mark("Product"),
            mark("All products"),
            int,
            mark("Another product…"),
            mark("Figures of which product?"),
        ),
        "channel": FilterField(
            mark("Channel"), mark("All channels"), name_of=lambda code: words.name(words.CHANNELS, code)
        ),
        "clerk": FilterField(mark("Clerk"), mark("All clerks"), int),
        "severity": FilterField(mark("Severity"), mark("All severities")),
    }
    subject: str = ""
    product: int | None = None
    channel: str = ""
    clerk: int | None = None
    severity: str = ""


def choices(found: Narrowing) -> Choices:
    """What the filters offer, of what complaints have."""
    return Choices(
        {
            "subject": [(code, words.name(SHORT_SUBJECTS, code)) for code in words.SUBJECTS],
            "product": [(row, name or tr("Unnamed")) for row, name in found.products],
            "channel": [(code, words.name(words.CHANNELS, code)) for code in found.channels],
            "clerk": list(found.clerks),
            "severity": [(code, words.name(words.SEVERITIES, code)) for code in words.SEVERITIES],
        },
        frozenset({"product"} if found.more_products else ()),
    )
