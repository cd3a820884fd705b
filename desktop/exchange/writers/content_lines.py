"""The lines that address books and calendars are made of: vCard 3.0 and iCalendar write them alike."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from desktop.exchange.writers.cells import without_controls

WIDEST = 75
"""Octets of a line without its end; a longer one is folded."""


def line(name: str, value: str) -> str:
    """A whole line, folded, with its end; what is text in `value` must have gone through `escaped`."""
    raw = f"{name}:{value}"
    if len(raw) <= WIDEST // 4 or len(raw.encode("utf-8")) <= WIDEST:
        return f"{raw}\r\n"
    parts: list[str] = []
    part, size = "", 0
    for char in raw:
        octets = len(char.encode("utf-8"))
        if size + octets > WIDEST:
            parts.append(part)
            # The blank that marks a folded line counts, too.
            part, size = " ", 1
        part += char
        size += octets
    return "\r\n".join([*parts, part]) + "\r\n"


def escaped(text: str) -> str:
    """A text as it stands in a value: its own commas, semicolons and line breaks are no structure."""
    plain = without_controls(text)
    if plain.isalnum():
        return plain
    return (
        plain.replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replace("\t", " ")
        .replace("\n", "\\n")
    )


def quoted(text: str) -> str:
    """A text as the value of a parameter."""
    return '"' + without_controls(text).replace('"', "'").replace("\n", " ") + '"'


def uid(*what: object) -> str:
    """The same name for the same thing at every export, so that it is changed and not doubled."""
    return str(uuid5(NAMESPACE_URL, "shuke:" + ":".join(map(str, what))))
