"""The one door to SQLite: SQLCipher's build of it, a connection for each thread, peewee only for records."""

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as sqlite

from desktop.core.progress import Cancelled, Progress

if TYPE_CHECKING:
    from desktop.models.base import Records

# Application id in the file's header: "SHUK".
APPLICATION_ID = 0x5348554B

FAULT = sqlite.Error
"""What a statement may raise, whoever wrote it."""

Parameters = Sequence[Any] | Mapping[str, Any]

_OPCODES_BETWEEN_LOOKS = 50_000


class BookDatabase:
    """A book's file by sqlcipher3, keyed or plain; every thread gets its own connection."""

    def __init__(self, path: str, passphrase: str | None = None, *, read_only: bool = False) -> None:
        self._path = path
        self._passphrase = passphrase
        self._read_only = read_only
        self._own = threading.local()
        self._connections: list[sqlite.Connection] = []

    @cached_property
    def records(self) -> "Records":
        """This database as the models of `base.Row` want it, for one record at a time."""
        # peewee takes longer to load than a book to open, and nothing that only reads wants it.
        from desktop.models.base import Records

        return Records(self)

    def connection(self) -> sqlite.Connection:
        """This thread's connection, opened when it is first asked for."""
        known: sqlite.Connection | None = getattr(self._own, "connection", None)
        if known is None:
            known = self._own.connection = self._connect()
            self._connections.append(known)
        return known

    def _connect(self) -> sqlite.Connection:
        uri = "file:" + _uri_path(self._path) + ("?mode=ro" if self._read_only else "?mode=rw")
        connection = sqlite.connect(uri, uri=True, isolation_level=None, timeout=10, check_same_thread=False)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            if self._passphrase:
                connection.execute("PRAGMA key = '" + self._passphrase.replace("'", "''") + "'")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA cache_size = -32000")
            connection.execute("PRAGMA temp_store = MEMORY")
            # Reading the header's page here is what tells a wrong passphrase or a foreign file at once.
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def let_go(self) -> None:
        """Closes this thread's connection, for a thread that ends before the book is closed."""
        known: sqlite.Connection | None = getattr(self._own, "connection", None)
        if known is not None and known in self._connections:
            self._connections.remove(known)
            known.close()
        self._own.connection = None

    def close_all(self) -> None:
        """Closes the connections of every thread; the last one folds the write-ahead log into the file."""
        self._own = threading.local()
        while self._connections:
            self._connections.pop().close()

    def execute_sql(self, sql: str, params: Parameters = ()) -> sqlite.Cursor:
        """Runs one statement."""
        return self.connection().execute(sql, params)

    def in_transaction(self) -> bool:
        """Whether this thread has a transaction open."""
        return self.connection().in_transaction

    @contextmanager
    def atomic(self, kind: str = "DEFERRED") -> Iterator[None]:
        """A transaction, kept when the block ends and taken back when it raises; they do not nest."""
        connection = self.connection()
        connection.execute(f"BEGIN {kind}")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # A full disk or a statement that was stopped ends the transaction by itself.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    @contextmanager
    def trial(self) -> Iterator[None]:
        """A transaction that is taken back however the block ends."""
        connection = self.connection()
        connection.execute("BEGIN")
        try:
            yield
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    def script(self, sql: str) -> None:
        """Runs several statements inside the transaction at hand (the driver's own would commit first)."""
        statement = ""
        for line in sql.splitlines(keepends=True):
            statement += line
            if sqlite.complete_statement(statement):
                self.execute_sql(statement)
                statement = ""
        if statement.strip():
            self.execute_sql(statement)

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs one statement for each row, in the driver's own loop."""
        self.connection().executemany(sql, rows)

    @contextmanager
    def stoppable(self, progress: Progress) -> Iterator[None]:
        """Lets somebody stop the statements inside, however long a single one takes. Raises Cancelled."""
        stopped: list[Cancelled] = []

        def asked_to_stop() -> int:
            try:
                progress.check()
            except Cancelled as fault:
                stopped.append(fault)
                return 1
            return 0

        connection = self.connection()
        connection.set_progress_handler(asked_to_stop, _OPCODES_BETWEEN_LOOKS)
        try:
            yield
        except FAULT as fault:
            if not stopped:
                raise
            raise stopped[0] from fault
        finally:
            connection.set_progress_handler(None, 0)

    def columns(self, table: str) -> list[str]:
        """The table's stored columns, generated ones left out."""
        return [
            name
            for name, hidden in self.execute_sql("SELECT name, hidden FROM pragma_table_xinfo(?)", (table,))
            if not hidden
        ]

    def nullable(self, table: str) -> list[str]:
        """The table's columns that may be without a value."""
        return [
            name
            for name, required, key in self.execute_sql(
                'SELECT name, "notnull", pk FROM pragma_table_xinfo(?)', (table,)
            )
            if not required and not key
        ]

    def journal(self, table: str) -> None:
        """(Re)makes the triggers that write every change of a table into `change` (see history.py).

        Inserts keep only row ids, neighbours joined to a range, so that half a million imported lines are
        one journal row. Updates keep the changed columns, deletes the whole row, a table's one blob as it is
        beside the rest. A migration that alters a journalled table calls this again.
        """
        columns = self.columns(table)
        kinds = self.execute_sql("SELECT name, type FROM pragma_table_xinfo(?)", (table,))
        blobs = {name for name, kind in kinds if kind == "BLOB"}

        def value(side: str, column: str) -> str:
            return f"hex({side}.{column})" if column in blobs else f'{side}."{column}"'

        def changed(column: str) -> str:
            # A file of many megabytes is not written out to see that it is the same.
            only = f' WHERE OLD."{column}" IS NOT NEW."{column}"' if column in blobs else ""
            return f"SELECT '{column}' AS k, {value('OLD', column)} AS o, {value('NEW', column)} AS n{only}"

        now = "(SELECT step_id FROM history_now)"
        # Only since schema 3 does the journal have a place for blobs.
        aside = sorted(blobs)[:1] if "data" in self.columns("change") else []
        whole = ", ".join(f"'{c}', {'NULL' if c in aside else value('OLD', c)}" for c in columns)
        kept = "".join(f', OLD."{column}"' for column in aside)
        pairs = " UNION ALL ".join(changed(column) for column in columns)
        differs = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in columns)
        for kind in ("insert", "update", "delete"):
            self.execute_sql(f"DROP TRIGGER IF EXISTS {table}_journal_{kind}")
        self.execute_sql(f"""
            CREATE TRIGGER {table}_journal_insert AFTER INSERT ON "{table}"
            WHEN (SELECT bulk FROM history_now) IS NOT '{table}' BEGIN
                UPDATE change SET last_row = NEW.id
                WHERE id = (SELECT max(id) FROM change) AND op = 'I' AND tbl = '{table}'
                    AND last_row = NEW.id - 1 AND step_id IS {now};
                INSERT INTO change (step_id, tbl, op, first_row, last_row)
                SELECT {now}, '{table}', 'I', NEW.id, NEW.id WHERE changes() = 0;
            END""")
        self.execute_sql(f"""
            CREATE TRIGGER {table}_journal_update AFTER UPDATE ON "{table}" WHEN {differs} BEGIN
                INSERT INTO change (step_id, tbl, op, first_row, last_row, old, new)
                SELECT {now}, '{table}', 'U', OLD.id, NEW.id,
                    json_group_object(k, o), json_group_object(k, n)
                FROM ({pairs}) WHERE o IS NOT n;
            END""")
        self.execute_sql(f"""
            CREATE TRIGGER {table}_journal_delete AFTER DELETE ON "{table}" BEGIN
                INSERT INTO change (step_id, tbl, op, first_row, last_row, old{", data" if aside else ""})
                VALUES ({now}, '{table}', 'D', OLD.id, OLD.id, json_object({whole}){kept});
            END""")


def _uri_path(path: str, *, windows: bool = os.name == "nt") -> str:
    """The path as SQLite's URI wants it: forward slashes, and `?`, `#`, `%` escaped.

    A Windows path gets a root before its drive, and what begins with two strokes an empty host before them.
    """
    text = path.replace("\\", "/") if windows else path
    text = text.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    if text.startswith("//"):
        return "//" + text
    return "/" + text if windows and text[1:2] == ":" else text
