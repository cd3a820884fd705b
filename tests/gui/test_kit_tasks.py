"""Background work: answers in the window's thread, to living owners, the latest only, and a way to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.core.progress import Cancelled
from desktop.views.kit.progress import ProgressDialog
from desktop.views.kit.tasks import Progress, Tasks


@pytest.fixture
def reported() -> list[BaseException]:
    return []


@pytest.fixture
def tasks(qapp: QApplication, reported: list[BaseException]) -> Iterator[Tasks]:
    made = Tasks(lambda error, _: reported.append(error))
    yield made
    made.stop()


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_work_runs_elsewhere_and_the_answer_comes_here(qtbot: QtBot, tasks: Tasks, owner: QWidget) -> None:
    seen: dict[str, Any] = {}

    def done(answer: int) -> None:
        seen.update(answer=answer, here=threading.current_thread())

    tasks.read(lambda _: seen.setdefault("there", threading.current_thread()) and 42, done, owner=owner)
    qtbot.waitUntil(lambda: "answer" in seen)
    assert seen["answer"] == 42
    assert seen["here"] is threading.main_thread()
    assert seen["there"] is not threading.main_thread()
    assert tasks.idle


def _append(to: list[int], number: int) -> Callable[[Progress], None]:
    return lambda _: to.append(number)


def test_one_thing_after_another(qtbot: QtBot, tasks: Tasks, owner: QWidget) -> None:
    order: list[int] = []
    for number in range(5):
        tasks.read(_append(order, number), lambda _: None, owner=owner)
    qtbot.waitUntil(lambda: tasks.idle)
    assert order == [0, 1, 2, 3, 4]


def test_a_stale_answer_is_dropped_and_its_work_stopped(
    qtbot: QtBot, tasks: Tasks, owner: QWidget, reported: list[BaseException]
) -> None:
    gate = threading.Event()
    answers: list[str] = []

    def slow(progress: Progress) -> str:
        gate.wait(3)
        progress.check()
        return "old"

    tasks.read(slow, answers.append, owner=owner, key="list")
    tasks.read(lambda _: "new", answers.append, owner=owner, key="list")
    gate.set()
    qtbot.waitUntil(lambda: tasks.idle)
    assert answers == ["new"]
    assert not reported


def test_an_answer_dies_with_its_owner(qtbot: QtBot, tasks: Tasks) -> None:
    mortal, gate = QWidget(), threading.Event()
    answers: list[bool] = []
    tasks.read(lambda _: gate.wait(3), answers.append, owner=mortal)
    delete(mortal)
    gate.set()
    qtbot.waitUntil(lambda: tasks.idle)
    assert not answers


def test_errors_go_to_their_handler_or_are_reported(
    qtbot: QtBot, tasks: Tasks, owner: QWidget, reported: list[BaseException]
) -> None:
    def fail(_: Progress) -> None:
        msg = "no"
        raise ValueError(msg)

    handled: list[BaseException] = []
    tasks.read(fail, lambda _: None, owner=owner, on_error=handled.append)
    tasks.read(fail, lambda _: None, owner=owner)
    qtbot.waitUntil(lambda: tasks.idle)
    assert [type(error) for error in handled + reported] == [ValueError, ValueError]


def test_a_long_write_shows_a_bar_that_cancels_it(
    qtbot: QtBot, tasks: Tasks, owner: QWidget, reported: list[BaseException]
) -> None:
    outcome: list[object] = []

    def work(progress: Progress) -> str:
        for number in range(2000):
            progress.report(number, 2000, "row")
            threading.Event().wait(0.005)
        return "finished"

    tasks.write("Importing", work, outcome.append, owner=owner, on_error=outcome.append)
    qtbot.waitUntil(lambda: bool(owner.findChildren(ProgressDialog)))
    dialog = owner.findChildren(ProgressDialog)[0]
    qtbot.waitUntil(lambda: dialog.text.text() == "row")
    assert dialog.bar.maximum() == 1000
    dialog.cancel_button.click()
    qtbot.waitUntil(lambda: tasks.idle)
    assert isinstance(outcome[0], Cancelled)
    qtbot.waitUntil(lambda: not owner.findChildren(ProgressDialog))
    assert not reported


def test_a_short_write_shows_no_bar(qtbot: QtBot, tasks: Tasks, owner: QWidget) -> None:
    outcome: list[int] = []
    tasks.write("Saving", lambda _: 1, outcome.append, owner=owner)
    qtbot.waitUntil(lambda: tasks.idle)
    qtbot.wait(350)
    assert outcome == [1]
    assert not owner.findChildren(ProgressDialog)


def test_stop_ends_the_worker_and_silences_it(qtbot: QtBot, owner: QWidget) -> None:
    tasks = Tasks()
    answers: list[None] = []

    def work(progress: Progress) -> None:
        while True:
            progress.check()
            threading.Event().wait(0.002)

    tasks.read(work, answers.append, owner=owner)
    tasks.stop()
    qtbot.wait(20)
    assert not answers
    assert not [t for t in threading.enumerate() if t.name == "shuke-book-worker"]


def test_the_bar_goes_when_the_work_is_done(qtbot: QtBot, tasks: Tasks, owner: QWidget) -> None:
    gate, outcome = threading.Event(), list[bool]()
    tasks.write("Undoing", lambda _: gate.wait(5), outcome.append, owner=owner, cancellable=False)
    qtbot.waitUntil(lambda: bool(owner.findChildren(ProgressDialog)))
    dialog = owner.findChildren(ProgressDialog)[0]
    assert dialog.cancel_button.isHidden()
    dialog.close()
    assert dialog.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: outcome == [True])
    qtbot.waitUntil(lambda: not owner.findChildren(ProgressDialog))
