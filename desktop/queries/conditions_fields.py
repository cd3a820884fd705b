"""What a filter may ask about a customer: every field with its type, and the operators of each type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.core.translation import mark
from desktop.models.book import Book
from desktop.models.own_values import own_value_sql

Kind = Literal["text", "choice", "number", "money", "day", "yesno", "set", "bought", "birthday"]
Takes = Literal["nothing", "one", "two", "several", "days", "day", "two days"]


@dataclass(frozen=True, slots=True)
class Operator:
    """How a field is compared: its marked words after the field's name, and what values it takes."""

    key: str
    title: str
    takes: Takes = "one"
    negates: bool = False
    """Whether who has nothing there is meant as well."""


def _by_key(*operators: Operator) -> Mapping[str, Operator]:
    return {one.key: one for one in operators}


_BLANK = (
    Operator("empty", mark("is empty"), "nothing"),
    Operator("filled", mark("is not empty"), "nothing"),
)
_NUMBER = _by_key(
    Operator("ge", "≥"),
    Operator("le", "≤"),
    Operator("gt", ">"),
    Operator("lt", "<"),
    Operator("eq", "="),
    Operator("ne", "≠", negates=True),
    Operator("between", mark("between"), "two"),
)
DAY = _by_key(
    Operator("last", mark("in the last"), "days"),
    Operator("older", mark("longer ago than"), "days"),
    Operator("next", mark("in the next"), "days"),
    Operator("this-month", mark("this month"), "nothing"),
    Operator("last-month", mark("last month"), "nothing"),
    Operator("this-year", mark("this year"), "nothing"),
    Operator("on", mark("on"), "day"),
    Operator("before", mark("before"), "day"),
    Operator("after", mark("after"), "day"),
    Operator("between", mark("between"), "two days"),
)
OPERATORS: Mapping[Kind, Mapping[str, Operator]] = {
    "text": _by_key(
        Operator("contains", mark("contains"), "several"),
        Operator("lacks", mark("does not contain"), "several", negates=True),
        Operator("is", mark("is"), "several"),
        Operator("not", mark("is not"), "several", negates=True),
        Operator("begins", mark("begins with"), "several"),
        *_BLANK,
    ),
    "choice": _by_key(
        Operator("is", mark("is"), "several"), Operator("not", mark("is not"), "several", negates=True)
    ),
    "number": _NUMBER,
    "money": _NUMBER,
    "day": {**DAY, **_by_key(*_BLANK)},
    "yesno": _by_key(
        Operator("yes", mark("yes"), "nothing"), Operator("no", mark("no"), "nothing", negates=True)
    ),
    "set": _by_key(
        Operator("any", mark("any of"), "several"),
        Operator("all", mark("all of"), "several"),
        Operator("none", mark("none of"), "several", negates=True),
    ),
    "bought": _by_key(
        Operator("any", mark("any of"), "several"),
        Operator("all", mark("all of"), "several"),
        Operator("none", mark("none of"), "several", negates=True),
    ),
    "birthday": _by_key(
        Operator("next", mark("in the next"), "days"),
        Operator("month", mark("in the month"), "several"),
        *_BLANK,
    ),
}
_WITH_BLANK = _by_key(*_BLANK)


@dataclass(frozen=True, slots=True)
class Field:
    """Something of a customer that can be asked; `sql` gives it over `customer AS c` or `…_summary AS s`.

    `scale` is how many of the column's units one of the condition's is; `options` names what may be chosen
    (see conditions_options); `blank` tells that a customer may be without.
    """

    key: str
    title: str
    kind: Kind
    group: str
    sql: str = ""
    scale: int = 1
    options: str = ""
    blank: bool = False
    own: bool = False
    """Whether the shop added it: its title is not to be translated."""

    @property
    def operators(self) -> Mapping[str, Operator]:
        """The operators that fit it, by key."""
        known = OPERATORS[self.kind]
        return {**known, **_WITH_BLANK} if self.blank else known


WHO, REACH, BUYS, SERVICE, LOYAL, OWN = "who", "reach", "buys", "service", "loyal", "own"
GROUPS: Mapping[str, str] = {
    BUYS: mark("Purchases"),
    SERVICE: mark("Service"),
    LOYAL: mark("Membership and word of mouth"),
    WHO: mark("Person"),
    REACH: mark("Ways to reach them"),
    OWN: mark("Own fields"),
}
"""The groups in which the fields are offered, in this order."""

_ALL = (
    Field("state", mark("State"), "choice", BUYS, options="states"),
    Field("spend", mark("Spent"), "money", BUYS, "s.spend"),
    Field("orders", mark("Orders"), "number", BUYS, "s.orders"),
    Field("occasions", mark("Days with a purchase"), "number", BUYS, "s.occasions"),
    Field("basket", mark("Average order"), "money", BUYS, blank=True),
    Field("last", mark("Last order"), "day", BUYS, "s.last_day"),
    Field("first", mark("First order"), "day", BUYS, "s.first_day"),
    Field("since", mark("Days since the last order"), "number", BUYS, blank=True),
    Field("rhythm", mark("Rhythm in days"), "number", BUYS, "CAST(round(s.rhythm * 10) AS INTEGER)", 10,
          blank=True),
    Field("expected", mark("Next order expected"), "day", BUYS, "s.next_day"),
    Field("channel", mark("Bought through"), "bought", BUYS, options="channels"),
    Field("product", mark("Bought product"), "bought", BUYS, options="products"),
    Field("category", mark("Bought category"), "bought", BUYS, options="categories"),
    Field("rating", mark("Satisfaction"), "number", SERVICE, "CAST(round(s.rating * 100) AS INTEGER)", 100,
          blank=True),
    Field("ratings", mark("Ratings"), "number", SERVICE, "s.ratings"),
    Field("complaints", mark("Complaints"), "number", SERVICE, "s.complaints"),
    Field("open_complaints", mark("Open complaints"), "number", SERVICE, "s.open_complaints"),
    Field("promises", mark("Open promises"), "number", SERVICE, "s.promises"),
    Field("last_contact", mark("Last contact"), "day", SERVICE, "s.last_contact"),
    Field("contacts", mark("Contacts"), "number", SERVICE, "s.contacts"),
    Field("cases", mark("Service cases"), "number", SERVICE, "s.cases"),
    Field("open_cases", mark("Open service cases"), "number", SERVICE, "s.open_cases"),
    Field("points", mark("Points balance"), "number", LOYAL, "s.points"),
    Field("brought", mark("Customers they brought"), "number", LOYAL, "s.brought"),
    Field("referred", mark("Came through another customer"), "yesno", LOYAL, "c.referred_by IS NOT NULL"),
    Field("source", mark("Came from"), "text", LOYAL, "c.source", options="sources"),
    Field("tags", mark("Tags"), "set", WHO, options="tags", blank=True),
    Field("name", mark("Customer's name"), "text", WHO, "c.name"),
    Field("kind", mark("Kind"), "choice", WHO, "c.kind", options="kinds"),
    Field("relation", mark("Relation"), "choice", WHO, "c.relation", options="relations"),
    Field("gender", mark("Gender"), "choice", WHO, "c.gender", options="genders", blank=True),
    Field("birthday", mark("Birthday"), "birthday", WHO,
          "c.birthday_calendar || ' ' || c.birthday_leap || ' ' || c.birthday", options="months"),
    Field("age", mark("Age"), "number", WHO, blank=True),
    Field("region", mark("Region"), "text", WHO, "c.region", options="regions"),
    Field("likes", mark("Likes"), "text", WHO, "c.likes"),
    Field("dislikes", mark("Dislikes and allergies"), "text", WHO, "c.dislikes"),
    Field("expectations", mark("Expects"), "text", WHO, "c.expectations"),
    Field("family", mark("Family"), "text", WHO, "c.family"),
    Field("notes", mark("Notes"), "text", WHO, "c.notes"),
    Field("created", mark("Entered into the book"), "day", WHO, "substr(c.created_at, 1, 10)"),
    Field("checked", mark("Details last checked"), "day", WHO, "c.checked_on"),
    Field("import", mark("Imported from the file"), "choice", WHO, "c.import_run_id", options="imports",
          blank=True),
    Field("promotions", mark("May get promotions"), "yesno", REACH),
    Field("consent", mark("Agreed to"), "set", REACH, options="purposes"),
    Field("refusal", mark("Refused"), "set", REACH, options="purposes"),
    *(Field(kind, title, "text", REACH) for kind, title in (
        ("phone", mark("Phone number")), ("wechat", mark("WeChat id")), ("email", mark("E-mail address")),
        ("qq", mark("QQ number")), ("weibo", mark("Weibo name")), ("account", mark("Platform account")),
        ("address", mark("Address")))),
)  # fmt: skip
FIELDS: Mapping[str, Field] = {one.key: one for one in _ALL}
"""Every field that any book has, by key; `fields` adds the shop's own."""

_OWN_KINDS: Mapping[str, Kind] = {
    "text": "text", "number": "number", "date": "day", "choice": "choice", "yesno": "yesno",
}  # fmt: skip
_CUSTOM = "custom:"


def fields(book: Book) -> dict[str, Field]:
    """Every field of a book's customers, the shop's own ones last, as `custom:<name>`."""
    own = book.rows("SELECT name, type FROM custom_field WHERE subject = 'customer' ORDER BY position, id")
    found = dict(FIELDS)
    for name, kind in own:
        key = _CUSTOM + name
        found[key] = Field(
            key, name, _OWN_KINDS[kind], OWN, own_value_sql(name), options=key if kind == "choice" else "",
            blank=kind in ("number", "choice"), own=True,
        )  # fmt: skip
    return found
