"""A book of the first schema is brought up to date behind a bar, or left as it was."""

import gzip
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.models import search_index
from desktop.models.book import Book
from desktop.models.migrate import is_behind
from desktop.models.migrations import LATEST
from desktop.views.kit.progress import ProgressDialog
from desktop.views.shell.updating import bring_up_to_date

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "books" / "schema1.shuke.gz"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.shuke"
    path.write_bytes(gzip.decompress(GOLDEN.read_bytes()))
    return path


def test_it_is_brought_up_to_date(qapp: QApplication, old: Path) -> None:
    assert is_behind(old)
    assert bring_up_to_date(old)
    assert not is_behind(old)
    with Book.open(old) as book:
        assert book.schema == LATEST
    assert not qapp.topLevelWidgets() or all(
        not isinstance(one, ProgressDialog) or not one.isVisible() for one in qapp.topLevelWidgets()
    )


def test_a_new_book_and_what_is_none_are_not_behind(old: Path, tmp_path: Path) -> None:
    Book.create(tmp_path / "new.shuke").close()
    assert not is_behind(tmp_path / "new.shuke")
    (tmp_path / "short").write_bytes(b"SQLite")
    assert not is_behind(tmp_path / "short")


def test_stopped_it_is_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stop(Progress):
        def report(self, done: int, total: int = 0, text: str = "") -> None:
            raise Cancelled

    before = old.read_bytes()
    with pytest.raises(Cancelled):
        Book.open(old, progress=Stop())
    assert old.read_bytes() == before

    # Stopped late, when the tables are new and the search is being filled.
    monkeypatch.setattr(search_index, "_BATCH", 2)

    class Late(Progress):
        def report(self, done: int, total: int = 0, text: str = "") -> None:
            if total:
                raise Cancelled

    with pytest.raises(Cancelled):
        Book.open(old, progress=Late())
    with Book.open(old) as book:
        assert book.schema == LATEST
        assert book.value("SELECT count(*) FROM stale_text") == 0


def test_a_fault_is_told(qapp: QApplication, old: Path) -> None:
    with Book.open(old), pytest.raises(UserError):
        bring_up_to_date(old)
