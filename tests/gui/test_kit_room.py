"""Words that are longer than their place give way and push nothing else out of sight."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.core.translation import set_language
from desktop.views.duplicates.words import point
from desktop.views.kit.labels import label
from desktop.views.kit.row_delegate import fit
from desktop.views.kit.widgets import ActivityRow, PrimaryButton, Tile


def test_a_figure_without_room_is_told_shorter_and_not_cut(qtbot: QtBot) -> None:
    tile = Tile("Spent")
    qtbot.addWidget(tile)
    tile.set("¥12,502,500", "5,001 orders", shorter="¥12.5M")
    tile.resize(130, 100)
    tile.show()
    assert "¥12.5M" in [shown.text() for shown in tile.findChildren(QLabel)]
    assert tile.figure() == "¥12,502,500"
    tile.resize(400, 100)
    assert "¥12,502,500" in [shown.text() for shown in tile.findChildren(QLabel)]


def test_long_words_push_nothing_out_of_sight(qtbot: QtBot) -> None:
    row = ActivityRow("gift", "W" * 300, "due", action=PrimaryButton("Done"), inline=True)
    named = ActivityRow("gift", "王丽华", "W" * 300, action=PrimaryButton("Done"), inline=True)
    words = label("W" * 300, wrap=True)
    for widget in (row, named, words):
        qtbot.addWidget(widget)
        widget.resize(500, widget.sizeHint().height())
        widget.show()
        assert widget.minimumSizeHint().width() <= 500
    for one in (row, named):
        button = one.findChild(PrimaryButton)
        assert button is not None
        assert button.geometry().right() <= one.width()
    title = next(one for one in named.findChildren(QLabel) if one.text())
    assert title.text() == "王丽华"


def test_an_order_number_without_room_keeps_its_end(qtbot: QtBot) -> None:
    ground = QPixmap(200, 40)
    painter = QPainter(ground)
    long, other = fit(painter, "41000000000685263", 90), fit(painter, "龙井、白茶、" * 9, 90)
    painter.end()
    assert long.startswith("41")
    assert long.endswith("63")
    assert other.endswith("…")


def test_a_members_card_has_a_name_beside_other_accounts() -> None:
    set_language("zh_CN")
    assert point("account", "member", "2900000000001") == "会员卡 2900000000001"
    assert point("wechat", "", "lihua") == "微信 lihua"
