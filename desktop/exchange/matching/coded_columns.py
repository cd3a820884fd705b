"""Whether a column with the header of a coded field holds words of that code, or only words of its own.

Every shop has its own categories. A column "Type" full of them is no stage of service, and taking it for one
would turn every row away; it goes where words of any kind may stand, or nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from desktop.core.text import clean_cell
from desktop.exchange.reading.table import Column, cell_text
from desktop.exchange.values.code_words import EACH, WORDS
from desktop.exchange.values.entry_values import KINDS
from desktop.exchange.values.reader import Reading, ValueFault
from desktop.exchange.vocabulary.fields import FIELD

_CODED = frozenset({*WORDS, *EACH, "score5", "score7", "score10", "score100", "yesno"})
_ROWS = 2_000
_SAMPLED, _SENTENCE = 200, 16
_INSTEAD: Mapping[str, str] = {
    "complaint.subject": "complaint.detail",
    "interaction.stage": "interaction.title",
    "points.reason": "points.text",
}
_BY_HEADER: Mapping[str, str] = {"subject": "complaint.title"}
"""What other programs mean by a header of ours."""


def instead(field: str, header: str, column: Column) -> str:
    """Where a column goes whose words are none of a field's codes; "" for nowhere."""
    if field == "complaint.subject" and _tells_a_story(column):
        return "complaint.text"
    return (field in _INSTEAD and _BY_HEADER.get(header)) or _INSTEAD.get(field, "")


def _tells_a_story(column: Column) -> bool:
    """Whether a column holds sentences, as “内容” does in many a shop's list, and no kinds of things."""
    said = [clean_cell(cell_text(cell)) for cell in column.values[:_SAMPLED]]
    lengths = [len(text) for text in said if text]
    return bool(lengths) and sum(lengths) >= _SENTENCE * len(lengths)


def speaks_of(field: str, column: Column, header_row: int) -> bool:
    """Whether most of a column below its header can be read as a field; true of a field without codes."""
    kind = FIELD[field].kind
    if kind not in _CODED:
        return True
    counted = Counter(column.codes[header_row + 1 : header_row + 1 + _ROWS])
    read = said = 0
    for code, times in counted.items():
        cell = column.values[code]
        if not clean_cell(cell_text(cell)):
            continue
        said += times
        try:
            KINDS[kind](cell, Reading())
            read += times
        except ValueFault:
            continue
    return read * 2 >= said
