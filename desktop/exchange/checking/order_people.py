"""The people that orders name: each different one once, with what they are recognised by."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np

from desktop.core.member_codes import CHANNEL as MEMBER
from desktop.core.text import is_masked
from desktop.exchange.checking.columns import Ints, Placed
from desktop.exchange.checking.order_groups import Groups
from desktop.exchange.checking.records import Person, Records
from desktop.exchange.matching.reshape_cells import combinations
from desktop.exchange.values.reader import Point
from desktop.exchange.vocabulary.fields import CONTACTS

_ADDRESS_LENGTH = 8
"""A shorter "address" is a province."""


def fill_people(records: Records, groups: Groups, good: Ints) -> None:
    """Numbers the different people of the good orders; an order that says nothing of anybody has none."""
    told = [placed for placed in groups.columns.every if placed.field.startswith("customer.")]
    recognised = [at for at, one in enumerate(told) if one.field in (*CONTACTS, "customer.name")]
    orders = records.orders
    if not recognised or not len(orders):
        return
    channels = {channel: number for number, channel in enumerate(dict.fromkeys(orders.channel))}
    on = np.fromiter((channels[channel] for channel in orders.channel), np.int64, len(orders))
    codes = [groups.first_codes(placed)[good] for placed in told]
    # Each different person once, in the order of the file.
    whom, first = combinations([on, *codes], [len(channels), *(len(placed.values) for placed in told)])
    number = np.full(len(first), -1, np.int64)
    for combination in np.argsort(first).tolist():
        at = int(first[combination])
        values = [placed.values[code[at]] for placed, code in zip(told, codes, strict=True)]
        if all(values[place] is None for place in recognised):
            continue
        number[combination] = len(records.people)
        person = _person(told, values, orders.channel[at], orders.ship_to[at])
        person.row = int(groups.columns.row_numbers[groups.first_row[good[at]]])
        records.people.append(person)
    orders.person = array("q", number[whom].tobytes())


def _person(told: Sequence[Placed], values: Sequence[Any], channel: str, ship_to: str) -> Person:
    said: dict[str, Any] = {}
    points: list[Point] = []
    for placed, value in zip(told, values, strict=True):
        if value is None:
            continue
        if placed.field in CONTACTS:
            points += on_channel(value, channel)
        else:
            said.setdefault(placed.field, value)
    address = said.get("customer.address") or (ship_to if len(ship_to) >= _ADDRESS_LENGTH else "")
    if is_masked(address):
        address = ""
    facts = {"region": said["customer.region"]} if "customer.region" in said else {}
    return Person(said.get("customer.name", ""), surest_first(points), facts, address)


def on_channel(points: Sequence[Point], channel: str) -> list[Point]:
    """The points with accounts said to be of the channel they were used on, but for the shop's own cards."""
    return [
        point._replace(channel=channel) if point.kind == "account" and point.channel != MEMBER else point
        for point in points
    ]


def surest_first(points: Sequence[Point]) -> tuple[Point, ...]:
    """Each different point once, what tells people apart best first."""
    order = list(dict.fromkeys(CONTACTS.values()))
    return tuple(dict.fromkeys(sorted(points, key=lambda point: order.index(point.kind))))
