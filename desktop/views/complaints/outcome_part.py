"""What came of a complaint so far: remedies offered and given, promises kept and broken, the rating."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.core.rating_reasons import reasons_said
from desktop.core.translation import mark, tr
from desktop.queries.complaint_detail import PromiseRow, RatingOf, RemedyRow
from desktop.views.complaints import words
from desktop.views.complaints.outcome_words import remedy_title
from desktop.views.complaints.section import Section
from desktop.views.complaints.shown import Shown
from desktop.views.complaints.step_line import StepLine
from desktop.views.kit.theme import Tone
from desktop.views.ratings.words import STARS, stars_words

_REMEDY_LOOKS: dict[str, tuple[str, Tone, str]] = {
    "offered": ("gift", "blue", mark("offered {time}")),
    "given": ("gift", "accent", mark("given {time}")),
    "declined": ("circle-x", "grey", mark("declined {time}")),
}


def remedies(shown: Shown) -> Section | None:
    """The remedies, those that wait for the customer's word with the two buttons for it; None without any."""
    found = shown.detail.remedies
    if not found:
        return None
    cost = shown.detail.cost
    count = tr("cost {amount}", amount=shown.money(cost)) if cost else ""
    ordered = sorted(found, key=lambda one: one.state != "offered")
    return shown.section("remedies", tr("Remedies"), [_remedy(shown, one) for one in ordered], count=count)


def _remedy(shown: Shown, remedy: RemedyRow) -> StepLine:
    picture, tone, told = _REMEDY_LOOKS[remedy.state]
    title = remedy_title(remedy, shown.money(remedy.cost))
    when = tr(told, time=words.when(remedy.given_at, shown.now))
    line = StepLine(
        picture, tone, title, " · ".join(part for part in (when, remedy.staff) if part), remedy.text,
        quiet=remedy.state == "declined",
    )  # fmt: skip
    if remedy.state == "offered":
        line.add_button(tr("Taken"), partial(shown.actions.take_remedy, remedy.id))
        line.add_button(tr("Not taken"), partial(shown.actions.decline_remedy, remedy.id))
    line.add_menu(
        tr("More about this remedy"),
        [("trash-2", tr("Delete"), partial(shown.actions.delete_remedy, remedy.id))],
    )
    line.setProperty("remedy", remedy.id)
    return line


def promises(shown: Shown) -> Section | None:
    """The promises that are over: kept or broken; the open ones stand among the steps. None without any."""
    over = [one for one in shown.detail.promises if one.outcome]
    if not over:
        return None
    kept = sum(one.outcome == "kept" for one in over)
    count = tr("{kept} of {all} kept", kept=kept, all=len(over))
    return shown.section("promises", tr("Promises"), [_promise(shown, one) for one in over], count=count)


def _promise(shown: Shown, promise: PromiseRow) -> StepLine:
    kept = promise.outcome == "kept"
    ended = words.when(promise.ended_at, shown.now) if promise.ended_at else ""
    late = promise.ended_at is not None and promise.ended_at > promise.due_at
    told = [
        tr("kept") if kept else tr("broken"),
        ended,
        tr("too late") if kept and late else "",
        promise.staff,
    ]
    line = StepLine(
        "handshake", "accent" if kept else "red", promise.text, " · ".join(part for part in told if part)
    )
    actions = shown.actions
    line.add_menu(
        tr("More about this promise"),
        [
            ("rotate-ccw", tr("It is open after all"), lambda: actions.reopen_promise(promise.id)),
            ("pencil", tr("Correct…"), lambda: actions.edit_promise(promise)),
            ("trash-2", tr("Delete"), lambda: actions.delete_promise(promise.id)),
        ],
    )
    line.setProperty("promise", promise.id)
    return line


def rating(shown: Shown) -> Section | None:
    """How the customer found it, once it has ended; None before."""
    found = shown.detail.rating
    if found is None and shown.detail.row.open:
        return None
    return shown.section("rating", tr("Rating"), [_rating(shown, found)])


def _rating(shown: Shown, found: RatingOf | None) -> QWidget:
    if found is None or not found.rated_at:
        asked = (
            tr("asked {time}", time=words.when(found.asked_at, shown.now)) if found and found.asked_at else ""
        )
        line = StepLine("star", "grey", tr("Not rated yet"), asked)
        line.add_button(tr("Rating…"), shown.actions.rate)
        return line
    title = stars_words(found.perceived) if found.perceived is not None else tr("Rated")
    told = [
        tr("had expected {stars}", stars=found.expected) if found.expected is not None else "",
        tr("effort {points} of 7", points=found.effort) if found.effort is not None else "",
        tr("would recommend: {points} of 10", points=found.recommend) if found.recommend is not None else "",
        words.when(found.rated_at, shown.now),
    ]
    words_said = tr("“{words}”", words=found.text) if found.text else ""
    text = "\n".join(part for part in (reasons_said(found.reasons), words_said) if part)
    tone: Tone = "amber" if found.perceived is None or found.perceived > STARS // 2 else "red"
    line = StepLine("star", tone, title, " · ".join(part for part in told if part), text)
    line.add_menu(
        tr("More about this rating"),
        [
            ("pencil", tr("Correct…"), lambda: shown.actions.correct_rating(found.id)),
            ("star", tr("Rate again…"), shown.actions.rate),
            ("trash-2", tr("Delete"), lambda: shown.actions.delete_rating(found.id)),
        ],
    )
    return line
