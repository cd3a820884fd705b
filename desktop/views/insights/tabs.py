"""The tabs of the insights: what each is called, and which screen it shows."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from desktop.core.translation import mark
from desktop.views.insights.screen import Frame, InsightScreen


class Tab(NamedTuple):
    """A tab: its name, and "module:Class" of its screen, loaded when it is first shown."""

    name: str
    where: str


_PACKAGE = "desktop.views.insights"
_EVERY: Mapping[str, Tab] = {
    "overview": Tab(mark("Overview"), "overview:OverviewScreen"),
    "satisfaction": Tab(mark("Satisfaction"), "satisfaction:SatisfactionScreen"),
    "repeat": Tab(mark("Repeat purchase"), "repeat:RepeatScreen"),
    "cohorts": Tab(mark("Cohorts"), "cohorts:CohortsScreen"),
    "segments": Tab(mark("Segments"), "segments:SegmentsScreen"),
    "drifting": Tab(mark("Drifting"), "drifting:DriftingScreen"),
    "value": Tab(mark("Customer value"), "value:ValueScreen"),
    "channels": Tab(mark("Channels"), "channels:ChannelsScreen"),
    "products": Tab(mark("Products"), "products:ProductsScreen"),
    "forecast": Tab(mark("Forecast"), "forecast:ForecastScreen"),
}


def tabs() -> Mapping[str, Tab]:
    """The tabs by key, in their order."""
    there = {}
    for key, tab in _EVERY.items():
        if find_spec(f"{_PACKAGE}.{tab.where.split(':')[0]}") is not None:
            there[key] = tab
    return there


def make(tab: Tab, frame: Frame, kept: Mapping[str, Any]) -> InsightScreen:
    """The screen of a tab."""
    module, name = tab.where.split(":")
    made: InsightScreen = getattr(import_module(f"{_PACKAGE}.{module}"), name)(frame, kept)
    return made
