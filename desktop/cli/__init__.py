"""The command line: `shuke WORD …` for scripts and schedulers, one module a group of words."""

from desktop.cli.arguments import parse
from desktop.cli.run import run

__all__ = ["parse", "run"]
