"""The facts about a customer that the profile shows, each with its field and what keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from desktop.core import words
from desktop.core.birthdays import birthday_words, coming, other_calendar
from desktop.core.dates import format_day
from desktop.core.text import format_phone
from desktop.core.translation import mark, tr
from desktop.models.changes import Changes
from desktop.operations import customers
from desktop.operations.contact_points import Point
from desktop.queries.customers import CustomFieldRow, custom_fields
from desktop.queries.profile import PointRow, Profile
from desktop.views.customers.birthday_field import BirthdayField
from desktop.views.customers.own_field import own_field, own_text
from desktop.views.customers.point_edit import PointField, point_name
from desktop.views.kit.context import Context
from desktop.views.kit.fields import ChoiceField, Field, LongTextField, TextField
from desktop.views.kit.tags_field import TagsField
from desktop.views.profile.fact_row import Fact
from desktop.views.profile.head import born, coming_words
from desktop.views.timeline.fields import CustomerField

_TEXTS: Mapping[str, tuple[str, bool]] = {
    "likes": (mark("Likes"), True),
    "dislikes": (mark("Allergies"), True),
    "expectations": (mark("Expects"), False),
    "family": (mark("Family"), False),
    "region": (mark("Region"), False),
    "source": (mark("Came from"), True),
    "notes": (mark("Notes"), False),
    "name": (mark("Name"), False),
}
"""Fields of some words, and whether one stands there even while nothing is noted."""


class About:
    """Makes the facts of a customer; `shown` are those that stand there, `others` those that may be added."""

    def __init__(self, ctx: Context, found: Profile) -> None:
        self._ctx, self._found = ctx, found
        self._own = {field.name: field for field in custom_fields(ctx.book)}
        self.shown: list[Fact] = []
        self.others: list[Fact] = []
        for key in ("likes", "dislikes", "expectations"):
            self._take(self._text(key), always=_TEXTS[key][1])
        for number, point in enumerate(found.points):
            self.shown.append(self.point_fact(point.kind, point.channel, point, number))
        self._take(self._birthday())
        self._take(self._choice("kind", tr("Kind"), words.CUSTOMER_KINDS), always=True)
        self._take(self._choice("relation", tr("Relation"), words.RELATIONS), always=True)
        self._take(self._choice("gender", tr("Gender"), words.GENDERS))
        self._take(self._text("region"))
        self._take(self._text("source"), always=True)
        self._take(self._referrer())
        self._take(self._text("family"))
        self._take(self._tags())
        for field in self._own.values():
            self._take(self._own_fact(field))
        self._take(self._text("notes"))

    def _take(self, fact: Fact, *, always: bool = False) -> None:
        (self.shown if always or fact.shown else self.others).append(fact)

    def name_fact(self) -> Fact:
        """The name, which stands in the head."""
        return self._text("name")

    def point_fact(
        self, kind: str, channel: str = "", point: PointRow | None = None, number: int = -1
    ) -> Fact:
        """A way to reach them, or with no `point` a further one; emptying it takes it away."""
        held = self._found.points

        def store(value: Point) -> Changes:
            all_ = [Point(one.kind, one.value, one.channel, one.main) for one in held]
            if point is None:
                return self._keep_points([*all_, value])
            all_[number] = value._replace(main=point.main)
            return self._keep_points([one for one in all_ if one.value])

        def make() -> Field:
            text = point.value if point else ""
            return PointField(self._ctx, kind, channel, text, customer_id=self._found.id)

        title = point_name(kind, channel)
        shown = ""
        extra: list[tuple[str, str, Callable[[], Changes]]] = []
        if point is not None:
            shown = format_phone(point.norm) if kind == "phone" else point.value
            alike = [one for one in held if one.kind == kind]
            extra.append(("trash-2", tr("Remove it"), lambda: self._without(number)))
            if len(alike) > 1 and not point.main:
                extra.append(("star", tr("Make it the main one"), lambda: self._with_main(number)))
            if len(alike) > 1 and point.main:
                shown = tr("{value} (main)", value=shown)
        return Fact(f"point:{number}:{kind}:{channel}", title, shown, make, store, extra)

    def _keep_points(self, points: list[Point]) -> Changes:
        return customers.edit_customer(self._ctx.book, customer_id=self._found.id, points=points)

    def _without(self, number: int) -> Changes:
        held = [Point(*one) for one in self._plain()]
        return self._keep_points([one for at, one in enumerate(held) if at != number])

    def _with_main(self, number: int) -> Changes:
        held = [Point(*one) for one in self._plain()]
        kind = held[number].kind
        return self._keep_points(
            [one._replace(main=at == number) if one.kind == kind else one for at, one in enumerate(held)]
        )

    def _plain(self) -> list[tuple[str, str, str, bool]]:
        return [(one.kind, one.value, one.channel, one.main) for one in self._found.points]

    def _keep(self, key: str) -> Callable[[Any], Changes]:
        return lambda value: self._edit({key: value})

    def _edit(self, values: Mapping[str, Any]) -> Changes:
        return customers.edit_customer(self._ctx.book, customer_id=self._found.id, values=values)

    def _text(self, key: str) -> Fact:
        title, value = tr(_TEXTS[key][0]), str(getattr(self._found, key))
        long = key in ("notes", "family", "expectations")

        def make() -> Field:
            return LongTextField(title, value) if long else TextField(title, value)

        return Fact(key, title, value, make, self._keep(key))

    def _choice(self, key: str, title: str, table: Mapping[str, str]) -> Fact:
        value = str(getattr(self._found, key))
        shown = words.name(table, value) if value else ""

        def make() -> Field:
            choices = [(code, words.name(table, code) if code else tr("Not noted")) for code in table]
            return ChoiceField(title, choices, value)

        return Fact(key, title, shown, make, self._keep(key))

    def _birthday(self) -> Fact:
        birthday, today = born(self._found), date.today()
        shown = ""
        if birthday is not None:
            near, born_on = coming(birthday, today), birthday_words(birthday)
            if birthday.year is not None and (other := other_calendar(birthday, today)):
                born_on = tr("{day} ({when})", day=born_on, when=other)
            parts = (
                born_on,
                tr("next: {when}", when=coming_words(near, today)) if near else "",
            )
            shown = "\n".join(part for part in parts if part)
        title = tr("Birthday")
        return Fact("birthday", title, shown, lambda: BirthdayField(title, birthday), self._edit)

    def _referrer(self) -> Fact:
        title = tr("Referred by")
        return Fact(
            "referred_by",
            title,
            self._found.referrer or (tr("No name") if self._found.referred_by else ""),
            lambda: CustomerField(title, self._ctx.book, self._found.referred_by),
            self._keep("referred_by"),
        )

    def _tags(self) -> Fact:
        def store(value: tuple[str, ...]) -> Changes:
            return customers.edit_customer(self._ctx.book, customer_id=self._found.id, tags=value)

        shown = tr(", ").join(self._found.tags)
        return Fact("tags", tr("Tags"), shown, lambda: TagsField(tr("Tags"), self._found.tags), store)

    def _own_fact(self, field: CustomFieldRow) -> Fact:
        held = self._found.custom

        def make() -> Field:
            made = own_field(field)
            made.set_value(held.get(field.name))
            return made

        def store(value: Any) -> Changes:
            custom = {**held, field.name: value}
            kept = {name: one for name, one in custom.items() if one not in (None, "")}
            return customers.edit_customer(self._ctx.book, customer_id=self._found.id, custom=kept)

        return Fact(f"own:{field.name}", field.name, own_text(field, held.get(field.name)), make, store)


def checked_words(found: Profile) -> str:
    """When the details were last checked for accuracy."""
    return format_day(found.checked_on) if found.checked_on else tr("never")
