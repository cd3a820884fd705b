"""The form in which a customer is entered and edited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.text import split_values
from desktop.core.translation import tr
from desktop.operations import customers
from desktop.operations.contact_points import Point
from desktop.queries.customers import CustomFieldRow, custom_fields
from desktop.queries.customers import tags as known_tags
from desktop.queries.profile import Profile, profile
from desktop.views.kit.context import Context
from desktop.views.kit.fields import Field
from desktop.views.kit.forms import CheckField, ChoiceField, FormDialog, LongTextField, TagsField, TextField
from desktop.views.timeline.fields import CustomerField
from desktop.views.timeline.words import cut

_ACCOUNTS = ("taobao", "jd", "pinduoduo", "douyin", "1688", "youzan", "site", "other")
_OWN = "own:"
"""Before the names of the shop's own fields, which may be called like ours."""
_SINGLE = ("wechat", "email", "qq", "weibo", "address")


def open_editor(
    ctx: Context,
    parent: QWidget,
    *,
    customer_id: int | None = None,
    on_saved: Callable[[int], object] | None = None,
) -> FormDialog:
    """Open the form for a new customer, or for one who is in the book; `on_saved` gets the id."""
    known = None if customer_id is None else profile(ctx.book, customer_id=customer_id, today=date.today())
    editor = CustomerEditor(ctx, known, on_saved, parent)
    editor.open()
    return editor


class CustomerEditor(FormDialog):
    """What one edits of a customer; several phones stand in one field, parted by commas."""

    def __init__(
        self,
        ctx: Context,
        known: Profile | None,
        on_saved: Callable[[int], object] | None,
        parent: QWidget | None,
    ) -> None:
        title = tr("Edit {customer}", customer=cut(known.name)) if known and known.name else ""
        super().__init__(
            title or (tr("Edit the customer") if known else tr("New customer")),
            tr("Save") if known else tr("Add the customer"),
            self._store,
            width=640,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx = ctx
        self._known = known
        self._on_saved = on_saved
        self._custom = custom_fields(ctx.book)
        self._add_who()
        self._add_reach()
        self._add_about()
        if known:
            self._fill(known)

    def _add_who(self) -> None:
        self.add_row(
            name=TextField(tr("Customer's name")),
            phones=TextField(tr("Phone"), placeholder=tr("Several parted by commas")),
        )
        self.add_row(
            kind=ChoiceField(tr("Kind"), _choices(words.CUSTOMER_KINDS), "individual"),
            relation=ChoiceField(tr("Relation"), _choices(words.RELATIONS), "active"),
            gender=ChoiceField(
                tr("Gender"), [("", tr("Not noted")), *_choices(words.GENDERS, leave_out="")], ""
            ),
        )

    def _add_reach(self) -> None:
        self.add_row(
            wechat=TextField(words.name(words.CONTACT_KINDS, "wechat")),
            email=TextField(words.name(words.CONTACT_KINDS, "email")),
        )
        self.add_row(
            qq=TextField(words.name(words.CONTACT_KINDS, "qq")),
            weibo=TextField(words.name(words.CONTACT_KINDS, "weibo")),
        )
        channels = [(code, words.name(words.CHANNELS, code)) for code in _ACCOUNTS]
        self.add_row(
            platform=ChoiceField(tr("Platform"), channels, "taobao"),
            account=TextField(tr("Account on the platform")),
        )
        self.add_row(region=TextField(tr("Region")), address=TextField(tr("Address")))

    def _add_about(self) -> None:
        self.add_row(
            source=TextField(tr("Came from")),
            referred_by=CustomerField(tr("Referred by"), self._ctx.book),
        )
        self.add_row(
            birthday=TextField(tr("Birthday"), placeholder=tr("1988-09-15 or 09-15")),
            calendar=ChoiceField(
                tr("Calendar"), [("solar", tr("Solar calendar")), ("lunar", tr("Lunar calendar"))], "solar"
            ),
            leap=CheckField(tr("Leap month")),
        )
        self.add_row(
            likes=TextField(tr("Likes")),
            dislikes=TextField(tr("Dislikes and allergies")),
        )
        self.add_row(expectations=TextField(tr("Expects")), family=TextField(tr("Family")))
        hint = tr("Known: {tags}", tags=", ".join(tag.name for tag in known_tags(self._ctx.book)[:8]))
        self.add_row(tags=TagsField(tr("Tags"), hint=hint if known_tags(self._ctx.book) else ""))
        for field in self._custom:
            self.add_row(**{_OWN + field.name: _own_field(field)})
        self.add_row(notes=LongTextField(tr("Notes")))

    def _fill(self, known: Profile) -> None:
        values: dict[str, Any] = {
            name: getattr(known, name)
            for name in ("name", "kind", "relation", "gender", "region", "source", "birthday", "likes",
                         "dislikes", "expectations", "family", "notes", "tags")
        }  # fmt: skip
        values |= {
            "calendar": known.birthday_calendar,
            "leap": known.birthday_leap,
            "referred_by": known.referred_by,
            "phones": ", ".join(point.value for point in known.points if point.kind == "phone"),
        }
        for kind in _SINGLE:
            values[kind] = next((point.value for point in known.points if point.kind == kind), "")
        account = next((point for point in known.points if point.kind == "account"), None)
        if account:
            values |= {"platform": account.channel, "account": account.value}
        for field in self._custom:
            values[_OWN + field.name] = known.custom.get(field.name)
        for name, value in values.items():
            self.fields[name].set_value(value)

    def _store(self, values: dict[str, Any]) -> None:
        """Save the form. Raises UserError, which the form shows."""
        fields = {
            name: values[name]
            for name in ("name", "kind", "relation", "gender", "region", "source", "birthday", "likes",
                         "dislikes", "expectations", "family", "notes")
        }  # fmt: skip
        fields |= {
            "birthday_calendar": values["calendar"],
            "birthday_leap": values["leap"],
            "referred_by": values["referred_by"],
        }
        points = self._points(values)
        kept = dict(self._known.custom) if self._known else {}
        own = {field.name: values[_OWN + field.name] for field in self._custom}
        custom = {name: value for name, value in {**kept, **own}.items() if value not in (None, "")}
        if self._known:
            changes = customers.edit_customer(
                self._ctx.book,
                customer_id=self._known.id,
                values=fields,
                points=points,
                tags=values["tags"],
                custom=custom,
            )
            row = self._known.id
        else:
            changes = customers.add_customer(
                self._ctx.book, values=fields, points=points, tags=values["tags"], custom=custom
            )
            row = changes.created["customer"]
        self._ctx.changed(changes)
        if self._on_saved:
            self._on_saved(row)

    def _points(self, values: dict[str, Any]) -> list[Point]:
        """The points of the form, with those it has no field for left as they are."""
        points = [Point("phone", one) for one in split_values(values["phones"])]
        points += [Point(kind, values[kind]) for kind in _SINGLE]
        points.append(Point("account", values["account"], values["platform"]))
        shown = {(point.kind, point.channel) for point in points}
        seen: set[str] = set()
        for held in self._known.points if self._known else ():
            further = held.kind in seen
            seen.add(held.kind)
            if held.kind != "phone" and (further or (held.kind, held.channel) not in shown):
                points.append(Point(held.kind, held.value, held.channel))
        return points


def _choices(table: Any, leave_out: str | None = None) -> list[tuple[str, str]]:
    return [(code, words.name(table, code)) for code in table if code != leave_out]


def _own_field(field: CustomFieldRow) -> Field:
    """The fitting input for one of the shop's own fields."""
    if field.kind == "yesno":
        return CheckField(field.name)
    if field.kind == "choice":
        return ChoiceField(field.name, [("", tr("Not noted")), *((one, one) for one in field.options)], "")
    return TextField(field.name)
