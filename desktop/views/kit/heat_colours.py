"""The colours of cells that are darker the more there is, and of what is written on them."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor

from desktop.views.kit.theme import Tokens

_LEGIBLE = 4.5
"""The least contrast of text, as accessibility counts it."""


def heat(share: float, tokens: Tokens) -> QColor:
    """The colour of a share of the most, from 0 to 1."""
    # Small shares are where the eye must tell differences, so the scale is steeper there.
    return blend(tokens.surface, tokens.accent, 0.08 + 0.92 * min(1.0, max(0.0, share)) ** 0.8)


@lru_cache(4096)
def blend(ground: str, ink: str, strength: float) -> QColor:
    """A colour between two, 0 the ground and 1 the ink. Known from the last time: don't change it."""
    a, b = QColor(ground), QColor(ink)
    mixed = (
        x + (y - x) * strength
        for x, y in ((a.redF(), b.redF()), (a.greenF(), b.greenF()), (a.blueF(), b.blueF()))
    )
    return QColor.fromRgbF(*mixed)


def readable_on(ground: QColor, tokens: Tokens) -> QColor:
    """Of the two text colours the one that reads better on a ground; where neither does, black or white."""
    return _readable(ground.rgb(), tokens.text, tokens.on_accent)


@lru_cache(4096)
def _readable(ground: int, *inks: str) -> QColor:
    below = QColor.fromRgb(ground)
    best = max(map(QColor, inks), key=lambda ink: contrast(ink, below))
    if contrast(best, below) >= _LEGIBLE:
        return best
    # One of these two reaches 4.58 to 1 on any ground.
    return max((QColor("#000000"), QColor("#ffffff")), key=lambda ink: contrast(ink, below))


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours as accessibility counts it, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
