"""A customer's name as a link to their profile, cut where it would push everything else aside."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from desktop.core.translation import tr
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.context import Context
from desktop.views.kit.labels import plain_tip


class CustomerLink(LinkButton):
    """Goes to the profile; `width` pixels of the name are shown, the tip has the whole."""

    def __init__(
        self, ctx: Context, customer_id: int, name: str, *, width: int = 220, size: int = theme.BODY
    ) -> None:
        whole = name or tr("No name")
        font = theme.font(size)
        shown = QFontMetrics(font).elidedText(whole, Qt.TextElideMode.ElideRight, width)
        super().__init__(
            shown,
            on_click=lambda: ctx.navigate("profile", customer=customer_id),
            tip=plain_tip(whole) if shown != whole else "",
        )
        self.setFont(font)
        self.setAccessibleName(whole)
