"""The settings of what the shop promises everybody: returns, exchanges, warranty, in its own words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from desktop.core.translation import tr
from desktop.views.kit.cards import Card
from desktop.views.kit.context import Context
from desktop.views.kit.fields import LongTextField


class PolicyCard(Card):
    """Kept when the keyboard leaves the text; can be undone."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(
            tr("What the shop promises"), tr("Part of what is sent to a platform in a dispute"), hug=True
        )
        self._ctx = ctx
        self._kept = str(ctx.settings.get("shop.policy"))
        self.text = LongTextField(
            tr("Returns, exchanges, warranty"),
            self._kept,
            lines=6,
            hint=tr("As it stands in your shop or on its page."),
        )
        self.text.text.setPlaceholderText(
            tr("Such as: within 7 days you may return what is unused and in its box; we pay the way back …")
        )
        self.text.text.installEventFilter(self)
        self.body.addWidget(self.text)
        ctx.changes.listen(self, self._show, "setting")

    def _show(self) -> None:
        kept = str(self._ctx.settings.get("shop.policy"))
        # Only what others changed: what is being written is not taken away.
        if kept != self._kept:
            self._kept = kept
            self.text.set_value(kept)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the text when the keyboard or the page leaves it."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.keep()
        return super().eventFilter(watched, event)

    def keep(self) -> None:
        """Keep what stands there, if it is another text."""
        text = self.text.value()
        if text != self._ctx.settings.get("shop.policy"):
            self._kept = text
            self._ctx.do(lambda: self._ctx.settings.set("shop.policy", text))
