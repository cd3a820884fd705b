"""Schema 1: customers, orders, service, complaints, ratings, tasks, and the book's own memory of changes.

Times are local wall-clock text `YYYY-MM-DD HH:MM:SS`; days are `date.toordinal()`; money is an integer in the
currency's minor unit; a unit price is an integer in ten-thousandths of the currency unit, because shops sell
things cheaper than their smallest coin (UCI Online Retail has £0.001). Frozen: later changes are migrations.
"""

from desktop.models.engine import BookDatabase

NUMBER = 1

# An ISO day such as 2026-11-09… as a proleptic ordinal, equal to Python's date.toordinal().
_DAY = "CAST(julianday(substr({column}, 1, 10)) - 1721424.5 AS INTEGER)"

_WALL_CLOCK = "length({column}) = 19 AND julianday({column}) IS NOT NULL"


def _clock(column: str, *, required: bool = True) -> str:
    """The column definition of a wall-clock time that SQLite itself refuses to hold wrong."""
    rule = _WALL_CLOCK.format(column=column)
    return (
        f"{column} TEXT NOT NULL CHECK ({rule})"
        if required
        else f"{column} TEXT CHECK ({column} IS NULL OR {rule})"
    )


SCHEMA = f"""
CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    role TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE import_run (
    id INTEGER PRIMARY KEY,
    {_clock("at")},
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL DEFAULT '',
    target TEXT NOT NULL,
    layout TEXT NOT NULL DEFAULT '',
    mapping TEXT NOT NULL DEFAULT '{{}}' CHECK (json_valid(mapping)),
    counts TEXT NOT NULL DEFAULT '{{}}' CHECK (json_valid(counts)),
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL
) STRICT;

CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT 'individual'
        CHECK (kind IN ('individual', 'company', 'distributor', 'internal')),
    relation TEXT NOT NULL DEFAULT 'active'
        CHECK (relation IN ('prospect', 'target', 'active', 'lost', 'not-a-customer')),
    gender TEXT NOT NULL DEFAULT '' CHECK (gender IN ('', 'female', 'male', 'other')),
    birthday TEXT NOT NULL DEFAULT '',
    birthday_calendar TEXT NOT NULL DEFAULT 'solar' CHECK (birthday_calendar IN ('solar', 'lunar')),
    birthday_leap INTEGER NOT NULL DEFAULT 0 CHECK (birthday_leap IN (0, 1)),
    region TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    referred_by INTEGER REFERENCES customer ON DELETE SET NULL CHECK (referred_by <> id),
    likes TEXT NOT NULL DEFAULT '',
    dislikes TEXT NOT NULL DEFAULT '',
    expectations TEXT NOT NULL DEFAULT '',
    family TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    custom TEXT NOT NULL DEFAULT '{{}}' CHECK (json_valid(custom)),
    {_clock("created_at")},
    checked_on INTEGER,
    import_run_id INTEGER REFERENCES import_run ON DELETE SET NULL
) STRICT;
CREATE INDEX customer_created ON customer (created_at);
CREATE INDEX customer_referred ON customer (referred_by) WHERE referred_by IS NOT NULL;

CREATE TABLE contact_point (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    kind TEXT NOT NULL
        CHECK (kind IN ('phone', 'wechat', 'qq', 'weibo', 'email', 'account', 'address')),
    channel TEXT NOT NULL DEFAULT '',
    value TEXT NOT NULL CHECK (value <> ''),
    norm TEXT NOT NULL CHECK (norm <> ''),
    main INTEGER NOT NULL DEFAULT 0 CHECK (main IN (0, 1))
) STRICT;
CREATE INDEX contact_point_customer ON contact_point (customer_id, kind);
-- A phone or account belongs to one customer; an address may be a household's.
CREATE UNIQUE INDEX contact_point_known ON contact_point (kind, channel, norm) WHERE kind <> 'address';

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    tone TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE customer_tag (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag ON DELETE CASCADE,
    UNIQUE (tag_id, customer_id)
) STRICT;
CREATE INDEX customer_tag_customer ON customer_tag (customer_id);

CREATE TABLE custom_field (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL DEFAULT 'customer',
    name TEXT NOT NULL CHECK (name <> ''),
    type TEXT NOT NULL DEFAULT 'text' CHECK (type IN ('text', 'number', 'date', 'choice', 'yesno')),
    options TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(options)),
    position INTEGER NOT NULL DEFAULT 0,
    UNIQUE (subject, name)
) STRICT;

CREATE TABLE segment (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    condition TEXT NOT NULL CHECK (json_valid(condition)),
    position INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    code TEXT UNIQUE CHECK (code <> ''),
    name TEXT NOT NULL DEFAULT '',
    category TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT '',
    price INTEGER CHECK (price >= 0),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;
CREATE INDEX product_name ON product (name);

CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL DEFAULT '',
    channel TEXT NOT NULL DEFAULT '',
    customer_id INTEGER REFERENCES customer ON DELETE SET NULL,
    status TEXT NOT NULL DEFAULT 'completed'
        CHECK (status IN ('unpaid', 'paid', 'shipped', 'completed', 'cancelled', 'returned')),
    {_clock("placed_at")},
    {_clock("paid_at", required=False)},
    {_clock("ended_at", required=False)},
    total INTEGER NOT NULL DEFAULT 0,
    paid INTEGER NOT NULL DEFAULT 0,
    refunded INTEGER NOT NULL DEFAULT 0,
    ship_to TEXT NOT NULL DEFAULT '',
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL,
    note TEXT NOT NULL DEFAULT '',
    import_run_id INTEGER REFERENCES import_run ON DELETE SET NULL,
    day INTEGER NOT NULL GENERATED ALWAYS AS ({_DAY.format(column="placed_at")}) STORED,
    -- Refunded and cancelled orders are never purchases, nor is an adjustment of the books (paid below
    -- nothing); a gift (nothing paid, nothing refunded) is one.
    purchase INTEGER NOT NULL GENERATED ALWAYS AS (
        status IN ('paid', 'shipped', 'completed') AND paid >= 0 AND (refunded < paid OR refunded <= 0)
    ) STORED,
    net INTEGER NOT NULL GENERATED ALWAYS AS (
        CASE WHEN status IN ('unpaid', 'cancelled') THEN 0 ELSE paid - refunded END
    ) STORED
) STRICT;
CREATE UNIQUE INDEX orders_known ON orders (channel, number) WHERE number <> '';
CREATE INDEX orders_number ON orders (number) WHERE number <> '';
CREATE INDEX orders_customer ON orders (customer_id, purchase, day, net);
CREATE INDEX orders_day ON orders (day, purchase, customer_id, net);

CREATE TABLE order_line (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 0,
    product_id INTEGER REFERENCES product ON DELETE SET NULL,
    title TEXT NOT NULL DEFAULT '',
    quantity REAL NOT NULL DEFAULT 1,
    unit_price INTEGER NOT NULL DEFAULT 0,
    amount INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX order_line_order ON order_line (order_id);
CREATE INDEX order_line_product ON order_line (product_id) WHERE product_id IS NOT NULL;

CREATE TABLE service_case (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE CHECK (number <> ''),
    customer_id INTEGER REFERENCES customer ON DELETE SET NULL,
    order_id INTEGER REFERENCES orders ON DELETE SET NULL,
    kind TEXT NOT NULL CHECK (kind IN ('return', 'exchange', 'repair', 'installation', 'warranty')),
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'waiting', 'done', 'cancelled')),
    place TEXT NOT NULL DEFAULT '',
    {_clock("opened_at")},
    {_clock("closed_at", required=False)},
    title TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL
) STRICT;
CREATE INDEX service_case_customer ON service_case (customer_id);
CREATE INDEX service_case_order ON service_case (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX service_case_opened ON service_case (opened_at);

CREATE TABLE case_step (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES service_case ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL CHECK (title <> ''),
    {_clock("done_at", required=False)},
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX case_step_case ON case_step (case_id);

CREATE TABLE complaint (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE CHECK (number <> ''),
    customer_id INTEGER REFERENCES customer ON DELETE SET NULL,
    order_id INTEGER REFERENCES orders ON DELETE SET NULL,
    product_id INTEGER REFERENCES product ON DELETE SET NULL,
    channel TEXT NOT NULL DEFAULT '',
    {_clock("received_at")},
    title TEXT NOT NULL CHECK (title <> ''),
    text TEXT NOT NULL DEFAULT '',
    wants TEXT NOT NULL DEFAULT '',
    nature TEXT NOT NULL DEFAULT 'valid' CHECK (nature IN ('valid', 'communicative')),
    subject TEXT NOT NULL DEFAULT 'quality' CHECK (subject IN
        ('quality', 'contract', 'delivery', 'equipment', 'attitude', 'service', 'incident')),
    detail TEXT NOT NULL DEFAULT '',
    mood TEXT NOT NULL DEFAULT '' CHECK (mood IN ('', 'vent', 'respect', 'remedy')),
    severity TEXT NOT NULL DEFAULT 'medium' CHECK (severity IN ('urgent', 'high', 'medium', 'low')),
    status TEXT NOT NULL DEFAULT 'received' CHECK (status IN ('received', 'acknowledged', 'assessed',
        'investigating', 'offered', 'settled', 'closed', 'rejected')),
    {_clock("reply_due_at", required=False)},
    {_clock("settle_due_at", required=False)},
    {_clock("replied_at", required=False)},
    {_clock("settled_at", required=False)},
    {_clock("closed_at", required=False)},
    rejected_because TEXT NOT NULL DEFAULT '',
    reopened INTEGER NOT NULL DEFAULT 0,
    follows INTEGER REFERENCES complaint ON DELETE SET NULL,
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL,
    open INTEGER NOT NULL GENERATED ALWAYS AS (status NOT IN ('settled', 'closed', 'rejected')) STORED
) STRICT;
CREATE INDEX complaint_customer ON complaint (customer_id, open);
CREATE INDEX complaint_open ON complaint (open, received_at);
CREATE INDEX complaint_received ON complaint (received_at);
CREATE INDEX complaint_order ON complaint (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE complaint_step (
    id INTEGER PRIMARY KEY,
    complaint_id INTEGER NOT NULL REFERENCES complaint ON DELETE CASCADE,
    {_clock("at")},
    kind TEXT NOT NULL CHECK (kind <> ''),
    text TEXT NOT NULL DEFAULT '',
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL
) STRICT;
CREATE INDEX complaint_step_complaint ON complaint_step (complaint_id, at);
CREATE INDEX complaint_step_at ON complaint_step (at);

CREATE TABLE promise (
    id INTEGER PRIMARY KEY,
    complaint_id INTEGER REFERENCES complaint ON DELETE CASCADE,
    customer_id INTEGER REFERENCES customer ON DELETE CASCADE,
    text TEXT NOT NULL CHECK (text <> ''),
    {_clock("made_at")},
    {_clock("due_at")},
    outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'kept', 'broken')),
    {_clock("ended_at", required=False)},
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL
) STRICT;
CREATE INDEX promise_complaint ON promise (complaint_id);
CREATE INDEX promise_customer ON promise (customer_id);
CREATE INDEX promise_due ON promise (due_at) WHERE outcome = '';

CREATE TABLE remedy (
    id INTEGER PRIMARY KEY,
    complaint_id INTEGER NOT NULL REFERENCES complaint ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN
        ('apology', 'replacement', 'refund', 'partial-refund', 'coupon', 'points', 'repair', 'gift')),
    cost INTEGER NOT NULL DEFAULT 0 CHECK (cost >= 0),
    text TEXT NOT NULL DEFAULT '',
    {_clock("given_at")}
) STRICT;
CREATE INDEX remedy_complaint ON remedy (complaint_id);

CREATE TABLE interaction (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER REFERENCES customer ON DELETE CASCADE,
    order_id INTEGER REFERENCES orders ON DELETE SET NULL,
    case_id INTEGER REFERENCES service_case ON DELETE SET NULL,
    stage TEXT NOT NULL CHECK (stage IN ('pre-sale', 'in-sale', 'after-sale')),
    channel TEXT NOT NULL DEFAULT '',
    {_clock("happened_at")},
    minutes INTEGER CHECK (minutes >= 0),
    title TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL,
    import_run_id INTEGER REFERENCES import_run ON DELETE SET NULL
) STRICT;
CREATE INDEX interaction_customer ON interaction (customer_id, happened_at);
CREATE INDEX interaction_happened ON interaction (happened_at);
CREATE INDEX interaction_pinned ON interaction (customer_id, happened_at) WHERE pinned = 1;
CREATE INDEX interaction_order ON interaction (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX interaction_case ON interaction (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE rating (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER REFERENCES customer ON DELETE SET NULL,
    order_id INTEGER REFERENCES orders ON DELETE SET NULL,
    case_id INTEGER REFERENCES service_case ON DELETE SET NULL,
    complaint_id INTEGER REFERENCES complaint ON DELETE SET NULL,
    channel TEXT NOT NULL DEFAULT '',
    {_clock("asked_at", required=False)},
    {_clock("rated_at", required=False)},
    -- When the rated thing ended: the time that periods count by, not when the form was typed.
    {_clock("ended_at")},
    expected INTEGER CHECK (expected BETWEEN 1 AND 5),
    perceived INTEGER CHECK (perceived BETWEEN 1 AND 5),
    effort INTEGER CHECK (effort BETWEEN 1 AND 7),
    recommend INTEGER CHECK (recommend BETWEEN 0 AND 10),
    reasons TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL,
    day INTEGER NOT NULL GENERATED ALWAYS AS ({_DAY.format(column="ended_at")}) STORED,
    answered INTEGER NOT NULL GENERATED ALWAYS AS (rated_at IS NOT NULL) STORED
) STRICT;
CREATE INDEX rating_customer ON rating (customer_id, perceived);
CREATE INDEX rating_day ON rating (day);
CREATE INDEX rating_rated ON rating (rated_at) WHERE rated_at IS NOT NULL;
CREATE INDEX rating_order ON rating (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX rating_complaint ON rating (complaint_id) WHERE complaint_id IS NOT NULL;
CREATE INDEX rating_case ON rating (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL CHECK (title <> ''),
    customer_id INTEGER REFERENCES customer ON DELETE CASCADE,
    complaint_id INTEGER REFERENCES complaint ON DELETE CASCADE,
    due_day INTEGER,
    repeat TEXT NOT NULL DEFAULT '' CHECK (repeat IN ('', 'daily', 'weekly', 'monthly', 'yearly')),
    origin TEXT NOT NULL DEFAULT 'person' CHECK (origin IN ('person', 'rule')),
    note TEXT NOT NULL DEFAULT '',
    {_clock("created_at")},
    {_clock("done_at", required=False)},
    staff_id INTEGER REFERENCES staff ON DELETE SET NULL
) STRICT;
CREATE INDEX task_due ON task (due_day) WHERE done_at IS NULL;
CREATE INDEX task_customer ON task (customer_id);
CREATE INDEX task_complaint ON task (complaint_id) WHERE complaint_id IS NOT NULL;

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL CHECK (subject IN
        ('customer', 'orders', 'interaction', 'service_case', 'complaint')),
    subject_id INTEGER NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    media_type TEXT NOT NULL DEFAULT '',
    {_clock("added_at")},
    sha256 TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE INDEX attachment_subject ON attachment (subject, subject_id);

-- The book's memory of its own changes: undo, redo and the audit trail (models/history.py).
CREATE TABLE step (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    args TEXT NOT NULL DEFAULT '{{}}' CHECK (json_valid(args)),
    {_clock("at")},
    kind TEXT NOT NULL DEFAULT 'do' CHECK (kind IN ('do', 'undo', 'redo')),
    origin INTEGER REFERENCES step,
    -- 0 stands, 1 undone and can be redone, 2 undone for good
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1, 2)),
    staff_id INTEGER
) STRICT;
CREATE INDEX step_origin ON step (origin) WHERE origin IS NOT NULL;
CREATE INDEX step_done ON step (undone, id) WHERE kind = 'do';

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    step_id INTEGER,
    tbl TEXT NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('I', 'U', 'D')),
    first_row INTEGER NOT NULL,
    last_row INTEGER NOT NULL,
    old TEXT,
    new TEXT
) STRICT;
CREATE INDEX change_step ON change (step_id);
CREATE INDEX change_row ON change (tbl, first_row);

-- `bulk` names the table whose new rows Step.insert_many journals itself, as ranges.
CREATE TABLE history_now (one INTEGER PRIMARY KEY CHECK (one = 1), step_id INTEGER, bulk TEXT) STRICT;
INSERT INTO history_now VALUES (1, NULL, NULL);

-- Derived: always rebuilt from the tables above, never edited, never journalled (models/summaries.py).
CREATE TABLE customer_summary (
    customer_id INTEGER PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
    sort_name TEXT NOT NULL DEFAULT '',
    orders INTEGER NOT NULL DEFAULT 0,
    occasions INTEGER NOT NULL DEFAULT 0,
    spend INTEGER NOT NULL DEFAULT 0,
    first_day INTEGER,
    last_day INTEGER,
    rhythm REAL,
    drift_day INTEGER,
    alarm_day INTEGER,
    lost_day INTEGER,
    rating REAL,
    ratings INTEGER NOT NULL DEFAULT 0,
    open_complaints INTEGER NOT NULL DEFAULT 0,
    complaints INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX summary_name ON customer_summary (sort_name, customer_id);
CREATE INDEX summary_orders ON customer_summary (orders, customer_id);
CREATE INDEX summary_spend ON customer_summary (spend, customer_id);
CREATE INDEX summary_first ON customer_summary (first_day, customer_id);
CREATE INDEX summary_last ON customer_summary (last_day, customer_id);
CREATE INDEX summary_rhythm ON customer_summary (rhythm, customer_id);
CREATE INDEX summary_rating ON customer_summary (rating, customer_id);
-- Never, once, again: so that each purchase state is one range of days (queries/customers.py).
CREATE INDEX summary_state ON customer_summary (min(occasions, 2), drift_day, lost_day);
CREATE INDEX summary_complaints ON customer_summary (complaints, open_complaints, customer_id);

CREATE TABLE shop_rhythm (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    median_gap REAL NOT NULL,
    second_median REAL NOT NULL,
    second_late REAL NOT NULL,
    orders INTEGER NOT NULL,
    changed INTEGER NOT NULL DEFAULT 0,
    drifting REAL NOT NULL,
    alarming REAL NOT NULL,
    lost REAL NOT NULL
) STRICT;

CREATE TABLE stale (customer_id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE stale_text (customer_id INTEGER PRIMARY KEY) STRICT;

CREATE VIRTUAL TABLE customer_search USING fts5 (
    name, pinyin, initials, phone, phone_end, account, address,
    content = '', contentless_delete = 1, tokenize = 'unicode61', prefix = '1 2 3 4'
);
"""

# What makes a customer's derived data stale: (table, column naming the customer, mark, update columns).
_MARKS = (
    ("orders", "customer_id", "stale", ""),
    ("rating", "customer_id", "stale", ""),
    ("complaint", "customer_id", "stale", ""),
    ("customer", "id", "stale_text", " OF name"),
    ("contact_point", "customer_id", "stale_text", ""),
)


def _mark(table: str, column: str, mark: str, of: str) -> str:
    """Triggers that note the customer before and after each change of a table, whoever writes it."""

    def body(*sides: str) -> str:
        return " ".join(
            # Not INSERT OR IGNORE: inside a trigger the outer statement's conflict rule would win.
            f"INSERT INTO {mark} SELECT {side}.{column} WHERE {side}.{column} IS NOT NULL"
            f" AND NOT EXISTS (SELECT 1 FROM {mark} WHERE customer_id = {side}.{column});"
            for side in sides
        )

    return f"""
    CREATE TRIGGER {table}_stale_insert AFTER INSERT ON {table} BEGIN {body("NEW")} END;
    CREATE TRIGGER {table}_stale_update AFTER UPDATE{of} ON {table} BEGIN {body("OLD", "NEW")} END;
    CREATE TRIGGER {table}_stale_delete AFTER DELETE ON {table} BEGIN {body("OLD")} END;
    """


JOURNALLED = (
    "setting", "staff", "import_run", "customer", "contact_point", "tag", "customer_tag", "custom_field",
    "segment", "product", "orders", "order_line", "service_case", "case_step", "complaint", "complaint_step",
    "promise", "remedy", "interaction", "rating", "task", "attachment",
)  # fmt: skip


def up(db: BookDatabase) -> None:
    """Makes every table, the marks that keep derived data in step, and the journal's triggers."""
    db.script(SCHEMA)
    for marks in _MARKS:
        db.script(_mark(*marks))
    for table in JOURNALLED:
        db.journal(table)


def down(db: BookDatabase) -> None:
    """Empties the file of everything this schema made."""
    for table in reversed(("customer_search", "stale", "stale_text", "customer_summary", "shop_rhythm",
                           "history_now", *JOURNALLED, "change", "step")):  # fmt: skip
        db.execute_sql(f'DROP TABLE IF EXISTS "{table}"')
