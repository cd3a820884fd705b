"""Platforms' exports as data: which headers tell them, where each column goes, and what their figures mean.

A layout is a TOML file in resources/layouts (its README.md says how to write one) or in the user's own
folder; no code knows a platform.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from desktop.core.errors import UserError
from desktop.core.paths import resource
from desktop.core.translation import tr
from desktop.exchange.vocabulary import own_layouts, synonyms
from desktop.exchange.vocabulary.layout_file import Layout, LayoutError, Shape, read_layout

__all__ = ["Layout", "LayoutError", "Shape", "layouts", "named", "read_layout", "recognise", "shipped"]


@cache
def shipped() -> tuple[Layout, ...]:
    """Every layout that ships, the most demanding first. Raises LayoutError: ours are well made."""
    found = [read_layout(path) for path in sorted(resource("layouts").glob("*.toml"))]
    return own_layouts.most_demanding(found)


def layouts() -> tuple[Layout, ...]:
    """Every layout there is: the user's own, then those that ship."""
    return (*own_layouts.own(), *shipped())


def named(name: str) -> Layout:
    """The layout of that name. Raises UserError."""
    for layout in layouts():
        if layout.name == name:
            return layout
    known = ", ".join(layout.name for layout in layouts())
    raise UserError(tr("There is no layout “{name}”.", name=name), tr("Known layouts: {names}.", names=known))


def recognise(headers: Iterable[str]) -> Layout | None:
    """The most demanding layout whose telling headers are all there; the user's own come first."""
    there = set(map(synonyms.folded, headers))
    return next((layout for layout in layouts() if _suits(layout, there)), None)


def _suits(layout: Layout, there: set[str]) -> bool:
    if not layout.recognise <= there:
        return False
    # A column or so more is the same export a year later, or the reasons beside its problem rows.
    others = len(there) - len(layout.recognise)
    return not layout.whole_header or others <= max(1, len(layout.recognise) // 10)
