"""Schema 2: who is whom (merges, doubts, pairs told apart), and leads, points, shipments and visits.

Times, days and money as in schema 1. Frozen: later changes are migrations.
"""

from desktop.models.engine import BookDatabase
from desktop.models.migrations.m0001_first import _clock, _mark

NUMBER = 2

SCHEMA = f"""
CREATE TABLE lead (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL DEFAULT '',
    customer_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    method TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT 'new'
        CHECK (status IN ('new', 'contacted', 'qualified', 'converted', 'lost')),
    score INTEGER CHECK (score BETWEEN 0 AND 100),
    cost INTEGER CHECK (cost >= 0),
    wants TEXT NOT NULL DEFAULT '',
    {_clock("found_at")},
    {_clock("converted_at", required=False)},
    note TEXT NOT NULL DEFAULT '',
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL,
    import_run_id INTEGER REFERENCES import_run ON DELETE SET NULL
) STRICT;
CREATE INDEX lead_customer ON lead (customer_id);
CREATE INDEX lead_found ON lead (found_at);
CREATE INDEX lead_number ON lead (number) WHERE number <> '';

-- Append-only: a mistake is put right by an entry of its own.
CREATE TABLE points_entry (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    order_id INTEGER REFERENCES orders ON DELETE SET NULL,
    {_clock("at")},
    points INTEGER NOT NULL,
    reason TEXT NOT NULL DEFAULT 'earned'
        CHECK (reason IN ('earned', 'redeemed', 'gift', 'expired', 'correction')),
    text TEXT NOT NULL DEFAULT '',
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL,
    import_run_id INTEGER REFERENCES import_run ON DELETE SET NULL
) STRICT;
CREATE INDEX points_entry_customer ON points_entry (customer_id, at);
CREATE INDEX points_entry_at ON points_entry (at);
CREATE INDEX points_entry_order ON points_entry (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE shipment (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL DEFAULT '',
    carrier TEXT NOT NULL DEFAULT '',
    order_id INTEGER REFERENCES orders ON DELETE SET NULL,
    customer_id INTEGER REFERENCES customer ON DELETE SET NULL,
    direction TEXT NOT NULL DEFAULT 'out' CHECK (direction IN ('out', 'back')),
    status TEXT NOT NULL DEFAULT 'sent'
        CHECK (status IN ('packed', 'sent', 'underway', 'arrived', 'returned', 'lost')),
    {_clock("shipped_at")},
    {_clock("arrived_at", required=False)},
    cost INTEGER CHECK (cost >= 0),
    ship_to TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL,
    import_run_id INTEGER REFERENCES import_run ON DELETE SET NULL
) STRICT;
CREATE INDEX shipment_customer ON shipment (customer_id, shipped_at);
CREATE INDEX shipment_shipped ON shipment (shipped_at);
CREATE INDEX shipment_number ON shipment (number) WHERE number <> '';
CREATE INDEX shipment_order ON shipment (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER REFERENCES customer ON DELETE SET NULL,
    channel TEXT NOT NULL DEFAULT '',
    {_clock("at")},
    path TEXT NOT NULL DEFAULT '',
    came_from TEXT NOT NULL DEFAULT '',
    seconds INTEGER CHECK (seconds >= 0),
    bounced INTEGER NOT NULL DEFAULT 0 CHECK (bounced IN (0, 1)),
    import_run_id INTEGER REFERENCES import_run ON DELETE SET NULL
) STRICT;
CREATE INDEX visit_customer ON visit (customer_id, at);
CREATE INDEX visit_at ON visit (at);

-- Two customers made one, and all that taking them apart again needs, at any later time.
CREATE TABLE merge (
    id INTEGER PRIMARY KEY,
    kept_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    gone_id INTEGER NOT NULL,
    gone_name TEXT NOT NULL DEFAULT '',
    {_clock("at")},
    -- The row of the one who went, and those of its rows that went with it, by table.
    gone TEXT NOT NULL CHECK (json_valid(gone)),
    -- The fields of the one who stayed that changed: name -> [before, after].
    taken TEXT NOT NULL DEFAULT '{{}}' CHECK (json_valid(taken)),
    -- The rows that moved over: table -> column -> ids.
    moved TEXT NOT NULL DEFAULT '{{}}' CHECK (json_valid(moved)),
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL
) STRICT;
CREATE INDEX merge_kept ON merge (kept_id);

CREATE TABLE not_same (
    id INTEGER PRIMARY KEY,
    one_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    {_clock("at")},
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL,
    CHECK (one_id < other_id),
    UNIQUE (one_id, other_id)
) STRICT;
CREATE INDEX not_same_other ON not_same (other_id);

-- Pairs that an import could not tell apart and did not join.
CREATE TABLE doubt (
    id INTEGER PRIMARY KEY,
    one_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    -- The kind of contact point they share, or 'name'.
    kind TEXT NOT NULL,
    value TEXT NOT NULL DEFAULT '',
    import_run_id INTEGER REFERENCES import_run ON DELETE SET NULL,
    CHECK (one_id < other_id),
    UNIQUE (one_id, other_id)
) STRICT;
CREATE INDEX doubt_other ON doubt (other_id);

-- Derived: what the last sweep found alike, and what it went over; never journalled. No reference to the
-- customers: a pair whose one is gone (merged, deleted) is hidden, and is back when undo brings them back.
CREATE TABLE likeness (
    one_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(reasons)),
    PRIMARY KEY (one_id, other_id),
    CHECK (one_id < other_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE likeness_sweep (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    {_clock("at")},
    customers INTEGER NOT NULL,
    newest INTEGER NOT NULL
) STRICT;
CREATE INDEX likeness_other ON likeness (other_id);
CREATE INDEX likeness_score ON likeness (score);
"""

JOURNALLED = ("lead", "points_entry", "shipment", "visit", "merge", "not_same", "doubt")
_BROUGHT_IN = ("product", "complaint", "rating")


def up(db: BookDatabase) -> None:
    """Adds the tables, and to products, complaints and ratings the file they came from."""
    db.script(SCHEMA)
    for table in _BROUGHT_IN:
        db.execute_sql(
            f"ALTER TABLE {table} ADD COLUMN import_run_id INTEGER REFERENCES import_run ON DELETE SET NULL"
        )
    for table in (*_BROUGHT_IN, *JOURNALLED):
        db.journal(table)
    # The search index holds the region, and a region corrected in schema 1 never reached it.
    _remark(db, " OF name, region")
    db.execute_sql(
        "INSERT INTO stale_text SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM stale_text) "
        "AND id IN (SELECT last_row FROM change WHERE tbl = 'customer' AND op = 'U' "
        "AND json_type(old, '$.region') IS NOT NULL)"
    )


def _remark(db: BookDatabase, of: str) -> None:
    """(Re)makes the triggers that tell the search index of a customer's changed columns."""
    for kind in ("insert", "update", "delete"):
        db.execute_sql(f"DROP TRIGGER IF EXISTS customer_stale_{kind}")
    db.script(_mark("customer", "id", "stale_text", of))


def down(db: BookDatabase) -> None:
    """Takes them away again."""
    _remark(db, " OF name")
    for table in ("likeness", "likeness_sweep", *reversed(JOURNALLED)):
        db.execute_sql(f"DROP TABLE IF EXISTS {table}")
    for table in _BROUGHT_IN:
        for kind in ("insert", "update", "delete"):
            db.execute_sql(f"DROP TRIGGER IF EXISTS {table}_journal_{kind}")
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN import_run_id")
        db.journal(table)
