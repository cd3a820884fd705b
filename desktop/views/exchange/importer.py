"""Bringing a file in: its columns, a check of its rows, and the import itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled
from desktop.core.translation import ntr, tr
from desktop.exchange.matching.mapping import match_columns
from desktop.exchange.plan import ImportPlan, Mode, make_plan
from desktop.exchange.vocabulary import own_layouts
from desktop.models.changes import Changes
from desktop.operations.importing import import_plan
from desktop.views.exchange import check_pane, words
from desktop.views.exchange.check_pane import CheckPane
from desktop.views.exchange.choices import Choices
from desktop.views.exchange.columns_pane import ColumnsPane
from desktop.views.exchange.draft import Draft, asks_for_order_of_day
from desktop.views.exchange.landing import RIGHT
from desktop.views.exchange.outlook import OutlookCard, ProblemsCard
from desktop.views.kit.context import Context
from desktop.views.kit.notices import report_error
from desktop.views.kit.widgets import (
    Card,
    ElidedLabel,
    IconLabel,
    PrimaryButton,
    ScrollColumn,
    SecondaryButton,
    Stepper,
    label,
)

SETTLE_MS = 150
"""After a change of the columns, so long until the rows are checked again."""
COLUMNS, CHECK = 1, 2


def steps() -> list[str]:
    """The names of the four steps."""
    return [tr("Choose file"), tr("Match columns"), tr("Check"), tr("Done")]


def stepper_card(current: int) -> tuple[Card, Stepper]:
    """The card with the steps on it."""
    card = Card(hug=True)
    stepper = Stepper(steps(), current)
    card.body.addWidget(stepper)
    return card, stepper


class FileBanner(QFrame):
    """What the file is, in one line."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tone", "accent")
        self._name = label(bold=True)
        self._facts = ElidedLabel(role="text")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(10)
        row.addWidget(IconLabel("file-check", "accent"))
        row.addWidget(self._name)
        row.addWidget(self._facts, 1)

    def show_draft(self, draft: Draft, rows: int) -> None:
        """Show a file."""
        name = draft.table.name
        self._name.setText(name if len(name) <= 48 else f"{name[:30]}…{name[-16:]}")
        self._name.setToolTip(name)
        self._facts.set_whole("· " + words.recognised(draft.mapping, rows, draft.table.encoding))


class Importer(QWidget):
    """Works on a draft until it is imported (`imported`: the plan and its Changes) or left (`left`)."""

    imported = Signal(object, object)
    left = Signal()
    sheet_wanted = Signal(str)

    def __init__(self, ctx: Context, draft: Draft) -> None:
        super().__init__()
        self._ctx = ctx
        self.draft = draft
        self.plan: ImportPlan | None = None
        self._written = False
        card, self.stepper = stepper_card(COLUMNS)
        self.banner = FileBanner()
        self.columns = ColumnsPane(draft.mapping)
        self.columns.chosen.connect(self._send_column)
        self.check = CheckPane(draft.accepted)
        self.check.words.told.connect(self._explain_word)
        self._front = QStackedWidget()
        self._front.addWidget(self.columns)
        self._front.addWidget(self.check)
        self.outlook = OutlookCard(self.show_check)
        self.outlook.mode.chosen.connect(self._change_mode)
        self.look = ProblemsCard(lambda: self.show_check(check_pane.PROBLEMS))
        self.look.hide()
        self.back_button = SecondaryButton(tr("Back"), on_click=self.go_back)
        self.import_button = PrimaryButton(tr("Import"), on_click=self.run)
        self.remember = QCheckBox(tr("Take such files like this from now on"))
        self.remember.setChecked(True)
        self.remember.setVisible(draft.touched)
        self.choices = self._choices()
        left = QVBoxLayout()
        left.setSpacing(14)
        left.addWidget(card)
        left.addWidget(self.banner)
        left.addWidget(self.choices)
        left.addWidget(self._front, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self._right())
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._check)
        self.setFocusProxy(self.import_button)
        ctx.changes.listen(self, self._book_changed, "customer", "contact_point", "orders", "setting")
        self._show_mapping()
        self._check()

    def _right(self) -> QWidget:
        column = ScrollColumn()
        column.setFixedWidth(RIGHT)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.import_button)
        column.column.addWidget(self.outlook)
        column.column.addWidget(self.remember)
        # Above the problems, whose list may be longer than the window.
        column.column.addLayout(buttons)
        column.column.addWidget(self.look)
        column.column.addStretch(1)
        return column

    def _choices(self) -> Choices:
        choices = Choices(self.draft)
        choices.target_chosen.connect(self._change_target)
        choices.day_first_chosen.connect(self._change_day_first)
        choices.layout_chosen.connect(self._change_layout)
        choices.layout_forgotten.connect(self._read_anew)
        choices.sheet_chosen.connect(self.sheet_wanted)
        return choices

    # -- the columns

    def _send_column(self, index: int, field: str) -> None:
        self.draft.touched = True
        self.remember.show()
        self.draft.mapping = self.draft.mapping.with_field(index, field)
        self._mapping_changed()

    def _explain_word(self, field: str, word: str, code: str | None) -> None:
        self.draft.touched = True
        self.remember.show()
        self.draft.mapping = self.draft.mapping.with_word(field, word, code)
        self._mapping_changed()

    def _change_target(self, target: str) -> None:
        self.draft.mapping = self.draft.mapping.with_target(self.draft.table, target)
        self.draft.mode = None
        self._mapping_changed()

    def _change_layout(self, name: str) -> None:
        draft = self.draft
        draft.mapping = (
            match_columns(draft.table, name)
            if name
            else draft.mapping.with_target(draft.table, draft.mapping.target)
        )
        draft.touched = True
        self.remember.show()
        self._mapping_changed()

    def _read_anew(self) -> None:
        """As a file that nobody has put right: there is nothing to remember."""
        self.draft.mapping = match_columns(self.draft.table)
        self.draft.touched = False
        self.remember.hide()
        self._mapping_changed()

    def _change_day_first(self, day_first: bool | None) -> None:
        self.draft.mapping = self.draft.mapping.with_day_first(day_first)
        self._mapping_changed()

    def _change_mode(self, mode: Mode) -> None:
        self.draft.mode = mode
        self._mapping_changed()

    def _book_changed(self) -> None:
        """What was new may be there now, or gone again by an Undo; another currency reads amounts anew."""
        if not self._written:
            self._mapping_changed()

    def _mapping_changed(self) -> None:
        self._show_mapping()
        self.plan = None
        self.import_button.setEnabled(False)
        self.outlook.show_busy()
        self._settling.start()

    def _show_mapping(self) -> None:
        self.columns.show_mapping(self.draft.mapping)
        self.banner.show_draft(self.draft, self.plan.rows if self.plan else self.draft.rows)
        self.choices.show_draft(self.draft)
        self.outlook.mode.show_mode(self.draft.mode_now)

    # -- the check

    def _check(self) -> None:
        """Ask in the background what will happen."""
        self.import_button.setEnabled(False)
        book, draft = self._ctx.book, self.draft
        table, mapping, mode = draft.table, draft.mapping, draft.mode_now
        self._ctx.tasks.read(
            lambda progress: make_plan(book, table, mapping=mapping, mode=mode, progress=progress),
            self._show_plan,
            owner=self,
            key="plan",
            on_error=self._cannot,
        )

    def _show_plan(self, plan: ImportPlan) -> None:
        self.plan = plan
        self.banner.show_draft(self.draft, plan.rows)
        self.outlook.show_plan(plan)
        self.look.show_plan(plan)
        self.check.show_plan(plan)
        if asks_for_order_of_day(plan):
            self.choices.ask_for_day()
        self.import_button.setEnabled(plan.brings_something)
        if plan.brings_something:
            text = ntr("Import {n} row", "Import {n} rows", plan.good_rows)
        elif plan.good_rows:
            text = tr("Nothing new in this file")
        else:
            text = tr("No row can be imported")
        self.import_button.setText(text)
        self.import_button.setAccessibleName(text)
        if self.stepper.current() == CHECK and not (check_pane.something(plan) or plan.unknown_words):
            self.show_columns()

    def _cannot(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, UserError):
            report_error(error, self.window())
            return
        self.plan = None
        self.look.hide()
        self.outlook.show_problem(str(error))
        self.import_button.setText(tr("Import"))

    def show_check(self, what: str = "") -> None:
        """Show every row that stays out, what changes in the book, or who is doubtful."""
        self.stepper.set_current(CHECK)
        self._front.setCurrentWidget(self.check)
        self.check.look_at(what or (check_pane.something(self.plan) if self.plan else check_pane.PROBLEMS))

    def show_columns(self) -> None:
        """Show the columns."""
        self.stepper.set_current(COLUMNS)
        self._front.setCurrentWidget(self.columns)

    def go_back(self) -> None:
        """One step back."""
        if self.stepper.current() == CHECK:
            self.show_columns()
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes one step back."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    # -- the import

    def run(self) -> None:
        """Write what is good into the book."""
        plan, book, accepted = self.plan, self._ctx.book, self.draft.accepted
        if plan is None:
            return

        def done(changes: Changes) -> None:
            self._written = True
            remember = self.draft.touched and self.remember.isChecked()
            self._ctx.changed(changes, quiet=True)
            self.imported.emit(plan, changes)
            # Last, for the disk may refuse, and the rows are in the book whatever it says.
            if remember:
                own_layouts.save(self.draft.mapping, self.draft.table, plan.file_name)

        self._ctx.tasks.write(
            tr("Importing {file}…", file=plan.file_name),
            lambda progress: import_plan(book, plan, accepted=accepted, progress=progress),
            done,
            owner=self,
        )
