"""Complaints and service cases on the pages of a dossier: each with its title, its words and its steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.core import words
from desktop.core.complaint_process import step_name
from desktop.core.dates import format_day, format_when
from desktop.core.translation import ntr, tr
from desktop.queries.case_detail import CaseDetail
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.cases.words import quantity_of
from desktop.views.kit import theme
from desktop.views.kit.paper import PLAIN, QUIET, RIGHT, STRONG, Cell, Paper, Style, Words, cell

_RED = Style(9.5, bold=True, colour=theme.LIGHT.red_text)


class ServicePages:
    """Writes what went wrong and was served; `money` says an amount in the shop's currency."""

    def __init__(self, paper: Paper, money: Callable[[int | None], str]) -> None:
        self._paper = paper
        self._money = money

    def complaints(self, rows: Sequence[ComplaintDetail]) -> None:
        """Write the complaints, each with its steps, promises and remedies."""
        self._paper.section(tr("Complaints"), ntr("{n} complaint", "{n} complaints", len(rows)))
        for complaint in rows:
            self._complaint(complaint)

    def _complaint(self, one: ComplaintDetail) -> None:
        row = one.row
        self._title(row.title, row.number, words.name(words.COMPLAINT_STATUSES, row.status), open_=row.open)
        subject = words.name(words.SUBJECTS, row.subject)
        about = [
            format_when(row.received_at),
            words.name(words.CHANNELS, row.channel),
            tr("{subject}: {detail}", subject=subject, detail=one.detail) if one.detail else subject,
            words.name(words.NATURES, one.nature),
            tr("order {number}", number=one.order_number) if one.order_number else "",
        ]
        self._paper.text(" · ".join(part for part in about if part), QUIET, keep=True, after=2)
        if one.text:
            self._paper.text(tr("“{words}”", words=one.text), after=2)
        if one.wants:
            self._paper.text(tr("Wants: {what}", what=one.wants), QUIET, after=2)
        for line in _found(one):
            self._paper.text(line, QUIET, after=2)
        for step in one.steps:
            if step.kind not in ("edited", "received"):
                text = "" if step.text == one.text else step.text
                self._step(format_when(step.at), step_name(step.kind), text, step.staff)
        outcomes = {"": tr("pending"), "kept": tr("kept"), "broken": tr("broken")}
        for promise in one.promises:
            text = tr(
                "due {when}, {outcome}", when=format_when(promise.due_at), outcome=outcomes[promise.outcome]
            )
            named = tr("Promise: {what}", what=promise.text)
            self._step(
                format_when(promise.made_at), named, text, promise.staff, broken=promise.outcome == "broken"
            )
        for remedy in one.remedies:
            named = tr("Remedy: {what}", what=words.name(words.REMEDIES, remedy.kind))
            given = remedy.state == "given"
            cost = self._money(remedy.cost) if remedy.cost and given else ""
            state = "" if given else words.name(words.REMEDY_STATES, remedy.state)
            told = " · ".join(filter(None, (state, cost, remedy.text)))
            self._step(format_when(remedy.given_at), named, told, remedy.staff)
        if row.perceived is not None:
            self._paper.text(tr("Rated {stars} of 5", stars=row.perceived), STRONG, before=2)
        self._rule()

    def cases(self, rows: Sequence[CaseDetail]) -> None:
        """Write the service cases, each with its steps."""
        self._paper.section(tr("Service cases"), ntr("{n} service case", "{n} service cases", len(rows)))
        for case in rows:
            self._case(case)

    def _case(self, case: CaseDetail) -> None:
        kind = words.name(words.CASE_KINDS, case.kind)
        self._title(
            case.title or kind, case.number, words.name(words.CASE_STATUSES, case.status), open_=case.open
        )
        about = [
            kind,
            format_when(case.opened_at),
            tr("closed {day}", day=format_day(case.closed_at)) if case.closed_at else "",
            case.place,
            tr("order {number}", number=case.order_number) if case.order_number else "",
        ]
        self._paper.text(" · ".join(part for part in about if part), QUIET, keep=bool(case.steps), after=2)
        if case.text and case.text != case.title:
            self._paper.text(case.text, after=2)
        for line in self._case_lines(case):
            self._paper.text(line, QUIET, after=2)
        for step in case.steps:
            done = format_when(step.done_at) if step.done_at else tr("to do")
            self._step(done, tr(step.title), step.note, step.staff)
        self._rule()

    def _case_lines(self, case: CaseDetail) -> list[str]:
        """What a case is about, why, and what came of it."""
        things = tr(", ").join(quantity_of(item.title, item.quantity) for item in case.items)
        came = [
            words.name(words.CASE_REASONS, case.reason) if case.reason else "",
            words.name(words.CASE_OUTCOMES, case.outcome) if case.outcome else "",
            tr("given back: {amount}", amount=self._money(case.refunded)) if case.refunded else "",
            tr("cost: {amount}", amount=self._money(case.cost)) if case.cost else "",
            tr("rated {stars} of 5", stars=case.perceived) if case.perceived is not None else "",
        ]
        lines = (things if things != case.title else "", " · ".join(part for part in came if part))
        return [line for line in lines if line]

    def _title(self, title: str, number: str, status: str, *, open_: bool) -> None:
        self._paper.block(
            cell(title, 6, STRONG),
            cell(number, 2, QUIET, RIGHT),
            cell(status, 2, _RED if open_ else STRONG, RIGHT),
        )

    def _step(self, when: str, title: str, text: str = "", who: str = "", *, broken: bool = False) -> None:
        said = (Words(title, _RED if broken else PLAIN), Words(text, QUIET))
        self._paper.row(
            cell(when, 2.3, QUIET), Cell(said, 6), cell(who, 1.2, QUIET, RIGHT), before=1.5, after=1.5
        )

    def _rule(self) -> None:
        self._paper.row(rule=True, before=3, after=2)
        self._paper.end_table()


def _found(one: ComplaintDetail) -> list[str]:
    """Why a complaint was rejected and what else could be done, what was found, and how it was settled."""
    told = (
        (one.rejected_because, tr("Rejected because: {reason}", reason=one.rejected_because)),
        (one.alternatives, tr("What they can do: {what}", what=one.alternatives)),
        (one.cause, tr("Cause: {what}", what=one.cause)),
        (one.prevention, tr("Prevention: {what}", what=one.prevention)),
        (one.settlement, tr("Settlement: {what}", what=one.settlement)),
    )
    return [text for value, text in told if value]
