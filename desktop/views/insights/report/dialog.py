"""Asks which month is to be reported and in which language, and offers the ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.dates import as_date, format_month
from desktop.core.progress import Progress
from desktop.core.translation import LANGUAGES, tr
from desktop.views.insights.report.maker import ReportMaker, kept_language
from desktop.views.kit import theme
from desktop.views.kit.buttons import PrimaryButton, SecondaryButton
from desktop.views.kit.context import Context
from desktop.views.kit.forms import ChoiceField
from desktop.views.kit.labels import label


class ReportDialog(QDialog):
    """The month, the last whole one at first, and the language of the report."""

    def __init__(
        self, ctx: Context, parent: QWidget, months: Sequence[int], now: Callable[[], datetime]
    ) -> None:
        super().__init__(parent.window())
        self._ctx, self._parent, self._now = ctx, parent, now
        self.setWindowTitle(tr("Monthly report"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named = [format_month(as_date(month)) for month in months]
        named[0] = tr("{month} (so far)", month=named[0])
        chosen = months[1] if len(months) > 1 else months[0]
        self.month = ChoiceField(tr("Month"), list(zip(months, named, strict=True)), chosen)
        self.language = ChoiceField(tr("Language of the report"), list(LANGUAGES), kept_language(ctx))
        told = tr(
            "Four pages: the key figures and what stands out, satisfaction, who comes back, and the trade. "
            "It is about the whole shop, whatever is filtered here."
        )
        fields = QHBoxLayout()
        fields.setSpacing(14)
        fields.addWidget(self.month, 1)
        fields.addWidget(self.language, 1)
        self.print_button = SecondaryButton(tr("Print…"), "printer", lambda: self._go(ReportMaker.print))
        self.pdf_button = PrimaryButton(
            tr("Save as PDF…"), "file-text", lambda: self._go(ReportMaker.save_pdf)
        )
        self.pdf_button.setDefault(True)
        foot = QHBoxLayout()
        foot.addWidget(SecondaryButton(tr("Cancel"), on_click=self.reject))
        foot.addStretch(1)
        foot.addWidget(self.print_button)
        foot.addWidget(self.pdf_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(14)
        layout.addWidget(label(tr("Monthly report"), size=theme.TITLE, bold=True))
        layout.addWidget(label(told, role="muted", wrap=True))
        layout.addLayout(fields)
        layout.addLayout(foot)
        self.setMinimumWidth(540)

    def _go(self, way: Callable[[ReportMaker], object]) -> None:
        maker = ReportMaker(self._ctx, self._parent, self.month.value(), self.language.value(), self._now)
        self.accept()
        way(maker)


def ask_report(
    ctx: Context, parent: QWidget, today: date, now: Callable[[], datetime] = datetime.now
) -> None:
    """Look which months there are, and ask."""
    book = ctx.book

    def look(_: Progress) -> list[int]:
        from desktop.queries.monthly_report import months

        return months(book, today)

    ctx.tasks.read(
        look, lambda found: ReportDialog(ctx, parent, found, now).open(), owner=parent, key="months"
    )
