"""Qt's own words and dates in the user's language: file dialogs, context menus, the calendar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator


class _Current:
    """The translator in use; Qt does not keep it alive."""

    translator: QTranslator | None = None


def speak_qt(language: str) -> None:
    """Let Qt speak "en" or "zh_CN" from now on; widgets made before keep their words."""
    app = QCoreApplication.instance()
    if app is None:
        return
    QLocale.setDefault(QLocale(language))
    if _Current.translator is not None:
        app.removeTranslator(_Current.translator)
        _Current.translator = None
    if language == "en":
        return
    made = QTranslator(app)
    if made.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(made)
        _Current.translator = made
