"""Service: every touch with a customer, after-sale cases with their steps, ratings and tasks."""

from peewee import BooleanField, FloatField, ForeignKeyField, IntegerField, TextField

from desktop.models.base import Row
from desktop.models.complaints import Complaint
from desktop.models.customers import Customer
from desktop.models.orders import Order, OrderLine, Product
from desktop.models.shop import ImportRun, Staff


class ServiceCase(Row):
    """An after-sale process: return, exchange, repair, installation or warranty.

    Minor units: `cost` is what it cost the shop, `refunded` what it gave back. `answered_at` is the first
    word to the customer; the clock stands still from `waiting_since`, and stood still for `waited_minutes`
    before that.
    """

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
    reason = TextField()
    due_at = TextField(null=True)
    outcome = TextField()
    cost = IntegerField()
    refunded = IntegerField()
    answered_at = TextField(null=True)
    waiting_since = TextField(null=True)
    waited_minutes = IntegerField()
    staff = ForeignKeyField(Staff, null=True)

    class Meta:
        table_name = "service_case"


class CaseItem(Row):
    """What a case is about: some of an order's line, or a product; `amount` in minor units."""

    case = ForeignKeyField(ServiceCase)
    order_line = ForeignKeyField(OrderLine, null=True)
    product = ForeignKeyField(Product, null=True)
    title = TextField()
    quantity = FloatField()
    amount = IntegerField()

    class Meta:
        table_name = "case_item"


class CaseStep(Row):
    """One step of a service case."""

    case = ForeignKeyField(ServiceCase)
    position = IntegerField()
    title = TextField()
    due_at = TextField(null=True)
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
    complaint = ForeignKeyField(Complaint, null=True)
    stage = TextField()
    channel = TextField()
    happened_at = TextField()
    minutes = IntegerField(null=True)
    title = TextField()
    text = TextField()
    pinned = BooleanField()
    gave = TextField()
    staff = ForeignKeyField(Staff, null=True)
    import_run = ForeignKeyField(ImportRun, null=True)

    class Meta:
        table_name = "interaction"


class Rating(Row):
    """What a customer expected and what they got; unanswered while `rated_at` is empty.

    `code` stands on the card by which it is answered; `expected_at` is when the expectation was told before
    there was anything to rate; what was `skipped_at` some moment nobody is asked or reminded of.
    """

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
    public = BooleanField()
    staff = ForeignKeyField(Staff, null=True)
    import_run = ForeignKeyField(ImportRun, null=True)
    code = TextField()
    expected_at = TextField(null=True)
    skipped_at = TextField(null=True)

    class Meta:
        table_name = "rating"


class Task(Row):
    """Something to do, by a person's word or a rule's; `due_day` is an ordinal day.

    `due_minute` counts from that day's midnight. The task repeats every `repeat_every` days, weeks, months or
    years; its reminder rings at `remind_at`.
    """

    title = TextField()
    customer = ForeignKeyField(Customer, null=True)
    complaint = ForeignKeyField(Complaint, null=True)
    order = ForeignKeyField(Order, null=True)
    case = ForeignKeyField(ServiceCase, null=True)
    interaction = ForeignKeyField(Interaction, null=True)
    due_day = IntegerField(null=True)
    due_minute = IntegerField(null=True)
    remind_at = TextField(null=True)
    repeat = TextField()
    repeat_every = IntegerField()
    origin = TextField()
    note = TextField()
    created_at = TextField()
    done_at = TextField(null=True)
    staff = ForeignKeyField(Staff, null=True)

    class Meta:
        table_name = "task"
