"""How the shop does things: the steps of its processes, and the lists of them that are ticked off."""

from peewee import ForeignKeyField, IntegerField, TextField

from desktop.models.base import Row
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.shop import Staff


class ProcessStep(Row):
    """A step of the shop's own process; due `hours` after the opening, done by a `fact` of an order."""

    process = TextField()
    position = IntegerField()
    title = TextField()
    hours = IntegerField(null=True)
    fact = TextField()

    class Meta:
        table_name = "process_step"


class Checklist(Row):
    """A stage's process as it goes with a customer or an order."""

    stage = TextField()
    customer = ForeignKeyField(Customer, null=True)
    order = ForeignKeyField(Order, null=True)
    opened_at = TextField()
    closed_at = TextField(null=True)
    staff = ForeignKeyField(Staff, null=True)

    class Meta:
        table_name = "checklist"


class ChecklistStep(Row):
    """One step of a checklist, as the process had it on the day the list was begun."""

    checklist = ForeignKeyField(Checklist)
    position = IntegerField()
    title = TextField()
    fact = TextField()
    due_at = TextField(null=True)
    done_at = TextField(null=True)
    staff = ForeignKeyField(Staff, null=True)
    note = TextField()

    class Meta:
        table_name = "checklist_step"
