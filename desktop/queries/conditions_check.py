"""Whether a condition can be understood: one that can't leaves nobody, and is never silently left out."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.queries.conditions import Condition, Group, Value, conditions_in
from desktop.queries.conditions_fields import DAY, Field, Operator

FARTHEST = 3_650_000
"""Days: nothing in a shop lies farther from today, and no date beyond it can be said."""
_LAST_DAY = 3_652_059


def not_understood(tree: Condition | Group | None, fields: Mapping[str, Field]) -> list[Condition]:
    """The conditions whose field, operator or values this program or this book does not know."""
    return [one for one in conditions_in(tree) if not understood(one, fields)]


def understood(condition: Condition, fields: Mapping[str, Field]) -> bool:
    """Whether field, operator and values fit together."""
    field = fields.get(condition.field)
    if field is None or (operator := field.operators.get(condition.op)) is None:
        return False
    if condition.when:
        when = DAY.get(str(condition.when[0])) if field.kind == "bought" else None
        if when is None or not _values_fit(when, condition.when[1:], "day"):
            return False
    return _values_fit(operator, condition.values, field.kind)


def _values_fit(operator: Operator, values: tuple[Value, ...], kind: str) -> bool:
    if operator.takes == "nothing":
        return not values
    if operator.takes == "several":
        return bool(values)
    if len(values) != (2 if operator.takes in ("two", "two days") else 1):
        return False
    if any(isinstance(value, (str, bool)) for value in values):
        return False
    if operator.takes == "days":
        return all(0 <= value <= FARTHEST // 10 for value in values if not isinstance(value, str))
    if kind == "day":
        return all(1 <= value <= _LAST_DAY for value in values if not isinstance(value, str))
    return all(abs(value) < 1e15 for value in values if not isinstance(value, str))
