"""A title out of words that were written in one breath: their beginning, where they are too long for one."""

from __future__ import annotations

import re

LONGEST = 48
"""Letters of a title as a card has room for it; a Chinese character is as wide as two."""
_END = re.compile(r"[。！？；\n]|[.!?;](?=\s|$)")
_PAUSE = re.compile(r"[，,、：:\s]")


def title_of(words: str) -> tuple[str, str]:
    """A title, and the whole words where the title is only their beginning, else ""."""
    words = words.strip()
    line = " ".join(words.split())
    if _wide(line) <= LONGEST:
        return line, ""
    first = _END.split(words, maxsplit=1)[0].strip()
    first = " ".join(first.split())
    if first and _wide(first) <= LONGEST:
        return first, words
    room = _fitting(line)
    pauses = [found.start() for found in _PAUSE.finditer(room)]
    # Cut where the words pause, unless that leaves next to nothing.
    end = next((at for at in reversed(pauses) if at >= len(room) // 2), len(room))
    return room[:end].rstrip(" ，,、：:") + "…", words


def _fitting(line: str) -> str:
    taken = 0
    for at, char in enumerate(line):
        taken += _width(char)
        if taken > LONGEST - 1:
            return line[:at]
    return line


def _wide(text: str) -> int:
    return sum(map(_width, text))


def _width(char: str) -> int:
    return 2 if char >= "\u1100" and char != "…" else 1
