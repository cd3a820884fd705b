"""Membership: the ledger of points, to which entries are only ever added."""

from peewee import ForeignKeyField, IntegerField, TextField

from desktop.models.base import Row
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.shop import ImportRun, Staff


class PointsEntry(Row):
    """Points that came (above nothing) or went (below); a customer's points are the sum."""

    customer = ForeignKeyField(Customer)
    order = ForeignKeyField(Order, null=True)
    at = TextField()
    points = IntegerField()
    reason = TextField()
    text = TextField()
    staff = ForeignKeyField(Staff, null=True)
    import_run = ForeignKeyField(ImportRun, null=True)

    class Meta:
        table_name = "points_entry"
