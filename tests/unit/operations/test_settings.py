"""Settings of both scopes: the shop's travel with the book and can be undone, the machine's stay."""

from pathlib import Path

import pytest

from desktop.core.settings import MachineSettings
from desktop.models.book import Book
from desktop.operations.settings import Settings


def test_the_shops_settings_live_in_its_book(book: Book, tmp_path: Path) -> None:
    settings = Settings(book, MachineSettings(tmp_path / "machine.json"))
    assert settings.get("shop.currency") == "CNY"
    assert settings.set("shop.currency", "EUR").touches("setting")
    settings.set("shop.currency", "GBP")
    book.undo()
    assert settings.get("shop.currency") == "EUR"
    book.close()
    with Book.open(book.path) as again:
        assert again.setting("shop.currency") == "EUR"


def test_the_machines_settings_stay_on_the_machine(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "machine.json"
    assert not Settings(book, MachineSettings(file)).set("ui.theme", "dark")
    assert book.next_undo() is None
    assert Settings(book, MachineSettings(file)).get("ui.theme") == "dark"


@pytest.mark.parametrize(
    ("key", "value", "fault"), [("no.such", 1, KeyError), ("shop.currency", 7, TypeError)]
)
def test_what_no_setting_may_hold_is_refused(
    book: Book, tmp_path: Path, key: str, value: object, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        Settings(book, MachineSettings(tmp_path / "machine.json")).set(key, value)
