"""Schema 4: complaints that can be merged, split and linked, the shop's own subjects, and answers to insert.

Times, days and money as in schema 1. Frozen: later changes are migrations.
"""

from desktop.models.engine import BookDatabase
from desktop.models.migrations.m0001_first import _clock, _mark

NUMBER = 4

_SUBJECTS = "'quality', 'contract', 'delivery', 'equipment', 'attitude', 'service', 'incident'"

# (table, column, definition): what tables of earlier schemas gain.
COLUMNS = (
    # Where a rejected complainant can turn instead.
    ("complaint", "alternatives", "TEXT NOT NULL DEFAULT ''"),
    # What was found, and what the shop does so that it does not happen again.
    ("complaint", "cause", "TEXT NOT NULL DEFAULT ''"),
    ("complaint", "prevention", "TEXT NOT NULL DEFAULT ''"),
    ("complaint", "settlement", "TEXT NOT NULL DEFAULT ''"),
    # The platform's number of the dispute, where there is one.
    ("complaint", "dispute", "TEXT NOT NULL DEFAULT ''"),
    # The clock stands still while the customer is waited for.
    ("complaint", "waiting_since", _clock("waiting_since", required=False).removeprefix("waiting_since ")),
    # An offer costs nothing until it is taken; what earlier schemas kept had been given.
    ("remedy", "state", "TEXT NOT NULL DEFAULT 'given' CHECK (state IN ('offered', 'given', 'declined'))"),
    ("remedy", "staff_id", "INTEGER REFERENCES staff ON DELETE SET NULL"),
    # Of a remedy in points: how many; they stand in the customer's ledger while it is given.
    ("remedy", "points", "INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0)"),
)

SCHEMA = f"""
UPDATE complaint SET waiting_since = waits.at FROM (
    SELECT complaint_id, kind, at, row_number() OVER
        (PARTITION BY complaint_id ORDER BY at DESC, id DESC) AS newest
    FROM complaint_step WHERE kind IN ('waiting', 'resumed')
) AS waits
WHERE waits.complaint_id = complaint.id AND waits.newest = 1 AND waits.kind = 'waiting'
    AND complaint.open = 1;

-- The deadline that counts now: the first reply's until there is one, then the settlement's; none while the
-- customer is waited for, or when it has ended.
ALTER TABLE complaint ADD COLUMN due_at TEXT GENERATED ALWAYS AS (
    CASE WHEN status IN ('settled', 'closed', 'rejected') OR waiting_since IS NOT NULL THEN NULL
        WHEN replied_at IS NULL THEN reply_due_at ELSE settle_due_at END) VIRTUAL;
CREATE INDEX complaint_due ON complaint (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX complaint_urgency
    ON complaint (open DESC, coalesce(due_at, '9999-12-31 23:59:59'), received_at DESC, id DESC);
CREATE INDEX complaint_status ON complaint (status, received_at);
CREATE INDEX complaint_settled ON complaint (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX complaint_product ON complaint (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX complaint_step_waits ON complaint_step (complaint_id, at) WHERE kind IN ('waiting', 'resumed');

-- What the shop calls things below the seven subjects; a complaint keeps the name itself (`detail`).
CREATE TABLE complaint_subject (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL CHECK (subject IN ({_SUBJECTS})),
    title TEXT NOT NULL CHECK (title <> ''),
    position INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    UNIQUE (subject, title)
) STRICT;

-- Numbers that were told to customers and belong to another complaint since the two were merged.
CREATE TABLE complaint_alias (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE CHECK (number <> ''),
    complaint_id INTEGER NOT NULL REFERENCES complaint ON DELETE CASCADE
) STRICT;
CREATE INDEX complaint_alias_complaint ON complaint_alias (complaint_id);

-- Complaints that belong together: split off from one, of one cause, or otherwise.
CREATE TABLE complaint_link (
    id INTEGER PRIMARY KEY,
    complaint_id INTEGER NOT NULL REFERENCES complaint ON DELETE CASCADE,
    linked_id INTEGER NOT NULL REFERENCES complaint ON DELETE CASCADE,
    kind TEXT NOT NULL DEFAULT 'related' CHECK (kind IN ('related', 'cause', 'split')),
    CHECK (complaint_id <> linked_id),
    UNIQUE (complaint_id, linked_id)
) STRICT;
CREATE INDEX complaint_link_linked ON complaint_link (linked_id);

-- Words at hand, to be inserted where somebody writes to a customer.
CREATE TABLE answer (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL CHECK (title <> ''),
    text TEXT NOT NULL CHECK (text <> ''),
    place TEXT NOT NULL DEFAULT '' CHECK (place IN ('', 'pre-sale', 'in-sale', 'after-sale', 'complaint')),
    subject TEXT NOT NULL DEFAULT '' CHECK (subject IN ('', {_SUBJECTS})),
    mood TEXT NOT NULL DEFAULT '' CHECK (mood IN ('', 'vent', 'respect', 'remedy')),
    position INTEGER NOT NULL DEFAULT 0,
    uses INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0),
    {_clock("used_at", required=False)}
) STRICT;
CREATE INDEX answer_place ON answer (place, position);

-- Derived, as the rest of customer_summary: promises to the customer that are still open.
ALTER TABLE customer_summary ADD COLUMN promises INTEGER NOT NULL DEFAULT 0;
UPDATE customer_summary SET promises = found.n FROM
    (SELECT customer_id, count(*) AS n FROM promise WHERE outcome = '' AND customer_id IS NOT NULL
     GROUP BY customer_id) AS found
    WHERE found.customer_id = customer_summary.customer_id;
"""

JOURNALLED = ("complaint_subject", "complaint_alias", "complaint_link", "answer")
_ALTERED = ("complaint", "remedy")
_INDEXES = ("complaint_due", "complaint_urgency", "complaint_status", "complaint_settled",
            "complaint_product", "complaint_step_waits")  # fmt: skip


def up(db: BookDatabase) -> None:
    """Adds the tables and columns, and keeps summaries in step with promises."""
    for table, column, definition in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column} {definition}")
    db.script(SCHEMA)
    for table in (*_ALTERED, *JOURNALLED):
        db.journal(table)
    db.script(_mark("promise", "customer_id", "stale", ""))


def down(db: BookDatabase) -> None:
    """Takes them away again."""
    for kind in ("insert", "update", "delete"):
        db.execute_sql(f"DROP TRIGGER promise_stale_{kind}")
        for table in _ALTERED:
            db.execute_sql(f"DROP TRIGGER {table}_journal_{kind}")
    for table in reversed(JOURNALLED):
        db.execute_sql(f"DROP TABLE {table}")
    for index in _INDEXES:
        db.execute_sql(f"DROP INDEX {index}")
    db.execute_sql("ALTER TABLE customer_summary DROP COLUMN promises")
    db.execute_sql("ALTER TABLE complaint DROP COLUMN due_at")
    for table, column, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in _ALTERED:
        db.journal(table)
