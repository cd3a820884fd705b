"""How the command line answers: aligned words or JSON; progress and problems on the error stream."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from desktop.core.errors import UserError
from desktop.core.progress import Progress


def speak_utf8() -> None:
    """UTF-8 on every platform: a Windows console's code page knows neither ¥ nor 熟客 in every setting."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def answer(value: Any) -> None:
    """One JSON value."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def table(rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Rows of texts in aligned columns; those whose number is in `right` are set to the right."""
    listed = [list(row) for row in rows]
    widths = [max(map(width, column)) for column in zip(*listed, strict=True)] if listed else []
    for row in listed:
        cells = [
            " " * (widths[at] - width(cell)) + cell
            if at in right
            else cell + " " * (widths[at] - width(cell))
            for at, cell in enumerate(row)
        ]
        print("  ".join(cells).rstrip())


def width(text: str) -> int:
    """How many places a text takes in a terminal: Chinese characters take two."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def complain(error: UserError) -> None:
    """Say on the error stream what is wrong and what to do."""
    print(error.message, file=sys.stderr)
    if error.hint:
        print(error.hint, file=sys.stderr)


class Line(Progress):
    """Progress as one line that writes over itself, where somebody is watching."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._shown = ""

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        """Show how far the work is."""
        if not self._stream.isatty():
            return
        part = f" {100 * done // total} %" if total else ""
        line = f"{text}{part}" if text else part.strip()
        if line != self._shown:
            self._write(line)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._write("")
            self._stream.write("\r")

    def _write(self, line: str) -> None:
        self._stream.write("\r" + line + " " * max(0, width(self._shown) - width(line)))
        self._stream.flush()
        self._shown = line
