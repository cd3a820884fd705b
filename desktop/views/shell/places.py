"""The named places of the program in one table, and how a place's screen is built on its first visit."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from desktop.core.translation import mark
from desktop.views.kit.context import Context


class Place(NamedTuple):
    """A place: its titles are marked, `factory` is "module:Class", imported only when first visited.

    A place without a group is not in the sidebar; its `parent` is the one that lights up there.
    """

    key: str
    title: str
    icon: str
    group: str
    factory: str
    parent: str = ""
    keeps: bool = True
    """Whether the screen stays as it was left; those that show one thing of many are built for each."""


class Route(NamedTuple):
    """Where the window is: a place and what its screen was built with."""

    place: str
    params: Mapping[str, object] = MappingProxyType({})


GROUPS: tuple[tuple[str, str], ...] = (
    ("day", mark("Every day")),
    ("grow", mark("Grow")),
    ("shop", mark("The shop")),
)

PLACES: tuple[Place, ...] = (
    Place("today", mark("Today"), "sun", "day", "desktop.views.today.view:TodayView"),
    Place("customers", mark("Customers"), "users", "day", "desktop.views.customers.view:CustomersView"),
    Place(
        "profile",
        mark("Customer"),
        "user",
        "",
        "desktop.views.profile.view:ProfileView",
        parent="customers",
        keeps=False,
    ),
    Place(
        "duplicates",
        mark("Duplicates"),
        "merge",
        "",
        "desktop.views.duplicates.view:DuplicatesView",
        parent="customers",
        keeps=False,
    ),
    Place("timeline", mark("Service"), "list-tree", "day", "desktop.views.timeline.view:TimelineView"),
    Place("cases", mark("Service cases"), "wrench", "day", "desktop.views.cases.view:CasesView"),
    Place(
        "complaints",
        mark("Complaints"),
        "message-square-warning",
        "day",
        "desktop.views.complaints.view:ComplaintsView",
    ),
    Place("tasks", mark("To do"), "circle-check", "day", "desktop.views.tasks.view:TasksView"),
    Place("insights", mark("Insights"), "chart-line", "grow", "desktop.views.insights.view:InsightsView"),
    Place(
        "exchange",
        mark("Import & export"),
        "arrow-left-right",
        "shop",
        "desktop.views.exchange.view:ExchangeView",
    ),
    Place("settings", mark("Settings"), "settings", "shop", "desktop.views.settings.view:SettingsView"),
)

BY_KEY: Mapping[str, Place] = {place.key: place for place in PLACES}


def build(route: Route, ctx: Context) -> QWidget:
    """The screen of a route. Raises KeyError for an unknown place."""
    module, _, name = BY_KEY[route.place].factory.partition(":")
    made = getattr(importlib.import_module(module), name)(ctx, **route.params)
    if not isinstance(made, QWidget):
        msg = f"{name} is no widget"
        raise TypeError(msg)
    return made
