"""The floor of every start: a window with nothing in it, that says a word once it answers."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class _Window(QMainWindow):
    """Tells on its first paint, as the program does."""

    def paintEvent(self, event: object) -> None:
        QTimer.singleShot(0, self, self._tell)

    def _tell(self) -> None:
        sys.stdout.write("usable\n")
        sys.stdout.flush()
        self.close()


app = QApplication(sys.argv)
window = _Window()
window.resize(1280, 800)
window.show()
sys.exit(app.exec())
