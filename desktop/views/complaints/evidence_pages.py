"""An evidence pack, or the printout of a complaint, on paper: a head, and a section for each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSizeF

from desktop.core import words
from desktop.core.complaint_process import step_name
from desktop.core.complaint_subjects import shown
from desktop.core.dates import format_when
from desktop.core.media_types import kind_of
from desktop.core.money import format_money
from desktop.core.progress import SILENT, Progress
from desktop.core.translation import mark, ntr, tr
from desktop.queries.attachments import AttachmentRow
from desktop.queries.evidence import FROM_CUSTOMER, INTERNAL, Evidence
from desktop.views.complaints.evidence_order import OrderPages, heads, line, pairs
from desktop.views.complaints.evidence_photos import Photos, caption, write_photos
from desktop.views.kit import theme
from desktop.views.kit.paper import A4, HEAD, PLAIN, QUIET, RIGHT, STRONG, Cell, Paper, Style, Words, cell
from desktop.views.kit.paper_drawing import Running
from desktop.views.kit.printout import Written

_SHOP = Style(9, bold=True, colour=theme.LIGHT.accent)
_TITLE = Style(20, bold=True)
_SAID = Style(10.5)
_RED = Style(9.5, bold=True, colour=theme.LIGHT.red_text)
_TINY = Style(6.5, colour=theme.LIGHT.muted)


@dataclass(frozen=True)
class Kind:
    """What is written: its title (marked) with the complaint's number in it, and what stands at its end."""

    title: str
    sworn: bool
    """Whether the last line says that this is what the shop's book holds."""


PACK = Kind(mark("Evidence for complaint {number}"), True)
PRINTOUT = Kind(mark("Complaint {number}"), False)


def title_of(found: Evidence, kind: Kind) -> str:
    """What the document is called."""
    return tr(kind.title, number=found.detail.row.number)


def write_evidence(
    found: Evidence,
    photos: Photos,
    *,
    at: str,
    kind: Kind = PACK,
    size: QSizeF = A4,
    progress: Progress = SILENT,
) -> Written:
    """Lay it out; `at` is when that was. Raises Cancelled."""
    paper = Paper(size, progress=progress)
    _Writer(paper, found, photos, kind, at).write()
    running = Running(
        (found.shop, title_of(found, kind)),
        tr("Printed {when}", when=format_when(at)),
        lambda page, pages: tr("Page {page} of {pages}", page=page, pages=pages),
    )
    return Written(paper.pages(), size, running)


class _Writer:
    """Writes the parts one after the other; those that hold nothing are left out."""

    def __init__(self, paper: Paper, found: Evidence, photos: Photos, kind: Kind, at: str) -> None:
        self._paper, self._found, self._photos = paper, found, photos
        self._kind, self._at = kind, at
        self._detail, self._row = found.detail, found.detail.row

    def write(self) -> None:
        """Write it all."""
        self._head()
        self._facts()
        self._said()
        about = OrderPages(self._paper, self._found)
        writers = {
            "timeline": self._timeline, "promises": self._promises, "remedies": self._remedies,
            "order": about.order, "shipments": about.shipments, "cases": about.cases,
            "ratings": about.ratings, "policy": self._policy, "files": self._files,
        }  # fmt: skip
        for part in self._found.parts:
            writers[part]()
        self._paper.end_table()
        if self._kind.sworn:
            told = tr("Taken on {when} from the records that the shop keeps.", when=format_when(self._at))
            self._paper.text(told, QUIET, before=18)

    def _money(self, minor: int | None) -> str:
        return "" if minor is None else format_money(minor, self._found.currency)

    # -- the complaint

    def _head(self) -> None:
        state = words.name(words.COMPLAINT_STATUSES, self._row.status)
        self._paper.row(
            cell(self._found.shop or "Shuke", style=_SHOP), cell(state, style=STRONG, align=RIGHT), after=6
        )
        self._paper.text(title_of(self._found, self._kind), _TITLE)
        self._paper.row(cell(self._row.title, style=_SAID), rule=True, before=2, after=8)

    def _facts(self) -> None:
        row, detail = self._row, self._detail
        subject = words.name(words.SUBJECTS, row.subject)
        below = shown(row.subject, detail.detail)
        accounts = (
            tr("{channel}: {account}", channel=words.name(words.ACCOUNT_CHANNELS, channel), account=account)
            for channel, account in self._found.accounts
        )
        own = self._found.has(INTERNAL)
        facts = [
            (tr("Dispute no."), detail.dispute),
            (tr("Order no."), "" if self._found.foreign_order else detail.order_number),
            (tr("Customer"), row.customer_name),
            (tr("Accounts"), tr(", ").join(accounts)),
            (tr("How to reach them"), tr(", ").join(self._found.contacts)),
            (tr("Received at"), format_when(row.received_at)),
            (tr("Channel"), words.name(words.CHANNELS, row.channel)),
            (tr("Subject"), tr("{subject}: {detail}", subject=subject, detail=below) if below else subject),
            (tr("Product"), detail.product),
            (tr("First reply"), format_when(row.replied_at) if row.replied_at else ""),
            (tr("Settled at"), format_when(row.settled_at) if row.settled_at else ""),
            (tr("Closed at"), format_when(row.closed_at) if row.closed_at else ""),
            (tr("Other numbers"), tr(", ").join(detail.aliases)),
        ]
        if own:
            facts += [
                (tr("Nature"), words.name(words.NATURES, detail.nature)),
                (tr("Severity"), words.name(words.SEVERITIES, row.severity)),
                (tr("Mood"), words.name(words.MOODS, detail.mood) if detail.mood else ""),
                (tr("Clerk"), row.staff),
            ]
        for pair in pairs(facts):
            self._paper.row(*pair, before=2, after=2)

    def _said(self) -> None:
        """What was said, wanted, found and agreed."""
        detail = self._detail
        self._text(tr("What the customer said"), detail.text)
        self._text(tr("What the customer wants"), detail.wants)
        self._text(tr("Cause"), detail.cause)
        self._text(tr("Prevention"), detail.prevention)
        self._text(tr("Settlement"), detail.settlement)
        self._text(tr("Rejected because"), detail.rejected_because)
        self._text(tr("Alternatives"), detail.alternatives)

    def _text(self, title: str, text: str) -> None:
        if text:
            self._paper.text(title, HEAD, keep=True, before=9, after=1)
            for paragraph in text.splitlines():
                self._paper.text(paragraph, _SAID, after=2)

    # -- its way

    def _timeline(self) -> None:
        steps = self._found.steps
        if not steps:
            return
        self._paper.section(tr("What happened, step by step"), ntr("{n} step", "{n} steps", len(steps)))
        shares = (2.7, 1.3, 6.2)
        heads(self._paper, (tr("When"), tr("Who"), tr("What happened")), shares)
        for step in steps:
            who = tr("Customer") if step.kind in FROM_CUSTOMER else step.staff or tr("The shop")
            text = "" if step.kind == "received" and step.text == self._detail.text else step.text
            broken = step.kind == "promise-broken"
            said = (Words(step_name(step.kind), _RED if broken else STRONG), Words(text))
            self._paper.row(
                cell(format_when(step.at), shares[0], QUIET), cell(who, shares[1]), Cell(said, shares[2]),
                rule=True, before=3, after=3,
            )  # fmt: skip

    def _promises(self) -> None:
        rows = self._detail.promises
        if not rows:
            return
        self._paper.section(tr("Promises"), ntr("{n} promise", "{n} promises", len(rows)))
        shares = (3.6, 3, 3, 3)
        heads(self._paper, (tr("What was promised"), tr("Promised at"), tr("Due at"), tr("Outcome")), shares)
        for row in rows:
            outcome = {"": tr("Still open"), "kept": tr("Kept"), "broken": tr("Broken")}[row.outcome]
            ended = format_when(row.ended_at) if row.ended_at else ""
            told = (Words(outcome, _RED if row.outcome == "broken" else STRONG), Words(ended, QUIET))
            self._paper.row(
                cell(row.text, shares[0]), cell(format_when(row.made_at), shares[1], QUIET),
                cell(format_when(row.due_at), shares[2], QUIET), Cell(told, shares[3]),
                rule=True, before=3, after=3,
            )  # fmt: skip

    def _remedies(self) -> None:
        rows = self._detail.remedies
        if not rows:
            return
        given = sum(row.cost for row in rows if row.state == "given")
        note = tr("{amount} given", amount=self._money(given)) if given else ""
        self._paper.section(tr("Offers and remedies"), note)
        shares = (3, 2.2, 1.8, 3.4, 1.8)
        titles = (tr("When"), tr("Remedy"), tr("State"), tr("Text"), tr("Amount"))
        heads(self._paper, titles, shares, right=1)
        for row in rows:
            kind = words.name(words.REMEDIES, row.kind)
            if row.points:
                kind = ntr("{n} point", "{n} points", row.points)
            state = words.name(words.REMEDY_STATES, row.state)
            cost = self._money(row.cost) if row.cost else ""
            line(self._paper, (format_when(row.given_at), kind, state, row.text, cost), shares, right=1)

    def _policy(self) -> None:
        if self._found.policy:
            self._paper.section(tr("The shop's policy"))
            for paragraph in self._found.policy.splitlines():
                self._paper.text(paragraph, PLAIN, after=3)

    # -- files

    def _files(self) -> None:
        rows = self._found.files
        if not rows:
            return
        self._paper.section(tr("Photos and files"), ntr("{n} file", "{n} files", len(rows)))
        numbered = list(enumerate(rows, 1))
        self._photo_pages(numbered)
        if not self._kind.sworn:
            return
        shares = (0.8, 3.9, 1.7, 3.1, 6)
        titles = (tr("No."), tr("File"), tr("Kind"), tr("Kept since"), tr("Fingerprint (SHA-256)"))
        heads(self._paper, titles, shares)
        for number, row in numbered:
            name = (Words(row.name), Words(row.about, QUIET))
            media = kind_of(row.media_type)
            kind = tr(media.name) if media.name else ""
            if self._photos.get(row.id, ...) is None:
                kind = tr("{kind}, cannot be shown", kind=kind)
            self._paper.row(
                cell(str(number), shares[0]), Cell(name, shares[1]), cell(kind, shares[2], QUIET),
                cell(format_when(row.added_at), shares[3], QUIET), cell(row.sha256, shares[4], _TINY),
                rule=True, before=3, after=3,
            )  # fmt: skip

    def _photo_pages(self, numbered: Sequence[tuple[int, AttachmentRow]]) -> None:
        told = []
        for number, row in numbered:
            photo = self._photos.get(row.id)
            if photo is not None:
                told.append((photo, caption(number, row, format_when(row.added_at))))
        write_photos(self._paper, told)
