"""What the insights look at: a period, and the trade by channel, product, tier and segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Self

from desktop.analytics.rfm import SEGMENTS
from desktop.core import words
from desktop.core.translation import mark, tr
from desktop.queries.insight_choices import InsightChoices
from desktop.queries.insight_scope import Narrowing
from desktop.views.figures import wanted as general
from desktop.views.figures.period import KINDS, Kind, Period
from desktop.views.figures.wanted import Choices, FilterField

PERIODS: tuple[Kind, ...] = tuple(KINDS)
_SAVED = "saved:"


def channel_name(code: str) -> str:
    """What a channel is called, also the one that nobody knows."""
    return words.name(words.CHANNELS, code) or tr("Not known")


def segment_name(code: str) -> str:
    """What a segment of SEGMENTS is called."""
    return words.name(words.SEGMENTS, code.replace("_", "-"))


@dataclass(frozen=True)
class Wanted(general.Wanted):
    """A period and filters; `segment` is a code of SEGMENTS, or "saved:7" for a saved filter."""

    FIELDS: ClassVar[Mapping[str, FilterField]] = {
        "channel": FilterField(mark("Channel"), mark("All channels"), name_of=channel_name),
        "product": FilterField(
            mark("Product"), mark("All products"), int, mark("Another product…"),
            mark("Insights into which product?"),
        ),
        "tier": FilterField(mark("Tier"), mark("All tiers"), int),
        "segment": FilterField(
            mark("Segment"), mark("All segments"),
            name_of=lambda code: segment_name(code) if code in SEGMENTS else "",
        ),
    }  # fmt: skip
    channel: str | None = None
    product: int | None = None
    tier: int | None = None
    segment: str = ""

    @classmethod
    def of_route(cls, params: Mapping[str, Any], today: date) -> Self:
        """What a route names: what `kept` gave under "looked", or `months` and a `channel` of older links."""
        looked = params.get("looked")
        if isinstance(looked, Mapping):
            return cls.of(looked)
        found = cls.of({})
        months = params.get("months", 12)
        if months is None or (isinstance(months, int) and months > 0):
            found = replace(found, period=Period.months(months, today))
        if "period" in params:
            found = replace(found, period=Period.of(params["period"]))
        channel = params.get("channel")
        return replace(found, channel=channel if isinstance(channel, str) and channel else None)

    def narrowing(self) -> Narrowing:
        """The filters as the query knows them."""
        saved = None
        if self.segment.startswith(_SAVED):
            number = self.segment.removeprefix(_SAVED)
            saved = int(number) if number.isdecimal() else None
        segment = self.segment if self.segment in SEGMENTS else None
        return Narrowing(self.channel, self.product, self.tier, segment, saved)

    def narrowed(self, only: Narrowing) -> Self:
        """The same period through other filters."""
        segment = only.segment or ("" if only.saved is None else f"{_SAVED}{only.saved}")
        return replace(self, channel=only.channel, product=only.product, tier=only.tier, segment=segment)


def choices(found: InsightChoices | None) -> Choices:
    """What the filters offer; before anything has been read, the segments."""
    segments = [(code, segment_name(code)) for code in SEGMENTS]
    if found is None:
        return Choices({"segment": segments})
    saved = [(f"{_SAVED}{row}", name or tr("Unnamed")) for row, name in found.saved]
    return Choices(
        {
            "channel": [(code, channel_name(code)) for code in found.channels],
            "product": [(row, name or tr("Unnamed")) for row, name in found.products],
            "tier": [(place, words.name(words.TIERS, name)) for place, name in enumerate(found.tiers)],
            "segment": [*segments, *saved],
        },
        frozenset({"product"} if found.more_products else ()),
    )
