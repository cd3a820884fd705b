"""A history's entries as people read them: fields, values and steps in the user's words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from desktop.core import words
from desktop.core.dates import format_day, format_when
from desktop.core.money import format_money, format_price
from desktop.core.text import format_phone
from desktop.core.translation import mark, tr
from desktop.exchange.whole_book.subjects import BY_TABLE, FLAGS, NAMES, Field
from desktop.models.book import Book
from desktop.queries.history import CUSTOM, HistoryEntry, record_name

NOTHING = "—"
_WHOLES: Mapping[str, str] = {
    "contact_point": mark("Contact point"), "customer_tag": mark("Tag"), "relationship": mark("Relationship"),
    "order_line": mark("Order line"), "case_item": mark("Item of the case"),
}  # fmt: skip


class HistoryLine(NamedTuple):
    """An entry in words; `key` tells entries of the same field."""

    when: str
    who: str
    field: str
    before: str
    after: str
    what: str
    key: str
    undone: bool


class HistoryWords:
    """Puts entries of one book into words; asks for each record that is referred to once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._names: dict[tuple[str, int], str] = {}

    @cached_property
    def _currency(self) -> str:
        return str(self._book.setting("shop.currency"))

    def line(self, entry: HistoryEntry) -> HistoryLine:
        """The entry in words."""
        return HistoryLine(
            format_when(entry.at) if entry.at else tr("Unknown"),
            entry.clerk or NOTHING,
            self.field(entry),
            self.value(entry, entry.old),
            self.value(entry, entry.new),
            self.what(entry),
            field_key(entry),
            bool(entry.undone),
        )

    def field(self, entry: HistoryEntry) -> str:
        """What the field is called."""
        if not entry.field:
            values = entry.new or entry.old
            if entry.table == "contact_point":
                return words.name(words.CONTACT_KINDS, str(values["kind"]))
            return tr(_WHOLES[entry.table])
        if entry.field.startswith(f"{CUSTOM}:"):
            return entry.field.removeprefix(f"{CUSTOM}:")
        known = _field(entry.table, entry.field)
        return tr(known.title) if known else entry.field

    def what(self, entry: HistoryEntry) -> str:
        """What was done, and with which file."""
        done = tr(entry.label, **entry.args) if entry.label else tr("Outside of Shuke")
        if entry.undone:
            return tr("{step} (undone on {day})", step=done, day=format_day(entry.undone))
        if entry.file and entry.file not in done:
            return tr("{step}, from “{file}”", step=done, file=entry.file)
        return done

    def value(self, entry: HistoryEntry, value: Any) -> str:
        """A value as people read it; a dash for none."""
        if value is None or value == "":
            return NOTHING
        if not entry.field:
            return self._whole(entry.table, value)
        known = _field(entry.table, entry.field)
        if known is None:
            return self._own(value)
        return self._written(known, value)

    def _written(self, known: Field, value: Any) -> str:
        if known.refers:
            return self.name(known.refers, int(value))
        if known.kind == "code":
            # Steps and titles that the program itself brought along are codes of a kind, too.
            return words.name(known.words or {}, str(value)) or NOTHING
        writers = {
            "flag": lambda: tr(FLAGS[str(int(value))]),
            "money": lambda: format_money(int(value), self._currency),
            "price": lambda: format_price(int(value), self._currency),
            "day": lambda: format_day(int(value)),
            "when": lambda: format_when(str(value)),
            "number": lambda: f"{value:g}" if isinstance(value, float) else f"{value:,}",
        }
        return writers.get(known.kind, lambda: str(value))()

    def _own(self, value: Any) -> str:
        """A value of a field of the shop's own."""
        if isinstance(value, bool):
            return tr(FLAGS[str(int(value))])
        if isinstance(value, list):
            return ", ".join(str(one) for one in value)
        return str(value)

    def _whole(self, table: str, values: Mapping[str, Any]) -> str:
        if table == "contact_point":
            return self._point(values)
        if table == "customer_tag":
            return self.name("tag", int(values["tag_id"]))
        if table == "relationship":
            return tr(
                "{other} is {kind} of {one}",
                other=self.name("customer", int(values["related_id"])),
                kind=words.name(words.RELATIONSHIPS, str(values["kind"])),
                one=self.name("customer", int(values["customer_id"])),
            )
        amount = format_money(int(values["amount"]), self._currency)
        return f"{values['title']} ×{values['quantity']:g} · {amount}"

    def _point(self, values: Mapping[str, Any]) -> str:
        written = str(values["value"])
        if values["kind"] == "phone":
            written = format_phone(str(values["norm"]))
        elif values["channel"]:
            channel = words.name(words.ACCOUNT_CHANNELS, str(values["channel"]))
            written = f"{channel} {written}"
        return tr("{value} (main)", value=written) if values["main"] else written

    def name(self, table: str, row: int) -> str:
        """What people call a record; one that is gone by its number."""
        if (table, row) not in self._names:
            found = record_name(self._book, table=table, row=row)
            kind = tr(NAMES[table]) if table in NAMES else table
            self._names[table, row] = found or tr(
                "{kind} no. {number}, no longer in the book", kind=kind, number=row
            )
        return self._names[table, row]


def field_key(entry: HistoryEntry) -> str:
    """What tells entries of one field from those of others; contact points are told by their kind."""
    if entry.field:
        return f"{entry.table}.{entry.field}"
    values = entry.new or entry.old
    return f"{entry.table}:{values['kind']}" if entry.table == "contact_point" else entry.table


def _field(table: str, key: str) -> Field | None:
    subject = BY_TABLE.get(table)
    return next((field for field in subject.fields if field.key == key), None) if subject else None
