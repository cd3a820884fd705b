"""Writes what hangs on complaints from a file: promises, remedies, ratings, and their history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from peewee import Model

from desktop.exchange.checking.complaint_entries import PromiseSaid, RemedySaid, promises_of, remedies_of
from desktop.exchange.checking.entries import Entries
from desktop.exchange.comparing.complaint_parts import PromiseEnd, promise_due, remedy_kind
from desktop.exchange.comparing.modes import Change
from desktop.models.complaints import ComplaintStep, Promise, Remedy
from desktop.models.history import Step
from desktop.models.service import Rating

Row = Mapping[str, Any]

_STEP = ("complaint_id", "at", "kind", "text", "staff_id")
_PROMISE = ("complaint_id", "customer_id", "text", "made_at", "due_at", "outcome", "ended_at", "staff_id")
_REMEDY = ("complaint_id", "kind", "cost", "text", "given_at", "state", "staff_id")
_RATING = (
    "customer_id", "order_id", "complaint_id", "channel", "rated_at", "ended_at", "perceived", "staff_id",
    "import_run_id",
)  # fmt: skip


class Writing(Protocol):
    """The import being written, as far as this needs it."""

    step: Step
    run_id: int

    def many(
        self, model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], what: str = ""
    ) -> None:
        """Adds rows in batches."""


def write_parts(writing: Writing, entries: Entries, rows: Sequence[Row], places: Sequence[int]) -> None:
    """Writes what hangs on new complaints; `rows` are as written, `places` theirs in the file."""
    promised = [
        (row, said) for row, at in zip(rows, places, strict=True) for said in promises_of(entries, at)
    ]
    given = [(row, said) for row, at in zip(rows, places, strict=True) for said in remedies_of(entries, at)]
    scores = entries.values.get("perceived")
    rated = [(row, scores[at]) for row, at in zip(rows, places, strict=True) if scores and scores[at]]
    _write(writing, promised, given, rated)


def write_part_changes(writing: Writing, rows: Iterable[tuple[Row, Sequence[Change]]]) -> None:
    """Writes what complaints of the book gain; `rows`: each complaint as it is, with its changes."""
    promised: list[tuple[Row, PromiseSaid]] = []
    given: list[tuple[Row, RemedySaid]] = []
    rated: list[tuple[Row, int]] = []
    for row, changes in rows:
        for change in changes:
            if change.field == "promise":
                promised.append((row, change.new))
            elif change.field == "remedy":
                given.append((row, change.new))
            elif change.field == "perceived":
                rated.append((row, change.new))
            elif change.field == "promise_outcome":
                _end_promise(writing.step, row, change.new)
    _write(writing, promised, given, rated)


def _write(
    writing: Writing,
    promised: Sequence[tuple[Row, PromiseSaid]],
    given: Sequence[tuple[Row, RemedySaid]],
    rated: Sequence[tuple[Row, int]],
) -> None:
    promises = [_promise(row, said) for row, said in promised]
    remedies = [_remedy(row, said) for row, said in given]
    writing.many(Promise, _PROMISE, promises)
    writing.many(Remedy, _REMEDY, remedies)
    writing.many(Rating, _RATING, (_rating(row, score, writing.run_id) for row, score in rated))
    writing.many(ComplaintStep, _STEP, _steps(promises, remedies))


def _promise(row: Row, said: PromiseSaid) -> tuple[Any, ...]:
    made, due = said.made_at or row["replied_at"] or row["received_at"], promise_due(said, row)
    ended = (said.ended_at or row["settled_at"] or due) if said.outcome else None
    return (
        row["id"], row["customer_id"], said.text, min(made, due), due, said.outcome or "",
        max(ended, min(made, due)) if ended else None, row["staff_id"],
    )  # fmt: skip


def _remedy(row: Row, said: RemedySaid) -> tuple[Any, ...]:
    at = said.given_at or row["settled_at"] or row["closed_at"] or row["replied_at"] or row["received_at"]
    kind, cost = remedy_kind(said), said.cost or 0
    return row["id"], kind, cost, said.text, at, said.state or "given", row["staff_id"]


def _rating(row: Row, score: int, run_id: int) -> tuple[Any, ...]:
    ended = row["settled_at"] or row["closed_at"] or row["received_at"]
    at = row["closed_at"] or ended
    return (
        row["customer_id"], row["order_id"], row["id"], row["channel"], at, ended, score, row["staff_id"],
        run_id,
    )  # fmt: skip


def _steps(
    promises: Sequence[tuple[Any, ...]], remedies: Sequence[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    """The lines of the history that operations would have written."""
    for complaint, _, text, made, _, outcome, ended, staff in promises:
        yield complaint, made, "promise", text, staff
        if outcome:
            yield complaint, ended, f"promise-{outcome}", text, staff
    for complaint, _, _, text, at, state, staff in remedies:
        if state == "given":
            yield complaint, at, "remedy", text, staff


def _end_promise(step: Step, row: Row, end: PromiseEnd) -> None:
    """A promise of the book was kept or broken."""
    said = end.said
    ended = said.ended_at or row["settled_at"] or promise_due(said, row)
    step.update(Promise, end.id, outcome=said.outcome, ended_at=ended)
    step.insert(
        ComplaintStep,
        complaint_id=row["id"],
        at=ended,
        kind=f"promise-{said.outcome}",
        text=said.text,
        staff_id=row["staff_id"],
    )
