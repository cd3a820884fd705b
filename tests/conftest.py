"""What every test stands on: an empty home, English, a new book, the shared data, and nothing left behind."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

# Before anything imports Qt: tests draw into memory, in the size they are looked at.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_FONT_DPI", "96")

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.models.book import Book

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 3.0
"""Seconds that a thread or a child process gets to end after its test."""
QT_OWN_WINDOWS = {"QTipLabel", "QShapedPixmapWidget", "QDesktopScreenWidget"}

settings.register_profile(
    "shuke",
    deadline=None,  # The machine is shared; a slow moment is no fault of the code.
    max_examples=50,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("shuke")


@pytest.fixture
def shared_data() -> Path:
    """The folder of real data beside the checkout; the test is skipped where there is none."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data is not beside this checkout")
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A new, empty book in a file of its own, closed after the test."""
    from desktop.models.book import Book

    fresh = Book.create(tmp_path / "shop.shuke")
    yield fresh
    fresh.close()


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def _own_home(_homes: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """No test reads or writes the settings, logs or books of the person who runs it."""
    monkeypatch.setenv("SHUKE_HOME", str(_homes / str(abs(hash(request.node.nodeid)))))


@pytest.fixture(autouse=True)
def _english() -> None:
    """Tests read English unless they say otherwise."""
    from desktop.core.translation import set_language

    set_language("en")


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test leaves no thread, no child process and no window to the next one."""
    threads = set(threading.enumerate())
    gui = bool({"qapp", "qtbot", "qtmodeltester"} & set(request.fixturenames))
    windows = {address(window) for window in top_level_windows()} if gui else set()
    yield
    left: list[Any] = wait_for_none(
        lambda: [t for t in threading.enumerate() if t not in threads and not t.name.startswith("Dummy-")]
    )
    assert not left, f"threads left behind: {left}"
    left = wait_for_none(multiprocessing.active_children)
    assert not left, f"child processes left behind: {left}"
    if gui:
        left = windows_left(windows)
        assert not left, f"windows left behind: {left}"


def wait_for_none(look: Callable[[], list[Any]]) -> list[Any]:
    """Look until nothing is there or the patience is at its end; returns what is there still."""
    end = time.monotonic() + PATIENCE
    while (found := look()) and time.monotonic() < end:
        time.sleep(0.01)
    return found


def top_level_windows() -> list[QWidget]:
    """Every window of the application, shown or not, but those that Qt keeps for itself."""
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return []
    return [w for w in QApplication.topLevelWidgets() if w.metaObject().className() not in QT_OWN_WINDOWS]


def address(widget: QWidget) -> int:
    """Which widget it is, whatever Python object stands for it at the moment."""
    import shiboken6

    return int(shiboken6.getCppPointer(widget)[0])


def windows_left(before: set[int]) -> list[QWidget]:
    """The windows that were not there before the test, after Qt and Python had time to bury them."""
    from PySide6.QtCore import QCoreApplication, QEvent

    for collect in (False, True):
        if collect:
            gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        left = [window for window in top_level_windows() if address(window) not in before]
        if not left:
            break
    return left
