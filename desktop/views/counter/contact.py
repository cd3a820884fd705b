"""A contact noted at the counter in one line; its stage is guessed from what is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desktop.core import words
from desktop.core.stage_guess import guess_stage
from desktop.core.translation import tr
from desktop.models.changes import Changes
from desktop.operations.service import add_interaction
from desktop.queries.counter import CounterCard
from desktop.views.counter.panel import BigLine, Choice, Panel, named
from desktop.views.kit.context import Context

CHANNELS = ("shop", "phone", "wechat")
"""How somebody is spoken to while one stands at the till."""


class ContactPanel(Panel):
    """One line; channel and stage are there to be put right."""

    def __init__(self, ctx: Context, card: CounterCard) -> None:
        super().__init__(ctx, tr("Contact"), tr("Save"))
        self._card = card
        self._own_stage = False
        self.text = BigLine(tr("What happened"))
        self.text.setPlaceholderText(tr("In a line"))
        self.text.textChanged.connect(lambda _: self._guess())
        self.channel = Choice([(code, words.name(words.CHANNELS, code)) for code in CHANNELS], "shop")
        self.stage = Choice(
            [(code, words.name(words.STAGES, code)) for code in words.STAGES], on_choose=self._chose_stage
        )
        self.column.addLayout(named(tr("What happened"), self.text))
        self.column.addLayout(named(tr("Channel"), self.channel))
        self.column.addLayout(named(tr("Stage"), self.stage))
        self.column.addStretch(1)
        self.setFocusProxy(self.text)
        self._guess()

    def _chose_stage(self, _: Any) -> None:
        self._own_stage = True

    def _guess(self) -> None:
        if self._own_stage:
            return
        card = self._card
        kinds = {matter.kind for matter in card.matters}
        last = None if card.last_day is None else datetime.now().toordinal() - card.last_day
        self.stage.choose(
            guess_stage(
                self.text.text(),
                troubled=bool(kinds & {"complaint", "case"}),
                underway="order" in kinds,
                days_since_purchase=last,
            )
        )

    def store(self) -> Changes:
        """Note it."""
        return add_interaction(
            self.ctx.book,
            text=self.text.text(),
            stage=str(self.stage.value()),
            channel=str(self.channel.value()),
            at=datetime.now(),
            customer_id=self._card.id,
            staff_id=self.ctx.book.clerk_id(),
        )

    def draft(self) -> dict[str, Any]:
        if not self.text.text().strip():
            return {}
        return {
            "text": self.text.text(),
            "channel": self.channel.value(),
            "stage": self.stage.value() if self._own_stage else None,
        }

    def fill(self, draft: Mapping[str, Any]) -> None:
        self.text.setText(draft["text"])
        self.channel.choose(draft["channel"])
        if draft["stage"]:
            self._own_stage = True
            self.stage.choose(draft["stage"])
