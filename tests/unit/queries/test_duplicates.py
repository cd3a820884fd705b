"""The sweep finds what comparing everybody with everybody finds, and the list shows what stands."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.likeness import THRESHOLD, Frequencies, likeness
from desktop.core.person_keys import Person, person
from desktop.core.progress import SILENT, Cancelled, Progress
from desktop.models.book import Book
from desktop.models.recognition import Doubt
from desktop.operations.contact_points import Point
from desktop.operations.customers import add_customer, delete_customers, edit_customer
from desktop.operations.duplicates import forget_not_same, mark_not_same, sweep_duplicates
from desktop.queries import pairs
from desktop.queries.duplicate_blocks import candidates

NAMES = (
    "王伟", "王丽华", "王麗華", "王立华", "王丽", "李娜", "欧阳靖雯", "杭州清茗茶业有限公司",
    "杭州清茗茶叶公司",
    "Emma Clark", "Clark Emma", "Emma Louise Clark", "E Clark", "Ema Clark", "Maximilian Oberhuber",
    "Maximillian Oberhuber", "Joan Smithers", "John Smithers", "", "散客", "王",
)  # fmt: skip
PHONES = ("13800138421", "13800138431", "057188888888", "88888888", "+447911123456", "07911123456")
HANDLES = ("lihua-tea", "lihua88", "13800138421", "2233445566", "info", "wang")
PLACES = (
    "文三路199号3幢1203",
    "杭州市西湖区文三路199号三幢1203室",
    "文三路199号",
    "文三路201号",
    "12 High Street",
)


@st.composite
def customers(draw: st.DrawFn, row: int) -> Person:
    """A customer made of few pieces, so that many of them share some."""
    points: list[tuple[str, str, str]] = []
    phone, handle, place = (draw(st.sampled_from(("", "", *of))) for of in (PHONES, HANDLES, PLACES))
    if phone:
        points.append(("phone", "", phone))
    if handle:
        kind = draw(st.sampled_from(("wechat", "email", "account")))
        points.append((kind, "taobao" if kind == "account" else "", handle + "@qq.com" * (kind == "email")))
    if place:
        points.append(("address", "", place))
    return person(
        row,
        name=draw(st.sampled_from(NAMES)),
        gender=draw(st.sampled_from(("", "female", "male"))),
        birthday=draw(st.sampled_from(("", "", "1988-09-15", "09-15", "1988-09-16", "1971-11-30"))),
        region=draw(st.sampled_from(("", "杭州", "宁波"))),
        points=points,
    )


@st.composite
def shops(draw: st.DrawFn) -> list[Person]:
    """Up to 300 customers, some of them distinctive, among any number of others."""
    count = draw(st.integers(2, 60))
    some = [draw(customers(row)) for row in range(count)]
    seed = draw(st.integers(0, 1 << 30))
    filler = draw(st.sampled_from((0, 240)))
    return some + [
        person(
            1000 + at,
            name=NAMES[(seed >> at % 20) * 7 % 17 + at % 4] if at % 3 else f"Name{at} Made{seed % 97}",
            birthday=f"19{50 + at % 40}-{at % 12 + 1:02}-{at % 28 + 1:02}" if at % 2 else "",
            region=("杭州", "宁波", "")[at % 3],
        )
        for at in range(filler)
    ]


@given(shops(), st.sampled_from((0, 20_000, 1_000_000)))
def test_blocking_misses_nothing(people: list[Person], customers: int) -> None:
    """In a shop of this size, and when the same customers are part of a large one."""
    known = Frequencies.of(people)
    known.customers = max(known.customers, customers)
    pairs = candidates(people, known, SILENT)
    for mine, theirs in combinations(range(len(people)), 2):
        if (mine, theirs) not in pairs:
            assert likeness(people[mine], people[theirs], known).score < THRESHOLD


def _add(book: Book, name: str, *points: Point, **values: Any) -> int:
    return add_customer(book, values={"name": name, **values}, points=points).created["customer"]


@pytest.fixture
def three(book: Book) -> tuple[int, int, int]:
    """王丽华 twice, once with a WeChat id that is the phone number; and 陈静, who is somebody else."""
    return (
        _add(book, "王丽华", Point("phone", "13800138421")),
        _add(book, "王麗華", Point("wechat", "13800138421")),
        _add(book, "陈静", Point("phone", "13511112222")),
    )


def test_a_sweep_keeps_its_pairs_and_is_no_step(book: Book, three: tuple[int, int, int]) -> None:
    before = book.next_undo()
    assert pairs.last_sweep(book) is None
    changes = sweep_duplicates(book)
    assert changes.tables == {"likeness"}
    assert changes.step is None
    assert book.next_undo() == before
    (row,) = pairs.pair_ids(book)
    assert pairs.pair_of(row) == three[:2]
    pair = pairs.pair_rows(book, [row])[row]
    assert (pair.one_name, pair.other_name) == ("王丽华", "王麗華")
    assert pair.score is not None
    assert pair.score > 0.99
    assert [code for code, _ in pair.reasons] == ["phone", "name-script"]
    note = pairs.last_sweep(book)
    assert note is not None
    assert (note.customers, note.since) == (3, 0)


def test_sweeping_twice_keeps_each_pair_once(book: Book, three: tuple[int, int, int]) -> None:
    sweep_duplicates(book)
    edit_customer(book, customer_id=three[1], points=[])
    edit_customer(book, customer_id=three[1], values={"name": "赵敏"})
    sweep_duplicates(book)
    assert list(pairs.pair_ids(book)) == []


def test_a_deleted_customer_takes_the_pair_and_undo_brings_it_back(
    book: Book, three: tuple[int, int, int]
) -> None:
    sweep_duplicates(book)
    delete_customers(book, customer_ids=[three[1]])
    assert pairs.pair_count(book) == 0
    book.undo()
    assert pairs.pair_count(book) == 1


def test_two_people_are_not_offered_again(book: Book, three: tuple[int, int, int]) -> None:
    sweep_duplicates(book)
    mark_not_same(book, one=three[1], other=three[0])
    mark_not_same(book, one=three[0], other=three[1])
    sweep_duplicates(book)
    assert pairs.pair_count(book) == 0
    (told,) = pairs.told_apart(book)
    assert (told.one, told.other) == three[:2]
    book.undo()
    assert pairs.pair_count(book) == 1
    book.redo()
    forget_not_same(book, not_same=told.id)
    assert pairs.pair_count(book) == 1


def test_what_an_import_was_in_doubt_about_stands_first(book: Book, three: tuple[int, int, int]) -> None:
    sweep_duplicates(book)
    with book.step("Doubt") as step:
        step.insert(Doubt, one_id=three[0], other_id=three[2], kind="name", value="王丽华")
    ids = list(pairs.pair_ids(book))
    assert [pairs.pair_of(row) for row in ids] == [(three[0], three[2]), three[:2]]
    row = pairs.pair_rows(book, ids)[ids[0]]
    assert (row.score, row.doubt, row.value) == (None, "name", "王丽华")
    assert pairs.pairs_with(book, three[0]) == ids
    assert pairs.pairs_with(book, three[2]) == ids[:1]


def test_a_sweep_that_is_stopped_changes_nothing(book: Book, three: tuple[int, int, int]) -> None:
    class Stop(Progress):
        def report(self, done: int, total: int = 0, text: str = "") -> None:
            if done:
                raise Cancelled

    sweep_duplicates(book)
    before = book.rows("SELECT * FROM likeness")
    with pytest.raises(Cancelled):
        sweep_duplicates(book, Stop())
    assert book.rows("SELECT * FROM likeness") == before
    assert before


def test_a_slip_in_a_long_name_is_enough_in_a_large_shop() -> None:
    people = [
        person(1, name="Maximilian Oberhuber", region="Graz"),
        person(2, name="Maximillian Oberhuber", region="Graz"),
        person(3, name="杭州西湖龙井茶业有限公司", region="杭州"),
        person(4, name="杭州西湖龙井茶叶有限公司", region="杭州"),
    ]
    known = Frequencies.of(people)
    known.customers = 8000
    assert candidates(people, known, SILENT) == {(0, 1), (2, 3)}
    assert likeness(people[0], people[1], known).score > THRESHOLD
    assert likeness(people[2], people[3], known).score > THRESHOLD


def test_a_name_borne_by_thousands_makes_no_pairs() -> None:
    people = [person(row, name="王伟", region="杭州") for row in range(5000)]
    assert candidates(people, Frequencies.of(people), SILENT) == set()


POINTS = st.tuples(
    st.sampled_from(("phone", "email", "qq", "wechat", "address")), st.just(""), st.text(min_size=1)
)
WRITTEN = st.tuples(
    st.text(max_size=12) | st.text("0123456789+- ", max_size=40) | st.text(min_size=60, max_size=90),
    st.text(max_size=11),
    st.text(max_size=6),
    st.lists(POINTS),
)


@given(st.lists(WRITTEN, max_size=6))
def test_nothing_written_breaks_a_sweep(
    rows: list[tuple[str, str, str, list[tuple[str, str, str]]]],
) -> None:
    people = [
        person(at, name=name, birthday=birthday, region=region, points=points)
        for at, (name, birthday, region, points) in enumerate(rows * 2)
    ]
    known = Frequencies.of(people)
    for mine, theirs in candidates(people, known, SILENT):
        found = likeness(people[mine], people[theirs], known)
        assert 0 <= found.score <= 1
        assert found == likeness(people[theirs], people[mine], known)
