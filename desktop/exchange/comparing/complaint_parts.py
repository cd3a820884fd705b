"""What a file adds to a complaint of the book: promises, remedies and a rating that it does not have yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from desktop.core.text import fold
from desktop.exchange.checking.complaint_entries import PromiseSaid, RemedySaid, promises_of, remedies_of
from desktop.exchange.checking.entries import Entries
from desktop.exchange.comparing.modes import Change, Mode
from desktop.queries.known_entries import ComplaintParts

PARTS = frozenset({"promise", "promise_outcome", "remedy", "perceived"})
"""Changes of a complaint that are rows of their own."""


class PromiseEnd(NamedTuple):
    """What became of a promise of the book."""

    id: int
    said: PromiseSaid


def part_changes(
    entries: Entries, at: int, there: ComplaintParts | None, row: Mapping[str, Any], mode: Mode
) -> list[Change]:
    """The promises, remedies and the rating of an entry that a complaint of the book (`row`) lacks.

    A promise is known by its words and its day, a remedy by its kind and cost. What became of a promise is
    only told where the book has it still open. Without updates there is nothing.
    """
    if not mode.update:
        return []
    there = there or ComplaintParts((), (), False)
    found: list[Change] = []
    known = list(there.promises)
    for said in promises_of(entries, at):
        same = next((one for one in known if _is_same(said, one, row)), None)
        if same is None:
            found.append(Change("promise", "promise", "", said, conflict=False))
            continue
        known.remove(same)
        if said.outcome and not same[3]:
            end = PromiseEnd(same[0], said)
            found.append(Change("promise", "promise_outcome", "", end, conflict=False))
    left = list(there.remedies)
    for remedy in remedies_of(entries, at):
        kind, cost = remedy_kind(remedy), remedy.cost or 0
        given = next((one for one in left if one[0] == kind and one[1] == cost), None)
        if given is None:
            found.append(Change("remedy", "remedy", "", remedy, conflict=False))
        else:
            left.remove(given)
    perceived = entries.values.get("perceived")
    if perceived is not None and perceived[at] and not there.rated:
        found.append(Change("perceived", "perceived", "", perceived[at], conflict=False))
    return found


def remedy_kind(said: RemedySaid) -> str:
    """The kind of a remedy; money without a word for it was given back in part."""
    return said.kind or "partial-refund"


def promise_due(said: PromiseSaid, row: Mapping[str, Any]) -> str:
    """Until when a promise was to be kept: as told, else when the complaint came to its end or has to."""
    last = said.due_at or said.ended_at or row.get("settled_at") or row.get("closed_at")
    return str(
        max(last or row.get("settle_due_at") or row["received_at"], said.made_at or row["received_at"])
    )


def _is_same(said: PromiseSaid, known: tuple[int, str, str, str], row: Mapping[str, Any]) -> bool:
    """Whether a promise of the book is the one a file tells of."""
    _, text, due_at, _ = known
    same = fold(text).split() == fold(said.text).split()
    return same and (said.due_at is None or due_at == promise_due(said, row))
