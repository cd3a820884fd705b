"""What one edit makes of many customers' values: said once, for its preview and for the writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.id_lists import AMONG, id_pieces
from desktop.models.own_values import own_value_removed_sql, own_value_set_sql, own_value_sql
from desktop.queries.customers import custom_fields

Mode = Literal["set", "add", "remove", "clear"]
Kind = Literal["choice", "text", "words", "customer", "checked", "tags", "number", "date", "yesno"]

OWN = "custom:"
"""Before the names of the shop's own fields, which may be called like ours."""
_COMMON = 3


@dataclass(frozen=True, slots=True)
class BulkField:
    """A field that can be edited of many at once; `title` is marked, or an own field's name."""

    key: str
    title: str
    kind: Kind
    modes: tuple[Mode, ...] = ("set", "clear")
    options: tuple[str, ...] = ()
    own: bool = False
    empty: str = "''"
    """The SQL of no value."""

    @property
    def name(self) -> str:
        """The title in the user's language."""
        return self.title if self.own else tr(self.title)


_LISTED: tuple[Mode, ...] = ("set", "add", "clear")
BUILT_IN: Mapping[str, BulkField] = {
    one.key: one
    for one in (
        BulkField("tags", mark("Tags"), "tags", ("add", "remove", "clear")),
        BulkField("relation", mark("Relation"), "choice", ("set",)),
        BulkField("kind", mark("Kind"), "choice", ("set",)),
        BulkField("gender", mark("Gender"), "choice"),
        BulkField("region", mark("Region"), "text"),
        BulkField("source", mark("Came from"), "text"),
        BulkField("referred_by", mark("Referred by"), "customer", empty="NULL"),
        BulkField("likes", mark("Likes"), "words", _LISTED),
        BulkField("dislikes", mark("Dislikes and allergies"), "words", _LISTED),
        BulkField("expectations", mark("Expects"), "words", _LISTED),
        BulkField("family", mark("Family"), "words", _LISTED),
        BulkField("notes", mark("Notes"), "words", _LISTED),
        BulkField("checked_on", mark("Details checked"), "checked", empty="NULL"),
    )
}
_OWN_KINDS: Mapping[str, Kind] = {
    "text": "words", "number": "number", "date": "date", "choice": "choice", "yesno": "yesno",
}  # fmt: skip


def bulk_fields(book: Book) -> dict[str, BulkField]:
    """Every field that can be edited of many, the shop's own ones last."""
    found = dict(BUILT_IN)
    for field in custom_fields(book):
        kind = _OWN_KINDS[field.kind]
        modes = _LISTED if kind == "words" else ("set", "clear")
        key = OWN + field.name
        found[key] = BulkField(key, field.name, kind, modes, field.options, own=True, empty="NULL")
    return found


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """One edit. `value`: text, a code, a customer's id, a day's ordinal, a number, True, or a tag's name."""

    field: BulkField
    mode: Mode
    value: Any = None

    @property
    def old_sql(self) -> str:
        """SQL for the value of now of `customer AS c`."""
        return own_value_sql(self.field.title) if self.field.own else f"c.{self.field.key}"

    @property
    def new_sql(self) -> str:
        """SQL for the value that will be, with `:value` and `:comma`."""
        if self.mode == "clear":
            return self.field.empty
        if self.mode == "set":
            return ":value"
        old = f"coalesce({self.old_sql}, '')"
        plain = old
        for sign in ("、", "，", "；", ";"):
            plain = f"replace({plain}, '{sign}', ',')"
        plain = f"replace(replace({plain}, ', ', ','), ' ,', ',')"
        there = f"instr(',' || {plain} || ',', ',' || :value || ',') > 0"
        return f"CASE WHEN {old} = '' THEN :value WHEN {there} THEN {old} ELSE {old} || :comma || :value END"

    @property
    def assignment(self) -> str:
        """The SET of an UPDATE of `customer AS c`."""
        if not self.field.own:
            return f"{self.field.key} = {self.new_sql}"
        name = self.field.title
        if self.mode == "clear":
            return f"custom = {own_value_removed_sql(name)}"
        return f"custom = {own_value_set_sql(name, self.new_sql, truth=self.field.kind == 'yesno')}"

    def differs(self, spared: Sequence[int] = ()) -> str:
        """The condition under which a customer is changed at all."""
        held = f" AND c.id NOT IN ({', '.join(map(str, spared))})" if spared else ""
        return f"{self.old_sql} IS NOT {self.new_sql}{held}"

    @property
    def params(self) -> dict[str, Any]:
        """What to bind, beside the ids."""
        value = int(self.value) if self.field.kind == "yesno" and self.value is not None else self.value
        return {"value": value, "comma": tr(", ")}


def spared_by(book: Book, edit: BulkEdit) -> tuple[int, ...]:
    """Whom an edit must leave alone: a referrer, and through whom they came, can't have come through them."""
    if edit.field.key != "referred_by" or edit.mode != "set":
        return ()
    chain: list[int] = []
    above: int | None = edit.value
    while above is not None and above not in chain:
        chain.append(above)
        above = book.value("SELECT referred_by FROM customer WHERE id = ?", (above,))
    return tuple(chain)


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """What an edit would do: of `customers` in the book, `changing` change, from `different` values.

    `blank` of those have none now; `common` are the values that most of them have, with their counts.
    """

    customers: int
    changing: int
    different: int = 0
    blank: int = 0
    common: tuple[tuple[Any, int], ...] = ()


def preview_edit(
    book: Book, *, customer_ids: Sequence[int], edit: BulkEdit, progress: Progress = SILENT
) -> BulkPreview:
    """Count what an edit would change, before anything is. Raises Cancelled."""
    if edit.field.kind == "tags":
        return _preview_tags(book, customer_ids, edit, progress)
    held: Counter[Any] = Counter()
    customers = 0
    differs = edit.differs(spared_by(book, edit))
    for done, ids in id_pieces(customer_ids):
        progress.report(done, len(customer_ids))
        for value, there, changing in book.rows(
            f"SELECT {edit.old_sql}, count(*), sum({differs}) FROM customer AS c "
            f"WHERE c.id IN {AMONG} GROUP BY 1",
            {**edit.params, "ids": ids},
        ):
            customers += there
            if changing:
                held[value] += changing
    blank = held.pop("", 0) + held.pop(None, 0)
    return BulkPreview(customers, held.total() + blank, len(held), blank, tuple(held.most_common(_COMMON)))


def _preview_tags(book: Book, customer_ids: Sequence[int], edit: BulkEdit, progress: Progress) -> BulkPreview:
    customers = tagged = 0
    which = "" if edit.mode == "clear" else "AND t.tag_id = (SELECT id FROM tag WHERE name = :value)"
    for done, ids in id_pieces(customer_ids):
        progress.report(done, len(customer_ids))
        there, with_it = book.row(
            "SELECT count(*), sum(EXISTS (SELECT 1 FROM customer_tag AS t WHERE t.customer_id = c.id "
            f"{which})) FROM customer AS c WHERE c.id IN {AMONG}",
            {"value": edit.value, "ids": ids},
        )
        customers += there
        tagged += with_it or 0
    return BulkPreview(customers, customers - tagged if edit.mode == "add" else tagged)
