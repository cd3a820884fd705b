"""Why a file can't be read, and what to do about it: one sentence each, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.core.errors import UserError
from desktop.core.translation import mark, tr

_REASONS: Mapping[str, tuple[str, str]] = {
    "empty": (mark("“{name}” is empty."), mark("Export it again, or choose another file.")),
    "blank": (mark("“{name}” holds no rows: every sheet is empty."), mark("Choose another file.")),
    "archive": (
        mark("“{name}” is an archive, not a workbook."),
        mark("Unpack it and choose the file inside."),
    ),
    "old": (
        mark("“{name}” was written by a version of Excel before 1997, which can't be read."),
        mark("Open it in a spreadsheet program and save it as .xlsx."),
    ),
    "web": (
        mark("“{name}” is a web page without a table of its own."),
        mark("Open it in a spreadsheet program and save it as .xlsx."),
    ),
    "other": (
        mark("“{name}” is not a workbook or text file."),
        mark("Choose a file that ends in .xlsx, .xls, .xlsb, .ods or .csv."),
    ),
    "encoding": (
        mark("“{name}” is a text in an encoding that can't be read."),
        mark("Export it again as UTF-8."),
    ),
    "numbers": (
        mark("“{name}” is a document of Numbers."),
        mark("In Numbers, choose “Export To”, then “Excel”, and import that file."),
    ),
    "password": (
        mark("“{name}” is protected by a password."),
        mark("Open it in a spreadsheet program, take the password off and save it."),
    ),
    "large": (
        mark("“{name}” is too large to read: its cells reach too far or it unpacks to too much."),
        mark("Delete what lies far outside the table, or split the file, and try again."),
    ),
    "sheet": (mark("“{name}” has no such sheet."), mark("Choose one of its sheets.")),
    "damaged": (
        mark("“{name}” is damaged and can't be read."),
        mark("Export it again, or open it in a spreadsheet program and save it as .xlsx."),
    ),
    "quote": (
        mark("A quotation mark in “{name}” is opened and never closed, so its rows run into each other."),
        mark("Close or remove it, or export the file again."),
    ),
    "permission": (
        mark("“{name}” may not be read."),
        mark("Close the program that has it open, or check the file's permissions."),
    ),
    "missing": (mark("There is no file “{name}”."), mark("Check the path.")),
    "changed": (
        mark("“{name}” was changed while it was being read."),
        mark("Wait until it is written to its end, and try again."),
    ),
    "start": (
        mark("“{name}” can't be read now: the system starts no further program."),
        mark("Close other programs and try again."),
    ),
    "slow": (
        mark("Reading “{name}” took too long and was stopped."),
        mark("Open it in a spreadsheet program, save it as .csv and import that."),
    ),
}


def refusal(code: str, name: str) -> UserError:
    """The error that tells the user why a file cannot be read."""
    message, hint = _REASONS.get(code, _REASONS["damaged"])
    return UserError(tr(message, name=name), tr(hint))
