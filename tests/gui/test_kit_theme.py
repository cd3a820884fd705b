"""The two looks: readable, whole, and icons in their colours."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.core.paths import resource
from desktop.views.kit import icons, theme
from desktop.views.kit.heat_colours import contrast, heat, readable_on
from desktop.views.kit.theme import DARK, LIGHT, Tokens
from desktop.views.shell.actions import ACTIONS
from desktop.views.shell.places import PLACES

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


@BOTH
def test_text_reaches_4_5_to_1_wherever_it_stands(tokens: Tokens) -> None:
    pairs = [
        (ink, ground)
        for ink in (tokens.text, tokens.muted)
        for ground in (tokens.ground, tokens.surface, tokens.side, tokens.hover, tokens.grey_soft)
    ]
    pairs += [tokens.tone(tone) for tone in ("accent", "amber", "red", "blue", "grey")]
    pairs += [
        (ink, tokens.surface) for ink in (tokens.accent, tokens.amber_text, tokens.red_text, tokens.blue)
    ]
    pairs += [(tokens.on_accent, tokens.accent), (tokens.text, tokens.accent_soft)]
    weak = [(ink, ground) for ink, ground in pairs if contrast(QColor(ink), QColor(ground)) < 4.5]
    assert not weak


@BOTH
def test_text_in_cells_reaches_4_5_to_1_however_dark_they_are(tokens: Tokens) -> None:
    grounds = [QColor.fromRgb(heat(share / 200, tokens).rgb()) for share in range(201)]
    assert min(contrast(readable_on(ground, tokens), ground) for ground in grounds) >= 4.5
    lightness = [contrast(ground, QColor(tokens.surface)) for ground in grounds]
    assert lightness == sorted(lightness), "more is always told by the lightness alone, whatever one sees"


@BOTH
def test_outlines_of_inputs_reach_3_to_1(tokens: Tokens) -> None:
    for ground in (tokens.ground, tokens.surface):
        assert contrast(QColor(tokens.outline), QColor(ground)) >= 3
        assert contrast(QColor(tokens.accent), QColor(ground)) >= 3


@BOTH
def test_the_style_sheet_is_whole_and_its_pictures_exist(tokens: Tokens) -> None:
    sheet = theme.style_sheet(tokens)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    pictures = re.findall(r'url\("([^"]+)"\)', sheet)
    assert pictures
    for picture in pictures:
        assert resource(f"styles/{tokens.name}/{picture.rsplit('/', 1)[1]}").is_file()


def test_dressing_again_changes_the_palette(qapp: QApplication) -> None:
    for tokens in (DARK, LIGHT):
        theme.apply(qapp, tokens)
        assert theme.current() is tokens
        assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(tokens.ground)


def test_system_follows_nothing_worse_than_light(qapp: QApplication) -> None:
    assert theme.resolve("dark") is DARK
    assert theme.resolve("light") is LIGHT
    assert theme.resolve("system") in (LIGHT, DARK)


def test_every_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    names = sorted(path.stem for path in resource("icons").glob("*.svg"))
    assert len(names) >= 60
    for name in names:
        image = icons.pixmap(name, "accent", 18, 2.0).toImage()
        inked = [
            image.pixelColor(x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() > 250
        ]
        assert inked, name
        accent = QColor(theme.current().accent)
        assert abs(inked[0].green() - accent.green()) <= 2, name
    assert resource("icons/LICENSE").is_file()


def test_icons_of_places_and_actions_exist() -> None:
    for name in [place.icon for place in PLACES] + [spec.icon for spec in ACTIONS]:
        assert resource(f"icons/{name}.svg").is_file(), name
