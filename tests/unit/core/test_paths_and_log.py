"""Folders, shipped files and the log."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.core import log, paths


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    return tmp_path


def test_folders_can_be_moved_and_are_made(home: Path) -> None:
    assert paths.default_book() == home / "data" / "shop.shuke"
    assert all(folder.is_dir() for folder in (paths.data_folder(), paths.config_folder(), paths.log_folder()))


def test_the_platforms_own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE, raising=False)
    for variable in (
        "HOME",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "LOCALAPPDATA",
        "USERPROFILE",
    ):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    assert all(
        "Shuke" in folder.parts for folder in (paths.data_folder(), paths.config_folder(), paths.log_folder())
    )


def test_shipped_files_from_source_and_frozen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert paths.resource("translations").is_dir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("icons/x.svg") == tmp_path / "resources" / "icons" / "x.svg"


def test_the_log_is_written_and_closed(home: Path) -> None:
    level = logging.getLogger().level
    try:
        log.setup()
        log.setup()
        logging.getLogger("shuke.test").info("imported %d rows", 7)
        logging.getLogger("shuke.test").debug("not kept")
    finally:
        log.close()
        logging.getLogger().setLevel(level)
    lines = (home / "log" / log.FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert lines[0].endswith("INFO shuke.test: imported 7 rows")


def test_importing_the_core_is_cheap() -> None:
    program = (
        "import sys\n"
        "from desktop.core import (calendar_words, contacts, dates, errors, log, money, paths, pinyin,\n"
        "    settings, text, translation)\n"
        "slow = {'numpy', 'pypinyin', 'peewee', 'PySide6', 'platformdirs'}\n"
        "sys.exit(bool(slow & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
