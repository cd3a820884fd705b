"""The sheets of a whole-book workbook: every table that is kept, every field, and what people call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.core import words
from desktop.core.service_process import FACTS
from desktop.core.translation import mark

FieldKind = Literal["record", "text", "code", "flag", "number", "money", "price", "day", "when", "data"]
"""code: a stored word with a name people read; flag: yes or no; day: an ordinal; data: bytes."""

FLAGS: Mapping[str, str] = {"0": mark("No"), "1": mark("Yes")}


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table: its name there, its title (marked), and how it is written."""

    key: str
    title: str
    kind: FieldKind = "text"
    words: Mapping[str, str] | None = None
    """What people call a code."""
    refers: str = ""
    """The table whose record this number names."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One table and its sheet; `named_by` is the SQL that names a record of it to people."""

    table: str
    title: str
    fields: tuple[Field, ...]
    named_by: str = ""


RECORD = Field("id", mark("Record no."), "record")
NAMES: Mapping[str, str] = {
    "customer": mark("Customer"), "orders": mark("Order"), "product": mark("Product"),
    "staff": mark("Clerk"), "tag": mark("Tag"), "service_case": mark("Case"), "complaint": mark("Complaint"),
    "import_run": mark("Import"), "order_line": mark("Order line"), "interaction": mark("Service record"),
    "checklist": mark("Checklist"),
}  # fmt: skip
"""What a record of a table is called beside a record that refers to it."""


def _refer(table: str, key: str = "", title: str = "") -> Field:
    return Field(key or f"{table}_id", title or NAMES[table], "record", refers=table)


_CUSTOMER, _ORDER, _PRODUCT = _refer("customer"), _refer("orders", "order_id"), _refer("product")
_STAFF, _CASE, _COMPLAINT = _refer("staff"), _refer("service_case", "case_id"), _refer("complaint")
_IMPORT = _refer("import_run")
_CHANNEL = Field("channel", mark("Channel"), "code", words.CHANNELS)
_TITLE, _TEXT, _NOTE = (
    Field("title", mark("Title")),
    Field("text", mark("Text")),
    Field("note", mark("Note")),
)
_DUE, _DONE = Field("due_at", mark("Due at"), "when"), Field("done_at", mark("Done at"), "when")
_POSITION = Field("position", mark("Position"), "number")
REPEATS: Mapping[str, str] = {
    "": "", "daily": mark("Daily"), "weekly": mark("Weekly"), "monthly": mark("Monthly"),
    "yearly": mark("Yearly"),
}  # fmt: skip
PROCESSES: Mapping[str, str] = {**words.STAGES, **words.CASE_KINDS}
_FACT = Field("fact", mark("Done by itself when"), "code", FACTS)
_ORIGINS: Mapping[str, str] = {"person": mark("A person"), "rule": mark("A rule")}
_OUTCOMES: Mapping[str, str] = {"": "", "kept": mark("Kept"), "broken": mark("Broken")}
_TYPES: Mapping[str, str] = {
    "text": mark("Text"), "number": mark("A number"), "date": mark("Date"), "choice": mark("Choice"),
    "yesno": mark("Yes or no"),
}  # fmt: skip

SUBJECTS: tuple[Subject, ...] = (
    Subject("customer", mark("Customers"), (
        RECORD, Field("name", mark("Name")), Field("kind", mark("Kind"), "code", words.CUSTOMER_KINDS),
        Field("relation", mark("Relation"), "code", words.RELATIONS),
        Field("gender", mark("Gender"), "code", words.GENDERS), Field("birthday", mark("Birthday")),
        Field("birthday_calendar", mark("Birthday calendar"), "code", words.BIRTHDAY_CALENDARS),
        Field("birthday_leap", mark("In a leap month"), "flag"), Field("region", mark("Region")),
        Field("source", mark("Source")), _refer("customer", "referred_by", mark("Referred by")),
        Field("likes", mark("Likes")), Field("dislikes", mark("Dislikes and allergies")),
        Field("expectations", mark("Expectations")), Field("family", mark("Family")),
        Field("notes", mark("Notes")), Field("custom", mark("Own fields")),
        Field("created_at", mark("Added on"), "when"), Field("checked_on", mark("Last checked on"), "day"),
        _IMPORT,
    ), "name"),
    Subject("contact_point", mark("Contact points"), (
        RECORD, _CUSTOMER, Field("kind", mark("Kind"), "code", words.CONTACT_KINDS),
        Field("channel", mark("Channel"), "code", words.ACCOUNT_CHANNELS),
        Field("value", mark("As written")), Field("norm", mark("As compared")),
        Field("main", mark("The main one"), "flag"),
    )),
    Subject("tag", mark("Tags"), (
        RECORD, Field("name", mark("Name")), Field("tone", mark("Colour")),
    ), "name"),
    Subject("customer_tag", mark("Tags of customers"), (RECORD, _CUSTOMER, _refer("tag"))),
    Subject("product", mark("Products"), (
        RECORD, Field("code", mark("Code")), Field("name", mark("Name")),
        Field("category", mark("Category")), Field("unit", mark("Unit")),
        Field("price", mark("Price"), "price"), Field("active", mark("On sale"), "flag"),
        Field("warranty_months", mark("Warranty in months"), "number"), _IMPORT,
    ), "name"),
    Subject("orders", mark("Orders"), (
        RECORD, Field("number", mark("Order no.")), _CHANNEL, _CUSTOMER,
        Field("status", mark("Status"), "code", words.ORDER_STATUSES),
        Field("placed_at", mark("Placed at"), "when"), Field("paid_at", mark("Paid at"), "when"),
        Field("ended_at", mark("Ended at"), "when"), Field("total", mark("Total"), "money"),
        Field("paid", mark("Amount paid"), "money"), Field("refunded", mark("Amount refunded"), "money"),
        Field("ship_to", mark("Shipped to")), _STAFF, _NOTE, _IMPORT,
    ), "number"),
    Subject("order_line", mark("Order lines"), (
        RECORD, _ORDER, _POSITION, _PRODUCT, _TITLE, Field("quantity", mark("Quantity"), "number"),
        Field("unit_price", mark("Unit price"), "price"), Field("amount", mark("Amount"), "money"),
    ), "title"),
    Subject("interaction", mark("Service records"), (
        RECORD, _CUSTOMER, _ORDER, _CASE, _COMPLAINT,
        Field("stage", mark("Stage"), "code", words.STAGES), _CHANNEL,
        Field("happened_at", mark("Happened at"), "when"), Field("minutes", mark("Minutes"), "number"),
        _TITLE, _TEXT, Field("pinned", mark("Pinned"), "flag"),
        Field("gave", mark("Gave"), "code", words.GAVE), _STAFF, _IMPORT,
    ), "iif(title = '', text, title)"),
    Subject("service_case", mark("Service cases"), (
        RECORD, Field("number", mark("Case no.")), _CUSTOMER, _ORDER,
        Field("kind", mark("Kind"), "code", words.CASE_KINDS),
        Field("status", mark("Status"), "code", words.CASE_STATUSES), Field("place", mark("Where")),
        Field("opened_at", mark("Opened at"), "when"), Field("closed_at", mark("Closed at"), "when"),
        _TITLE, _TEXT, Field("reason", mark("Reason"), "code", words.CASE_REASONS), _DUE,
        Field("outcome", mark("Outcome"), "code", words.CASE_OUTCOMES), Field("cost", mark("Cost"), "money"),
        Field("refunded", mark("Amount refunded"), "money"),
        Field("answered_at", mark("Answered at"), "when"),
        Field("waiting_since", mark("Waiting since"), "when"),
        Field("waited_minutes", mark("Minutes waited"), "number"), _STAFF,
    ), "number"),
    Subject("case_step", mark("Steps of cases"), (
        RECORD, _CASE, _POSITION, _TITLE, _DUE, _DONE, _STAFF, _NOTE,
    )),
    Subject("case_item", mark("Items of cases"), (
        RECORD, _CASE, _refer("order_line"), _PRODUCT, _TITLE, Field("quantity", mark("Quantity"), "number"),
        Field("amount", mark("Amount"), "money"),
    )),
    Subject("complaint", mark("Complaints"), (
        RECORD, Field("number", mark("Complaint no.")), _CUSTOMER, _ORDER, _PRODUCT, _CHANNEL,
        Field("received_at", mark("Received at"), "when"), _TITLE, _TEXT,
        Field("wants", mark("What the customer wants")),
        Field("nature", mark("Nature"), "code", words.NATURES),
        Field("subject", mark("Subject"), "code", words.SUBJECTS), Field("detail", mark("Detail")),
        Field("mood", mark("Mood"), "code", words.MOODS),
        Field("severity", mark("Severity"), "code", words.SEVERITIES),
        Field("status", mark("Status"), "code", words.COMPLAINT_STATUSES),
        Field("reply_due_at", mark("Reply due at"), "when"),
        Field("settle_due_at", mark("Settlement due at"), "when"),
        Field("replied_at", mark("Replied at"), "when"), Field("settled_at", mark("Settled at"), "when"),
        Field("closed_at", mark("Closed at"), "when"),
        Field("rejected_because", mark("Rejected because")),
        Field("alternatives", mark("Alternatives")), Field("cause", mark("Cause")),
        Field("prevention", mark("Prevention")), Field("settlement", mark("Settlement")),
        Field("dispute", mark("Dispute no.")), Field("waiting_since", mark("Waiting since"), "when"),
        Field("reopened", mark("Times reopened"), "number"),
        _refer("complaint", "follows", mark("Follows")), _STAFF, _IMPORT,
    ), "number"),
    Subject("complaint_step", mark("Steps of complaints"), (
        RECORD, _COMPLAINT, Field("at", mark("When"), "when"),
        Field("kind", mark("Kind"), "code", words.COMPLAINT_STATUSES), _TEXT, _STAFF,
    )),
    Subject("promise", mark("Promises"), (
        RECORD, _COMPLAINT, _CUSTOMER, _TEXT, Field("made_at", mark("Made at"), "when"),
        Field("due_at", mark("Due at"), "when"), Field("outcome", mark("Outcome"), "code", _OUTCOMES),
        Field("ended_at", mark("Ended at"), "when"), _STAFF,
    )),
    Subject("remedy", mark("Remedies"), (
        RECORD, _COMPLAINT, Field("kind", mark("Kind"), "code", words.REMEDIES),
        Field("cost", mark("Cost"), "money"), _TEXT, Field("given_at", mark("Given at"), "when"),
        Field("state", mark("State"), "code", words.REMEDY_STATES), _STAFF,
        Field("points", mark("Points"), "number"),
    )),
    Subject("complaint_subject", mark("Subjects of complaints"), (
        RECORD, Field("subject", mark("Subject"), "code", words.SUBJECTS), _TITLE, _POSITION,
        Field("active", mark("In use"), "flag"),
    )),
    Subject("complaint_alias", mark("Earlier numbers of complaints"), (
        RECORD, Field("number", mark("Complaint no.")), _COMPLAINT,
    )),
    Subject("complaint_link", mark("Linked complaints"), (
        RECORD, _COMPLAINT, _refer("complaint", "linked_id", mark("Linked to")),
        Field("kind", mark("Kind"), "code", words.COMPLAINT_LINKS),
    )),
    Subject("answer", mark("Answers at hand"), (
        RECORD, _TITLE, _TEXT, Field("place", mark("For"), "code", words.ANSWER_PLACES),
        Field("subject", mark("Subject"), "code", {"": "", **words.SUBJECTS}),
        Field("mood", mark("Mood"), "code", words.MOODS), _POSITION,
        Field("uses", mark("Times used"), "number"), Field("used_at", mark("Last used"), "when"),
    )),
    Subject("rating", mark("Ratings"), (
        RECORD, _CUSTOMER, _ORDER, _CASE, _COMPLAINT, _CHANNEL, Field("asked_at", mark("Asked at"), "when"),
        Field("rated_at", mark("Rated at"), "when"), Field("ended_at", mark("Ended at"), "when"),
        Field("expected", mark("Expected (1–5)"), "number"),
        Field("perceived", mark("Perceived (1–5)"), "number"),
        Field("effort", mark("Effort (1–7)"), "number"),
        Field("recommend", mark("Would recommend (0–10)"), "number"), Field("reasons", mark("Reasons")),
        _TEXT, Field("public", mark("Public"), "flag"), _STAFF, _IMPORT,
        Field("code", mark("Card code")), Field("expected_at", mark("Expectation told at"), "when"),
        Field("skipped_at", mark("Not asked since"), "when"),
    )),
    Subject("task", mark("Tasks"), (
        RECORD, _TITLE, _CUSTOMER, _COMPLAINT, _ORDER, _CASE, _refer("interaction"),
        Field("due_day", mark("Due on"), "day"), Field("due_minute", mark("Due at minute"), "number"),
        Field("remind_at", mark("Remind at"), "when"),
        Field("repeat", mark("Repeats"), "code", REPEATS),
        Field("repeat_every", mark("Every so many"), "number"),
        Field("origin", mark("Origin"), "code", _ORIGINS),
        _NOTE, Field("created_at", mark("Added on"), "when"), _DONE, _STAFF,
    )),
    Subject("process_step", mark("Steps of processes"), (
        RECORD, Field("process", mark("Process"), "code", PROCESSES), _POSITION, _TITLE,
        Field("hours", mark("Due after hours"), "number"), _FACT,
    )),
    Subject("checklist", mark("Checklists"), (
        RECORD, Field("stage", mark("Stage"), "code", words.STAGES), _CUSTOMER, _ORDER,
        Field("opened_at", mark("Opened at"), "when"), Field("closed_at", mark("Closed at"), "when"), _STAFF,
    ), "opened_at"),
    Subject("checklist_step", mark("Steps of checklists"), (
        RECORD, _refer("checklist"), _POSITION, _TITLE, _FACT, _DUE, _DONE, _STAFF, _NOTE,
    )),
    Subject("relationship", mark("Relationships"), (
        RECORD, _CUSTOMER, _refer("customer", "related_id", mark("The other")),
        Field("kind", mark("Is their"), "code", words.RELATIONSHIPS), _NOTE,
    )),
    Subject("consent", mark("Consents"), (
        RECORD, _CUSTOMER, Field("purpose", mark("Purpose"), "code", words.CONSENT_PURPOSES),
        Field("given", mark("Given"), "flag"), Field("at", mark("When"), "when"), _CHANNEL, _TEXT, _STAFF,
    )),
    Subject("privacy_request", mark("Privacy requests"), (
        RECORD, _CUSTOMER, Field("name", mark("Name")),
        Field("kind", mark("Asked for"), "code", words.PRIVACY_KINDS),
        Field("received_at", mark("Received at"), "when"), _DUE, _DONE, Field("outcome", mark("Outcome")),
        _NOTE, _STAFF,
    )),
    Subject("lead", mark("Leads"), (
        RECORD, Field("number", mark("Lead no.")), _CUSTOMER, Field("method", mark("How found")),
        Field("status", mark("Status"), "code", words.LEAD_STATUSES),
        Field("score", mark("Score (0–100)"), "number"), Field("cost", mark("Cost"), "money"),
        Field("wants", mark("What the customer wants")), Field("found_at", mark("Found at"), "when"),
        Field("converted_at", mark("Became a customer at"), "when"), _NOTE, _STAFF, _IMPORT,
    )),
    Subject("points_entry", mark("Points entries"), (
        RECORD, _CUSTOMER, _ORDER, Field("at", mark("When"), "when"),
        Field("points", mark("Points"), "number"),
        Field("reason", mark("Reason"), "code", words.POINTS_REASONS), _TEXT, _STAFF, _IMPORT,
    )),
    Subject("shipment", mark("Shipments"), (
        RECORD, Field("number", mark("Tracking no.")), Field("carrier", mark("Carrier")), _ORDER, _CUSTOMER,
        Field("direction", mark("Direction"), "code", words.SHIPMENT_DIRECTIONS),
        Field("status", mark("Status"), "code", words.SHIPMENT_STATUSES),
        Field("shipped_at", mark("Shipped at"), "when"), Field("arrived_at", mark("Arrived at"), "when"),
        Field("cost", mark("Cost"), "money"), Field("ship_to", mark("Shipped to")), _NOTE, _STAFF, _IMPORT,
    )),
    Subject("visit", mark("Visits"), (
        RECORD, _CUSTOMER, _CHANNEL, Field("at", mark("When"), "when"), Field("path", mark("Page")),
        Field("came_from", mark("Came from")), Field("seconds", mark("Seconds"), "number"),
        Field("bounced", mark("Left at once"), "flag"), _IMPORT,
    )),
    Subject("merge", mark("Merged customers"), (
        RECORD, _refer("customer", "kept_id", mark("Customer")),
        Field("gone_id", mark("Former record no."), "record"),
        Field("gone_name", mark("Former name")), Field("at", mark("When"), "when"),
        Field("gone", mark("What they were")), Field("taken", mark("Fields changed")),
        Field("moved", mark("What moved over")), _STAFF,
    )),
    Subject("not_same", mark("Told apart"), (
        RECORD, _refer("customer", "one_id", mark("One")), _refer("customer", "other_id", mark("The other")),
        Field("at", mark("When"), "when"), _STAFF,
    )),
    Subject("doubt", mark("Doubtful matches"), (
        RECORD, _refer("customer", "one_id", mark("One")), _refer("customer", "other_id", mark("The other")),
        Field("kind", mark("They share")), Field("value", mark("Value")), _IMPORT,
    )),
    Subject("segment", mark("Saved filters"), (
        RECORD, Field("name", mark("Name")), Field("condition", mark("Condition")), _POSITION,
    )),
    Subject("staff", mark("Clerks"), (
        RECORD, Field("name", mark("Name")), Field("role", mark("Role")),
        Field("active", mark("Works here"), "flag"),
    ), "name"),
    Subject("custom_field", mark("Own fields"), (
        RECORD, Field("subject", mark("Belongs to")), Field("name", mark("Name")),
        Field("type", mark("Type"), "code", _TYPES), Field("options", mark("Choices")), _POSITION,
    )),
    Subject("import_run", mark("Imports"), (
        RECORD, Field("at", mark("When"), "when"), Field("file_name", mark("File")),
        Field("file_hash", mark("Fingerprint of the file")), Field("target", mark("Brought in")),
        Field("layout", mark("Layout")), Field("mapping", mark("Columns")), Field("counts", mark("Counts")),
        _STAFF,
    ), "file_name"),
    Subject("attachment", mark("Attachments"), (
        RECORD, Field("subject", mark("Belongs to")),
        Field("subject_id", mark("Record it belongs to"), "record"),
        Field("name", mark("Name")), Field("media_type", mark("Type")),
        Field("added_at", mark("Added on"), "when"), Field("sha256", mark("Fingerprint")),
        Field("data", mark("Content"), "data"),
    )),
    Subject("setting", mark("Shop settings"), (
        RECORD, Field("key", mark("Setting")), Field("value", mark("Value")),
    )),
)  # fmt: skip
BY_TABLE: Mapping[str, Subject] = {subject.table: subject for subject in SUBJECTS}
