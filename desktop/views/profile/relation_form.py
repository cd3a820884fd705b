"""The forms in which customers are related to each other, and in which it is noted who brought whom."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core import words
from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.operations import relations
from desktop.queries.relations import Related
from desktop.views.customers.words import display_name
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, TextField
from desktop.views.kit.widgets import SecondaryButton
from desktop.views.timeline.fields import CustomerField
from desktop.views.timeline.words import cut


class RelationForm(FormDialog):
    """Who is what to a customer; with `known` that is changed or removed."""

    def __init__(
        self, ctx: Context, customer_id: int, name: str, known: Related | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            tr("Related to {name}", name=cut(display_name(name), 40)),
            tr("Save") if known else tr("Add"),
            self._store,
            width=440,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._customer, self._known = ctx, customer_id, known
        kinds = [(code, words.name(words.RELATIONSHIPS, code)) for code in words.RELATIONSHIPS]
        if known is None:
            self.add_row(other=CustomerField(tr("Customer"), ctx.book, required=True))
        title = (
            tr("{name} is their", name=cut(display_name(known.name), 24)) if known else tr("This is their")
        )
        self.add_row(
            kind=ChoiceField(title, kinds, known.kind if known else "friend"),
            note=TextField(tr("Note"), known.note if known else ""),
        )
        if known is not None:
            self.add_widget(SecondaryButton(tr("Not related any more"), "trash-2", self._remove, danger=True))

    def _store(self, values: dict[str, Any]) -> None:
        book = self._ctx.book
        if self._known is not None:
            changes = relations.edit_relationship(
                book,
                relationship_id=self._known.row,
                customer_id=self._customer,
                kind=values["kind"],
                note=values["note"],
            )
        else:
            changes = relations.add_relationship(
                book,
                customer_id=self._customer,
                related_id=values["other"],
                kind=values["kind"],
                note=values["note"],
            )
        self._ctx.changed(changes)

    def _remove(self) -> None:
        known = self._known
        if known is not None:
            self._ctx.do(lambda: relations.remove_relationship(self._ctx.book, relationship_id=known.row))
        self.accept()


class ReferralForm(FormDialog):
    """Who came through whom: `brought` asks for somebody the customer brought, else for who brought them."""

    def __init__(
        self, ctx: Context, customer_id: int, name: str, *, brought: bool, parent: QWidget | None = None
    ) -> None:
        shown = cut(display_name(name), 40)
        super().__init__(
            tr("Who came through {name}?", name=shown) if brought else tr("Who brought {name}?", name=shown),
            tr("Save"),
            self._store,
            width=440,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._customer, self._brought = ctx, customer_id, brought
        self.add_row(other=CustomerField(tr("Customer"), ctx.book, required=True))

    def _store(self, values: dict[str, Any]) -> None:
        other = values["other"]
        if other == self._customer:
            raise UserError(tr("This is the same customer."), tr("Choose another one."))
        child, parent = (other, self._customer) if self._brought else (self._customer, other)
        self._ctx.changed(relations.set_referrer(self._ctx.book, customer_id=child, referrer_id=parent))
