"""Platforms' exports as data: which headers tell them, where each column goes, and what their figures mean.

A layout is a TOML file in resources/layouts (CONTRIBUTING.md and the files themselves say how to write one);
no code knows a platform.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from desktop.core.errors import UserError
from desktop.core.paths import resource
from desktop.core.translation import language, tr
from desktop.exchange import synonyms


@dataclass(frozen=True, slots=True)
class Layout:
    """One platform's export. Headers are folded; `statuses` are its words for the states of an order."""

    name: str
    titles: Mapping[str, str]
    target: str
    channel: str
    recognise: frozenset[str]
    columns: Mapping[str, str]
    statuses: Mapping[str, str]
    paid_is_net: bool | None = None
    """Whether the paid column is what remained after refunds; None: found out from the figures."""
    day_first: bool | None = None

    def title(self) -> str:
        """Its name in the user's language."""
        return self.titles.get(language()) or self.titles.get("en") or self.name


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout that ships, the most demanding first."""
    found = [read_layout(path) for path in sorted(resource("layouts").glob("*.toml"))]
    return tuple(sorted(found, key=lambda layout: (-len(layout.recognise), layout.name)))


def read_layout(path: Path) -> Layout:
    """A layout from its file. Raises KeyError, TOMLDecodeError for one that is not well made."""
    said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    facts = said.get("facts", {})
    return Layout(
        name=said["name"],
        titles=said["title"],
        target=said["target"],
        channel=said.get("channel", ""),
        recognise=frozenset(map(synonyms.folded, said["recognise"])),
        columns={synonyms.folded(header): field for header, field in said["columns"].items()},
        statuses={synonyms.folded(word): status for word, status in said.get("statuses", {}).items()},
        paid_is_net=facts.get("paid_is_net"),
        day_first=facts.get("day_first"),
    )


def named(name: str) -> Layout:
    """The layout of that name. Raises UserError."""
    for layout in layouts():
        if layout.name == name:
            return layout
    known = ", ".join(layout.name for layout in layouts())
    raise UserError(tr("There is no layout “{name}”.", name=name), tr("Known layouts: {names}.", names=known))


def recognise(headers: Iterable[str]) -> Layout | None:
    """The most demanding layout whose telling headers are all there."""
    there = set(map(synonyms.folded, headers))
    return next((layout for layout in layouts() if layout.recognise <= there), None)
