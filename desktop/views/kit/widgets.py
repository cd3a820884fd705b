"""One door to the kit's widgets: `from desktop.views.kit.widgets import Card, Page, PrimaryButton`."""

from desktop.views.kit.activity import ActivityRow
from desktop.views.kit.buttons import IconButton, LinkButton, PrimaryButton, SecondaryButton
from desktop.views.kit.cards import (
    Banner,
    Card,
    EmptyState,
    IconTile,
    KeyValueList,
    Tile,
)
from desktop.views.kit.chips import Chip, ChipItem, ChipRow
from desktop.views.kit.labels import Avatar, ElidedLabel, IconLabel, Tag, label
from desktop.views.kit.layouts import FlowLayout, ScrollColumn, Separator, clear
from desktop.views.kit.page import Page, columns
from desktop.views.kit.search import SearchField
from desktop.views.kit.stepper import Stepper

__all__ = [
    "ActivityRow",
    "Avatar",
    "Banner",
    "Card",
    "Chip",
    "ChipItem",
    "ChipRow",
    "ElidedLabel",
    "EmptyState",
    "FlowLayout",
    "IconButton",
    "IconLabel",
    "IconTile",
    "KeyValueList",
    "LinkButton",
    "Page",
    "PrimaryButton",
    "ScrollColumn",
    "SearchField",
    "SecondaryButton",
    "Separator",
    "Stepper",
    "Tag",
    "Tile",
    "clear",
    "columns",
    "label",
]
