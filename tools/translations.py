"""Collect the program's sentences, keep the Chinese catalogue in step with them, and say what is amiss.

`run translations` merges what stands in `resources/translations/parts/`, collects the sentences from
`desktop/`, and writes `zh_CN.po` and `zh_CN.mo`; `run check` and a test ask `problems()`.
"""

from __future__ import annotations

import argparse
import ast
import io
import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "desktop"
FOLDER = ROOT / "resources" / "translations"
LOCALE = "zh_CN"
KEYWORDS = {"tr": None, "ntr": (1, 2), "mark": None}
WIDTH = 110

Key = str | tuple[str, ...]


class PlainCatalog(Catalog):
    """A catalogue whose header holds nothing that differs from one machine or day to the next."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header's fields."""
        return [
            ("Project-Id-Version", "Shuke"),
            ("Language", LOCALE),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=1; plural=0;"),
        ]


def new_catalog() -> PlainCatalog:
    """An empty Chinese catalogue."""
    catalog = PlainCatalog(locale=LOCALE, fuzzy=False)
    catalog.header_comment = "# Shuke in simplified Chinese; `run translations` keeps this file in step."
    return catalog


def extract(sources: Path = SOURCES) -> dict[str, Key]:
    """Every sentence that the code under `sources` hands to `tr`, `ntr` or `mark`: msgid -> its full id.

    A sentence that is counted in one place and plain in another is one entry, the counted one.
    """
    found: dict[str, Key] = {}
    methods = [("**.py", "python")]
    for _, _, message, _, _ in extract_from_dir(sources, method_map=methods, keywords=KEYWORDS):
        key: Key = message if isinstance(message, str) else tuple(message or ())
        first = key if isinstance(key, str) else key[0]
        if first and (first not in found or not isinstance(key, str)):
            found[first] = key
    return found


def read(path: Path) -> Catalog:
    """A catalogue from a .po file.

    Raises:
        ValueError: the file is not well-formed; says which file and where.
    """
    try:
        with path.open("rb") as file:
            return read_po(file, locale=LOCALE, abort_invalid=True)
    except PoFileError as error:
        raise ValueError(f"{path.name}: {error} ({error.line.strip()!r})") from error


def parts(folder: Path = FOLDER) -> list[Path]:
    """The files with translations that wait to be merged."""
    return sorted((folder / "parts").glob("*.po"))


def key_of(message: Message) -> str:
    """The msgid by which gettext finds a message."""
    return message.id if isinstance(message.id, str) else message.id[0]


def strings_of(message: Message) -> list[str]:
    """A message's translations: one, or one a plural form."""
    if isinstance(message.string, str):
        return [message.string]
    return [text or "" for text in message.string or ()]


def text_of(message: Message) -> str:
    """A message's Chinese, which has one form only; "" when there is none."""
    return next((text for text in strings_of(message) if text), "")


def translated(catalogs: Iterable[tuple[str, Catalog]]) -> tuple[dict[str, Message], list[str]]:
    """What the catalogues translate, msgid -> entry, the first one winning; and where two disagree."""
    known: dict[str, Message] = {}
    disagreements = []
    for name, catalog in catalogs:
        for message in [*catalog, *catalog.obsolete.values()]:
            key, text = key_of(message), text_of(message)
            if not key or not text or message.fuzzy:
                continue
            first = text_of(known.setdefault(key, message))
            if first != text:
                disagreements.append(f"{name}: {key!r} is {first!r} already, not {text!r}")
    return known, disagreements


def build(wanted: dict[str, Key], known: dict[str, Message]) -> PlainCatalog:
    """The catalogue of all wanted sentences with what is known of their Chinese; the rest is obsolete."""
    catalog = new_catalog()
    for first, key in sorted(wanted.items()):
        text = text_of(known[first]) if first in known else ""
        catalog.add(key, text if isinstance(key, str) else (text,))
    for first, message in sorted(known.items()):
        if first not in wanted:
            catalog.obsolete[first] = Message(message.id, message.string)
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """The .po file of a catalogue: sorted, without places in the code, which change with every line."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=WIDTH, no_location=True, sort_output=True)
    return buffer.getvalue().rstrip(b"\n") + b"\n"


def mo_bytes(catalog: Catalog) -> bytes:
    """The compiled .mo file of a catalogue; the same catalogue gives the same bytes."""
    plain = new_catalog()
    for message in catalog:
        if message.id and any(strings_of(message)) and not message.fuzzy:
            plain.add(message.id, message.string)
    buffer = io.BytesIO()
    write_mo(buffer, plain)
    return buffer.getvalue()


def update(sources: Path = SOURCES, folder: Path = FOLDER, *, prune: bool = False) -> list[str]:
    """Merge the parts, bring zh_CN.po in step with the code and compile it; returns what to look at.

    Translations that the code no longer asks for stay as obsolete entries, to come back with their
    sentence, until `prune` drops them. Every file is read before the first is written, so that a part
    that cannot be read stops everything with nothing changed.
    """
    po, mo = folder / f"{LOCALE}.po", folder / f"{LOCALE}.mo"
    merged = parts(folder)
    catalogs = [(path.name, read(path)) for path in ([po] if po.exists() else []) + merged]
    known, notes = translated(catalogs)
    wanted = extract(sources)
    catalog = build(wanted, known)
    if prune:
        catalog.obsolete.clear()
    po.write_bytes(po_bytes(catalog))
    mo.write_bytes(mo_bytes(catalog))
    for path in merged:
        path.unlink()
    return notes


def places(text: str) -> set[str]:
    """The named places of a sentence: {"n"} for "{n} rows".

    Raises:
        ValueError: a brace stands alone.
    """
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def message_problems(message: Message) -> Iterator[str]:
    """What is wrong with one entry of the catalogue."""
    key = key_of(message)
    source = message.id if isinstance(message.id, str) else message.id[-1]
    strings = strings_of(message)
    if message.fuzzy:
        yield f"fuzzy: {key!r}"
    if not strings or not all(text.strip() for text in strings):
        yield f"not translated: {key!r}"
        return
    for text in strings:
        try:
            if places(text) != places(source):
                yield f"places differ: {source!r} and {text!r}"
        except ValueError:
            # Texts without values are never formatted, so a lone brace is wrong only if the two differ.
            if text.count("{") != source.count("{") or text.count("}") != source.count("}"):
                yield f"braces differ: {source!r}, {text!r}"


def computed_sentences(sources: Path = SOURCES) -> list[str]:
    """Calls of `tr`, `ntr` and `mark` whose sentence is put together at run time, where none can find it."""
    found = []
    for path in sorted(sources.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                texts = node.args[: 2 if node.func.id == "ntr" else 1]
                if any(isinstance(text, ast.JoinedStr | ast.BinOp) for text in texts):
                    place = path.relative_to(sources.parent).as_posix()
                    found.append(f"put together at run time: {place}:{node.lineno}")
    return found


def problems(sources: Path = SOURCES, folder: Path = FOLDER) -> list[str]:
    """Everything that keeps the Chinese from being complete and in step, a line each; empty if nothing."""
    po, mo = folder / f"{LOCALE}.po", folder / f"{LOCALE}.mo"
    found = [f"not merged yet: parts/{path.name}" for path in parts(folder)]
    found += computed_sentences(sources)
    try:
        catalog = read(po)
    except (OSError, ValueError) as error:
        return [*found, f"{po.name} cannot be read: {error}"]
    wanted = extract(sources)
    entries = {key_of(message): message for message in catalog if message.id}
    found += [f"missing: {key!r}" for key in sorted(set(wanted) - set(entries))]
    found += [f"no longer in the code: {key!r}" for key in sorted(set(entries) - set(wanted))]
    found += [f"obsolete entry: {key!r}" for key in sorted(map(str, catalog.obsolete))]
    for key, message in entries.items():
        if key in wanted and wanted[key] != message.id:
            found.append(f"plural differs: {key!r}")
        found += message_problems(message)
    if not mo.is_file() or mo.read_bytes() != mo_bytes(catalog):
        found.append(f"{mo.name} is older than {po.name}")
    return found


def main() -> int:
    """Do what the word says; the exit status is 1 when something is left to do."""
    parser = argparse.ArgumentParser(prog="run translations", description=__doc__)
    parser.add_argument("word", choices=["update", "check"])
    parser.add_argument("--prune", action="store_true", help="drop what the code no longer asks for")
    options = parser.parse_args()
    if options.word == "update":
        try:
            notes = update(prune=options.prune)
        except (OSError, ValueError) as error:
            print(f"nothing was changed: {error}")
            return 1
        for note in notes:
            print(note)
    found = problems()
    for line in found:
        print(line)
    print(f"translations: {len(extract())} sentences, {len(found)} to mend")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
