"""The screen of tasks: written in words, ticked, put off, and what rings."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.due_words import Due
from desktop.operations.tasks import add_task, complete_task
from desktop.queries.tasks import open_tasks
from desktop.views.kit.context import Context
from desktop.views.tasks import putting_off
from desktop.views.tasks.reminders import Reminders
from desktop.views.tasks.task_form import edit_task_form, open_task_form
from desktop.views.tasks.view import TasksView

TODAY = date.today()
NOW = datetime.now().replace(second=0, microsecond=0)


@pytest.fixture
def view(qtbot: QtBot, ctx: Context) -> TasksView:
    made = TasksView(ctx)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def titles(view: TasksView) -> list[str]:
    return [str(view.model.index(line, 0).data()) for line in range(view.model.rowCount())]


def test_a_task_is_written_as_it_is_said(view: TasksView, ctx: Context) -> None:
    QTest.keyClicks(view.quick.line, "call Wang tomorrow 15:30")
    QTest.keyClick(view.quick.line, Qt.Key.Key_Return)
    (task,) = open_tasks(ctx.book, today=TODAY)
    assert (task.title, task.due, task.minute) == ("call Wang", TODAY + timedelta(days=1), 930)
    assert task.remind_at == f"{task.due} 15:30:00"
    assert titles(view) == ["call Wang"]
    assert view.quick.line.text() == ""
    assert view.chips.chip("week").text() == "Next 7 days 1"


def test_ticked_off_and_back_with_undo(view: TasksView, ctx: Context) -> None:
    for title in ("a", "b"):
        add_task(ctx.book, title=title, created_at=NOW, due=TODAY)
    view.refresh()
    view.table.selectAll()
    view.table.setFocus()
    view.toggle_done()
    assert open_tasks(ctx.book, today=TODAY) == []
    assert titles(view) == []
    ctx.changed(ctx.book.undo())
    assert titles(view) == ["a", "b"]
    view.chips.chip("done").click()
    assert titles(view) == []
    complete_task(ctx.book, task_id=open_tasks(ctx.book, today=TODAY)[0].id, at=NOW)
    view.refresh()
    assert titles(view) == ["a"]
    view.toggle_done()
    assert len(open_tasks(ctx.book, today=TODAY)) == 2


def test_the_form_follows_the_words(view: TasksView, ctx: Context) -> None:
    form = view.new_task("check stock every 2 weeks on Monday at 9:15")
    values = form.values()
    assert values["title"] == "check stock"
    assert (values["repeat"], values["every"], values["before"]) == ("weekly", 2, "0")
    form.save()
    (task,) = open_tasks(ctx.book, today=TODAY)
    assert task.due is not None
    assert task.due.weekday() == 0
    assert (task.repeat, task.every, task.minute) == ("weekly", 2, 555)
    assert task.remind_at == f"{task.due} 09:15:00"
    again = edit_task_form(ctx, view, task.id)
    assert again is not None
    again.fields["before"].set_value("60")
    again.fields["title"].set_value("count stock")
    again.save()
    (task,) = open_tasks(ctx.book, today=TODAY)
    assert (task.title, task.remind_at) == ("count stock", f"{task.due} 08:15:00")
    assert (task.repeat, task.every, task.minute) == ("weekly", 2, 555)


def test_words_that_say_no_day_are_not_kept(view: TasksView, ctx: Context) -> None:
    form = open_task_form(ctx, view, title="x")
    form.fields["due"].set_value(Due(None, None, "", 1, ""))
    line = form.fields["due"].control
    line.setProperty("text", "one of these days")
    line.textEdited.emit("one of these days")  # type: ignore[attr-defined]
    form.save()
    assert open_tasks(ctx.book, today=TODAY) == []
    assert form.isVisible()
    form.reject()


def test_put_off_from_the_menu(view: TasksView, ctx: Context) -> None:
    row = add_task(ctx.book, title="a", created_at=NOW, due=TODAY).created["task"]
    view.refresh()
    menu = QMenu(view)
    putting_off.fill_menu(menu, ctx, view, [row])
    tomorrow = next(action for action in menu.actions() if action.text().startswith("Tomorrow"))
    tomorrow.trigger()
    assert open_tasks(ctx.book, today=TODAY)[0].due == TODAY + timedelta(days=1)
    view.put_off()
    assert view.chips.chip("week").text() == "Next 7 days 1"
    for shown in view.findChildren(QMenu):
        shown.close()


def test_moments_lie_ahead_and_differ() -> None:
    for hour in range(24):
        for day in range(7):
            now = datetime(2026, 11, 16 + day, hour, 5)
            offered = putting_off.moments(now)
            assert all(moment > now for _, moment, _ in offered)
            assert len({(moment, timed) for _, moment, timed in offered}) == len(offered)


def test_a_reminder_rings_once_and_a_new_one_is_waited_for(
    qtbot: QtBot, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    told: list[str] = []
    ctx.notify = lambda text, *_: told.append(text)
    clock = [NOW]
    add_task(ctx.book, title="a", created_at=NOW, due=TODAY, minute=600, remind_at=NOW - timedelta(minutes=5))
    reminders = Reminders(ctx, window, lambda: clock[0])
    reminders.look()
    assert told == ["Reminder: a"]
    reminders.look()
    assert len(told) == 1
    ctx.changed(
        add_task(
            ctx.book, title="b", created_at=NOW, due=TODAY, minute=600, remind_at=NOW + timedelta(minutes=1)
        ),
        quiet=True,
    )
    assert reminders._timer.isActive()
    assert reminders._timer.remainingTime() <= 60_000
    clock[0] = NOW + timedelta(minutes=1)
    reminders.look()
    assert told == ["Reminder: a", "Reminder: b"]
    assert not reminders._timer.isActive()
    # Set back by an hour, the clock rings again for what is due from now on, and not for all that was.
    clock[0] = NOW - timedelta(hours=1)
    reminders.look()
    assert len(told) == 2
    clock[0] = NOW + timedelta(minutes=1)
    reminders.look()
    assert told[2:] == ["2 reminders"]
