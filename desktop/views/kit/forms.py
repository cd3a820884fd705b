"""Forms in a dialog: fields in rows, what is wrong beside each, one button that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.buttons import PrimaryButton, SecondaryButton
from desktop.views.kit.fields import (
    CheckField,
    ChoiceField,
    DateField,
    Field,
    LongTextField,
    MoneyField,
    NumberField,
    TextField,
)
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import ScrollColumn
from desktop.views.kit.tags_field import TagsField

__all__ = [
    "CheckField",
    "ChoiceField",
    "DateField",
    "Field",
    "FormDialog",
    "LongTextField",
    "MoneyField",
    "NumberField",
    "TagsField",
    "TextField",
]


class FormDialog(QDialog):
    """A form. Add rows of named fields, give `on_save` the work; it closes when that raised no `UserError`.

    Enter goes to the button unless some lines are being written; Ctrl+Enter saves from anywhere, Esc leaves.
    """

    def __init__(
        self,
        title: str,
        save_text: str,
        on_save: Callable[[dict[str, Any]], object] | None = None,
        *,
        text: str = "",
        width: int = 520,
        leave_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._on_save = on_save
        self.fields: dict[str, Field] = {}
        self._wrong = label(role="red", wrap=True)
        self._wrong.hide()
        column = ScrollColumn(gap=14)
        self.rows = column.column
        self._column = column
        self.save_button = PrimaryButton(save_text, on_click=self.save)
        self.save_button.setDefault(True)
        cancel = SecondaryButton(leave_text or tr("Cancel"), on_click=self.reject)
        cancel.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(self._wrong, 1)
        foot.addStretch()
        foot.addWidget(cancel)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(14)
        layout.addWidget(label(title, size=theme.TITLE, bold=True, wrap=True))
        if text:
            layout.addWidget(label(text, role="muted", wrap=True))
        layout.addWidget(column, 1)
        layout.addLayout(foot)
        self._width = width
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)

    def add_row(self, **fields: Field) -> None:
        """Add fields side by side, by their names."""
        row = QHBoxLayout()
        row.setSpacing(14)
        for name, field in fields.items():
            self.fields[name] = field
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            field.changed.connect(lambda shown=field: shown.show_problem(""))
        self.rows.addLayout(row)

    def add_widget(self, widget: QWidget) -> None:
        """Add something else on a line of its own."""
        self.rows.addWidget(widget)

    def values(self) -> dict[str, Any]:
        """Every field's value by its name."""
        return {name: field.value() for name, field in self.fields.items()}

    def check(self) -> bool:
        """Whether every field is right; puts the cursor into the first that is not."""
        wrong = [field for field in self.fields.values() if not field.check()]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def save(self) -> None:
        """Check, do it, and close; a `UserError` keeps the form open and is shown in it.

        The keys do no more than the button: where it is grey there is nothing to save.
        """
        if not self.save_button.isEnabled() or not self.check():
            return
        try:
            if self._on_save:
                self._on_save(self.values())
        except UserError as error:
            self._wrong.setText(str(error))
            self._wrong.show()
            return
        self.accept()

    def show_problem(self, name: str, text: str) -> None:
        """Show what is wrong beside the field of that name."""
        self.fields[name].show_problem(text)

    def showEvent(self, event: QShowEvent) -> None:
        """As tall as the form, within the window."""
        super().showEvent(event)
        self.fit()
        if self.fields:
            next(iter(self.fields.values())).setFocus()

    def fit(self) -> None:
        """Be as tall as the form is now, within the screen."""
        canvas = self._column.canvas
        layout = self.layout()
        margins = self.contentsMargins() if layout is None else layout.contentsMargins()
        inside = (
            self._width
            - margins.left()
            - margins.right()
            - self._column.verticalScrollBar().sizeHint().width()
        )
        inner = max(canvas.sizeHint().height(), canvas.heightForWidth(inside)) + 6
        room = self.screen().availableGeometry().height() - 220
        self._be_as_tall(min(inner, room))
        for one in (layout, canvas.layout()):
            if one is not None:
                one.activate()
        # Words wrap by the width they get, which shows only now.
        if hidden := self._column.verticalScrollBar().maximum():
            self._be_as_tall(min(inner + hidden, room))

    def _be_as_tall(self, inner: int) -> None:
        self._column.setMinimumHeight(inner)
        self.resize(self._width, self.sizeHint().height())
