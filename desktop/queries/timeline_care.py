"""Sources of the timeline that are service: notes, cases, complaints, ratings, what was done, consent."""

from __future__ import annotations

from desktop.queries.timeline_source import SAID, Source

INTERACTION = Source(
    kind="interaction",
    table="interaction",
    at="happened_at",
    channel="channel",
    words=(f"text {SAID}", f"title {SAID}"),
    entry="SELECT id, happened_at, customer_id, channel, staff_id, '', title, text, '', NULL, minutes, "
    "order_id, complaint_id, pinned, NULL, NULL, stage, case_id, gave FROM interaction",
    stage="",
)
CASE = Source(
    kind="case",
    table="service_case",
    at="opened_at",
    words=(f"number {SAID}", f"title {SAID}", f"text {SAID}"),
    entry="SELECT id, opened_at, customer_id, '', staff_id, kind, title, text, number, NULL, NULL, order_id, "
    "NULL, 0, NULL, NULL, 'after-sale', id, '' FROM service_case",
    stage="after-sale",
)
CASE_STEP = Source(
    kind="case-step",
    table="case_step",
    tables="case_step AS step JOIN service_case ON service_case.id = step.case_id",
    base="step.done_at IS NOT NULL",
    at="step.done_at",
    key="step.id",
    customer="service_case.customer_id",
    staff="step.staff_id",
    words=(f"step.title {SAID}", f"step.note {SAID}", f"service_case.number {SAID}"),
    entry="SELECT step.id, step.done_at, service_case.customer_id, '', step.staff_id, service_case.kind, "
    "step.title, step.note, service_case.number, NULL, NULL, service_case.order_id, NULL, 0, NULL, NULL, "
    "'after-sale', service_case.id, '' FROM case_step AS step "
    "JOIN service_case ON service_case.id = step.case_id",
    stage="after-sale",
)
COMPLAINT = Source(
    kind="complaint",
    table="complaint",
    at="received_at",
    channel="channel",
    words=(f"number {SAID}", f"title {SAID}", f"text {SAID}", f"wants {SAID}"),
    entry="SELECT id, received_at, customer_id, channel, staff_id, status, title, text, number, NULL, NULL, "
    "order_id, id, 0, NULL, NULL, 'after-sale', NULL, '' FROM complaint",
    stage="after-sale",
)
STEP = Source(
    kind="step",
    table="complaint_step",
    tables="complaint_step AS step JOIN complaint ON complaint.id = step.complaint_id",
    # The receipt is the complaint's own entry; corrections are for its history alone.
    base="step.kind NOT IN ('received', 'edited')",
    at="step.at",
    key="step.id",
    customer="complaint.customer_id",
    channel="complaint.channel",
    staff="step.staff_id",
    words=(f"step.text {SAID}", f"complaint.title {SAID}", f"complaint.number {SAID}"),
    entry="SELECT step.id, step.at, complaint.customer_id, complaint.channel, step.staff_id, step.kind, "
    "complaint.title, step.text, complaint.number, NULL, NULL, complaint.order_id, complaint.id, 0, "
    "NULL, NULL, 'after-sale', NULL, '' FROM complaint_step AS step "
    "JOIN complaint ON complaint.id = step.complaint_id",
    stage="after-sale",
)
RATING = Source(
    kind="rating",
    table="rating",
    at="rated_at",
    base="rated_at IS NOT NULL",
    channel="channel",
    words=(f"text {SAID}", f"reasons {SAID}"),
    entry="SELECT id, rated_at, customer_id, channel, staff_id, '', reasons, text, '', recommend, effort, "
    "order_id, complaint_id, 0, expected, perceived, 'after-sale', case_id, '' FROM rating",
    stage="after-sale",
)
TICK = Source(
    kind="tick",
    table="checklist_step",
    tables="checklist_step AS step JOIN checklist ON checklist.id = step.checklist_id",
    base="step.done_at IS NOT NULL",
    at="step.done_at",
    key="step.id",
    customer="checklist.customer_id",
    staff="step.staff_id",
    words=(f"step.title {SAID}", f"step.note {SAID}"),
    entry="SELECT step.id, step.done_at, checklist.customer_id, '', step.staff_id, checklist.stage, "
    "step.title, step.note, '', NULL, NULL, checklist.order_id, NULL, 0, NULL, NULL, checklist.stage, NULL, "
    "'' FROM checklist_step AS step JOIN checklist ON checklist.id = step.checklist_id",
    stage="",
    stage_column="checklist.stage",
)
TASK = Source(
    kind="task",
    table="task",
    at="done_at",
    base="done_at IS NOT NULL",
    words=(f"title {SAID}", f"note {SAID}"),
    entry="SELECT id, done_at, customer_id, '', staff_id, origin, title, note, '', NULL, NULL, order_id, "
    "complaint_id, 0, NULL, NULL, '', case_id, '' FROM task",
)
CONSENT = Source(
    kind="consent",
    table="consent",
    at="at",
    channel="channel",
    words=(f"text {SAID}",),
    entry="SELECT id, at, customer_id, channel, staff_id, purpose, '', text, '', given, NULL, NULL, NULL, 0, "
    "NULL, NULL, '', NULL, '' FROM consent",
)
PRIVACY = Source(
    kind="privacy",
    table="privacy_request",
    at="received_at",
    words=(f"name {SAID}", f"note {SAID}", f"outcome {SAID}"),
    entry="SELECT id, received_at, customer_id, '', staff_id, kind, name, note, '', done_at IS NOT NULL, "
    "NULL, NULL, NULL, 0, NULL, NULL, '', NULL, '' FROM privacy_request",
)
