"""Says what a file brings, from where its columns would go if it brought each of the things there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from desktop.exchange.vocabulary import fields
from desktop.exchange.vocabulary.subjects import (
    CUSTOMERS,
    ENTRIES,
    ORDER_DETAILS,
    ORDERS,
    TARGETS,
    WITH_CUSTOMER,
)

_WEIGHTS = {"exact": 1, "likely": 0.6, "guess": 0.3}
_IN_DOUBT = (ORDERS, CUSTOMERS, *ENTRIES)
"""The targets, those that files mostly bring first."""
# A text without a date is no order, one without anything of an order is a customer.
_TELLS_ORDER = (
    "order.number",
    "order.placed_at",
    "order.total",
    "order.paid",
    "line.quantity",
    "line.unit_price",
)


class Placing(NamedTuple):
    """Where a column would go: its folded header, the field, and how sure that is."""

    header: str
    field: str
    confidence: str


def likeliest(placed: Mapping[str, Sequence[Placing]]) -> str:
    """The target of which a file with those columns most likely is; by target where they would go."""
    fitting = [target for target in _IN_DOUBT if _has_needed(target, placed[target])]
    # An order has its lines with it.
    if ORDERS in fitting and ORDER_DETAILS in fitting:
        fitting.remove(ORDER_DETAILS)
    common = fields.headers(ORDERS).keys() | fields.headers(CUSTOMERS).keys()
    sure = [target for target in fitting if _is_told(target, placed[target], common)]
    if sure == [CUSTOMERS] and all(one.confidence == "guess" for one in placed[CUSTOMERS]):
        sure = [target for target in fitting if target not in WITH_CUSTOMER]
    return max(sure, key=lambda target: _score(target, placed[target]), default=CUSTOMERS)


def _has_needed(target: str, columns: Sequence[Placing]) -> bool:
    """Whether the columns say all that the rows of the target need."""
    to = {column.field for column in columns}
    if target == ORDERS and sum(key in to for key in _TELLS_ORDER) < 2:
        # An order has a moment and a number or amount; a list of customers may have a date and a total.
        return False
    return all(to & set(needed) for needed in TARGETS[target].needs)


def _is_told(target: str, columns: Sequence[Placing], common: Collection[str]) -> bool:
    """Whether a header says it that is no order's or customer's: nearly every file has a date and a name."""
    if target in (ORDERS, CUSTOMERS, ORDER_DETAILS):
        return True
    tells = _tells(target)
    return _weight([one for one in columns if one.field in tells and one.header not in common]) >= 1


def _tells(target: str) -> frozenset[str]:
    tells = TARGETS[target].tells
    return tells | TARGETS[ORDER_DETAILS].tells if target == ORDERS else tells


def _score(target: str, columns: Sequence[Placing]) -> float:
    """How much of the table the target explains, and how much of it hardly anything else would."""
    told = [column for column in columns if column.field in _tells(target)]
    return _weight(columns) + _weight(told) / 2


def _weight(columns: Sequence[Placing]) -> float:
    return sum(_WEIGHTS[column.confidence] for column in columns)
