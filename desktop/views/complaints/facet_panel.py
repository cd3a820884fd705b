"""The drawer of rarer filters: severity, subject, clerk and product, each choice with how many it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core import words
from desktop.core.translation import tr
from desktop.queries.complaint_facets import Facets
from desktop.queries.complaint_filter import NO_PRODUCT, NOBODY, ComplaintFilter
from desktop.views.complaints.words import SHORT_SUBJECTS
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.chips import ChipItem, ChipRow
from desktop.views.kit.labels import label

WIDTH = 432
MOST_PRODUCTS = 200


class FacetPanel(QFrame):
    """Opens below its button, goes with the next click elsewhere or Escape; what is chosen holds at once."""

    changed = Signal(object)
    """The filter with what is chosen now."""

    def __init__(self, view: ComplaintFilter, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "notice")
        self.setAccessibleName(tr("More filters"))
        self._view = view
        self._staff_names: Mapping[int, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 14, 18, 12)
        self._column.setSpacing(6)
        self.severities = self._chips(
            tr("Severity"), [ChipItem(code, words.name(words.SEVERITIES, code)) for code in words.SEVERITIES]
        )
        self.subjects = self._chips(
            tr("Subject"), [ChipItem(code, tr(SHORT_SUBJECTS[code])) for code in words.SUBJECTS]
        )
        self.staff = self._chips(tr("Clerk"), [])
        self._column.addWidget(label(tr("Product"), size=theme.SMALL, role="muted"))
        self.product = QComboBox()
        self.product.setAccessibleName(tr("Product"))
        self.product.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.product.activated.connect(lambda _: self._choose_product())
        self._column.addWidget(self.product)
        foot = QHBoxLayout()
        self._clear = LinkButton(tr("Leave these out"), on_click=self.clear)
        foot.addWidget(self._clear)
        foot.addStretch(1)
        self._column.addSpacing(4)
        self._column.addLayout(foot)
        for row, name in ((self.severities, "severities"), (self.subjects, "subjects")):
            row.chosen.connect(lambda _, of=row, field=name: self._set(**{field: of.chosen_keys()}))
            for key in getattr(view, name):
                row.choose(key)
        self.staff.chosen.connect(lambda _: self._set(staff=tuple(map(int, self.staff.chosen_keys()))))
        self.setFixedWidth(WIDTH)

    def _chips(self, name: str, items: list[ChipItem]) -> ChipRow:
        self._column.addWidget(label(name, size=theme.SMALL, role="muted"))
        row = ChipRow(items, exclusive=False)
        row.setAccessibleName(name)
        self._column.addWidget(row)
        self._column.addSpacing(6)
        return row

    def filter(self) -> ComplaintFilter:
        """The filter with what is chosen."""
        return self._view

    def show_facets(self, found: Facets) -> None:
        """Show how many each choice leaves."""
        self.severities.set_counts({code: found.severities.get(code, 0) for code in words.SEVERITIES})
        self.subjects.set_counts({code: found.subjects.get(code, 0) for code in words.SUBJECTS})
        self._show_clerks(found)
        self._show_products(found)
        # The chips' new widths are known to the layouts around them a moment later.
        QTimer.singleShot(0, self, self._fit)

    def _show_clerks(self, found: Facets) -> None:
        chosen = set(self._view.staff)
        named = {**found.staff_names, NOBODY: tr("Nobody yet")}
        shown = [who for who in named if found.staff.get(who) or who in chosen]
        self.staff.set_items([ChipItem(str(who), named[who], found.staff.get(who, 0)) for who in shown])
        for who in chosen:
            self.staff.choose(str(who))

    def _show_products(self, found: Facets) -> None:
        self.product.clear()
        self.product.addItem(tr("Any product"), None)
        named = {**dict([*found.product_names.items()][:MOST_PRODUCTS]), NO_PRODUCT: tr("No product named")}
        for product in self._view.products:
            named.setdefault(product, found.product_names.get(product, "—"))
        for product, name in named.items():
            number = found.products.get(product, 0)
            if number or product in self._view.products:
                text = tr("{name} · {count}", name=name, count=f"{number:,}")
                self.product.addItem(text, product)
        if self._view.products:
            self.product.setCurrentIndex(max(0, self.product.findData(self._view.products[0])))

    def _choose_product(self) -> None:
        product = self.product.currentData()
        self._set(products=() if product is None else (product,))

    def _set(self, **values: Any) -> None:
        self._view = replace(self._view, **values)
        self.changed.emit(self._view)

    def clear(self) -> None:
        """Leave every choice out."""
        for row in (self.severities, self.subjects, self.staff):
            for key in row.chosen_keys():
                row.choose(key, on=False)
        self.product.setCurrentIndex(0)
        self._view = self._view.without_facets()
        self.changed.emit(self._view)

    def _fit(self) -> None:
        self._column.invalidate()
        self.setFixedHeight(self._column.totalHeightForWidth(WIDTH - 2) + 2)

    def open_below(self, anchor: QWidget) -> None:
        """Show below a button, within the screen."""
        self._fit()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + 6))
        room = anchor.screen().availableGeometry()
        self.move(min(max(corner.x(), room.left() + 8), room.right() - self.width() - 8), corner.y())
        self.show()
        self.severities.setFocus()
