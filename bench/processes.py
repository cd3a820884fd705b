"""What a process of its own prints: each measurement begins with nothing loaded and nothing held."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def output(*arguments: str) -> str:
    """What Python prints when started so. Raises CalledProcessError."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
