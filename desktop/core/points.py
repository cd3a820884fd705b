"""What a purchase earns in points, and what points are worth, by the shop's two rates."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from desktop.core.money import CURRENCIES, DEFAULT_CURRENCY


def points_earned(amount: int, per_unit: float, currency: str = DEFAULT_CURRENCY) -> int:
    """Whole points for an amount in minor units at so many a currency unit, rounded down; never below 0."""
    units = Decimal(amount) / _minor(currency)
    return max(0, int((units * Decimal(str(per_unit))).to_integral_value(ROUND_FLOOR)))


def points_worth(points: int, worth: float, currency: str = DEFAULT_CURRENCY) -> int:
    """Minor units that points stand for when one is worth so many currency units, rounded down."""
    return int((points * Decimal(str(worth)) * _minor(currency)).to_integral_value(ROUND_FLOOR))


def _minor(currency: str) -> Decimal:
    known = CURRENCIES.get(currency) or CURRENCIES[DEFAULT_CURRENCY]
    return Decimal(10) ** known.decimals
