"""Complaints on their way from received to closed, with the promises made and the remedies given."""

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from desktop.models.base import Row
from desktop.models.customers import Customer
from desktop.models.orders import Order, Product
from desktop.models.shop import ImportRun, Staff


class Complaint(Row):
    """A complaint as ISO 10002 follows it; `open` and `due_at` (the deadline that counts) are derived."""

    number = TextField()
    customer = ForeignKeyField(Customer, null=True)
    order = ForeignKeyField(Order, null=True)
    product = ForeignKeyField(Product, null=True)
    channel = TextField()
    received_at = TextField()
    title = TextField()
    text = TextField()
    wants = TextField()
    nature = TextField()
    subject = TextField()
    detail = TextField()
    mood = TextField()
    severity = TextField()
    status = TextField()
    reply_due_at = TextField(null=True)
    settle_due_at = TextField(null=True)
    replied_at = TextField(null=True)
    settled_at = TextField(null=True)
    closed_at = TextField(null=True)
    rejected_because = TextField()
    alternatives = TextField()
    cause = TextField()
    prevention = TextField()
    settlement = TextField()
    dispute = TextField()
    waiting_since = TextField(null=True)
    reopened = IntegerField()
    follows = ForeignKeyField("self", column_name="follows", null=True)
    staff = ForeignKeyField(Staff, null=True)
    import_run = ForeignKeyField(ImportRun, null=True)

    class Meta:
        table_name = "complaint"


class ComplaintStep(Row):
    """Something that happened to a complaint; `kind` is a status it reached, or reply, waiting, note …"""

    complaint = ForeignKeyField(Complaint)
    at = TextField()
    kind = TextField()
    text = TextField()
    staff = ForeignKeyField(Staff, null=True)

    class Meta:
        table_name = "complaint_step"


class Promise(Row):
    """What was promised, by when, and whether it was kept."""

    complaint = ForeignKeyField(Complaint, null=True)
    customer = ForeignKeyField(Customer, null=True)
    text = TextField()
    made_at = TextField()
    due_at = TextField()
    outcome = TextField()
    ended_at = TextField(null=True)
    staff = ForeignKeyField(Staff, null=True)

    class Meta:
        table_name = "promise"


class Remedy(Row):
    """What is offered or given to make it good, and what it costs; `state` is offered, given or declined.

    `points` of a given one stand in the customer's ledger.
    """

    complaint = ForeignKeyField(Complaint)
    kind = TextField()
    cost = IntegerField()
    text = TextField()
    given_at = TextField()
    state = TextField()
    staff = ForeignKeyField(Staff, null=True)
    points = IntegerField()

    class Meta:
        table_name = "remedy"


class ComplaintSubject(Row):
    """What the shop calls something below one of the seven subjects."""

    subject = TextField()
    title = TextField()
    position = IntegerField()
    active = BooleanField()

    class Meta:
        table_name = "complaint_subject"


class ComplaintAlias(Row):
    """The number of a complaint that was merged into another: whoever was told it still finds it."""

    number = TextField()
    complaint = ForeignKeyField(Complaint)

    class Meta:
        table_name = "complaint_alias"


class ComplaintLink(Row):
    """Two complaints that belong together: `kind` is related, cause (the same), or split (into it)."""

    complaint = ForeignKeyField(Complaint)
    linked = ForeignKeyField(Complaint)
    kind = TextField()

    class Meta:
        table_name = "complaint_link"


class Answer(Row):
    """Words at hand for a place (a stage, or a complaint), a subject, a mood; "" fits everywhere."""

    title = TextField()
    text = TextField()
    place = TextField()
    subject = TextField()
    mood = TextField()
    position = IntegerField()
    uses = IntegerField()
    used_at = TextField(null=True)

    class Meta:
        table_name = "answer"
