"""The dossier from the profile: its dialog, its PDF in the background, its workbook, and paper."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSizeF
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.core.errors import UserError
from desktop.core.translation import set_language
from desktop.queries.dossier import PARTS, Dossier, dossier
from desktop.views.kit.context import Context
from desktop.views.kit.paper import A4, LETTER
from desktop.views.kit.pdf_out import write_pdf
from desktop.views.kit.printout import Written
from desktop.views.profile.dossier import chosen_parts, printout
from desktop.views.profile.dossier_dialog import DossierDialog
from desktop.views.profile.dossier_pages import Shop, paper_size, write_dossier
from desktop.views.profile.view import ProfileView
from tests.gui.test_paper import lines
from tests.gui.told import Told
from tests.unit.queries.test_dossier import SECRETS, fill

SHOP = Shop("Lihua Tea", "CNY", "2026-11-22 14:03:00")


@pytest.fixture
def view(ctx: Context, qtbot: QtBot) -> ProfileView:
    fill(ctx.book, orders=60)
    made = ProfileView(ctx, customer=1)
    qtbot.addWidget(made)
    made.resize(1220, 840)
    made.show()
    settle(ctx, qtbot)
    return made


def settle(ctx: Context, qtbot: QtBot) -> None:
    qtbot.wait(20)
    qtbot.waitUntil(lambda: ctx.tasks.idle, timeout=20_000)
    qtbot.wait(1)


def whole(ctx: Context, parts: list[str] | None = None) -> Dossier:
    found = dossier(
        ctx.book, customer_id=1, today=date(2026, 11, 22), parts=list(PARTS) if parts is None else parts
    )
    assert found is not None
    return found


def said(written: Written) -> str:
    return "\n".join(text for page in written.pages for text in lines(page))


def page_count(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def open_dialog(view: ProfileView) -> DossierDialog:
    dialog = view.doing.open_dossier()
    assert isinstance(dialog, DossierDialog)
    return dialog


def test_the_pages_hold_everything(ctx: Context, view: ProfileView) -> None:
    written = write_dossier(whole(ctx), SHOP)
    text = said(written)
    assert text.startswith("Lihua Tea\nAs of 22 Nov 2026\n王丽华")
    for nth in range(60):
        assert f"DD-2026-{nth + 7}" in text
    for part, secret in SECRETS.items():
        if part != "contacts":
            assert secret in text
    for words in (
        "138 0013 8000",
        "Promise: 明天补寄",
        "Remedy: Gift",
        "¥150.00",
        "200 points now",
        "5 Mar 1988",
    ):
        assert words in text
    assert written.running is not None
    assert written.running.head == ("Lihua Tea", "王丽华")
    assert written.running.number(2, 9) == "Page 2 of 9"


def test_the_pages_of_some_parts_hold_those_alone(ctx: Context, view: ProfileView) -> None:
    text = said(write_dossier(whole(ctx, ["who", "cases"]), SHOP))
    for part, secret in SECRETS.items():
        assert (secret in text) == (part in ("who", "cases"))
    assert "Figures" not in text


def test_empty_parts_are_one_line(ctx: Context, view: ProfileView) -> None:
    found = dossier(ctx.book, customer_id=9, today=date(2026, 11, 22))
    assert found is not None
    text = " ".join(said(write_dossier(found, SHOP)).split())
    assert "Nothing in the book under: How to reach them, Likes, allergies and notes, Complaints" in text


def test_the_paper_is_the_countrys(ctx: Context, view: ProfileView, tmp_path: Path) -> None:
    assert paper_size("CN") == A4
    assert paper_size("us") == LETTER
    for size, box in ((A4, b"595"), (LETTER, b"612")):
        path = tmp_path / "dossier.pdf"
        written = write_dossier(whole(ctx), SHOP, size)
        write_pdf(path, written, "Dossier")
        pdf = path.read_bytes()
        assert page_count(pdf) == len(written.pages) > 3
        assert re.search(rb"/MediaBox \[0 0 " + box, pdf)
        # The face itself is in the file, whatever the reader's machine has.
        assert b"/FontFile2" in pdf


def test_the_words_of_a_pdf_can_be_searched_for(ctx: Context, view: ProfileView, tmp_path: Path) -> None:
    set_language("zh_CN")
    path = tmp_path / "dossier.pdf"
    write_pdf(path, write_dossier(whole(ctx), SHOP), "Dossier")
    meant = b"".join(re.findall(rb"begincmap.*?endcmap", path.read_bytes(), re.DOTALL))
    for character in "龙日月手客户机0123456789":
        assert f"<{ord(character):04X}>".encode() in meant
    assert not re.search(rb"\[[^\]]*<2F[0-9A-F]{2}>", meant)


def test_the_menu_leads_to_a_pdf_made_in_the_background(
    ctx: Context, view: ProfileView, qtbot: QtBot, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dossier.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog = open_dialog(view)
    assert dialog.parts() == list(PARTS)
    dialog.pdf_button.click()
    assert not ctx.tasks.idle
    settle(ctx, qtbot)
    assert path.read_bytes().startswith(b"%PDF")
    pages = page_count(path.read_bytes())
    assert told.notices == [f"{pages} pages saved in “dossier.pdf”. [Open]"]


def test_what_is_ticked_is_remembered_and_goes_into_the_workbook(
    ctx: Context, view: ProfileView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dossier.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog = open_dialog(view)
    for part, box in dialog.boxes.items():
        box.setChecked(part in ("who", "orders"))
    dialog.workbook_button.click()
    settle(ctx, qtbot)
    assert load_workbook(path).sheetnames == ["About the customer", "Orders", "Order lines"]
    assert chosen_parts(ctx) == ["who", "orders"]
    again = open_dialog(view)
    assert again.parts() == ["who", "orders"]
    again.reject()


def test_without_a_tick_there_is_no_way_out(view: ProfileView) -> None:
    dialog = open_dialog(view)
    for box in dialog.boxes.values():
        box.setChecked(False)
    buttons = (dialog.pdf_button, dialog.workbook_button, dialog.print_button)
    assert not any(button.isEnabled() for button in buttons)
    dialog.tick_all()
    assert all(button.isEnabled() for button in buttons)
    dialog.reject()


def test_ctrl_p_shows_the_pages_before_they_are_printed(
    ctx: Context, view: ProfileView, qtbot: QtBot
) -> None:
    action = next(action for action in view.actions() if action.shortcut().toString() == "Ctrl+P")
    action.trigger()
    settle(ctx, qtbot)
    preview = view.findChild(QPrintPreviewDialog)
    assert isinstance(preview, QPrintPreviewDialog)
    assert preview.isVisible()
    qtbot.wait(20)
    preview.close()


def test_the_printer_gets_the_pages_asked_for(ctx: Context, view: ProfileView, tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    counts = []
    for first, last in ((0, 0), (2, 3)):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setFromTo(first, last)
        printout(whole(ctx), SHOP).print_on(printer)
        counts.append(page_count(path.read_bytes()))
    assert counts == [len(write_dossier(whole(ctx), SHOP).pages), 2]


def test_another_sheet_is_laid_out_anew(ctx: Context, view: ProfileView) -> None:
    made = printout(whole(ctx), SHOP)
    first = made.lay_out(A4)
    assert made.lay_out(A4 + QSizeF(4, -4)) is first
    other = made.lay_out(LETTER)
    assert other.size == LETTER


def test_a_customer_who_is_gone_meanwhile_is_a_sentence(
    ctx: Context, view: ProfileView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "d.pdf"), ""))
    reported: list[BaseException] = []
    monkeypatch.setattr(ctx.tasks, "_report_error", lambda error, _: reported.append(error))
    dialog = open_dialog(view)
    ctx.book.db.execute_sql("DELETE FROM customer WHERE id = 1")
    dialog.pdf_button.click()
    settle(ctx, qtbot)
    assert [type(error) for error in reported] == [UserError]
    assert not (tmp_path / "d.pdf").exists()


def test_a_folder_that_is_not_there_is_a_sentence(ctx: Context, view: ProfileView, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_pdf(tmp_path / "nowhere" / "d.pdf", write_dossier(whole(ctx), SHOP), "Dossier")


def test_chinese_pages_are_chinese(ctx: Context, view: ProfileView, qapp: QApplication) -> None:
    set_language("zh_CN")
    text = said(write_dossier(whole(ctx), Shop("丽华茶铺", "CNY", "2026-11-22 14:03:00")))
    assert "2026-11-22" in text or "2026-09-03" in text
    assert "手机号" in text
