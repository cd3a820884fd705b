"""The words that search compares: what is kept in a book and what is typed are both cut up here.

A token is a run of letters and digits, or one character of a writing that has no blanks: Chinese, kana, and
the pictures in nicknames. Width, case and accents are gone, and every script's digits are 0 to 9.
"""

from __future__ import annotations

import functools
import unicodedata

from desktop.core.folding import fold, is_hanzi

_ACCENTS = range(0x0300, 0x0370)


@functools.lru_cache(maxsize=65_536)
def stands_alone(char: str) -> bool:
    """Whether a character is a token by itself."""
    return is_hanzi(char) or "\u3041" <= char <= "\u30ff" or unicodedata.category(char) == "So"


class _Cutting(dict[int, str]):
    """Code point → what becomes of it in a text that is then split at the blanks."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = unicodedata.category(char)
        if stands_alone(char):
            cut = f" {char} "
        elif char.isdecimal():
            cut = str(unicodedata.decimal(char))
        elif char.isalnum():
            cut = char
        else:
            # Marks on letters and invisible joiners do not part a word; anything else does.
            cut = "" if kind[0] == "M" or kind == "Cf" else " "
        self[code] = cut
        return cut


_CUTTING = _Cutting()


def bare(text: str) -> str:
    """The text folded and without accents: "José" → "jose", "ＶＩＰ" → "vip"."""
    folded = fold(text)
    if folded.isascii():
        return folded
    parts = unicodedata.normalize("NFD", folded)
    return fold("".join([char for char in parts if ord(char) not in _ACCENTS]))


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order."""
    return bare(text).translate(_CUTTING).split()
