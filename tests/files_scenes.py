"""The scenes of complaints on their way in and out: a ledger's own words, and the evidence pack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.operations.attachments import add_attachments
from desktop.views.complaints.evidence import EvidenceDialog, open_evidence
from tests.sample_files import sample_files

if TYPE_CHECKING:
    from tests.screens import Stage

_DISPUTED = "SELECT id FROM complaint WHERE order_id IS NOT NULL ORDER BY open = 0, received_at DESC, id"


def _evidence(stage: Stage) -> EvidenceDialog:
    row = stage.book.value(_DISPUTED)
    files = sample_files(stage.language)
    add_attachments(stage.book, subject="complaint", subject_id=row, files=files, at=datetime.now())
    stage.afterwards.append(stage.book.undo)
    page = stage.go("complaints", complaint=row)
    dialog = open_evidence(stage.window.ctx, page.window(), row)
    stage.settle()
    return dialog


FILES: dict[str, Callable[[Stage], object]] = {
    "evidence": _evidence,
}
