"""A customer's profile on paper: who they are, their figures, and the latest of their timeline."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from desktop.core.dates import format_day, format_when
from desktop.core.money import format_money
from desktop.core.translation import ntr, tr
from desktop.queries.profile import Profile
from desktop.queries.timeline import timeline_page
from desktop.views.customers.words import days, display_name, state_name
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.profile.side import facts
from desktop.views.timeline import words

_ENTRIES = 40


def print_profile(ctx: Context, found: Profile, at: str, parent: QWidget) -> QPrintDialog:
    """Ask for a printer and print; saving as PDF is one of the printers the system offers."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(display_name(found.name))
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(16, 16, 16, 16),
            QPageLayout.Unit.Millimeter,
        )
    )
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Print the profile"))
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.accepted.connect(lambda: document(ctx, found, at).print_(printer))
    dialog.show()
    return dialog


def document(ctx: Context, found: Profile, at: str) -> QTextDocument:
    """The page or pages, as black on white whatever the screen wears."""
    currency = str(ctx.book.setting("shop.currency"))
    made = QTextDocument()
    made.setDefaultFont(theme.font(13))
    figures = [
        (tr("State"), state_name(found.state)),
        (tr("Spent in all"), format_money(found.spend, currency)),
        (tr("Orders"), f"{found.orders:,}"),
        (tr("Rhythm"), days(found.rhythm) or "—"),
        (tr("Last order"), format_day(found.last_day) if found.last_day else "—"),
        (tr("Satisfaction"), f"{found.rating:.1f}" if found.rating is not None else "—"),
        (tr("Word of mouth"), ntr("{n} customer", "{n} customers", found.brought)),
    ]
    entries = timeline_page(ctx.book, customer_id=found.id, limit=_ENTRIES).entries
    happened = [(format_day(entry.at), words.title(entry, currency), words.text(entry)) for entry in entries]
    parts = [
        f"<h1>{escape(display_name(found.name))}</h1>",
        f"<p>{escape(tr('Printed {when}', when=format_when(at)))}</p>",
        _table(figures + facts(found)),
        f"<h2>{escape(tr('Timeline'))}</h2>",
        "".join(
            f"<p><b>{escape(title)}</b> &nbsp; {escape(day)}<br>{escape(text)}</p>"
            for day, title, text in happened
        ),
    ]
    made.setHtml("".join(parts))
    made.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, display_name(found.name))
    return made


def _table(pairs: list[tuple[str, str]]) -> str:
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(value or '—').replace(chr(10), '<br>')}</td></tr>"
        for name, value in pairs
    )
    return f'<table cellpadding="3">{rows}</table>'
