"""The card of findings: a few sentences on customers that chance does not explain, or that there are none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QVBoxLayout

from desktop.core.translation import tr
from desktop.queries.insight_findings import Finding, Findings
from desktop.views.insights.findings import words as findings_words
from desktop.views.insights.told_row import ToldRow
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.labels import label
from desktop.views.kit.layouts import clear
from desktop.views.kit.popover import Explanation, Popover, explain
from desktop.views.kit.widgets import Card

OpenCustomers = Callable[[str, NDArray[np.int64]], object]


class FindingsCard(Card):
    """A sentence a finding; a click shows the customers behind it."""

    def __init__(self, open_customers: OpenCustomers, currency: str) -> None:
        self.help_button = IconButton(
            "circle-help", tr("How is “{title}” counted?", title=tr("What stands out")), self.explain,
            role="muted",
        )  # fmt: skip
        super().__init__(tr("What stands out"), "", action=self.help_button)
        self._open, self._currency = open_customers, currency
        self.findings: Findings | None = None
        self.rows: list[ToldRow] = []
        self.popover: Popover | None = None
        self._told = QVBoxLayout()
        self._told.setSpacing(8)
        self.body.addLayout(self._told)
        self.body.addStretch(1)

    def show_findings(self, findings: Findings) -> None:
        """Say what was found."""
        self.findings, self.rows = findings, []
        clear(self._told)
        self.set_title(tr("What stands out"), findings_words.looked(findings) if findings.found else "")
        for finding in findings.found:
            self._add(finding)
        if not findings.found:
            self._told.addWidget(label(findings_words.nothing(findings), role="muted", wrap=True))

    def explain(self) -> None:
        """Say how findings are found."""
        if self.findings is not None:
            sentences = findings_words.counted(self.findings)
            self.popover = explain(Explanation(tr("What stands out"), sentences), self.help_button)

    def _add(self, finding: Finding) -> None:
        row = ToldRow(
            findings_words.sentence(finding, self._currency),
            findings_words.basis(finding, self._currency),
            tr("A click shows these customers."),
        )
        row.clicked.connect(lambda: self._open(findings_words.who(finding), finding.customers))
        self.rows.append(row)
        self._told.addWidget(row)
