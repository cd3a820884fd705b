"""The two levels of what a complaint is about: one of the seven subjects, and the shop's words below it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy

from desktop.core import words
from desktop.core.complaint_subjects import kept, shown
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.operations.complaint_subjects import LONGEST, add_subject
from desktop.queries.complaint_subjects import details
from desktop.views.kit.context import context_of
from desktop.views.kit.fields import ChoiceField, Field
from desktop.views.kit.icons import icon
from desktop.views.timeline.choices import choices

_ADD_KEYS = "Ctrl+Shift+A"


def subject_field(subject: str) -> ChoiceField:
    """One of the seven subjects."""
    return ChoiceField(tr("Subject"), choices(words.SUBJECTS), subject)


class DetailField(Field):
    """What stands below the subject: chosen, or written anew; the value is what a book keeps of it.

    Words that are not on the list yet are put on it by the plus in the line, or by Ctrl+Shift+A.
    """

    def __init__(self, book: Book, subject: ChoiceField, value: str = "") -> None:
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setMaxVisibleItems(14)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        super().__init__(tr("More exactly"), self.box)
        self._book, self._subject = book, subject
        line = self.box.lineEdit()
        assert line is not None
        line.setPlaceholderText(tr("Choose, or write your own"))
        self.add_action = QAction(icon("plus", "accent"), tr("Add to the list"), line)
        self.add_action.setShortcut(QKeySequence(_ADD_KEYS))
        self.add_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.add_action.triggered.connect(lambda _=False: self.add_to_list())
        line.addAction(self.add_action, QLineEdit.ActionPosition.TrailingPosition)
        subject.changed.connect(self._follow)
        self._offer()
        self.set_value(value)
        self.box.editTextChanged.connect(lambda _: self.changed.emit())
        self.changed.connect(self._look)
        self._look()

    def value(self) -> str:
        return kept(str(self._subject.value()), self.box.currentText())

    def set_value(self, value: Any) -> None:
        self.box.setEditText(shown(str(self._subject.value()), value or ""))

    def add_to_list(self) -> None:
        """Put what is written on the subject's list, a step of its own; nothing where it is on it already."""
        ctx, subject, written = context_of(self), str(self._subject.value()), self.value()
        if ctx is not None and self.add_action.isVisible():
            ctx.do(lambda: add_subject(ctx.book, subject=subject, title=written))
            self._offer()
            self.set_value(written)
            self._look()

    def _look(self) -> None:
        """Offer to add only what is new."""
        subject, written = str(self._subject.value()), self.value()
        listed = {kept(subject, name) for name in details(self._book, subject)}
        new = bool(written) and written not in listed and len(written) <= LONGEST
        self.add_action.setVisible(new)
        keys = self.add_action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = tr("Add “{title}” to the list ({key})", title=written, key=keys) if new else ""
        self.add_action.setToolTip(tip)

    def _offer(self) -> None:
        blocked = self.box.blockSignals(True)
        self.box.clear()
        self.box.addItems(details(self._book, str(self._subject.value())))
        completer = self.box.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.box.blockSignals(blocked)
        self.box.setCurrentIndex(-1)

    def _follow(self) -> None:
        """Another subject has other words below it; what was written by hand stays."""
        written = self.box.currentText()
        before = {self.box.itemText(place) for place in range(self.box.count())}
        self._offer()
        self.box.setEditText("" if written in before else written)
