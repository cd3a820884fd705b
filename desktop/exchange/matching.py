"""Matches a table's columns to fields: by layout, by header, by content; and says how sure each match is."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.exchange import contents, fields, layouts, synonyms
from desktop.exchange.fields import CUSTOMERS, ORDERS
from desktop.exchange.layouts import Layout
from desktop.exchange.table import Column, Table, cell_text, letters

_HEADER_WITHIN = 40
"""A bill of WeChat Pay has 17 lines above its header."""
_SAMPLES = 3
_SAMPLED_ROWS = 2_000

# A text without a date is no order, one without anything of an order is a customer.
_TELLS_ORDER = (
    "order.number",
    "order.placed_at",
    "order.total",
    "order.paid",
    "line.quantity",
    "line.unit_price",
)
_SEVERAL = frozenset({*fields.CONTACTS, "order.note", "customer.notes", "customer.tags", fields.CUSTOM})
"""Fields that several columns may go to."""


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """Where one column of the file goes."""

    index: int
    header: str
    samples: tuple[str, ...]
    field: str = ""
    """A key of fields.FIELD, or "" when the column is left out."""
    confidence: str = "none"
    """exact, likely, guess or none."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a whole table is read."""

    target: str
    layout: str
    header_row: int
    """Counted from 0; -1 when the table has no headers."""
    columns: tuple[ColumnMatch, ...]
    day_first: bool | None = None
    """Whether 03/04/2026 is the third of April; None: found out from the column, else asked."""

    @property
    def placed(self) -> int:
        """How many columns go somewhere."""
        return sum(1 for column in self.columns if column.field)

    def with_field(self, index: int, field: str) -> Mapping:
        """The same with one column sent elsewhere ("" leaves it out); most fields take one column only."""
        single = field and field not in _SEVERAL
        columns = (
            replace(column, field=field, confidence="exact" if field else "none")
            if column.index == index
            else replace(column, field="", confidence="none")
            if single and column.field == field
            else column
            for column in self.columns
        )
        return replace(self, columns=tuple(columns))

    def with_target(self, table: Table, target: str) -> Mapping:
        """The columns matched anew for the other target."""
        return replace(_match(table, self.header_row, None, target), day_first=self.day_first)

    def with_day_first(self, day_first: bool | None) -> Mapping:
        """The same with the answer to how 03/04/2026 is meant."""
        return replace(self, day_first=day_first)


def match_columns(table: Table, layout: str | None = None) -> Mapping:
    """Finds the header row, recognises the layout (or takes the one named) and places every column it can."""
    row = header_row(table)
    headers = _headers(table, row)
    chosen = layouts.named(layout) if layout else layouts.recognise(headers)
    if chosen is not None:
        return _match(table, row, chosen, chosen.target)
    as_orders, as_customers = _match(table, row, None, ORDERS), _match(table, row, None, CUSTOMERS)
    told = {column.field for column in as_orders.columns}
    tells = sum(field in told for field in _TELLS_ORDER)
    # An order has a moment and either a number or an amount; a list of customers may have a date and a total.
    placed = "order.placed_at" in told or "order.paid_at" in told
    orders = placed and tells >= 2 and as_orders.placed >= as_customers.placed - 1
    return as_orders if orders else as_customers


def header_row(table: Table) -> int:
    """The row with the most known headers, under whatever title stands above; -1 when there is none."""
    best, best_known = -1, 0
    known: Dict[str, object] = {**fields.headers(ORDERS), **fields.headers(CUSTOMERS)}
    told = set(known)
    for layout in layouts.layouts():
        told |= set(layout.columns)
    for row in range(min(_HEADER_WITHIN, table.height)):
        names = [table.cell(row, column) for column in range(table.width)]
        hits = sum(isinstance(name, str) and synonyms.folded(name) in told for name in names)
        if hits > best_known:
            best, best_known = row, hits
    if best_known >= 2 or (best_known and table.width <= 3):
        return best
    return _plain_header(table)


def _plain_header(table: Table) -> int:
    """The first full row, when it is all text, each different, and what follows is not like it."""
    for row in range(min(_HEADER_WITHIN, table.height)):
        cells = [table.cell(row, column) for column in range(table.width)]
        if sum(cell is not None for cell in cells) < max(1, round(table.width * 0.6)):
            continue
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        short = all(len(text) <= 40 and contents.kind_of([text]) in ("text", "name") for text in texts)
        return row if short and len(texts) == len(set(texts)) >= table.width * 0.6 else -1
    return -1


def _headers(table: Table, row: int) -> list[str]:
    """The columns' names; a column without one is known by its letter."""
    names = [table.text(row, column).strip() if row >= 0 else "" for column in range(table.width)]
    return [" ".join(name.split()) or letters(column) for column, name in enumerate(names)]


def _match(table: Table, row: int, layout: Layout | None, target: str) -> Mapping:
    headers = _headers(table, row)
    known = fields.headers(target)
    found: dict[int, tuple[str, str]] = {}
    taken: set[str] = set()

    def place(index: int, field: str, sure: str) -> None:
        if index not in found and (field not in taken or (field in _SEVERAL and sure == "exact")):
            found[index] = (field, sure)
            taken.add(field)

    if layout is not None:
        for index, header in enumerate(headers):
            if field := layout.columns.get(synonyms.folded(header)):
                place(index, field, "exact")
    else:
        for sure in ("exact", "likely"):
            for index, header in enumerate(headers):
                told = known.get(synonyms.folded(header))
                if told and told[1] == sure:
                    place(index, told[0], sure)
        for index in range(table.width):
            field = _by_content(table, row, index, target, taken) if index not in found else ""
            if field:
                place(index, field, "guess")
    columns = tuple(
        ColumnMatch(index, header, _samples(table, row, index), *found.get(index, ("", "none")))
        for index, header in enumerate(headers)
    )
    return Mapping(target, layout.name if layout else "", row, columns, layout.day_first if layout else None)


_BY_CONTENT: Dict[str, Dict[str, tuple[str, ...]]] = {
    "phone": {ORDERS: ("customer.phone",), CUSTOMERS: ("customer.phone",)},
    "email": {ORDERS: ("customer.email",), CUSTOMERS: ("customer.email",)},
    "when": {ORDERS: ("order.placed_at", "order.paid_at"), CUSTOMERS: ("customer.created_at",)},
    "number": {ORDERS: ("order.number",), CUSTOMERS: ()},
    "amount": {ORDERS: ("order.total",), CUSTOMERS: ()},
    "address": {ORDERS: ("order.ship_to",), CUSTOMERS: ("customer.address",)},
    "name": {ORDERS: ("customer.name",), CUSTOMERS: ("customer.name",)},
}
_NAMES_REPEAT = {ORDERS: 50, CUSTOMERS: 2}
"""A customer stands once in a list of customers, and in many orders."""
# A total is not guessed where lines give it, a moment not beside a known one.
_SPARED_BY: Dict[str, frozenset[str]] = {
    "order.total": frozenset({"order.paid", "line.amount", "line.unit_price"}),
    "order.ship_to": frozenset({"customer.address", "customer.region"}),
    "order.paid_at": frozenset({"order.placed_at"}),
}


def _by_content(table: Table, row: int, index: int, target: str, taken: set[str]) -> str:
    """The field that the column's values suggest and no column has yet, or ""."""
    values = table.columns[index].values
    header = table.cell(row, index) if row >= 0 else None
    kind = contents.kind_of([value for value in values[:_SAMPLED_ROWS] if value is not header])
    if kind == "name" and _repeats(table.columns[index]) > _NAMES_REPEAT[target]:
        kind = "text"  # A handful of words over and over are states or kinds, whatever they look like.
    for field in _BY_CONTENT.get(kind, {}).get(target, ()):
        if field not in taken and not (_SPARED_BY.get(field, frozenset()) & taken):
            return field
    return ""


def _repeats(column: Column) -> float:
    """How often each of a column's values stands in it, on average."""
    return len(column.codes) / max(1, len(column.values))


def _samples(table: Table, row: int, index: int) -> tuple[str, ...]:
    found: list[str] = []
    column = table.columns[index]
    for code in column.codes[row + 1 : row + 1 + _SAMPLED_ROWS]:
        text = cell_text(column.values[code]).strip()
        if text:
            found.append(text)
            if len(found) == _SAMPLES:
                break
    return tuple(found)


def mapping_from_words(mapping: Mapping, words: Sequence[str]) -> Mapping:
    """Applies what was typed: "COLUMN=field" sends a column, "COLUMN=" leaves it out. Raises UserError."""
    for word in words:
        header, equals, wanted = word.rpartition("=")
        if not equals:
            raise UserError(
                tr("“{word}” does not say where a column goes.", word=word), tr("Write it as COLUMN=field.")
            )
        column = _column(mapping, header)
        field = fields.find(mapping.target, wanted) if wanted.strip() else ""
        if field is None:
            known = ", ".join(field.key for field in fields.fields_of(mapping.target))
            raise UserError(
                tr("There is no field “{name}”.", name=wanted), tr("Fields: {names}.", names=known)
            )
        mapping = mapping.with_field(column.index, field)
    return mapping


def _column(mapping: Mapping, header: str) -> ColumnMatch:
    wanted = synonyms.folded(header)
    for column in mapping.columns:
        if synonyms.folded(column.header) == wanted or letters(column.index) == header.strip().upper():
            return column
    known = ", ".join(column.header for column in mapping.columns)
    raise UserError(
        tr("The file has no column “{name}”.", name=header), tr("Its columns: {names}.", names=known)
    )
