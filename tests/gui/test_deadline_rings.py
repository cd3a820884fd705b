"""Deadlines and promises ring once each, lead to their complaint, and survive a clock that is set back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.operations import complaint_moves as moves
from desktop.operations import shop_hours
from desktop.operations.complaints import open_complaint
from desktop.operations.promises import add_promise
from desktop.operations.tasks import add_task
from desktop.views.kit.context import Context
from desktop.views.tasks.reminders import Reminders
from tests.gui.told import Told

NOW = datetime(2026, 11, 20, 10, 0)


class Clock:
    """The time, told by hand, and what rings at it."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        self.now = NOW
        self.reminders = Reminders(ctx, window, lambda: self.now)

    def at(self, hour: int, minute: int = 0, second: int = 0) -> None:
        self.now = NOW.replace(hour=hour, minute=minute, second=second)
        self.reminders.look()

    @property
    def waits(self) -> timedelta:
        return timedelta(milliseconds=self.reminders._timer.interval())


@pytest.fixture
def clock(ctx: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Clock:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    return Clock(ctx, window)


def new(book: Book, severity: str = "high", received: datetime = NOW) -> int:
    made = open_complaint(book, title="Two bags short", received_at=received, severity=severity)
    return made.created["complaint"]


def test_each_rings_once_and_leads_to_its_complaint(clock: Clock, ctx: Context, told: Told) -> None:
    complaint = new(ctx.book)
    clock.at(10)
    assert told.notices == []
    assert clock.waits == timedelta(minutes=30)
    clock.at(10, 30)
    assert told.notices == ["First reply due by 11:00: Two bags short · C-2026-0001 [Show]"]
    clock.reminders.show_told()
    assert told.places == [("complaints", {"complaint": complaint})]
    clock.at(10, 45)
    assert len(told.notices) == 1
    clock.at(11)
    assert told.notices[1:] == ["First reply late since 11:00: Two bags short · C-2026-0001 [Show]"]
    clock.at(12)
    assert len(told.notices) == 2


def test_a_clock_set_back_rings_nothing_twice_and_loses_nothing(
    clock: Clock, ctx: Context, told: Told
) -> None:
    new(ctx.book)
    clock.at(10, 30)
    clock.at(11)
    clock.at(9, 30)
    assert len(told.notices) == 2
    # What was received meanwhile rings at its time.
    ctx.changed(
        open_complaint(ctx.book, title="y", received_at=NOW.replace(hour=9, minute=30), severity="urgent"),
        quiet=True,
    )
    assert clock.waits == timedelta(minutes=15)
    clock.at(9, 45)
    assert told.notices[2:] == ["First reply due by 10:00: y · C-2026-0002 [Show]"]
    clock.at(10)
    clock.at(11, 1)
    assert len(told.notices) == 4


def test_what_is_moved_rings_anew_only_when_it_had_gone(clock: Clock, ctx: Context, told: Told) -> None:
    complaint = new(ctx.book)
    clock.at(10, 40)
    ctx.changed(shop_hours.set_deadlines(ctx.book, severity="high", reply=65, settle=240).changes, quiet=True)
    clock.at(10, 41)
    assert len(told.notices) == 1
    wait: Callable[..., Any] = moves.wait_for_customer
    ctx.changed(wait(ctx.book, complaint_id=complaint, at=clock.now), quiet=True)
    clock.at(11, 30)
    assert len(told.notices) == 1
    ctx.changed(moves.resume_complaint(ctx.book, complaint_id=complaint, at=clock.now), quiet=True)
    # Soon, but not over the notice of what was just done.
    assert timedelta() < clock.waits < timedelta(seconds=5)
    clock.reminders.look()
    assert told.notices[1:] == ["First reply due by 11:54: Two bags short · C-2026-0001 [Show]"]


def test_at_the_start_one_notice_tells_of_everything(clock: Clock, ctx: Context, told: Told) -> None:
    late = new(ctx.book, received=NOW - timedelta(days=1))
    add_promise(
        ctx.book, complaint_id=late, text="Call back", made_at=NOW, due_at=NOW + timedelta(minutes=20)
    )
    add_task(
        ctx.book, title="a", created_at=NOW, due=date(2026, 11, 20), minute=600,
        remind_at=NOW - timedelta(minutes=5),
    )  # fmt: skip
    clock.at(10, 10)
    (said,) = told.notices
    assert said == "1 promise is due soon, 1 reminder, 1 complaint is late [Show]"
    clock.reminders.show_told()
    assert told.places == [("complaints", {"complaint": late})]
    clock.at(10, 20)
    assert told.notices[1:] == ["Promise overdue since 10:20: Call back · C-2026-0001 [Show]"]


def test_another_day_is_named(clock: Clock, ctx: Context, told: Told) -> None:
    new(ctx.book, received=NOW - timedelta(days=1))
    clock.at(10)
    assert told.notices == ["First reply late since 19 Nov, 11:00: Two bags short · C-2026-0001 [Show]"]
