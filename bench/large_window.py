"""A window on a large book that shows its first page and then every customer; its parent weighs it."""

import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.core.settings import MachineSettings
from desktop.models.book import Book
from desktop.operations.settings import Settings
from desktop.views.kit import theme
from desktop.views.kit.context import Context
from desktop.views.kit.tasks import Tasks
from desktop.views.shell.main_window import MainWindow


def settle(tasks: Tasks) -> None:
    """Lets the window work until nothing is under way for a while."""
    loop = QEventLoop()
    quiet = 0

    def look() -> None:
        nonlocal quiet
        quiet = quiet + 1 if tasks.idle else 0
        if quiet > 5:
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    loop.exec()


app = QApplication(sys.argv[:1])
theme.apply(app, theme.resolve("light"))
with Book.open(Path(sys.argv[1])) as book:
    tasks = Tasks()
    window = MainWindow(Context(book=book, settings=Settings(book, MachineSettings()), tasks=tasks))
    window.show()
    settle(tasks)
    window.go("customers")
    settle(tasks)
    print("settled", flush=True)
    sys.stdin.readline()
    tasks.stop()
    window.close()
