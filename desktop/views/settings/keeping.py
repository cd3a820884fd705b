"""The settings of what is kept: how large files may be, and by when somebody's request is answered."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from desktop.core.translation import tr
from desktop.views.kit.cards import Card
from desktop.views.kit.context import Context
from desktop.views.kit.fields import ChoiceField, NumberField

_DEADLINES = (0, 5, 10, 15, 20, 30)
"""Working days; none is a month."""


class KeepingCard(Card):
    """Every change is kept at once, and can be undone."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            tr("Files and people's data"), tr("Kept in the book; every change can be undone"), hug=True
        )
        self._ctx = ctx
        self.most = NumberField(
            tr("A file may have, in MB"),
            least=1,
            most=200,
            hint=tr("Files are kept in the book itself, so that they go wherever it goes."),
        )
        self.warn = NumberField(
            tr("Say a word when all have, in MB"),
            least=10,
            most=20_000,
            hint=tr("A large book takes its time to be copied and backed up."),
        )
        self.deadline = ChoiceField(
            tr("Requests about people's data are answered within"),
            [(days, tr("{days} working days", days=days) if days else tr("a month")) for days in _DEADLINES],
            hint=tr("As the law of your country has it; holidays of the shop are no working days."),
        )
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.most, 1)
        row.addWidget(self.warn, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.deadline)
        self._show()
        for key, field in self._fields():
            field.changed.connect(lambda key=key, field=field: self._keep(key, int(field.value())))
        for box in (self.most.box, self.warn.box):
            # A number is kept when it stands there whole, not at each of its figures.
            box.setKeyboardTracking(False)
        ctx.changes.listen(self, self._show, "setting")

    def _fields(self) -> tuple[tuple[str, NumberField | ChoiceField], ...]:
        return (
            ("files.most_megabytes", self.most),
            ("files.warn_megabytes", self.warn),
            ("privacy.working_days", self.deadline),
        )

    def _show(self) -> None:
        for key, field in self._fields():
            blocked = field.blockSignals(True)
            field.set_value(int(self._ctx.settings.get(key)))
            field.blockSignals(blocked)

    def _keep(self, key: str, value: int) -> None:
        if value != self._ctx.settings.get(key):
            self._ctx.do(lambda: self._ctx.settings.set(key, value))
