"""What narrows the complaints of the screen: scope, words, the drawer's choices, the ids behind a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.core.dates import duration
from desktop.core.translation import tr
from desktop.queries.complaint_facets import clerk_names, facets, product_names
from desktop.queries.complaint_facts import ComplaintFacts, complaint_facts
from desktop.queries.complaint_filter import ComplaintFilter
from desktop.views.complaints.board_column import ColumnKind
from desktop.views.complaints.facet_panel import FacetPanel
from desktop.views.complaints.finder import scope_of

if TYPE_CHECKING:
    from desktop.views.complaints.view import ComplaintsView

_LISTED = ("severities", "subjects", "staff", "products", "statuses")


class Narrowing:
    """Takes what the search, the chips and the drawer ask for, and shows what narrows."""

    def __init__(self, view: ComplaintsView) -> None:
        self._view, self._ctx, self._finder = view, view.ctx, view.finder
        view.bar.scope_chosen.connect(lambda scope: self.narrow(scope=scope))
        view.bar.closed.connect(lambda key: self.narrow(**({"among": None} if key == "shown" else {key: ()})))

    # -- for a route

    def restore(
        self, scope: str, text: str, listed: Mapping[str, Sequence[Any]], among: Sequence[int] | None,
        title: str,
    ) -> None:  # fmt: skip
        """Narrow from the start by what `route_params` gave."""
        self._finder.view = ComplaintFilter(
            scope_of("board" if scope == "open" else scope), text,
            among=None if among is None else tuple(among),
        )  # fmt: skip
        self._finder.change(**{key: tuple(listed[key]) for key in _LISTED if key in listed})
        self._finder.shown_title = title
        self._view.search.set_text(text)

    def route_params(self) -> dict[str, object]:
        """What `restore` takes up again."""
        view = self._finder.view
        params: dict[str, object] = {"scope": view.scope}
        listed = {key: getattr(view, key) for key in _LISTED if getattr(view, key)}
        more = {"text": view.text, "narrowed": listed, "title": self._finder.shown_title}
        params.update({key: value for key, value in more.items() if value})
        if view.among is not None:
            params["among"] = view.among
        return params

    # -- narrowing

    def narrow(self, **values: object) -> None:
        """Narrow otherwise, by the names of ComplaintFilter; the first that is left is chosen."""
        self._finder.change(**values)
        self._changed()

    def _changed(self) -> None:
        view = self._view
        if view.current is not None and not self._finder.holds(view.current):
            view.choose_none()
        view.table.scrollToTop()
        if view.search.text().strip() != self._finder.view.text:
            view.search.set_text(self._finder.view.text)
        self.show()
        view.refresh()

    def show_all(self) -> None:
        """Leave out whatever narrows: what is open is shown."""
        self._finder.view = ComplaintFilter()
        self._changed()

    def show_ids(self, ids: Sequence[int], title: str) -> None:
        """Show the list of these complaints alone, under a chip that says what they are."""
        self._finder.view = ComplaintFilter("all", among=tuple(ids))
        self._finder.shown_title = title
        self._view.search.set_text("")
        self._view.choose_none()
        self.show()
        self._view.show_mode("list")

    def show_rest(self, kind: ColumnKind) -> None:
        """Show a whole column of the board as a list."""
        self._finder.change(statuses=kind.statuses)
        self.show()
        self._view.show_mode("list")

    def show(self) -> None:
        """Show on the chips and the button what narrows."""
        view, book = self._finder.view, self._ctx.book
        names = {
            "staff": clerk_names(book) if view.staff else {},
            "products": product_names(book, dict.fromkeys(view.products, 1)) if view.products else {},
        }
        self._view.bar.choose(view.scope)
        self._view.bar.show_narrowing(view, self._finder.shown_title, names)
        self._view.head.show_facets(view.facets)

    # -- the drawer

    def open_filters(self) -> FacetPanel:
        """Open the drawer of rarer filters."""
        panel = FacetPanel(self._finder.view, self._view)
        panel.changed.connect(lambda view: self._take(panel, view))
        self._count(panel)
        panel.open_below(self._view.head.filter_button)
        return panel

    def _take(self, panel: FacetPanel, view: ComplaintFilter) -> None:
        self._finder.view = view
        self._changed()
        self._count(panel)

    def _count(self, panel: FacetPanel) -> None:
        book, view, now = self._ctx.book, panel.filter(), datetime.now()
        self._ctx.tasks.read(
            lambda _: facets(book, now=now, view=view), panel.show_facets, owner=panel, key="facets"
        )

    # -- facts

    def ask_facts(self) -> None:
        """Count the facts of the chips in the background."""
        book, now = self._ctx.book, datetime.now()
        self._ctx.tasks.read(
            lambda progress: complaint_facts(book, now=now, progress=progress),
            self._show_facts,
            owner=self._view,
            key="facts",
        )

    def _show_facts(self, facts: ComplaintFacts) -> None:
        said = []
        if facts.per_hundred is not None:
            said.append(tr("{n} per 100 orders", n=f"{facts.per_hundred:.1f}"))
        if facts.settling is not None:
            said.append(tr("Median {time} to settle", time=_worked(facts.settling)))
        self._view.bar.show_facts(said)


def _worked(minutes: float) -> str:
    """Working time in hours, however many: a day of it is not one of the calendar."""
    return duration(minutes) if minutes < 60 else tr("{hours} h", hours=f"{minutes / 60:.0f}")
