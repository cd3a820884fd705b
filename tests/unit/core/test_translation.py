"""Sentences in the user's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from desktop.core import translation
from desktop.core.errors import ShukeError, UserError
from desktop.core.translation import language, ntr, set_language, system_language, tr


@pytest.fixture
def _chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalog(locale="zh_CN")
    catalogue.add("Delete {name}", "删除 {name}")
    catalogue.add("Slip {name}", "失误 {nmae}")
    catalogue.add(("{n} row", "{n} rows"), ("{n} 行",))
    with (tmp_path / "zh_CN.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(translation, "resource", lambda name: tmp_path / Path(name).name)
    set_language("zh_CN")


@pytest.mark.usefixtures("_chinese")
def test_chinese() -> None:
    assert language() == "zh_CN"
    assert tr("Delete {name}", name="王丽华") == "删除 王丽华"
    assert ntr("{n} row", "{n} rows", 12345) == "12,345 行"
    assert tr("") == ""


@pytest.mark.usefixtures("_chinese")
def test_a_slip_in_the_catalogue_falls_back_to_english() -> None:
    assert tr("Slip {name}", name="A") == "Slip A"


def test_english_plurals() -> None:
    assert ntr("{n} row", "{n} rows", 1) == "1 row"
    assert ntr("{n} row of {sheet}", "{n} rows of {sheet}", 1234, sheet="A") == "1,234 rows of A"
    assert tr("Braces {} stay without values") == "Braces {} stay without values"


def test_an_unknown_language_is_english() -> None:
    set_language("tlh")
    assert language() == "en"


@pytest.mark.parametrize(
    ("setting", "code"),
    [("zh_CN.UTF-8", "zh_CN"), ("zh-Hant", "zh_CN"), ("de_DE.UTF-8", "en"), ("en_GB", "en")],
)
def test_system_language(monkeypatch: pytest.MonkeyPatch, setting: str, code: str) -> None:
    monkeypatch.setenv("LC_ALL", setting)
    assert system_language() == code


def test_user_error_says_what_to_do() -> None:
    error = UserError("The book is locked.", "Close the other window.")
    assert isinstance(error, ShukeError)
    assert (error.message, error.hint) == ("The book is locked.", "Close the other window.")
    assert str(error) == "The book is locked. Close the other window."
