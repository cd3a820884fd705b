"""The end of an import: what came in, and what can be done now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.translation import ntr, tr
from desktop.exchange.plan import ImportPlan
from desktop.exchange.vocabulary.subjects import CUSTOMERS, ORDERS, TARGETS
from desktop.models.changes import Changes
from desktop.queries.imports import is_taken_back
from desktop.views.exchange.importer import stepper_card
from desktop.views.exchange.problems_pane import ProblemsPane, save_problem_rows
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import (
    Card,
    FlowLayout,
    IconTile,
    PrimaryButton,
    SecondaryButton,
    Tile,
    label,
)

_ALL_DONE = 4


class DonePage(QWidget):
    """`again` asks for another file."""

    again = Signal()

    def __init__(
        self,
        ctx: Context,
        file: str,
        changes: Changes,
        plan: ImportPlan | None = None,
        *,
        following: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._file = file
        self._title = tr("{file} is in the book", file=file)
        if not changes:
            self._title = tr("{file} brought nothing new", file=file)
        self._ctx, self._changes, self._plan = ctx, changes, plan
        self._updated = plan.updates.customers + plan.updates.orders + plan.updates.entries if plan else 0
        card, _ = stepper_card(_ALL_DONE)
        self._heading = label(self._title, size=theme.TITLE, bold=True, wrap=True)
        self._words = label("", role="muted", wrap=True)
        self.see_button = PrimaryButton(tr("See the customers"), "users", lambda: ctx.navigate("customers"))
        self.undo_button = SecondaryButton(tr("Undo"), "undo-2", self._undo)
        self.again_button = SecondaryButton(
            tr("Next file: {file}", file=following[0]) if following else tr("Import another file"),
            "upload",
            self.again.emit,
        )
        self.save_button = SecondaryButton(tr("Save the problem rows…"), "download", self._save_problems)
        self.doubts_button = SecondaryButton(
            tr("Look at the doubtful matches"), "merge", lambda: ctx.navigate("duplicates")
        )
        self.doubts_button.setVisible(bool(plan and plan.doubts and changes))
        sheet = Card(margin=24, hug=True)
        sheet.body.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(IconTile("circle-check", "accent", 44), 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(3)
        said.addWidget(self._heading)
        said.addWidget(self._words)
        head.addLayout(said, 1)
        sheet.body.addLayout(head)
        sheet.body.addSpacing(8)
        self._figures = QWidget()
        tiles = QHBoxLayout(self._figures)
        tiles.setContentsMargins(0, 0, 0, 8)
        tiles.setSpacing(12)
        for tile in self._tiles():
            tiles.addWidget(tile, 1)
        sheet.body.addWidget(self._figures)
        holder = QWidget()
        actions = FlowLayout(holder, gap=10, line_gap=10)
        for button in (
            self.see_button,
            self.undo_button,
            self.save_button,
            self.doubts_button,
            self.again_button,
        ):
            actions.addWidget(button)
        sheet.body.addWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(card)
        layout.addWidget(sheet)
        if plan is not None and plan.problems:
            problems = ProblemsPane()
            problems.show_plan(plan)
            layout.addWidget(problems, 1)
        else:
            layout.addStretch(1)
            self.save_button.hide()
        self.setFocusProxy(self.see_button)
        ctx.changes.listen(self, self._refresh)
        self._refresh()

    def _tiles(self) -> Sequence[Tile]:
        plan = self._plan
        if plan is None:
            return ()
        found: list[tuple[str, Any, str, str]] = [
            (tr("New customers"), plan.customers_new, "", "muted"),
            (tr("Known customers"), plan.customers_matched, "", "muted"),
        ]
        if plan.target == "orders":
            known = ntr("{n} was here already", "{n} were here already", plan.orders_known)
            found.append((tr("New orders"), plan.orders_new, known if plan.orders_known else "", "muted"))
            found.append((tr("Order lines"), plan.lines, "", "muted"))
        if plan.target not in (CUSTOMERS, ORDERS):
            known = ntr("{n} was here already", "{n} were here already", plan.entries_known)
            title = tr(TARGETS[plan.target].title)
            found.insert(0, (title, plan.entries_new, known if plan.entries_known else "", "muted"))
        if plan.updates:
            found.append((tr("Brought up to date"), self._updated, "", "muted"))
        bad = plan.rows - plan.good_rows
        found.append((tr("Rows left out"), bad, tr("not imported") if bad else "", "amber"))
        return [Tile(name, f"{count:,}", note, tone) for name, count, note, tone in found]

    def _refresh(self) -> None:
        """Say whether the import still stands."""
        step = self._changes.step
        gone = step is not None and is_taken_back(self._ctx.book, step)
        nothing = step is None
        self._heading.setText(tr("{file} was taken back", file=self._file) if gone else self._title)
        self._figures.setVisible(self._plan is not None and not gone)
        undo = self._ctx.book.next_undo()
        self.undo_button.setVisible(undo is not None and undo.id == step)
        if gone:
            text = tr("The book is as it was before the import.")
        elif nothing:
            text = tr("Everything in this file was in the book already, so nothing was changed.")
        else:
            text = tr("One Undo takes all of it back, now or later.")
        self._words.setText(text)

    def _undo(self) -> None:
        self._ctx.undo()

    def _save_problems(self) -> None:
        if self._plan is not None:
            save_problem_rows(self._ctx, self, self._plan)
