"""What goes into a dossier: a tick for each part, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.queries.dossier import PARTS
from desktop.views.kit import theme
from desktop.views.kit.buttons import LinkButton, PrimaryButton, SecondaryButton
from desktop.views.kit.context import Context
from desktop.views.kit.labels import label
from desktop.views.profile.dossier import DossierMaker, chosen_parts, keep_parts

_COLUMNS = 2


class DossierDialog(QDialog):
    """The parts of a dossier, remembered for the next one; PDF, workbook or paper."""

    def __init__(self, ctx: Context, maker: DossierMaker, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._maker = ctx, maker
        self.setWindowTitle(tr("Dossier"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.boxes: dict[str, QCheckBox] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(14)
        layout.addWidget(
            label(tr("Dossier of {customer}", customer=name), size=theme.TITLE, bold=True, wrap=True)
        )
        told = tr("What is ticked goes in, and nothing of the rest, not even by the timeline.")
        layout.addWidget(label(told, role="muted", wrap=True))
        layout.addLayout(self._ticks(chosen_parts(ctx)))
        self._all = LinkButton(tr("Tick all"), "", self.tick_all)
        policy = self._all.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._all.setSizePolicy(policy)
        layout.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        self.print_button = SecondaryButton(tr("Print…"), "printer", lambda: self._go(maker.print))
        self.workbook_button = SecondaryButton(
            tr("Excel…"), "file-spreadsheet", lambda: self._go(maker.save_workbook)
        )
        self.pdf_button = PrimaryButton(tr("Save as PDF…"), "file-text", lambda: self._go(maker.save_pdf))
        self.pdf_button.setDefault(True)
        cancel = SecondaryButton(tr("Cancel"), on_click=self.reject)
        foot = QHBoxLayout()
        foot.addWidget(cancel)
        foot.addStretch(1)
        for button in (self.print_button, self.workbook_button, self.pdf_button):
            foot.addWidget(button)
        layout.addLayout(foot)
        self.setMinimumWidth(520)
        self._follow()

    def parts(self) -> list[str]:
        """The parts that are ticked, in the dossier's order."""
        return [part for part, box in self.boxes.items() if box.isChecked()]

    def _ticks(self, chosen: Sequence[str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        rows = -(-len(PARTS) // _COLUMNS)
        for place, (part, name) in enumerate(PARTS.items()):
            box = QCheckBox(tr(name))
            box.setChecked(part in chosen)
            box.toggled.connect(lambda _: self._follow())
            self.boxes[part] = box
            grid.addWidget(box, place % rows, place // rows)
        return grid

    def tick_all(self) -> None:
        """Take every part."""
        for box in self.boxes.values():
            box.setChecked(True)

    def _follow(self) -> None:
        for button in (self.print_button, self.workbook_button, self.pdf_button):
            button.setEnabled(bool(self.parts()))
        self._all.setVisible(len(self.parts()) < len(self.boxes))

    def _go(self, way: Callable[[Sequence[str]], object]) -> None:
        parts = self.parts()
        keep_parts(self._ctx, parts)
        self.accept()
        way(parts)
