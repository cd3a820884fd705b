"""Scores by fifths or by bounds, and tiers: kept at once, checked, and undone."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.analytics.rfm import Thresholds
from desktop.core import words
from desktop.core.errors import UserError
from desktop.models.book import Book
from desktop.operations.settings import set_book_setting, set_rfm_bounds, set_tiers
from desktop.queries.insight_scope import TIERS, rfm_bounds, tiers
from desktop.queries.segment_bounds import own_bounds
from desktop.views.kit.context import Context
from desktop.views.settings.scores import ScoresCard
from desktop.views.settings.tiers import TiersCard
from tests.gui.told import Told
from tests.unit.queries.leaving_shops import sell


def _type(line: object, text: str) -> None:
    line.setText(text)  # type: ignore[attr-defined]
    line.editingFinished.emit()  # type: ignore[attr-defined]


@pytest.fixture
def scores(ctx: Context, qtbot: QtBot) -> ScoresCard:
    """The card over an empty book, come to rest."""
    card = ScoresCard(ctx)
    qtbot.addWidget(card)
    card.show()
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    return card


def test_fifths_say_what_they_are_today(ctx: Context, book: Book, qtbot: QtBot) -> None:
    sell(book, 5, [(number, number * 10, number * 10_000, "shop") for number in range(1, 6)])
    card = ScoresCard(ctx)
    qtbot.addWidget(card)
    qtbot.waitUntil(lambda: card._spans is not None)
    assert [text.text() for text in card.texts["money"]][:2] == ["¥500", "¥400"]
    assert card.texts["frequency"][-1].text() == "1"
    assert card.texts["frequency"][0].text() == "nobody"
    assert "of 5 today" in card.words.text()
    assert not card.lines["money"][0].isVisibleTo(card)


def test_own_bounds_are_kept_and_undone(ctx: Context, book: Book, scores: ScoresCard) -> None:
    scores.ways["bounds"].click()
    assert rfm_bounds(book) == Thresholds()
    assert scores.lines["recency"][0].isVisibleTo(scores)
    assert [line.text() for line in scores.lines["frequency"]] == ["10", "5", "3", "2"]
    _type(scores.lines["recency"][0], "21")
    _type(scores.lines["money"][3], "¥50")
    bounds = rfm_bounds(book)
    assert bounds is not None
    assert bounds.recency == (21, 60, 120, 240)
    assert bounds.money == (5_000, 30_000, 100_000, 300_000)
    assert scores.texts["recency"][4].text() == "more than 240"
    ctx.undo()
    ctx.undo()
    assert rfm_bounds(book) == Thresholds()
    assert scores.lines["recency"][0].text() == "30"
    ctx.undo()
    assert rfm_bounds(book) is None
    assert scores.ways["fifths"].isChecked()


def test_bounds_that_do_not_rise_are_refused(
    ctx: Context, book: Book, scores: ScoresCard, told: Told
) -> None:
    scores.ways["bounds"].click()
    _type(scores.lines["recency"][0], "90")
    assert own_bounds(book) == Thresholds()
    assert scores.lines["recency"][1].property("wrong")
    assert "must rise" in told.notices[-1]
    # With the others moved along, all four are kept.
    _type(scores.lines["recency"][1], "100")
    assert own_bounds(book).recency == (90, 100, 120, 240)
    _type(scores.lines["frequency"][2], "many")
    assert "no number" in told.notices[-1]
    assert own_bounds(book).frequency == Thresholds().frequency
    scores.back.click()
    assert own_bounds(book) == Thresholds()


def test_damaged_bounds_are_the_programs(book: Book) -> None:
    for damaged in ({"recency": [5, 4, 3, 2]}, {"money": [1, 2, 3]}, {"frequency": ["a", "b", "c", "d"]}):
        set_book_setting(book, key="rfm.bounds", value=damaged)
        assert own_bounds(book) == Thresholds()


def test_operations_refuse_what_makes_no_sense(book: Book) -> None:
    with pytest.raises(UserError):
        set_rfm_bounds(book, {"recency": [1, 1, 2, 3]})
    with pytest.raises(UserError):
        set_rfm_bounds(book, {"money": [0, 1, 2, 3]})
    for wrong in ([], [("", 0)], [("A", 0), ("a", 5)], [("A", 5)], [("A", 0), ("B", 9), ("C", 9)]):
        with pytest.raises(UserError):
            set_tiers(book, wrong)
    assert book.next_undo() is None


def test_tiers_are_named_added_moved_and_removed(ctx: Context, book: Book, qtbot: QtBot, told: Told) -> None:
    card = TiersCard(ctx)
    qtbot.addWidget(card)
    assert [line.text() for line in card.names] == [words.name(words.TIERS, code) for code, _ in TIERS]
    _type(card.names[1], "Friends")
    _type(card.amounts[1], "1500")
    assert tiers(book)[:3] == (("regular", 0), ("Friends", 150_000), ("gold", 500_000))
    card.add_button.click()
    assert tiers(book)[-1] == ("Tier 5", 4_000_000)
    assert len(card.names) == 5
    card._swap(4, -1)
    assert [name for name, _ in tiers(book)] == ["regular", "Friends", "gold", "Tier 5", "diamond"]
    card._remove(0)
    assert tiers(book)[0] == ("Friends", 0)
    _type(card.amounts[1], "9999999")
    assert "begin above" in told.notices[-1]
    assert card.amounts[2].property("wrong")
    _type(card.amounts[1], "what")
    assert "no amount" in told.notices[-1]
    for _ in range(5):
        ctx.undo()
    assert tiers(book) == TIERS
    assert not card.back.isVisibleTo(card)
    assert book.next_undo() is None


def test_back_to_the_programs_tiers(ctx: Context, book: Book, qtbot: QtBot) -> None:
    card = TiersCard(ctx)
    qtbot.addWidget(card)
    card.add_button.click()
    card.back.click()
    assert tiers(book) == TIERS
    assert len(card.names) == len(TIERS)
