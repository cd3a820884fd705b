"""What may be done with whose data, and what customers asked the shop to do with theirs."""

from peewee import BooleanField, ForeignKeyField, TextField

from desktop.models.base import Row
from desktop.models.customers import Customer
from desktop.models.shop import Staff


class Consent(Row):
    """A customer's word on a purpose; the newest one holds."""

    customer = ForeignKeyField(Customer)
    purpose = TextField()
    given = BooleanField()
    at = TextField()
    channel = TextField()
    text = TextField()
    staff = ForeignKeyField(Staff, null=True)

    class Meta:
        table_name = "consent"


class PrivacyRequest(Row):
    """What somebody asked about their data; `name` is kept for when the customer is no longer there."""

    customer = ForeignKeyField(Customer, null=True)
    name = TextField()
    kind = TextField()
    received_at = TextField()
    due_at = TextField(null=True)
    done_at = TextField(null=True)
    outcome = TextField()
    note = TextField()
    staff = ForeignKeyField(Staff, null=True)

    class Meta:
        table_name = "privacy_request"
