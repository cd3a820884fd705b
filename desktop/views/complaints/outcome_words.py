"""How a remedy and a rating are said in a few words."""

from __future__ import annotations

from desktop.core import words as names
from desktop.core.translation import ntr, tr
from desktop.queries.complaint_detail import RemedyRow

STARS = 5


def remedy_title(remedy: RemedyRow, money: str) -> str:
    """A remedy in a few words: its kind, its points, what it costs."""
    parts = [names.name(names.REMEDIES, remedy.kind)]
    if remedy.points:
        parts.append(ntr("{n} point", "{n} points", remedy.points))
    if remedy.cost:
        parts.append(money)
    return " · ".join(parts)


def stars_words(stars: int) -> str:
    """Stars as they are drawn and read: ★★★★☆ 4 of 5."""
    drawn = "★" * stars + "☆" * (STARS - stars)
    return tr("{drawn} {stars} of 5", drawn=drawn, stars=stars)
