"""What every table of the book shares: an integer key, and no database of its own (a step brings it)."""

from peewee import AutoField, Model


class Row(Model):
    """A row of the book; statements run on the book they are given, so one process can open two books."""

    id = AutoField()
