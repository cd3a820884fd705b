"""The first start: its page in front of all others, and what each of its three ways does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from desktop.core.progress import Progress
from desktop.core.translation import tr
from desktop.views.kit.context import Context

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.models.changes import Changes
    from desktop.views.shell.start import StartPage

MakeSample = Callable[["Book", Progress], "Changes"]


class FirstStart:
    """Puts the start page into `front` and goes on from there with `ctx.navigate`."""

    def __init__(
        self, ctx: Context, front: QStackedWidget, make_sample: MakeSample | None, first: str
    ) -> None:
        self._ctx, self._front, self._make_sample, self._first = ctx, front, make_sample, first
        self.page: StartPage | None = None

    def show(self, switch_language: Callable[[], object]) -> None:
        """Show the page, in the language and look of now."""
        from desktop.views.shell.start import StartPage

        self.end()
        page = StartPage()
        page.empty_wanted.connect(lambda: self._ctx.navigate(self._first))
        page.import_wanted.connect(self._choose_file)
        page.sample_wanted.connect(self._open_sample)
        page.language_wanted.connect(switch_language)
        page.sample_button.setEnabled(self._make_sample is not None)
        self._front.addWidget(page)
        self._front.setCurrentWidget(page)
        self.page = page

    def end(self) -> None:
        """Take the page away."""
        if self.page is not None:
            self._front.removeWidget(self.page)
            self.page.deleteLater()
            self.page = None

    def _choose_file(self) -> None:
        from desktop.views.exchange.drop_zone import ask_for_files

        chosen = ask_for_files(self._ctx, self._front.window())
        if chosen:
            self._ctx.navigate("exchange", paths=chosen)

    def _open_sample(self) -> None:
        make = self._make_sample
        if make is None:
            return

        def done(changes: Changes) -> None:
            self._ctx.changed(changes, quiet=True)
            self._ctx.navigate(self._first)

        self._ctx.tasks.write(
            tr("Making the sample shop"),
            lambda progress: make(self._ctx.book, progress),
            done,
            owner=self._front,
        )
