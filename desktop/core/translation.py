"""The user's language: gettext catalogues, and sentences with named places to fill in."""

from __future__ import annotations

import gettext
import os
import sys

from desktop.core.paths import resource

LANGUAGES: tuple[tuple[str, str], ...] = (("en", "English"), ("zh_CN", "简体中文"))
"""Every language of the program: its code and what it calls itself."""

SOURCE_LANGUAGE = "en"


class _Current:
    """The one piece of state: which language is spoken now, and its catalogue."""

    language: str = SOURCE_LANGUAGE
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def mark(message: str) -> str:
    """Mark a text in a module-level table for translation; give it to `tr` when it is shown."""
    return message


def tr(message: str, /, **values: object) -> str:
    """The sentence in the user's language, its `{named}` places filled from the keywords.

    A translation whose places do not match falls back to the English: a slip in a
    catalogue must not stop the shop. The translation check finds such slips.
    """
    translated = _Current.catalogue.gettext(message) if message else ""
    return _fill(translated, message, values)


def ntr(one: str, many: str, n: int, /, **values: object) -> str:
    """As `tr`, for a counted thing; `{n}` shows the count with thousands separators."""
    translated = _Current.catalogue.ngettext(one, many, n)
    values["n"] = f"{n:,}"
    return _fill(translated, one if n == 1 else many, values)


def _fill(translated: str, source: str, values: dict[str, object]) -> str:
    if not values:
        return translated
    try:
        return translated.format(**values)
    except (KeyError, IndexError, ValueError):
        if translated == source:
            raise
        return source.format(**values)


def set_language(code: str) -> None:
    """Speak `code` from now on; an empty code follows the system, an unknown one is English."""
    code = code or system_language()
    if code not in dict(LANGUAGES):
        code = SOURCE_LANGUAGE
    _Current.language = code
    _Current.catalogue = _catalogue(code)


def _catalogue(code: str) -> gettext.NullTranslations:
    path = resource(f"translations/{code}.mo")
    if code == SOURCE_LANGUAGE or not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def tr_in(code: str, *messages: str) -> list[str]:
    """Marked texts in a language that the window need not speak: what goes on paper for customers."""
    catalogue = _catalogue(code)
    return [catalogue.gettext(message) for message in messages]


def language() -> str:
    """The code of the language spoken now."""
    return _Current.language


def system_language() -> str:
    """ "zh_CN" when the system speaks Chinese, else "en"."""
    return "zh_CN" if _system_locale().lower().replace("-", "_").startswith(("zh", "chinese")) else "en"


def _system_locale() -> str:
    """The name of the system's language in whatever form the platform gives it, or ""."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value and value not in {"C", "POSIX", "C.UTF-8"}:
            return value
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    if sys.platform == "darwin":
        return _mac_language()
    return os.environ.get("LC_CTYPE", "")


def _mac_language() -> str:
    """What macOS prefers; a program started from the Finder has no LANG to go by."""
    import ctypes
    import ctypes.util

    name = ctypes.util.find_library("CoreFoundation")
    if not name:
        return ""
    core = ctypes.CDLL(name)
    core.CFLocaleCopyPreferredLanguages.restype = ctypes.c_void_p
    core.CFArrayGetCount.argtypes = [ctypes.c_void_p]
    core.CFArrayGetCount.restype = ctypes.c_long
    core.CFArrayGetValueAtIndex.argtypes = [ctypes.c_void_p, ctypes.c_long]
    core.CFArrayGetValueAtIndex.restype = ctypes.c_void_p
    core.CFStringGetCString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_long, ctypes.c_uint32]
    core.CFStringGetCString.restype = ctypes.c_bool
    core.CFRelease.argtypes = [ctypes.c_void_p]
    languages = core.CFLocaleCopyPreferredLanguages()
    if not languages:
        return ""
    try:
        if core.CFArrayGetCount(languages) < 1:
            return ""
        buffer = ctypes.create_string_buffer(64)
        utf8 = 0x08000100
        first = core.CFArrayGetValueAtIndex(languages, 0)
        return buffer.value.decode() if core.CFStringGetCString(first, buffer, 64, utf8) else ""
    finally:
        core.CFRelease(languages)
