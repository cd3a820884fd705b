"""Rows of any list that is neither orders nor customers into entries, with the people and products they name.

Works on whole columns, as check_orders does: a value is read once however often it stands in the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from desktop.core.progress import Progress
from desktop.core.text import fold
from desktop.core.translation import tr
from desktop.exchange.checking.columns import Columns, Flags, Ints, Placed
from desktop.exchange.checking.complaint_entries import settle_complaints
from desktop.exchange.checking.customers import person_of
from desktop.exchange.checking.details import check_details
from desktop.exchange.checking.entries import Entries
from desktop.exchange.checking.entry_rules import note_problems, require, told
from desktop.exchange.checking.rating_entries import settle_ratings
from desktop.exchange.checking.records import Records
from desktop.exchange.vocabulary import fields
from desktop.exchange.vocabulary.subjects import ORDER_DETAILS, WHO, Subject

_COLUMN = {"interaction.seconds": "minutes"}
"""Fields that go to a column of another name."""
_TAKEN = frozenset({"redeemed", "expired"})
_ADDRESS_LENGTH = 8
"""A shorter "address" is a province."""
_OF_PARCEL = ("shipment.number", "shipment.carrier", "shipment.shipped_at", "shipment.arrived_at")
_LABEL = re.compile(r"(?:no|nr|单号|运单号)[.:：]+\s*", re.IGNORECASE)
"""What Taobao writes before a parcel's number."""
_NUMBERED = {
    "products": ("product.code",),
    "complaints": ("complaint.number",),
    "leads": ("lead.number",),
    "shipments": ("shipment.number", "shipment.carrier", "order.number"),
    "ratings": ("rating.code",),
}
"""What one row of a file alone may have; the first of them must say something."""


def check_entries(
    columns: Columns, subject: Subject, *, currency: str, channel: str, progress: Progress
) -> Records:
    """Everything good in a file of a subject, and its problems. Raises UserError when a column is missing.

    `channel` is where the file comes from, for entries that don't say so and for the accounts in it.
    """
    require(columns, subject)
    if subject.key == ORDER_DETAILS:
        return check_details(columns, subject, currency=currency, channel=channel)
    note_problems(columns, subject)
    progress.check()
    repeated = _hold_back_repeated(columns, subject)
    unsent = _unsent(columns) if subject.key == "shipments" else np.zeros(columns.rows, np.bool_)
    columns.left_out += int(unsent.sum())
    good: Ints = np.nonzero(~columns.bad & ~repeated & ~unsent)[0]
    records = Records(rows=columns.rows - int(unsent.sum()))
    entries = records.entries = Entries(row=columns.row_numbers[good].tolist())
    entries.values = _values(columns, subject, good)
    progress.check()
    _fill_references(records, columns, subject, good)
    _settle_channel(entries, subject, channel)
    _fill_people(records, columns, subject, good, channel)
    if subject.key == "points":
        _turn_signs(entries)
    if subject.key == "complaints":
        settle_complaints(entries, columns, good)
    if subject.key == "ratings":
        settle_ratings(entries)
    if subject.key == "leads":
        _make_prospects(records)
    if subject.key == "shipments" and "number" in entries.values:
        numbers = entries.values["number"]
        entries.values["number"] = [number and _LABEL.sub("", number) for number in numbers]
    records.good_rows = int((~columns.bad & ~unsent).sum())
    records.problems = columns.sorted_problems()
    return records


# --- rows


def _unsent(columns: Columns) -> Flags:
    """Rows of orders that nothing was sent for, in a file that says so of others."""
    placed = tuple(field for field in _OF_PARCEL if columns.of(field))
    if not placed:
        return np.zeros(columns.rows, np.bool_)
    sent = told(columns, placed)
    return ~sent & ~columns.bad if sent.any() else np.zeros(columns.rows, np.bool_)


def _hold_back_repeated(columns: Columns, subject: Subject) -> Flags:
    """Notes rows with the number of another one; those that say the very same are left out without a word."""
    repeated = np.zeros(columns.rows, np.bool_)
    names = _NUMBERED.get(subject.key, ())
    number = columns.one(names[0]) if names else None
    if number is None:
        return repeated
    keys = [placed for name in names if (placed := columns.one(name)) is not None]
    seen: dict[tuple[Any, ...], int] = {}
    rows = np.nonzero(number.has()[number.codes] & ~columns.bad)[0].tolist()
    for at in rows:
        key = tuple(placed.values[placed.codes[at]] for placed in keys)
        first = seen.setdefault(key, at)
        if first == at:
            continue
        if all(p.values[p.codes[at]] == p.values[p.codes[first]] for p in columns.every):
            repeated[at] = True
        else:
            row = int(columns.row_numbers[first])
            columns.note(at, number, tr("row {row} of the file has this number already", row=row))
    if subject.key == "products":
        _note_nameless_codes(columns, number)
    return repeated


def _note_nameless_codes(columns: Columns, code: Placed) -> None:
    """A product without a code beside one of that name with a code could be either."""
    name = columns.one("product.name")
    if name is None:
        return
    coded: dict[str, int] = {}
    rows = np.nonzero(name.has()[name.codes] & ~columns.bad)[0].tolist()
    for at in rows:
        if code.values[code.codes[at]] is not None:
            coded.setdefault(fold(name.values[name.codes[at]]), at)
    for at in rows:
        first = coded.get(fold(name.values[name.codes[at]]))
        if first is not None and code.values[code.codes[at]] is None:
            row = int(columns.row_numbers[first])
            columns.note(
                at, code, tr("row {row} gives a product of this name a code: give one here, too", row=row)
            )


# --- what they say


def _values(columns: Columns, subject: Subject, good: Ints) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for placed in columns.every:
        group, _, name = placed.field.partition(".")
        if group not in subject.groups or name == "staff":
            continue
        name = _COLUMN.get(placed.field, name)
        said = _of(placed, good)
        if name not in found:
            found[name] = said
        elif fields.FIELD[placed.field].kind == "text":
            found[name] = [_below(one, other) for one, other in zip(found[name], said, strict=True)]
        else:
            found[name] = [
                other if one is None else one for one, other in zip(found[name], said, strict=True)
            ]
    return found


def _of(placed: Placed, good: Ints) -> list[Any]:
    """A column's values of the good rows."""
    values = placed.values
    return [values[code] for code in placed.codes[good].tolist()]


def _below(one: str | None, other: str | None) -> str | None:
    """Two texts of one row, one below the other."""
    if not one or not other or other in one:
        return one or other
    return f"{one}\n{other}"


def _first(columns: Columns, field: str, good: Ints, empty: Any) -> list[Any]:
    """For each good row what the first column of a field that speaks says."""
    found: list[Any] = [empty] * len(good)
    for placed in reversed(columns.of(field)):
        found = [
            before if value is None else value for before, value in zip(found, _of(placed, good), strict=True)
        ]
    return found


def _settle_channel(entries: Entries, subject: Subject, channel: str) -> None:
    """An entry that does not say where it happened did so where its file comes from."""
    if channel and f"{subject.groups[0]}.channel" in fields.FIELD:
        said = entries.values.get("channel", [None] * len(entries))
        entries.values["channel"] = [value or channel for value in said]


def _turn_signs(entries: Entries) -> None:
    """Points spent or lost are taken away, where the file gives no sign to any of them."""
    points, reasons = entries.values["points"], entries.values.get("reason")
    if reasons is None:
        return
    taken = [reason in _TAKEN for reason in reasons]
    if not any(gone and value < 0 for gone, value in zip(taken, points, strict=True)):
        entries.values["points"] = [
            -value if gone else value for gone, value in zip(taken, points, strict=True)
        ]


def _make_prospects(records: Records) -> None:
    """Whoever comes in by a lead alone has not bought; known customers stay what they are."""
    statuses = records.entries.values.get("status", ())
    bought = {
        person
        for person, status in zip(records.entries.person, statuses, strict=False)
        if status == "converted"
    }
    for at, person in enumerate(records.people):
        if at not in bought:
            person.facts.setdefault("relation", "prospect")


# --- what they speak of


def _fill_references(records: Records, columns: Columns, subject: Subject, good: Ints) -> None:
    entries = records.entries
    entries.order_number = _first(columns, "order.number", good, "")
    entries.order_channel = _first(columns, "order.channel", good, "")
    entries.staff = _first(columns, f"{subject.groups[0]}.staff", good, "")
    about = subject.key != "complaints"
    entries.complaint_number = _first(columns, "complaint.number", good, "") if about else [""] * len(good)
    entries.product = [-1] * len(good)
    if subject.key == "complaints":
        codes, names = (_first(columns, f"product.{name}", good, "") for name in ("code", "name"))
        known: dict[tuple[str, str], int] = {}
        for at, (code, name) in enumerate(zip(codes, names, strict=True)):
            if code or name:
                place = known.setdefault((code, "" if code else name), len(records.products))
                if place == len(records.products):
                    records.products.append((code, name))
                entries.product[at] = place


def _fill_people(records: Records, columns: Columns, subject: Subject, good: Ints, channel: str) -> None:
    """Numbers the different people of the good rows; a row that says nothing of anybody has none."""
    entries = records.entries
    told = [placed for placed in columns.every if placed.field.startswith("customer.")]
    entries.person = [-1] * len(good)
    if not any(placed.field in WHO for placed in told):
        return
    own = entries.values.get("channel") or entries.order_channel
    home = entries.values.get("ship_to", [None]) if subject.key == "shipments" else [None]
    homes = home if len(home) == len(good) else [None] * len(good)
    known: dict[tuple[Any, ...], int] = {}
    rows = zip(own, homes, *(placed.codes[good].tolist() for placed in told), strict=True)
    for at, key in enumerate(rows):
        number = known.get(key)
        if number is None:
            number = known[key] = _new_person(records, told, key, channel, entries.row[at])
        entries.person[at] = number


def _new_person(
    records: Records, told: Sequence[Placed], key: tuple[Any, ...], channel: str, row: int
) -> int:
    """The place of somebody not met before, or -1 for nobody."""
    own, home, *codes = key
    said = [(one.field, one.header, one.values[code]) for one, code in zip(told, codes, strict=True)]
    person = person_of(said, own or channel)
    if not person.name and not person.points:
        return -1
    person.row = row
    if home and not person.address and len(home) >= _ADDRESS_LENGTH:
        person.address = home
    records.people.append(person)
    return len(records.people) - 1
