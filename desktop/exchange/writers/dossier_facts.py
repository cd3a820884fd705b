"""What a dossier says of a customer in single facts: who they are, how to reach them, and their figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.core import words
from desktop.core.birthdays import birthday_of, birthday_words
from desktop.core.dates import format_day
from desktop.core.money import format_money
from desktop.core.text import format_phone
from desktop.core.translation import ntr, tr
from desktop.queries.dossier import Dossier
from desktop.queries.profile import PointRow, Profile


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; `meaning` says how a figure is counted."""

    name: str
    value: str
    meaning: str = ""


def facts(found: Dossier, currency: str) -> dict[str, list[Fact]]:
    """The facts of each chosen part that has any, by the part."""
    makers: Mapping[str, Callable[[], list[Fact]]] = {
        "who": lambda: who(found.profile),
        "contacts": lambda: contacts(found.profile),
        "tastes": lambda: tastes(found.profile),
        "figures": lambda: figures(found.profile, found.day, currency),
    }
    made = {part: [fact for fact in makers[part]() if fact.value] for part in found.parts if part in makers}
    return {part: said for part, said in made.items() if said}


def who(found: Profile) -> list[Fact]:
    """Who the customer is."""
    return [
        Fact(tr("Kind"), words.name(words.CUSTOMER_KINDS, found.kind)),
        Fact(tr("Relation"), words.name(words.RELATIONS, found.relation)),
        Fact(tr("Gender"), words.name(words.GENDERS, found.gender)),
        Fact(tr("Birthday"), birthday(found)),
        Fact(tr("Region"), found.region),
        Fact(tr("Tags"), tr(", ").join(found.tags)),
        Fact(tr("Came from"), found.source),
        Fact(tr("Referred by"), found.referrer),
        Fact(tr("In the book since"), format_day(found.created_at) if found.created_at else ""),
        Fact(tr("Details checked"), format_day(found.checked_on) if found.checked_on else tr("never")),
    ]


def birthday(found: Profile) -> str:
    """The birthday with its year where it is known, a lunar one in words of its calendar."""
    born = birthday_of(found.birthday, found.birthday_calendar, found.birthday_leap)
    return birthday_words(born) if born else ""


def contacts(found: Profile) -> list[Fact]:
    """Every contact point, the main ones first."""
    return [Fact(_point_name(point), _point_value(point)) for point in found.points]


def _point_name(point: PointRow) -> str:
    name = words.name(words.CONTACT_KINDS, point.kind)
    channel = words.name(words.ACCOUNT_CHANNELS, point.channel) if point.kind == "account" else ""
    return tr("{name} ({detail})", name=name, detail=channel) if channel else name


def _point_value(point: PointRow) -> str:
    return format_phone(point.norm) if point.kind == "phone" else point.value


def tastes(found: Profile) -> list[Fact]:
    """What the customer likes, must not have and expects; the shop's own fields too."""
    own = [Fact(str(name), str(value)) for name, value in found.custom.items() if value not in (None, "")]
    return [
        Fact(tr("Likes"), found.likes),
        Fact(tr("Dislikes and allergies"), found.dislikes),
        Fact(tr("Expects"), found.expectations),
        Fact(tr("Family"), found.family),
        Fact(tr("Notes"), found.notes),
        *own,
    ]


def figures(found: Profile, today: date, currency: str) -> list[Fact]:
    """The figures that say how the customer is, each with how it is counted."""
    return [*_bought(found, today, currency), *_felt(found, currency)]


def _bought(found: Profile, today: date, currency: str) -> list[Fact]:
    spent = Fact(
        tr("Spent in all"),
        format_money(found.spend, currency),
        tr("Everything paid, what was refunded taken off."),
    )
    if not found.orders:
        return [spent]
    made = [
        spent,
        Fact(
            tr("Orders"),
            f"{found.orders:,}",
            tr("Orders that count as purchases: neither cancelled nor refunded in full."),
        ),
        Fact(
            tr("Average order"),
            format_money(round(found.spend / found.orders), currency),
            tr("Spent in all ÷ orders."),
        ),
        Fact(tr("First order"), format_day(found.first_day) if found.first_day else ""),
        Fact(tr("Last order"), _last(found, today)),
    ]
    if found.rhythm is not None:
        usual = ntr("every {n} day", "every {n} days", max(1, round(found.rhythm)))
        meaning = tr("The usual gap between days with a purchase; the shop's own helps where they are few.")
        made.append(Fact(tr("Rhythm"), usual, meaning))
    if found.expected_day is not None:
        made.append(Fact(tr("Next order due"), format_day(found.expected_day), tr("Last order + rhythm.")))
    state = tr("New, one-time, regular, drifting or lost, by how long they stayed away against their rhythm.")
    made.append(Fact(tr("State"), words.name(words.STATES, found.state), state))
    return made


def _last(found: Profile, today: date) -> str:
    if found.last_day is None:
        return ""
    silent = today.toordinal() - found.last_day
    ago = ntr("{n} day ago", "{n} days ago", silent)
    return tr("{day} ({ago})", day=format_day(found.last_day), ago=ago) if silent > 0 else format_day(today)


def _felt(found: Profile, currency: str) -> list[Fact]:
    made = []
    if found.rating is not None:
        of = ntr(
            "{score} of 5, {n} rating",
            "{score} of 5, {n} ratings",
            found.ratings,
            score=f"{found.rating:.1f}",
        )
        made.append(Fact(tr("Satisfaction"), of, tr("The mean of what they said they got.")))
    if found.both and found.perceived is not None and found.expected is not None:
        said = tr(
            "{perceived} against {expected}",
            perceived=f"{found.perceived:.1f}",
            expected=f"{found.expected:.1f}",
        )
        made.append(Fact(tr("Got and expected"), said, tr("Over the ratings that have both.")))
    if found.brought:
        brought = ntr("{n} customer, {amount}", "{n} customers, {amount}", found.brought,
                      amount=format_money(found.brought_spend, currency))  # fmt: skip
        meaning = tr("Customers who came through them, and what those have spent.")
        made.append(Fact(tr("Word of mouth"), brought, meaning))
    return made
