"""What the forms of a complaint share: whose it is, when something was, and words at hand to insert."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.core.dates import format_when
from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.answers.insert_button import InsertAnswer
from desktop.views.answers.values import answer_values
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog, LongTextField
from desktop.views.kit.labels import label
from desktop.views.timeline.fields import MomentField
from desktop.views.timeline.words import cut

Operation = Callable[..., Changes]
WIDTH = 480


def now() -> datetime:
    """This moment to the second."""
    return datetime.now().replace(microsecond=0)


def about(detail: ComplaintDetail) -> str:
    """Which complaint a form is about, and whose."""
    row = detail.row
    return " · ".join(part for part in (row.number, cut(row.customer_name), cut(row.title)) if part)


class ComplaintForm(FormDialog):
    """A form whose values go to an operation on one complaint.

    The operation looks at the complaint as it is by then: what it refuses keeps the form with all that was
    typed. A moment that nobody touched is the moment of saving; one that was is `typed`.
    """

    def __init__(
        self,
        ctx: Context,
        detail: ComplaintDetail,
        title: str,
        save: str,
        operation: Operation,
        parent: QWidget | None,
        *,
        text: str = "",
        width: int = WIDTH,
    ) -> None:
        self.ctx, self.detail, self._operation = ctx, detail, operation
        super().__init__(title, save, self._run, text=about(detail), width=width, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if text:
            self.add_widget(label(text, role="muted", wrap=True))
        self._opened = now()

    def add_moment(self, title: str = "") -> MomentField:
        """Ask when it was; now, unless somebody says otherwise."""
        field = MomentField(title or tr("When"), self._opened)
        self.add_row(at=field)
        return field

    def add_words(
        self, title: str, *, name: str = "text", value: str = "", lines: int = 4, required: bool = False
    ) -> LongTextField:
        """Ask for words that the customer is told: answers at hand can be put into them."""
        field = LongTextField(title, value, lines=lines, required=required)
        self.add_row(**{name: field})
        self.add_widget(
            InsertAnswer(
                self.ctx,
                field,
                lambda: answer_values(self.ctx, complaint_id=self.detail.row.id),
                place="complaint",
                subject=self.detail.row.subject,
                mood=self.detail.mood,
            )
        )
        return field

    def showEvent(self, event: QShowEvent) -> None:
        """Whatever room is left over stays below the fields, not between them."""
        self.rows.addStretch(1)
        super().showEvent(event)

    def operands(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the operation takes out of the form's values. Raises UserError for what is still to come."""
        if "at" in values:
            values["typed"] = values["at"] != self._opened
            if values["typed"] and values["at"] > now():
                # Whatever happens next would count as happening then.
                raise UserError(
                    tr("That is still to come: {when}.", when=format_when(values["at"])),
                    tr("Choose a time that has passed."),
                )
            values["at"] = values["at"] if values["typed"] else now()
        return values

    def _run(self, values: dict[str, Any]) -> None:
        done = self._operation(self.ctx.book, complaint_id=self.detail.row.id, **self.operands(values))
        self.ctx.changed(done)
