"""The settings of the shop's own fields of a customer: added, changed, put in order, taken away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout

from desktop.core.translation import ntr, tr
from desktop.operations import own_fields as operations
from desktop.queries.own_fields import KINDS, OwnField, own_field_uses, own_fields, unfit_values
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, SecondaryButton
from desktop.views.kit.cards import Card
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, LongTextField, TextField
from desktop.views.kit.labels import label
from desktop.views.settings.steps_list import StepsList

_COLUMNS = "ui.columns.customers"
_PAUSE_MS = 250


class OwnFieldsCard(Card):
    """The fields as a list; every change can be undone, the values in them included."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            tr("Own fields of a customer"),
            tr("In the form, the list, filters, files and bulk changes"),
            hug=True,
        )
        self._ctx = ctx
        self._uses: dict[int, int] = {}
        self.none = label(
            tr("What your shop wants to know beside: a shoe size, a favourite table, a contract's end."),
            size=theme.SMALL,
            role="muted",
            wrap=True,
        )
        self.none.setMinimumHeight(1)
        self.body.addWidget(self.none)
        self.list = StepsList(tr("Own fields"))
        self.list.moved.connect(self.move_field)
        self.list.opened.connect(self.change)
        self.list.removed.connect(self.delete)
        self.body.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.add_button = SecondaryButton(tr("Add a field…"), "plus", self.add, small=True)
        row.addWidget(self.add_button)
        current = self.list.currentRow
        self._acts = [
            IconButton(icon, text, run)
            for icon, text, run in (
                ("pencil", tr("Change the field"), lambda: self.change(current())),
                ("arrow-up", tr("Move up (Alt+Up)"), lambda: self.list.move_current(-1)),
                ("arrow-down", tr("Move down (Alt+Down)"), lambda: self.list.move_current(1)),
                ("trash-2", tr("Delete the field"), lambda: self.delete(current())),
            )
        ]
        for button in self._acts:
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        ctx.changes.listen(self, self._show, "custom_field", "customer")
        self._show()

    def fields(self) -> list[OwnField]:
        """The fields as they stand in the book."""
        return own_fields(self._ctx.book)

    def _show(self) -> None:
        book, fields = self._ctx.book, self.fields()
        self.list.show_steps([(field.name, self._note(field)) for field in fields])
        self.list.setVisible(bool(fields))
        self.none.setVisible(not fields)
        for button in self._acts:
            button.setVisible(bool(fields))
        if fields:
            self._ctx.tasks.read(lambda _: own_field_uses(book), self._count, owner=self, key="uses")

    def _count(self, uses: dict[int, int]) -> None:
        if uses != self._uses:
            self._uses = uses
            self.list.show_steps([(field.name, self._note(field)) for field in self.fields()])

    def _note(self, field: OwnField) -> str:
        parts = [tr(KINDS[field.kind])]
        if field.options:
            parts.append(tr(", ").join(field.options))
        if count := self._uses.get(field.id, 0):
            parts.append(ntr("{n} customer", "{n} customers", count))
        return " · ".join(parts)

    def add(self) -> FormDialog:
        """Ask for a new field; it stands last."""

        def store(values: dict[str, Any]) -> None:
            self._ctx.changed(
                operations.add_own_field(
                    self._ctx.book, name=values["name"], kind=values["kind"], options=_options(values)
                )
            )

        form = OwnFieldForm(self._ctx, tr("New field"), store, self)
        form.open()
        return form

    def change(self, at: int) -> FormDialog | None:
        """Ask for another name, type or choices of a field."""
        fields = self.fields()
        if not 0 <= at < len(fields):
            return None
        field, book = fields[at], self._ctx.book

        def store(values: dict[str, Any]) -> None:
            name, kind = values["name"], values["kind"]
            operations.check_own_field(book, name=name, kind=kind, options=_options(values), but=field.id)
            self._ctx.tasks.write(
                tr("Changing the field {field}", field=field.name),
                lambda progress: operations.change_own_field(
                    book,
                    field_id=field.id,
                    name=name,
                    kind=kind,
                    options=_options(values),
                    progress=progress,
                ),
                lambda changes: self._changed(changes, field.name, name),
                owner=self,
            )

        form = OwnFieldForm(self._ctx, tr("Change the field"), store, self, field)
        form.open()
        return form

    def _changed(self, changes: Any, old: str, new: str) -> None:
        _rename_column(self._ctx, old, " ".join(new.split()))
        self._ctx.changed(changes)

    def move_field(self, at: int, to: int) -> None:
        """Put a field at another place."""
        fields = self.fields()
        moved = self._ctx.do(
            lambda: operations.move_own_field(self._ctx.book, field_id=fields[at].id, to=to), quiet=True
        )
        if moved is None:
            self._show()

    def delete(self, at: int) -> None:
        """Take a field away; the notice says of whom something went with it, and offers to undo it."""
        fields, book = self.fields(), self._ctx.book
        if not 0 <= at < len(fields):
            return
        field = fields[at]

        def done(found: tuple[int, Any]) -> None:
            count, changes = found
            self._ctx.changed(changes, quiet=True)
            told = ntr(
                "The field “{field}” is deleted; {n} customer had something in it.",
                "The field “{field}” is deleted; {n} customers had something in it.",
                count,
                field=field.name,
            )
            self._ctx.notify(told, tr("Undo"), self._ctx.undo)

        self._ctx.tasks.write(
            tr("Deleting the field {field}", field=field.name),
            lambda _: (
                own_field_uses(book).get(field.id, 0),
                operations.delete_own_field(book, field_id=field.id),
            ),
            done,
            owner=self,
            cancellable=False,
        )


class OwnFieldForm(FormDialog):
    """Name, type and what there is to choose from; says beforehand which values would be lost."""

    def __init__(
        self, ctx: Context, title: str, store: Any, parent: Card, field: OwnField | None = None
    ) -> None:
        super().__init__(title, tr("Save") if field else tr("Add the field"), store, width=460, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._field = ctx, field
        kinds = [(key, tr(name)) for key, name in KINDS.items()]
        self.add_row(
            name=TextField(tr("Name"), field.name if field else "", required=True),
            kind=ChoiceField(tr("Type"), kinds, field.kind if field else "text"),
        )
        self._choices = LongTextField(
            tr("Choices"),
            "\n".join(field.options) if field else "",
            lines=4,
            hint=tr("One a line, in the order in which they are offered."),
        )
        self.add_row(options=self._choices)
        self.lost = label("", size=theme.SMALL, role="amber", wrap=True)
        self.lost.hide()
        self.add_widget(self.lost)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.look)
        self.fields["kind"].changed.connect(self._kind_changed)
        self._choices.changed.connect(self._timer.start)
        self._kind_changed()

    def _kind_changed(self) -> None:
        self._choices.setVisible(self.fields["kind"].value() == "choice")
        self._timer.start()
        if self.isVisible():
            self.fit()

    def look(self) -> None:
        """Count whose values the type as it stands in the form can't hold."""
        field, values, book = self._field, self.values(), self._ctx.book
        if field is None:
            return
        kind, options = values["kind"], tuple(_options(values))
        if (kind, options) == (field.kind, field.options) or (kind == "choice" and not options):
            self.lost.hide()
            return
        self._ctx.tasks.read(
            lambda progress: unfit_values(book, field.name, kind, options, progress),
            lambda found: self._tell(*found),
            owner=self,
            key="lost",
        )

    def _tell(self, count: int, some: list[str]) -> None:
        self.lost.setText(
            ntr(
                "{n} customer has something there that does not fit and will be emptied: {values}.",
                "{n} customers have something there that does not fit and will be emptied: {values}.",
                count,
                values=tr(", ").join(some),
            )
        )
        self.lost.setVisible(count > 0)
        self.fit()


def _options(values: dict[str, Any]) -> list[str]:
    if values["kind"] != "choice":
        return []
    return [one for line in str(values["options"]).splitlines() if (one := " ".join(line.split()))]


def _rename_column(ctx: Context, old: str, new: str) -> None:
    """Let the list's column keep its place and width under the new name."""
    state = ctx.settings.get(_COLUMNS)
    before, after = f"custom:{old}", f"custom:{new}"
    if old == new or not isinstance(state, dict):
        return

    def named(kept: Any) -> Any:
        if isinstance(kept, list):
            return [after if one == before else one for one in kept]
        if isinstance(kept, dict):
            return {after if key == before else key: value for key, value in kept.items()}
        return kept

    ctx.settings.set(_COLUMNS, {key: named(value) for key, value in state.items()})
