"""The fields of customers who become one, and of one who is taken apart again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.models.engine import BookDatabase

CUSTOM = "custom"
TEXTS = ("likes", "dislikes", "expectations", "family", "notes")
"""What is joined: of two notes neither is the wrong one."""
WITH = {"birthday": ("birthday_calendar", "birthday_leap")}
"""Fields that go with another one."""
_LEFT = ("id", "import_run_id", CUSTOM, *(one for along in WITH.values() for one in along))


@dataclass(frozen=True, slots=True)
class Own:
    """A value that none of the customers had."""

    value: Any


Choice = int | Own
"""Whose value a field takes: a customer's id; or a value of its own."""


def merged_fields(
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    fields: Mapping[str, Choice],
    custom: Mapping[str, Choice],
) -> dict[str, Any]:
    """The columns of the customer who stays, `custom` as a dict; see merge_customers for the rules."""
    after = dict(mine)
    for key in mine:
        if key in _LEFT:
            continue
        choice = fields.get(key)
        if isinstance(choice, Own):
            after[key] = choice.value
        elif choice == theirs["id"] or (choice is None and _fills(key, mine[key], theirs[key])):
            after[key] = theirs[key]
            after |= {along: theirs[along] for along in WITH.get(key, ())}
        elif choice is None and key in TEXTS:
            after[key] = joined(mine[key], theirs[key])
    after[CUSTOM] = _custom(json.loads(mine[CUSTOM]), json.loads(theirs[CUSTOM]), theirs["id"], custom)
    if after["referred_by"] == theirs["id"]:
        # They came through the one who is now part of them: then through whoever that one came through.
        after["referred_by"] = theirs["referred_by"]
    if after["referred_by"] == mine["id"]:
        after["referred_by"] = None
    return after


def _fills(key: str, mine: Any, theirs: Any) -> bool:
    """Whether the other's value is taken where nobody chose: into a blank; the earlier of two beginnings."""
    if key == "created_at":
        return bool(theirs < mine)
    if key == "checked_on" and mine is not None and theirs is not None:
        return bool(theirs > mine)
    return mine in ("", None) and theirs not in ("", None)


def _custom(
    mine: dict[str, Any], theirs: dict[str, Any], their_id: int, custom: Mapping[str, Choice]
) -> dict[str, Any]:
    after = dict(mine)
    for key in dict.fromkeys((*mine, *theirs, *custom)):
        choice = custom.get(key)
        if isinstance(choice, Own):
            after[key] = choice.value
        elif key in theirs and (choice == their_id or (choice is None and mine.get(key) in ("", None))):
            after[key] = theirs[key]
        elif choice == their_id:
            after.pop(key, None)
    return after


def joined(mine: str, theirs: str) -> str:
    """Two texts below each other, none of them twice."""
    if not theirs.strip() or theirs.strip() in mine:
        return mine
    return f"{mine}\n{theirs}" if mine.strip() else theirs


def returned(current: Any, before: Any, after: Any) -> Any:
    """What a field of the kept customer becomes when the merge that made `after` of `before` is taken back.

    Where the value still stands, it goes back; of a joined text the part that was added goes, even between
    others; what somebody has changed since stays.
    """
    if current == after:
        return before
    if not isinstance(current, str) or not isinstance(before, str) or not isinstance(after, str):
        return current
    if not before:
        return current.removeprefix(f"{after}\n") if "\n" in current else current
    if after.startswith(f"{before}\n"):
        lines, added = f"{current}\n", after[len(before) :] + "\n"
        return lines.replace(added, "\n", 1).removesuffix("\n") if added in lines else current
    return current


def returned_custom(current: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """As `returned` for the shop's own fields, each by itself."""
    found = dict(current)
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) == after.get(key) or current.get(key) != after.get(key):
            continue
        if key in before:
            found[key] = before[key]
        else:
            found.pop(key, None)
    return found


def without_loop(db: BookDatabase, row: int, referred_by: int | None) -> int | None:
    """Who referred a customer, or None when that would lead back to the customer."""
    seen: set[int] = set()
    above = referred_by
    while above is not None and above not in seen:
        if above == row:
            return None
        seen.add(above)
        found = db.execute_sql("SELECT referred_by FROM customer WHERE id = ?", (above,)).fetchone()
        above = found[0] if found else None
    return referred_by
