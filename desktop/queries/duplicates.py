"""Customers who may be one: the sweep over the whole book that finds pairs, and the pairs it found."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from desktop.core.likeness import THRESHOLD, Frequencies, Likeness, Reason, likeness
from desktop.core.person_keys import Person, person
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.models.id_lists import id_list
from desktop.queries.duplicate_blocks import candidates

MOST_KEPT = 50_000
"""Pairs of a sweep that are kept, the likeliest; nobody looks through more."""
_ONE = 1 << 31
_BLOCK = 20_000
_EVERY = 500


class Found(NamedTuple):
    """Two customers of a sweep, the smaller id first, and how alike they are."""

    one: int
    other: int
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair as the list shows it.

    `score` None: never swept, only doubted. `reasons` are (code of likeness.REASONS, value). `doubt` is the
    kind of contact point (or "name") over which an import was in doubt, `value` what it was.
    """

    id: int
    one: int
    other: int
    one_name: str
    other_name: str
    score: float | None
    reasons: tuple[tuple[str, str], ...] = ()
    doubt: str = ""
    value: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class SweepNote:
    """When the book was last swept, over how many customers, and how many came since."""

    at: str
    customers: int
    since: int


@dataclass(frozen=True, slots=True)
class ToldApart:
    """A pair the owner said are two people."""

    id: int
    one: int
    other: int
    one_name: str
    other_name: str
    at: str


def pair_id(one: int, other: int) -> int:
    """The number by which a list knows a pair."""
    return min(one, other) * _ONE + max(one, other)


def pair_of(row: int) -> tuple[int, int]:
    """The two customers of a pair's number, the smaller id first."""
    return divmod(row, _ONE)


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


_PAIRS = """
    SELECT one_id, other_id, 2.0 AS score FROM doubt
    UNION ALL
    SELECT one_id, other_id, score FROM likeness WHERE NOT EXISTS (
        SELECT 1 FROM doubt WHERE doubt.one_id = likeness.one_id AND doubt.other_id = likeness.other_id)
"""
_STANDING = """
    EXISTS (SELECT 1 FROM customer WHERE id = pair.one_id)
    AND EXISTS (SELECT 1 FROM customer WHERE id = pair.other_id)
    AND NOT EXISTS (SELECT 1 FROM not_same WHERE not_same.one_id = pair.one_id
        AND not_same.other_id = pair.other_id)
"""


def pair_ids(book: Book) -> array[int]:
    """The pairs to be looked at: what imports were in doubt about, then the likeliest first."""
    return id_list(
        book,
        f"SELECT one_id * {_ONE} + other_id AS id FROM ({_PAIRS}) AS pair WHERE {_STANDING} "
        "ORDER BY score DESC, one_id, other_id",
    )


def pair_count(book: Book) -> int:
    """How many pairs there are to be looked at."""
    return int(book.value(f"SELECT count(*) FROM ({_PAIRS}) AS pair WHERE {_STANDING}"))


def pair_rows(book: Book, ids: Sequence[int]) -> dict[int, PairRow]:
    """The rows of some pairs by their number; those with a customer who is gone are left out."""
    wanted = [(row, *pair_of(row)) for row in ids]
    people = sorted({one for _, *both in wanted for one in both})
    names = dict(book.rows(f"SELECT id, name FROM customer WHERE id IN ({_marks(people)})", people))
    found = {}
    for row, one, other in wanted:
        if one in names and other in names:
            score, reasons = _kept(book, one, other)
            found[row] = PairRow(
                row, one, other, names[one], names[other], score, reasons, *_doubt(book, one, other)
            )
    return found


def _kept(book: Book, one: int, other: int) -> tuple[float | None, tuple[tuple[str, str], ...]]:
    kept = book.row("SELECT score, reasons FROM likeness WHERE one_id = ? AND other_id = ?", (one, other))
    return (kept[0], tuple(map(tuple, json.loads(kept[1])))) if kept else (None, ())


def _doubt(book: Book, one: int, other: int) -> tuple[str, str, str]:
    found = book.row(
        "SELECT kind, value, coalesce((SELECT file_name FROM import_run WHERE id = import_run_id), '') "
        "FROM doubt WHERE one_id = ? AND other_id = ?",
        (one, other),
    )
    return tuple(found) if found else ("", "", "")


def pairs_with(book: Book, customer_id: int) -> list[int]:
    """The pairs a customer is in, the likeliest first."""
    rows = book.rows(
        f"SELECT one_id, other_id FROM ({_PAIRS}) AS pair WHERE (one_id = ?1 OR other_id = ?1) "
        f"AND {_STANDING} ORDER BY score DESC, one_id, other_id",
        (customer_id,),
    )
    return [pair_id(*row) for row in rows]


def last_sweep(book: Book) -> SweepNote | None:
    """When the book was last swept; None when it never was."""
    found = book.row("SELECT at, customers, newest FROM likeness_sweep")
    if found is None:
        return None
    at, customers, newest = found
    return SweepNote(at, customers, int(book.value("SELECT count(*) FROM customer WHERE id > ?", (newest,))))


def told_apart(book: Book) -> list[ToldApart]:
    """Pairs marked as not the same person, the newest first."""
    rows = book.rows(
        "SELECT n.id, n.one_id, n.other_id, one.name, other.name, n.at FROM not_same AS n "
        "JOIN customer AS one ON one.id = n.one_id JOIN customer AS other ON other.id = n.other_id "
        "ORDER BY n.at DESC, n.id DESC"
    )
    return [ToldApart(*row) for row in rows]


def reasons_text(reasons: Sequence[Reason]) -> str:
    """Reasons as the book keeps them."""
    return json.dumps([[reason.code, reason.value] for reason in reasons], ensure_ascii=False)


def rows_to_keep(found: Sequence[Found]) -> Iterator[tuple[int, int, float, str]]:
    """The pairs of a sweep as rows of `likeness`."""
    for one, other, alike in found:
        yield one, other, alike.score, reasons_text(alike.reasons)


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
