"""Sources of the timeline that are trade (visits, leads, orders, points, parcels), merges and imports."""

from __future__ import annotations

from desktop.queries.line_titles import LINE_TITLE
from desktop.queries.timeline_source import SAID, Source

VISIT = Source(
    kind="visit",
    table="visit",
    at="at",
    channel="channel",
    staff="NULL",
    words=(f"path {SAID}", f"came_from {SAID}"),
    entry="SELECT id, at, customer_id, channel, NULL, iif(bounced, 'bounced', ''), path, came_from, '', "
    "seconds, NULL, NULL, NULL, 0, NULL, NULL, 'pre-sale', NULL, '' FROM visit",
    stage="pre-sale",
)
LEAD = Source(
    kind="lead",
    table="lead",
    at="found_at",
    words=(f"number {SAID}", f"method {SAID}", f"wants {SAID}", f"note {SAID}"),
    entry="SELECT id, found_at, customer_id, '', staff_id, status, wants, note, number, score, NULL, NULL, "
    "NULL, 0, NULL, NULL, 'pre-sale', NULL, '' FROM lead",
    stage="pre-sale",
)
ORDER = Source(
    kind="order",
    table="orders",
    at="placed_at",
    channel="channel",
    words=(
        f"number {SAID}",
        f"note {SAID}",
        f"EXISTS (SELECT 1 FROM order_line WHERE order_id = orders.id AND {LINE_TITLE} {SAID})",
    ),
    # What was returned shows as less than nothing, what was sold as the sum agreed on.
    entry="SELECT id, placed_at, customer_id, channel, staff_id, status, number, note, number, "
    "CASE WHEN status = 'returned' AND paid = 0 THEN -refunded WHEN total = 0 THEN paid ELSE total END, "
    "NULL, id, NULL, 0, NULL, NULL, 'in-sale', NULL, '' FROM orders",
    stage="in-sale",
    # The day's index, then the moment within the day.
    order="day DESC, placed_at DESC, id DESC",
    day="day",
)
POINTS = Source(
    kind="points",
    table="points_entry",
    at="at",
    words=(f"text {SAID}",),
    entry="SELECT id, at, customer_id, '', staff_id, reason, '', text, '', points, NULL, order_id, NULL, 0, "
    "NULL, NULL, '', NULL, '' FROM points_entry",
)
_PARCEL = (f"number {SAID}", f"carrier {SAID}", f"note {SAID}", f"ship_to {SAID}")
SHIPMENT = Source(
    kind="shipment",
    table="shipment",
    at="shipped_at",
    words=_PARCEL,
    # That it arrived is an entry of its own.
    entry="SELECT id, shipped_at, customer_id, '', staff_id, CASE WHEN direction = 'back' THEN 'back' "
    "WHEN status = 'arrived' AND arrived_at IS NOT NULL THEN 'sent' ELSE status END, "
    "carrier, note, number, cost, NULL, order_id, NULL, 0, NULL, NULL, 'in-sale', NULL, '' FROM shipment",
    stage="in-sale",
)
ARRIVAL = Source(
    kind="arrival",
    table="shipment",
    at="arrived_at",
    base="arrived_at IS NOT NULL",
    words=_PARCEL,
    # How long the parcel was under way, in minutes.
    entry="SELECT id, arrived_at, customer_id, '', staff_id, iif(direction = 'back', 'back', status), "
    "carrier, note, number, NULL, max(0, (unixepoch(arrived_at) - unixepoch(shipped_at)) / 60), order_id, "
    "NULL, 0, NULL, NULL, 'in-sale', NULL, '' FROM shipment",
    stage="in-sale",
)
MERGE = Source(
    kind="merge",
    table="merge",
    at="at",
    customer="kept_id",
    words=(f"gone_name {SAID}",),
    entry="SELECT id, at, kept_id, '', staff_id, '', gone_name, '', '', NULL, NULL, NULL, NULL, 0, NULL, "
    "NULL, '', NULL, '' FROM merge",
)
IMPORT = Source(
    kind="import",
    table="import_run",
    at="at",
    customer="id",
    words=(f"file_name {SAID}",),
    entry="SELECT id, at, NULL, '', staff_id, target, file_name, '', '', NULL, NULL, NULL, NULL, 0, NULL, "
    "NULL, '', NULL, '' FROM import_run",
)
