"""The scenes of complaints on their way in and out: a ledger's own words, and the evidence pack."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.operations.attachments import add_attachments
from desktop.views.complaints.evidence import EvidenceDialog, open_evidence
from desktop.views.exchange.check_pane import WORDS
from desktop.views.exchange.importer import Importer
from tests.sample_files import sample_files

if TYPE_CHECKING:
    from tests.screens import Stage

_LEDGER = {
    "en": (
        "complaint no,received at,customer,title,severity,status,type\n"
        "K1,2026-11-02 10:00,Ann Lee,Late,on fire,under way,Delivery: late parcel\n"
        "K2,2026-11-02,Bo Chen,Torn box,normal,done,Wrapping trouble\n"
        "K3,2026-11-03,Cara Wu,Cold tea,low,open,Product\n"
        "K4,2026-11-03,Di Li,Rude,high,parked,Staff attitude\n"
    ),
    "zh_CN": (
        "投诉编号,投诉时间,客户姓名,标题,程度,处理状态,投诉类型\n"
        "K1,2026-11-02 10:00,王小明,送晚了,火烧眉毛,跑流程,物流：送得太晚\n"
        "K2,2026-11-02,李小红,盒子破了,一般,已结案,包装问题\n"
        "K3,2026-11-03,赵小军,茶凉了,低,待处理,质量\nK4,2026-11-03,陈小华,态度差,高,搁置,服务态度\n"
    ),
}
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


def _words(stage: Stage) -> Importer:
    """A ledger with words of its own, to be explained."""
    path = Path(tempfile.mkdtemp()) / ("ledger.csv" if stage.language == "en" else "投诉台账.csv")
    path.write_text(_LEDGER[stage.language], encoding="utf-8")
    stage.afterwards.append(lambda: shutil.rmtree(path.parent))
    page = stage.go("exchange", file=str(path))
    stage.settle()
    (work,) = page.findChildren(Importer)
    work.show_check(WORDS)
    stage.settle()
    box = next(iter(work.check.words.boxes.values()))
    box.setCurrentIndex(1)
    stage.settle(0.4)
    return work


FILES: dict[str, Callable[[Stage], object]] = {
    "evidence": _evidence,
    "words-to-explain": _words,
}
