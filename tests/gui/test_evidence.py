"""The evidence pack: its dialog, its pages, its PDF and its folder; and a complaint on paper."""

from __future__ import annotations

import errno
import hashlib
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.core.translation import set_language
from desktop.exchange.writers.evidence_folder import FolderFile, write_folder
from desktop.operations.attachments import NewFile, add_attachments
from desktop.queries.attachments import attachment_data
from desktop.queries.evidence import PARTS, PRIVATE, evidence
from desktop.views.complaints.evidence import EvidenceDialog, open_evidence, print_complaint
from desktop.views.complaints.evidence_out import folder_files
from desktop.views.complaints.evidence_pages import PRINTOUT, write_evidence
from desktop.views.complaints.evidence_photos import Photos, read_photos
from desktop.views.kit.context import Context
from desktop.views.kit.paper import A4, FOOT, MARGIN
from desktop.views.kit.printout import Written
from tests.gui.test_paper import lines
from tests.gui.told import Told
from tests.sample_files import picture
from tests.unit.queries.test_evidence import HERS, INNER, OTHERS, fill

AT = "2026-11-22 14:03:00"


@pytest.fixture
def view(ctx: Context, qtbot: QtBot) -> QWidget:
    fill(ctx.book)
    whole = picture(900, 600, 30)
    files = [
        NewFile("压扁的罐子.png", data=whole), NewFile("坏图.png", data=whole[:200]),
        NewFile("a/b:c?.jpg", data=picture(300, 1200, 90, "JPG")), NewFile("聊天.pdf", data=b"%PDF-1.7 x"),
    ]  # fmt: skip
    add_attachments(ctx.book, subject="complaint", subject_id=1, files=files, at=datetime(2026, 11, 20))
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def settle(ctx: Context, qtbot: QtBot) -> None:
    qtbot.wait(20)
    qtbot.waitUntil(lambda: ctx.tasks.idle, timeout=20_000)
    qtbot.wait(1)


def written(ctx: Context, **asked: object) -> Written:
    found = evidence(ctx.book, 1, **asked)  # type: ignore[arg-type]  # the arguments of evidence
    photos: Photos = {}
    read_photos(found.files, lambda one: attachment_data(ctx.book, one), photos)
    return write_evidence(found, photos, at=AT)


def said(pages: Written) -> str:
    return "\n".join(text for page in pages.pages for text in lines(page))


def opened(ctx: Context, view: QWidget, qtbot: QtBot) -> EvidenceDialog:
    dialog = open_evidence(ctx, view, 1)
    settle(ctx, qtbot)
    return dialog


def test_the_pages_tell_everything_but_what_is_private(ctx: Context, view: QWidget) -> None:
    pages = written(ctx)
    text = said(pages)
    for words in (
        "Evidence for complaint C-2026-0001", "JF-77", "TB1001", "Taobao: tb_fang", "龙井", "¥100.00",
        "SF1234", "R-1", "七天无理由退换", "Settled", "Refund", "¥5.00", "4 of 5", "complaint1.txt",
        "cannot be", "3. 压扁的罐子.png",
    ):  # fmt: skip
        assert words in text, words
    assert not [secret for secret in (*HERS, *INNER, *OTHERS) if secret in text]
    assert pages.running is not None
    assert pages.running.head == ("", "Evidence for complaint C-2026-0001")
    inner = said(written(ctx, private=tuple(PRIVATE)))
    assert not [secret for secret in (*HERS[2:4], *INNER) if secret not in inner]


def test_photos_stay_on_their_pages(ctx: Context, view: QWidget) -> None:
    files = [NewFile(f"{number}.png", data=picture(300 + number, 400, number)) for number in range(9)]
    add_attachments(ctx.book, subject="orders", subject_id=1, files=files, at=datetime(2026, 11, 21))
    pages = written(ctx)
    drawn = [placed for page in pages.pages for placed in page.placed if placed.row.drawing]
    assert len(drawn) == 6  # Eleven good ones, two in a row.
    for placed in drawn:
        assert (placed.start, placed.end) == (0.0, placed.row.height)
        assert placed.y + placed.row.height <= A4.height() - MARGIN - FOOT + 1


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_pdf_is_made_in_the_background(
    ctx: Context, view: QWidget, qtbot: QtBot, told: Told, tmp_path: Path, language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    set_language(language)
    path = tmp_path / "证据.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog = opened(ctx, view, qtbot)
    assert re.search(r"\d", dialog.count.text())
    assert not any(box.isChecked() for box in dialog.private.values())
    dialog.pdf_button.click()
    settle(ctx, qtbot)
    pdf = path.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 2
    assert b"/Subtype /Image" in pdf
    assert len(told.notices) == 1
    assert not [one for one in tmp_path.iterdir() if one.name.endswith(".part")]


def test_the_folder_holds_the_files_as_they_are(
    ctx: Context, view: QWidget, qtbot: QtBot, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    for turn in range(2):
        dialog = opened(ctx, view, qtbot)
        dialog.folder_button.click()
        settle(ctx, qtbot)
        assert len(told.notices) == turn + 1
    # What is there stays there.
    first, second = sorted(path for path in tmp_path.iterdir() if "Evidence" in path.name)
    assert second.name == f"{first.name} (2)"
    names = sorted(path.name for path in first.iterdir())
    assert names == [
        "01 complaint1.txt", "02 orders1.txt", "03 压扁的罐子.png", "04 坏图.png", "05 a b c.jpg",
        "06 聊天.pdf", "Evidence for complaint C-2026-0001.pdf", "Index.csv", "SHA256SUMS.txt",
    ]  # fmt: skip
    for line in (first / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((first / name).read_bytes()).hexdigest() == digest
    index = (first / "Index.csv").read_text(encoding="utf-8-sig").splitlines()
    assert index[0] == "File,Original name,Belongs to,Kept since,Bytes,Fingerprint (SHA-256)"
    assert len(index) == 8
    assert "order TB1001" in index[3]


def test_what_is_unticked_stays_out_and_is_remembered(ctx: Context, view: QWidget, qtbot: QtBot) -> None:
    dialog = opened(ctx, view, qtbot)
    pages = dialog.count.text()
    dialog.parts["files"].setChecked(False)
    dialog.parts["policy"].setChecked(False)
    assert not any(box.isEnabled() for box in dialog.files.values())
    qtbot.waitUntil(lambda: dialog.count.text() not in (pages, "Counting the pages…"), timeout=5_000)
    first = next(iter(dialog.files.values()))
    first.setChecked(False)
    assert dialog.wanted().parts == [part for part in PARTS if part not in ("files", "policy")]
    assert len(dialog.wanted().files or ()) == len(dialog.files) - 1
    dialog.print_button.click()
    settle(ctx, qtbot)
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QPrintPreviewDialog)]
    assert len(shown) == 1
    shown[0].close()
    again = opened(ctx, view, qtbot)
    assert not again.parts["policy"].isChecked()
    again.reject()


def _files(count: int = 3) -> list[FolderFile]:
    return [FolderFile(f"{n}.txt", f"{n}.txt", "", AT, lambda: b"x") for n in range(count)]


def test_nothing_is_left_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "pack"

    def write(files: list[FolderFile], progress: Progress | None = None) -> None:
        write_folder(
            folder, "x.pdf", lambda path: path.write_bytes(b"%PDF"), files, currency="CNY",
            **({"progress": progress} if progress else {}),
        )  # fmt: skip

    def full() -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(UserError) as refused:
        write([*_files(), FolderFile("late.bin", "late.bin", "", AT, full)])
    assert "The disk is full" in str(refused.value)
    with pytest.raises(UserError) as gone:
        write([FolderFile("gone.txt", "gone.txt", "", AT, lambda: None)])
    assert "no longer in the book" in str(gone.value)

    class Stopped(Progress):
        def report(self, done: int, total: int = 0, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        write(_files(), Stopped())
    assert list(tmp_path.iterdir()) == []
    write(_files())
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(UserError) as there:
        write(_files(1))
    assert "is already there" in str(there.value)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]


def test_names_are_ones_that_every_system_takes(ctx: Context, view: QWidget) -> None:
    rows = evidence(ctx.book, 1).files
    names = (
        "../../etc/passwd", "con.txt", "长" * 200 + ".jpg", "a.very-long-ending-that-is-none", ".hidden", "x",
    )  # fmt: skip
    odd = [file.name for file in folder_files([replace(rows[0], name=name) for name in names], lambda _: b"")]
    assert all(not re.search(r'[\\/:*?"<>|]', name) for name in odd)
    assert all(len(name.encode()) < 255 for name in odd)
    assert len(set(odd)) == 6


def test_a_complaint_goes_on_paper(ctx: Context, view: QWidget, qtbot: QtBot) -> None:
    print_complaint(ctx, view, 1)
    settle(ctx, qtbot)
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QPrintPreviewDialog)]
    assert [one.windowTitle() for one in shown] == ["Complaint C-2026-0001"]
    shown[0].close()
    found = evidence(ctx.book, 1, private=tuple(PRIVATE), files=())
    pages = write_evidence(found, {}, at=AT, kind=PRINTOUT)
    assert len(pages.pages) <= 2
    assert "Taken on" not in said(pages)


def test_one_that_is_gone_says_so(ctx: Context, view: QWidget) -> None:
    for act in (open_evidence, print_complaint):
        with pytest.raises(UserError):
            act(ctx, view, 99)
