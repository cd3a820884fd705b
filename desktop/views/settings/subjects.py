"""The settings of what stands below the seven subjects of a complaint: added, renamed, ordered, merged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.core import words
from desktop.core.translation import ntr, tr
from desktop.models.changes import Changes
from desktop.operations import complaint_subjects as operations
from desktop.queries.complaint_subjects import Entry, entries, loose, uses
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, LinkButton, SecondaryButton
from desktop.views.kit.cards import Card
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField, FormDialog, TextField
from desktop.views.kit.labels import label
from desktop.views.settings.steps_list import StepsList

_CHIPS_WIDTH = 700
_FIRST = "quality"


class SubjectsCard(Card):
    """Choose a subject, then its second level; complaints follow a renamed or merged one, in one step."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            tr("What complaints are about"), tr("What stands below each of the seven subjects"), hug=True
        )
        self._ctx = ctx
        self._uses: dict[tuple[str, str], int] = {}
        self._shown: list[Entry] = []
        self.chips = ChipRow([ChipItem(code, tr(name)) for code, name in words.SUBJECTS.items()])
        self.chips.choose(_FIRST)
        self.chips.chosen.connect(lambda _: self._show())
        self.chips.setMinimumSize(_CHIPS_WIDTH, 1)
        self.body.addWidget(self.chips)
        said = label(
            tr("Whatever is retired stays on the complaints that bear it and is no longer offered."),
            size=theme.SMALL,
            role="muted",
            wrap=True,
        )
        said.setMinimumHeight(1)
        self.body.addWidget(said)
        self.list = StepsList(tr("What stands below the subject"))
        self.list.moved.connect(self.move_entry)
        self.list.opened.connect(self.rename)
        self.list.removed.connect(self.retire)
        self.list.currentRowChanged.connect(lambda _: self._mark())
        self.body.addWidget(self.list)
        self.body.addLayout(self._foot())
        ctx.changes.listen(self, self._show, "complaint_subject", "complaint")
        self._show()

    def _foot(self) -> QHBoxLayout:
        current = self.list.currentRow
        row = QHBoxLayout()
        row.setSpacing(8)
        self.add_button = SecondaryButton(tr("Add one…"), "plus", self.add, small=True)
        row.addWidget(self.add_button)
        self.acts: dict[str, IconButton] = {}
        for name, icon, text, run in (
            ("rename", "pencil", tr("Rename, on its complaints too"), lambda: self.rename(current())),
            ("up", "arrow-up", tr("Move up (Alt+Up)"), lambda: self.list.move_current(-1)),
            ("down", "arrow-down", tr("Move down (Alt+Down)"), lambda: self.list.move_current(1)),
            ("merge", "merge", tr("Merge into another…"), lambda: self.merge(current())),
            ("retire", "eye-off", tr("Retire: offer it no longer"), lambda: self.retire(current())),
            ("offer", "eye", tr("Offer it"), lambda: self.offer(current())),
        ):
            self.acts[name] = IconButton(icon, text, run)
            row.addWidget(self.acts[name])
        row.addStretch(1)
        self.back = LinkButton(tr("Back to the built-in list"), "rotate-ccw", self.reset)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    # -- showing

    def subject(self) -> str:
        """The subject that is shown."""
        return self.chips.chosen_key() or _FIRST

    def shown(self) -> list[Entry]:
        """What is listed: those in use, those retired, and words that only stand on complaints."""
        return self._shown

    def _show(self) -> None:
        book = self._ctx.book
        self._list()
        self._ctx.tasks.read(lambda _: uses(book), self._count, owner=self, key="subject-uses")

    def _count(self, found: dict[tuple[str, str], int]) -> None:
        if found != self._uses:
            self._uses = found
            self._list()

    def _list(self) -> None:
        subject = self.subject()
        listed = entries(self._ctx.book, subject)
        self._shown = [*listed, *loose(self._ctx.book, subject, self._uses)]
        self.list.show_steps(
            [(one.name, self._note(one)) for one in self._shown],
            numbered=sum(one.active and one.listed for one in self._shown),
        )
        self.back.setVisible(any(one.id is not None for one in listed))
        self._mark()

    def _note(self, one: Entry) -> str:
        parts = []
        if count := self._uses.get((self.subject(), one.title), 0):
            parts.append(ntr("{n} complaint", "{n} complaints", count))
        if not one.listed:
            parts.append(tr("not on the list"))
        elif not one.active:
            parts.append(tr("retired"))
        return " · ".join(parts)

    def _mark(self) -> None:
        one = self._at(self.list.currentRow())
        offered = one is not None and one.active and one.listed
        for name in ("rename", "up", "down", "retire"):
            self.acts[name].setEnabled(offered)
        self.acts["merge"].setEnabled(one is not None)
        self.acts["offer"].setEnabled(one is not None and not offered)

    def _at(self, at: int) -> Entry | None:
        return self._shown[at] if 0 <= at < len(self._shown) else None

    # -- doing

    def add(self) -> FormDialog:
        """Ask for a new one; it comes at the end."""
        subject = self.subject()

        def store(title: str) -> None:
            self._ctx.changed(operations.add_subject(self._ctx.book, subject=subject, title=title))

        return self._ask(
            tr("New below “{subject}”", subject=words.name(words.SUBJECTS, subject)), tr("Add"), store
        )

    def rename(self, at: int) -> FormDialog | None:
        """Ask for another name."""
        one, subject = self._at(at), self.subject()
        if one is None or not one.listed or not one.active:
            return None

        book = self._ctx.book

        def store(new: str) -> None:
            operations.check_rename(book, subject=subject, title=one.title, new=new)
            self._write(
                tr("Renaming “{title}”", title=one.name),
                lambda: operations.rename_subject(book, subject=subject, title=one.title, new=new),
            )

        return self._ask(
            tr("Rename “{title}”", title=one.name), tr("Rename"), store, one.name, self._goes_along(one)
        )

    def move_entry(self, at: int, to: int) -> None:
        """Put one at another place; those out of use have none."""
        one = self._at(at)
        moved = None
        if one is not None and one.active and one.listed:
            moved = self._ctx.do(
                lambda: operations.move_subject(
                    self._ctx.book, subject=self.subject(), title=one.title, to=to
                ),
                quiet=True,
            )
        if not moved:
            self._show()

    def retire(self, at: int) -> None:
        """Offer one no longer."""
        one = self._at(at)
        if one is not None and one.listed:
            self._ctx.do(
                lambda: operations.retire_subject(self._ctx.book, subject=self.subject(), title=one.title)
            )

    def offer(self, at: int) -> None:
        """Offer one again that was retired, or that only stands on complaints."""
        one, book, subject = self._at(at), self._ctx.book, self.subject()
        if one is not None:
            run = operations.restore_subject if one.listed else operations.add_subject
            self._ctx.do(lambda: run(book, subject=subject, title=one.title))

    def merge(self, at: int) -> FormDialog | None:
        """Ask into which other one to merge; its complaints bear that one from then on."""
        one, subject = self._at(at), self.subject()
        others = [(other.title, other.name) for other in self._shown if other.active and other.listed]
        others = [other for other in others if one is None or other[0] != one.title]
        if one is None or not others:
            return None

        def store(values: dict[str, Any]) -> None:
            stays = values["title"]
            self._write(
                tr("Merging “{title}”", title=one.name),
                lambda: operations.merge_subjects(
                    self._ctx.book, subject=subject, kept_title=stays, gone_title=one.title
                ),
            )

        form = FormDialog(
            tr("Merge “{title}” into another", title=one.name),
            tr("Merge"),
            store,
            text=self._goes_along(one),
            width=460,
            parent=self,
        )
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.add_row(title=ChoiceField(tr("Into"), others, others[0][0]))
        form.open()
        return form

    def reset(self) -> None:
        """Go back to the list that the program brings."""
        self._ctx.do(lambda: operations.reset_subjects(self._ctx.book, subject=self.subject()))

    def _goes_along(self, one: Entry) -> str:
        count = self._uses.get((self.subject(), one.title), 0)
        return (
            ntr("{n} complaint goes along.", "{n} complaints go along.", count)
            if count
            else tr("No complaint bears it.")
        )

    def _write(self, title: str, run: Callable[[], Changes]) -> None:
        """Do in the background what may touch every complaint there is."""
        self._ctx.tasks.write(title, lambda _: run(), self._ctx.changed, owner=self, cancellable=False)

    def _ask(
        self, title: str, save: str, run: Callable[[str], None], now: str = "", text: str = ""
    ) -> FormDialog:
        form = FormDialog(title, save, lambda values: run(values["title"]), text=text, width=460, parent=self)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        field = TextField(tr("Name"), now, required=True)
        field.line.setMaxLength(operations.LONGEST)
        form.add_row(title=field)
        form.open()
        return form
