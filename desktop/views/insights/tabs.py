"""The tabs of the insights: what each is called, and which screen it shows."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

from desktop.core.translation import mark
from desktop.views.insights.screen import Frame, InsightScreen


class Tab(NamedTuple):
    """A tab: its name, and "module:Class" of its screen, loaded when it is first shown."""

    name: str
    where: str


_PACKAGE = "desktop.views.insights"
TABS: Mapping[str, Tab] = {
    "overview": Tab(mark("Overview"), "overview.screen:OverviewScreen"),
    "satisfaction": Tab(mark("Satisfaction"), "satisfaction.screen:SatisfactionScreen"),
    "repeat": Tab(mark("Repeat purchase"), "repeat.screen:RepeatScreen"),
    "cohorts": Tab(mark("Cohorts"), "cohorts.screen:CohortsScreen"),
    "segments": Tab(mark("Segments"), "segments.screen:SegmentsScreen"),
    "drifting": Tab(mark("Drifting"), "drifting.screen:DriftingScreen"),
    "value": Tab(mark("Customer value"), "value.screen:ValueScreen"),
    "channels": Tab(mark("Channels"), "channels.screen:ChannelsScreen"),
    "products": Tab(mark("Products"), "products.screen:ProductsScreen"),
    "forecast": Tab(mark("Forecast"), "forecast.screen:ForecastScreen"),
}
"""By key, in their order."""


def make(tab: Tab, frame: Frame, kept: Mapping[str, Any]) -> InsightScreen:
    """The screen of a tab."""
    module, name = tab.where.split(":")
    made: InsightScreen = getattr(import_module(f"{_PACKAGE}.{module}"), name)(frame, kept)
    return made
