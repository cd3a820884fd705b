"""Background work on the book: one worker, one thing after another, answers only to living owners."""

from __future__ import annotations

import gc
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.core import progress
from desktop.core.progress import Cancelled

if TYPE_CHECKING:
    from desktop.views.kit.progress import ProgressDialog

T = TypeVar("T")
log = logging.getLogger(__name__)

SHOW_AFTER_MS = 300
"""A bar that flashes by for a moment worries more than it tells."""

REPORT_EVERY_S = 0.05


class Progress(progress.Progress):
    """How far a piece of work is: `report` and `check` are for the worker, the rest for the window."""

    def __init__(self, post: Callable[[Progress, int, int, str], object] | None = None) -> None:
        self.listeners: list[Callable[[int, int, str], object]] = []
        """Called in the window's thread with done, total (0: not known) and a sentence (may be "")."""
        self._post = post
        self._stop = threading.Event()
        self._last = 0.0

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        """Say how far we are (`total` 0: not known). Raises `Cancelled` when somebody stopped the work."""
        self.check()
        now = time.monotonic()
        if self._post and (now - self._last > REPORT_EVERY_S or (total and done >= total)):
            self._last = now
            self._post(self, done, total, text)

    def check(self) -> None:
        """Raise `Cancelled` when somebody stopped the work."""
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._stop.is_set()


class _Job:
    def __init__(
        self,
        title: str,
        work: Callable[[Progress], Any],
        on_done: Callable[[Any], object] | None,
        on_error: Callable[[BaseException], object] | None,
        owner: QObject,
        slot: tuple[int, str] | None,
        progress: Progress,
    ) -> None:
        self.title = title
        self.work = work
        self.on_done = on_done
        self.on_error = on_error
        self.owner: QObject | None = owner
        self.slot = slot
        self.progress = progress
        self.cancellable = True
        self.dialog: ProgressDialog | None = None
        self.result: Any = None
        self.error: BaseException | None = None


Report = Callable[[BaseException, QWidget | None], object]


class Tasks(QObject):
    """The worker. Made in the window's thread; every callback comes back there, and only to living owners."""

    busy = Signal(bool)
    """Whether any work is waiting or under way."""
    _finished = Signal(object)
    _reported = Signal(object, object, object, str)

    def __init__(self, report_error: Report | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._latest: dict[tuple[int, str], _Job] = {}
        self._open: set[_Job] = set()
        self._report_error = report_error
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._held = False
        self._finished.connect(self._deliver)
        self._reported.connect(self._tell)

    def read(
        self,
        fn: Callable[[Progress], T],
        on_done: Callable[[T], object],
        *,
        owner: QObject,
        key: str = "",
        on_error: Callable[[BaseException], object] | None = None,
    ) -> Progress:
        """Run `fn(progress)` in the worker, then `on_done(answer)` here if `owner` still lives.

        With a `key`, a later read of the same owner and key makes this one's answer stale: it is
        stopped and dropped. Errors go to `on_error`, else to the error dialog or a notice.
        """
        slot = (id(owner), key) if key else None
        job = _Job("", fn, on_done, on_error, owner, slot, Progress(self._reported.emit))
        if slot:
            earlier = self._latest.get(slot)
            if earlier:
                earlier.progress.cancel()
            self._latest[slot] = job
        self._put(job)
        return job.progress

    def write(
        self,
        title: str,
        fn: Callable[[Progress], T],
        on_done: Callable[[T], object] | None = None,
        *,
        owner: QWidget,
        on_error: Callable[[BaseException], object] | None = None,
        cancellable: bool = True,
    ) -> Progress:
        """As `read`, for work that changes the book or a file: a bar with "Cancel" shows after 300 ms.

        Say `cancellable=False` for work that never looks at its progress and so cannot be stopped.
        """
        job = _Job(title, fn, on_done, on_error, owner, None, Progress(self._reported.emit))
        job.cancellable = cancellable
        self._put(job)
        QTimer.singleShot(SHOW_AFTER_MS, self, lambda: self._show_bar(job))
        return job.progress

    @property
    def idle(self) -> bool:
        """Whether no work is waiting or under way."""
        return not self._open

    def hold(self) -> None:
        """Let work wait until `release`: alone on the processor, a window's first picture comes sooner."""
        self._held = True

    def release(self) -> None:
        """Begin the work that has waited."""
        self._held = False
        if self._open and not self._stopping:
            self._begin()

    def _begin(self) -> None:
        if not self._thread:
            self._thread = threading.Thread(target=self._run, name="shuke-book-worker", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Cancel everything and wait for the worker to end; no callback comes after this."""
        self._stopping = True
        for job in self._open:
            job.progress.cancel()
        if self._thread:
            self._queue.put(None)
            self._thread.join()
            self._thread = None
        self._open.clear()
        self._latest.clear()
        gc.enable()

    def _put(self, job: _Job) -> None:
        if self._stopping:
            return
        if not self._held:
            self._begin()
        if not self._open:
            # Python may collect rubbish in any thread, but a widget must not die in the worker's.
            gc.disable()
            self.busy.emit(True)
        self._open.add(job)
        self._queue.put(job)

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                job.progress.check()
                job.result = job.work(job.progress)
            except BaseException as error:  # noqa: BLE001 - handed to the window's thread, which reports it
                job.error = error
            if not self._stopping:
                self._finished.emit(job)

    def _tell(self, progress: Progress, done: int, total: int, text: str) -> None:
        if not self._stopping:
            for listener in list(progress.listeners):
                listener(done, total, text)

    def _deliver(self, job: _Job) -> None:
        if self._stopping:
            return
        self._open.discard(job)
        if not self._open:
            gc.enable()
            self.busy.emit(False)
        if job.dialog:
            job.dialog.finish()
        current = True
        if job.slot:
            current = self._latest.get(job.slot) is job
            if current:
                del self._latest[job.slot]
        owner, on_done, on_error, result, error = job.owner, job.on_done, job.on_error, job.result, job.error
        # Nothing the job holds may be let go by the worker, which still has it in its hand.
        job.owner = job.on_done = job.on_error = job.result = job.error = job.dialog = None
        job.work = _nothing
        job.progress.listeners.clear()
        if not current or owner is None or not isValid(owner):
            if error and not isinstance(error, Cancelled):
                log.warning("background work nobody waits for any more has failed", exc_info=error)
        elif error is not None:
            self._fail(error, on_error, owner)
        elif on_done:
            on_done(result)

    def _fail(
        self, error: BaseException, on_error: Callable[[BaseException], object] | None, owner: QObject
    ) -> None:
        if on_error:
            on_error(error)
        elif isinstance(error, Cancelled):
            return
        elif self._report_error:
            self._report_error(error, owner.window() if isinstance(owner, QWidget) else None)
        else:
            raise error

    def _show_bar(self, job: _Job) -> None:
        if job not in self._open or job.owner is None or not isValid(job.owner):
            return
        from desktop.views.kit.progress import ProgressDialog

        parent = job.owner.window() if isinstance(job.owner, QWidget) else None
        job.dialog = ProgressDialog(job.title, job.progress, parent, cancellable=job.cancellable)
        job.dialog.open()


def _nothing(progress: Progress) -> None:
    """What a delivered job is left with."""
