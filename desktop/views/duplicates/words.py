"""How a pair, its reasons, the fields compared and the records that move are said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from desktop.core import words
from desktop.core.likeness import REASONS
from desktop.core.text import format_phone
from desktop.core.translation import mark, ntr, tr
from desktop.queries.comparison import Compared
from desktop.queries.pairs import PairRow
from desktop.views.customers.words import display_name
from desktop.views.kit.theme import Tone

TITLES: Mapping[str, str] = {
    "name": mark("Name"),
    "kind": mark("Kind"),
    "relation": mark("Relation"),
    "gender": mark("Gender"),
    "birthday": mark("Birthday"),
    "region": mark("Region"),
    "source": mark("Source"),
    "referred_by": mark("Referred by"),
    "likes": mark("Likes"),
    "dislikes": mark("Dislikes and allergies"),
    "expectations": mark("Expectations"),
    "family": mark("Family"),
    "notes": mark("Notes"),
}
_WORDS = {"kind": words.CUSTOMER_KINDS, "relation": words.RELATIONS, "gender": words.GENDERS}
_SHOWN_VALUE = frozenset({"phone", "handle", "birthday"})


def pair_names(row: PairRow) -> str:
    """Both names of a pair in a line; one, where both bear it."""
    one, other = display_name(row.one_name), display_name(row.other_name)
    return one if one == other else tr("{name} · {other}", name=one, other=other)


def pair_reason(row: PairRow) -> str:
    """The strongest reasons of a pair in a line."""
    if row.doubt:
        return doubt(row)
    said = [tr(REASONS[code]) for code, _ in row.reasons if code in REASONS and not code.startswith("other")]
    return " · ".join(said[:2])


def doubt(row: PairRow) -> str:
    """Why an import did not join two customers."""
    if row.doubt == "name":
        return tr("An import met the same name")
    return tr("An import met the same {kind}", kind=words.name(words.CONTACT_KINDS, row.doubt))


def reason(code: str, value: str) -> str:
    """One piece of evidence as a tag."""
    said = tr(REASONS[code])
    if not value or code not in _SHOWN_VALUE:
        return said
    shown = format_phone(value) if code == "phone" else value
    return tr("{reason}: {value}", reason=said, value=shown)


def reason_tone(code: str) -> Tone:
    """What speaks for it is calm, what speaks against it is to be seen."""
    return "red" if code.startswith("other") else "accent"


def score(value: float | None) -> str:
    """How likely it is, as a tag says it."""
    return tr("Import") if value is None else tr("{percent} %", percent=min(99, round(100 * value)))


def score_tone(value: float | None) -> Tone:
    """Nearly sure, likely, perhaps."""
    if value is None:
        return "amber"
    return "accent" if value >= 0.95 else "blue" if value >= 0.8 else "grey"


def value_text(one: Compared, key: str) -> str:
    """A field of a customer as people read it; "" for nothing."""
    value = one.fields[key]
    if key == "referred_by":
        return display_name(one.referrer) if value is not None else ""
    if key == "birthday" and value and one.fields["birthday_calendar"] == "lunar":
        return tr("{day} (lunar)", day=value)
    if key in _WORDS:
        return words.name(_WORDS[key], str(value)) if value else ""
    return str(value or "")


def custom_text(value: object) -> str:
    """A value of the shop's own fields."""
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    return "" if value is None else str(value)


def point(kind: str, channel: str, value: str) -> str:
    """A contact point in a list."""
    if kind == "phone":
        return format_phone(value) if value.isdigit() else value
    if kind in ("address", "email"):
        return value
    name = words.name(words.ACCOUNT_CHANNELS, channel if kind == "account" else kind)
    return tr("{kind} {value}", kind=name, value=value) if name else value


_COUNTED: Mapping[str, Callable[[int], str]] = {
    "orders": lambda n: ntr("{n} order", "{n} orders", n),
    "interaction": lambda n: ntr("{n} note", "{n} notes", n),
    "service_case": lambda n: ntr("{n} service case", "{n} service cases", n),
    "complaint": lambda n: ntr("{n} complaint", "{n} complaints", n),
    "promise": lambda n: ntr("{n} promise", "{n} promises", n),
    "rating": lambda n: ntr("{n} rating", "{n} ratings", n),
    "task": lambda n: ntr("{n} task", "{n} tasks", n),
    "lead": lambda n: ntr("{n} lead", "{n} leads", n),
    "points_entry": lambda n: ntr("{n} entry of points", "{n} entries of points", n),
    "shipment": lambda n: ntr("{n} shipment", "{n} shipments", n),
    "visit": lambda n: ntr("{n} visit", "{n} visits", n),
    "attachment": lambda n: ntr("{n} attachment", "{n} attachments", n),
    "contact_point": lambda n: ntr("{n} contact point", "{n} contact points", n),
    "customer_tag": lambda n: ntr("{n} tag", "{n} tags", n),
    "customer": lambda n: ntr("{n} customer they brought", "{n} customers they brought", n),
    "merge": lambda n: ntr("{n} earlier merge", "{n} earlier merges", n),
}


def records(counts: Mapping[str, int]) -> str:
    """What hangs on a customer: "12 orders, 3 notes"; tables without a word of their own count together."""
    said = [_COUNTED[table](counts[table]) for table in _COUNTED if counts.get(table)]
    rest = sum(count for table, count in counts.items() if table not in _COUNTED)
    if rest:
        said.append(ntr("{n} further record", "{n} further records", rest))
    return tr(", ").join(said)


def names(customers: Sequence[Compared]) -> str:
    """The names of customers in a line."""
    return tr(", ").join(display_name(one.name) for one in customers)
