"""How a complaint is classified, what was found, and the complaints that it has to do with."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.core import words as names
from desktop.core.complaint_subjects import shown as detail_words
from desktop.core.dates import format_when
from desktop.core.translation import tr
from desktop.queries.complaint_detail import Linked, LinkRow
from desktop.views.complaints.customer_part import NAMES
from desktop.views.complaints.section import Section
from desktop.views.complaints.shown import Shown
from desktop.views.complaints.step_line import Choice, StepLine
from desktop.views.kit.cards import KeyValueList
from desktop.views.kit.theme import Tone


def about(shown: Shown) -> Section:
    """The facts of the complaint, and what the shop found and does about it."""
    section = shown.section("about", tr("About it"), [KeyValueList(_facts(shown), name_width=NAMES)])
    section.add_button("pencil", tr("Correct the complaint"), shown.actions.edit)
    return section


def _facts(shown: Shown) -> list[tuple[str, str]]:
    detail, row = shown.detail, shown.detail.row
    subject = names.name(names.SUBJECTS, row.subject)
    if detail.detail:
        subject = tr("{subject}: {detail}", subject=subject, detail=detail_words(row.subject, detail.detail))
    facts = [
        (tr("Received"), format_when(row.received_at)),
        (tr("Nature"), names.name(names.NATURES, detail.nature)),
        (tr("Subject"), subject),
        (tr("Mood"), names.name(names.MOODS, detail.mood)),
        (tr("Channel"), names.name(names.CHANNELS, row.channel)),
        (tr("Severity"), names.name(names.SEVERITIES, row.severity)),
    ]
    more = (
        (tr("Product"), detail.product),
        (tr("Clerk"), row.staff),
        (tr("Dispute"), detail.dispute),
        (tr("Cause"), detail.cause),
        (tr("Prevention"), detail.prevention),
        (tr("Settlement"), detail.settlement),
    )
    return facts + [(name, value) for name, value in more if value]


def linked(shown: Shown) -> Section | None:
    """The complaints that it follows, was split from, belongs to …; None where it stands alone."""
    detail = shown.detail
    lines: list[QWidget] = []
    if detail.follows:
        lines.append(_line(shown, tr("Follows"), detail.follows, []))
    lines += [_line(shown, tr("Continued in"), one, []) for one in detail.followed_by]
    lines += [_link(shown, one) for one in detail.links]
    if detail.aliases:
        numbers = tr(", ").join(detail.aliases)
        lines.append(
            StepLine(
                "merge", "blue", tr("Also known as {numbers}", numbers=numbers), tr("merged into this one")
            )
        )
    if not lines:
        return None
    section = shown.section("links", tr("Belongs together"), lines, count=str(len(lines)))
    section.add_button("link", tr("Link…"), shown.actions.link)
    return section


def link_words(link: LinkRow) -> str:
    """How a linked complaint is related, read from this one."""
    if link.kind == "split" and not link.outward:
        return tr("Was split from")
    return names.name(names.COMPLAINT_LINKS, link.kind)


def _link(shown: Shown, link: LinkRow) -> StepLine:
    return _line(
        shown, link_words(link), link.other,
        [("x", tr("Take the link away"), partial(shown.actions.unlink, link.id))],
    )  # fmt: skip


def _line(shown: Shown, how: str, other: Linked, choices: list[Choice]) -> StepLine:
    status = names.name(names.COMPLAINT_STATUSES, other.status)
    tone: Tone = "grey" if other.status in ("settled", "closed", "rejected") else "amber"
    line = StepLine("link", tone, other.title, tr("{relation} · {status}", relation=how, status=status))
    line.add_button(other.number, partial(shown.ctx.navigate, "complaints", complaint=other.id))
    if choices:
        line.add_menu(tr("More about this link"), choices)
    return line
