"""What stands below the seven subjects: any editing is that of a list, and the complaints go along."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.complaint_subjects import BUILT_IN, is_built_in, kept, shown
from desktop.core.errors import UserError
from desktop.core.translation import set_language, tr
from desktop.core.words import SUBJECTS
from desktop.models.book import Book
from desktop.models.complaints import ComplaintSubject
from desktop.operations.complaint_subjects import (
    add_subject,
    merge_subjects,
    move_subject,
    rename_subject,
    reset_subjects,
    restore_subject,
    retire_subject,
)
from desktop.operations.complaints import open_complaint
from desktop.queries.complaint_subjects import details, entries, loose, uses

NOW = datetime(2026, 11, 20, 10, 0)
BUILT = [one.title for one in BUILT_IN["contract"]]


def complain(book: Book, detail: str, subject: str = "contract") -> int:
    made = open_complaint(book, title="x", received_at=NOW, subject=subject, detail=detail)
    return made.created["complaint"]


def borne(book: Book) -> list[str]:
    return [detail for (detail,) in book.rows("SELECT detail FROM complaint ORDER BY id")]


def titles(book: Book, *, active: bool = True) -> list[str]:
    return [one.title for one in entries(book, "contract") if one.active is active]


def test_every_subject_has_a_second_level_and_a_new_shop_needs_no_rows(book: Book) -> None:
    assert set(BUILT_IN) == set(SUBJECTS)
    assert details(book, "contract") == BUILT
    assert not book.value("SELECT count(*) FROM complaint_subject")
    every = [words for many in BUILT_IN.values() for one in many for words in (one.title, *one.also)]
    assert len(every) == len(set(every))


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("add", "rename", "move", "retire", "restore", "merge", "reset", "undo")),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=10,
)


class Slow:
    """The list as one would keep it on paper: titles in use, those retired, what complaints bear."""

    def __init__(self) -> None:
        self.now: list[str] = list(BUILT)
        self.away: list[str] = []
        self.borne: list[str] = [BUILT[0], BUILT[1], BUILT[0], "Tea spilt"]
        self.own = False

    def copy(self) -> Slow:
        made = Slow()
        made.now, made.away, made.borne = list(self.now), list(self.away), list(self.borne)
        made.own = self.own
        return made

    def away_with(self, title: str, *, keep: bool) -> None:
        self.now = [one for one in self.now if one != title]
        if keep:
            self.away.append(title)

    def write(self, old: str, new: str) -> None:
        self.borne = [new if one == old else one for one in self.borne]


@settings(max_examples=20)
@given(ACTS)
def test_any_editing_is_that_of_a_list(acts: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder, Book.create(Path(folder) / "a.shuke") as book:
        past = [Slow()]
        for detail in past[0].borne:
            complain(book, detail)
        for number, (act, at, to) in enumerate(acts):
            slow = past[-1].copy()
            if act == "undo":
                if len(past) > 1:
                    book.undo()
                    past.pop()
            elif _edit(book, slow, act, at, to, f"Own {number}"):
                past.append(slow)
            assert titles(book) == past[-1].now
            assert sorted(titles(book, active=False)) == sorted(past[-1].away)
            assert borne(book) == past[-1].borne


def _edit(book: Book, slow: Slow, act: str, at: int, to: int, new: str) -> bool:
    """Do the same to the book and to the paper; False where there is nothing to do."""
    if act == "reset":
        if not slow.own:
            return False
        reset_subjects(book, subject="contract")
        slow.now, slow.away, slow.own = list(BUILT), [], False
        return True
    if act == "add":
        add_subject(book, subject="contract", title=f"  {new} ")
        slow.now.append(new)
        slow.own = True
        return True
    if act == "restore":
        if not slow.away:
            return False
        title = slow.away[at % len(slow.away)]
        restore_subject(book, subject="contract", title=title)
        slow.away.remove(title)
        slow.now.append(title)
        return True
    return len(slow.now) > 1 and _edit_one(book, slow, act, at, to, new)


def _edit_one(book: Book, slow: Slow, act: str, at: int, to: int, new: str) -> bool:
    title, other = slow.now[at % len(slow.now)], slow.now[to % len(slow.now)]
    built_in = title in BUILT
    if act == "rename":
        rename_subject(book, subject="contract", title=title, new=new)
        slow.now[slow.now.index(title)] = new
        if built_in:
            slow.away.append(title)
        slow.write(title, new)
    elif act == "move":
        if not move_subject(book, subject="contract", title=title, to=to % len(slow.now)) and slow.own:
            return False
        slow.now.remove(title)
        slow.now.insert(to % (len(slow.now) + 1), title)
    elif act == "retire":
        retire_subject(book, subject="contract", title=title)
        slow.away_with(title, keep=built_in or title in slow.borne)
    elif title == other:
        return False
    else:
        merge_subjects(book, subject="contract", kept_title=other, gone_title=title)
        slow.away_with(title, keep=built_in)
        slow.write(title, other)
    slow.own = True
    return True


def test_a_renamed_one_is_renamed_on_its_complaints_in_one_step(book: Book) -> None:
    for detail in ("Invoice or receipt", "Price or discount", "Invoice or receipt"):
        complain(book, detail)
    complain(book, "Invoice or receipt", "quality")
    rename_subject(book, subject="contract", title="Invoice or receipt", new="Fapiao")
    assert borne(book) == ["Fapiao", "Price or discount", "Fapiao", "Invoice or receipt"]
    assert uses(book)["contract", "Fapiao"] == 2
    book.undo()
    assert borne(book)[:3] == ["Invoice or receipt", "Price or discount", "Invoice or receipt"]
    assert details(book, "contract") == BUILT


def test_what_is_no_title_is_refused(book: Book) -> None:
    add_subject(book, subject="contract", title="Tea spilt")
    for wrong in ("  ", "tea SPILT", "Wrong quantity", "数量不对", "x" * 61):
        with pytest.raises(UserError):
            add_subject(book, subject="contract", title=wrong)
    with pytest.raises(UserError):
        rename_subject(book, subject="contract", title="Tea spilt", new="发票")
    with pytest.raises(UserError):
        merge_subjects(book, subject="contract", kept_title="Tea spilt", gone_title="tea spilt")
    with pytest.raises(UserError):
        retire_subject(book, subject="contract", title="Nothing of the kind")
    with pytest.raises(UserError):
        add_subject(book, subject="weather", title="Rain")


def test_the_order_shown_is_the_order_kept_whatever_rows_there_are(book: Book) -> None:
    with book.step("Fill") as step:
        step.insert(ComplaintSubject, subject="contract", title="From a file", position=0, active=True)
    assert titles(book) == [*BUILT, "From a file"]
    add_subject(book, subject="contract", title="Tea spilt")
    assert titles(book) == [*BUILT, "From a file", "Tea spilt"]
    with book.step("As an earlier version, which knew one less") as step:
        step.execute("DELETE FROM complaint_subject WHERE title = ?", (BUILT[2],))
    assert titles(book) == [*BUILT[:2], *BUILT[3:], "From a file", "Tea spilt", BUILT[2]]
    move_subject(book, subject="contract", title=BUILT[2], to=0)
    assert titles(book) == [BUILT[2], *BUILT[:2], *BUILT[3:], "From a file", "Tea spilt"]


def test_loose_words_are_found_and_merged(book: Book) -> None:
    for detail in ("Short by one", "Short by one", "Odd", "Wrong quantity"):
        complain(book, detail)
    found = loose(book, "contract", uses(book))
    assert [one.title for one in found] == ["Short by one", "Odd"]
    merge_subjects(book, subject="contract", kept_title="Wrong quantity", gone_title="Short by one")
    assert borne(book) == ["Wrong quantity", "Wrong quantity", "Odd", "Wrong quantity"]
    assert [one.title for one in loose(book, "contract", uses(book))] == ["Odd"]


def test_what_is_kept_survives_a_switch_of_the_language() -> None:
    for subject, many in BUILT_IN.items():
        for one in many:
            assert is_built_in(subject, one.title)
            for written in (one.title, one.title.upper(), *one.also):
                assert kept(subject, f" {written}  ") == one.title
            set_language("zh_CN")
            assert kept(subject, shown(subject, one.title)) == one.title
            # Whoever reads Chinese words in an English window means the same thing.
            assert tr(one.title) in (one.title, one.also[0])
            set_language("en")
            assert shown(subject, one.title) == one.title
    assert kept("contract", "Tea  spilt ") == "Tea spilt"
    # A complaint whose subject was changed may bear a detail of the other one: it is read and kept alike.
    assert shown("quality", "Wrong quantity") == "Wrong quantity"
    assert not is_built_in("quality", "Wrong quantity")
    assert kept("quality", "数量不对") == "Wrong quantity"
    assert kept("quality", "数量") == "数量"
    assert kept("quality", "") == ""
