"""Every screen at its smallest, in both languages: no text is cut off, none is left in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from tests.screens import LANGUAGES, ROOT, SCENES, SIZES, Stage, claimed_twice, faults, sample_book

SMALLEST = SIZES[-1]


def sentences_to_translate() -> frozenset[str]:
    """English sentences whose Chinese is another: seen on a Chinese screen, they were forgotten."""
    with (ROOT / "resources" / "translations" / "zh_CN.po").open("rb") as file:
        catalogue = read_po(file)
    return frozenset(
        str(entry.id)
        for entry in catalogue
        if isinstance(entry.id, str) and entry.id and entry.string != entry.id
    )


@pytest.fixture(scope="module", params=LANGUAGES)
def sample(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Book]]:
    language: str = request.param
    with sample_book(tmp_path_factory.mktemp("screens"), language, customers=300) as book:
        yield language, book


def test_every_screen_says_its_words_whole_and_in_its_language(
    qtbot: QtBot, sample: tuple[str, Book], tmp_path: Path
) -> None:
    language, book = sample
    english = sentences_to_translate() if language == "zh_CN" else frozenset()
    stage = Stage(book, tmp_path, language=language, look="light", size=SMALLEST)
    try:
        found: dict[str, list[str]] = {}
        for name, scene in SCENES.items():
            scene(stage)
            stage.settle()
            found[name] = faults(stage.front(), english) + claimed_twice(stage.window)
            stage.close_dialogs()
    finally:
        stage.close()
    assert {name: told for name, told in found.items() if told} == {}
