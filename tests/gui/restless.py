"""Lets restless hands loose for longer than the test suite has time.

`python -m tests.gui.restless --seeds 1-20 --steps 300 [--book FILE | --empty] [--size 1280x720]`
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from desktop.models.book import Book
from desktop.operations.demo import make_demo
from tests.gui.complaint_hands import ComplaintHands
from tests.gui.hands import Hands
from tests.gui.insight_hands import InsightHands
from tests.gui.letting_loose import let_loose


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Let many hands loose, one after another."""
    parser = argparse.ArgumentParser(prog="restless")
    parser.add_argument("--seeds", default="1-3")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--language", default="")
    parser.add_argument("--size", default="")
    parser.add_argument("--book", type=Path, default=None, help="a book to play with copies of")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--customers", type=int, default=120)
    parser.add_argument("--complaints", action="store_true", help="have them know what to do with complaints")
    parser.add_argument(
        "--insights", action="store_true", help="have them know the insights' tabs and filters"
    )
    parser.add_argument("--slow", type=float, default=5.0, help="seconds that nothing may take")
    chosen = parser.parse_args(arguments)
    faulthandler.enable()
    kind = InsightHands if chosen.insights else ComplaintHands if chosen.complaints else Hands
    first, _, last = chosen.seeds.partition("-")
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["SHUKE_HOME"] = folder
        made: dict[str, Path] = {}
        for seed in range(int(first), int(last or first) + 1):
            language = chosen.language or ("en", "zh_CN")[seed % 2]
            size = ((1440, 900), (1280, 720))[seed // 2 % 2]
            if chosen.size:
                width, height = map(int, chosen.size.split("x"))
                size = (width, height)
            if language not in made:
                made[language] = chosen.book or place / f"first-{language}.shuke"
                if chosen.book is None:
                    with Book.create(made[language]) as fresh:
                        if not chosen.empty:
                            make_demo(
                                fresh, customers=chosen.customers, today=date.today(), language=language
                            )
            path = place / f"played-{seed}.shuke"
            shutil.copyfile(made[language], path)
            began = time.monotonic()
            with Book.open(path) as book:
                hands = let_loose(
                    book, place / str(seed), seed, chosen.steps, language=language, size=size,
                    look=("light", "dark")[seed // 3 % 2], slow=chosen.slow,
                    kind=kind,
                )  # fmt: skip
            path.unlink()
            _say(f"seed {seed} {language} {size}: {len(hands.done)} steps, {time.monotonic() - began:.1f} s")
            for fault in hands.faults[:3]:
                _say(f"FAULT in seed {seed}: {fault}\n")
            if hands.faults:
                failed.append(seed)
    _say(f"failed: {failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
