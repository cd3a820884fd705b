"""The codes on feedback cards: short, without letters that look like others, and checked by their last one.

A code is nine signs of 23, written in threes. Their number is a prime, so that the weighted sum of the signs
is never nought again after one of them is changed or any two of them change places. A blank card's code needs
no row in the book: it is known as one of ours by its check.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable

SIGNS = "23456789CDFGHJKMNPRTWXY"
"""No 0, 1, O, I, L and Q; no vowel, so that no code is a word; no B, S, U, V, Z beside 8, 5, W, W, 2."""

_LENGTH = 9
_LOOK_ALIKE = str.maketrans("BSZ", "852")
"""What a reader takes these signs for; they are none of ours."""
_PLACE = {sign: place for place, sign in enumerate(SIGNS)}
_WRITTEN = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{3}[\s\-–—·]?[0-9A-Z]{3}[\s\-–—·]?[0-9A-Z]{3}(?![0-9A-Z])")


def check_sign(body: str) -> str:
    """The last sign of a code whose first eight are given."""
    # The weights are 2 to 9 and, for the check itself, 1: all different and none nought.
    return SIGNS[-sum(weight * _PLACE[sign] for weight, sign in enumerate(body, 2)) % len(SIGNS)]


def is_code(text: str) -> bool:
    """Whether the text is a code as the book keeps it: nine of our signs of which the last one is right."""
    return len(text) == _LENGTH and all(sign in _PLACE for sign in text) and check_sign(text[:-1]) == text[-1]


def new_code(below: Callable[[int], int] = secrets.randbelow) -> str:
    """A new code; `below(n)` draws from 0 to n - 1. Two are hardly ever alike: there are 23⁸."""
    body = "".join(SIGNS[below(len(SIGNS))] for _ in range(_LENGTH - 1))
    return body + check_sign(body)


def written(code: str) -> str:
    """A code as it stands on the card, in threes."""
    return "-".join(code[at : at + 3] for at in range(0, len(code), 3))


def read_code(text: str) -> str | None:
    """The code in what was typed or scanned, as the book keeps it; None where there is none that is right.

    Small and full-width letters, blanks and strokes don't matter; a whole link is read for the code in it.
    """
    text = unicodedata.normalize("NFKC", text).upper()
    whole = _plain(text)
    if is_code(whole):
        return whole
    found = [code for one in _WRITTEN.findall(text) if is_code(code := _plain(one))]
    return found[-1] if found else None


def looks_like_code(text: str) -> bool:
    """Whether somebody may have meant a code: nine letters and figures that merely don't agree."""
    return len(_plain(unicodedata.normalize("NFKC", text).upper())) == _LENGTH


def _plain(text: str) -> str:
    return "".join(sign for sign in text.translate(_LOOK_ALIKE) if sign.isascii() and sign.isalnum())
