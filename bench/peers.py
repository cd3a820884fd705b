"""Other programs reading the same file, where they are installed; none of them is a part of Shuke."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.processes import output
from bench.results import Result

_PANDAS = """
import sys, time
begun = time.perf_counter()
import pandas
pandas.read_excel(sys.argv[1], engine=sys.argv[2])
print(time.perf_counter() - begun)
"""


def measure(file: Path, floor: float) -> Iterator[Result]:
    """Seconds of each peer, beside the same floor."""
    for engine in ("openpyxl", "calamine"):
        name = f"  peer: pandas.read_excel with {engine}"
        if importlib.util.find_spec("pandas") is None:
            yield Result(name, 0, "s", note="not installed")
        else:
            yield Result(name, float(output("-c", _PANDAS, str(file), engine)), "s", 0, floor)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    name = "  peer: LibreOffice to .csv"
    if office is None:
        yield Result(name, 0, "s", note="not installed")
        return
    with TemporaryDirectory() as folder:
        begun = time.perf_counter()
        command = [office, "--headless", "--convert-to", "csv", "--outdir", folder, str(file)]
        subprocess.run(command, check=True, capture_output=True)
        yield Result(name, time.perf_counter() - begun, "s", 0, floor)
