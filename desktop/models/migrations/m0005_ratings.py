"""Schema 5: ratings that are asked for by a card's code, expectations told before the sale.

Times, days and money as in schema 1. Frozen: later changes are migrations.
"""

from desktop.models.engine import BookDatabase
from desktop.models.migrations.m0001_first import _clock

NUMBER = 5

# (table, column, definition): what tables of earlier schemas gain.
COLUMNS = (
    # What stands on the feedback card, by which an answer that comes back finds what was asked.
    ("rating", "code", "TEXT NOT NULL DEFAULT ''"),
    # When the expectation was told, before there was anything to rate; the rest is answered later.
    ("rating", "expected_at", _clock("expected_at", required=False).removeprefix("expected_at ")),
    # The shop chose not to ask, or the customer did not want to answer: nobody is reminded of it.
    ("rating", "skipped_at", _clock("skipped_at", required=False).removeprefix("skipped_at ")),
)

SCHEMA = """
CREATE UNIQUE INDEX rating_code ON rating (code) WHERE code <> '';
-- What was asked and not answered, oldest first.
CREATE INDEX rating_waiting ON rating (asked_at) WHERE rated_at IS NULL AND skipped_at IS NULL;
"""

JOURNALLED: tuple[str, ...] = ()
_ALTERED = ("rating",)
_INDEXES = ("rating_code", "rating_waiting")


def up(db: BookDatabase) -> None:
    """Adds the columns."""
    for table, column, definition in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column} {definition}")
    db.script(SCHEMA)
    for table in _ALTERED:
        db.journal(table)


def down(db: BookDatabase) -> None:
    """Takes them away again."""
    for table in _ALTERED:
        for kind in ("insert", "update", "delete"):
            db.execute_sql(f"DROP TRIGGER {table}_journal_{kind}")
    for index in _INDEXES:
        db.execute_sql(f"DROP INDEX {index}")
    for table, column, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in _ALTERED:
        db.journal(table)
