"""How stars and a rating's numbers are said in a few words."""

from __future__ import annotations

from desktop.core.translation import mark, tr

STARS = 5
_SAID = (
    mark("very dissatisfied"), mark("dissatisfied"), mark("so-so"), mark("satisfied"), mark("very satisfied"),
)  # fmt: skip


def stars_words(stars: int) -> str:
    """Stars as they are drawn and read: ★★★★☆ 4 of 5."""
    return tr("{drawn} {stars} of 5", drawn=drawn(stars), stars=stars)


def drawn(stars: int) -> str:
    """So many full stars of five."""
    return "★" * stars + "☆" * (STARS - stars)


def meaning(stars: int) -> str:
    """What so many stars say."""
    return tr(_SAID[stars - 1])
