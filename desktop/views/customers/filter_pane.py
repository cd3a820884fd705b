"""The pane under the Filter button: state, tags, kind, relation, what was spent, when they bought last.

It lies inside the window and is no window of its own, so that the calendars it opens do not close it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.translation import tr
from desktop.queries.conditions import Condition, Value, all_of, conditions_in
from desktop.queries.customer_filter import STATES, CustomerFilter
from desktop.queries.customers import TagRow
from desktop.views.customers.words import state_name
from desktop.views.kit import theme
from desktop.views.kit.forms import DateField, MoneyField
from desktop.views.kit.widgets import ChipItem, ChipRow, PrimaryButton, ScrollColumn, SecondaryButton, label

WIDTH = 440


class FilterPane(QFrame):
    """Lies under a button until it is used or one clicks elsewhere; `on_apply` gets the conditions."""

    def __init__(
        self,
        view: CustomerFilter,
        tags: list[TagRow],
        currency: str,
        on_apply: Callable[[CustomerFilter], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Filter"))
        self._view = view
        held = {(one.field, one.op): one.values for one in conditions_in(view.where)}
        self._holder = parent
        self._on_apply = on_apply
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(label(tr("Filter"), size=theme.SECTION, bold=True))
        self._scroll = ScrollColumn(gap=6)
        self._column = self._scroll.column
        layout.addWidget(self._scroll)
        self.states = self._chips(tr("State"), [(s, state_name(s)) for s in STATES], view.states)
        self.tags = self._chips(
            tr("Tags"),
            [(str(tag.id), tag.name) for tag in tags],
            [str(tag) for tag in held.get(("tags", "any"), ())],
        )
        self.kinds = self._chips(tr("Kind"), _named(words.CUSTOMER_KINDS), held.get(("kind", "is")))
        self.relations = self._chips(tr("Relation"), _named(words.RELATIONS), held.get(("relation", "is")))
        self.spend_from = MoneyField(tr("Spent at least"), _number(held, "spend", "ge"), currency=currency)
        self.spend_to = MoneyField(tr("Spent at most"), _number(held, "spend", "le"), currency=currency)
        self.last_from = DateField(tr("Last order from"), _day(_number(held, "last", "after"), 1))
        self.last_to = DateField(tr("Last order until"), _day(_number(held, "last", "before"), -1))
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
        layout.addLayout(foot)
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
        """Show the pane below a button, its right edge under the button's, as tall as there is room."""
        holder = self._holder
        corner = button.mapTo(holder, QPoint(button.width() - self.width(), button.height() + 6))
        room = holder.height() - corner.y() - 16
        self._scroll.setFixedHeight(min(self._scroll.canvas.sizeHint().height(), room - 120))
        self.move(max(corner.x(), 8), corner.y())
        self.adjustSize()
        self.show()
        self.raise_()
        self.states.chip(STATES[0]).setFocus()
        if app := QApplication.instance():
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click anywhere else closes the pane; one into a calendar or list that it opened does not."""
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(event, QMouseEvent)
            and isinstance(watched, QWidget)
            and QApplication.activePopupWidget() is None
            and watched.window() is self.window()
            and not self.rect().contains(self.mapFromGlobal(event.globalPosition().toPoint()))
        ):
            self.close()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, Enter shows."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
        else:
            super().keyPressEvent(event)

    def clear(self) -> None:
        """Use no conditions."""
        self._on_apply(CustomerFilter())
        self.close()

    def apply(self) -> None:
        """Use the conditions as they stand; a wrong amount is shown instead."""
        if not (self.spend_from.check() and self.spend_to.check()):
            return
        last_from, last_to = self.last_from.value(), self.last_to.value()
        tags = tuple(int(key) for key in self.tags.chosen_keys())
        parts = (
            Condition("tags", "any", tags),
            Condition("kind", "is", self.kinds.chosen_keys()),
            Condition("relation", "is", self.relations.chosen_keys()),
            *(
                Condition(field, op, () if value is None else (value,))
                for field, op, value in (
                    ("spend", "ge", self.spend_from.value()),
                    ("spend", "le", self.spend_to.value()),
                    ("last", "after", last_from.toordinal() - 1 if last_from else None),
                    ("last", "before", last_to.toordinal() + 1 if last_to else None),
                )
            ),
        )
        where = all_of(*(part for part in parts if part.values))
        self._on_apply(replace(self._view, states=self.states.chosen_keys(), where=where))
        self.close()


def _named(table: object) -> list[tuple[str, str]]:
    assert isinstance(table, dict)
    return [(code, words.name(table, code)) for code in table]


def _number(held: dict[tuple[str, str], tuple[Value, ...]], field: str, op: str) -> int | None:
    found = held.get((field, op))
    return int(found[0]) if found else None


def _day(ordinal: int | None, more: int) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal + more)
