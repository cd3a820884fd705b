"""How a remedy is said in a few words."""

from __future__ import annotations

from desktop.core import words as names
from desktop.core.translation import ntr
from desktop.queries.complaint_detail import RemedyRow


def remedy_title(remedy: RemedyRow, money: str) -> str:
    """A remedy in a few words: its kind, its points, what it costs."""
    parts = [names.name(names.REMEDIES, remedy.kind)]
    if remedy.points:
        parts.append(ntr("{n} point", "{n} points", remedy.points))
    if remedy.cost:
        parts.append(money)
    return " · ".join(parts)
