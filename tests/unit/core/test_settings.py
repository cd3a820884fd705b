"""The table of settings and the machine's own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.settings import SETTINGS, MachineSettings, from_text, setting, to_text


def test_every_default_is_accepted_by_its_own_setting() -> None:
    assert all(one.accepts(one.default) for one in SETTINGS.values())


def test_kept_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    machine = MachineSettings(path)
    assert machine.get("ui.theme") == "system"
    machine.set("ui.theme", "dark")
    machine.set("ui.columns.customers", {"order": ["name", "phone"]})
    again = MachineSettings(path)
    assert again.text("ui.theme") == "dark"
    assert again.get("ui.columns.customers") == {"order": ["name", "phone"]}
    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("damage", ["", "{", "[1, 2]", "\x00\xff", '{"ui.theme": 7}'])
def test_a_damaged_file_falls_back_to_defaults(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(damage, encoding="latin-1")
    machine = MachineSettings(path)
    assert machine.get("ui.theme") == "system"
    machine.set("ui.theme", "light")
    assert MachineSettings(path).get("ui.theme") == "light"


def test_wrong_keys_and_values_are_refused(tmp_path: Path) -> None:
    machine = MachineSettings(tmp_path / "settings.json")
    with pytest.raises(KeyError):
        machine.get("no.such")
    with pytest.raises(KeyError):
        machine.get("shop.name")  # belongs to the book
    with pytest.raises(TypeError):
        machine.set("ui.theme", "pink")
    with pytest.raises(KeyError):
        setting("ui.columns.")


def test_an_unwritable_place_does_not_stop_the_shop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    machine = MachineSettings(tmp_path / "file" / "settings.json")
    machine.set("ui.theme", "dark")
    assert machine.get("ui.theme") == "dark"


def test_book_settings_as_text() -> None:
    assert from_text("rhythm.lost", to_text("rhythm.lost", 4)) == 4
    assert from_text("rhythm.lost", None) == 3.0
    assert from_text("rhythm.lost", "{broken") == 3.0
    assert from_text("shop.name", to_text("shop.name", "老王的店")) == "老王的店"
    with pytest.raises(TypeError):
        to_text("shop.week_start", True)
