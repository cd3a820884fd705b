"""The top of the complaint's pane: what it is, whose, until when, and their words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words as names
from desktop.core.translation import tr
from desktop.queries.complaint_detail import ComplaintDetail
from desktop.views.complaints import words
from desktop.views.complaints.clock import ClockStrip
from desktop.views.complaints.shown import Shown
from desktop.views.kit import theme
from desktop.views.kit.buttons import IconButton, LinkButton
from desktop.views.kit.cards import Banner
from desktop.views.kit.labels import Tag, label, plain_tip
from desktop.views.kit.layouts import FlowLayout
from desktop.views.timeline.customer_link import CustomerLink
from desktop.views.timeline.words import cut

LONG_TITLE = 60
"""Characters from which a title is a text and is written as one."""
LONGEST_TITLE, LONGEST_TIP = 160, 1000
"""Characters of a title that are shown, and of it that are told where it is pointed at."""
LONG_WORDS = 320
"""Characters of the customer's words before the rest is asked for."""
_LINE = 22
"""Pixels of the line below the title."""


def head(shown: Shown) -> QWidget:
    """The title with what corrects it, and the line that says whose complaint it is."""
    row = shown.detail.row
    holder, column = _column(3)
    top = QHBoxLayout()
    top.setSpacing(8)
    size = 18 if len(row.title) <= LONG_TITLE else theme.BODY
    title = label(cut(row.title, LONGEST_TITLE), size=size, bold=True, wrap=True, selectable=True)
    if len(row.title) > LONGEST_TITLE:
        title.setToolTip(plain_tip(cut(row.title, LONGEST_TIP)))
    top.addWidget(title, 1)
    edit = IconButton("pencil", tr("Correct the complaint"), shown.actions.edit, role="muted")
    edit.setFixedSize(30, 30)
    top.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(top)
    column.addWidget(_line(shown))
    return holder


def _line(shown: Shown) -> QWidget:
    detail, row = shown.detail, shown.detail.row
    line = QWidget()
    flow = FlowLayout(line, gap=6, line_gap=2)
    flow.addWidget(Tag(names.name(names.COMPLAINT_STATUSES, row.status), words.status_tone(row.status)))
    if row.severity in ("urgent", "high"):
        flow.addWidget(Tag(names.name(names.SEVERITIES, row.severity), words.severity_tone(row.severity)))
    if row.reopened:
        flow.addWidget(Tag(tr("reopened"), "red"))
    if row.customer_id is not None:
        who = CustomerLink(shown.ctx, row.customer_id, row.customer_name, width=200, size=theme.SMALL)
        who.setFixedHeight(_LINE)
        who.setStyleSheet("min-height: 0")
        flow.addWidget(who)
    flow.addWidget(_quiet(row.number))
    if detail.order_number and row.customer_id is None:
        flow.addWidget(_quiet(tr("order {number}", number=detail.order_number)))
    return line


def clock(shown: Shown) -> ClockStrip:
    """The deadline, counting down."""
    strip = ClockStrip(shown.detail, shown.now)
    shown.ticks.append(strip.tick)
    return strip


def said(detail: ComplaintDetail) -> QWidget | None:
    """What the customer says and wants, on the ground that their words have; None for nothing."""
    if not detail.text and not detail.wants:
        return None
    frame = QFrame()
    frame.setProperty("tone", "blue")
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 9, 12, 9)
    column.setSpacing(4)
    if detail.text:
        column.addWidget(_quoted(detail.text))
    if detail.wants:
        wants = tr("Wants: {what}", what=cut(detail.wants, LONG_WORDS))
        column.addWidget(label(wants, size=theme.SMALL, bold=True, wrap=True, selectable=True))
    return frame


def rejection(detail: ComplaintDetail) -> QWidget | None:
    """Why it was rejected, and what the customer can do instead."""
    if not detail.rejected_because:
        return None
    text = detail.rejected_because
    if detail.alternatives:
        text += "\n" + tr("What they can do: {what}", what=detail.alternatives)
    return Banner("circle-x", text, "grey", title=tr("Rejected because"))


def _quoted(text: str) -> QWidget:
    """Their words; of very long ones the beginning, until the rest is asked for."""
    holder, column = _column(2)
    whole = tr("“{words}”", words=text)
    words_ = label(whole, wrap=True, selectable=True)
    column.addWidget(words_)
    if len(text) <= LONG_WORDS:
        return holder
    words_.setText(tr("“{words}”", words=text[:LONG_WORDS].rstrip() + "…"))
    more = LinkButton(tr("Read all of it"))

    def unfold() -> None:
        words_.setText(whole)
        more.hide()

    more.clicked.connect(partial(unfold))
    column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
    return holder


def _quiet(text: str) -> QWidget:
    """A muted word on the line below the title, as high as its neighbours."""
    made = label(text, size=theme.SMALL, role="muted", selectable=True)
    made.setFixedHeight(_LINE)
    return made


def _column(gap: int) -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    return holder, column
