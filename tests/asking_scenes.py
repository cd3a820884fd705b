"""The scenes of asking for ratings: the form, whom to ask, cards out and back, and their settings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop.core.card_codes import new_code, written
from desktop.operations.asking import card_for, tell_expectation
from desktop.operations.rated_things import About
from desktop.views.profile.view import ProfileView
from desktop.views.ratings.cards import cards_dialog
from desktop.views.ratings.code_entry import CardEntry
from desktop.views.ratings.expectation_form import ExpectationForm
from desktop.views.ratings.form import RatingForm
from desktop.views.today.view import TodayView

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage

_KNOWN = "SELECT customer_id FROM customer_summary ORDER BY orders DESC, customer_id"
_SAID = {
    "en": ("In time for the birthday, well wrapped", "Came a day early, and how it smells!"),
    "zh_CN": ("生日前送到，包装要好看", "早到了一天，香气很足！"),
}


def _form(stage: Stage) -> None:
    book, who = stage.book, stage.book.value(_KNOWN)
    wanted, said = _SAID[stage.language]
    at = datetime.now().replace(microsecond=0) - timedelta(days=3)
    tell_expectation(book, About(customer_id=who), at=at, expected=4, text=wanted)
    stage.afterwards.append(book.undo)
    page = stage.go("profile", customer=who)
    assert isinstance(page, ProfileView)
    form = page.doing.new_rating()
    assert isinstance(form, RatingForm)
    form.fields["perceived"].set_value(5)
    form.fields["reasons"].set_value("Good quality\nQuick delivery\nWell packed")
    form.fields["recommend"].set_value(9)
    form.fields["text"].set_value(said)
    stage.settle()


def _expectation(stage: Stage) -> None:
    page = stage.go("profile", customer=stage.book.value(_KNOWN))
    assert isinstance(page, ProfileView)
    form = page.doing.new_expectation()
    assert isinstance(form, ExpectationForm)
    form.fields["expected"].set_value(4)
    form.fields["text"].set_value(_SAID[stage.language][0])
    stage.settle()


def _whom(stage: Stage) -> None:
    page = stage.go("today")
    assert isinstance(page, TodayView)
    page.doing.open_askings()
    stage.settle()


def _cards(stage: Stage) -> None:
    cards_dialog(stage.window.ctx, stage.window)
    stage.settle()


def _entry(stage: Stage) -> None:
    book = stage.book
    order, who = book.row("SELECT id, customer_id FROM orders WHERE customer_id IS NOT NULL ORDER BY id DESC")
    changes, code = card_for(book, About(customer_id=who, order_id=order), at=datetime.now())
    if changes:
        stage.afterwards.append(book.undo)
    form = CardEntry(stage.window.ctx, stage.window)
    form.open()
    form.code.set_value(written(code))
    form.fields["perceived"].set_value(2)
    stage.settle()


def _mistyped(stage: Stage) -> None:
    code = new_code()
    form = CardEntry(stage.window.ctx, stage.window)
    form.open()
    form.code.set_value(written(code[:-1] + ("2" if code[-1] != "2" else "3")))
    stage.settle()


ASKING: dict[str, Callable[[Stage], object]] = {
    "rating": _form,
    "expectation": _expectation,
    "whom-to-ask": _whom,
    "cards": _cards,
    "card-entry": _entry,
    "card-mistyped": _mistyped,
    "settings-ratings": lambda stage: stage.go("settings", section="ratings"),
}
