"""Where things are on this machine: the data, settings and log folders, and the files shipped with us."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP_NAME = "Shuke"
HOME_VARIABLE = "SHUKE_HOME"
"""When set, every folder lies below it: tests and a portable copy on a stick use this."""


def _home() -> Path | None:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) if home else None


def _ready(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def data_folder() -> Path:
    """The folder of the books, made when missing."""
    home = _home()
    if home:
        return _ready(home / "data")
    import platformdirs

    return _ready(platformdirs.user_data_path(APP_NAME, appauthor=False))


def config_folder() -> Path:
    """The folder of this machine's own settings, made when missing."""
    home = _home()
    if home:
        return _ready(home / "config")
    import platformdirs

    return _ready(platformdirs.user_config_path(APP_NAME, appauthor=False))


def log_folder() -> Path:
    """The folder of the log files, made when missing."""
    home = _home()
    if home:
        return _ready(home / "log")
    import platformdirs

    return _ready(platformdirs.user_log_path(APP_NAME, appauthor=False))


def default_book() -> Path:
    """The book that is opened when none is named; it need not exist yet."""
    return data_folder() / "shop.shuke"


def resource(name: str = "") -> Path:
    """A shipped file by its name below `resources/`, with forward slashes: "icons/x.svg".

    Works from the source tree and from a frozen program, where PyInstaller says in
    `sys._MEIPASS` where it laid the files.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return root / "resources" / name
