"""Every setting of the program in one table, and this machine's own ones in a file."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from desktop.core.paths import config_folder

log = logging.getLogger(__name__)

Value = str | int | float | bool | list["Value"] | dict[str, "Value"]
"""What a setting may hold: anything JSON keeps, but null."""

Scope = Literal["book", "machine"]
"""A shop's own settings travel with its book, a window's place stays on the machine."""


class Setting(NamedTuple):
    """One setting; a key ending in a dot is a family: "ui.columns." stands for every list's columns."""

    key: str
    type: type
    default: Value
    scope: Scope
    choices: tuple[str, ...] = ()

    def accepts(self, value: object) -> bool:
        """Whether `value` may be kept here; an int also where a float is meant."""
        if self.choices:
            return value in self.choices
        if self.type is float:
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        return isinstance(value, self.type) and (self.type is bool or not isinstance(value, bool))


_OPEN_DAILY: Value = {str(weekday): [["09:00", "21:00"]] for weekday in range(7)}

SETTINGS: dict[str, Setting] = {
    setting.key: setting
    for setting in (
        Setting("shop.name", str, "", "book"),
        Setting("shop.currency", str, "CNY", "book"),
        Setting("shop.country", str, "CN", "book"),
        # 0 is Monday, as date.weekday() counts.
        Setting("shop.week_start", int, 0, "book"),
        # Weekday → the hours between which the shop is open; complaint deadlines count these.
        Setting("shop.opening", dict, _OPEN_DAILY, "book"),
        # Days the shop is closed, as ISO dates.
        Setting("shop.holidays", list, [], "book"),
        # Days with hours of their own (a short day, a Sunday worked): ISO date → spans as in shop.opening.
        Setting("shop.special_days", dict, {}, "book"),
        # The time zone whose clock changes count (IANA name); empty: the clock is never changed.
        Setting("shop.zone", str, "", "book"),
        # What the shop promises everybody: returns, exchanges, warranty. Part of an evidence pack.
        Setting("shop.policy", str, "", "book"),
        # Severity → working minutes until the first reply and until settlement; what lacks is the default.
        Setting("complaints.deadlines", dict, {}, "book"),
        # Days after its end in which a complaint is reopened; later a new one follows it.
        Setting("complaints.reopen_days", int, 14, "book"),
        # Minutes before a deadline at which the tray says so; 0: not at all.
        Setting("complaints.warn_minutes", int, 30, "book"),
        # Mood → the shop's own advice for it; what lacks is the program's.
        Setting("complaints.guidance", dict, {}, "book"),
        # Titles of built-in answers that the shop took away.
        Setting("answers.hidden", list, [], "book"),
        # How many of their own usual gaps a customer may stay away before they count as such.
        Setting("rhythm.drifting", float, 1.5, "book"),
        Setting("rhythm.alarming", float, 2.0, "book"),
        Setting("rhythm.lost", float, 3.0, "book"),
        # RFM scores by the shop's own fifths, or by these bounds: {"recency": [4 days], "frequency": [4],
        # "money": [4 in minor units]}, ascending; what lacks is the program's.
        Setting("rfm.way", str, "fifths", "book", ("fifths", "bounds")),
        Setting("rfm.bounds", dict, {}, "book"),
        # A customer's value: what they will spend in so many months, discounted by so many percent a month.
        Setting("value.months", int, 12, "book"),
        Setting("value.discount", float, 1.0, "book"),
        # Tiers by net spend of the last 365 days: [name, from which minor units on], ascending; empty: the
        # program's.
        Setting("members.tiers", list, [], "book"),
        # Days after an order's end (a case's, a complaint's) at which Today proposes to ask for a rating; 0:
        # never. Nobody is asked twice within `ask_gap_days`; an asking is brought to mind after
        # `remind_days`.
        Setting("ratings.ask_after_days", int, 3, "book"),
        Setting("ratings.ask_gap_days", int, 30, "book"),
        Setting("ratings.remind_days", int, 7, "book"),
        # Stars → reasons to tick; what lacks is the program's.
        Setting("ratings.reasons", dict, {}, "book"),
        # Where a feedback card's QR code leads; {code} stands for the card's code. Empty: the code alone.
        Setting("ratings.card_link", str, "", "book"),
        Setting("ratings.card_text", str, "", "book"),
        # Points that a member earns with each unit of money spent, and what one is worth; 0: no such rule.
        Setting("points.per_unit", float, 0.0, "book"),
        Setting("points.worth", float, 0.0, "book"),
        # Megabytes that a single file kept in the book may have, and all of them before a word is said.
        Setting("files.most_megabytes", int, 20, "book"),
        Setting("files.warn_megabytes", int, 500, "book"),
        # Working days within which a privacy request is to be answered; 0: within a month.
        Setting("privacy.working_days", int, 0, "book"),
        # Empty follows the system.
        Setting("ui.language", str, "", "machine", ("", "en", "zh_CN")),
        Setting("ui.theme", str, "system", "machine", ("system", "light", "dark")),
        # The clerk who works at this computer, by name; empty for nobody in particular.
        Setting("ui.clerk", str, "", "machine"),
        # Qt's own description of size and place, in base 64.
        Setting("ui.window", str, "", "machine"),
        # The counter window: its place, whether it stays on top, and whether it keeps amounts to itself.
        Setting("ui.counter.place", str, "", "machine"),
        Setting("ui.counter.on_top", bool, False, "machine"),
        Setting("ui.counter.hide_money", bool, False, "machine"),
        Setting("ui.columns.", dict, {}, "machine"),
        # The channel of the note written last.
        Setting("ui.note.channel", str, "", "machine"),
        # Where files were last taken from ("import") and put ("export").
        Setting("ui.folder.", str, "", "machine"),
        # What was last chosen when a list was taken out: its columns and the kind of file.
        Setting("ui.export.", dict, {}, "machine"),
        # The parts that a customer's dossier goes without.
        Setting("ui.dossier.left_out", list, [], "machine"),
        # The language of the last monthly report; "" for that of the window.
        Setting("ui.report.language", str, "", "machine"),
        Setting("book.last", str, "", "machine"),
        Setting("book.recent", list, [], "machine"),
    )
}


def setting(key: str) -> Setting:
    """The table's entry for a key, or for the family it belongs to. Raises KeyError."""
    if key.endswith("."):
        raise KeyError(key)
    if key in SETTINGS:
        return SETTINGS[key]
    for name, family in SETTINGS.items():
        if name.endswith(".") and key.startswith(name):
            return family
    raise KeyError(key)


def to_text(key: str, value: Value) -> str:
    """The JSON under which a setting is kept. Raises KeyError, or TypeError for a wrong value."""
    if not setting(key).accepts(value):
        raise TypeError(f"{key} cannot be {value!r}")
    return json.dumps(value, ensure_ascii=False)


def from_text(key: str, text: str | None) -> Value:
    """What `to_text` wrote; the default where nothing or nothing sensible is kept."""
    known = setting(key)
    if text is None:
        return known.default
    try:
        value: Value = json.loads(text)
    except ValueError:
        log.warning("setting %s is damaged and falls back to its default", key)
        return known.default
    return value if known.accepts(value) else known.default


class MachineSettings:
    """This machine's settings, read once and written at every change, whole and atomically."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or config_folder() / "settings.json"
        self._values = self._read()

    def _read(self) -> dict[str, Value]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.warning("settings cannot be read, defaults are used: %s", type(error).__name__)
            return {}
        if not isinstance(found, dict):
            log.warning("settings are damaged, defaults are used")
            return {}
        return found

    def get(self, key: str) -> Value:
        """The value of a machine setting, or its default. Raises KeyError for an unknown key."""
        known = _machine(key)
        value = self._values.get(key, known.default)
        return value if known.accepts(value) else known.default

    def text(self, key: str) -> str:
        """A setting that is a text."""
        value = self.get(key)
        return value if isinstance(value, str) else ""

    def set(self, key: str, value: Value) -> None:
        """Keep a value. Raises KeyError, or TypeError for a value of the wrong kind."""
        self.update({key: value})

    def update(self, values: Mapping[str, Value]) -> None:
        """Keep several values with one write; an unwritable folder costs the change, not the program."""
        for key, value in values.items():
            if not _machine(key).accepts(value):
                raise TypeError(f"{key} cannot be {value!r}")
        changed = {**self._values, **values}
        if changed == self._values:
            return
        self._values = changed
        try:
            self._write()
        except OSError as error:
            log.warning("settings cannot be written: %s", error.strerror)

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".settings", suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _machine(key: str) -> Setting:
    known = setting(key)
    if known.scope != "machine":
        raise KeyError(key)
    return known
