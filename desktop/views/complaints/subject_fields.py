"""The two levels of what a complaint is about: one of the seven subjects, and the shop's words below it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy

from desktop.core import words
from desktop.core.complaint_subjects import kept, shown
from desktop.core.translation import tr
from desktop.models.book import Book
from desktop.queries.complaint_subjects import details
from desktop.views.kit.fields import ChoiceField, Field
from desktop.views.timeline.choices import choices


def subject_field(subject: str) -> ChoiceField:
    """One of the seven subjects."""
    return ChoiceField(tr("Subject"), choices(words.SUBJECTS), subject)


class DetailField(Field):
    """What stands below the subject: chosen, or written anew; the value is what a book keeps of it."""

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
        subject.changed.connect(self._follow)
        self._offer()
        self.set_value(value)
        self.box.editTextChanged.connect(lambda _: self.changed.emit())

    def value(self) -> str:
        return kept(str(self._subject.value()), self.box.currentText())

    def set_value(self, value: Any) -> None:
        self.box.setEditText(shown(str(self._subject.value()), value or ""))

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
