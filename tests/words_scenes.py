"""The scenes of words: quick capture of a complaint, answers at hand, subjects and advice in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.complaints.capture import Capture, open_capture

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screens import Stage

_TROUBLED = "SELECT customer_id FROM complaint WHERE open = 1 AND customer_id IS NOT NULL ORDER BY id DESC"


def _capture(stage: Stage, typed: dict[str, str]) -> Capture:
    stage.go("today")
    window = open_capture(stage.window.ctx, stage.window)
    stage.settle()
    window.field.line.setText(typed[stage.language])
    stage.settle()
    return window


def _captured(stage: Stage) -> None:
    """Somebody with an open complaint, and words that say what it is about."""
    stage.go("today")
    window = open_capture(stage.window.ctx, stage.window, stage.book.value(_TROUBLED))
    words = {"en": "The parcel is still not there, third call", "zh_CN": "快递还没到，已经是第三次打电话了"}
    window.words.setText(words[stage.language])
    stage.settle()


def _capture_new(stage: Stage) -> None:
    said = {"en": "Zacharias 139 9999 0000", "zh_CN": "查无此人 139 9999 0000"}
    window = _capture(stage, said)
    window.words.setText({"en": "Lid of the caddy leaks", "zh_CN": "茶叶罐盖子漏气"}[stage.language])
    window.severity.choose("high")
    stage.settle()


WORDS: dict[str, Callable[[Stage], object]] = {
    "capture": _captured,
    "capture-search": lambda stage: _capture(stage, {"en": "a", "zh_CN": "王"}),
    "capture-new": _capture_new,
}
