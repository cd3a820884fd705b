"""Shipping: parcels to customers and back."""

from peewee import ForeignKeyField, IntegerField, TextField

from desktop.models.base import Row
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.shop import ImportRun, Staff


class Shipment(Row):
    """A parcel; `number` is the carrier's, `direction` says whether it leaves or comes back."""

    number = TextField()
    carrier = TextField()
    order = ForeignKeyField(Order, null=True)
    customer = ForeignKeyField(Customer, null=True)
    direction = TextField()
    status = TextField()
    shipped_at = TextField()
    arrived_at = TextField(null=True)
    cost = IntegerField(null=True)
    ship_to = TextField()
    note = TextField()
    staff = ForeignKeyField(Staff, null=True)
    import_run = ForeignKeyField(ImportRun, null=True)

    class Meta:
        table_name = "shipment"
