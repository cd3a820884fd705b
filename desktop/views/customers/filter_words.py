"""A filter as a sentence: Spent ≥ ¥1,000 and (drifting or lost)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from desktop.core.dates import format_day
from desktop.core.money import format_money
from desktop.core.translation import mark, ntr, tr
from desktop.queries.conditions import Condition, Group, Value
from desktop.queries.conditions_check import understood
from desktop.queries.conditions_fields import Field
from desktop.queries.conditions_options import Vocabulary
from desktop.queries.customer_filter import CustomerFilter

_CODES = frozenset({"states", "kinds", "relations", "genders", "purposes"})
"""Choices that are words of the language rather than names."""
_SIGNS = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "eq": "=", "ne": "≠"}


def field_title(field: Field) -> str:
    """A field's name; the shop's own as it was given."""
    return field.title if field.own else tr(field.title)


def _name(field: Field) -> str:
    """A field's name within a sentence."""
    return field.title if field.own else _low(tr(field.title))


def _low(text: str) -> str:
    """A word as it stands within a sentence: Spent is spent there, but WeChat is WeChat."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first[1:].islower() else text


def filter_words(view: CustomerFilter, vocabulary: Vocabulary) -> str:
    """What a filter means, in a sentence; "" when it leaves everybody."""
    said = _filter_words(view, vocabulary)
    return said[:1].upper() + said[1:]


def _filter_words(view: CustomerFilter, vocabulary: Vocabulary) -> str:
    if view.unread:
        return tr("This filter needs a newer version of the program; it shows nobody until then.")
    parts: list[str] = []
    if (tree := view.tree()) is not None and tree.parts:
        outer = tree if tree.join == "and" or not view.text else Group("and", (tree,))
        parts = [
            _part(part, outer.join, len(outer.parts) + bool(view.text), vocabulary) for part in outer.parts
        ]
        if view.text:
            parts.append(tr("found by “{text}”", text=view.text))
        return _joined(parts, outer.join)
    return tr("found by “{text}”", text=view.text) if view.text else ""


def tree_words(tree: Condition | Group, vocabulary: Vocabulary) -> str:
    """What a tree of conditions means."""
    if isinstance(tree, Group):
        return _joined(
            [_part(part, tree.join, len(tree.parts), vocabulary) for part in tree.parts], tree.join
        )
    return condition_words(tree, vocabulary)


def _part(part: Condition | Group, inside: str, beside: int, vocabulary: Vocabulary) -> str:
    """A part among `beside` that are joined, in brackets where it could be misread."""
    said = tree_words(part, vocabulary)
    alternatives = isinstance(part, Condition) and part.field == "state" and len(part.values) > 1
    join = part.join if isinstance(part, Group) and len(part.parts) > 1 else "or" if alternatives else ""
    # What is joined as all around it is needs no brackets.
    bracketed = join not in ("", inside) and beside > 1
    return tr("({conditions})", conditions=said) if bracketed else said


def _joined(parts: Sequence[str], join: str) -> str:
    if join == "and":
        return reduce(lambda one, other: tr("{one} and {other}", one=one, other=other), parts)
    return reduce(lambda one, other: tr("{one} or {other}", one=one, other=other), parts)


def condition_words(condition: Condition, vocabulary: Vocabulary) -> str:
    """What one condition means."""
    field = vocabulary.fields.get(condition.field)
    if field is None:
        name = condition.field.removeprefix("custom:")
        return tr("a field that is not in this book: {name}", name=name)
    if not understood(condition, vocabulary.fields):
        return tr("{field}: a condition of a newer version", field=_name(field))
    said = _SAID[field.kind](condition, field, vocabulary)
    if condition.when:
        op, *values = condition.when
        when = day_words(str(op), tuple(values))
        return tr("{what} {when}", what=said, when=when)
    return said


def day_words(op: str, values: Sequence[Value]) -> str:
    """When something was: in the last 30 days, this month, before 3 Nov 2026."""
    numbers = [int(value) for value in values]
    said: Mapping[str, Callable[[], str]] = {
        "last": lambda: ntr("in the last {n} day", "in the last {n} days", numbers[0]),
        "older": lambda: ntr("more than {n} day ago", "more than {n} days ago", numbers[0]),
        "next": lambda: ntr("in the next {n} day", "in the next {n} days", numbers[0]),
        "this-month": lambda: tr("this month"),
        "last-month": lambda: tr("last month"),
        "this-year": lambda: tr("this year"),
        "on": lambda: tr("on {day}", day=format_day(numbers[0])),
        "before": lambda: tr("before {day}", day=format_day(numbers[0])),
        "after": lambda: tr("after {day}", day=format_day(numbers[0])),
        "between": lambda: tr(
            "between {low} and {high}", low=format_day(min(numbers)), high=format_day(max(numbers))
        ),
    }
    return said[op]()


def _blank(condition: Condition, field: Field) -> str | None:
    if condition.op == "empty":
        return tr("{field} is empty", field=_name(field))
    return tr("{field} is not empty", field=_name(field)) if condition.op == "filled" else None


def _text(condition: Condition, field: Field, vocabulary: Vocabulary) -> str:
    if (blank := _blank(condition, field)) is not None:
        return blank
    values = _any_of([tr("“{text}”", text=value) for value in condition.values])
    return tr(_COMPARED[condition.op], field=_name(field), values=values)


_COMPARED: Mapping[str, str] = {
    "contains": mark("{field} contains {values}"),
    "lacks": mark("{field} does not contain {values}"),
    "is": mark("{field} is {values}"),
    "not": mark("{field} is not {values}"),
    "begins": mark("{field} begins with {values}"),
}


def _choice(condition: Condition, field: Field, vocabulary: Vocabulary) -> str:
    if (blank := _blank(condition, field)) is not None:
        return blank
    values = _any_of(_names(condition, field, vocabulary))
    if field.key == "state" and condition.op == "is":
        return values
    return tr(_COMPARED[condition.op], field=_name(field), values=values)


def _number(condition: Condition, field: Field, vocabulary: Vocabulary) -> str:
    if (blank := _blank(condition, field)) is not None:
        return blank
    values = [
        format_money(int(value), vocabulary.currency) if field.kind == "money" else f"{float(value):g}"
        for value in condition.values
    ]
    values = [value.removesuffix(".00") for value in values]
    if condition.op == "between":
        said = tr("{low} to {high}", low=values[0], high=values[1])
        return tr("{field} {comparison}", field=_name(field), comparison=said)
    said = f"{_SIGNS[condition.op]} {values[0]}"
    return tr("{field} {comparison}", field=_name(field), comparison=said)


def _day(condition: Condition, field: Field, vocabulary: Vocabulary) -> str:
    if (blank := _blank(condition, field)) is not None:
        return blank
    return tr("{what} {when}", what=_name(field), when=day_words(condition.op, condition.values))


def _yes(condition: Condition, field: Field, vocabulary: Vocabulary) -> str:
    title = _name(field)
    return title if condition.op == "yes" else tr("not: {condition}", condition=title)


def _has(condition: Condition, field: Field, vocabulary: Vocabulary) -> str:
    if (blank := _blank(condition, field)) is not None:
        return blank
    names = _names(condition, field, vocabulary)
    if condition.op == "all":
        values = reduce(lambda one, other: tr("{one} and {other}", one=one, other=other), names)
    else:
        values = _any_of(names)
    if condition.op == "none":
        return tr("not {field} {values}", field=_name(field), values=values)
    return tr("{field} {values}", field=_name(field), values=values)


def _birthday(condition: Condition, field: Field, vocabulary: Vocabulary) -> str:
    if (blank := _blank(condition, field)) is not None:
        return blank
    if condition.op == "month":
        values = _any_of(_names(condition, field, vocabulary))
        return tr("{field} in {values}", field=_name(field), values=values)
    return tr("{what} {when}", what=_name(field), when=day_words("next", condition.values))


def _names(condition: Condition, field: Field, vocabulary: Vocabulary) -> list[str]:
    choices = vocabulary.choices_of(field)
    names = [choices.get(value) or tr("one that is gone") for value in condition.values]
    return [_low(name) for name in names] if field.options in _CODES else names


def _any_of(names: Sequence[str]) -> str:
    return reduce(lambda one, other: tr("{one} or {other}", one=one, other=other), names)


_SAID: Mapping[str, Callable[[Condition, Field, Vocabulary], str]] = {
    "text": _text,
    "choice": _choice,
    "number": _number,
    "money": _number,
    "day": _day,
    "yesno": _yes,
    "set": _has,
    "bought": _has,
    "birthday": _birthday,
}
