"""Leads: possible customers, how they were found, and what came of them."""

from peewee import ForeignKeyField, IntegerField, TextField

from desktop.models.base import Row
from desktop.models.customers import Customer
from desktop.models.shop import ImportRun, Staff


class Lead(Row):
    """A possible sale to somebody; `method` is the finding method, `score` 0–100."""

    number = TextField()
    customer = ForeignKeyField(Customer)
    method = TextField()
    status = TextField()
    score = IntegerField(null=True)
    cost = IntegerField(null=True)
    wants = TextField()
    found_at = TextField()
    converted_at = TextField(null=True)
    note = TextField()
    staff = ForeignKeyField(Staff, null=True)
    import_run = ForeignKeyField(ImportRun, null=True)

    class Meta:
        table_name = "lead"
