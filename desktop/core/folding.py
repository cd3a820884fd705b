"""Making text comparable: folding for search, cleaning what spreadsheets do to a cell, and names."""

from __future__ import annotations

import re
import unicodedata

# Byte order mark, zero-width space and word joiner, soft hyphen, and the marks that turn text around.
_INVISIBLE = "\ufeff\u200b\u2060\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"]
_UNSEEN: dict[int, None] = dict.fromkeys(map(ord, (*_INVISIBLE, *_CONTROLS)))
_CLEANING: dict[int, str | None] = {
    **_UNSEEN,
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u3000\t"), " "),
}
# Joiners are kept where they glue an emoji together and dropped anywhere else.
_LOOSE_JOINER = re.compile("[\u200c\u200d](?![\u2600-\u27bf\U0001f000-\U0001faff])")
_WRAPPING = re.compile(r"""^[ '`="]| $|_x000""")
"""Without these, printable ASCII is as its writer meant it."""
_EXCEL_ESCAPE = re.compile(r"_x000[0-9A-Fa-f]_")
_WRAPPED = re.compile(r'^="((?:[^"]|"")*)"$')
_TEXT_MARK = re.compile(r"^['`‘’](?=[\d+=@-])")


def fold(text: str) -> str:
    """The form in which two texts are compared: NFKC, case folded, single spaces; folding twice is once."""
    if text.isascii():
        return " ".join(text.lower().split())
    # The order Unicode gives for compatibility caseless matching (D146), which makes it idempotent.
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    return " ".join(unicodedata.normalize("NFKC", once.casefold()).split())


def clean_cell(text: str) -> str:
    """A cell as its writer meant it, without what exports wrap around it.

    Goes: byte order mark, no-break and full-width spaces, zero-width and control characters,
    the `="123"` wrapper, and the apostrophe, backtick or tab that platforms put before a number
    to keep a spreadsheet from ruining it. Line breaks inside the cell stay.
    """
    if text.isascii() and (text.isalnum() or (text.isprintable() and not _WRAPPING.search(text))):
        return text
    text = _EXCEL_ESCAPE.sub("", text) if "_x000" in text else text
    text = text.translate(_CLEANING).replace("\r\n", "\n").replace("\r", "\n").strip()
    if "\u200d" in text or "\u200c" in text:
        text = _LOOSE_JOINER.sub("", text)
    if wrapped := _WRAPPED.match(text):
        text = wrapped[1].replace('""', '"').strip()
    return _TEXT_MARK.sub("", text)


def clean_typed(text: str) -> str:
    """A text as somebody typed or pasted it, without what nobody sees; its own blanks and lines stay."""
    return text.strip() if text.isascii() and text.isprintable() else text.translate(_UNSEEN).strip()


def is_hanzi(char: str) -> bool:
    """Whether one character is a Chinese character (with the extensions, and 〇)."""
    return (
        "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char >= "\U00020000" or char == "〇"
    )


def initials_of_avatar(name: str) -> str:
    """The one character drawn in a customer's avatar: 王丽华 → 王, emma → E, nothing → "?"."""
    name = name.strip()
    for char in name:
        if char.isalnum():
            return char.upper()[0]
    return name[0] if name else "?"
