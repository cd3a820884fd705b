"""The second level of subjects and the advice for moods are edited in the settings, each change one step."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.core.advice import BUILT_IN as ADVICE
from desktop.core.complaint_subjects import BUILT_IN
from desktop.operations.complaints import open_complaint
from desktop.operations.guidance import set_guidance
from desktop.queries.guidance import advice
from desktop.views.answers.manager import AnswerManager
from desktop.views.kit.context import Context
from desktop.views.kit.forms import FormDialog
from desktop.views.settings.guidance import GuidanceCard
from desktop.views.settings.subjects import SubjectsCard
from tests.gui.told import Told

BUILT = [one.title for one in BUILT_IN["quality"]]


@pytest.fixture
def card(ctx: Context, qtbot: QtBot) -> SubjectsCard:
    for detail in (BUILT[0], BUILT[0], BUILT[1], "Odd smell"):
        open_complaint(ctx.book, title="x", received_at=datetime(2026, 11, 20, 10, 0), detail=detail)
    made = SubjectsCard(ctx)
    qtbot.addWidget(made)
    made.resize(720, 600)
    made.show()
    settle(made, qtbot)
    return made


def settle(card: SubjectsCard, qtbot: QtBot) -> None:
    qtbot.wait(5)
    qtbot.waitUntil(lambda: card._ctx.tasks.idle)
    qtbot.wait(1)


def listed(card: SubjectsCard) -> list[str]:
    return [card.list.item(row).text() for row in range(card.list.count())]


def fill(form: FormDialog | None, **values: object) -> FormDialog:
    assert form is not None
    for name, value in values.items():
        form.fields[name].set_value(value)
    form.save_button.click()
    return form


def borne(card: SubjectsCard) -> list[str]:
    return [detail for (detail,) in card._ctx.book.rows("SELECT detail FROM complaint ORDER BY id")]


def test_the_list_says_who_bears_what(card: SubjectsCard) -> None:
    assert listed(card) == [*(f"{at}. {title}" for at, title in enumerate(BUILT, 1)), "Odd smell"]
    assert card._note(card.shown()[0]) == "2 complaints"
    assert card._note(card.shown()[-1]) == "1 complaint · not on the list"
    assert not card.back.isVisible()


def test_one_is_added_renamed_moved_retired_and_brought_back(
    card: SubjectsCard, told: Told, qtbot: QtBot
) -> None:
    fill(card.add(), title="Too strong")
    refused = fill(card.add(), title="too strong")
    assert refused.isVisible()
    refused.reject()
    settle(card, qtbot)
    assert listed(card)[-2:] == ["7. Too strong", "Odd smell"]
    refused = fill(card.rename(0), title=BUILT[2])
    assert refused.isVisible()
    refused.reject()
    fill(card.rename(0), title="Chipped")
    settle(card, qtbot)
    assert borne(card)[:2] == ["Chipped", "Chipped"]
    assert listed(card)[0] == "1. Chipped"
    # The built-in one that it replaces is out of use, at the end.
    assert listed(card)[-2:] == [BUILT[0], "Odd smell"]
    card.list.setCurrentRow(0)
    card.list.move_current(1)
    settle(card, qtbot)
    assert listed(card)[:2] == [f"1. {BUILT[1]}", "2. Chipped"]
    card.retire(0)
    settle(card, qtbot)
    assert listed(card)[0] == "1. Chipped"
    away = [one.title for one in card.shown() if not one.active]
    assert set(away) == {BUILT[0], BUILT[1]}
    card.list.setCurrentRow([one.title for one in card.shown()].index(BUILT[1]))
    assert card.acts["offer"].isEnabled()
    assert not card.acts["retire"].isEnabled()
    card.acts["offer"].click()
    settle(card, qtbot)
    assert [one.title for one in card.shown() if one.active and one.listed][-1] == BUILT[1]
    card.back.click()
    settle(card, qtbot)
    assert [one.title for one in card.shown() if one.listed] == BUILT
    for _ in range(6):
        card._ctx.undo()
    assert borne(card) == [BUILT[0], BUILT[0], BUILT[1], "Odd smell"]


def test_loose_words_are_listed_or_merged(card: SubjectsCard, qtbot: QtBot) -> None:
    at = len(BUILT)
    form = card.merge(at)
    assert form is not None
    fill(form, title=BUILT[3])
    settle(card, qtbot)
    assert borne(card)[-1] == BUILT[3]
    assert len(listed(card)) == len(BUILT)
    card._ctx.undo()
    settle(card, qtbot)
    card.offer(at)
    settle(card, qtbot)
    assert listed(card)[-1] == f"{at + 1}. Odd smell"


def test_advice_is_kept_when_one_goes_on_and_goes_back(ctx: Context, told: Told, qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    card = GuidanceCard(ctx)
    card.setParent(home)
    home.show()
    assert card.text.toPlainText() == ADVICE["vent"].text
    assert not card.back.isVisible()
    card.text.setPlainText("Tea first.")
    card.choose("none")
    assert advice(ctx.book, "vent")[1] == "Tea first."
    assert card.text.toPlainText() == ADVICE[""].text
    assert ctx.book.value("SELECT count(*) FROM step") == 1
    card.choose("vent")
    assert card.text.toPlainText() == "Tea first."
    assert card.back.isVisible()
    card.back.click()
    assert card.text.toPlainText() == ADVICE["vent"].text
    card.text.setPlainText("x" * 1300)
    assert card.state.text() == "100 letters too many"
    card.keep()
    assert told.notices[-1].startswith("This is too long to be read beside a complaint.")
    # What was refused stays to be shortened, whatever else changes meanwhile.
    ctx.changed(set_guidance(ctx.book, mood="remedy", text="Two ways."))
    assert len(card.text.toPlainText()) == 1300
    card.reset()
    assert card.text.toPlainText() == ADVICE["vent"].text
    ctx.changed(set_guidance(ctx.book, mood="vent", text="From elsewhere."))
    assert card.text.toPlainText() == "From elsewhere."
    card.answers_button.click()
    (manager,) = home.findChildren(AnswerManager)
    assert manager.isVisible()
    manager.close()
