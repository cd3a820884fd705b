"""Changes to the shop's service processes; the first one makes a built-in process the shop's own."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.errors import UserError
from desktop.core.service_process import BUILT_IN, FACTS, TOLD_BY_FACTS, ProcessStep
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.history import Step
from desktop.models.processes import ProcessStep as Row
from desktop.queries.processes import own_steps, process_steps

LONGEST = 365 * 24
"""Hours of the latest deadline: whoever waits a year has no deadline."""


def add_process_step(
    book: Book, *, process: str, title: str, hours: int | None = None, fact: str = "", at: int | None = None
) -> Changes:
    """Put a step at place `at` (None: the end) of a process. Raises UserError for a step without words."""
    steps = _steps(book, process)
    place = len(steps) if at is None else min(max(at, 0), len(steps))
    new = _checked(process, ProcessStep(title, hours, fact))
    with book.step(mark("Add the step “{title}”"), title=tr(new.title)) as step:
        _write(step, process, [*steps[:place], new, *steps[place:]])
    return step.changes


def edit_process_step(
    book: Book, *, process: str, at: int, title: str, hours: int | None, fact: str = ""
) -> Changes:
    """Give the step at a place other words, another deadline or fact. Raises UserError likewise."""
    steps = _steps(book, process)
    old = _at(steps, at)
    new = _checked(process, ProcessStep(title, hours, fact))
    if tr(old.title) == new.title:
        # What the screen shows in the user's language is the same step: it stays translated.
        new = new._replace(title=old.title)
    if new == old:
        return Changes()
    with book.step(mark("Change the step “{title}”"), title=tr(old.title)) as step:
        _write(step, process, [*steps[:at], new, *steps[at + 1 :]])
    return step.changes


def move_process_step(book: Book, *, process: str, at: int, to: int) -> Changes:
    """Put the step at one place at another."""
    steps = _steps(book, process)
    moved = _at(steps, at)
    to = min(max(to, 0), len(steps) - 1)
    if to == at:
        return Changes()
    rest = [*steps[:at], *steps[at + 1 :]]
    with book.step(mark("Move the step “{title}”"), title=tr(moved.title)) as step:
        _write(step, process, [*rest[:to], moved, *rest[to:]])
    return step.changes


def remove_process_step(book: Book, *, process: str, at: int) -> Changes:
    """Take the step at a place out. Raises UserError for the last one."""
    steps = _steps(book, process)
    gone = _at(steps, at)
    if len(steps) == 1:
        raise UserError(
            tr("A process needs at least one step."),
            tr("Change its words, or go back to the built-in steps."),
        )
    with book.step(mark("Remove the step “{title}”"), title=tr(gone.title)) as step:
        _write(step, process, [*steps[:at], *steps[at + 1 :]])
    return step.changes


def reset_process(book: Book, *, process: str) -> Changes:
    """Go back to the built-in steps; lists that were begun keep theirs."""
    if not own_steps(book, process):
        return Changes()
    with book.step(mark("Go back to the built-in steps")) as step:
        step.execute("DELETE FROM process_step WHERE process = ?", (process,))
    return step.changes


def _steps(book: Book, process: str) -> tuple[ProcessStep, ...]:
    if process not in BUILT_IN:
        raise UserError(tr("There is no process “{process}”.", process=process))
    return process_steps(book, process)


def _at(steps: Sequence[ProcessStep], at: int) -> ProcessStep:
    if not 0 <= at < len(steps):
        raise UserError(tr("This step is no longer in the process."), tr("Somebody changed it meanwhile."))
    return steps[at]


def _checked(process: str, step: ProcessStep) -> ProcessStep:
    title = " ".join(step.title.split())
    if not title:
        raise UserError(tr("The step has no words."), tr("Write what is to be done."))
    if step.hours is not None and not 0 < step.hours <= LONGEST:
        raise UserError(tr("A deadline is between an hour and a year."), tr("Leave it empty for none."))
    if step.fact not in FACTS or (step.fact and process not in TOLD_BY_FACTS):
        raise UserError(tr("Nothing of the kind “{fact}” ticks a step here.", fact=step.fact))
    return step._replace(title=title)


def _write(step: Step, process: str, steps: Sequence[ProcessStep]) -> None:
    """Let the shop's own process be these steps; rows that stay the same leave no trace."""
    rows = [
        row
        for (row,) in step.execute(
            "SELECT id FROM process_step WHERE process = ? ORDER BY position, id", (process,)
        ).fetchall()
    ]
    for position, (title, hours, fact) in enumerate(steps):
        values = {"position": position, "title": title, "hours": hours, "fact": fact}
        if position < len(rows):
            step.update(Row, rows[position], **values)
        else:
            step.insert(Row, process=process, **values)
    step.delete(Row, rows[len(steps) :])
