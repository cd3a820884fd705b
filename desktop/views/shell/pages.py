"""The pages in front of each other: where the window is, the way back, and building all of it anew."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.views.kit.context import Context
from desktop.views.shell.places import BY_KEY, Route, build

MOST_REMEMBERED = 50


class Pages(QStackedWidget):
    """A page a place, built on first visit; a page built for one thing goes when it is left."""

    arrived = Signal(object)
    """The `Route` the window is at now."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._pages: dict[str, QWidget] = {}
        self._route: Route | None = None
        self._way: list[Route] = []

    def route(self) -> Route | None:
        """Where the window is, with what the page says it should be built with again."""
        if self._route is None:
            return None
        page = self._pages.get(self._route.place)
        params = getattr(page, "route_params", None)
        return Route(self._route.place, dict(params())) if callable(params) else self._route

    def page(self) -> QWidget | None:
        """The page in front."""
        return self._pages.get(self._route.place) if self._route else None

    def go(self, place: str, /, **params: object) -> None:
        """Go to a place; a page that stands there already stays as it was left, unless there are params."""
        here = self.route()
        if here is not None:
            self._way = [*self._way[-MOST_REMEMBERED:], here]
        self._show(Route(place, params))

    def back(self) -> bool:
        """Go where the window was before; False when there is nowhere."""
        if not self._way:
            return False
        self._show(self._way.pop(), going_back=True)
        return True

    def rebuild(self) -> None:
        """Throw every page away and build the one in front anew."""
        here = self.route()
        for place in list(self._pages):
            self._throw_away(place)
        self._route = None
        if here is not None:
            self._show(here)

    def _show(self, route: Route, *, going_back: bool = False) -> None:
        left = self._route.place if self._route else ""
        kept = BY_KEY[route.place].keeps and (going_back or not route.params)
        if route.place in self._pages and not kept:
            self._throw_away(route.place)
        page = self._pages.get(route.place)
        if page is None:
            page = build(route, self._ctx)
            if page.focusPolicy() == Qt.FocusPolicy.NoFocus and page.focusProxy() is None:
                page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._pages[route.place] = page
            self.addWidget(page)
        self._route = route
        self.setCurrentWidget(page)
        if left and left != route.place and not BY_KEY[left].keeps:
            self._throw_away(left)
        focused = QApplication.focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.arrived.emit(route)

    def _throw_away(self, place: str) -> None:
        page = self._pages.pop(place, None)
        if page is not None:
            self.removeWidget(page)
            page.hide()
            page.setParent(None)
            page.deleteLater()
