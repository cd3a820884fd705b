"""What was searched for is marked where it is shown, in both looks, and stays readable."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.views.kit import theme
from desktop.views.kit.highlight import Highlighter, paint_marked

LINE = Qt.AlignmentFlag.AlignVCenter


def drawn(text: str, spans: list[tuple[int, int]], *, width: int = 200, chosen: bool = False) -> QImage:
    image = QImage(240, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.current().accent_soft if chosen else theme.current().surface))
    painter = QPainter(image)
    painter.setFont(theme.font())
    painter.setPen(QColor(theme.current().text))
    paint_marked(painter, QRectF(10, 0, width, 30), LINE, text, spans, chosen=chosen)
    painter.end()
    return image


def columns_of(image: QImage, colour: str) -> list[int]:
    wanted = QColor(colour).rgb()
    return [
        x for x in range(image.width()) if any(image.pixel(x, y) == wanted for y in range(image.height()))
    ]


def luminance(colour: str) -> float:
    one = QColor(colour)
    red, green, blue = (
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in (one.redF(), one.greenF(), one.blueF())
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_marked_part_has_a_ground_and_can_be_read(qapp: QApplication, look: str) -> None:
    theme.apply(qapp, theme.resolve(look))
    tokens = theme.current()
    for ground in (tokens.accent_soft, tokens.surface):
        lighter, darker = sorted((luminance(tokens.accent), luminance(ground)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5
    marked = columns_of(
        drawn("138 0013 8421", Highlighter("8421").spans("138 0013 8421")), tokens.accent_soft
    )
    whole = columns_of(drawn("138 0013 8421", [(0, 13)]), tokens.accent_soft)
    assert marked
    assert marked[0] > whole[0] + 30
    assert abs(marked[-1] - whole[-1]) <= 1
    assert columns_of(drawn("王", [(0, 1)], chosen=True), tokens.surface)
    assert not columns_of(drawn("王", []), tokens.accent_soft)


def test_what_is_cut_off_is_not_marked_and_emoji_do_not_shift(qapp: QApplication) -> None:
    theme.apply(qapp, theme.resolve("light"))
    soft = theme.current().accent_soft
    assert not columns_of(drawn("a" * 60 + "王", [(60, 1)], width=100), soft)
    plain, shifted = columns_of(drawn("x王", [(1, 1)]), soft), columns_of(drawn("👩王", [(1, 1)]), soft)
    assert abs(len(plain) - len(shifted)) <= 2


def test_a_highlighter_of_nothing_marks_nothing(qapp: QApplication) -> None:
    assert Highlighter("  ").spans("王丽华") == []
    assert Highlighter("wlh").spans("") == []
    assert Highlighter("wlh").spans("王丽华") == [(0, 3)]
    assert Highlighter("138").spans("138 0013 8421") == [(0, 3)]
