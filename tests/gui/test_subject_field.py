"""The second level of a subject in a form: completed, kept in one language, put on the list from there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.complaint_subjects import BUILT_IN
from desktop.queries.complaint_subjects import details
from desktop.views.complaints.subject_fields import DetailField, subject_field
from desktop.views.kit.context import Context
from tests.gui.told import Told


class Form(QWidget):
    """Both levels side by side in a window that has a context, as every window has."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.subject = subject_field("contract")
        self.detail = DetailField(ctx.book, self.subject, "Wrong quantity")
        row = QHBoxLayout(self)
        row.addWidget(self.subject)
        row.addWidget(self.detail)


@pytest.fixture
def form(ctx: Context, qtbot: QtBot) -> Form:
    made = Form(ctx)
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_built_in_is_kept_by_one_name(form: Form) -> None:
    assert form.detail.value() == "Wrong quantity"
    assert not form.detail.add_action.isVisible()
    form.detail.box.setEditText("发票")
    assert form.detail.value() == "Invoice or receipt"
    assert not form.detail.add_action.isVisible()
    form.detail.box.setEditText("")
    assert not form.detail.add_action.isVisible()


def test_new_words_are_put_on_the_list_from_the_form(form: Form, ctx: Context, told: Told) -> None:
    form.detail.box.setEditText("Gift  lacking ")
    assert form.detail.add_action.isVisible()
    assert form.detail.add_action.toolTip().startswith("Add “Gift lacking” to the list (")
    form.detail.add_action.trigger()
    assert details(ctx.book, "contract")[-1] == "Gift lacking"
    assert form.detail.value() == "Gift lacking"
    assert not form.detail.add_action.isVisible()
    assert told.notices == ["Add “Gift lacking” to the subjects [Undo]"]
    form.detail.add_to_list()
    assert len(details(ctx.book, "contract")) == len(BUILT_IN["contract"]) + 1
    # Another subject has another list.
    form.subject.set_value("delivery")
    form.detail.box.setEditText("Gift lacking")
    assert form.detail.add_action.isVisible()
