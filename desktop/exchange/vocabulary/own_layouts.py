"""The user's own layouts: kept from a mapping put right by hand, or written by hand into their folder.

They are recognised before those that ship. One that is broken is skipped and stands in the log.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.errors import UserError
from desktop.core.paths import data_folder
from desktop.core.translation import tr
from desktop.exchange.vocabulary import synonyms
from desktop.exchange.vocabulary.layout_file import Layout, LayoutError, Shape, numbered, read_layout
from desktop.exchange.writers.saving import explain, written_beside

if TYPE_CHECKING:
    from desktop.exchange.matching.mapping import Mapping as Matching
    from desktop.exchange.reading.table import Table

log = logging.getLogger(__name__)

_PREFIX = "own-"
_NAME_LENGTH = 60
_Seen = tuple[tuple[str, int, int], ...]
_known: dict[Path, tuple[_Seen, tuple[Layout, ...]]] = {}


def folder() -> Path:
    """Where they are; it need not exist yet."""
    return data_folder() / "layouts"


def most_demanding(found: Iterable[Layout]) -> tuple[Layout, ...]:
    """In the order in which files are tried against them."""
    return tuple(sorted(found, key=lambda layout: (-len(layout.recognise), layout.name)))


def own() -> tuple[Layout, ...]:
    """Every one that can be read, the most demanding first."""
    where = folder()
    paths = sorted(where.glob("*.toml")) if where.is_dir() else []
    seen = tuple((path.name, (stat := path.stat()).st_mtime_ns, stat.st_size) for path in paths)
    if where not in _known or _known[where][0] != seen:
        _known[where] = seen, most_demanding(filter(None, map(_read, paths)))
    return _known[where][1]


def _read(path: Path) -> Layout | None:
    try:
        return read_layout(path)
    except (LayoutError, OSError) as fault:
        log.warning("Left out the layout %s: %s", path.name, fault)
        return None


def save(mapping: Matching, table: Table, title: str) -> Layout:
    """Keeps how a file's columns were placed, for the next file with its headers. Raises UserError.

    A layout kept before for the same headers makes way.
    """
    from desktop.exchange.vocabulary.layouts import named

    headers = [
        column.header
        for column in mapping.columns
        if mapping.header_row >= 0 and table.text(mapping.header_row, column.index).strip()
    ]
    if not headers:
        raise UserError(
            tr("“{name}” has no headers to recognise it by.", name=table.name),
            tr("Write a name above each column and import it again."),
        )
    title = " ".join(title.split()) or table.path.stem
    base = named(mapping.layout) if mapping.layout else None
    recognised = frozenset(map(synonyms.folded, headers))
    path = _place(folder(), title, recognised)
    text = _written(path.stem, title, mapping, base, headers)
    with written_beside(path) as beside:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8", newline="\n")
    for old in own():
        if old.recognise == recognised and old.name != path.stem:
            forget(old.name)
    return read_layout(path)


def forget(name: str) -> None:
    """Deletes one; nothing happens where there is none of that name. Raises UserError where it may not."""
    where = folder()
    for path in where.glob("*.toml") if where.is_dir() else ():
        found = _read(path)
        if found is not None and found.name == name:
            try:
                path.unlink(missing_ok=True)
            except OSError as fault:
                raise explain(fault, path) from fault


def _place(where: Path, title: str, recognised: frozenset[str]) -> Path:
    """A file of its own, or that of the layout it replaces."""
    name = re.sub(r"[^\w]+", "-", title.lower()).strip("-_")[:_NAME_LENGTH] or "layout"
    number = 1
    while True:
        path = where / f"{_PREFIX}{name}{f'-{number}' if number > 1 else ''}.toml"
        if not path.exists():
            return path
        old = _read(path)
        if old is not None and old.name == path.stem and old.recognise == recognised:
            return path
        number += 1


# --- writing it


def _written(name: str, title: str, mapping: Matching, base: Layout | None, headers: list[str]) -> str:
    """The file's text. Only what layout_file.py reads: texts, truths, lists and tables of texts."""
    columns: dict[str, str] = {}
    for column in mapping.columns:
        columns[column.header] = columns.get(column.header) or column.field
    shape = mapping.shape
    facts: dict[str, str | bool | None] = {"day_first": mapping.day_first}
    if base is not None:
        facts |= {
            "paid_is_net": base.paid_is_net,
            "paid_is_due": base.paid_is_due,
            "status_by_line": base.status_by_line,
            "amounts": base.amounts,
            "currency": base.currency,
            "country": base.country,
            "multi": base.multi,
        }
    lines = [
        f"name = {_quoted(name)}",
        f"target = {_quoted(mapping.target)}",
        f"channel = {_quoted(base.channel if base else '')}",
        f"recognise = {_listed(dict.fromkeys(headers))}",
        "whole_header = true",
        *([f"fill_down = {_listed(shape.fill_down)}"] if shape.fill_down else []),
        *_section("title", {"en": _quoted(title)}),
        *_section(
            "facts",
            {
                key: str(value).lower() if isinstance(value, bool) else _quoted(value)
                for key, value in facts.items()
                if value is not None and value != ""
            },
        ),
        *_section(
            "columns",
            {
                header: _quoted(field)
                for header, field in columns.items()
                if not _is_part(shape, header, field)
            },
        ),
        *_section(
            "join",
            {key: f"[{', '.join(map(_listed, values))}]" for key, values in _joins(mapping).items()},
        ),
        *_section("join_with", {key: _quoted(text) for key, text in shape.join_with.items()}),
        *_section("keep", {header: _listed(these) for header, these in shape.keep.items()}),
        *_section("drop", {header: _listed(these) for header, these in shape.drop.items()}),
        *_section("repeat", {key: _quoted(pattern) for key, pattern in shape.repeat.items()}),
        *_section("statuses", {w: _quoted(code) for w, code in (base.statuses if base else {}).items()}),
    ]
    known = {key: dict(told) for key, told in (base.words if base else {}).items()}
    for key, told in mapping.words.items():
        if key in columns.values():
            known.setdefault(key, {}).update(told)
    for key, told in known.items():
        lines += _section(f"words.{_quoted(key)}", {word: _quoted(code) for word, code in told.items()})
    for key, (header, pattern, form) in shape.extract.items():
        how = {"column": _quoted(header), "pattern": _quoted(pattern.pattern)}
        if form:
            how["as"] = _quoted(form)
        lines += _section(f"extract.{_quoted(key)}", how)
    for header, told in shape.status_of.items():
        lines += _section(
            f"status_of.{_quoted(header)}", {word: _quoted(code) for word, code in told.items()}
        )
    return "\n".join(lines) + "\n"


def _is_part(shape: Shape, header: str, field: str) -> bool:
    """Whether a column is a part of its field's value, and stands under [join]."""
    parts = (part for these in shape.join.get(field, ()) for part in these)
    return any(numbered(part).fullmatch(synonyms.folded(header)) for part in parts)


def _joins(mapping: Matching) -> dict[str, list[tuple[str, ...]]]:
    """The parts that still go where the layout sent them."""
    placed = [(column.field, synonyms.folded(column.header)) for column in mapping.columns if column.field]

    def stays(key: str, part: str) -> bool:
        return any(to == key and numbered(part).fullmatch(name) for to, name in placed)

    found: dict[str, list[tuple[str, ...]]] = {}
    for key, values in mapping.shape.join.items():
        kept = [tuple(part for part in parts if stays(key, part)) for parts in values]
        if any(kept):
            found[key] = [parts for parts in kept if parts]
    return found


def _section(name: str, entries: Mapping[str, str]) -> list[str]:
    if not entries:
        return []
    return ["", f"[{name}]", *(f"{_quoted(key)} = {value}" for key, value in entries.items())]


def _listed(texts: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, texts)) + "]"


def _quoted(text: object) -> str:
    """A TOML basic string: JSON's escapes are among its own, save that it wants 7F escaped, too."""
    clean = str(text).encode("utf-8", "replace").decode("utf-8")
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")
