"""Service: every touch with a customer, after-sale cases with their steps, ratings and tasks."""

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from desktop.models.base import Row
from desktop.models.complaints import Complaint
from desktop.models.customers import Customer
from desktop.models.orders import Order
from desktop.models.shop import ImportRun, Staff


class ServiceCase(Row):
    """An after-sale process: return, exchange, repair, installation or warranty."""

    number = TextField()
    customer = ForeignKeyField(Customer, null=True)
    order = ForeignKeyField(Order, null=True)
    kind = TextField()
    status = TextField()
    place = TextField()
    opened_at = TextField()
    closed_at = TextField(null=True)
    title = TextField()
    text = TextField()
    staff = ForeignKeyField(Staff, null=True)

    class Meta:
        table_name = "service_case"


class CaseStep(Row):
    """One step of a service case."""

    case = ForeignKeyField(ServiceCase)
    position = IntegerField()
    title = TextField()
    done_at = TextField(null=True)
    staff = ForeignKeyField(Staff, null=True)
    note = TextField()

    class Meta:
        table_name = "case_step"


class Interaction(Row):
    """One touch with a customer, before, during or after a sale."""

    customer = ForeignKeyField(Customer, null=True)
    order = ForeignKeyField(Order, null=True)
    case = ForeignKeyField(ServiceCase, null=True)
    stage = TextField()
    channel = TextField()
    happened_at = TextField()
    minutes = IntegerField(null=True)
    title = TextField()
    text = TextField()
    pinned = BooleanField()
    staff = ForeignKeyField(Staff, null=True)
    import_run = ForeignKeyField(ImportRun, null=True)

    class Meta:
        table_name = "interaction"


class Rating(Row):
    """What a customer expected and what they got; unanswered while `rated_at` is empty."""

    customer = ForeignKeyField(Customer, null=True)
    order = ForeignKeyField(Order, null=True)
    case = ForeignKeyField(ServiceCase, null=True)
    complaint = ForeignKeyField(Complaint, null=True)
    channel = TextField()
    asked_at = TextField(null=True)
    rated_at = TextField(null=True)
    ended_at = TextField()
    expected = IntegerField(null=True)
    perceived = IntegerField(null=True)
    effort = IntegerField(null=True)
    recommend = IntegerField(null=True)
    reasons = TextField()
    text = TextField()
    staff = ForeignKeyField(Staff, null=True)
    import_run = ForeignKeyField(ImportRun, null=True)

    class Meta:
        table_name = "rating"


class Task(Row):
    """Something to do, by a person's word or a rule's; `due_day` is an ordinal day."""

    title = TextField()
    customer = ForeignKeyField(Customer, null=True)
    complaint = ForeignKeyField(Complaint, null=True)
    due_day = IntegerField(null=True)
    repeat = TextField()
    origin = TextField()
    note = TextField()
    created_at = TextField()
    done_at = TextField(null=True)
    staff = ForeignKeyField(Staff, null=True)

    class Meta:
        table_name = "task"
