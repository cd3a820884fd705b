"""The speed of service from the book, against counting case by case."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.days import from_iso, iso
from desktop.models.book import Book
from desktop.models.service import CaseItem, Rating, ServiceCase
from desktop.models.shop import Staff
from desktop.queries.service_speed import By, Cohort, SpeedFilter, cohort, speed_by

FIRST = datetime(2026, 9, 1, 8, 0)
NOW = datetime(2026, 11, 20, 10, 0)
MINUTES = st.integers(0, 60 * 24 * 40)

CASES = st.lists(
    st.fixed_dictionaries(
        {
            "opened": st.integers(0, 80 * 24 * 60),
            "kind": st.sampled_from(("return", "repair")),
            "status": st.sampled_from(("open", "waiting", "done", "cancelled")),
            "word": st.none() | MINUTES,
            "ran": MINUTES,
            "due": st.none() | MINUTES,
            "waited": st.integers(0, 2000),
            "reason": st.sampled_from(("", "quality")),
            "cost": st.integers(0, 900),
        }
    ),
    max_size=12,
)


def write(book: Book, cases: list[dict[str, object]]) -> list[dict[str, object]]:
    """Put the cases into the book; gives them with their moments."""
    made = []
    with book.step("cases") as step:
        for number, case in enumerate(cases, start=1):
            opened = FIRST + timedelta(minutes=int(str(case["opened"])))
            stopped = min(NOW, opened + timedelta(minutes=int(str(case["ran"]))))
            ended = case["status"] in ("done", "cancelled")
            word = None if case["word"] is None else opened + timedelta(minutes=int(str(case["word"])))
            due = None if case["due"] is None else opened + timedelta(minutes=int(str(case["due"])))
            values = {
                "id": number, "number": f"S-2026-{number:04}", "kind": case["kind"],
                "status": case["status"], "opened_at": iso(opened),
                "closed_at": iso(stopped) if ended else None,
                "waiting_since": iso(stopped) if case["status"] == "waiting" else None,
                "answered_at": iso(word) if word else None, "due_at": iso(due) if due else None,
                "waited_minutes": case["waited"], "reason": case["reason"], "cost": case["cost"],
            }  # fmt: skip
            step.insert(ServiceCase, **values)
            made.append(values)
    return made


def slow(values: dict[str, object]) -> tuple[float | None, float | None, float, bool | None]:
    """First word, time to done, clock so far, and whether its deadline was kept (None: not known yet)."""
    opened = from_iso(str(values["opened_at"]))

    def since(key: str) -> float | None:
        at = values[key]
        return None if at is None else (from_iso(str(at)) - opened).total_seconds() / 60

    waited = float(str(values["waited_minutes"]))
    stops = since("closed_at") if values["closed_at"] else since("waiting_since")
    clock = max(0.0, (stops if stops is not None else (NOW - opened).total_seconds() / 60) - waited)
    done = clock if values["status"] == "done" else None
    due, kept = since("due_at"), None
    if due is not None:
        allowed = due - waited
        if done is not None:
            kept = done <= allowed
        elif clock > allowed:
            kept = False
    word = since("answered_at")
    return (None if word is None else max(0.0, word)), done, clock, kept


def whole(book: Book, only: SpeedFilter = SpeedFilter()) -> Cohort:  # noqa: B008
    return cohort(book, start=FIRST.toordinal(), end=NOW.toordinal() + 30, now=NOW, only=only)


@settings(max_examples=40)
@given(CASES)
def test_figures_are_those_counted_case_by_case(cases: list[dict[str, object]]) -> None:
    with TemporaryDirectory() as folder, Book.create(Path(folder) / "a.shuke") as book:
        rows = sorted(write(book, cases), key=lambda row: (str(row["opened_at"]), int(str(row["id"]))))
        found = whole(book)
        assert found.ids.tolist() == [row["id"] for row in rows]
        counted = [slow(row) for row in rows]
        assert found.cases.age.tolist() == pytest.approx([clock for _, _, clock, _ in counted])
        assert _known(found.cases.taken) == pytest.approx([t for _, t, _, _ in counted if t is not None])
        assert _known(found.cases.word) == pytest.approx([w for w, _, _, _ in counted if w is not None])
        judged = [kept for *_, kept in counted if kept is not None]
        assert (found.speed.in_time.hits, found.speed.in_time.n) == (sum(judged), len(judged))
        late = [row["id"] for row, (*_, kept) in zip(rows, counted, strict=True) if kept is False]
        assert list(found.late_ids()) == late[::-1]
        assert sorted(found.slowest_ids()) == sorted(found.all_ids())
        repairs = whole(book, SpeedFilter("repair"))
        assert repairs.ids.tolist() == [row["id"] for row in rows if row["kind"] == "repair"]
        for by in ("kind", "reason", "month"):
            _check_parts(book, found, by)


def _known(times: object) -> list[float]:
    return [value for value in times.tolist() if value == value]  # type: ignore[attr-defined]


def _check_parts(book: Book, found: Cohort, by: By) -> None:
    """The parts are disjoint and make the whole, and each is what a filter would give."""
    parts = speed_by(book, found, by)
    assert sorted(case for part in parts for case in part.cohort.all_ids()) == sorted(found.all_ids())
    if by == "kind":
        for part in parts:
            alone = whole(book, SpeedFilter(str(part.key)))
            assert part.cohort.ids.tolist() == alone.ids.tolist()
            assert part.cohort.speed == alone.speed


def test_a_case_about_two_products_counts_for_both(book: Book) -> None:
    write(book, [_case(), _case()])
    with book.step("items") as step:
        tea, cup = (step.execute("INSERT INTO product (name) VALUES (?) RETURNING id", (name,)).fetchone()[0]
                    for name in ("Tea", "Cup"))  # fmt: skip
        for case, product, title in ((1, tea, "Tea"), (1, cup, "Cup"), (1, cup, "Cup"), (2, None, "Spoon")):
            step.insert(CaseItem, case_id=case, product_id=product, title=title)
        clerk = step.insert(Staff, name="Lin")
        step.update(ServiceCase, 2, staff_id=clerk)
        step.insert(Rating, case_id=1, perceived=4, rated_at=iso(NOW), ended_at=iso(NOW))
    found = whole(book)
    named = {part.name: part.cohort.ids.tolist() for part in speed_by(book, found, "product")}
    assert named == {"Tea": [1], "Cup": [1], "Spoon": [2]}
    assert {part.name: part.cohort.ids.tolist() for part in speed_by(book, found, "clerk")} == {
        "": [1], "Lin": [2],
    }  # fmt: skip
    assert whole(book, SpeedFilter(product_id=cup)).ids.tolist() == [1]
    assert whole(book, SpeedFilter(staff_id=clerk)).ids.tolist() == [2]
    assert (found.satisfaction.value, found.satisfaction.n) == (4.0, 1)
    assert found.spent.value == 100


def _case() -> dict[str, object]:
    return {
        "opened": 60, "kind": "return", "status": "open", "word": None, "ran": 10, "due": None,
        "waited": 0, "reason": "", "cost": 100,
    }  # fmt: skip
