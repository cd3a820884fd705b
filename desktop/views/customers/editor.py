"""The form in which a customer is entered, or edited as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core import words
from desktop.core.birthdays import birthday_of
from desktop.core.text import format_phone
from desktop.core.translation import tr
from desktop.operations import customers
from desktop.operations.contact_points import Point
from desktop.queries.customers import custom_fields
from desktop.queries.customers import tags as known_tags
from desktop.queries.pickers import namesakes
from desktop.queries.profile import Profile, profile
from desktop.views.customers.birthday_field import BirthdayField
from desktop.views.customers.own_field import own_field
from desktop.views.customers.points_field import PointsField
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, LongTextField, TagsField, TextField
from desktop.views.kit.widgets import LinkButton, clear
from desktop.views.timeline.fields import CustomerField
from desktop.views.timeline.words import cut

PLAIN = (
    "name", "kind", "relation", "gender", "region", "source", "referred_by", "likes", "dislikes",
    "expectations", "family", "notes",
)  # fmt: skip
"""The fields that the form and the book call by one name."""
_OWN = "own:"
"""Before the names of the shop's own fields, which may be called like ours."""
_OFFERED = ("phone", "wechat")
"""The lines that stand open for a new customer."""
_NAMESAKES = 3


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
    """Everything one notes of a customer, in one form and one step."""

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
        self._add_about()
        if known:
            self._fill(known)
        else:
            for kind in _OFFERED:
                self.points.add(kind)

    def _add_who(self) -> None:
        self.name = TextField(tr("Customer's name"))
        self.add_row(
            name=self.name,
            gender=ChoiceField(
                tr("Gender"), [("", tr("Not noted")), *_choices(words.GENDERS, leave_out="")], ""
            ),
        )
        self._namesakes = QHBoxLayout()
        self._namesakes.setSpacing(10)
        self.rows.addLayout(self._namesakes)
        self.name.line.textChanged.connect(self._show_namesakes)
        self.points = PointsField(
            self._ctx, tr("How to reach them"), customer_id=self._known.id if self._known else None
        )
        self.points.changed.connect(self._fit_points)
        self.add_row(points=self.points)
        self.add_row(
            kind=ChoiceField(tr("Kind"), _choices(words.CUSTOMER_KINDS), "individual"),
            relation=ChoiceField(tr("Relation"), _choices(words.RELATIONS), "active"),
            region=TextField(tr("Region")),
        )

    def _add_about(self) -> None:
        self.add_row(
            source=TextField(tr("Came from")),
            referred_by=CustomerField(tr("Referred by"), self._ctx.book),
        )
        self.add_row(
            likes=TextField(tr("Likes")),
            dislikes=TextField(tr("Dislikes and allergies")),
        )
        self.add_row(birthday=BirthdayField(tr("Birthday")), family=TextField(tr("Family")))
        hint = tr("Known: {tags}", tags=", ".join(tag.name for tag in known_tags(self._ctx.book)[:8]))
        self.add_row(
            expectations=TextField(tr("Expects")),
            tags=TagsField(tr("Tags"), hint=hint if known_tags(self._ctx.book) else ""),
        )
        for field in self._custom:
            self.add_row(**{_OWN + field.name: own_field(field)})
        self.add_row(notes=LongTextField(tr("Notes")))

    def _fill(self, known: Profile) -> None:
        values: dict[str, Any] = {name: getattr(known, name) for name in (*PLAIN, "tags", "points")}
        values["birthday"] = birthday_of(known.birthday, known.birthday_calendar, known.birthday_leap)
        for field in self._custom:
            values[_OWN + field.name] = known.custom.get(field.name)
        for name, value in values.items():
            self.fields[name].set_value(value)

    def _store(self, values: dict[str, Any]) -> None:
        """Save the form. Raises UserError, which the form shows."""
        fields = {name: values[name] for name in PLAIN} | values["birthday"]
        points: list[Point] = values["points"]
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

    def _show_namesakes(self, name: str) -> None:
        """Others of that name: perhaps the one who is being entered."""
        clear(self._namesakes)
        but = self._known.id if self._known else None
        for other in namesakes(self._ctx.book, name, but=but, limit=_NAMESAKES):
            phone = format_phone(other.phone) if other.phone else tr("no phone number")
            words_ = tr("{name} is in the book already: {phone}", name=cut(other.name, 20), phone=phone)
            self._namesakes.addWidget(LinkButton(words_, "user", self._opener(other.id)))
        self._namesakes.addStretch(1)

    def _opener(self, row: int) -> Callable[[], object]:
        def leave() -> None:
            self.reject()
            self._ctx.navigate("profile", customer=row)

        return leave

    def _fit_points(self) -> None:
        if self.isVisible():
            self.fit()


def _choices(table: Any, leave_out: str | None = None) -> list[tuple[str, str]]:
    return [(code, words.name(table, code)) for code in table if code != leave_out]
