"""What a tree of conditions means, reckoned customer by customer in plain Python."""

from __future__ import annotations

import math
import unicodedata
from datetime import date, timedelta
from typing import Any

from desktop.core.birthdays import birthday_of, day_in
from desktop.queries.conditions import Condition, Group
from tests.unit.queries.shops import OWN, TODAY, Person

_DAY = TODAY.toordinal()


def holds(tree: Condition | Group, person: Person) -> bool:
    """Whether a customer meets it."""
    if isinstance(tree, Group):
        met = [holds(part, person) for part in tree.parts]
        return all(met) if tree.join == "and" else any(met)
    return _condition(tree, person)


def _condition(one: Condition, person: Person) -> bool:
    op = one.op
    values: Any = one.values
    if one.field in ("channel", "product", "category", "tags", "consent", "refusal"):
        return _has(one, person)
    found = value_of(one.field, person)
    if op in ("empty", "filled"):
        return (found in (None, "", ())) == (op == "empty")
    if op in ("yes", "no"):
        return bool(found) == (op == "yes")
    if isinstance(found, tuple):
        return _text(op, found, values)
    if isinstance(found, str):
        return _text(op, (found,), values)
    if one.field == "birthday":
        return found is not None and (
            found - _DAY <= values[0] if op == "next" else date.fromordinal(found).month in values
        )
    if one.field in (
        "last",
        "first",
        "expected",
        "last_contact",
        "created",
        "checked",
        "custom:Member since",
    ):
        return found is not None and _in_days(op, values, found)
    if op in ("is", "not"):
        return (found in values) == (op == "is")
    if op == "ne":
        return found is None or not math.isclose(found, values[0])
    if found is None:
        return False
    low, high = min(values), max(values)
    met: dict[str, bool] = {
        "ge": found >= low, "le": found <= low, "gt": found > low, "lt": found < low, "eq": found == low,
        "between": low <= found <= high,
    }  # fmt: skip
    return met[op]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _text(op: str, found: tuple[str, ...], values: Any) -> bool:
    texts = [_plain(text) for text in found]
    wanted = [_plain(str(value)) for value in values]
    met = {
        "contains": any(one in text for one in wanted for text in texts if text),
        "begins": any(text.startswith(one) for one in wanted for text in texts if text),
        "is": any(text == one for one in wanted for text in texts),
    }
    return not met["contains"] if op == "lacks" else not met["is"] if op == "not" else met[op]


def _in_days(op: str, values: Any, day: int) -> bool:
    when = date.fromordinal(day)
    month = TODAY.replace(day=1) - timedelta(days=1)
    if op in ("this-month", "last-month", "this-year"):
        return {
            "this-month": (when.year, when.month) == (TODAY.year, TODAY.month),
            "last-month": (when.year, when.month) == (month.year, month.month),
            "this-year": when.year == TODAY.year,
        }[op]
    met: dict[str, bool] = {
        "last": 0 <= _DAY - day <= values[0], "older": _DAY - day > values[0],
        "next": 0 <= day - _DAY <= values[0], "on": day == values[0], "before": day < values[0],
        "after": day > values[0], "between": min(values) <= day <= max(values),
    }  # fmt: skip
    return met[op]


def _has(one: Condition, person: Person) -> bool:
    owned = _owned(one, person)
    if one.op in ("empty", "filled"):
        return bool(owned) == (one.op == "filled")
    met = [value in owned for value in one.values]
    return all(met) if one.op == "all" else any(met) == (one.op == "any")


def _withheld(person: Person) -> bool:
    """Whether somebody waits for us to settle something, refused promotions, or asked to be left alone."""
    said = [row for row in person.held.get("consent", ()) if row["purpose"] == "promotion"]
    last = max(said, key=lambda row: (row["at"], row["id"]), default=None)
    agreed = max((row["at"] for row in said if row["given"]), default="")
    asked = [
        row["received_at"]
        for row in person.held.get("privacy_request", ())
        if row["kind"] in ("restrict", "object")
    ]
    waits = any(row["status"] == "received" for row in person.held.get("complaint", ()))
    return waits or (last is not None and not last["given"]) or any(one >= agreed for one in asked)


def _owned(one: Condition, person: Person) -> set[Any]:
    if one.field == "tags":
        return {row["tag_id"] for row in person.held.get("customer_tag", ())}
    if one.field in ("consent", "refusal"):
        newest = {
            row["purpose"]: row["given"]
            for row in sorted(person.held.get("consent", ()), key=lambda row: (row["at"], row["id"]))
        }
        return {purpose for purpose, given in newest.items() if given == (one.field == "consent")}
    place = {"channel": 0, "product": 2, "category": 3}[one.field]
    return {
        bought[place]
        for bought in person.bought
        if not one.when or _in_days(str(one.when[0]), one.when[1:], bought[1])
    } - {None, ""}


def value_of(field: str, person: Person) -> Any:
    """A figure or word of a customer; None for none, a tuple for any number of them."""
    if field in ("phone", "email"):
        points = person.held.get("contact_point", ())
        return tuple(row["norm"] for row in points if row["kind"] == field)
    if field.startswith("custom:"):
        return _own(field.removeprefix("custom:"), person)
    if field in _FIGURES:
        return _FIGURES[field](person)
    return person.row[{"checked": "checked_on", "import": "import_run_id"}.get(field, field)]


def _own(name: str, person: Person) -> Any:
    found = person.custom.get(name)
    if OWN[name] == "date":
        return date.fromisoformat(found).toordinal() if found and found[0].isdigit() else None
    return ("" if found is None else found) if OWN[name] in ("text", "choice") else found


def _purchases(person: Person) -> list[dict[str, Any]]:
    return [
        row for row in person.held.get("orders", ())
        if row["status"] in ("paid", "completed") and (row["refunded"] < row["paid"] or row["refunded"] <= 0)
    ]  # fmt: skip


def _days(person: Person) -> list[int]:
    return sorted(date.fromisoformat(row["placed_at"][:10]).toordinal() for row in _purchases(person))


def _spend(person: Person) -> int:
    good = [row for row in person.held.get("orders", ()) if row["status"] not in ("unpaid", "cancelled")]
    return sum(row["paid"] - row["refunded"] for row in good)


def _basket(person: Person) -> int | None:
    times = len(_purchases(person))
    return math.floor(_spend(person) / times + 0.5) if times else None


def _rating(person: Person) -> float | None:
    given = [row["perceived"] for row in person.held.get("rating", ()) if row["perceived"]]
    return math.floor(100 * sum(given) / len(given) + 0.5) / 100 if given else None


def _state(person: Person) -> str:
    times, summary = len(set(_days(person))), person.summary
    if not times:
        return "none"
    if summary["lost_day"] < _DAY:
        return "lost"
    late = summary["drift_day"] < _DAY
    return ("drifting" if late else "regular") if times > 1 else ("one-time" if late else "new")


def _birthday(person: Person) -> int | None:
    row = person.row
    born = birthday_of(row["birthday"], row["birthday_calendar"], bool(row["birthday_leap"]))
    if born is None:
        return None
    days = [day_in(born, year) for year in range(2025, 2029)]
    return min(day.toordinal() for day in days if day and day >= TODAY)


def _age(person: Person) -> int | None:
    row = person.row
    born = birthday_of(row["birthday"], row["birthday_calendar"], bool(row["birthday_leap"]))
    if born is None or born.year is None:
        return None
    # Birthdays kept since: one a year, whatever solar day it was.
    kept = [day_in(born, year) for year in range(born.year + 1, TODAY.year + 2)]
    age = sum(day is not None and day <= TODAY for day in kept)
    first = day_in(born, born.year)
    return age if first is None or first <= TODAY else None


def _count(table: str, **wanted: Any) -> Any:
    return lambda person: sum(
        all(row[name] == value for name, value in wanted.items()) for row in person.held.get(table, ())
    )


_FIGURES: dict[str, Any] = {
    "state": _state,
    "spend": _spend,
    "orders": lambda person: len(_purchases(person)),
    "occasions": lambda person: len(set(_days(person))),
    "basket": _basket,
    "last": lambda person: max(_days(person), default=None),
    "first": lambda person: min(_days(person), default=None),
    "since": lambda person: _DAY - max(_days(person)) if _days(person) else None,
    "rhythm": lambda person: (
        None if (gap := person.summary["rhythm"]) is None else math.floor(gap * 10 + 0.5) / 10
    ),
    "expected": lambda person: person.summary["next_day"],
    "rating": _rating,
    "ratings": lambda person: sum(row["perceived"] is not None for row in person.held.get("rating", ())),
    "complaints": _count("complaint"),
    "open_complaints": _count("complaint", status="received"),
    "last_contact": lambda person: max(
        (
            date.fromisoformat(row["happened_at"][:10]).toordinal()
            for row in person.held.get("interaction", ())
        ),
        default=None,
    ),
    "contacts": _count("interaction"),
    "cases": _count("service_case"),
    "open_cases": _count("service_case", status="open"),
    "points": lambda person: sum(row["points"] for row in person.held.get("points_entry", ())),
    "brought": lambda person: person.brought,
    "promises": lambda person: sum(row["outcome"] == "" for row in person.held.get("promise", ())),
    "promotions": lambda person: not _withheld(person),
    "referred": lambda person: person.row["referred_by"] is not None,
    "created": lambda person: date.fromisoformat(person.row["created_at"][:10]).toordinal(),
    "birthday": _birthday,
    "age": _age,
}
