"""What the pages of the monthly report are made of: headings, and tables of texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.views.kit.paper import HEAD, QUIET, RIGHT, Cell, Paper, Style, cell

SMALL = Style(8.5)
_HEADING = Style(11.5, bold=True)


def heading(paper: Paper, title: str, note: str = "") -> None:
    """The title of a part; closer than a section's, or four pages would hold little."""
    paper.end_table()
    paper.row(cell(title, 3, _HEADING), cell(note, 2, QUIET, RIGHT), keep=True, rule=True, before=14, after=3)


class PartWriter:
    """Writes parts of a page one after another, each under its title."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper

    def table(self, title: str, write: Callable[[], object], note: str = "") -> None:
        """A part: its title, something quiet beside it, and its table."""
        heading(self._paper, title, note)
        write()
        self._paper.end_table()


def table_rows(
    paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]
) -> None:
    """A table of texts: its first column words, the others figures."""

    def cells(texts: Sequence[str], style: Style) -> list[Cell]:
        first, *rest = texts
        return [
            cell(first, shares[0], style),
            *(cell(one, share, style, RIGHT) for one, share in zip(rest, shares[1:], strict=True)),
        ]

    paper.table(*cells(heads, HEAD))
    for row in rows:
        paper.row(*cells(row, SMALL), rule=True, before=2.5, after=2.5)


def nothing(paper: Paper, text: str) -> None:
    """What is said in place of a table."""
    paper.text(text, QUIET, before=4)
