"""Reads a workbook or text file into a Table, in a process of its own that is watched and may be ended.

A started program and pipes, no fork and nothing only one system has: the same on Windows, on macOS and in the
packaged program. Whatever the file does, here it ends in a table or in one UserError.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import struct
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from desktop.core.progress import SILENT, Progress
from desktop.core.translation import tr
from desktop.exchange.reading.kinds import EVERY_SHEET
from desktop.exchange.reading.packed_values import PackedValues
from desktop.exchange.reading.process_memory import resident_bytes
from desktop.exchange.reading.refusals import refusal
from desktop.exchange.reading.table import Cell, Column, Table

READER_WORD = "--read-workbook"
"""With this word first, the packaged program is the reading process and opens no window."""

MOST_MEMORY = 3 << 30
MOST_SILENCE = 120.0
MOST_TIME = 900.0
_TICK = 0.05
_AHEAD = 4
"""Frames that may wait here: a reader that is faster than we are waits, too."""
_LONGEST_FRAME = 1 << 30
_BLOCK = 1 << 22


def reader_command() -> list[str]:
    """The command that starts the reading process, from the source tree or as the packaged program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, READER_WORD]
    return [_python(), "-m", "desktop.exchange.reading.child"]


def _python() -> str:
    """The Python that reads: in a virtual environment of Windows the one it was made from.

    There `sys.executable` only starts that one as a further process, whose memory nobody would see.
    """
    return str(getattr(sys, "_base_executable", sys.executable)) if os.name == "nt" else sys.executable


def read_file(path: str | Path, *, sheet: str | None = None, progress: Progress = SILENT) -> Table:
    """The whole table of a file; of a workbook, the sheet named or the first that holds something.

    Reports rows done of rows in all (0 while not known). Raises UserError for whatever cannot be read, and
    Cancelled.
    """
    path = _checked(path)
    progress.report(0, 0, tr("Reading {name}…", name=path.name))
    table = _collected(path, [sheet] if sheet else [], progress, hashed=True)[0]
    if not table.height or not table.width:
        raise refusal("blank" if table.kind != "csv" else "empty", path.name)
    return table


def read_sheets(path: str | Path, *, progress: Progress = SILENT) -> list[Table]:
    """Every sheet of a workbook that holds something, hidden ones, too, by one reading process.

    Raises UserError for whatever cannot be read, and Cancelled.
    """
    path = _checked(path)
    return _collected(path, [EVERY_SHEET], progress, hashed=False)


def _checked(path: str | Path) -> Path:
    """The whole path of a file that is one. Raises UserError."""
    path = Path(path).absolute()
    try:
        if not path.is_file():
            raise refusal("other" if path.exists() else "missing", path.name)
    except OSError as fault:
        raise refusal("permission", path.name) from fault
    return path


def _collected(path: Path, sheets: Sequence[str], progress: Progress, *, hashed: bool) -> list[Table]:
    """What a reading process finds in a file that stays as it is. Raises UserError and Cancelled."""
    try:
        before = _state(path)
        reader = _Reader(path, sheets)
        try:
            tables = reader.collect(progress)
        finally:
            reader.end()
        if hashed:
            tables[0].hash = _hash(path, progress)
        if _state(path) != before:
            raise refusal("changed", path.name)
    except FileNotFoundError as fault:
        raise refusal("missing", path.name) from fault
    except OSError as fault:
        raise refusal("permission", path.name) from fault
    return tables


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _hash(path: Path, progress: Progress) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            progress.check()
    return digest.hexdigest()


class _Reader:
    """One reading process, the thread that listens to it, and the tables that grow from what it says."""

    def __init__(self, path: Path, sheets: Sequence[str]) -> None:
        self.table = Table(path, "")
        self._tables = [self.table]
        self._rows = 0
        self._finished = False
        self._process = _started(path, sheets)
        self._frames: queue.Queue[tuple[bytes, bytes]] = queue.Queue(_AHEAD)
        assert self._process.stdout is not None
        self._listener = threading.Thread(
            target=_listen, args=(self._process.stdout, self._frames), name="reader", daemon=True
        )
        self._listener.start()

    def collect(self, progress: Progress) -> list[Table]:
        """Takes what the process says until it is done. Raises UserError and Cancelled."""
        name = self.table.name
        begun = heard = looked = time.monotonic()
        while not self._finished:
            progress.check()
            frame = self._next()
            now = time.monotonic()
            if now - looked >= _TICK:
                looked = now
                if resident_bytes(self._process.pid) > MOST_MEMORY:
                    raise refusal("large", name)
            if now - begun > MOST_TIME or (frame is None and now - heard > MOST_SILENCE):
                raise refusal("slow", name)
            if frame is None:
                continue
            heard = now
            try:
                self._take(*frame)
            except (ValueError, LookupError, TypeError, OverflowError, struct.error) as fault:
                raise refusal("damaged", name) from fault
            progress.report(self.table.height, self._rows, tr("Reading {name}…", name=name))
        return self._tables

    def _next(self) -> tuple[bytes, bytes] | None:
        with suppress(queue.Empty):
            return self._frames.get(timeout=_TICK)
        return None

    def _take(self, kind: bytes, content: bytes) -> None:
        if kind == b"C":
            self._append(content)
        elif kind == b"S":
            said = json.loads(content)
            if self.table.kind:
                self.table = Table(self.table.path, "")
                self._tables.append(self.table)
            self.table.kind, self.table.encoding = said["kind"], said["encoding"]
            self.table.sheets, self.table.sheet = tuple(said["sheets"]), said["sheet"]
            self.table.epoch = said.get("epoch", 1900)
            self._rows = int(said.get("height", 0))
        elif kind == b"E":
            raise refusal(json.loads(content)["code"], self.table.name)
        elif kind == b"Z":
            self._finished = True
        else:
            # The pipe closed before the end was said: the process died of the file.
            raise refusal("damaged", self.table.name)

    def _append(self, content: bytes) -> None:
        (length,) = struct.unpack_from(">I", content)
        head = json.loads(content[4 : 4 + length])
        rows, at = head["rows"], 4 + length
        columns = self.table.columns
        while len(columns) < head["blank"] + len(head["new"]):
            columns.append(Column(array("i", bytes(4 * self.table.height)), PackedValues()))
        for column in columns[: head["blank"]]:
            column.codes.frombytes(bytes(4 * rows))
        for offset, new in enumerate(head["new"]):
            column = columns[head["blank"] + offset]
            column.values.extend(map(_cell, new))
            column.codes.frombytes(content[at : at + 4 * rows])
            at += 4 * rows
        self.table.height += rows
        for column in columns[head["blank"] + len(head["new"]) :]:
            column.codes.frombytes(bytes(4 * rows))

    def end(self) -> None:
        """Ends the process, whatever it is doing, and the thread with it."""
        with suppress(OSError):
            if not self._finished:
                self._process.kill()
        self._process.wait()
        while self._listener.is_alive():
            # It may be waiting to hand over what nobody wants any more.
            with suppress(queue.Empty):
                self._frames.get(timeout=_TICK)
        if self._process.stdout is not None:
            self._process.stdout.close()


def _started(path: Path, sheets: Sequence[str]) -> subprocess.Popen[bytes]:
    """The reading process. Raises UserError when the system has no room for one."""
    try:
        return subprocess.Popen(
            # Names as JSON, for those of a broken workbook may hold what no argument may.
            [*reader_command(), str(path), *map(json.dumps, sheets)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as fault:
        raise refusal("start", path.name) from fault


def _environment() -> dict[str, str]:
    """This process's surroundings, with the places our own modules and the packages are found in."""
    root = str(Path(__file__).resolve().parents[3])
    before = os.environ.get("PYTHONPATH")
    found = {**os.environ, "PYTHONPATH": os.pathsep.join([root, before] if before else [root])}
    if _python() != sys.executable:
        # By this the real Python knows which virtual environment it was started for.
        found["__PYVENV_LAUNCHER__"] = sys.executable
    return found


def _listen(pipe: IO[bytes], frames: queue.Queue[tuple[bytes, bytes]]) -> None:
    """Passes frames on until the pipe ends; an empty frame says that it did."""
    while True:
        head = pipe.read(5)
        length = struct.unpack(">I", head[1:])[0] if len(head) == 5 else 0
        content = pipe.read(length) if length <= _LONGEST_FRAME else b""
        if len(head) < 5 or len(content) < length:
            frames.put((b"", b""))
            return
        frames.put((head[:1], content))
        if head[:1] == b"Z":
            return


def _cell(value: Any) -> Cell:
    """A value as it came through JSON: a list holds a moment."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return datetime.fromisoformat(value[0]).replace(microsecond=0)
    return float(value)
