"""The settings of the reasons that are offered for each number of stars: added, renamed, put in order."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.core.errors import UserError
from desktop.core.rating_reasons import (
    KINDS,
    LONGEST,
    MOST,
    PURCHASE,
    STARS,
    kept,
    own_key,
    reason_name,
    reasons,
)
from desktop.core.translation import tr
from desktop.views.kit.buttons import IconButton, LinkButton, SecondaryButton
from desktop.views.kit.cards import Card
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog, TextField
from desktop.views.ratings.words import drawn
from desktop.views.settings.steps_list import StepsList

_SETTING = "ratings.reasons"
_CHIPS_WIDTH = 700


class RatingReasonsCard(Card):
    """Choose what is rated and how many stars, then its list; ratings keep the reasons that they bear."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(tr("Reasons for stars"), tr("What is ticked when somebody rates"), hug=True)
        self._ctx = ctx
        self.kinds = ChipRow([ChipItem(code, tr(name)) for code, name in KINDS.items()])
        self.kinds.choose(PURCHASE)
        self.stars = ChipRow([ChipItem(str(stars), drawn(stars)) for stars in reversed(STARS)])
        self.stars.choose("5")
        for chips in (self.kinds, self.stars):
            chips.chosen.connect(lambda _: self._show())
            chips.setMinimumSize(_CHIPS_WIDTH, 1)
            self.body.addWidget(chips)
        self.list = StepsList(tr("Reasons for these stars"))
        self.list.moved.connect(self.move_reason)
        self.list.opened.connect(self.rename)
        self.list.removed.connect(self.remove)
        self.list.currentRowChanged.connect(lambda _: self._mark())
        self.body.addWidget(self.list)
        self.body.addLayout(self._foot())
        ctx.changes.listen(self, self._show, "setting")
        self._show()

    def _foot(self) -> QHBoxLayout:
        current = self.list.currentRow
        row = QHBoxLayout()
        row.setSpacing(8)
        self.add_button = SecondaryButton(tr("Add a reason…"), "plus", self.add, small=True)
        row.addWidget(self.add_button)
        self.acts: list[IconButton] = []
        for icon, text, run in (
            ("pencil", tr("Rename"), lambda: self.rename(current())),
            ("arrow-up", tr("Move up (Alt+Up)"), lambda: self.list.move_current(-1)),
            ("arrow-down", tr("Move down (Alt+Down)"), lambda: self.list.move_current(1)),
            ("x", tr("Offer it no longer"), lambda: self.remove(current())),
        ):
            self.acts.append(IconButton(icon, text, run))
            row.addWidget(self.acts[-1])
        row.addStretch(1)
        self.back = LinkButton(tr("Back to the built-in list"), "rotate-ccw", self.reset)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    # -- showing

    def key(self) -> str:
        """The key of the list that is shown."""
        return own_key(int(self.stars.chosen_key() or "5"), self.kinds.chosen_key() or PURCHASE)

    def titles(self) -> list[str]:
        """The list that is shown, as it is kept."""
        stars, kind = int(self.stars.chosen_key() or "5"), self.kinds.chosen_key() or PURCHASE
        return reasons(self._own(), stars, kind)

    def _own(self) -> dict[str, Any]:
        return dict(self._ctx.settings.get(_SETTING))

    def _show(self) -> None:
        titles = self.titles()
        self.list.show_steps([(reason_name(title), "") for title in titles])
        self.add_button.setEnabled(len(titles) < MOST)
        self.back.setVisible(self.key() in self._own())
        self._mark()

    def _mark(self) -> None:
        for act in self.acts:
            act.setEnabled(self.list.currentRow() >= 0)

    # -- doing

    def add(self) -> FormDialog:
        """Ask for a new one; it comes at the end."""
        return self._ask(tr("A new reason"), tr("Add"), "", len(self.titles()))

    def rename(self, at: int) -> FormDialog | None:
        """Ask for another name; ratings keep the reason as they bear it."""
        titles = self.titles()
        if not 0 <= at < len(titles):
            return None
        return self._ask(tr("Rename the reason"), tr("Rename"), titles[at], at)

    def move_reason(self, at: int, to: int) -> None:
        """Put one at another place."""
        titles = self.titles()
        if 0 <= at < len(titles):
            titles.insert(to, titles.pop(at))
            self._keep(titles)

    def remove(self, at: int) -> None:
        """Offer one no longer."""
        titles = self.titles()
        if 0 <= at < len(titles):
            del titles[at]
            self._keep(titles)

    def reset(self) -> None:
        """Go back to the list that the program brings."""
        own = self._own()
        if own.pop(self.key(), None) is not None:
            self._ctx.do(lambda: self._ctx.settings.set(_SETTING, own))

    def _keep(self, titles: list[str]) -> None:
        own = {**self._own(), self.key(): titles}
        self._ctx.do(lambda: self._ctx.settings.set(_SETTING, own), quiet=True)

    def _ask(self, title: str, save: str, now: str, at: int) -> FormDialog:
        def store(values: dict[str, Any]) -> None:
            new, titles = kept(values["title"]), self.titles()
            if not new:
                raise UserError(tr("A reason needs words."))
            if new in titles and new != now:
                raise UserError(tr("“{title}” stands in this list already.", title=reason_name(new)))
            titles[at : at + bool(now)] = [new]
            self._keep(titles)

        form = FormDialog(title, save, store, width=420, parent=self)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        field = TextField(tr("Words"), reason_name(now), required=True)
        field.line.setMaxLength(LONGEST)
        form.add_row(title=field)
        form.open()
        return form
