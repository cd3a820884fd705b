"""What our own files add, and how it is known again: a template's examples, the reasons beside problem rows.

An example row is known by the word that its first cell begins with. It is text that can be seen, so it stays
through every program and every kind of file. Whoever writes over the row writes over it, too, and the row
counts; whoever forgets the row in the file brings nobody in.
"""

from __future__ import annotations

from desktop.core.translation import mark, tr
from desktop.exchange.vocabulary import synonyms

REASON = mark("Why this row stayed out")
_IN_CHINESE = "未导入的原因"
"""As zh_CN.po has it: a file written in one language may be read in the other."""

EXAMPLES = ("[Example]", "〔示例〕")
"""What the first cell of an example begins with, in every language there is."""
_MARKED = mark("[Example] {text}")


def example_of(text: str) -> str:
    """A text as the first cell of an example row, in the user's language."""
    return tr(_MARKED, text=text)


def is_example(cell: object) -> bool:
    """Whether a cell, the first of its row that holds something, makes the row an example."""
    return isinstance(cell, str) and cell.lstrip().startswith(EXAMPLES)


def is_reason(header: str) -> bool:
    """Whether a column is the reasons that `write_problem_rows` put there: nothing to bring in."""
    return synonyms.folded(header) in {synonyms.folded(one) for one in (REASON, tr(REASON), _IN_CHINESE)}
