"""Files in the book: kept whole, once, within the limit, and back again with undo."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.models.book import Book
from desktop.models.complaints import Complaint
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.service import Interaction
from desktop.operations.attachments import (
    NewFile,
    add_attachments,
    delete_attachments,
    rename_attachment,
    size_limit,
)
from desktop.operations.settings import set_book_setting
from desktop.queries.attachments import (
    all_attachments_size,
    attachment_data,
    attachments,
    customer_attachments,
)

AT = datetime(2026, 11, 22, 9, 0)
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


@pytest.fixture
def customer(book: Book) -> int:
    with book.step("Fill") as step:
        return step.insert(Customer, name="王丽华", created_at="2026-01-01 09:00:00")


def add(book: Book, row: int, *files: NewFile, subject: str = "customer") -> tuple[int, tuple[str, ...]]:
    done = add_attachments(book, subject=subject, subject_id=row, files=files, at=AT)
    return done.added, done.known


def test_files_are_kept_whole_and_known_by_content(book: Book, customer: int, tmp_path: Path) -> None:
    paper = tmp_path / "小票.exe"
    paper.write_bytes(b"%PDF-1.7 receipt")
    assert add(book, customer, NewFile("小票.exe", paper), NewFile("脸.png", data=PNG)) == (2, ())
    newest, first = attachments(book, subject="customer", subject_id=customer)
    assert (newest.name, newest.media_type, newest.size) == ("脸.png", "image/png", len(PNG))
    assert (first.name, first.media_type) == ("小票.exe", "application/pdf")
    assert attachment_data(book, first.id) == b"%PDF-1.7 receipt"
    assert all_attachments_size(book) == len(PNG) + 16
    book.undo()
    assert attachments(book, subject="customer", subject_id=customer) == []
    add(book, customer, NewFile(" two\nlines.png ", data=PNG))
    assert [row.name for row in attachments(book, subject="customer", subject_id=customer)] == [
        "two lines.png"
    ]


def test_the_same_file_twice_on_a_record_is_kept_once(book: Book, customer: int) -> None:
    assert add(book, customer, NewFile("a.png", data=PNG), NewFile("b.png", data=PNG)) == (1, ("b.png",))
    assert add(book, customer, NewFile("c.png", data=PNG)) == (0, ("c.png",))
    with book.step("Order") as step:
        order = step.insert(Order, number="A1", customer_id=customer, placed_at="2026-01-01 09:00:00")
    assert add(book, order, NewFile("c.png", data=PNG), subject="orders") == (1, ())


def test_what_is_too_large_is_refused_with_nothing_kept(book: Book, customer: int, tmp_path: Path) -> None:
    set_book_setting(book, key="files.most_megabytes", value=1)
    large = tmp_path / "film.mp4"
    large.write_bytes(b"x" * (size_limit(book) + 1))
    for files in ((NewFile("ok.png", data=PNG), NewFile("film.mp4", large)),
                  (NewFile("big", data=b"x" * (size_limit(book) + 1)),)):  # fmt: skip
        with pytest.raises(UserError, match="1 MB"):
            add(book, customer, *files)
    with pytest.raises(UserError, match="empty"):
        add(book, customer, NewFile("nothing", data=b""))
    with pytest.raises(UserError, match="can't be read"):
        add(book, customer, NewFile("gone", tmp_path / "gone"))
    with pytest.raises(UserError, match="no longer in the book"):
        add(book, customer + 7, NewFile("a.png", data=PNG))
    assert attachments(book, subject="customer", subject_id=customer) == []
    add(book, customer, NewFile("just.bin", data=b"x" * size_limit(book)))
    assert all_attachments_size(book) == size_limit(book)


def test_adding_can_be_stopped_and_keeps_nothing(book: Book, customer: int) -> None:
    class Stopped(Progress):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        add_attachments(
            book, subject="customer", subject_id=customer, files=[NewFile("a", data=PNG)], at=AT,
            progress=Stopped(),
        )  # fmt: skip
    assert all_attachments_size(book) == 0


@given(st.binary(min_size=1, max_size=2000))
def test_renaming_and_deleting_and_undoing_gives_the_bytes_back(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    with Book.create(tmp_path_factory.mktemp("files") / "shop.shuke") as book:
        with book.step("Fill") as step:
            customer = step.insert(Customer, name="x", created_at="2026-01-01 09:00:00")
        add(book, customer, NewFile("a", data=data))
        (row,) = attachments(book, subject="customer", subject_id=customer)
        rename_attachment(book, attachment_id=row.id, name="  小  票 ")
        delete_attachments(book, attachment_ids=[row.id])
        assert attachment_data(book, row.id) is None
        book.undo()
        assert attachment_data(book, row.id) == data
        assert attachments(book, subject="customer", subject_id=customer)[0].name == "小 票"
        book.undo()
        assert attachments(book, subject="customer", subject_id=customer) == [row]
        with pytest.raises(UserError):
            rename_attachment(book, attachment_id=row.id, name="  ")


def test_a_customers_files_are_those_of_their_records_too(book: Book, customer: int) -> None:
    with book.step("Fill") as step:
        other = step.insert(Customer, name="别人", created_at="2026-01-01 09:00:00")
        records = {
            "orders": step.insert(
                Order, number="A1", customer_id=customer, placed_at="2026-01-01 09:00:00"
            ),
            "complaint": step.insert(
                Complaint, number="C-1", customer_id=customer, received_at="2026-01-01 09:00:00", title="迟"
            ),
            "interaction": step.insert(
                Interaction, customer_id=customer, stage="pre-sale", happened_at="2026-01-01 09:00:00",
                text="问价",
            ),
        }  # fmt: skip
    for subject, row in records.items():
        add(book, row, NewFile(f"{subject}.png", data=PNG), subject=subject)
    add(book, other, NewFile("other.png", data=PNG))
    add(book, customer, NewFile("own.png", data=PNG))
    found = {row.name: row.about for row in customer_attachments(book, customer_id=customer)}
    assert found == {"own.png": "", "orders.png": "A1", "complaint.png": "C-1", "interaction.png": "问价"}
