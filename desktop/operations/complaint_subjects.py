"""Changes to what stands below the seven subjects; the first one makes a subject's list the shop's own.

Complaints keep the title itself, so that a renamed or merged one is written on all who bear it in the same
step, and one that is retired stays where it stands.
"""

from __future__ import annotations

from desktop.core.complaint_subjects import BUILT_IN, kept, shown
from desktop.core.errors import UserError
from desktop.core.folding import fold
from desktop.core.translation import mark, tr
from desktop.models.book import Book
from desktop.models.changes import Changes
from desktop.models.complaints import ComplaintSubject
from desktop.models.history import Step
from desktop.queries.complaint_subjects import Entry, entries

LONGEST = 60
"""Letters of a title: it stands in a list, a chart and a table."""


def add_subject(book: Book, *, subject: str, title: str) -> Changes:
    """Put a detail at the end of a subject's list; one that was retired comes back.

    Raises UserError for one without words, or that is on the list.
    """
    title = _title(subject, title)
    known = _find(book, subject, title)
    if known is not None and known.active:
        raise _taken(subject, known.title)
    with book.step(mark("Add “{title}” to the subjects"), title=shown(subject, title)) as step:
        ids = _own_list(book, step, subject)
        if known is not None:
            step.update(ComplaintSubject, ids[known.title], active=True, position=_end(step, subject))
        else:
            _insert(step, subject, title, _end(step, subject))
    return step.changes


def rename_subject(book: Book, *, subject: str, title: str, new: str) -> Changes:
    """Give a detail another title, on the complaints that bear it too.

    Raises UserError for a title that is none, or that another one has: those two are to be merged.
    """
    new, old = check_rename(book, subject=subject, title=title, new=new)
    if new == old.title:
        return Changes()
    with book.step(mark("Rename the subject “{title}”"), title=old.name) as step:
        ids = _own_list(book, step, subject)
        if old.built_in:
            # The program would bring it again: it stays in the list, out of use.
            place = _place(step, ids[old.title])
            step.update(ComplaintSubject, ids[old.title], active=False)
            _insert(step, subject, new, place)
        else:
            step.update(ComplaintSubject, ids[old.title], title=new)
        _write_on_complaints(step, subject, old.title, new)
    return step.changes


def check_rename(book: Book, *, subject: str, title: str, new: str) -> tuple[str, Entry]:
    """The new title as it will be kept, and what has the old one. Raises UserError likewise."""
    new, old = _title(subject, new), _entry(book, subject, title)
    other = _find(book, subject, new)
    if other is not None and other.title != old.title:
        raise _taken(subject, other.title)
    return new, old


def move_subject(book: Book, *, subject: str, title: str, to: int) -> Changes:
    """Put a detail at another place of its subject's list, counted from 0 among those in use."""
    moved = _entry(book, subject, title)
    order = [one.title for one in entries(book, subject) if one.active and one.title != moved.title]
    order.insert(min(max(to, 0), len(order)), moved.title)
    with book.step(mark("Move the subject “{title}”"), title=moved.name) as step:
        ids = _own_list(book, step, subject)
        rest = [one for one in ids if one not in order]
        for position, one in enumerate([*order, *rest]):
            step.update(ComplaintSubject, ids[one], position=position)
    return step.changes


def retire_subject(book: Book, *, subject: str, title: str) -> Changes:
    """Offer a detail no longer; complaints keep it. The shop's own that nobody bears goes altogether."""
    gone = _entry(book, subject, title)
    if not gone.active:
        return Changes()
    used = book.value(
        "SELECT 1 FROM complaint WHERE subject = ? AND detail = ? LIMIT 1", (subject, gone.title)
    )
    with book.step(mark("Retire the subject “{title}”"), title=gone.name) as step:
        ids = _own_list(book, step, subject)
        if gone.built_in or used:
            step.update(ComplaintSubject, ids[gone.title], active=False)
        else:
            step.delete(ComplaintSubject, [ids[gone.title]])
    return step.changes


def restore_subject(book: Book, *, subject: str, title: str) -> Changes:
    """Offer a retired detail again, at the end of those in use."""
    back = _entry(book, subject, title)
    if back.active:
        return Changes()
    with book.step(mark("Bring back the subject “{title}”"), title=back.name) as step:
        ids = _own_list(book, step, subject)
        step.update(ComplaintSubject, ids[back.title], active=True, position=_end(step, subject))
    return step.changes


def merge_subjects(book: Book, *, subject: str, kept_title: str, gone_title: str) -> Changes:
    """Let all complaints that bear one detail bear another, and take the one off the list.

    `gone_title` may be one that only stands on complaints. Raises UserError for one and the same.
    """
    stays = _entry(book, subject, kept_title)
    gone = _find(book, subject, gone_title)
    old = gone.title if gone else gone_title
    if old == stays.title:
        raise UserError(tr("This is one and the same."), tr("Choose another one to merge it into."))
    with book.step(
        mark("Merge the subject “{gone}” into “{title}”"), gone=shown(subject, old), title=stays.name
    ) as step:
        _write_on_complaints(step, subject, old, stays.title)
        if gone is not None:
            ids = _own_list(book, step, subject)
            if gone.built_in:
                step.update(ComplaintSubject, ids[gone.title], active=False)
            else:
                step.delete(ComplaintSubject, [ids[gone.title]])
    return step.changes


def reset_subjects(book: Book, *, subject: str) -> Changes:
    """Go back to the built-in list of a subject; complaints keep what they bear."""
    if not book.value("SELECT 1 FROM complaint_subject WHERE subject = ? LIMIT 1", (subject,)):
        return Changes()
    with book.step(mark("Go back to the built-in subjects")) as step:
        step.execute("DELETE FROM complaint_subject WHERE subject = ?", (subject,))
    return step.changes


def _title(subject: str, text: str) -> str:
    """A title as the book keeps it. Raises UserError for none, one too long, or no such subject."""
    if subject not in BUILT_IN:
        raise UserError(tr("There is no subject “{subject}”.", subject=subject))
    title = kept(subject, text)
    if not title:
        raise UserError(tr("The subject has no words."), tr("Write in a few words what it is about."))
    if len(title) > LONGEST:
        raise UserError(
            tr("These words are too long for a list."), tr("Write at most {n} letters.", n=LONGEST)
        )
    return title


def _find(book: Book, subject: str, title: str) -> Entry | None:
    """The entry of that title, however it is written."""
    wanted = fold(kept(subject, title))
    return next((one for one in entries(book, subject) if fold(one.title) == wanted), None)


def _entry(book: Book, subject: str, title: str) -> Entry:
    found = _find(book, subject, title)
    if found is None:
        raise UserError(tr("“{title}” is no longer on the list.", title=shown(subject, title)),
                        tr("Somebody changed it meanwhile."))  # fmt: skip
    return found


def _taken(subject: str, title: str) -> UserError:
    return UserError(
        tr("“{title}” is on the list already.", title=shown(subject, title)),
        tr("Choose other words, or merge the two."),
    )


def _own_list(book: Book, step: Step, subject: str) -> dict[str, int]:
    """Make the list as it stands the shop's own: title → row, in its order."""
    ids: dict[str, int] = {}
    for position, one in enumerate(entries(book, subject)):
        if one.id is None:
            ids[one.title] = _insert(step, subject, one.title, position)
        else:
            ids[one.title] = one.id
            step.update(ComplaintSubject, one.id, position=position)
    return ids


def _insert(step: Step, subject: str, title: str, position: int) -> int:
    return step.insert(ComplaintSubject, subject=subject, title=title, position=position, active=True)


def _place(step: Step, row: int) -> int:
    (place,) = step.execute("SELECT position FROM complaint_subject WHERE id = ?", (row,)).fetchone()
    return int(place)


def _end(step: Step, subject: str) -> int:
    """The place behind the last one."""
    sql = "SELECT coalesce(max(position), -1) + 1 FROM complaint_subject WHERE subject = ?"
    (place,) = step.execute(sql, (subject,)).fetchone()
    return int(place)


def _write_on_complaints(step: Step, subject: str, old: str, new: str) -> None:
    step.execute("UPDATE complaint SET detail = ? WHERE subject = ? AND detail = ?", (new, subject, old))
