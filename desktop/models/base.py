"""What every table of the book shares: an integer key, and no database of its own (a step brings it)."""

from typing import Any

from peewee import AutoField, Model, SqliteDatabase

from desktop.models.engine import BookDatabase


class Row(Model):
    """A row of the book; statements run on the book they are given, so one process can open two books."""

    id = AutoField()


class Records(SqliteDatabase):
    """What peewee writes its statements for; the book's own engine runs them."""

    def __init__(self, db: BookDatabase) -> None:
        # Without a name it never connects by itself.
        super().__init__(None)
        self._db = db

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Runs a statement of peewee's in the transaction at hand."""
        return self._db.execute_sql(sql, params or ())
