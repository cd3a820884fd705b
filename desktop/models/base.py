"""What every table of the book shares: an integer key, and no database of its own (a step brings it)."""

from peewee import AutoField, Model


class Row(Model):
    """A row of the book; queries run on the book they are given, so that two books can be open in one process."""

    id = AutoField()
