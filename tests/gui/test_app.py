"""Starting the program: a window over a book, nothing heavy before it is there, and books that won't open."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.__main__ import _window_options
from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.operations.demo import make_demo

HEAVY = (
    *("numpy", "scipy", "pyqtgraph", "openpyxl", "pypinyin", "python_calamine", "peewee", "dataclasses"),
    *("decimal", "desktop.core.pinyin", "desktop.core.contacts", "desktop.core.money", "desktop.core.when"),
)


def started(*arguments: str) -> list[str]:
    """What a program started with these arguments wrote, then which heavy modules it had loaded."""
    code = (
        "import sys\nfrom desktop.__main__ import main\nstatus = main()\n"
        f"print(status, [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, check=True, timeout=60, text=True
    )
    return done.stdout.splitlines()


def test_the_window_opens_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    book = tmp_path / "new.shuke"
    assert started("--book", str(book), "--tell-when", "usable") == ["usable", "0 []"]
    with Book.open(book) as again:
        assert again.next_undo() is None
    assert started("--book", str(book), "--tell-when", "usable") == ["usable", "0 []"]
    assert not book.with_name("new.shuke-wal").exists()


def test_a_book_with_customers_opens_as_lightly(tmp_path: Path) -> None:
    book = tmp_path / "shop.shuke"
    with Book.create(book) as fresh:
        make_demo(fresh, customers=20, today=date.today())
    assert started("--book", str(book), "--tell-when", "usable") == ["usable", "0 []"]


def test_background_work_is_done_and_the_book_is_left_closed(tmp_path: Path) -> None:
    book = tmp_path / "shop.shuke"
    Book.create(book).close()
    assert started("--book", str(book), "--tell-when", "settled")[0] == "settled"
    Book.open(book).close()


def test_a_book_that_will_not_open_is_explained_and_left_as_it_is(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    damaged, other = tmp_path / "odd.shuke", tmp_path / "other.shuke"
    damaged.write_bytes(b"no book at all")

    def choose(fault: UserError) -> Path | None:
        told.append(fault.message)
        return other if len(told) == 1 else None

    monkeypatch.setattr(app, "_ask_other", choose)
    opened = app._opened(damaged)
    assert opened is not None
    assert opened.path == other
    assert damaged.read_bytes() == b"no book at all"
    # Another window has it.
    assert app._opened(other) is None
    opened.close()
    assert "odd.shuke" in told[0]
    assert len(told) == 2


def test_a_passphrase_is_asked_for(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret.shuke"
    Book.create(path, "open sesame").close()
    answers = iter(["wrong", "open sesame"])
    monkeypatch.setattr(app, "_ask_passphrase", lambda fault: next(answers))
    opened = app._opened(path)
    assert opened is not None
    assert opened.encrypted
    opened.close()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {}),
        (["--book", "a.shuke"], {"book": "a.shuke"}),
        (["report"], None),
        (["--help"], None),
        (["--book", "a.shuke", "report"], None),
        (["search", "--book"], None),
    ],
)
def test_a_start_without_a_word_needs_no_parser(
    arguments: list[str], expected: dict[str, str] | None
) -> None:
    assert _window_options(arguments) == expected
