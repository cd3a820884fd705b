"""Matches a table's columns to fields: by layout, by header, by content; and says how sure each match is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.exchange.matching import coded_columns, contents
from desktop.exchange.matching.header_row import find_header, headers_of
from desktop.exchange.matching.target_choice import Placing, likeliest
from desktop.exchange.reading.table import Column, Table, cell_text, letters
from desktop.exchange.values.code_words import CODES
from desktop.exchange.vocabulary import fields, layouts, synonyms
from desktop.exchange.vocabulary.layout_file import Layout, Shape
from desktop.exchange.vocabulary.ours import is_reason
from desktop.exchange.vocabulary.subjects import CUSTOMERS, ORDERS, TARGETS, WHO

_SAMPLES = 3
_SAMPLED_ROWS = 2_000

SEVERAL = frozenset({*fields.CONTACTS, "order.note", "customer.notes", "customer.tags", fields.CUSTOM})
"""Fields of which every column counts; of others the first column that says something does."""


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
    shape: Shape = field(default_factory=Shape)
    """How the layout wants the table changed before it is read (reshape.py). `columns` are the file's: the
    parts of a joined or repeated value each carry its field, and one sent elsewhere leaves it."""
    words: Dict[str, Dict[str, str]] = field(default_factory=dict)
    """Field → folded word of the file → our code for it, "" for nothing: what the owner said of words that
    nobody else knows."""

    @property
    def placed(self) -> int:
        """How many columns go somewhere."""
        return sum(1 for column in self.columns if column.field)

    def with_field(self, index: int, field: str) -> Mapping:
        """The same with one column sent elsewhere ("" leaves it out); most fields take one column only."""
        # A part of a value that is sent where it goes already leaves the others where they are.
        again = any(column.index == index and column.field == field for column in self.columns)
        single = field and field not in SEVERAL and not again
        columns = (
            replace(column, field=field, confidence="exact" if field else "none")
            if column.index == index
            else replace(column, field="", confidence="none")
            if single and column.field == field
            else column
            for column in self.columns
        )
        return replace(self, columns=tuple(columns))

    def with_part(self, index: int, field: str) -> Mapping:
        """The same with one column more for a field: a part of its value, behind those it has."""
        parts = dict(self.shape.join)
        there = [c for c in self.columns if c.field == field and c.index != index]
        headers = [column.header for column in (*there, self.columns[index])]
        first, *others = parts.get(field, ((),))
        first = (*first, *(name for name in map(synonyms.folded, headers) if name not in first))
        parts[field] = (first, *others)
        columns = tuple(
            replace(column, field=field, confidence="exact") if column.index == index else column
            for column in self.columns
        )
        return replace(self, columns=columns, shape=replace(self.shape, join=parts))

    def with_target(self, table: Table, target: str) -> Mapping:
        """The columns matched anew for the other target."""
        found = _match(_Look(table, self.header_row), None, target)
        return replace(found, day_first=self.day_first, words=self.words)

    def with_word(self, field: str, word: str, code: str | None) -> Mapping:
        """The same with the answer to what a word of a field stands for ("" for nothing, None: not said)."""
        told = {key: dict(known) for key, known in self.words.items()}
        if code is None:
            told.get(field, {}).pop(synonyms.folded(word), None)
        else:
            told.setdefault(field, {})[synonyms.folded(word)] = code
        return replace(self, words={key: known for key, known in told.items() if known})

    def with_day_first(self, day_first: bool | None) -> Mapping:
        """The same with the answer to how 03/04/2026 is meant."""
        return replace(self, day_first=day_first)


def match_columns(table: Table, layout: str | None = None) -> Mapping:
    """Finds the header row, recognises the layout (or takes the one named) and places every column it can."""
    look = _Look(table, find_header(table))
    chosen = layouts.named(layout) if layout else layouts.recognise(look.headers)
    if chosen is not None:
        return _match(look, chosen, chosen.target)
    found = {target: _match(look, None, target) for target in TARGETS}
    placed = {
        target: [
            Placing(synonyms.folded(column.header), column.field, column.confidence)
            for column in mapping.columns
            if column.field
        ]
        for target, mapping in found.items()
    }
    return found[likeliest(placed)]


class _Look:
    """A table's headers, samples and what its columns seem to hold, found once for every target."""

    def __init__(self, table: Table, row: int) -> None:
        self.table, self.row = table, row
        self.headers = headers_of(table, row)
        self.reasons = {index for index, header in enumerate(self.headers) if is_reason(header)}
        """The columns that say why a row stayed out of an earlier import."""
        self._kinds: dict[int, str] = {}
        self._samples: dict[int, tuple[str, ...]] = {}

    def kind(self, index: int) -> str:
        """What a column seems to hold (contents.kind_of)."""
        if index not in self._kinds:
            values = self.table.columns[index].values[:_SAMPLED_ROWS]
            header = self.table.cell(self.row, index) if self.row >= 0 else None
            self._kinds[index] = contents.kind_of([value for value in values if value is not header])
        return self._kinds[index]

    def samples(self, index: int) -> tuple[str, ...]:
        """The first things that a column says."""
        if index not in self._samples:
            self._samples[index] = _samples(self.table, self.row, index)
        return self._samples[index]


def _match(look: _Look, layout: Layout | None, target: str) -> Mapping:
    headers = look.headers
    found: dict[int, tuple[str, str]] = {}
    taken: set[str] = set()

    def place(index: int, field: str, sure: str) -> None:
        if index not in {*found, *look.reasons} and (
            field not in taken or (field in SEVERAL and sure == "exact")
        ):
            found[index] = (field, sure)
            taken.add(field)

    if layout is not None:
        for index, header in enumerate(headers):
            if index not in look.reasons and (field := layout.field_of(synonyms.folded(header))):
                found[index] = (field, "exact")
    else:
        for index, key, sure in _by_header(look, target):
            place(index, key, sure)
        for index in range(look.table.width):
            guessed = _by_content(look, index, target, taken) if index not in found else ""
            if guessed:
                place(index, guessed, "guess")
    shape = layout.shape if layout else _split_names(headers, found)
    columns = tuple(
        ColumnMatch(index, header, look.samples(index), *found.get(index, ("", "none")))
        for index, header in enumerate(headers)
    )
    day_first = layout.day_first if layout else None
    return Mapping(target, layout.name if layout else "", look.row, columns, day_first, shape)


def _by_header(look: _Look, target: str) -> Iterator[tuple[int, str, str]]:
    """What the headers say, surest first; a column of a shop's own words is no column of codes."""
    known = fields.headers(target)
    own_words: list[tuple[int, str, str]] = []
    for sure in ("exact", "likely"):
        for index, header in enumerate(look.headers):
            key, how = known.get(synonyms.folded(header), ("", ""))
            if how != sure:
                continue
            if coded_columns.speaks_of(key, look.table.columns[index], look.row):
                yield index, key, sure
            elif further := coded_columns.instead(key, synonyms.folded(header), look.table.columns[index]):
                own_words.append((index, further, "guess"))
    yield from own_words


_GIVEN = frozenset({"first name", "given name", "forename", "firstname", "名", "名字"})
_FAMILY = frozenset({"last name", "family name", "surname", "lastname", "姓", "姓氏"})


def _split_names(headers: Sequence[str], found: dict[int, tuple[str, str]]) -> Shape:
    """Joins a first and a last name where no column has the whole of it."""
    names = {index: synonyms.folded(header) for index, header in enumerate(headers)}
    given = next((index for index, name in names.items() if name in _GIVEN), None)
    family = next((index for index, name in names.items() if name in _FAMILY), None)
    whole = [index for index, (key, _) in found.items() if key == "customer.name" and index != given]
    if given is None or family is None or whole not in ([], [family]):
        return Shape()
    found[given] = found[family] = ("customer.name", "exact")
    return Shape(join={"customer.name": ((names[given], names[family]),)})


_BY_CONTENT: Dict[str, tuple[str, ...]] = {
    "phone": ("customer.phone",),
    "email": ("customer.email",),
    "when": ("order.placed_at", "order.paid_at", "customer.created_at"),
    "number": ("order.number",),
    "amount": ("order.total",),
    "address": ("order.ship_to", "customer.address"),
    "name": ("customer.name",),
}
_SURE_OF = frozenset({ORDERS, CUSTOMERS})
"""Targets of which more is guessed than whom a row speaks of."""
_NAMES_REPEAT = {CUSTOMERS: 2}
_NAMES_REPEAT_IN_ENTRIES = 50
"""A customer stands once in a list of customers, and in many orders."""
# A total is not guessed where lines give it, a moment not beside a known one.
_SPARED_BY: Dict[str, frozenset[str]] = {
    "order.total": frozenset({"order.paid", "line.amount", "line.unit_price"}),
    "order.ship_to": frozenset({"customer.address", "customer.region"}),
    "order.paid_at": frozenset({"order.placed_at"}),
}


def _by_content(look: _Look, index: int, target: str, taken: set[str]) -> str:
    """The field that the column's values suggest and no column has yet, or ""."""
    kind = look.kind(index)
    most = _NAMES_REPEAT.get(target, _NAMES_REPEAT_IN_ENTRIES)
    if kind == "name" and _repeats(look.table.columns[index]) > most:
        kind = "text"  # A handful of words over and over are states or kinds, whatever they look like.
    for key in _BY_CONTENT.get(kind, ()):
        if target not in fields.FIELD[key].targets or (target not in _SURE_OF and key not in WHO):
            continue
        if target == ORDERS and key in ("customer.address", "customer.created_at"):
            continue
        if target not in _SURE_OF and _is_of_something_else(look.headers[index]):
            continue
        if key not in taken and not (_SPARED_BY.get(key, frozenset()) & taken):
            return key
    return ""


def _is_of_something_else(header: str) -> bool:
    """Whether a header is known, and nowhere as one of people: the names of goods look like theirs."""
    name = synonyms.folded(header)
    keys = {found[0] for target in TARGETS if (found := fields.headers(target).get(name))}
    return bool(keys) and not keys & set(WHO)


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
    """Applies what was typed: "COLUMN=field" sends a column, "COLUMN=" leaves it out, "COLUMN:word=code" says
    what a word in it stands for. Raises UserError.
    """
    for word in words:
        header, equals, wanted = word.rpartition("=")
        if not equals:
            raise UserError(
                tr("“{word}” does not say where a column goes.", word=word), tr("Write it as COLUMN=field.")
            )
        if (told := _word_of(mapping, header)) is not None:
            mapping = _explained(mapping, *told, wanted.strip())
            continue
        column = _column(mapping, header)
        field = fields.find(mapping.target, wanted) if wanted.strip() else ""
        if field is None:
            known = ", ".join(field.key for field in fields.fields_of(mapping.target))
            raise UserError(
                tr("There is no field “{name}”.", name=wanted), tr("Fields: {names}.", names=known)
            )
        mapping = mapping.with_field(column.index, field)
    return mapping


def _word_of(mapping: Mapping, header: str) -> tuple[ColumnMatch, str] | None:
    """The column and the word of "COLUMN:word"; None where no column is called so."""
    names = {synonyms.folded(column.header): column for column in mapping.columns}
    name, colon, word = header.partition(":")
    if not colon or synonyms.folded(header) in names or synonyms.folded(name) not in names:
        return None
    return names[synonyms.folded(name)], word.strip()


def _explained(mapping: Mapping, column: ColumnMatch, word: str, code: str) -> Mapping:
    """A word of a column explained. Raises UserError where the column has no codes, or not this one."""
    codes = CODES.get(fields.FIELD[column.field].kind, {}) if column.field else {}
    if code and code not in codes:
        raise UserError(
            tr("“{code}” is no code for the column “{column}”.", code=code, column=column.header),
            tr("Its codes: {names}.", names=", ".join(filter(None, codes))),
        )
    return mapping.with_word(column.field, word, code)


def _column(mapping: Mapping, header: str) -> ColumnMatch:
    wanted = synonyms.folded(header)
    for column in mapping.columns:
        if synonyms.folded(column.header) == wanted or letters(column.index) == header.strip().upper():
            return column
    known = ", ".join(column.header for column in mapping.columns)
    raise UserError(
        tr("The file has no column “{name}”.", name=header), tr("Its columns: {names}.", names=known)
    )
