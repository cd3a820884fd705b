"""What was bought: products, orders and their lines."""

from peewee import BooleanField, FloatField, ForeignKeyField, IntegerField, TextField

from desktop.models.base import Row
from desktop.models.customers import Customer
from desktop.models.shop import ImportRun, Staff


class Product(Row):
    """A thing the shop sells; `price` in ten-thousandths of the currency unit."""

    code = TextField(null=True)
    name = TextField()
    category = TextField()
    unit = TextField()
    price = IntegerField(null=True)
    active = BooleanField()
    warranty_months = IntegerField(null=True)
    import_run = ForeignKeyField(ImportRun, null=True)

    class Meta:
        table_name = "product"


class Order(Row):
    """A purchase, a return (status 'returned', nothing paid, `refunded` given back) or what became of one.

    Amounts in minor units: `total` as agreed, `paid` as received before refunds, `refunded` as given back.
    The database derives `day`, `purchase` and `net`; they are read in queries and never written.
    """

    number = TextField()
    channel = TextField()
    customer = ForeignKeyField(Customer, null=True)
    status = TextField()
    placed_at = TextField()
    paid_at = TextField(null=True)
    ended_at = TextField(null=True)
    total = IntegerField()
    paid = IntegerField()
    refunded = IntegerField()
    ship_to = TextField()
    staff = ForeignKeyField(Staff, null=True)
    note = TextField()
    import_run = ForeignKeyField(ImportRun, null=True)

    class Meta:
        table_name = "orders"


class OrderLine(Row):
    """One line of an order; `unit_price` in ten-thousandths of the unit, `amount` in minor units."""

    order = ForeignKeyField(Order)
    position = IntegerField()
    product = ForeignKeyField(Product, null=True)
    title = TextField()
    quantity = FloatField()
    unit_price = IntegerField()
    amount = IntegerField()

    class Meta:
        table_name = "order_line"
