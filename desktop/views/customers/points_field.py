"""All the ways to reach a customer in a form: any number of phones, accounts, addresses, one the main one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.operations.contact_points import Point
from desktop.views.customers.point_edit import PointEdit, point_name
from desktop.views.kit import icons, theme
from desktop.views.kit.context import Context
from desktop.views.kit.fields import Field
from desktop.views.kit.widgets import IconButton, SecondaryButton, label

ACCOUNTS = ("member", "taobao", "jd", "pinduoduo", "douyin", "1688", "youzan", "site", "other")
KINDS: tuple[tuple[str, str], ...] = (
    ("phone", ""), ("wechat", ""), ("email", ""), ("qq", ""), ("weibo", ""), ("address", ""),
    *(("account", channel) for channel in ACCOUNTS),
)  # fmt: skip
"""What may be added, as (kind, channel)."""
_NAME_WIDTH = 112


def kinds_menu(parent: QWidget, add: Any) -> QMenu:
    """A menu of everything by which a customer may be reached; `add` gets the kind and channel chosen."""
    menu = QMenu(parent)
    for kind, channel in KINDS:
        if (kind, channel) == ("account", ACCOUNTS[0]):
            menu.addSeparator()
        action = menu.addAction(point_name(kind, channel))
        action.triggered.connect(lambda _=False, kind=kind, channel=channel: add(kind, channel))
    return menu


class _Row(QWidget):
    """One point: its kind, the line, whether it is the main one of its kind, and its end."""

    def __init__(self, field: PointsField, edit: PointEdit, main: bool) -> None:
        super().__init__()
        self.edit, self.main = edit, main
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        name = label(point_name(edit.kind, edit.channel), size=theme.SMALL, role="muted", wrap=True)
        name.setFixedWidth(_NAME_WIDTH)
        name.setMinimumHeight(34)
        name.setBuddy(edit.line)
        self.star = IconButton("star", "", lambda: field.make_main(self), role="muted")
        cross = IconButton(
            "x", tr("Remove {name}", name=name.text()), lambda: field.remove(self), role="muted"
        )
        row.addWidget(name)
        row.addWidget(edit, 1)
        row.addWidget(self.star)
        row.addWidget(cross)
        for widget in (name, self.star, cross):
            if (item := row.itemAt(row.indexOf(widget))) is not None:
                item.setAlignment(Qt.AlignmentFlag.AlignTop)


class PointsField(Field):
    """Rows of points; the value is a list of `Point`, blanks left out."""

    def __init__(self, ctx: Context, title: str, *, customer_id: int | None = None) -> None:
        self._ctx, self._customer = ctx, customer_id
        self.rows: list[_Row] = []
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        column.addLayout(self._column)
        self.add_button = SecondaryButton(tr("Another way to reach them"), "plus", small=True)
        self.add_button.setMenu(kinds_menu(self.add_button, self.add))
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        column.addLayout(foot)
        super().__init__(title, holder)

    def add(self, kind: str, channel: str = "", value: str = "", *, main: bool = False) -> PointEdit:
        """Add a row; an empty one gets the keyboard."""
        edit = PointEdit(self._ctx, kind, channel, value, customer_id=self._customer)
        row = _Row(self, edit, main)
        # Points of a kind stand together.
        alike = [at for at, other in enumerate(self.rows) if other.edit.kind == kind]
        for other in (self.rows[at] for at in alike if main):
            other.main = False
        at = alike[-1] + 1 if alike else len(self.rows)
        self.rows.insert(at, row)
        self._column.insertWidget(at, row)
        edit.changed.connect(self.changed)
        self._show_main()
        if not value and self.isVisible():
            edit.line.setFocus()
            self.changed.emit()
        return edit

    def remove(self, row: _Row) -> None:
        """Take a row away."""
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._show_main()
        self.changed.emit()

    def make_main(self, row: _Row) -> None:
        """Make a row's point the main one of its kind."""
        for other in self.rows:
            if other.edit.kind == row.edit.kind:
                other.main = other is row
        self._show_main()
        self.changed.emit()

    def lines(self, kind: str) -> list[PointEdit]:
        """The lines of one kind, from the top."""
        return [row.edit for row in self.rows if row.edit.kind == kind]

    def value(self) -> list[Point]:
        return [row.edit.point(main=row.main) for row in self.rows if row.edit.line.text().strip()]

    def set_value(self, value: Iterable[Any]) -> None:
        for row in list(self.rows):
            self.remove(row)
        for point in value:
            self.add(point.kind, point.channel, point.value, main=point.main)

    def check(self) -> bool:
        """Whether each can be kept; the first that can't gets the keyboard."""
        wrong = [row.edit for row in self.rows if not row.edit.check()]
        if wrong:
            self.setFocusProxy(wrong[0])
        return not wrong

    def _show_main(self) -> None:
        for row in self.rows:
            alike = [other for other in self.rows if other.edit.kind == row.edit.kind]
            if not any(other.main for other in alike):
                alike[0].main = True
            name = tr("The main one") if row.main else tr("Make it the main one")
            row.star.setVisible(len(alike) > 1)
            row.star.setIcon(icons.icon("star", "amber" if row.main else "muted"))
            row.star.setAccessibleName(name)
            row.star.setToolTip(name)
