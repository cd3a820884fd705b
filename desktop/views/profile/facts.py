"""The facts about a customer, one below the other, of which one at a time is edited where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.views.kit.context import Context
from desktop.views.kit.widgets import clear
from desktop.views.profile.fact_editor import FactEditor
from desktop.views.profile.fact_row import Fact, FactRow


class FactList(QWidget):
    """Facts one below the other, at most one of them being edited."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._facts: dict[str, Fact] = {}
        self._waiting: Sequence[Fact] | None = None
        self.rows: dict[str, FactRow] = {}
        self.editor: FactEditor | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts; while one is being edited they wait for it."""
        if self.editor is not None:
            self._waiting = facts
            return
        held = next((key for key, row in self.rows.items() if row.hasFocus()), None)
        same = [(fact.key, fact.title, fact.shown) for fact in facts] == [
            (fact.key, fact.title, fact.shown) for fact in self._facts.values()
        ]
        self._facts = {fact.key: fact for fact in facts}
        if same:
            return
        clear(self._column)
        self.rows = {}
        for fact in facts:
            self.rows[fact.key] = self._row(fact)
            self._column.addWidget(self.rows[fact.key])
        if held in self.rows:
            self.rows[held].show()
            self.rows[held].setFocus()

    def edit(self, fact: Fact | str) -> FactEditor | None:
        """Open a fact, one of those shown or a further one; another being edited is kept first."""
        if isinstance(fact, str):
            if fact not in self._facts:
                return None
            fact = self._facts[fact]
        if self.editor is not None:
            self.editor.keep()
        if self.editor is not None:
            return None
        row = self.rows.get(fact.key)
        made = FactEditor(self._ctx, self._facts.get(fact.key, fact))
        self.editor = made
        at = self._place_of(fact) if row is None else self._column.indexOf(row)
        self._column.insertWidget(at, made)
        if row is not None:
            row.hide()
        made.done.connect(lambda: self._rest(fact.key))
        made.show()
        made.field.setFocus()
        QTimer.singleShot(0, made, lambda: _into_view(made))
        return made

    def _place_of(self, fact: Fact) -> int:
        """Where a further fact is written: below the last of its sort, else above everything."""
        sort = fact.key.partition(":")[0]
        alike = [at for at, key in enumerate(self._facts) if key.partition(":")[0] == sort]
        return alike[-1] + 1 if alike else 0

    def _row(self, fact: Fact) -> FactRow:
        row = FactRow(fact)
        row.opened.connect(lambda: self.edit(fact.key))
        return row

    def _rest(self, key: str) -> None:
        made, self.editor = self.editor, None
        if made is not None:
            self._column.removeWidget(made)
            made.hide()
            made.deleteLater()
        if (row := self.rows.get(key)) is not None:
            row.show()
            row.setFocus()
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.show_facts(waiting)


def _into_view(made: QWidget) -> None:
    """Scroll until all of an editor shows."""
    above = made.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(made, 0, 12)
