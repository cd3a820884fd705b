"""The look: colour tokens for light and dark, the palette and style sheet made from them, and the fonts."""

from __future__ import annotations

import sys
from functools import cache
from string import Template
from typing import Literal, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.core.paths import resource

Tone = Literal["accent", "amber", "red", "blue", "grey"]
"""What a colour says: well, look here, wrong, for information, or nothing in particular."""

BODY, SMALL, TITLE, SECTION, FIGURE = 14, 13, 21, 15, 25
"""Sizes of type in pixels."""


class Tokens(NamedTuple):
    """Every colour of the program; text colours reach 4.5:1 on the grounds they stand on."""

    name: str
    ground: str
    surface: str
    side: str
    line: str
    outline: str
    hover: str
    text: str
    muted: str
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    amber: str
    amber_soft: str
    amber_text: str
    red: str
    red_soft: str
    red_text: str
    blue: str
    blue_soft: str
    blue_text: str
    grey_soft: str
    disabled: str

    @property
    def dark(self) -> bool:
        """Whether this is the dark look."""
        return self.name == "dark"

    def tone(self, tone: Tone) -> tuple[str, str]:
        """Text and ground of a tag in that tone."""
        return {
            "accent": (self.accent, self.accent_soft),
            "amber": (self.amber_text, self.amber_soft),
            "red": (self.red_text, self.red_soft),
            "blue": (self.blue_text, self.blue_soft),
            "grey": (self.muted, self.grey_soft),
        }[tone]

    def role(self, role: str) -> str:
        """The colour of an icon or text by its role: "text", "muted", "accent", "on_accent", "red" …"""
        return str(getattr(self, {"amber": "amber_text", "red": "red_text"}.get(role, role)))

    def series(self) -> tuple[str, ...]:
        """Colours of chart lines in their order, told apart by colour-blind readers too."""
        return (self.accent, self.blue, self.amber, self.red, self.muted)


LIGHT = Tokens(
    name="light",
    ground="#F6F5F1",
    surface="#FFFFFF",
    side="#EFEDE6",
    line="#E6E3DC",
    outline="#8F8A80",
    hover="#F3F1EB",
    text="#1D1C1A",
    muted="#6B665E",
    accent="#0F6E5F",
    accent_strong="#0B5A4E",
    accent_soft="#E0EFEB",
    on_accent="#FFFFFF",
    amber="#B7791F",
    amber_soft="#FBF0DC",
    amber_text="#855510",
    red="#B4412F",
    red_soft="#F8E3DF",
    red_text="#A83A29",
    blue="#2F5F9E",
    blue_soft="#E3ECF8",
    blue_text="#2F5F9E",
    grey_soft="#EFEDE8",
    disabled="#A9A49A",
)

DARK = Tokens(
    name="dark",
    ground="#17181A",
    surface="#202225",
    side="#1B1C1F",
    line="#303337",
    outline="#73706A",
    hover="#292B2F",
    text="#ECEBE8",
    muted="#9A968F",
    accent="#4CC0A6",
    accent_strong="#6BD0B9",
    accent_soft="#1D3A35",
    on_accent="#10231F",
    amber="#E0B055",
    amber_soft="#3D3018",
    amber_text="#E0B055",
    red="#EA8573",
    red_soft="#45211C",
    red_text="#EA8573",
    blue="#8FB4EA",
    blue_soft="#1F3150",
    blue_text="#8FB4EA",
    grey_soft="#2B2D31",
    disabled="#62605B",
)


class _Current:
    """The look worn now; widgets that paint themselves ask for it as they paint."""

    tokens: Tokens = LIGHT
    fusion: bool = False


def current() -> Tokens:
    """The tokens worn now."""
    return _Current.tokens


def resolve(setting: str) -> Tokens:
    """The tokens for "light", "dark" or "system" (which follows the desktop)."""
    if setting == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if setting == "dark" else LIGHT


def application() -> QApplication:
    """The program's application, in the one style that the style sheet is written for."""
    _Current.fusion = True
    # `setStyle` would hand the style back, and PySide needs 5 ms to make the class that wraps it.
    return QApplication([sys.argv[0], "-style", "fusion"])


def apply(app: QApplication, tokens: Tokens) -> None:
    """Dress the whole program; may be called again at any time."""
    _Current.tokens = tokens
    if not _Current.fusion:
        app.setStyle("Fusion")
        _Current.fusion = True
    app.setFont(font())
    app.setPalette(palette(tokens))
    app.setStyleSheet(style_sheet(tokens))


def palette(tokens: Tokens) -> QPalette:
    """Qt's palette from the tokens."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    for place, colour in {
        role.Window: tokens.ground,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.hover,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.on_accent,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.accent_soft,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.surface,
        role.Midlight: tokens.line,
        role.Mid: tokens.line,
        role.Dark: tokens.outline,
        role.Shadow: tokens.outline,
    }.items():
        made.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, place, QColor(tokens.disabled))
    return made


def style_sheet(tokens: Tokens) -> str:
    """The style sheet, its `${token}` places filled."""
    return _template().substitute(tokens._asdict(), art=_art(tokens.name))


@cache
def _template() -> Template:
    return Template(resource("styles/shuke.qss").read_text(encoding="utf-8"))


def _art(name: str) -> str:
    """The folder of the small pictures for sub-controls, which a style sheet can only name as files."""
    return resource(f"styles/{name}").as_posix()


@cache
def _families() -> tuple[str, ...]:
    wanted = {
        "win32": ("Segoe UI Variable Text", "Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei"),
        "darwin": (".AppleSystemUIFont", "PingFang SC", "Hiragino Sans GB"),
    }.get(sys.platform, ("Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"))
    known = set(QFontDatabase.families())
    return tuple(family for family in wanted if family in known or family.startswith("."))


def font(size: int = BODY, *, bold: bool = False) -> QFont:
    """The program's face with its Chinese companion at `size` pixels, digits all of one width."""
    # A copy costs a tenth of making one, and a screen asks for hundreds.
    return QFont(_font(size, bold))


@cache
def _font(size: int, bold: bool) -> QFont:
    made = QFont()
    if _families():
        made.setFamilies(list(_families()))
    made.setPixelSize(size)
    made.setBold(bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
