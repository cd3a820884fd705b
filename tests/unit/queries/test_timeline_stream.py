"""The places of a stream against the whole of it sorted by hand: any source, any change, any place."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.book import Book
from desktop.queries import timeline_days, timeline_stream
from desktop.queries.timeline_entries import read_entries
from desktop.queries.timeline_keys import Scope, Span, TimelineFilter, scope_of
from desktop.queries.timeline_sources import KINDS
from desktop.queries.timeline_stream import Stream, build, of_entries

# Few moments, so that many entries share one; days and months apart.
MOMENTS = (
    "2026-11-03 10:00:01", "2026-11-03 10:00:00", "2026-11-02 23:59:59", "2026-11-02 00:00:00",
    "2026-10-31 12:00:00", "2025-02-28 12:00:00",
)  # fmt: skip
STAGES = ("pre-sale", "in-sale", "after-sale")
# kind: table, its moment's column, what else a row needs, the stage of its entries, whether it has a channel.
TABLES: dict[str, tuple[str, str, dict[str, Any], str, bool]] = {
    "visit": ("visit", "at", {}, "pre-sale", True),
    "lead": ("lead", "found_at", {}, "pre-sale", False),
    "interaction": ("interaction", "happened_at", {}, "", True),
    "order": ("orders", "placed_at", {}, "in-sale", True),
    "points": ("points_entry", "at", {"points": 5}, "none", False),
    "arrival": ("shipment", "arrived_at", {"shipped_at": "2024-01-01 08:00:00"}, "in-sale", False),
    "case": ("service_case", "opened_at", {"kind": "return"}, "after-sale", False),
    "case-step": ("case_step", "done_at", {"title": "x"}, "after-sale", False),
    "complaint": ("complaint", "received_at", {"title": "x"}, "after-sale", True),
    "rating": ("rating", "rated_at", {"ended_at": MOMENTS[0], "perceived": 4}, "after-sale", True),
    "tick": ("checklist_step", "done_at", {"title": "x"}, "", False),
    "task": ("task", "done_at", {"title": "x", "created_at": MOMENTS[0]}, "none", False),
    "consent": ("consent", "at", {"purpose": "photo", "given": 1}, "none", True),
    "privacy": ("privacy_request", "received_at", {"kind": "access"}, "none", False),
    "merge": ("merge", "at", {"gone_id": 9, "gone": "{}"}, "none", False),
}


EMPTIED = (
    "visit", "lead", "points_entry", "shipment", "consent", "privacy_request", "merge", "task", "checklist",
    "interaction", "rating", "complaint", "service_case", "orders", "customer",
)  # fmt: skip
FILTERS = (
    TimelineFilter(), TimelineFilter(channel="wechat"), TimelineFilter(kinds=frozenset({"interaction"})),
)  # fmt: skip


class Made(NamedTuple):
    """An entry as a test knows it."""

    kind: str
    row: int
    customer: int | None
    at: str
    stage: str
    channel: str
    pinned: bool


entries = st.tuples(
    st.sampled_from(sorted(TABLES)),
    st.sampled_from(MOMENTS),
    st.sampled_from((1, 2)),
    st.sampled_from(STAGES),
    st.sampled_from(("wechat", "phone")),
    st.booleans(),
)
changes = st.tuples(st.sampled_from(("add", "move", "drop")), entries, st.integers(0, 99))


def clear(book: Book) -> None:
    """An empty book but for two customers, a case and a checklist of each."""
    with book.step("clear") as step:
        for table in EMPTIED:
            step.execute(f"DELETE FROM {table}")
        for who in (1, 2):
            step.execute(
                "INSERT INTO customer (id, name, created_at) VALUES (?, ?, ?)", (who, f"客{who}", MOMENTS[0])
            )
            step.execute(
                "INSERT INTO service_case (id, number, customer_id, kind, opened_at) "
                "VALUES (?, ?, ?, 'repair', ?)",
                (who, f"S{who}", who, "2020-01-01 08:00:00"),
            )
            for nth, stage in enumerate(STAGES):
                step.execute(
                    "INSERT INTO checklist (id, stage, customer_id, opened_at) VALUES (?, ?, ?, ?)",
                    (10 * who + nth, stage, who, MOMENTS[0]),
                )


def add(book: Book, wanted: tuple[Any, ...], number: int) -> Made:
    """Put an entry into the book."""
    kind, at, customer, stage, channel, pinned = wanted
    table, column, values, fixed, has_channel = TABLES[kind]
    values = {**values, column: at}
    if kind == "case-step":
        values["case_id"] = customer
    elif kind == "tick":
        values["checklist_id"] = 10 * customer + STAGES.index(stage)
    else:
        values["kept_id" if kind == "merge" else "customer_id"] = customer
    if kind in ("case", "complaint", "order"):
        values["number"] = f"N{number}"
    if kind == "interaction":
        values |= {"stage": stage, "pinned": int(pinned), "text": "x"}
    if has_channel:
        values["channel"] = channel
    names, marks = ", ".join(values), ", ".join("?" for _ in values)
    with book.step("add") as step:
        row = step.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id", list(values.values())
        )
        (found,) = row.fetchone()
    return Made(
        kind,
        found,
        customer,
        at,
        fixed or stage,
        channel if has_channel else "",
        kind == "interaction" and pinned,
    )


def apart(book: Book, made: list[Made], customer: int | None) -> list[tuple[str, int]]:
    """The stream sorted by hand: the two cases that are always there, and the parcels' sending, are below."""
    there = [one for one in made if customer is None or (one.customer == customer and not one.pinned)]
    there.sort(key=lambda one: (one.at, KINDS.index(one.kind), one.row), reverse=True)
    sent = [("shipment", one.row) for one in there if one.kind == "arrival"]
    cases = [("case", who) for who in (2, 1) if customer in (None, who)]
    return [(one.kind, one.row) for one in there] + sorted(sent, reverse=True) + cases


def walked(book: Book, stream: Stream) -> list[tuple[str, int]]:
    return stream.keys(book, 0, stream.total)


@settings(max_examples=60, deadline=None)
@given(st.lists(entries, max_size=30), st.sampled_from((None, 1)), st.data())
def test_places_are_those_of_the_whole_stream(
    book: Book, wanted: list[tuple[Any, ...]], customer: int | None, data: st.DataObject
) -> None:
    clear(book)
    made = [add(book, one, number) for number, one in enumerate(wanted)]
    stream = build(book, Scope(customer))
    expected = apart(book, made, customer)
    assert walked(book, stream) == expected
    assert stream.total == len(expected)
    first = data.draw(st.integers(0, len(expected)))
    last = data.draw(st.integers(first, len(expected) + 5))
    assert stream.keys(book, first, last) == expected[first:last]
    for place, entry in enumerate(read_entries(book, expected)):
        assert stream.place_of(book, entry) == place
        assert stream.day_at(place) == date.fromisoformat(entry.at[:10]).toordinal()
    months = [(month.day, month.first, month.count) for month in stream.months]
    found = [entry.at[:7] for entry in read_entries(book, expected)]
    assert months == [
        (date.fromisoformat(f"{name}-01").toordinal(), found.index(name), found.count(name))
        for name in dict.fromkeys(found)
    ]
    for day in ("2026-11-04", "2026-11-02", "2026-01-01", "1999-01-01"):
        ordinal = date.fromisoformat(day).toordinal()
        below = [place for place, entry in enumerate(read_entries(book, expected)) if entry.at[:10] <= day]
        assert stream.place_from(ordinal) == (below[0] if below else len(expected) - 1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(entries, max_size=15),
    st.lists(st.lists(changes, min_size=1, max_size=4), min_size=1, max_size=4),
    st.sampled_from((None, 1)),
    st.sampled_from(FILTERS),
    st.booleans(),
)
def test_changes_are_taken_in_from_the_days_they_touched(
    book: Book,
    wanted: list[tuple[Any, ...]],
    rounds: list[list[tuple[str, tuple[Any, ...], int]]],
    customer: int | None,
    where: TimelineFilter,
    looked: bool,
) -> None:
    clear(book)
    made = [add(book, one, number) for number, one in enumerate(wanted)]
    number = len(made)
    scope = scope_of(book, customer, where)
    stream = build(book, scope)
    if looked:
        walked(book, stream)
    for changed in rounds:
        for what, entry, nth in changed:
            number += 1
            if what == "add" or not made:
                made.append(add(book, entry, number))
                continue
            one = made.pop(nth % len(made))
            table, column, *_ = TABLES[one.kind]
            with book.step("change") as step:
                if what == "drop":
                    step.execute(f"DELETE FROM {table} WHERE id = ?", (one.row,))
                else:
                    step.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (entry[1], one.row))
                    made.append(one._replace(at=entry[1]))
        days = timeline_days.touched_days(book, stream.mark)
        assert days is not None
        stream.mark = timeline_days.newest_change(book)
        keys = stream.total
        for edit in stream.edits(book, days):
            # Somebody always looks in between, at days whose turn is still to come.
            walked(book, stream)
            stream.apply(edit, came=False)
            walked(book, stream)
            stream.apply(edit, gone=False)
            keys += edit.came - edit.gone
        assert stream.total == keys
        assert walked(book, stream) == walked(book, build(book, scope))
        if where == TimelineFilter():
            assert walked(book, stream) == apart(book, made, customer)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(entries, max_size=25),
    st.sampled_from((None, 1)),
    st.frozensets(st.sampled_from(STAGES), max_size=2),
    st.frozensets(st.sampled_from(("interaction", "tick", "order", "points")), max_size=2),
    st.sampled_from(("", "wechat")),
    st.booleans(),
    st.sampled_from((None, "2026-11-02", "2026-10-31")),
    st.sampled_from((None, "2026-11-02", "2026-10-01")),
)
def test_filters_leave_what_looking_at_each_entry_leaves(
    book: Book,
    wanted: list[tuple[Any, ...]],
    customer: int | None,
    stages: frozenset[str],
    kinds: frozenset[str],
    channel: str,
    pinned: bool,
    since: str | None,
    until: str | None,
) -> None:
    clear(book)
    made = {
        (one.kind, one.row): one for one in (add(book, each, number) for number, each in enumerate(wanted))
    }
    first, last = (date.fromisoformat(day).toordinal() if day else None for day in (since, until))
    where = TimelineFilter(
        stages=stages, kinds=kinds, channel=channel, pinned=pinned, since=first, until=last
    )
    below = {"case": ("after-sale", "2020-01-01"), "shipment": ("in-sale", "2024-01-01")}

    def fits(key: tuple[str, int]) -> bool:
        one = made.get(key)
        stage, at = (one.stage, one.at[:10]) if one else below[key[0]]
        return (
            (not stages or stage in stages)
            and (not kinds or key[0] in kinds)
            and (not channel or bool(one and one.channel == channel))
            and (not pinned or bool(one and one.pinned))
            and (not since or at >= since)
            and (not until or at <= until)
        )

    expected = [key for key in apart(book, list(made.values()), customer) if fits(key)]
    scope = scope_of(book, customer, where)
    assert walked(book, build(book, scope)) == expected
    # The same piece by piece, as words and channels of a large book are gone through.
    bounds = timeline_days.bounds(book, scope)
    pieces = Stream(scope, {})
    for last in range(bounds.last, bounds.first - 1, -40) if bounds else ():
        kept = (
            timeline_days.span_keys(book, scope, Span(max(bounds.first, last - 39), last)) if bounds else {}
        )
        pieces.extend(Stream(scope, {day: len(keys) for day, keys in kept.items()}, kept))
    assert walked(book, pieces) == expected


def test_a_crowded_day_keeps_its_keys(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    clear(book)
    for number in range(5):
        add(book, ("points", MOMENTS[0], 1, "", "", False), number)
    monkeypatch.setattr(timeline_stream, "CROWDED", 3)
    stream = build(book, Scope())
    expected = walked(book, stream)
    monkeypatch.setattr(timeline_days, "day_keys", pytest.fail)
    assert stream.keys(book, 0, 5) == expected[:5]


def test_what_is_known_first_is_the_beginning_of_the_whole(book: Book) -> None:
    clear(book)
    for number, at in enumerate(MOMENTS):
        add(book, ("points", at, 1, "", "", False), number)
    whole = build(book, Scope())
    first = of_entries(Scope(), read_entries(book, walked(book, whole)[:3]))
    assert walked(book, first) == walked(book, whole)[:3]


def test_too_many_changes_are_not_looked_at_one_by_one(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    clear(book)
    mark = timeline_days.newest_change(book)
    add(book, ("points", MOMENTS[0], 1, "", "", False), 1)
    add(book, ("order", MOMENTS[4], 1, "", "shop", False), 2)
    days = {date.fromisoformat(MOMENTS[nth][:10]).toordinal() for nth in (0, 4)}
    assert timeline_days.touched_days(book, mark) == days
    monkeypatch.setattr(timeline_days, "MOST_CHANGES", 1)
    assert timeline_days.touched_days(book, mark) is None
