"""The pane under the Filter button: tags, kind, relation, what was spent, and when they bought last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.translation import tr
from desktop.queries.customer_filter import STATES, CustomerFilter
from desktop.queries.customers import TagRow
from desktop.views.customers.words import state_name
from desktop.views.kit import theme
from desktop.views.kit.forms import DateField, MoneyField
from desktop.views.kit.widgets import ChipItem, ChipRow, PrimaryButton, SecondaryButton, label

WIDTH = 440


class FilterPane(QFrame):
    """A small window under a button; `on_apply` gets the conditions when they are to be used."""

    def __init__(
        self,
        view: CustomerFilter,
        tags: list[TagRow],
        currency: str,
        on_apply: Callable[[CustomerFilter], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Filter"))
        self._view = view
        self._on_apply = on_apply
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 16, 18, 16)
        self._column.setSpacing(6)
        self._column.addWidget(label(tr("Filter"), size=theme.SECTION, bold=True))
        self.states = self._chips(tr("State"), [(s, state_name(s)) for s in STATES], view.states)
        self.tags = self._chips(
            tr("Tags"), [(str(tag.id), tag.name) for tag in tags], [str(tag) for tag in view.tags]
        )
        self.kinds = self._chips(tr("Kind"), _named(words.CUSTOMER_KINDS), view.kinds)
        self.relations = self._chips(tr("Relation"), _named(words.RELATIONS), view.relations)
        self.spend_from = MoneyField(tr("Spent at least"), view.spend_from, currency=currency)
        self.spend_to = MoneyField(tr("Spent at most"), view.spend_to, currency=currency)
        self.last_from = DateField(tr("Last order from"), _day(view.last_from))
        self.last_to = DateField(tr("Last order until"), _day(view.last_to))
        for pair in ((self.spend_from, self.spend_to), (self.last_from, self.last_to)):
            row = QHBoxLayout()
            row.setSpacing(14)
            for one in pair:
                row.addWidget(one, 1)
            self._column.addSpacing(6)
            self._column.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(SecondaryButton(tr("Clear"), on_click=self.clear))
        foot.addStretch()
        foot.addWidget(PrimaryButton(tr("Show"), on_click=self.apply))
        self._column.addSpacing(10)
        self._column.addLayout(foot)
        self.setFixedWidth(WIDTH)

    def _chips(self, title: str, items: list[tuple[str, str]], chosen: object) -> ChipRow:
        row = ChipRow([ChipItem(key, text) for key, text in items], exclusive=False)
        for key in chosen if isinstance(chosen, (tuple, list)) else ():
            row.choose(key)
        row.setAccessibleName(title)
        heading = label(title, size=theme.SMALL, role="muted")
        heading.setVisible(bool(items))
        row.setVisible(bool(items))
        self._column.addSpacing(4)
        self._column.addWidget(heading)
        self._column.addWidget(row)
        row.setFixedHeight(row.heightForWidth(WIDTH - 38))
        return row

    def open_under(self, button: QWidget) -> None:
        """Show the pane below a button, its right edge under the button's, within the window."""
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 6))
        left = button.window().mapToGlobal(QPoint(8, 0)).x()
        self.move(max(corner.x(), left), corner.y())
        self.show()

    def clear(self) -> None:
        """Use no conditions."""
        self._on_apply(CustomerFilter())
        self.close()

    def apply(self) -> None:
        """Use the conditions as they stand; a wrong amount is shown instead."""
        if not (self.spend_from.check() and self.spend_to.check()):
            return
        last_from, last_to = self.last_from.value(), self.last_to.value()
        self._on_apply(
            replace(
                self._view,
                states=self.states.chosen_keys(),
                tags=tuple(int(key) for key in self.tags.chosen_keys()),
                kinds=self.kinds.chosen_keys(),
                relations=self.relations.chosen_keys(),
                spend_from=self.spend_from.value(),
                spend_to=self.spend_to.value(),
                last_from=last_from.toordinal() if last_from else None,
                last_to=last_to.toordinal() if last_to else None,
            )
        )
        self.close()


def _named(table: object) -> list[tuple[str, str]]:
    assert isinstance(table, dict)
    return [(code, words.name(table, code)) for code in table]


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
