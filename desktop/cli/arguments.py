"""The words of the command line, their options, and what `--help` says of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from desktop.cli import keys
from desktop.core.settings import MachineSettings
from desktop.core.translation import LANGUAGES, set_language, tr
from desktop.exchange.vocabulary.subjects import TARGETS

SUBJECTS = (
    "book", "customers", "orders", "products", "interactions", "complaints", "ratings", "leads", "points",
    "shipments", "visits", "cases", "tasks", "birthdays",
)  # fmt: skip
TEMPLATES = tuple(f"template-{target}" for target in TARGETS)
MODES = ("add", "fill", "newest", "update")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; ends the program with status 2 and a sentence where they make no sense.

    `word` is "" for the window. Help is in the language asked for, else in that of the settings.
    """
    set_language(_language_of(argv))
    found = argparse.Namespace(book=None, language="", word="", json=False, tell_when="")
    return _parser().parse_args(argv, found)


def _language_of(argv: Sequence[str]) -> str:
    for at, argument in enumerate(argv):
        if argument.startswith("--language="):
            return argument.partition("=")[2]
        if argument == "--language" and at + 1 < len(argv):
            return argv[at + 1]
    return MachineSettings().text("ui.language")


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--book", type=Path, metavar="FILE", help=tr("the book; without it the usual one"))
    common.add_argument(
        "--language", choices=[code for code, _ in LANGUAGES], help=tr("language of the words")
    )
    answering = argparse.ArgumentParser(add_help=False, parents=[common], argument_default=argparse.SUPPRESS)
    answering.add_argument("--json", action="store_true", help=tr("answer in JSON, for programs"))
    parser = argparse.ArgumentParser(
        prog="shuke",
        parents=[common],
        description=tr("Shuke: a shop's memory of its customers. Without a word the window opens."),
        epilog=tr(
            "Exit status: 0 all is well; 1 done, with problem rows or findings; "
            "2 not done, the sentence says why."
        ),
    )
    parser.add_argument("--tell-when", choices=("usable", "settled"), help=argparse.SUPPRESS)
    words = parser.add_subparsers(dest="word", metavar=tr("WORD"), required=False)

    def word(name: str, text: str, documented: str = "") -> argparse.ArgumentParser:
        return words.add_parser(
            name,
            parents=[answering],
            help=text,
            description=text,
            epilog=documented,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    for add in (_import, _export, _report, _search, _undo, _check, _demo):
        add(word)
    return parser


Add = Callable[..., argparse.ArgumentParser]


def _import(word: Add) -> None:
    found = word(
        "import", tr("bring a workbook or text file of orders or customers into the book"), keys.IMPORT
    )
    found.add_argument("file", type=Path, metavar="FILE")
    found.add_argument("--layout", metavar="NAME", help=tr("the platform's layout; without it, recognised"))
    found.add_argument("--sheet", metavar="NAME", help=tr("the sheet; without it the first with rows"))
    found.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=field",
        help=tr("put a column into a field; COLUMN:word=code says what a word of it stands for"),
    )
    found.add_argument(
        "--mode",
        choices=MODES,
        help=tr(
            "add: what is new; fill: also blanks of what is known; newest: the file's word counts; "
            "update: the same, but nothing is added. Without it newest for orders, else fill"
        ),
    )
    found.add_argument(
        "--problems", type=Path, metavar="FILE.xlsx", help=tr("write the rows that stay out to a workbook")
    )
    found.add_argument("--dry-run", action="store_true", help=tr("say what would be done and do nothing"))


def _export(word: Add) -> None:
    found = word("export", tr("write a list or the whole book to a file"), keys.EXPORT)
    found.add_argument("file", type=Path, metavar="FILE", help=tr(
        "its ending says what it becomes: .xlsx; a list .csv, too; customers .vcf; tasks and birthdays .ics"
    ))  # fmt: skip
    found.add_argument(
        "--what",
        choices=(*SUBJECTS, *TEMPLATES),
        default="book",
        metavar="LIST",
        help=tr(
            "which list; the whole book without it; template-… is a workbook to fill in: {words}",
            words=", ".join((*SUBJECTS, *TEMPLATES)),
        ),
    )


def _report(word: Add) -> None:
    found = word("report", tr("the shop in figures"), keys.REPORT)
    found.add_argument(
        "--as-of",
        type=_day,
        metavar="DATE",
        help=tr("up to and including this day (YYYY-MM-DD); today without it"),
    )
    found.add_argument(
        "--months",
        type=int,
        default=12,
        metavar="N",
        help=tr("calendar months that rates look at; 0 for all"),
    )


def _search(word: Add) -> None:
    found = word("search", tr("find customers as at the counter"), keys.SEARCH)
    found.add_argument("text", nargs="+", metavar="TEXT")
    found.add_argument("--limit", type=int, default=50, metavar="N", help=tr("at most so many"))


def _undo(word: Add) -> None:
    word("undo", tr("take the newest change back"), keys.UNDO)


def _check(word: Add) -> None:
    word("check", tr("examine the book from end to end"), keys.CHECK)


def _demo(word: Add) -> None:
    found = word("demo", tr("fill an empty book with a sample shop"), keys.DEMO)
    found.add_argument("--customers", type=int, default=1200, metavar="N", help=tr("how many"))
    found.add_argument("--seed", type=int, metavar="N", help=tr("another seed makes another shop"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(tr("“{text}” is no date like 2026-11-22", text=text)) from None
