"""The card of a profile that says who belongs to the customer, who brought them and whom they brought."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from desktop.core import words
from desktop.core.figures import short_money
from desktop.core.translation import ntr, tr
from desktop.queries.profile import Profile
from desktop.queries.relations import ReferralTree, Related
from desktop.views.customers.words import display_name
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.widgets import Card, ElidedLabel, IconButton, LinkButton, clear, label
from desktop.views.profile.relation_form import ReferralForm, RelationForm
from desktop.views.profile.tree import TreeView, lines
from desktop.views.timeline.words import cut


class RelationsCard(Card):
    """Family, colleagues and friends in lines; below them the tree of referrals with its total."""

    def __init__(self, ctx: Context, currency: str) -> None:
        self.add_button = IconButton("plus", tr("Relate to another customer"), role="accent")
        super().__init__(tr("Relations"), action=self.add_button, hug=True)
        self._ctx, self._currency = ctx, currency
        self._found: Profile | None = None
        self._tree = ReferralTree()
        menu = QMenu(self.add_button)
        menu.addAction(tr("Family, colleague or friend…"), self.relate)
        menu.addAction(tr("Who brought them…"), lambda: self.refer(brought=False))
        menu.addAction(tr("Somebody who came through them…"), lambda: self.refer(brought=True))
        self.add_button.setMenu(menu)
        self.people = QVBoxLayout()
        self.people.setSpacing(2)
        self.total = label(size=theme.SMALL, bold=True, wrap=True)
        self.tree = TreeView()
        self.tree.opened.connect(lambda row: ctx.navigate("profile", customer=row))
        self.tree.more.connect(self.show_more)
        self._nothing = label(
            tr("Nobody noted yet: who brought them, their family, their colleagues."),
            size=theme.SMALL,
            role="muted",
            wrap=True,
        )
        self.body.addLayout(self.people)
        self.body.addWidget(self.total)
        self.body.addWidget(self.tree)
        self.body.addWidget(self._nothing)

    def show_relations(self, found: Profile, people: Sequence[Related], tree: ReferralTree) -> None:
        """Show a customer's."""
        self._found, self._tree = found, tree
        clear(self.people)
        for person in people:
            self.people.addLayout(self._person(person))
        any_tree = bool(tree.above or tree.customers)
        self.total.setText(total_words(tree, self._currency))
        self.total.setVisible(bool(tree.customers))
        self.tree.setVisible(any_tree)
        self.tree.show_lines(lines(tree, found.id, found.name, self._currency) if any_tree else [])
        self._nothing.setVisible(not people and not any_tree)

    def relate(self, known: Related | None = None) -> RelationForm | None:
        """Ask who is what to the customer."""
        if self._found is None:
            return None
        form = RelationForm(self._ctx, self._found.id, self._found.name, known, self.window())
        form.open()
        return form

    def refer(self, *, brought: bool) -> ReferralForm | None:
        """Ask whom they brought, or who brought them."""
        if self._found is None:
            return None
        form = ReferralForm(
            self._ctx, self._found.id, self._found.name, brought=brought, parent=self.window()
        )
        form.open()
        return form

    def show_more(self, ids: Sequence[int]) -> None:
        """List those for whom the tree has no room."""
        from desktop.views.insights import row_subjects, rows_dialog

        name = display_name(self._found.name) if self._found else ""
        title = tr("Came through {name}", name=cut(name, 30))
        subject = row_subjects.customers(self._ctx)
        rows_dialog.RowsDialog(self._ctx, title, array("q", ids), subject, self.window()).open()

    def _person(self, person: Related) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        name = LinkButton(cut(display_name(person.name), 14), on_click=self._opener(person.customer_id))
        name.setToolTip(display_name(person.name))
        kind = words.name(words.RELATIONSHIPS, person.kind)
        text = tr("{kind}: {note}", kind=kind, note=person.note) if person.note else kind
        row.addWidget(name)
        row.addWidget(ElidedLabel(text, size=theme.SMALL, role="muted"), 1)
        edit = IconButton(
            "pencil",
            tr("Change how {name} is related", name=display_name(person.name)),
            lambda: self.relate(person),
            role="muted",
        )
        edit.setFixedSize(26, 24)
        row.addWidget(edit)
        return row

    def _opener(self, row: int) -> Callable[[], object]:
        return lambda: self._ctx.navigate("profile", customer=row)


def total_words(tree: ReferralTree, currency: str) -> str:
    """Brought 7 customers, ¥12,300."""
    amount = short_money(tree.spend, currency)
    if tree.more:
        return tr("Brought more than {n} customers, {amount}", n=f"{tree.customers:,}", amount=amount)
    return ntr(
        "Brought {n} customer, {amount}", "Brought {n} customers, {amount}", tree.customers, amount=amount
    )
