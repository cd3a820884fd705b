"""Conditions of the filter builder that belong together: all of them, or at least one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.queries.conditions import Condition, Group, Join
from desktop.queries.conditions_options import Vocabulary
from desktop.views.customers.filter_row import ConditionRow, Suggest
from desktop.views.kit.buttons import IconButton, LinkButton

DEEPEST = 2
"""Groups within groups within the outermost that can be made."""
FRESH = Condition("spend", "ge")


class ConditionGroup(QFrame):
    """A group with its conditions and inner groups; the outermost has no frame and can't be removed."""

    changed = Signal()
    removed = Signal()

    def __init__(
        self,
        vocabulary: Vocabulary,
        suggest: Suggest,
        group: Group,
        *,
        depth: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._vocabulary, self._suggest, self._depth = vocabulary, suggest, depth
        self._parts: list[ConditionRow | ConditionGroup] = []
        if depth:
            self.setProperty("tone", "grey")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*((12, 10, 4, 8) if depth else (0, 0, 0, 0)))
        layout.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.join = QComboBox()
        self.join.setAccessibleName(tr("How the conditions are joined"))
        self.join.addItem(tr("All of these hold"), "and")
        self.join.addItem(tr("At least one of these holds"), "or")
        self.join.setCurrentIndex(0 if group.join == "and" else 1)
        self.join.setFixedWidth(218)
        self.join.currentIndexChanged.connect(lambda _: self.changed.emit())
        head.addWidget(self.join)
        head.addStretch()
        if depth:
            cross = IconButton("x", tr("Remove this group"), self.removed.emit, role="muted")
            cross.setFixedSize(34, 34)
            head.addWidget(cross)
        layout.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        layout.addLayout(self._rows)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        self.add_button = LinkButton(tr("Condition"), "plus", lambda: self.add(FRESH, focus=True))
        self.add_button.setAccessibleName(tr("Add a condition"))
        foot.addWidget(self.add_button)
        if depth < DEEPEST:
            self.group_button = LinkButton(tr("Group"), "plus", self._add_group)
            self.group_button.setAccessibleName(tr("Add a group of conditions"))
            foot.addWidget(self.group_button)
        foot.addStretch()
        layout.addLayout(foot)
        for part in group.parts:
            self.add(part)

    def group(self) -> Group:
        """The conditions that are complete, as they stand."""
        join: Join = "and" if self.join.currentData() == "and" else "or"
        parts: list[Condition | Group] = []
        for one in self._parts:
            if isinstance(one, ConditionGroup):
                if (inner := one.group()).parts:
                    parts.append(inner)
            elif (condition := one.condition()) is not None:
                parts.append(condition)
        return Group(join, tuple(parts))

    def rows(self) -> list[ConditionRow]:
        """Every row, those of inner groups too."""
        found: list[ConditionRow] = []
        for part in self._parts:
            found.extend(part.rows() if isinstance(part, ConditionGroup) else [part])
        return found

    def inner(self) -> list[ConditionGroup]:
        """The groups right inside this one."""
        return [part for part in self._parts if isinstance(part, ConditionGroup)]

    def check(self) -> bool:
        """Whether every row is complete; goes to the first that is not."""
        return all(row.check() for row in self.rows())

    def add(self, part: Condition | Group, *, focus: bool = False) -> None:
        """Add a condition or a group below the others."""
        made: ConditionRow | ConditionGroup
        if isinstance(part, Group):
            made = ConditionGroup(self._vocabulary, self._suggest, part, depth=self._depth + 1)
        else:
            made = ConditionRow(self._vocabulary, self._suggest, part)
        made.changed.connect(self.changed)
        made.removed.connect(lambda: self._remove(made))
        self._parts.append(made)
        self._rows.addWidget(made)
        if focus:
            made.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def clear(self) -> None:
        """Remove everything inside."""
        for part in list(self._parts):
            self._remove(part)

    def _add_group(self) -> None:
        other: Join = "or" if self.join.currentData() == "and" else "and"
        self.add(Group(other, (FRESH,)))
        self.inner()[-1].rows()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, part: ConditionRow | ConditionGroup) -> None:
        at = self._parts.index(part)
        self._parts.remove(part)
        self._rows.removeWidget(part)
        part.hide()
        part.deleteLater()
        # The keyboard goes on where something was taken away.
        if self._parts:
            self._parts[min(at, len(self._parts) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
