"""Import and export: the landing page, then the way of one file through its four steps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.progress import Cancelled, Progress
from desktop.core.translation import tr
from desktop.exchange.plan import ImportPlan
from desktop.exchange.vocabulary.subjects import ORDER_DETAILS
from desktop.exchange.whole_book.book import is_whole_book
from desktop.models.changes import Changes
from desktop.views.exchange.done_page import DonePage
from desktop.views.exchange.draft import Draft, read_draft
from desktop.views.exchange.importer import Importer
from desktop.views.exchange.landing import Landing
from desktop.views.exchange.restore_page import RestorePage
from desktop.views.kit.context import Context
from desktop.views.kit.notices import report_error
from desktop.views.kit.offers import offer
from desktop.views.kit.widgets import Page


class ExchangeView(QWidget):
    """Params: `file` (or `path`, or several `paths`) starts with a file, `mode` "export" with the lists out.

    `draft` goes on with an import in the making, as after a change of language.
    """

    def __init__(
        self,
        ctx: Context,
        *,
        file: object = None,
        path: object = None,
        paths: object = None,
        mode: object = None,
        draft: object = None,
    ) -> None:
        super().__init__()
        self.ctx = ctx
        self.page = Page(tr("Import & export"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self.front: QWidget | None = None
        self._offer(tr("Choose a file to import"), "upload", lambda landing: landing.drop_zone.choose())
        self._offer(tr("Export the whole book…"), "download", lambda landing: landing.export("book"))
        several = [str(one) for one in paths] if isinstance(paths, list) else []
        coming = str(file or path or "")
        self._waiting: list[str] = []
        self._put_off: set[Path] = set()
        if isinstance(draft, Draft):
            self._show_importer(draft)
        else:
            self._show_landing()
            if several or coming:
                # After the window has drawn itself: reading may show a bar over it.
                QTimer.singleShot(0, self, lambda: self.open_files(several or [coming]))
            elif mode == "export" and isinstance(self.front, Landing):
                landing = self.front
                QTimer.singleShot(0, landing, landing.focus_export)

    def route_params(self) -> dict[str, object]:
        """What to be built with again."""
        if isinstance(self.front, Importer):
            return {"draft": self.front.draft}
        if isinstance(self.front, RestorePage):
            return {"file": str(self.front.path)}
        return {}

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes back after an import comes for something else."""
        super().showEvent(event)
        if isinstance(self.front, DonePage):
            self._show_landing()

    def _offer(self, text: str, icon_name: str, act: Callable[[Landing], object]) -> None:
        """Put something the landing can do into the command palette."""

        def run() -> None:
            self._show_landing()
            if isinstance(self.front, Landing):
                act(self.front)

        offer(self, text, run, icon_name=icon_name)

    # -- the pages

    def _show(self, page: QWidget) -> None:
        old, self.front = self.front, page
        if old is not None:
            self.page.body.removeWidget(old)
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self.page.body.addWidget(page, 1)
        self.setFocusProxy(page)
        if self.isVisible():
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_landing(self, problem: UserError | None = None) -> None:
        if not isinstance(self.front, Landing):
            landing = Landing(self.ctx)
            landing.drop_zone.files_chosen.connect(self.open_files)
            self._show(landing)
        assert isinstance(self.front, Landing)
        self.front.show_problem(problem)

    def _show_importer(self, draft: Draft) -> None:
        if draft.mapping.target == ORDER_DETAILS and self._waiting and draft.path not in self._put_off:
            self._put_off.add(draft.path)
            self._waiting.append(str(draft.path))
            self._go_on()
            return
        importer = Importer(self.ctx, draft)
        importer.left.connect(self._show_landing)
        importer.imported.connect(self._imported)
        importer.sheet_wanted.connect(lambda sheet: self.open_file(str(draft.path), sheet))
        self._show(importer)

    def _imported(self, plan: ImportPlan, changes: Changes) -> None:
        following = [Path(path).name for path in self._waiting]
        done = DonePage(self.ctx, plan.file_name, changes, plan, following=following)
        done.again.connect(self._go_on)
        self._show(done)

    def _go_on(self) -> None:
        """To the next of the files that were chosen together, else to where files are chosen."""
        if self._waiting:
            self.open_file(self._waiting.pop(0))
        else:
            self._show_landing()

    def _restored(self, path: Path, changes: Changes) -> None:
        done = DonePage(self.ctx, path.name, changes)
        done.again.connect(self._show_landing)
        self._show(done)

    # -- the file

    def open_files(self, files: list[str]) -> None:
        """Bring several files in, one after the other; lists of details after the orders they speak of."""
        self._waiting = sorted(files, key=lambda file: Path(file).name)
        self._put_off.clear()
        self._go_on()

    def open_file(self, file: str, sheet: str | None = None) -> None:
        """Read a file (one sheet of it) and go on to its columns; what can't be read is said there."""
        path = Path(file)
        if is_whole_book(path):
            page = RestorePage(self.ctx, path)
            page.left.connect(self._show_landing)
            page.restored.connect(lambda changes: self._restored(path, changes))
            self._show(page)
            return

        def read(progress: Progress) -> Draft:
            return read_draft(path, sheet, progress)

        self.ctx.tasks.write(
            tr("Reading {file}…", file=path.name),
            read,
            self._show_importer,
            owner=self,
            on_error=self._unreadable,
        )

    def _unreadable(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._show_landing(error)
        elif not isinstance(error, Cancelled):
            self._show_landing()
            report_error(error, self.window())
