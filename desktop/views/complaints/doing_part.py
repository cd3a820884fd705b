"""What is to be done about a complaint: its steps, open promises and tasks as one checklist."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.core.translation import tr
from desktop.queries.complaint_detail import PromiseRow
from desktop.queries.tasks import TaskRow
from desktop.views.complaints import words
from desktop.views.complaints.clock import left_role, left_words, minutes_to
from desktop.views.complaints.process import DONE, TODO, ProcessStep, process
from desktop.views.complaints.section import Section
from desktop.views.complaints.shown import Shown
from desktop.views.complaints.step_line import DoneLine, StepLine, TickTile
from desktop.views.kit.theme import Tone
from desktop.views.tasks.words import due_text


def steps(shown: Shown) -> Section:
    """The checklist: steps done, what was promised and planned meanwhile, and the steps to come."""
    made = process(shown.detail)
    done = [one for one in made if one.state in ("done", "skipped") and not one.may]
    ahead = [one for one in made if one not in done]
    lines: list[QWidget] = [*(_done(shown, one) for one in done)]
    lines += [_promise(shown, one) for one in shown.detail.promises if not one.outcome]
    lines += [_task(shown, one) for one in shown.around.tasks if not one.done_at]
    lines += [_ahead(shown, one) for one in ahead]
    finished = sum(one.state == "done" for one in made)
    count = tr("{done} of {all}", done=finished, all=len(made))
    section = shown.section("steps", tr("Steps"), lines, count=count)
    section.add_button("plus", tr("Add a task…"), shown.actions.add_task)
    return section


def _done(shown: Shown, step: ProcessStep) -> DoneLine:
    """A step that is behind: when it was, or that it was skipped, and whether it was too late."""
    title = tr(DONE[step.key])
    if step.state == "skipped":
        return DoneLine(title, tr("skipped"), done=False)
    when = words.when(step.at, shown.now) if step.at else ""
    late = step.key in ("reply", "settled") and step.due_at is not None and (step.at or "") > step.due_at
    if late:
        when = tr("{when}, too late", when=when)
    return DoneLine(title, when, role="amber" if late else "muted", who=step.staff)


def _ahead(shown: Shown, step: ProcessStep) -> StepLine:
    """A step that is still to be done; its box does it, where the process allows that now."""
    tone: Tone = "amber" if step.state == "now" else "grey"
    picture = "clock" if step.due_at and step.state == "now" else "circle"
    title = tr(TODO[step.key])
    tile: str | QWidget = picture
    if step.may:
        tile = TickTile(picture, tone, title, lambda: shown.actions.do_step(step.key))
    line = StepLine(tile, tone, title, "", step.text)
    if step.due_at:
        _count_down(shown, line, title, step.due_at)
    elif step.key == "investigating" and step.at:
        line.say(title, tr("begun {time}", time=words.when(step.at, shown.now)))
    elif step.key == "rated" and step.at:
        line.say(title, tr("asked {time}", time=words.when(step.at, shown.now)))
    line.setProperty("step", step.key)
    return line


def _count_down(shown: Shown, line: StepLine, title: str, due_at: str) -> None:
    def tick(now: datetime) -> None:
        due = tr("by {time}", time=words.due_words(due_at, now))
        line.say(title, tr("{due} · {left}", due=due, left=left_words(due_at, now)), left_role(due_at, now))

    tick(shown.now)
    shown.ticks.append(tick)


def _promise(shown: Shown, promise: PromiseRow) -> StepLine:
    """An open promise: ticking it off is keeping it."""
    title = tr("Promised: {what}", what=promise.text)
    late = minutes_to(promise.due_at, shown.now) < 0
    tone: Tone = "red" if late else "amber"
    actions = shown.actions
    tile = TickTile(
        "handshake",
        tone,
        tr("Kept: {what}", what=promise.text),
        lambda: actions.end_promise(promise.id, kept=True),
    )
    line = StepLine(tile, tone, title, "")

    def tick(now: datetime) -> None:
        due, left = words.due_words(promise.due_at, now), left_words(promise.due_at, now)
        told = tr("until {time} · {left}", time=due, left=left)
        line.say(
            title, " · ".join(part for part in (told, promise.staff) if part), left_role(promise.due_at, now)
        )

    tick(shown.now)
    shown.ticks.append(tick)
    line.add_button(tr("Kept"), lambda: actions.end_promise(promise.id, kept=True))
    line.add_button(tr("Broken"), lambda: actions.end_promise(promise.id, kept=False))
    line.add_menu(
        tr("More about this promise"),
        [
            ("clock", tr("Put off…"), lambda: actions.put_off_promise(promise)),
            ("pencil", tr("Correct…"), lambda: actions.edit_promise(promise)),
            ("trash-2", tr("Delete"), lambda: actions.delete_promise(promise.id)),
        ],
    )
    line.setProperty("promise", promise.id)
    return line


def _task(shown: Shown, task: TaskRow) -> StepLine:
    """A task of the complaint: ticking it off is doing it."""
    actions = shown.actions
    tone: Tone = "red" if task.late else "grey"
    tile = TickTile(
        "circle", tone, tr("Done: {task}", task=task.title), lambda: actions.complete_task(task.id)
    )
    line = StepLine(tile, tone, task.title, "")

    def tick(now: datetime) -> None:
        told = (due_text(task.due, task.minute, now), task.staff)
        moment = task.due_at
        late = moment is not None and moment < now
        line.say(task.title, " · ".join(part for part in told if part), "red" if late else "muted")

    tick(shown.now)
    shown.ticks.append(tick)
    line.add_menu(
        tr("More about this task"),
        [
            ("pencil", tr("Change…"), lambda: actions.edit_task(task.id)),
            ("trash-2", tr("Delete"), lambda: actions.delete_task(task.id)),
        ],
    )
    line.setProperty("task", task.id)
    return line
