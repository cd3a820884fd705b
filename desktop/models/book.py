"""The book: one file that holds the shop's customers; opened, locked, read, changed in steps, and closed.

Reading is free from any thread (`rows`, `row`, `value`); writing goes through `step`, one immediate
transaction that is one undo step and ends with every derived table in step with the data.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.core.progress import SILENT, Progress
from desktop.core.settings import from_text
from desktop.core.translation import tr
from desktop.models import faults, history, lock, search_index, summaries
from desktop.models.changes import Changes
from desktop.models.engine import APPLICATION_ID, FAULT, BookDatabase
from desktop.models.migrate import migrate, version

if TYPE_CHECKING:
    from peewee import Model

M = TypeVar("M", bound="Model")
_SQLITE = b"SQLite format 3\x00"


class Book:
    """A shop's book. Make one with `Book.create` or `Book.open`; use it as a context manager or close it."""

    def __init__(self, path: Path, db: BookDatabase, held: lock.Lock, *, encrypted: bool) -> None:
        self.path = path
        self.db = db
        self.encrypted = encrypted
        self._held = held
        self._writing = threading.RLock()
        self.clerk = ""
        """Who works here now, by name; "" for nobody in particular. Every step says so."""

    # --- opening and closing

    @classmethod
    def create(cls, path: str | Path, passphrase: str | None = None) -> "Book":
        """Makes a new, empty book. Raises BookError where a file stands already: it is never overwritten."""
        path = Path(path).absolute()
        if path.exists() and path.stat().st_size:
            raise faults.BookError(
                tr("There is already a file named “{name}” here.", name=path.name),
                tr("Choose another name, or open that file."),
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            held = lock.hold(path)
            path.touch()
        except OSError as fault:
            raise faults.BookError(
                tr("No book can be made in “{folder}”.", folder=path.parent.name),
                tr("Choose a folder you may write to."),
            ) from fault
        return cls._start(path, passphrase, held)

    @classmethod
    def open(cls, path: str | Path, passphrase: str | None = None, progress: Progress = SILENT) -> "Book":
        """Opens a book, bringing an older one up to date first, which `progress` tells of and may stop.

        Raises Cancelled, PassphraseNeeded, BookInUse, NewerBook or another BookError; then the file is as it
        was.
        """
        path = Path(path).absolute()
        if not path.is_file():
            raise faults.BookError(
                tr("There is no book at “{path}”.", path=str(path)),
                tr("Check the path, or make a new book there."),
            )
        with path.open("rb") as file:
            head = file.read(len(_SQLITE))
        if head and head != _SQLITE and passphrase is None:
            # An encrypted book has no header of its own; anything too short or odd in size is no book.
            if path.stat().st_size % 512:
                raise faults.not_a_book(path)
            raise faults.PassphraseNeeded(
                tr("“{name}” is protected by a passphrase, or is not a Shuke book.", name=path.name),
                tr("Give its passphrase to open it."),
            )
        if not head:
            raise faults.not_a_book(path)
        return cls._start(path, None if head == _SQLITE else passphrase, lock.hold(path), progress)

    @classmethod
    def _start(
        cls, path: Path, passphrase: str | None, held: lock.Lock, progress: Progress = SILENT
    ) -> "Book":
        db = BookDatabase(str(path), passphrase)
        book = cls(path, db, held, encrypted=passphrase is not None)
        try:
            with book._explained():
                book._prepare(progress)
        except BaseException:
            book.close()
            raise
        return book

    def _prepare(self, progress: Progress) -> None:
        (application,) = self.db.execute_sql("PRAGMA application_id").fetchone()
        (tables,) = self.db.execute_sql("SELECT count(*) FROM sqlite_schema").fetchone()
        if application != APPLICATION_ID and tables:
            raise faults.not_a_book(self.path)
        migrate(self.db, self.path, progress)
        self.db.execute_sql("PRAGMA journal_mode = WAL")
        with self._transaction():
            # What another program wrote since, or a fault left behind.
            self._refresh_derived(progress)

    def close(self) -> None:
        """Closes every thread's connection and lets the book go; the write-ahead log is folded in."""
        self.db.close_all()
        self._held.release()

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- reading

    def rows(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
        """All rows of a query, as tuples."""
        with self._explained():
            found: list[Any] = self.db.execute_sql(sql, params).fetchall()
            return found

    def row(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> Any:
        """The first row of a query, or None."""
        with self._explained():
            return self.db.execute_sql(sql, params).fetchone()

    def value(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.row(sql, params)
        return row[0] if row else None

    def get(self, model: type[M], row: int) -> M | None:
        """One record by its id, or None when it is gone."""
        with self._explained():
            query = model.select().where(model._meta.primary_key == row)
            found: M | None = query.bind(self.db.records).first()
            return found

    def setting(self, key: str) -> Any:
        """A setting that lives in the book, or its default."""
        return from_text(key, self.value("SELECT value FROM setting WHERE key = ?", (key,)))

    def clerk_id(self) -> int | None:
        """The record of who works here now; None for nobody in particular, or a clerk this book has not."""
        found = self.value("SELECT id FROM staff WHERE name = ?", (self.clerk,)) if self.clerk else None
        return None if found is None else int(found)

    # --- changing

    @contextmanager
    def step(self, label: str, /, **args: Any) -> Iterator[history.Step]:
        """One change a person makes: an immediate transaction, an undo step, an audit entry.

        `label` is a marked English sentence with `{named}` places for `args`. After the block `step.changes`
        says what changed. An exception inside leaves the book as it was.
        """
        with self._explained(), self._transaction():
            step = history.begin(self.db, label, args, staff=self.clerk_id())
            yield step
            history.finish(step)
            if step.changes:
                history.forget_redo(self.db)
            self._refresh_derived()

    @contextmanager
    def derive(self) -> Iterator[BookDatabase]:
        """A transaction that writes what is worked out from the book and can be worked out again.

        No step, nothing to undo, nothing journalled: for tables that no trigger watches, such as `likeness`.
        """
        with self._explained(), self._transaction():
            yield self.db

    def undo(self, progress: Progress = SILENT) -> Changes:
        """Takes the newest step back; empty Changes when there is none. Raises Cancelled, nothing changed."""
        return self._reverse(progress, undo=True)

    def redo(self, progress: Progress = SILENT) -> Changes:
        """Does the step undone last again; empty Changes when there is none. Raises Cancelled likewise."""
        return self._reverse(progress, undo=False)

    def next_undo(self) -> history.Named | None:
        """The step that `undo` would take back."""
        return history.next_undo(self.db)

    def next_redo(self) -> history.Named | None:
        """The step that `redo` would do again."""
        return history.next_redo(self.db)

    def _reverse(self, progress: Progress, *, undo: bool) -> Changes:
        with self._explained(), self._transaction(), self.db.stoppable(progress):
            origin = self.next_undo() if undo else self.next_redo()
            if origin is None:
                return Changes()
            step = history.reverse(self.db, origin, undo=undo, staff=self.clerk_id())
            history.finish(step)
            self._refresh_derived()
            return step.changes

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._writing:
            if self.db.in_transaction():
                msg = "a step is open already: operations do not nest"
                raise RuntimeError(msg)
            with self.db.atomic("IMMEDIATE"):
                yield

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except FAULT as fault:
            told = faults.explain(fault, self.path, keyed=self.encrypted)
            if told is None:
                raise
            raise told from fault

    def _refresh_derived(self, progress: Progress = SILENT) -> None:
        factors = tuple(float(self.setting(f"rhythm.{name}")) for name in ("drifting", "alarming", "lost"))
        summaries.refresh(self.db, (factors[0], factors[1], factors[2]))
        search_index.refresh(self.db, progress)

    @property
    def schema(self) -> int:
        """The number of the newest migration the book has had."""
        return version(self.db)
