"""The card of facts about a customer, each edited where it stands, with more of them at hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.translation import tr
from desktop.operations import customers
from desktop.queries.profile import Profile
from desktop.views.customers.points_field import kinds_menu
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import Card, IconButton, LinkButton
from desktop.views.profile.about import About, checked_words
from desktop.views.profile.fact_editor import FactEditor
from desktop.views.profile.facts import FactList


class AboutCard(Card):
    """What the shop knows; what it does not know is added from a menu, so that the card stays short."""

    def __init__(self, ctx: Context, edit: Callable[[], object]) -> None:
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.add_button = IconButton("plus", tr("Add a detail"), self._offer, role="accent")
        self.history_button = IconButton("history", tr("History"), self.show_history, role="muted")
        edit_button = IconButton("pencil", tr("Edit everything in one form"), edit, role="muted")
        for button in (self.add_button, self.history_button, edit_button):
            row.addWidget(button)
        super().__init__(tr("About"), action=buttons, hug=True)
        self._ctx = ctx
        self._found: Profile | None = None
        self._about: About | None = None
        self.facts = FactList(ctx)
        self.checked = LinkButton("", "circle-check", self.mark_checked)
        self.checked.setToolTip(tr("Details are right: note that they were checked today"))
        self.body.addWidget(self.facts)
        self.body.addWidget(self.checked)

    def show_customer(self, found: Profile) -> None:
        """Show the facts of a customer."""
        self._found, self._about = found, About(self._ctx, found)
        self.facts.show_facts(self._about.shown)
        self.checked.setText(tr("Checked: {when}", when=checked_words(found)))

    def edit_first(self) -> FactEditor | None:
        """Open the first fact."""
        return self.facts.edit(self._about.shown[0]) if self._about else None

    def add_point(self, kind: str, channel: str = "") -> FactEditor | None:
        """Open a line for one more way to reach them."""
        return self.facts.edit(self._about.point_fact(kind, channel)) if self._about else None

    def add_detail(self, key: str) -> FactEditor | None:
        """Open a detail that is not noted yet, or is."""
        if self._about is None:
            return None
        every = (*self._about.shown, *self._about.others, self._about.name_fact())
        return next((self.facts.edit(fact) for fact in every if fact.key == key), None)

    def mark_checked(self) -> None:
        """Note that the details were found right today."""
        if self._found is not None:
            ids = [self._found.id]
            self._ctx.do(lambda: customers.mark_checked(self._ctx.book, customer_ids=ids, today=date.today()))

    def show_history(self) -> None:
        """Show what every field was, when, and by whom."""
        if self._found is not None:
            from desktop.views.profile.history_dialog import open_history

            open_history(self._ctx, self.window(), "customer", self._found.id, self._found.name)

    def _offer(self) -> None:
        menu = kinds_menu(self, self.add_point)
        first = menu.actions()[0]
        for fact in self._about.others if self._about else ():
            action = menu.addAction(fact.title)
            action.triggered.connect(lambda _=False, key=fact.key: self.add_detail(key))
            menu.insertAction(first, action)
        menu.insertSeparator(first)
        action = menu.addAction(tr("Name"))
        menu.insertAction(menu.actions()[0], action)
        action.triggered.connect(lambda _=False: self.add_detail("name"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))
