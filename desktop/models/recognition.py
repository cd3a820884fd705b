"""Who is whom: customers made one, pairs told apart, and pairs that an import could not tell apart."""

from peewee import ForeignKeyField, IntegerField, TextField

from desktop.models.base import Row
from desktop.models.customers import Customer
from desktop.models.shop import ImportRun, Staff


class Merge(Row):
    """Two customers made one; `gone`, `taken` and `moved` are JSON by which they can be taken apart."""

    kept = ForeignKeyField(Customer)
    gone_id = IntegerField()
    gone_name = TextField()
    at = TextField()
    gone = TextField()
    taken = TextField()
    moved = TextField()
    staff = ForeignKeyField(Staff, null=True)

    class Meta:
        table_name = "merge"


class NotSame(Row):
    """Two customers who look alike and are not one; the smaller id first."""

    one = ForeignKeyField(Customer)
    other = ForeignKeyField(Customer)
    at = TextField()
    staff = ForeignKeyField(Staff, null=True)

    class Meta:
        table_name = "not_same"


class Doubt(Row):
    """Two customers whom an import did not dare to take for one; `kind` is what they share."""

    one = ForeignKeyField(Customer)
    other = ForeignKeyField(Customer)
    kind = TextField()
    value = TextField()
    import_run = ForeignKeyField(ImportRun, null=True)

    class Meta:
        table_name = "doubt"
