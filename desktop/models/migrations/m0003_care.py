"""Schema 3: what cases are about, processes and checklists, tasks of any record, consent, relationships.

Times, days and money as in schema 1. Frozen: later changes are migrations.
"""

from desktop.models.engine import BookDatabase
from desktop.models.migrations.m0001_first import _DAY, _clock, _mark

NUMBER = 3

_PROCESSES = "'pre-sale', 'in-sale', 'after-sale', 'return', 'exchange', 'repair', 'installation', 'warranty'"
_FACTS = "'', 'paid', 'shipped', 'arrived', 'rated'"

# (table, column, definition): what tables of earlier schemas gain.
COLUMNS = (
    ("service_case", "reason", "TEXT NOT NULL DEFAULT '' CHECK (reason IN ('', 'quality', 'wrong', "
     "'damaged', 'fit', 'mind', 'late', 'missing', 'other'))"),
    ("service_case", "due_at", _clock("due_at", required=False).removeprefix("due_at ")),
    ("service_case", "outcome", "TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'refunded', 'replaced', "
     "'repaired', 'installed', 'credited', 'declined', 'none'))"),
    # What the case cost the shop, and what it gave back to the customer.
    ("service_case", "cost", "INTEGER NOT NULL DEFAULT 0 CHECK (cost >= 0)"),
    ("service_case", "refunded", "INTEGER NOT NULL DEFAULT 0 CHECK (refunded >= 0)"),
    # The first word to the customer after the opening.
    ("service_case", "answered_at", _clock("answered_at", required=False).removeprefix("answered_at ")),
    # The clock stands still while the customer is waited for.
    ("service_case", "waiting_since", _clock("waiting_since", required=False).removeprefix("waiting_since ")),
    ("service_case", "waited_minutes", "INTEGER NOT NULL DEFAULT 0 CHECK (waited_minutes >= 0)"),
    ("case_step", "due_at", _clock("due_at", required=False).removeprefix("due_at ")),
    ("product", "warranty_months", "INTEGER CHECK (warranty_months >= 0)"),
    ("interaction", "complaint_id", "INTEGER REFERENCES complaint ON DELETE SET NULL"),
    ("interaction", "gave", "TEXT NOT NULL DEFAULT '' CHECK (gave IN ('', 'suggestion', 'interview'))"),
    ("rating", "public", "INTEGER NOT NULL DEFAULT 0 CHECK (public IN (0, 1))"),
    # Minutes after midnight of the day it is due.
    ("task", "due_minute", "INTEGER CHECK (due_minute BETWEEN 0 AND 1439)"),
    ("task", "remind_at", _clock("remind_at", required=False).removeprefix("remind_at ")),
    ("task", "repeat_every", "INTEGER NOT NULL DEFAULT 1 CHECK (repeat_every >= 1)"),
    ("task", "order_id", "INTEGER REFERENCES orders ON DELETE SET NULL"),
    ("task", "case_id", "INTEGER REFERENCES service_case ON DELETE SET NULL"),
    ("task", "interaction_id", "INTEGER REFERENCES interaction ON DELETE SET NULL"),
)  # fmt: skip

SCHEMA = f"""
CREATE INDEX service_case_status ON service_case (status, due_at);
CREATE INDEX task_remind ON task (remind_at) WHERE done_at IS NULL AND remind_at IS NOT NULL;
CREATE INDEX task_order ON task (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX task_case ON task (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX task_interaction ON task (interaction_id) WHERE interaction_id IS NOT NULL;
-- Without it, each complaint that goes looks through all others for those that follow it.
CREATE INDEX complaint_follows ON complaint (follows) WHERE follows IS NOT NULL;
CREATE INDEX interaction_complaint ON interaction (complaint_id) WHERE complaint_id IS NOT NULL;
-- The timeline walks each of these by its moments.
CREATE INDEX task_done ON task (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX case_step_done ON case_step (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX shipment_arrived ON shipment (arrived_at) WHERE arrived_at IS NOT NULL;
CREATE INDEX merge_at ON merge (at);
CREATE INDEX customer_birthday ON customer (birthday_calendar, substr(birthday, -5)) WHERE birthday <> '';

-- What a case is about.
CREATE TABLE case_item (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES service_case ON DELETE CASCADE,
    order_line_id INTEGER REFERENCES order_line ON DELETE SET NULL,
    product_id INTEGER REFERENCES product ON DELETE SET NULL,
    title TEXT NOT NULL DEFAULT '',
    quantity REAL NOT NULL DEFAULT 1 CHECK (quantity > 0),
    amount INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX case_item_case ON case_item (case_id);
CREATE INDEX case_item_line ON case_item (order_line_id) WHERE order_line_id IS NOT NULL;
CREATE INDEX case_item_product ON case_item (product_id) WHERE product_id IS NOT NULL;

-- The shop's own way of doing things; a process without rows is the built-in one.
CREATE TABLE process_step (
    id INTEGER PRIMARY KEY,
    process TEXT NOT NULL CHECK (process IN ({_PROCESSES})),
    position INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL CHECK (title <> ''),
    -- The deadline after the opening, in hours by the wall clock.
    hours INTEGER CHECK (hours > 0),
    fact TEXT NOT NULL DEFAULT '' CHECK (fact IN ({_FACTS}))
) STRICT;
CREATE INDEX process_step_process ON process_step (process, position);

CREATE TABLE checklist (
    id INTEGER PRIMARY KEY,
    stage TEXT NOT NULL CHECK (stage IN ('pre-sale', 'in-sale', 'after-sale')),
    customer_id INTEGER REFERENCES customer ON DELETE CASCADE,
    order_id INTEGER REFERENCES orders ON DELETE CASCADE,
    {_clock("opened_at")},
    {_clock("closed_at", required=False)},
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL
) STRICT;
CREATE INDEX checklist_customer ON checklist (customer_id);
CREATE INDEX checklist_order ON checklist (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE checklist_step (
    id INTEGER PRIMARY KEY,
    checklist_id INTEGER NOT NULL REFERENCES checklist ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL CHECK (title <> ''),
    fact TEXT NOT NULL DEFAULT '' CHECK (fact IN ({_FACTS})),
    {_clock("due_at", required=False)},
    {_clock("done_at", required=False)},
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX checklist_step_checklist ON checklist_step (checklist_id);
CREATE INDEX checklist_step_done ON checklist_step (done_at) WHERE done_at IS NOT NULL;

-- The related one is the customer's spouse, parent, employer …
CREATE TABLE relationship (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    related_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('spouse', 'parent', 'child', 'sibling', 'relative', 'friend',
        'colleague', 'employer', 'employee', 'other')),
    note TEXT NOT NULL DEFAULT '',
    CHECK (customer_id <> related_id),
    UNIQUE (customer_id, related_id)
) STRICT;
CREATE INDEX relationship_related ON relationship (related_id);

-- The newest word on a purpose holds; the older ones say what held before.
CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('contact', 'promotion', 'rating', 'photo', 'share')),
    given INTEGER NOT NULL CHECK (given IN (0, 1)),
    {_clock("at")},
    channel TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL
) STRICT;
CREATE INDEX consent_customer ON consent (customer_id, purpose, at);
CREATE INDEX consent_at ON consent (at);

CREATE TABLE privacy_request (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER REFERENCES customer ON DELETE SET NULL,
    name TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL CHECK (kind IN ('access', 'correct', 'erase', 'restrict', 'object')),
    {_clock("received_at")},
    {_clock("due_at", required=False)},
    {_clock("done_at", required=False)},
    outcome TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL
) STRICT;
CREATE INDEX privacy_request_customer ON privacy_request (customer_id);
CREATE INDEX privacy_request_received ON privacy_request (received_at);

-- Derived, as the rest of customer_summary.
ALTER TABLE customer_summary ADD COLUMN next_day INTEGER;
ALTER TABLE customer_summary ADD COLUMN points INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customer_summary ADD COLUMN last_contact INTEGER;
ALTER TABLE customer_summary ADD COLUMN contacts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customer_summary ADD COLUMN cases INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customer_summary ADD COLUMN open_cases INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customer_summary ADD COLUMN brought INTEGER NOT NULL DEFAULT 0;
CREATE INDEX summary_next ON customer_summary (next_day, customer_id);
CREATE INDEX summary_points ON customer_summary (points, customer_id);
CREATE INDEX summary_contact ON customer_summary (last_contact, customer_id);
-- Who was here last, in the shop or in words: what a search ranks by.
CREATE INDEX summary_recent
    ON customer_summary (max(coalesce(last_day, 0), coalesce(last_contact, 0)), customer_id);

-- Which range of new rows a record came with.
CREATE INDEX change_came ON change (tbl, last_row, first_row) WHERE op = 'I';

-- Derived: filled by the next refresh. The tokenizer parts at blanks and signs of ASCII alone, so that what
-- is a word is said in core/tokens.py and not by a table of characters that changes with the engine.
DROP TABLE customer_search;
CREATE VIRTUAL TABLE customer_search USING fts5 (
    words, forms, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3 4'
);
INSERT INTO stale_text SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM stale_text);
"""
_SEARCH_BEFORE = """
DROP TABLE customer_search;
CREATE VIRTUAL TABLE customer_search USING fts5 (
    name, pinyin, initials, phone, phone_end, account, address,
    content = '', contentless_delete = 1, tokenize = 'unicode61', prefix = '1 2 3 4'
);
INSERT INTO stale_text SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM stale_text);
"""

JOURNALLED = (
    "case_item", "process_step", "checklist", "checklist_step", "relationship", "consent", "privacy_request",
)  # fmt: skip
_ALTERED = tuple(dict.fromkeys(table for table, _, _ in COLUMNS))
_SUMMED = ("next_day", "points", "last_contact", "contacts", "cases", "open_cases", "brought")
_INDEXES = ("service_case_status", "task_remind", "task_order", "task_case", "task_interaction", "task_done",
            "case_step_done", "shipment_arrived", "merge_at", "interaction_complaint",
            "complaint_follows", "customer_birthday", "summary_next", "summary_points", "summary_contact",
            "summary_recent", "change_came")  # fmt: skip
_ATTACHED_TO = ("customer", "orders", "interaction", "service_case", "complaint")

# Whoever brought a customer has a summary that counts them.
_BROUGHT = {
    "insert": "AFTER INSERT ON customer WHEN NEW.referred_by IS NOT NULL",
    "update": "AFTER UPDATE OF referred_by ON customer WHEN OLD.referred_by IS NOT NEW.referred_by",
    "delete": "AFTER DELETE ON customer WHEN OLD.referred_by IS NOT NULL",
}

FILL = f"""
UPDATE customer_summary SET next_day = last_day + CAST(round(rhythm) AS INTEGER) WHERE rhythm IS NOT NULL;
UPDATE customer_summary SET points = found.points FROM
    (SELECT customer_id, sum(points) AS points FROM points_entry GROUP BY customer_id) AS found
    WHERE found.customer_id = customer_summary.customer_id;
UPDATE customer_summary SET last_contact = found.day, contacts = found.n FROM
    (SELECT customer_id, {_DAY.format(column="max(happened_at)")} AS day, count(*) AS n FROM interaction
     WHERE customer_id IS NOT NULL GROUP BY customer_id) AS found
    WHERE found.customer_id = customer_summary.customer_id;
UPDATE customer_summary SET cases = found.n, open_cases = found.open FROM
    (SELECT customer_id, count(*) AS n, sum(status IN ('open', 'waiting')) AS open FROM service_case
     WHERE customer_id IS NOT NULL GROUP BY customer_id) AS found
    WHERE found.customer_id = customer_summary.customer_id;
UPDATE customer_summary SET brought = found.n FROM
    (SELECT referred_by, count(*) AS n FROM customer WHERE referred_by IS NOT NULL GROUP BY referred_by)
    AS found WHERE found.referred_by = customer_summary.customer_id;
"""


def up(db: BookDatabase) -> None:
    """Adds the tables and columns, and keeps summaries and attachments in step with what they hang on."""
    for table, column, definition in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column} {definition}")
    db.script(SCHEMA)
    db.script(FILL)
    # A deleted file is kept once and as it is: in JSON its bytes took twice the room, and seconds.
    db.execute_sql("ALTER TABLE change ADD COLUMN data BLOB")
    for table in (*_ALTERED, "attachment", *JOURNALLED):
        db.journal(table)
    for table in ("points_entry", "interaction", "service_case"):
        db.script(_mark(table, "customer_id", "stale", ""))
    for kind, when in _BROUGHT.items():
        sides = {"insert": ("NEW",), "delete": ("OLD",)}.get(kind, ("OLD", "NEW"))
        body = " ".join(
            f"INSERT INTO stale SELECT {side}.referred_by WHERE {side}.referred_by IS NOT NULL"
            f" AND NOT EXISTS (SELECT 1 FROM stale WHERE customer_id = {side}.referred_by);"
            for side in sides
        )
        db.execute_sql(f"CREATE TRIGGER customer_brought_{kind} {when} BEGIN {body} END")
    # Attachments name their record in words, which no foreign key follows.
    for table in _ATTACHED_TO:
        db.execute_sql(
            f"CREATE TRIGGER {table}_attached AFTER DELETE ON {table} BEGIN "
            f"DELETE FROM attachment WHERE subject = '{table}' AND subject_id = OLD.id; END"
        )


def down(db: BookDatabase) -> None:
    """Takes them away again."""
    db.script(_SEARCH_BEFORE)
    for table in _ATTACHED_TO:
        db.execute_sql(f"DROP TRIGGER {table}_attached")
    for kind in _BROUGHT:
        db.execute_sql(f"DROP TRIGGER customer_brought_{kind}")
    for table in ("points_entry", "interaction", "service_case"):
        for kind in ("insert", "update", "delete"):
            db.execute_sql(f"DROP TRIGGER {table}_stale_{kind}")
    for table in reversed(JOURNALLED):
        db.execute_sql(f"DROP TABLE {table}")
    for index in _INDEXES:
        db.execute_sql(f"DROP INDEX {index}")
    for table in (*_ALTERED, "attachment"):
        for kind in ("insert", "update", "delete"):
            db.execute_sql(f"DROP TRIGGER {table}_journal_{kind}")
    db.execute_sql("UPDATE change SET old = json_set(old, '$.data', hex(data)) WHERE data IS NOT NULL")
    db.execute_sql("ALTER TABLE change DROP COLUMN data")
    for column in _SUMMED:
        db.execute_sql(f"ALTER TABLE customer_summary DROP COLUMN {column}")
    for table, column, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in (*_ALTERED, "attachment"):
        db.journal(table)
