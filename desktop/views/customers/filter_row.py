"""One condition of the filter builder: which field, how compared, with what; and when, of what was bought."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from desktop.core.translation import tr
from desktop.queries.conditions import Condition, When
from desktop.queries.conditions_check import understood
from desktop.queries.conditions_fields import DAY, GROUPS, Field
from desktop.queries.conditions_options import Vocabulary
from desktop.views.customers.filter_value import ValueEditor
from desktop.views.customers.filter_values import DaysValue, DayValues, editor_for
from desktop.views.customers.filter_words import condition_words, field_title
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.labels import label

FIELD_WIDTH, OPERATOR_WIDTH = 218, 158

Suggest = Callable[[Field], Sequence[str]]


class _Still(QObject):
    """Keeps the wheel for the page: a list that is rolled past must not change what it says."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


class ConditionRow(QWidget):
    """A condition that can be edited; one that is not understood only says so and can be removed."""

    changed = Signal()
    removed = Signal()

    def __init__(self, vocabulary: Vocabulary, suggest: Suggest, condition: Condition) -> None:
        super().__init__()
        self._vocabulary, self._suggest = vocabulary, suggest
        self._kept = condition
        self._still = _Still(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        remove = IconButton("x", tr("Remove this condition"), self.removed.emit, role="muted")
        remove.setFixedSize(34, 34)
        self._grid.addWidget(remove, 0, 3, top)
        field = vocabulary.fields.get(condition.field)
        begun = (
            field is not None and condition.op in field.operators and not (condition.values or condition.when)
        )
        self.editable = begun or understood(condition, vocabulary.fields)
        if not self.editable:
            said = label(condition_words(condition, vocabulary), role="amber", wrap=True)
            self._grid.addWidget(said, 0, 0, 1, 3)
            return
        self.fields = QComboBox()
        self.fields.setAccessibleName(tr("What is asked"))
        self.fields.setModel(_field_model(vocabulary, self.fields))
        self.fields.setMaxVisibleItems(18)
        self.operators = QComboBox()
        self.operators.setAccessibleName(tr("How it is compared"))
        self.when = QComboBox()
        self.when.setAccessibleName(tr("When it was bought"))
        self.when.addItem(tr("at any time"), "")
        for one in DAY.values():
            self.when.addItem(tr(one.title), one.key)
        for box, width in (
            (self.fields, FIELD_WIDTH),
            (self.operators, OPERATOR_WIDTH),
            (self.when, OPERATOR_WIDTH),
        ):
            box.setFixedWidth(width)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.installEventFilter(self._still)
        self.editor, self.when_editor = ValueEditor(), ValueEditor()
        self._grid.addWidget(self.fields, 0, 0, top)
        self._grid.addWidget(self.operators, 0, 1, top)
        self._grid.addWidget(self.editor, 0, 2, top)
        self._grid.addWidget(self.when, 1, 1, top)
        self._grid.addWidget(self.when_editor, 1, 2, top)
        self._choose(self.fields, condition.field)
        self._fill_operators(condition.op)
        self.editor.set_values(condition.values)
        if condition.when:
            self._choose(self.when, str(condition.when[0]))
        self._make_when_editor()
        self.when_editor.set_values(condition.when[1:])
        self.fields.currentIndexChanged.connect(self._field_changed)
        self.operators.currentIndexChanged.connect(self._operator_changed)
        self.when.currentIndexChanged.connect(self._when_changed)
        self.setFocusProxy(self.fields)

    @property
    def field(self) -> Field:
        """The field chosen."""
        return self._vocabulary.fields[str(self.fields.currentData())]

    def condition(self) -> Condition | None:
        """The condition as it stands; None as long as something is missing."""
        if not self.editable:
            return self._kept
        values = self.editor.values()
        when = self.when_editor.values() if self.field.kind == "bought" else ()
        if values is None or when is None:
            return None
        op = str(self.when.currentData()) if self.field.kind == "bought" else ""
        days: When = (op, *(int(day) for day in when)) if op else ()
        return Condition(self.field.key, str(self.operators.currentData()), values, days)

    def check(self) -> bool:
        """Whether nothing is missing; shows what is, and goes there."""
        if self.condition() is not None:
            return True
        self.editor.show_wrong(wrong=True)
        self.editor.setFocus()
        return False

    # -- making

    def _choose(self, box: QComboBox, data: str) -> None:
        box.setCurrentIndex(max(0, box.findData(data)))

    def _fill_operators(self, op: str) -> None:
        self.operators.blockSignals(True)
        self.operators.clear()
        for one in self.field.operators.values():
            self.operators.addItem(tr(one.title), one.key)
        self._choose(self.operators, op)
        self.operators.blockSignals(False)
        self._make_editor()
        bought = self.field.kind == "bought"
        self.when.setVisible(bought)
        self.when_editor.setVisible(bought)

    def _make_editor(self) -> None:
        field = self.field
        operator = field.operators[str(self.operators.currentData())]
        made = editor_for(
            field,
            operator,
            self._vocabulary.choices_of(field),
            self._vocabulary.currency,
            self._suggest,
            field_title(field),
        )
        self.editor = self._exchange(self.editor, made)
        self.setTabOrder(self.operators, self.editor)

    def _make_when_editor(self) -> None:
        takes = DAY[key].takes if (key := str(self.when.currentData())) else "nothing"
        name = self.when.accessibleName()
        made: ValueEditor = ValueEditor()
        if takes == "days":
            made = DaysValue(name)
        elif takes != "nothing":
            made = DayValues(name, count=2 if takes == "two days" else 1)
        self.when_editor = self._exchange(self.when_editor, made)
        self.when_editor.setVisible(self.field.kind == "bought")

    def _exchange(self, old: ValueEditor, fresh: ValueEditor) -> ValueEditor:
        self._grid.replaceWidget(old, fresh)
        old.hide()
        old.deleteLater()
        for box in fresh.findChildren(QWidget):
            box.installEventFilter(self._still)
        fresh.changed.connect(self._value_changed)
        return fresh

    # -- what happens

    def _field_changed(self) -> None:
        self._fill_operators("")
        self.changed.emit()

    def _operator_changed(self) -> None:
        before = self.editor.values()
        kind = type(self.editor)
        self._make_editor()
        if before and isinstance(self.editor, kind):
            self.editor.set_values(before)
        self.changed.emit()

    def _when_changed(self) -> None:
        self._make_when_editor()
        self.changed.emit()

    def _value_changed(self) -> None:
        self.editor.show_wrong(wrong=False)
        self.changed.emit()


def _field_model(vocabulary: Vocabulary, parent: QObject) -> QStandardItemModel:
    """Every field under the name of its group."""
    model = QStandardItemModel(parent)
    for group, title in GROUPS.items():
        members = [field for field in vocabulary.fields.values() if field.group == group]
        if not members:
            continue
        heading = QStandardItem(tr(title))
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setFont(theme.font(theme.SMALL, bold=True))
        model.appendRow(heading)
        for field in members:
            item = QStandardItem(field_title(field))
            item.setData(field.key, Qt.ItemDataRole.UserRole)
            model.appendRow(item)
    return model
