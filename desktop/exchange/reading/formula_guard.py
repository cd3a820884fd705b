"""Keeps a text file's cells from being run as formulas by a spreadsheet, and takes that guard off again.

The rule is OWASP's: an apostrophe goes before a cell that begins with = + - @, a tab or a line break, in
full width, too, and behind blanks. Where a spreadsheet's own delimiter is another than the file's, cells fall
apart at ; and at tabs and line breaks, so the same holds behind those. What is no more than a number or a
phone (-3.50, +86 138 0013 8000) stays as it is. A text that has such an apostrophe of its own gets one more:
`unguarded(guarded(text)) == text` for every text.
"""

from __future__ import annotations

import re

_SIGNS = "=+\\-@＝＋－＠"
_BEGINS = rf"[\s'\ufeff\u200b-\u200f\u2060]*[{_SIGNS}]|'*[\t\r\n]"
_TO_GUARD = re.compile(_BEGINS)
_GUARDED = re.compile(rf"\A'(?={_BEGINS})")
_NUMBER = re.compile(r"[+-]?\d[\d ]*(?:[.,]\d+)?", re.ASCII)
# A line that begins with a dash is an item of a list; only with one of (|!=@ in it could it be a formula.
_INSIDE_TO_GUARD = re.compile(
    r"(?<=[;\t\r\n])(?=[ ']*[=@＝＠]| *'[ ']*[+\-＋－]| *[+\-＋－][^;\t\r\n]*[(|!=@])"
)
_INSIDE_GUARDED = re.compile(rf"(?<=[;\t\r\n])'(?=[ ']*[{_SIGNS}])")
_MAY_FALL_APART = re.compile(r"[;\t\r\n]")


def guarded(text: str) -> str:
    """The text as a cell of a text file that no spreadsheet takes for a formula."""
    if _MAY_FALL_APART.search(text):
        text = _INSIDE_TO_GUARD.sub("'", text)
    if _TO_GUARD.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    if "'" not in text:
        return text
    return _INSIDE_GUARDED.sub("", _GUARDED.sub("", text))
