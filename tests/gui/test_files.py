"""Files of a record through the pane: dropped, pasted, shown, opened as copies, saved, undone."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.models.book import Book
from desktop.models.customers import Customer
from desktop.operations.attachments import NewFile, add_attachments
from desktop.operations.settings import set_book_setting
from desktop.queries.attachments import attachment_data, attachments
from desktop.views.files.copies import copy_of, plain_name, remove_copies
from desktop.views.files.pane import FilesPane
from desktop.views.files.pictures import read_picture
from desktop.views.files.preview_dialog import PictureDialog
from desktop.views.kit.context import Context
from tests.gui.told import Told


def picture(width: int = 640, height: int = 480, kind: str = "PNG") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x0F6E5F)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)  # type: ignore[call-overload]  # the stubs want bytes, Qt takes words
    return bytes(buffer.data().data())


@pytest.fixture
def pane(ctx: Context, book: Book, qtbot: QtBot) -> Iterator[FilesPane]:
    with book.step("Fill") as step:
        step.insert(Customer, id=1, name="王丽华", created_at="2026-01-01 09:00:00")
    files = [NewFile("脸.png", data=picture()), NewFile("小票.pdf", data=b"%PDF-1.7 receipt")]
    files += [NewFile("game.exe", data=b"MZ...."), NewFile("broken.png", data=picture()[:60])]
    add_attachments(book, subject="customer", subject_id=1, files=files, at=datetime(2026, 11, 22, 9, 0))
    made = FilesPane(ctx)
    qtbot.addWidget(made)
    made.show_record("customer", 1)
    made.resize(720, 420)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: ctx.tasks.idle)
    yield made
    remove_copies()


def named(pane: FilesPane, name: str) -> None:
    pane.select(next(row.id for row in pane.model.rows() if row.name == name))


def names(pane: FilesPane) -> list[str]:
    return [row.name for row in pane.model.rows()]


def test_the_files_stand_there_and_only_pictures_have_pictures(
    pane: FilesPane, ctx: Context, qtbot: QtBot
) -> None:
    QAbstractItemModelTester(pane.model)
    assert names(pane) == ["broken.png", "game.exe", "小票.pdf", "脸.png"]
    pane.grab()
    thumbnails = pane._thumbnails
    face, broken, paper = (pane.model.rows()[line] for line in (3, 0, 2))
    qtbot.waitUntil(lambda: thumbnails.of(face) is not None and thumbnails.failed(broken))
    assert thumbnails.of(paper) is None
    assert not thumbnails.failed(paper)
    small = thumbnails.of(face)
    assert small is not None
    assert (small.width(), small.height()) == (266, 200)


def test_dropping_keeps_files_and_says_what_was_there(
    pane: FilesPane, ctx: Context, told: Told, qtbot: QtBot, tmp_path: Path
) -> None:
    new, same = tmp_path / "list.csv", tmp_path / "face again.png"
    new.write_text("a,b\n")
    same.write_bytes(picture())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in (new, same, tmp_path)])
    drop = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    pane.dropEvent(drop)
    qtbot.waitUntil(lambda: "list.csv" in names(pane))
    assert told.notices[-2:] == [
        "Add the file “list.csv” [Undo]",
        "“face again.png” is here already and was not kept twice. []",
    ]
    ctx.undo()
    assert "list.csv" not in names(pane)


def test_a_picture_is_pasted_as_png_and_copied_back(
    pane: FilesPane, ctx: Context, qtbot: QtBot, told: Told, book: Book
) -> None:
    clipboard = QGuiApplication.clipboard()
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(0xB4412F)
    clipboard.setImage(image)
    pane.tiles.setFocus()
    pane.activateWindow()
    pane.paste()
    qtbot.waitUntil(lambda: names(pane)[0].startswith("Picture 20"))
    row = pane.model.rows()[0]
    assert (row.media_type, row.name.endswith(".png")) == ("image/png", True)
    clipboard.clear()
    pane.acts.copy()
    assert clipboard.image().size() == QSize(30, 20)
    (url,) = clipboard.mimeData().urls()
    assert Path(url.toLocalFile()).read_bytes() == attachment_data(book, row.id)
    clipboard.setText("only words")
    pane.paste()
    assert told.notices[-1].startswith("There is no picture and no file on the clipboard.")


def test_too_large_is_said_and_the_limit_stands_there_before(
    pane: FilesPane, ctx: Context, told: Told, qtbot: QtBot
) -> None:
    ctx.changed(set_book_setting(ctx.book, key="files.most_megabytes", value=1), quiet=True)
    assert "up to 1 MB each" in pane._hint.text()
    pane.add([NewFile("film.mp4", data=b"x" * 1_200_000)])
    qtbot.waitUntil(lambda: bool(told.notices) and "film.mp4" in told.notices[-1])
    assert "1.1 MB; a file in the book may have 1 MB" in told.notices[-1]
    ctx.changed(set_book_setting(ctx.book, key="files.warn_megabytes", value=0), quiet=True)
    qtbot.waitUntil(pane._warning.isVisible)


def test_a_file_opens_as_a_read_only_copy_and_a_program_never(
    pane: FilesPane, told: Told, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def open_url(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    named(pane, "小票.pdf")
    QTest.keyClick(pane.tiles, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened))
    (copy,) = opened
    assert copy.read_bytes() == b"%PDF-1.7 receipt"
    assert not copy.stat().st_mode & stat.S_IWUSR
    assert "read-only copy" in told.notices[-1]
    named(pane, "game.exe")
    pane.acts.open()
    assert len(opened) == 1
    assert told.notices[-1] == (
        "“game.exe” could run something on this computer, so it is not opened from here. [Save as…]"
    )
    remove_copies()
    assert not copy.exists()


def test_names_of_copies_are_harmless(tmp_path: Path) -> None:
    assert plain_name("../../evil.sh", "image/png") == "evil.sh.png"
    assert plain_name("a:b?.pdf", "application/pdf") == "a b.pdf"
    path = copy_of(7, "照片.bat", "image/jpeg", b"xx")
    assert path.name == "照片.bat.jpg"
    remove_copies()


def test_saving_one_and_several(
    pane: FilesPane, told: Told, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def one(*_: Any) -> tuple[str, str]:
        return str(tmp_path / "paper.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", one)
    named(pane, "小票.pdf")
    pane.acts.save_as()
    qtbot.waitUntil(lambda: bool(told.notices))
    assert (tmp_path / "paper.pdf").read_bytes() == b"%PDF-1.7 receipt"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    (tmp_path / "小票.pdf").write_text("mine")
    pane.tiles.selectAll()
    pane.acts.save_as()
    qtbot.waitUntil(lambda: told.notices[-1].startswith("4 files saved"))
    assert (tmp_path / "小票.pdf").read_text() == "mine"
    assert (tmp_path / "小票 (2).pdf").read_bytes() == b"%PDF-1.7 receipt"


def test_renaming_deleting_and_undoing_by_keys(
    pane: FilesPane, ctx: Context, told: Told, qtbot: QtBot
) -> None:
    named(pane, "小票.pdf")
    form = pane.acts.rename()
    assert form is not None
    form.fields["name"].set_value("收据.pdf")
    form.save()
    assert names(pane)[2] == "收据.pdf"
    assert [row.name for row in pane.tiles.chosen()] == ["收据.pdf"]
    pane.acts.delete()
    assert "收据.pdf" not in names(pane)
    assert told.notices[-1] == "Delete the file “收据.pdf” [Undo]"
    assert [row.name for row in pane.tiles.chosen()] == ["脸.png"]
    ctx.undo()
    assert "收据.pdf" in names(pane)
    pane.tiles.selectAll()
    pane.acts.delete()
    assert pane.empty.isVisible()


def test_pictures_are_looked_through_and_zoomed(
    pane: FilesPane, ctx: Context, book: Book, qtbot: QtBot
) -> None:
    add_attachments(
        book, subject="customer", subject_id=1, files=[NewFile("wide.jpg", data=picture(3000, 400, "JPG"))],
        at=datetime(2026, 11, 22, 10, 0),
    )  # fmt: skip
    pane.show_record("customer", 1)
    named(pane, "wide.jpg")
    dialog = pane.acts.open()
    assert isinstance(dialog, PictureDialog)
    qtbot.waitUntil(lambda: dialog.view.scale() < 1)
    QTest.keyClick(dialog, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().image().size() == QSize(3000, 400)
    QTest.keyClick(dialog, Qt.Key.Key_1)
    assert dialog.view.scale() == pytest.approx(1.0)
    QTest.keyClick(dialog, Qt.Key.Key_Plus)
    assert dialog.view.scale() == pytest.approx(1.25)
    QTest.keyClick(dialog, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "damaged" in dialog._about.text())
    assert [row.name for row in pane.tiles.chosen()] == ["broken.png"]
    QTest.keyClick(dialog, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: dialog._about.text().startswith("3 of 3"))
    dialog.close()


def test_a_picture_made_to_be_a_burden_is_refused(qapp: object) -> None:
    # The head of a PNG of 60,000 × 60,000 with nothing behind it, and one that is cut off.
    huge = bytearray(picture(8, 8))
    huge[16:24] = (60_000).to_bytes(4, "big") * 2
    assert read_picture(bytes(huge), "image/png", QSize(200, 200)) is None
    assert read_picture(picture()[:-30], "image/png", QSize(200, 200)) is None
    assert read_picture(b"MZ", "application/x-executable", QSize(200, 200)) is None
    good = read_picture(picture(4000, 3000, "JPG"), "image/jpeg", QSize(200, 200))
    assert good is not None
    assert (good.width(), good.height()) == (200, 150)


def test_a_complaints_files_are_its_own(pane: FilesPane, book: Book) -> None:
    pane.show_record("complaint", 5)
    assert pane.empty.isVisible()
    assert len(attachments(book, subject="customer", subject_id=1)) == 4


def test_much_is_deleted_in_the_background(pane: FilesPane, ctx: Context, told: Told, qtbot: QtBot) -> None:
    pane.add([NewFile("film.bin", data=b"\0\1" * 2_000_000)])
    qtbot.waitUntil(lambda: names(pane)[0] == "film.bin")
    named(pane, "film.bin")
    pane.acts.delete()
    assert not ctx.tasks.idle
    qtbot.waitUntil(lambda: "film.bin" not in names(pane))
    assert told.notices[-1] == "Delete the file “film.bin” [Undo]"
    ctx.undo()
    assert "film.bin" in names(pane)
