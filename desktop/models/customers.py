"""Customers, how they are reached, and how the shop groups them."""

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from desktop.models.base import Row
from desktop.models.shop import ImportRun


class Customer(Row):
    """A person or organisation; see DOMAIN.md for what each field means."""

    name = TextField()
    kind = TextField()
    relation = TextField()
    gender = TextField()
    birthday = TextField()
    birthday_calendar = TextField()
    birthday_leap = BooleanField()
    region = TextField()
    source = TextField()
    referred_by = ForeignKeyField("self", column_name="referred_by", null=True)
    likes = TextField()
    dislikes = TextField()
    expectations = TextField()
    family = TextField()
    notes = TextField()
    custom = TextField()
    created_at = TextField()
    checked_on = IntegerField(null=True)
    import_run = ForeignKeyField(ImportRun, null=True)

    class Meta:
        table_name = "customer"


class ContactPoint(Row):
    """One way to reach a customer; `norm` is what recognition compares, `value` what was written."""

    customer = ForeignKeyField(Customer)
    kind = TextField()
    channel = TextField()
    value = TextField()
    norm = TextField()
    main = BooleanField()

    class Meta:
        table_name = "contact_point"


class Tag(Row):
    """A word the shop puts on customers."""

    name = TextField()
    tone = TextField()

    class Meta:
        table_name = "tag"


class CustomerTag(Row):
    """A tag on a customer."""

    customer = ForeignKeyField(Customer)
    tag = ForeignKeyField(Tag)

    class Meta:
        table_name = "customer_tag"


class Relationship(Row):
    """Who somebody is to a customer: the related one is their spouse, parent, employer …"""

    customer = ForeignKeyField(Customer)
    related = ForeignKeyField(Customer)
    kind = TextField()
    note = TextField()

    class Meta:
        table_name = "relationship"
