"""Opening, locking and closing the book; files that are no book; disks that are full; death in the middle."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.models import faults
from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.models.engine import _uri_path

NOW = "2026-11-22 09:00:00"
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("path", "windows", "said"),
    [
        ("/home/店/a b%1?.shuke", False, "/home/店/a b%251%3f.shuke"),
        ("/home/a\\b#.shuke", False, "/home/a\\b%23.shuke"),
        ("//home/shop.shuke", False, "////home/shop.shuke"),
        ("C:\\店\\shop.shuke", True, "/C:/店/shop.shuke"),
        ("\\\\server\\share\\shop.shuke", True, "////server/share/shop.shuke"),
    ],
)
def test_a_path_is_told_to_sqlite_as_it_wants_it(path: str, windows: bool, said: str) -> None:
    assert _uri_path(path, windows=windows) == said


def add(book: Book, name: str) -> int:
    with book.step("Add {name}", name=name) as step:
        return step.insert(Customer, name=name, created_at=NOW)


@pytest.mark.parametrize("passphrase", [None, '龙井\'茶 "1998"'])
def test_a_book_keeps_what_was_written(tmp_path: Path, passphrase: str | None) -> None:
    path = tmp_path / "店 100% #1.shuke"
    with Book.create(path, passphrase) as book:
        add(book, "王丽华")
        assert book.encrypted == (passphrase is not None)
    with Book.open(path, passphrase) as book:
        assert book.rows("SELECT name FROM customer") == [("王丽华",)]
        assert book.value("PRAGMA journal_mode") == "wal"
        assert book.value("PRAGMA synchronous") == 2
        assert book.value("PRAGMA foreign_keys") == 1
    assert ("王丽华".encode() in path.read_bytes()) == (passphrase is None)
    assert not list(tmp_path.glob("*-wal"))


def test_an_encrypted_book_asks_for_its_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "shop.shuke"
    Book.create(path, "right").close()
    before = path.read_bytes()
    with pytest.raises(faults.PassphraseNeeded, match="passphrase"):
        Book.open(path)
    with pytest.raises(faults.PassphraseNeeded, match="does not open"):
        Book.open(path, "wrong")
    assert path.read_bytes() == before
    Book.open(path, "right").close()


def test_only_one_program_at_a_time(book: Book) -> None:
    with pytest.raises(faults.BookInUse, match="already open"):
        Book.open(book.path)


def test_every_thread_reads_while_one_writes(book: Book) -> None:
    add(book, "甲")
    seen: list[int] = []
    with book.step("Slow") as step:
        step.insert(Customer, name="乙", created_at=NOW)
        reader = threading.Thread(target=lambda: seen.append(book.value("SELECT count(*) FROM customer")))
        reader.start()
        reader.join()
    assert seen == [1]
    assert book.value("SELECT count(*) FROM customer") == 2


def other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (a)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "write",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("dear diary"),
        lambda path: path.write_bytes(b"SQLite format 3\x00" + b"nonsense" * 200),
        other_database,
    ],
    ids=["empty", "text", "broken header", "another program's database"],
)
def test_a_file_that_is_no_book_is_refused_and_left_alone(tmp_path: Path, write: object) -> None:
    path = tmp_path / "thing.shuke"
    assert callable(write)
    write(path)
    before = path.read_bytes()
    with pytest.raises(faults.BookError):
        Book.open(path)
    assert path.read_bytes() == before
    if before:
        with pytest.raises(faults.BookError, match="already a file"):
            Book.create(path)
        assert path.read_bytes() == before


def test_a_missing_book_is_said_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(faults.BookError, match="no book"):
        Book.open(tmp_path / "none.shuke")
    assert not list(tmp_path.iterdir())


def test_a_newer_book_is_refused(book: Book) -> None:
    book.db.execute_sql("PRAGMA user_version = 99")
    book.close()
    with pytest.raises(faults.NewerBook, match="newer version"):
        Book.open(book.path)


def test_a_damaged_book_is_said_and_left_alone(book: Book) -> None:
    for n in range(50):
        add(book, f"客户{n}")
    book.close()
    data = bytearray(book.path.read_bytes())
    data[100:4096] = os.urandom(3996)
    book.path.write_bytes(data)
    with pytest.raises(faults.BookError, match=r"damaged|not a Shuke book"):
        Book.open(book.path)
    assert book.path.read_bytes() == bytes(data)


def test_a_full_disk_is_said_and_nothing_is_changed(book: Book) -> None:
    add(book, "甲")
    pages = book.value("PRAGMA page_count")
    book.db.execute_sql(f"PRAGMA max_page_count = {pages + 1}")

    def fill() -> None:
        with book.step("Fill") as step:
            step.insert_many(
                Customer, ("name", "notes", "created_at"), (("乙", "x" * 900, NOW) for _ in range(500))
            )

    with pytest.raises(faults.BookError, match="disk is full"):
        fill()
    book.db.execute_sql("PRAGMA max_page_count = 1000000")
    assert book.rows("SELECT name FROM customer") == [("甲",)]
    add(book, "丙")
    assert book.value("PRAGMA integrity_check") == "ok"


def test_a_disk_that_fills_up_at_the_commit_is_said(book: Book) -> None:
    first = sqlite3.OperationalError("database or disk is full")
    second = sqlite3.OperationalError("cannot rollback - no transaction is active")
    second.__context__ = first
    assert "disk is full" in str(faults.explain(second, book.path))
    assert faults.explain(sqlite3.OperationalError("near x: syntax error"), book.path) is None


@pytest.mark.skipif(
    os.name == "nt" or os.getuid() == 0, reason="needs folder permissions that root and Windows lack"
)
def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    Book.create(tmp_path / "shop.shuke").close()
    (tmp_path / "shop.shuke.lock").unlink(missing_ok=True)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(faults.BookError, match="read-only"):
            Book.open(tmp_path / "shop.shuke")
    finally:
        tmp_path.chmod(0o700)


KILLED = """
import sys
from desktop.models.book import Book
from desktop.models.customers import Customer
book = Book.open(sys.argv[1])
with book.step("Import") as step:
    step.insert_many(Customer, ("name", "created_at"), ((f"c{n}", sys.argv[2]) for n in range(200000)))
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_a_kill_in_the_middle_of_a_step_leaves_the_book_as_it_was(book: Book) -> None:
    add(book, "甲")
    book.close()
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(book.path), NOW],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stdout.readline().strip() == b"ready"
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()
    with Book.open(book.path) as again:
        assert again.rows("SELECT name FROM customer") == [("甲",)]
        assert again.value("PRAGMA integrity_check") == "ok"
        last = again.next_undo()
        assert last is not None
        assert last.args == {"name": "甲"}


def test_a_copy_of_an_open_book_is_whole_once_the_log_is_folded_in(book: Book, tmp_path: Path) -> None:
    add(book, "甲")
    book.close()
    shutil.copy(book.path, tmp_path / "copy.shuke")
    with Book.open(tmp_path / "copy.shuke") as copy:
        assert copy.value("SELECT name FROM customer") == "甲"
