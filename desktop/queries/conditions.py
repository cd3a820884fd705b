"""Conditions on customers as a tree of and/or groups, and their form as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Join = Literal["and", "or"]
Value = str | int | float | bool
When = tuple[str | int, ...]
"""A condition on days by itself: an operator of DAY and its values, such as ("last", 90)."""

MOST_NESTED = 8
"""Groups within groups that are read; the builder makes three at most."""


class Unreadable(ValueError):
    """JSON that is no tree of conditions, or one of a later version."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing asked of a customer: a key of `conditions_fields`, an operator of its type, its values.

    `when` narrows what was bought to the days on which it was.
    """

    field: str
    op: str
    values: tuple[Value, ...] = ()
    when: When = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions of which all (`and`) or at least one (`or`) must hold; none at all: everybody, nobody."""

    join: Join
    parts: tuple[Condition | Group, ...] = ()


def all_of(*parts: Condition | Group | None) -> Group | None:
    """What holds when all of some conditions do; None, which leaves everybody, when there are none."""
    flat: list[Condition | Group] = []
    for part in parts:
        if isinstance(part, Group) and part.join == "and":
            flat.extend(part.parts)
        elif part is not None:
            flat.append(part)
    if len(flat) == 1 and isinstance(flat[0], Group):
        return flat[0]
    return Group("and", tuple(flat)) if flat else None


def conditions_in(tree: Condition | Group | None) -> Iterator[Condition]:
    """Every condition of a tree, from left to right."""
    if isinstance(tree, Condition):
        yield tree
    elif tree is not None:
        for part in tree.parts:
            yield from conditions_in(part)


def to_plain(tree: Condition | Group) -> dict[str, Any]:
    """The tree as what JSON knows: {"and": [{"field": "spend", "op": "ge", "values": [1000]}, …]}."""
    if isinstance(tree, Group):
        return {tree.join: [to_plain(part) for part in tree.parts]}
    plain: dict[str, Any] = {"field": tree.field, "op": tree.op}
    if tree.values:
        plain["values"] = list(tree.values)
    if tree.when:
        plain["when"] = list(tree.when)
    return plain


def from_plain(plain: object, depth: int = 0) -> Condition | Group:
    """What `to_plain` gave. Raises Unreadable for anything else, whatever it holds beside."""
    if not isinstance(plain, dict) or depth > MOST_NESTED:
        raise Unreadable
    if len(plain) == 1 and (join := next(iter(plain))) in ("and", "or"):
        if not isinstance(plain[join], list):
            raise Unreadable
        return Group(join, tuple(from_plain(part, depth + 1) for part in plain[join]))
    if not {"field", "op"} <= plain.keys() <= {"field", "op", "values", "when"}:
        raise Unreadable
    values, when = plain.get("values", []), plain.get("when", [])
    if not (isinstance(plain["field"], str) and isinstance(plain["op"], str)):
        raise Unreadable
    if not (_scalars(values, str, int, float) and _scalars(when, str, int)):
        raise Unreadable
    return Condition(plain["field"], plain["op"], tuple(values), tuple(when))


def _scalars(found: object, *kinds: type) -> bool:
    return isinstance(found, list) and all(isinstance(one, kinds) for one in found)
