"""Who meets a tree of conditions: a yes or no for each customer, out of the columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from desktop.core.folding import fold
from desktop.queries.column_kinds import Coded, Mask
from desktop.queries.conditions import Condition, Group, Value
from desktop.queries.conditions_birthdays import ages, birthday_mask
from desktop.queries.conditions_check import not_understood
from desktop.queries.conditions_days import day_range
from desktop.queries.conditions_fields import Field
from desktop.queries.customer_columns import Columns

Numbers = npt.NDArray[np.int64] | npt.NDArray[np.float64]

_STATE_NUMBERS = {"none": 0, "new": 1, "one-time": 2, "regular": 3, "drifting": 4, "lost": 5}


@dataclass(frozen=True, slots=True)
class Reading:
    """What evaluating needs: the columns, the fields of the book, products by category, and the day."""

    columns: Columns
    fields: Mapping[str, Field]
    products: Mapping[str, tuple[int, ...]]
    today: date


def who(tree: Condition | Group | None, reading: Reading) -> Mask:
    """The mask of a tree; nobody when one of its conditions is not understood."""
    count = len(reading.columns.ids)
    if not_understood(tree, reading.fields):
        return np.zeros(count, np.bool_)
    return np.ones(count, np.bool_) if tree is None else _mask(tree, reading)


def _mask(tree: Condition | Group, reading: Reading) -> Mask:
    if isinstance(tree, Condition):
        field = reading.fields[tree.field]
        # Which products are of a category, and of what type an own field is, stands in no column.
        beside = {"product"} if field.key == "category" else {"custom_field"} if field.own else set()
        return reading.columns.mask((tree, reading.today), beside, lambda: _KINDS[field.kind](tree, reading))
    every = tree.join == "and"
    found = np.full(len(reading.columns.ids), every)
    for part in tree.parts:
        if every:
            found &= _mask(part, reading)
        else:
            found |= _mask(part, reading)
    return found


# -- numbers and days


def numbers_of(field: Field, reading: Reading) -> tuple[Numbers, Mask, int]:
    """A field's numbers in the column's units, who has one, and what is to be added to them."""
    columns, today = reading.columns, reading.today
    if field.key == "basket":
        spend, orders = columns.figures("s.spend").wide(), columns.figures("s.orders").wide()
        known = orders > 0
        times = np.maximum(orders, 1)
        return (2 * spend + times) // (2 * times), known, 0
    if field.key == "since":
        last = columns.figures("s.last_day")
        return today.toordinal() - last.wide(), last.known(), 0
    if field.key == "age":
        values = ages(columns, today)
        return values, ~np.isnan(values), 0
    if field.own or field.key == "created":
        read = _as_day if field.kind == "day" else _as_number
        values = columns.coded(field.sql).figures(field.kind, read)
        return values, ~np.isnan(values), 0
    column = columns.figures(field.sql)
    return column.values, column.known(), column.base


def _compared(condition: Condition, reading: Reading) -> Mask:
    field = reading.fields[condition.field]
    values, known, base = numbers_of(field, reading)
    if condition.op in ("empty", "filled"):
        return ~known if condition.op == "empty" else known
    wanted = [round(float(value) * field.scale, 6) - base for value in condition.values]
    return _COMPARE[condition.op](values, wanted[0], wanted[-1], known)


_COMPARE: Mapping[str, Callable[[Numbers, float, float, Mask], Mask]] = {
    "ge": lambda v, a, _, known: (v >= a) & known,
    "le": lambda v, a, _, known: (v <= a) & known,
    "gt": lambda v, a, _, known: (v > a) & known,
    "lt": lambda v, a, _, known: (v < a) & known,
    "eq": lambda v, a, _, known: (v == a) & known,
    "ne": lambda v, a, _, known: (v != a) | ~known,
    "between": lambda v, a, b, known: (v >= min(a, b)) & (v <= max(a, b)) & known,
}


def _on_days(condition: Condition, reading: Reading) -> Mask:
    if condition.op in ("empty", "filled"):
        return _compared(condition, reading)
    values, known, base = numbers_of(reading.fields[condition.field], reading)
    low, high = day_range(condition.op, condition.values, reading.today)
    found = known
    if low is not None:
        found = found & (values >= low - base)
    if high is not None:
        found = found & (values <= high - base)
    return found


def _as_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _as_day(text: str) -> float | None:
    try:
        return float(date.fromisoformat(text[:10]).toordinal())
    except ValueError:
        return None


# -- texts and choices


def _text(condition: Condition, reading: Reading) -> Mask:
    field = reading.fields[condition.field]
    column = reading.columns.texts(field.sql) if field.sql else reading.columns.points(field.key)
    wanted = [plain_text(field.key, str(value)) for value in condition.values]
    op = {"lacks": "contains", "not": "is", "empty": "filled"}.get(condition.op, condition.op)
    found: Mask
    if isinstance(column, Coded):
        found = column.holds(_TESTS[op](wanted))
    elif op == "filled":
        found = column.filled()
    else:
        before, after = ("" if op == "contains" else "\n"), ("\n" if op == "is" else "")
        found = np.zeros(len(reading.columns.ids), np.bool_)
        for one in wanted:
            found |= column.find(f"{before}{one}{after}") if one or op == "is" else column.filled()
    return ~found if op != condition.op else found


_TESTS: Mapping[str, Callable[[list[str]], Callable[[str], bool]]] = {
    "contains": lambda wanted: lambda text: any(one in text for one in wanted if text),
    "is": lambda wanted: set(wanted).__contains__,
    "begins": lambda wanted: lambda text: bool(text) and text.startswith(tuple(wanted)),
    "filled": lambda _: bool,
}


def plain_text(key: str, typed: str) -> str:
    """What was typed as the column of a field holds it."""
    text = fold(typed)
    return "".join(char for char in text if char not in " -()") if key == "phone" else text


def _choice(condition: Condition, reading: Reading) -> Mask:
    field = reading.fields[condition.field]
    columns = reading.columns
    if condition.op in ("empty", "filled"):
        if field.key == "import":
            return _compared(condition, reading)
        found = columns.coded(field.sql).holds(bool)
    elif field.key == "state":
        found = np.isin(states(columns, reading.today), [_STATE_NUMBERS[str(v)] for v in condition.values
                                                         if v in _STATE_NUMBERS])  # fmt: skip
    elif field.key == "import":
        found = np.isin(columns.figures(field.sql).wide(), [int(v) for v in condition.values])
    else:
        found = columns.coded(field.sql).holds(set(map(str, condition.values)).__contains__)
    return ~found if condition.op in ("not", "empty") else found


def states(columns: Columns, today: date) -> npt.NDArray[np.int8]:
    """Every customer's purchase state as a number of _STATE_NUMBERS; agrees with summaries.state_sql."""
    occasions, drift, lost = (columns.figures(f"s.{name}") for name in ("occasions", "drift_day", "lost_day"))
    times = np.minimum(occasions.wide(), 2)
    late = drift.values < today.toordinal() - drift.base
    gone = lost.values < today.toordinal() - lost.base
    found = np.where(times > 1, np.where(late, 4, 3), np.where(late, 2, 1)).astype(np.int8)
    found[gone] = 5
    found[times == 0] = 0
    return found


def left_out_mask(columns: Columns) -> Mask:
    """Who gets no promotions now, of all customers: the rule of `promotions.left_out`."""
    found = np.asarray(columns.figures("s.open_complaints").wide() > 0, np.bool_)
    for kind, of in (("refusal", "promotion"), ("withheld", "restrict"), ("withheld", "object")):
        columns.pairs(kind, of).mark(found, None, None)
    return found


def _yes(condition: Condition, reading: Reading) -> Mask:
    field = reading.fields[condition.field]
    if field.key == "promotions":
        found = ~left_out_mask(reading.columns)
    elif field.own:
        found = reading.columns.coded(field.sql).holds(lambda text: text == "1")
    else:
        found = reading.columns.figures(field.sql).wide() == 1
    return ~found if condition.op == "no" else found


# -- things a customer has any number of


def _has(condition: Condition, reading: Reading) -> Mask:
    if condition.op in ("empty", "filled"):
        found = _one_of("tagged", (0,), reading, (None, None))
        return ~found if condition.op == "empty" else found
    days: tuple[int | None, int | None] = (None, None)
    if condition.when:
        days = day_range(str(condition.when[0]), condition.when[1:], reading.today)
    things = [_things(condition.field, value, reading) for value in condition.values]
    if condition.op == "all":
        found = np.ones(len(reading.columns.ids), np.bool_)
        for kind, keys in things:
            found &= _one_of(kind, keys, reading, days)
        return found
    found = np.zeros(len(reading.columns.ids), np.bool_)
    for kind, keys in things:
        found |= _one_of(kind, keys, reading, days)
    return ~found if condition.op == "none" else found


def _things(field: str, value: Value, reading: Reading) -> tuple[str, tuple[str | int, ...]]:
    if field == "category":
        return "product", reading.products.get(str(value), ())
    if field in ("tags", "product"):
        return ("tag" if field == "tags" else field), ((int(value),) if str(value).isdigit() else ())
    return field, (str(value),)


def _one_of(
    kind: str, keys: tuple[str | int, ...], reading: Reading, days: tuple[int | None, int | None]
) -> Mask:
    found = np.zeros(len(reading.columns.ids), np.bool_)
    for key in keys:
        reading.columns.pairs(kind, key).mark(found, *days)
    return found


_KINDS: Mapping[str, Callable[[Condition, Reading], Mask]] = {
    "text": _text,
    "choice": _choice,
    "number": _compared,
    "money": _compared,
    "day": _on_days,
    "yesno": _yes,
    "set": _has,
    "bought": _has,
    "birthday": lambda condition, reading: birthday_mask(condition, reading.columns, reading.today),
}
