"""How the example rows of our templates are known: by the word that their first cell begins with.

It is text that can be seen, so it stays through every program and every kind of file. Whoever writes over the
row writes over it, too, and the row counts; whoever forgets the row in the file brings nobody in.
"""

from __future__ import annotations

from desktop.core.translation import mark, tr

EXAMPLES = ("[Example]", "〔示例〕")
"""What the first cell of an example begins with, in every language there is."""
_MARKED = mark("[Example] {text}")


def example_of(text: str) -> str:
    """A text as the first cell of an example row, in the user's language."""
    return tr(_MARKED, text=text)


def is_example(cell: object) -> bool:
    """Whether a cell, the first of its row that holds something, makes the row an example."""
    return isinstance(cell, str) and cell.lstrip().startswith(EXAMPLES)
