"""The scenes of what hangs on a record: files, points, privacy, history, and the forms behind them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.operations.attachments import add_attachments
from desktop.operations.customers import edit_customer
from desktop.operations.privacy import note_consent, take_request
from desktop.views.profile.files_tab import FilesTab
from desktop.views.profile.history_dialog import open_history
from desktop.views.profile.points_tab import PointsTab
from desktop.views.profile.privacy_tab import PrivacyTab
from desktop.views.profile.view import ProfileView
from tests.sample_files import sample_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage

_KNOWN = "SELECT customer_id FROM customer_summary ORDER BY complaints DESC, spend DESC"


def _page(stage: Stage, tab: str) -> ProfileView:
    page = stage.go("profile", customer=stage.book.value(_KNOWN), tab=tab)
    assert isinstance(page, ProfileView)
    return page


def _points(stage: Stage) -> PointsTab:
    tab = _page(stage, "points").tabs.tab("points")
    assert isinstance(tab, PointsTab)
    return tab


def _files(stage: Stage) -> FilesTab:
    add_attachments(
        stage.book,
        subject="customer",
        subject_id=stage.book.value(_KNOWN),
        files=sample_files(stage.language),
        at=datetime.now(),
    )
    stage.afterwards.append(stage.book.undo)
    tab = _page(stage, "files").tabs.tab("files")
    assert isinstance(tab, FilesTab)
    stage.settle()
    return tab


def _picture(stage: Stage) -> None:
    pane = _files(stage).pane
    pane.select(pane.model.rows()[1].id)
    pane.acts.open()


def _privacy(stage: Stage) -> PrivacyTab:
    book, who = stage.book, stage.book.value(_KNOWN)
    said = "Only by WeChat, please" if stage.language == "en" else "只发微信，别打电话"
    asked = "Wants to see what is kept" if stage.language == "en" else "想看看店里存了什么"
    note_consent(book, customer_id=who, purpose="promotion", given=True, at=datetime.now(), channel="shop")
    note_consent(
        book, customer_id=who, purpose="photo", given=False, at=datetime.now(), channel="wechat", text=said
    )
    take_request(book, customer_id=who, kind="access", received_at=datetime(2026, 11, 1, 10, 0), note=asked)
    take_request(book, customer_id=who, kind="erase", received_at=datetime.now())
    stage.afterwards += [book.undo] * 4
    tab = _page(stage, "privacy").tabs.tab("privacy")
    assert isinstance(tab, PrivacyTab)
    return tab


def _privacy_below(stage: Stage) -> None:
    tab = _privacy(stage)
    bar = tab.rows.verticalScrollBar()
    bar.setValue(bar.maximum())


def _history(stage: Stage) -> None:
    page = _page(stage, "timeline")
    book, who = stage.book, page.customer_id
    likes, allergy = ("Longjing, white tea", "Nuts") if stage.language == "en" else ("龙井、白茶", "花生过敏")
    edit_customer(book, customer_id=who, values={"likes": likes})
    edit_customer(book, customer_id=who, values={"dislikes": allergy, "relation": "target"}, tags=["VIP"])
    stage.afterwards += [book.undo, book.undo]
    name = str(book.value("SELECT name FROM customer WHERE id = ?", (who,)))
    dialog = open_history(page.ctx, page, "customer", who, name)
    stage.settle()
    dialog.table.select_id(dialog.model.ids()[1])


RECORD: dict[str, Callable[[Stage], object]] = {
    "profile-points": _points,
    "points-redeem": lambda stage: _points(stage).redeem(),
    "points-rule": lambda stage: _points(stage).change_rule(),
    "profile-files": _files,
    "picture": _picture,
    "profile-privacy": _privacy,
    "privacy-below": _privacy_below,
    "consent": lambda stage: _privacy(stage).consents.note_how("photo", given=True),
    "privacy-request": lambda stage: _privacy(stage).requests.new_request(),
    "erase": lambda stage: _privacy(stage).erase(),
    "history": _history,
}
