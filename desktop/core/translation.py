"""The user's language: gettext catalogues, and sentences with named places to fill in."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from desktop.core.paths import resource

LANGUAGES: tuple[tuple[str, str], ...] = (("en", "English"), ("zh_CN", "简体中文"))
"""Every language of the program: its code and what it calls itself."""

SOURCE_LANGUAGE = "en"


class _Spoken(NamedTuple):
    """A language and its catalogue."""

    language: str = SOURCE_LANGUAGE
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


class _Current:
    """The one piece of state: which language is spoken now."""

    spoken = _Spoken()


_aside: ContextVar[_Spoken | None] = ContextVar("_aside", default=None)
"""What is spoken for a while, by one thread alone."""


def _now() -> _Spoken:
    return _aside.get() or _Current.spoken


def mark(message: str) -> str:
    """Mark a text in a module-level table for translation; give it to `tr` when it is shown."""
    return message


def tr(message: str, /, **values: object) -> str:
    """The sentence in the user's language, its `{named}` places filled from the keywords.

    A translation whose places do not match falls back to the English: a slip in a
    catalogue must not stop the shop. The translation check finds such slips.
    """
    translated = _now().catalogue.gettext(message) if message else ""
    return _fill(translated, message, values)


def ntr(one: str, many: str, n: int, /, **values: object) -> str:
    """As `tr`, for a counted thing; `{n}` shows the count with thousands separators."""
    translated = _now().catalogue.ngettext(one, many, n)
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
    _Current.spoken = _spoken(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak `code` within, in this thread alone: for a paper in another language than the window's."""
    before = _aside.set(_spoken(code))
    try:
        yield
    finally:
        _aside.reset(before)


def _spoken(code: str) -> _Spoken:
    code = code or system_language()
    if code not in dict(LANGUAGES):
        code = SOURCE_LANGUAGE
    path = resource(f"translations/{code}.mo")
    if code == SOURCE_LANGUAGE or not path.is_file():
        return _Spoken(code)
    with path.open("rb") as file:
        return _Spoken(code, gettext.GNUTranslations(file))


def language() -> str:
    """The code of the language spoken now."""
    return _now().language


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
