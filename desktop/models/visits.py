"""Visits: what customers looked at on the web, as a platform reports it."""

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from desktop.models.base import Row
from desktop.models.customers import Customer
from desktop.models.shop import ImportRun


class Visit(Row):
    """One page seen; `seconds` is how long, `bounced` that nothing else was looked at."""

    customer = ForeignKeyField(Customer, null=True)
    channel = TextField()
    at = TextField()
    path = TextField()
    came_from = TextField()
    seconds = IntegerField(null=True)
    bounced = BooleanField()
    import_run = ForeignKeyField(ImportRun, null=True)

    class Meta:
        table_name = "visit"
