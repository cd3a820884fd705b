"""The shop itself: settings, people, own fields, saved filters, files brought in, and attachments."""

from peewee import BlobField, BooleanField, ForeignKeyField, IntegerField, TextField

from desktop.models.base import Row


class Setting(Row):
    """A setting that belongs to the shop and travels with its book; `value` is JSON."""

    key = TextField()
    value = TextField()

    class Meta:
        table_name = "setting"


class Staff(Row):
    """A clerk."""

    name = TextField()
    role = TextField()
    active = BooleanField()

    class Meta:
        table_name = "staff"


class ImportRun(Row):
    """A file that was brought in: what it was, how it was read and what came of it."""

    at = TextField()
    file_name = TextField()
    file_hash = TextField()
    target = TextField()
    layout = TextField()
    mapping = TextField()
    counts = TextField()
    staff = ForeignKeyField(Staff, null=True)

    class Meta:
        table_name = "import_run"


class CustomField(Row):
    """A field the shop added; its values are in the subject's `custom` JSON."""

    subject = TextField()
    name = TextField()
    type = TextField()
    options = TextField()
    position = IntegerField()

    class Meta:
        table_name = "custom_field"


class Segment(Row):
    """A saved filter of the customer list; `condition` is JSON."""

    name = TextField()
    condition = TextField()
    position = IntegerField()

    class Meta:
        table_name = "segment"


class Attachment(Row):
    """A file kept with a record."""

    subject = TextField()
    subject_id = IntegerField()
    name = TextField()
    media_type = TextField()
    added_at = TextField()
    sha256 = TextField()
    data = BlobField()

    class Meta:
        table_name = "attachment"
