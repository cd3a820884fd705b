"""Two complaints made one, nothing of either lost, and taken back exactly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.models.complaints import ComplaintAlias
from desktop.models.references import references_to
from desktop.models.service import Interaction
from desktop.operations import complaint_moves as moves
from desktop.operations import complaint_words as said
from desktop.operations import complaints, promises, ratings, remedies, tasks
from desktop.operations.attachments import NewFile, add_attachments
from desktop.operations.complaint_links import link_complaints
from desktop.operations.complaint_merging import merge_complaints
from desktop.queries.complaint_numbers import complaints_by_number
from desktop.queries.finding import find_records
from tests.unit.operations.complaint_books import (
    NOW,
    change,
    column,
    contents,
    customer,
    differences,
    in_status,
    kinds,
    new_complaint,
)

HOUR = timedelta(hours=1)
AT = NOW + 5 * HOUR
HANDLED = {"attachment", "complaint", "complaint_alias", "complaint_link", "complaint_step", "interaction",
           "promise", "rating", "remedy", "task"}  # fmt: skip


def furnish(book: Book, row: int, who: int, word: str) -> None:
    """Hang one of everything that can hang on a complaint on it."""
    remedies.give_remedy(book, complaint_id=row, kind="points", points=50, at=NOW, text=word)
    promises.add_promise(book, complaint_id=row, text=word, made_at=NOW, due_at=AT)
    ratings.add_rating(book, ratings.Verdict(complaint_id=row, customer_id=who, perceived=3, rated_at=NOW))
    tasks.add_task(book, title=word, complaint_id=row, customer_id=who, created_at=NOW)
    with book.step("note") as step:
        step.insert(
            Interaction, customer_id=who, complaint_id=row, stage="after-sale", channel="phone",
            happened_at="2026-11-20 10:30:00", text=word,
        )  # fmt: skip
        step.insert(ComplaintAlias, number=f"旧-{word}", complaint_id=row)
    files = [NewFile("同一张.txt", data=b"same"), NewFile(f"{word}.txt", data=word.encode())]
    add_attachments(book, subject="complaint", subject_id=row, files=files, at=NOW)
    follower = new_complaint(book, title=f"跟进 {word}", customer_id=who, follows=row)
    link_complaints(book, complaint_id=row, linked_id=follower, at=NOW)


def hanging(book: Book, row: int) -> dict[str, int]:
    """How many rows of each table refer to a complaint, by any column."""
    found: dict[str, int] = {}
    for one in references_to(book.db, "complaint"):
        n = book.value(f'SELECT count(*) FROM "{one.table}" WHERE "{one.column}" = ?', (row,))
        found[one.table] = found.get(one.table, 0) + n
    found["attachment"] = book.value(
        "SELECT count(*) FROM attachment WHERE subject = 'complaint' AND subject_id = ?", (row,)
    )
    return found


def test_every_table_that_refers_to_complaints_is_known_here(book: Book) -> None:
    """A new table joins HANDLED with a line in `furnish`, so that merging is tried on it, too."""
    assert {one.table for one in references_to(book.db, "complaint")} | {"attachment"} == HANDLED


def test_everything_moves(book: Book) -> None:
    who = customer(book)
    kept, gone = (new_complaint(book, customer_id=who, title=title) for title in ("甲", "乙"))
    for row, word in ((kept, "甲"), (gone, "乙")):
        furnish(book, row, who, word)
    before = contents(book)
    had = {row: hanging(book, row) for row in (kept, gone)}
    assert set(had[gone]) == HANDLED
    assert all(had[gone].values())
    points = book.value("SELECT sum(points) FROM points_entry")

    merge_complaints(book, kept_id=kept, gone_id=gone, at=AT)

    assert column(book, "number", gone) is None
    assert hanging(book, gone) == dict.fromkeys(HANDLED, 0)
    now = hanging(book, kept)
    # The same file is there once; the step "merged" and the new alias are more than there was.
    more = {"attachment": -1, "complaint_step": 1, "complaint_alias": 1}
    assert now == {table: had[kept][table] + had[gone][table] + more.get(table, 0) for table in HANDLED}
    assert book.value("SELECT sum(points) FROM points_entry") == points
    assert book.rows("PRAGMA foreign_key_check") == []
    after = contents(book)
    book.undo()
    assert differences(before, contents(book)) == []
    book.redo()
    assert differences(after, contents(book)) == []


def test_the_kept_one_takes_the_earlier_and_the_higher(book: Book) -> None:
    who = customer(book)
    kept = new_complaint(book, severity="low", received_at=NOW, mood="vent")
    gone = new_complaint(
        book, severity="high", received_at=NOW - 24 * HOUR, customer_id=who, wants="退款", mood="remedy"
    )
    said.record_reply(book, complaint_id=kept, at=NOW + HOUR)
    said.record_reply(book, complaint_id=gone, at=NOW - 23 * HOUR)
    moves.advance_complaint(book, complaint_id=gone, to="investigating", at=NOW - 22 * HOUR)
    due = column(book, "settle_due_at", gone)
    promises.add_promise(book, complaint_id=kept, text="回电", made_at=NOW, due_at=AT)
    merge_complaints(book, kept_id=kept, gone_id=gone, at=AT)
    found = book.row(
        "SELECT number, received_at, severity, replied_at, settle_due_at, status, customer_id, wants, mood "
        "FROM complaint WHERE id = ?",
        (kept,),
    )
    assert found == (
        "C-2026-0001", "2026-11-19 10:30:00", "high", "2026-11-19 11:30:00", due, "investigating", who,
        "退款", "vent",
    )  # fmt: skip
    assert book.value("SELECT customer_id FROM promise") == who
    (text,) = book.row("SELECT text FROM complaint_step WHERE kind = 'merged'")
    assert text == "C-2026-0002 “两袋分量不足” (Investigating)\n退款"
    # What anybody was told stays findable, and no new complaint is called the same.
    assert complaints_by_number(book, "c-2026-0002", 3) == [kept]
    assert [one.id for one in find_records(book, "C-2026-0002") if one.kind == "complaint"] == [kept]
    assert column(book, "number", new_complaint(book)) == "C-2026-0003"


def test_a_number_goes_along_when_its_complaint_is_merged_again(book: Book) -> None:
    first, second, third = (new_complaint(book) for _ in range(3))
    merge_complaints(book, kept_id=second, gone_id=first, at=AT)
    merge_complaints(book, kept_id=third, gone_id=second, at=AT)
    assert [complaints_by_number(book, f"C-2026-000{n}", 3) for n in (1, 2, 3)] == [[third]] * 3
    # Whoever had it open is told where it went, however often.
    for gone in (first, second):
        with pytest.raises(UserError, match="was merged into C-2026-0003"):
            said.note_complaint(book, complaint_id=gone, at=AT, text="x")
    complaints.delete_complaints(book, complaint_ids=[third])
    with pytest.raises(UserError, match="no longer in the book"):
        said.note_complaint(book, complaint_id=first, at=AT, text="x")


def test_two_customers_and_ended_ones_are_refused(book: Book) -> None:
    one, other = customer(book), customer(book, "李明")
    mine, theirs = new_complaint(book, customer_id=one), new_complaint(book, customer_id=other)
    settled = in_status(book, "settled", customer_id=one)
    before = contents(book)
    with pytest.raises(UserError, match="are of two customers"):
        merge_complaints(book, kept_id=mine, gone_id=theirs, at=AT)
    with pytest.raises(UserError, match="has ended"):
        merge_complaints(book, kept_id=settled, gone_id=mine, at=AT)
    assert differences(before, contents(book)) == []
    # The other way round, and of two that have ended.
    merge_complaints(book, kept_id=mine, gone_id=settled, at=AT)
    assert column(book, "status", mine) == "acknowledged"
    also, closed = (in_status(book, status, customer_id=other) for status in ("settled", "closed"))
    merge_complaints(book, kept_id=also, gone_id=closed, at=AT)
    assert column(book, "status", also) == "settled"


@pytest.mark.parametrize(("kept_waits", "gone_waits"), [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_it_waits_only_where_both_wait(book: Book, kept_waits: int, gone_waits: int) -> None:
    kept, gone = new_complaint(book), new_complaint(book)
    for row, waits, after in ((kept, kept_waits, HOUR), (gone, gone_waits, 2 * HOUR)):
        if waits:
            moves.wait_for_customer(book, complaint_id=row, at=NOW + after)
    merge_complaints(book, kept_id=kept, gone_id=gone, at=AT)
    both = kept_waits and gone_waits
    assert column(book, "waiting_since", kept) == ("2026-11-20 12:30:00" if both else None)
    assert column(book, "due_at", kept) == (None if both else "2026-11-20 18:30:00")
    at = [at for (at,) in book.rows("SELECT at FROM complaint_step WHERE complaint_id = ?", (kept,))]
    assert kinds(book, kept).count("resumed") == (0 if both else kept_waits + gone_waits)
    assert max(at) == "2026-11-20 15:30:00"


def test_followers_follow_on_and_nobody_follows_themselves(book: Book) -> None:
    first = new_complaint(book)
    second = new_complaint(book, follows=first)
    third = new_complaint(book, follows=second)
    merge_complaints(book, kept_id=third, gone_id=second, at=AT)
    assert column(book, "follows", third) == first
    merge_complaints(book, kept_id=first, gone_id=third, at=AT)
    assert column(book, "follows", first) is None
    # A ring that only a merge could close is cut.
    a = new_complaint(book)
    b = new_complaint(book, follows=a)
    c = new_complaint(book, follows=b)
    d = new_complaint(book, follows=c)
    merge_complaints(book, kept_id=d, gone_id=a, at=AT)
    chain: list[int] = []
    at = d
    while at is not None and len(chain) < 9:
        chain.append(at)
        at = column(book, "follows", at)
    assert len(chain) == len(set(chain)) < 9


def test_links_between_the_two_and_double_ones_go(book: Book) -> None:
    kept, gone, third, fourth = (new_complaint(book) for _ in range(4))
    link_complaints(book, complaint_id=kept, linked_id=gone, at=NOW)
    link_complaints(book, complaint_id=kept, linked_id=third, at=NOW, kind="cause")
    link_complaints(book, complaint_id=third, linked_id=gone, at=NOW)
    link_complaints(book, complaint_id=fourth, linked_id=gone, at=NOW, kind="split")
    merge_complaints(book, kept_id=kept, gone_id=gone, at=AT)
    assert book.rows("SELECT complaint_id, linked_id, kind FROM complaint_link ORDER BY id") == [
        (kept, third, "cause"),
        (fourth, kept, "split"),
    ]


def test_a_reply_of_the_other_after_the_end_is_no_first_reply(book: Book) -> None:
    kept, gone = in_status(book, "closed"), in_status(book, "closed")
    change(book, kept, replied_at=None)
    change(book, gone, replied_at="2026-11-21 09:00:00", settled_at="2026-11-21 10:00:00")
    merge_complaints(book, kept_id=kept, gone_id=gone, at=AT)
    assert column(book, "replied_at", kept) is None
