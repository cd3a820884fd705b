"""The sweep over the whole book that finds customers who may be one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from desktop.core.likeness import THRESHOLD, Frequencies, Likeness, Reason, likeness
from desktop.core.person_keys import Person, person
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.queries.duplicate_blocks import candidates

MOST_KEPT = 50_000
"""Pairs of a sweep that are kept, the likeliest; nobody looks through more."""
_BLOCK = 20_000
_EVERY = 500


class Found(NamedTuple):
    """Two customers of a sweep, the smaller id first, and how alike they are."""

    one: int
    other: int
    likeness: Likeness


def sweep(book: Book, progress: Progress = SILENT) -> list[Found]:
    """Every pair at or above the threshold, the likeliest first. Raises Cancelled."""
    people = read_people(book, progress)
    progress.report(0, 0, tr("Looking for customers who share something…"))
    known = Frequencies.of(people)
    progress.check()
    pairs = sorted(candidates(people, known, _Quiet(progress)))
    total = len(pairs)
    found: list[Found] = []
    for done, (mine, theirs) in enumerate(pairs):
        if done % _EVERY == 0:
            progress.report(done, total, tr("Comparing customers…"))
        one, other = people[mine], people[theirs]
        alike = likeness(one, other, known)
        if alike.score >= THRESHOLD:
            found.append(Found(one.id, other.id, alike))
    found.sort(key=lambda pair: (-pair.likeness.score, pair.one, pair.other))
    progress.report(total, total)
    return found[:MOST_KEPT]


class _Quiet(Progress):
    """Passes the wish to stop on, and nothing else."""

    def __init__(self, heard: Progress) -> None:
        self._heard = heard

    def check(self) -> None:
        self._heard.check()

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        self._heard.check()


def read_people(book: Book, progress: Progress = SILENT) -> list[Person]:
    """Every customer made comparable, by id."""
    total = int(book.value("SELECT count(*) FROM customer"))
    text = tr("Reading the customers…")
    people: list[Person] = []
    last = 0
    while True:
        progress.report(len(people), total, text)
        rows = book.rows(
            "SELECT id, name, kind, gender, birthday, birthday_calendar, region FROM customer WHERE id > ? "
            f"ORDER BY id LIMIT {_BLOCK}",
            (last,),
        )
        if not rows:
            return people
        points = _points(book, last, rows[-1][0])
        for row in rows:
            people.append(_person(row, points.get(row[0], ())))
        last = rows[-1][0]


def _points(book: Book, after: int, until: int) -> dict[int, list[tuple[str, str, str]]]:
    found: dict[int, list[tuple[str, str, str]]] = {}
    for customer, kind, channel, norm in book.rows(
        "SELECT customer_id, kind, channel, CASE kind WHEN 'address' THEN value ELSE norm END "
        "FROM contact_point WHERE customer_id > ? AND customer_id <= ?",
        (after, until),
    ):
        found.setdefault(customer, []).append((kind, channel, norm))
    return found


def _person(row: Sequence[Any], points: Sequence[tuple[str, str, str]]) -> Person:
    number, name, kind, gender, birthday, calendar, region = row
    return person(
        number,
        name=name,
        kind=kind,
        gender=gender,
        birthday=birthday,
        calendar=calendar,
        region=region,
        points=points,
    )


def reasons_text(reasons: Sequence[Reason]) -> str:
    """Reasons as the book keeps them."""
    return json.dumps([[reason.code, reason.value] for reason in reasons], ensure_ascii=False)


def rows_to_keep(found: Sequence[Found]) -> Iterator[tuple[int, int, float, str]]:
    """The pairs of a sweep as rows of `likeness`."""
    for one, other, alike in found:
        yield one, other, alike.score, reasons_text(alike.reasons)
