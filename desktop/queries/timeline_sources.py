"""Where the timeline's entries come from: for each kind the keys in time order, and what an entry says."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    "visit", "lead", "interaction", "order", "points", "shipment", "case", "complaint", "step", "rating",
    "merge", "import",
)  # fmt: skip
"""Every kind of entry; at one and the same second the later kinds stand above the earlier ones."""


@dataclass(frozen=True)
class Source:
    """One table of the stream.

    `keys` ends in a WHERE to which conditions are added; `at`, `key`, `channel`, `staff` and `customer` are
    the columns that filters and pages name. `order` is the time order as an index has it, `bound` a condition
    on the cursor's day where that index needs one. `words` are conditions that find a text in the entry.
    `stage` "" means a column decides. `entry` gives, by id: at, customer, channel, staff, code, title, text,
    number, amount, minutes, order id, complaint id, pinned, expected, perceived, stage.
    """

    kind: str
    keys: str
    at: str
    key: str
    customer: str
    channel: str
    staff: str
    words: tuple[str, ...]
    entry: str
    stage: str
    order: str = ""
    bound: str = ""


_SAID = "LIKE :like ESCAPE '\\'"

INTERACTION = Source(
    kind="interaction",
    keys="SELECT happened_at, id FROM interaction WHERE true",
    at="happened_at",
    key="id",
    customer="customer_id",
    channel="channel",
    staff="staff_id",
    words=(f"text {_SAID}", f"title {_SAID}"),
    entry="SELECT id, happened_at, customer_id, channel, staff_id, '', title, text, '', NULL, minutes, "
    "order_id, NULL, pinned, NULL, NULL, stage FROM interaction",
    stage="",
)
ORDER = Source(
    kind="order",
    keys="SELECT placed_at, id FROM orders WHERE true",
    at="placed_at",
    key="id",
    customer="customer_id",
    channel="channel",
    staff="staff_id",
    words=(
        f"number {_SAID}",
        f"note {_SAID}",
        f"EXISTS (SELECT 1 FROM order_line WHERE order_id = orders.id AND title {_SAID})",
    ),
    # What was returned shows as less than nothing, what was sold as the sum agreed on.
    entry="SELECT id, placed_at, customer_id, channel, staff_id, status, number, note, number, "
    "CASE WHEN status = 'returned' AND paid = 0 THEN -refunded WHEN total = 0 THEN paid ELSE total END, "
    "NULL, id, NULL, 0, NULL, NULL, 'in-sale' FROM orders",
    stage="in-sale",
    # The day's index, then the moment within the day.
    order="day DESC, placed_at DESC, id DESC",
    bound="day <= :day",
)
CASE = Source(
    kind="case",
    keys="SELECT opened_at, id FROM service_case WHERE true",
    at="opened_at",
    key="id",
    customer="customer_id",
    channel="''",
    staff="staff_id",
    words=(f"number {_SAID}", f"title {_SAID}", f"text {_SAID}"),
    entry="SELECT id, opened_at, customer_id, '', staff_id, kind, title, text, number, NULL, NULL, order_id, "
    "NULL, 0, NULL, NULL, 'after-sale' FROM service_case",
    stage="after-sale",
)
COMPLAINT = Source(
    kind="complaint",
    keys="SELECT received_at, id FROM complaint WHERE true",
    at="received_at",
    key="id",
    customer="customer_id",
    channel="channel",
    staff="staff_id",
    words=(f"number {_SAID}", f"title {_SAID}", f"text {_SAID}", f"wants {_SAID}"),
    entry="SELECT id, received_at, customer_id, channel, staff_id, status, title, text, number, NULL, NULL, "
    "order_id, id, 0, NULL, NULL, 'after-sale' FROM complaint",
    stage="after-sale",
)
STEP = Source(
    kind="step",
    # The receipt is the complaint's own entry; corrections are for its history alone.
    keys="SELECT step.at, step.id FROM complaint_step AS step "
    "JOIN complaint ON complaint.id = step.complaint_id WHERE step.kind NOT IN ('received', 'edited')",
    at="step.at",
    key="step.id",
    customer="complaint.customer_id",
    channel="complaint.channel",
    staff="step.staff_id",
    words=(f"step.text {_SAID}", f"complaint.title {_SAID}", f"complaint.number {_SAID}"),
    entry="SELECT step.id, step.at, complaint.customer_id, complaint.channel, step.staff_id, step.kind, "
    "complaint.title, step.text, complaint.number, NULL, NULL, complaint.order_id, complaint.id, 0, "
    "NULL, NULL, 'after-sale' FROM complaint_step AS step JOIN complaint ON complaint.id = step.complaint_id",
    stage="after-sale",
)
RATING = Source(
    kind="rating",
    keys="SELECT rated_at, id FROM rating WHERE rated_at IS NOT NULL",
    at="rated_at",
    key="id",
    customer="customer_id",
    channel="channel",
    staff="staff_id",
    words=(f"text {_SAID}", f"reasons {_SAID}"),
    entry="SELECT id, rated_at, customer_id, channel, staff_id, '', reasons, text, '', recommend, effort, "
    "order_id, complaint_id, 0, expected, perceived, 'after-sale' FROM rating",
    stage="after-sale",
)
IMPORT = Source(
    kind="import",
    keys="SELECT at, id FROM import_run WHERE true",
    at="at",
    key="id",
    customer="id",
    channel="''",
    staff="staff_id",
    words=(f"file_name {_SAID}",),
    entry="SELECT id, at, NULL, '', staff_id, target, file_name, '', '', NULL, NULL, NULL, NULL, 0, NULL, "
    "NULL, '' FROM import_run",
    stage="none",
)

VISIT = Source(
    kind="visit",
    keys="SELECT at, id FROM visit WHERE true",
    at="at",
    key="id",
    customer="customer_id",
    channel="channel",
    staff="NULL",
    words=(f"path {_SAID}", f"came_from {_SAID}"),
    entry="SELECT id, at, customer_id, channel, NULL, iif(bounced, 'bounced', ''), path, came_from, '', "
    "seconds, NULL, NULL, NULL, 0, NULL, NULL, 'pre-sale' FROM visit",
    stage="pre-sale",
)
LEAD = Source(
    kind="lead",
    keys="SELECT found_at, id FROM lead WHERE true",
    at="found_at",
    key="id",
    customer="customer_id",
    channel="''",
    staff="staff_id",
    words=(f"number {_SAID}", f"method {_SAID}", f"wants {_SAID}", f"note {_SAID}"),
    entry="SELECT id, found_at, customer_id, '', staff_id, status, wants, note, number, score, NULL, NULL, "
    "NULL, 0, NULL, NULL, 'pre-sale' FROM lead",
    stage="pre-sale",
)
POINTS = Source(
    kind="points",
    keys="SELECT at, id FROM points_entry WHERE true",
    at="at",
    key="id",
    customer="customer_id",
    channel="''",
    staff="staff_id",
    words=(f"text {_SAID}",),
    entry="SELECT id, at, customer_id, '', staff_id, reason, '', text, '', points, NULL, order_id, NULL, 0, "
    "NULL, NULL, '' FROM points_entry",
    stage="none",
)
SHIPMENT = Source(
    kind="shipment",
    keys="SELECT shipped_at, id FROM shipment WHERE true",
    at="shipped_at",
    key="id",
    customer="customer_id",
    channel="''",
    staff="staff_id",
    words=(f"number {_SAID}", f"carrier {_SAID}", f"note {_SAID}", f"ship_to {_SAID}"),
    entry="SELECT id, shipped_at, customer_id, '', staff_id, iif(direction = 'back', 'back', status), "
    "carrier, note, number, cost, NULL, order_id, NULL, 0, NULL, NULL, 'in-sale' FROM shipment",
    stage="in-sale",
)
MERGE = Source(
    kind="merge",
    keys="SELECT at, id FROM merge WHERE true",
    at="at",
    key="id",
    customer="kept_id",
    channel="''",
    staff="staff_id",
    words=(f"gone_name {_SAID}",),
    entry="SELECT id, at, kept_id, '', staff_id, '', gone_name, '', '', NULL, NULL, NULL, NULL, 0, NULL, "
    "NULL, '' FROM merge",
    stage="none",
)

SOURCES: tuple[Source, ...] = (
    VISIT, LEAD, INTERACTION, ORDER, POINTS, SHIPMENT, CASE, COMPLAINT, STEP, RATING, MERGE, IMPORT,
)  # fmt: skip
