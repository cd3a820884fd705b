"""How far value looks ahead and what later money is worth less: two settings of the shop, kept with undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSpinBox

from desktop.core.settings import setting
from desktop.core.translation import tr
from desktop.queries.lifetime import MOST_DISCOUNT, MOST_MONTHS
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.labels import label
from desktop.views.kit.widgets import Card

_PAUSE_MS = 500
"""Who steps from 12 to 24 months means one change."""
Keep = Callable[[dict[str, int | float]], object]


class HorizonCard(Card):
    """Months and discount; `keep` gets what is to be kept, once the hands rest."""

    def __init__(self, keep: Keep) -> None:
        super().__init__(hug=True, margin=14)
        self._keep = keep
        self._kept: tuple[int, float] = (0, 0.0)
        self.months = QSpinBox()
        self.months.setRange(1, MOST_MONTHS)
        self.months.setAccessibleName(tr("Months to look ahead"))
        self.discount = QDoubleSpinBox()
        self.discount.setRange(0.0, MOST_DISCOUNT)
        self.discount.setSingleStep(0.5)
        self.discount.setDecimals(1)
        self.discount.setSuffix(" %")
        self.discount.setAccessibleName(tr("Discount a month"))
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self.commit)
        self.back_button = LinkButton("", "", self._back)
        self.note = label("", size=theme.SMALL, role="muted", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(10)
        for words, box in (
            (tr("Months to look ahead"), self.months),
            (tr("Discount a month"), self.discount),
        ):
            box.setFixedWidth(92)
            box.lineEdit().setTextMargins(9, 0, 0, 0)
            box.valueChanged.connect(self._timer.start)
            box.editingFinished.connect(self.commit)
            row.addWidget(label(words, size=theme.SMALL, role="muted"))
            row.addWidget(box)
        row.addWidget(self.back_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.note, 0, Qt.AlignmentFlag.AlignTop)

    def show_kept(self, months: int, discount: float, note: str) -> None:
        """Show what is kept, and what the figures are made of."""
        self._kept = (months, discount)
        if not self._timer.isActive():
            for box, value in ((self.months, months), (self.discount, discount)):
                blocked = box.blockSignals(True)
                box.setValue(value)  # type: ignore[arg-type]
                box.blockSignals(blocked)
        usual = _usual()
        self.back_button.setText(
            tr("Back to {months} months, {discount} %", months=usual[0], discount=f"{usual[1]:g}")
        )
        self.back_button.setVisible((months, discount) != usual)
        self.note.setText(note)

    def commit(self) -> None:
        """Keep what the boxes say, if it is something else."""
        self._timer.stop()
        months, discount = self.months.value(), round(self.discount.value(), 1)
        changed: dict[str, int | float] = {}
        if months != self._kept[0]:
            changed["value.months"] = months
        if discount != self._kept[1]:
            changed["value.discount"] = discount
        if changed:
            self._kept = (months, discount)
            self._keep(changed)

    def _back(self) -> None:
        self.months.setValue(_usual()[0])
        self.discount.setValue(_usual()[1])
        self.commit()


def _usual() -> tuple[int, float]:
    months, discount = setting("value.months").default, setting("value.discount").default
    assert isinstance(months, int)
    assert isinstance(discount, float)
    return months, discount
