"""What to prevent next: the causes that were noted, and what was to be done about them, commonest first."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.translation import mark, ntr, tr
from desktop.queries.complaint_causes import Causes, Noted
from desktop.views.figures.card import FigureCard
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.charts import HBarList, Part
from desktop.views.kit.chips import ChipItem, ChipRow

OpenNote = Callable[[Noted, str, str], object]
"""Shows the complaints with a note: which note, its words, and the list's title."""

_KINDS: dict[Noted, str] = {"cause": mark("Causes"), "prevention": mark("Prevention")}


class PreventionCard(FigureCard):
    """A short list of what was noted, and how many ended complaints have no note."""

    def __init__(self, open_note: OpenNote) -> None:
        self._list = HBarList(
            tr("What to prevent next"),
            clickable=True,
            names=0.58,
            empty_text=tr("No cause noted in this period: it is asked for when a complaint is settled."),
        )
        self.kinds = ChipRow([ChipItem(kind, tr(name)) for kind, name in _KINDS.items()])
        self.kinds.choose("cause")
        super().__init__(
            tr("What to prevent next"),
            "",
            self._list,
            (
                tr(
                    "What was noted on the complaints received in the period: what had gone wrong, and what "
                    "is done so that it does not happen again."
                ),
                tr("Notes that differ in capitals and blanks alone are one."),
            ),
        )
        self.body.insertWidget(0, self.kinds)
        self._open = open_note
        self._found: Causes | None = None
        self._list.chosen.connect(lambda text: self._open(self.kind, text, text))
        self.kinds.chosen.connect(lambda _: self._write())
        self.missing = LinkButton(
            "", "", lambda: self._open(self.kind, "", tr("Ended without a cause noted"))
        )
        self.missing.setFont(theme.font(theme.SMALL))
        self.body.addWidget(self.missing)
        self.body.addStretch(1)

    @property
    def kind(self) -> Noted:
        """Which of the two notes is shown."""
        return "prevention" if self.kinds.chosen_key() == "prevention" else "cause"

    def show_causes(self, found: Causes) -> None:
        """Write what was noted."""
        self._found = found
        self._write()

    def _write(self) -> None:
        found = self._found
        if found is None:
            return
        notes = found.causes if self.kind == "cause" else found.preventions
        total = sum(count for _, count in notes)
        self._list.set_parts(
            [Part(text, text, count, count / total if total else None) for text, count in notes],
            (tr("Noted"), tr("Complaints"), tr("Share")),
        )
        self._list.setVisible(True)
        self.missing.setText(
            ntr(
                "{n} of {ended} ended complaints has neither noted",
                "{n} of {ended} ended complaints have neither noted",
                found.unexplained,
                ended=f"{found.ended:,}",
            )
        )
        self.missing.setVisible(bool(found.unexplained))
