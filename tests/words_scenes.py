"""The scenes of words: quick capture of a complaint, answers at hand, subjects and advice in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.operations.complaint_subjects import add_subject, retire_subject
from desktop.views.answers.insert_button import InsertAnswer
from desktop.views.answers.manager import open_answers
from desktop.views.complaints.capture import Capture, open_capture
from desktop.views.kit.layouts import ScrollColumn
from desktop.views.settings.guidance import GuidanceCard
from desktop.views.settings.subjects import SubjectsCard
from desktop.views.timeline.note_dialog import NoteDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage

_TROUBLED = "SELECT customer_id FROM complaint WHERE open = 1 AND customer_id IS NOT NULL ORDER BY id DESC"


def _capture(stage: Stage, typed: dict[str, str]) -> Capture:
    stage.go("today")
    window = open_capture(stage.window.ctx, stage.window)
    stage.settle()
    window.field.line.setText(typed[stage.language])
    stage.settle()
    return window


def _captured(stage: Stage) -> None:
    """Somebody with an open complaint, and words that say what it is about."""
    stage.go("today")
    window = open_capture(stage.window.ctx, stage.window, stage.book.value(_TROUBLED))
    words = {"en": "The parcel is still not there, third call", "zh_CN": "快递还没到，已经是第三次打电话了"}
    window.words.setText(words[stage.language])
    stage.settle()


def _capture_new(stage: Stage) -> None:
    said = {"en": "Zacharias 139 9999 0000", "zh_CN": "查无此人 139 9999 0000"}
    window = _capture(stage, said)
    window.words.setText({"en": "Lid of the caddy leaks", "zh_CN": "茶叶罐盖子漏气"}[stage.language])
    window.form.severity.choose("high")
    stage.settle()


def _sheet(stage: Stage) -> None:
    """The answers beside a note on somebody with an open complaint; the sheet is drawn over the form."""
    stage.go("today")
    customer = stage.book.value(_TROUBLED)
    dialog = NoteDialog(stage.window.ctx, customer_id=customer, stage="after-sale", parent=stage.window)
    dialog.open()
    (insert,) = dialog.findChildren(InsertAnswer)
    sheet = insert.open()
    stage.afterwards.append(sheet.close)
    stage.settle()


def _inserted(stage: Stage) -> None:
    """A note into which an answer was inserted, with places left open."""
    stage.go("today")
    customer = stage.book.value(_TROUBLED)
    dialog = NoteDialog(stage.window.ctx, customer_id=customer, stage="in-sale", parent=stage.window)
    dialog.open()
    (insert,) = dialog.findChildren(InsertAnswer)
    insert.open().take()
    stage.afterwards.append(dialog.close)
    stage.settle()


def _manager(stage: Stage) -> None:
    stage.go("today")
    manager = open_answers(stage.window.ctx, stage.window)
    manager.list.setCurrentRow(5)
    stage.settle()


def _card(stage: Stage, kind: type[QWidget]) -> QWidget:
    page = stage.go("settings")
    (card,) = page.findChildren(kind)
    (column,) = page.findChildren(ScrollColumn)
    column.verticalScrollBar().setValue(card.mapTo(column.canvas, card.rect().topLeft()).y() - 20)
    stage.settle()
    return card


def _subjects(stage: Stage) -> None:
    card = _card(stage, SubjectsCard)
    assert isinstance(card, SubjectsCard)
    card.chips.choose("contract")
    add_subject(
        stage.book, subject="contract", title={"en": "Gift lacking", "zh_CN": "少赠品"}[stage.language]
    )
    retire_subject(stage.book, subject="contract", title="Price or discount")
    stage.afterwards += [stage.book.undo] * 2
    card._show()
    stage.settle()


def _subject_merged(stage: Stage) -> None:
    card = _card(stage, SubjectsCard)
    assert isinstance(card, SubjectsCard)
    card.merge(1)
    stage.settle()


WORDS: dict[str, Callable[[Stage], object]] = {
    "capture": _captured,
    "capture-search": lambda stage: _capture(stage, {"en": "a", "zh_CN": "王"}),
    "capture-new": _capture_new,
    "answers": _manager,
    "answer-sheet": _sheet,
    "answer-inserted": _inserted,
    "subjects": _subjects,
    "subject-merge": _subject_merged,
    "guidance": lambda stage: _card(stage, GuidanceCard),
}
